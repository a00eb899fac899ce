#include "credit/export.h"

#include "policy/frame.h"
#include "policy/inside.h"
#include "stat/rng.h"

#include <math.h>
#include <string.h>

enum { CHECK_ROWS = 4096, FEN_A_YUAN = 100 };

/* What an input is in a row; missing: NaN, NULL. */
typedef struct {
    double x; /* as the export sees it; truths are 0 and 1 */
    int64_t whole;
    const char *word;
} Value;

/* An input and the values that it is tried with. */
typedef struct {
    const Symbol *symbol;
    const Slot *slot;
    const CardInput *input;
    Value *values; /* [n] */
    size_t n;
} Tried;

typedef struct {
    Arena *arena;
    const CardView *card;
    const Program *program;
    Tried *inputs; /* [card->n_inputs] */
} Check;

static void add_real(Tried *t, double x)
{
    t->values[t->n++] = (Value){.x = x, .whole = NULL_INT};
}

static void add_whole(Tried *t, int64_t whole, int64_t scale)
{
    t->values[t->n++] =
        (Value){.x = (double)whole / (double)scale, .whole = whole};
}

/* A break, and what lies next to it on either side. */
static void add_break(Tried *t, double x)
{
    int64_t scale = t->slot->scale;
    if (t->slot->rep == REP_NUMBER) {
        add_real(t, x);
        add_real(t, nextafter(x, INFINITY));
        add_real(t, nextafter(x, -INFINITY));
        return;
    }
    if (t->input->unit == UNIT_MONEY)
        scale *= FEN_A_YUAN;
    int64_t whole = number_whole(number_real(x), scale);
    for (int64_t i = -1; i <= 1; i++)
        add_whole(t, whole + i, scale);
}

static void add_band(Tried *t, const CardBand *b)
{
    for (size_t i = 0; i < b->n_words; i++)
        t->values[t->n++] = (Value){.word = b->words[i]};
    if (b->kind == BAND_RANGE && b->has_low)
        add_break(t, b->low);
    if (b->kind == BAND_RANGE && b->has_high)
        add_break(t, b->high);
    if (b->kind == BAND_TRUTH)
        add_real(t, b->low);
}

static size_t room_for(const CardView *card, const CardInput *input)
{
    size_t n = 2;
    for (size_t i = 0; i < card->n; i++)
        for (size_t j = 0; j < card->rows[i].n; j++)
            for (size_t k = 0; k < card->rows[i].ways[j].n; k++)
                if (card->rows[i].ways[j].input == input)
                    n += 6 + card->rows[i].ways[j].bands[k].n_words;
    return n;
}

