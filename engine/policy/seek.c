#include "policy/seek.h"

#include "policy/choice.h"
#include "policy/frame.h"
#include "policy/sampletext.h"

enum { BLOCKS = 400, CHANGED = 4 };

typedef struct {
    const Cover *cover;
    const CoverEra *era;
    const Table *table;
    Arena *scratch;
    const char **texts; /* [cover->n] */
    void **at;
    Choices choices;
    uint64_t state; /* of the numbers that choose */
    size_t open;    /* items of this era that are still to be found */
    int failed;     /* no memory */
} Seek;

/* SplitMix64, Steele et al. 2014: the same choices on every run. */
static uint64_t draw(Seek *s)
{
    uint64_t z = s->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t draw_below(Seek *s, size_t n)
{
    return (size_t)(draw(s) >> 11) % n;
}

static int is_open(const Seek *s, size_t item)
{
    return item != COVER_NONE && s->cover->items[item].cases == 0 &&
           s->texts[item] == NULL;
}

static void count_open(Seek *s)
{
    s->open = 0;
    for (size_t k = 0; k < s->era->n; k++)
        for (size_t i = 0; i <= s->era->probes[k].n; i++)
            s->open += (size_t)is_open(s, s->era->probes[k].items[i]);
}

static void found(void *to, size_t item, size_t row)
{
    Seek *s = to;
    if (!is_open(s, item))
        return;
    s->texts[item] = sample_text(s->cover->arena, s->era->era, s->at, row,
                                 &s->cover->items[item]);
    s->failed |= s->texts[item] == NULL;
    s->open--;
}

/* Rows of the table, or nulls. */
static void load(Seek *s)
{
    uint32_t rows[BLOCK_ROWS];
    const Program *p = s->era->era->program;
    size_t all = s->table->rows;
    for (size_t i = 0; i < BLOCK_ROWS; i++)
        rows[i] = all == 0 ? 0 : (uint32_t)draw_below(s, all);
    for (size_t k = 0; k < p->n_inputs; k++) {
        const Symbol *in = p->inputs[k];
        const Column *column = table_find(s->table, in->name);
        const Slot *slot = &p->code.slots[in->raw];
        if (all > 0)
            frame_load(in->unit, column->type)(s->at[in->raw], column, rows,
                                               BLOCK_ROWS);
        for (size_t i = 0; all == 0 && i < BLOCK_ROWS; i++)
            choice_put(slot, s->at[in->raw], i, choice_null(slot));
    }
}

/* A part of another input of the row: 3% of the revenue, a fifth more than the
 * year before. */
static void change_by_part(Seek *s, const Choice *c, size_t i)
{
    const Choice *other = &s->choices.choices[draw_below(s, s->choices.n)];
    if (s->choices.n_rates == 0 ||
        unit_is_plain(other->input->unit) != unit_is_plain(c->input->unit))
        return;
    Number rate = s->choices.rates[draw_below(s, s->choices.n_rates)];
    Number base = choice_number(other->slot, s->at[other->input->raw], i);
    if (draw(s) & 1)
        rate = number_add(rate, number_int(1));
    Number v = number_multiply(base, rate);
    if (c->input->unit == UNIT_DATE || number_is_null(v) ||
        c->slot->rep == REP_TEXT || c->slot->rep == REP_TRUTH)
        return;
    if (c->input->unit != UNIT_NUMBER && c->input->unit != UNIT_RATIO)
        v = number_round(v, number_int(1), ROUND_CEILING);
    choice_put(c->slot, s->at[c->input->raw], i, choice_of(c->slot, v));
}

static void change(Seek *s, size_t i)
{
    size_t n = 1 + draw_below(s, CHANGED);
    for (size_t k = 0; k < n; k++) {
        const Choice *c = &s->choices.choices[draw_below(s, s->choices.n)];
        if (draw_below(s, 3) == 0)
            change_by_part(s, c, i);
        else if (c->n > 0)
            choice_put(c->slot, s->at[c->input->raw], i,
                       c->values[draw_below(s, c->n)]);
    }
}

static void seek_block(Seek *s)
{
    load(s);
    for (size_t i = 0; i < BLOCK_ROWS && s->choices.n > 0; i++)
        change(s, i);
    code_run(&s->era->era->program->code, s->at, BLOCK_ROWS);
    for (size_t i = 0; i < BLOCK_ROWS && s->open > 0; i++)
        cover_look(s->era, s->at, i, found, s);
}

static ErrCode seek_era(Seek *s, Err *err)
{
    count_open(s);
    if (s->open == 0)
        return OK;
    s->at = code_frame(&s->era->era->program->code, s->scratch, BLOCK_ROWS);
    choices_make(&s->choices, s->scratch, s->era->era->program);
    if (s->at == NULL || s->choices.failed)
        return FAIL(err, ERR_MEMORY, "no memory to look for examples");
    for (size_t i = 0; i < BLOCKS && s->open > 0; i++)
        seek_block(s);
    return s->failed ? FAIL(err, ERR_MEMORY, "no memory to look for examples")
                     : OK;
}

ErrCode seek_examples(const char **texts, const Cover *cover,
                      const Table *table, Err *err)
{
    ErrCode rc = OK;
    Seek s = {.cover = cover, .table = table, .texts = texts, .state = 1};
    for (size_t i = 0; i < cover->n; i++)
        texts[i] = NULL;
    s.scratch = arena_new();
    if (s.scratch == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to look for examples");
    for (size_t i = cover->policy->n_eras; i-- > 0;) { /* the latest first */
        s.era = &cover->eras[i];
        TRY(seek_era(&s, err));
        arena_reset(s.scratch);
    }
done:
    arena_free(s.scratch);
    return rc;
}