static ErrCode take_input(Check *c, const Policy *policy, size_t at, Err *err)
{
    Tried *t = &c->inputs[at];
    t->input = &c->card->inputs[at];
    t->symbol = scope_find(&c->program->scope, t->input->name);
    t->slot = &c->program->code.slots[t->symbol->raw];
    t->values =
        arena_alloc(c->arena, room_for(c->card, t->input), sizeof *t->values);
    const char *other = texts_put(policy->texts, "?", 1);
    if (t->values == NULL || other == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to check an export");
    add_real(t, (double)NAN);
    t->values[t->n++] =
        t->slot->rep == REP_TEXT ? (Value){.word = other} : t->values[0];
    for (size_t i = 0; i < c->card->n; i++)
        for (size_t j = 0; j < c->card->rows[i].n; j++) {
            const CardWay *way = &c->card->rows[i].ways[j];
            for (size_t k = 0; k < way->n && way->input == t->input; k++)
                add_band(t, &way->bands[k]);
        }
    return OK;
}

/* Every value in its turn, then any beside any. */
static const Value *value_at(const Check *c, size_t input, size_t row)
{
    static const uint32_t key[2] = {1, 0};
    const Tried *t = &c->inputs[input];
    if (row < CHECK_ROWS / 2)
        return &t->values[row % t->n];
    RngBlock b =
        rng_philox((RngBlock){{(uint32_t)row, (uint32_t)input, 0, 0}}, key);
    return &t->values[b.v[0] % t->n];
}

static void put_value(void *values, const Slot *slot, size_t i, const Value *v)
{
    switch (slot->rep) {
    case REP_WHOLE:
        ((int64_t *)values)[i] = v->whole;
        break;
    case REP_TEXT:
        ((const char **)values)[i] = v->word;
        break;
    case REP_TRUTH:
        ((Truth *)values)[i] = isnan(v->x)   ? IS_NULL
                               : v->x == 0.0 ? IS_FALSE
                                             : IS_TRUE;
        break;
    default:
        ((Number *)values)[i] = number_real(v->x);
    }
}

static void fill(const Check *c, void *const at[], size_t row, size_t n)
{
    const Program *p = c->program;
    const Value missing = {.x = (double)NAN, .whole = NULL_INT};
    for (size_t k = 0; k < p->n_inputs; k++)
        for (size_t i = 0; i < n; i++)
            put_value(at[p->inputs[k]->raw], &p->code.slots[p->inputs[k]->raw],
                      i, &missing);
    for (size_t k = 0; k < c->card->n_inputs; k++)
        for (size_t i = 0; i < n; i++)
            put_value(at[c->inputs[k].symbol->raw], c->inputs[k].slot, i,
                      value_at(c, k, row + i));
}

static int is_among(const CardBand *b, const char *word)
{
    for (size_t i = 0; i < b->n_words; i++)
        if (b->words[i] == word)
            return 1;
    return 0;
}

static int is_named(const CardWay *way, const char *word)
{
    for (size_t i = 0; i < way->n; i++)
        if (is_among(&way->bands[i], word))
            return 1;
    return 0;
}

static int is_between(const CardBand *b, double x)
{
    return !isnan(x) &&
           (!b->has_low || x > b->low || (x == b->low && !b->low_open)) &&
           (!b->has_high || x < b->high || (x == b->high && !b->high_open));
}

static int holds(const CardPick *pick, const Value *v)
{
    int is_word = pick->way->input->kind == CARD_WORD;
    switch (pick->band->kind) {
    case BAND_MISSING:
        return is_word ? v->word == NULL : isnan(v->x);
    case BAND_RANGE:
        return is_between(pick->band, v->x);
    case BAND_TRUTH:
        return v->x == pick->band->low;
    case BAND_WORDS:
        return is_among(pick->band, v->word);
    default:
        return v->word != NULL && !is_named(pick->way, v->word);
    }
}

/* The score as exports have it; NaN: null. */
static double score_of(const Check *c, size_t row)
{
    const CardView *card = c->card;
    int64_t sum = card->base;
    for (size_t i = 0; i < card->n; i++) {
        const CardRow *r = &card->rows[i];
        size_t k = 0;
        while (
            k < r->n_picks &&
            !holds(&r->picks[k],
                   value_at(c, (size_t)(r->picks[k].way->input - card->inputs),
                            row)))
            k++;
        if (k == r->n_picks)
            return (double)NAN;
        sum += r->picks[k].band->points;
    }
    return (double)sum / (double)card->parts;
}

static ErrCode compare(const Check *c, const Number scores[], size_t row,
                       size_t n, Err *err)
{
    for (size_t i = 0; i < n; i++) {
        double want = number_double(scores[i]), got = score_of(c, row + i);
        if (want != got && !(isnan(want) && isnan(got)))
            return FAIL(err, ERR_DIFFERS,
                        "the export of '%s' gives %.17g where the rules give "
                        "%.17g; nothing is written",
                        c->card->name, got, want);
    }
    return OK;
}

ErrCode export_check(size_t *rows, Arena *arena, const CardView *card,
                     const Policy *policy, Err *err)
{
    ErrCode rc = OK;
    Check c = {.arena = arena, .card = card, .program = card->program};
    c.inputs = arena_alloc(arena, card->n_inputs + 1, sizeof *c.inputs);
    void **at = code_frame(&c.program->code, arena, BLOCK_ROWS);
    if (c.inputs == NULL || at == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to check an export");
    for (size_t i = 0; i < card->n_inputs; i++)
        TRY(take_input(&c, policy, i, err));
    int slot = scope_find(&c.program->scope, card->name)->slot;
    for (*rows = 0; *rows < CHECK_ROWS; *rows += BLOCK_ROWS) {
        fill(&c, at, *rows, BLOCK_ROWS);
        code_run(&c.program->code, at, BLOCK_ROWS);
        TRY(compare(&c, at[slot], *rows, BLOCK_ROWS, err));
    }
done:
    return rc;
}
