#include "policy/choice.h"
#include "policy/decision.h"
#include "policy/frame.h"
#include "policy/inside.h"
#include "policy/onerow.h"
#include "policy/show.h"
#include "policy/story.h"

#include <math.h>
#include <stdlib.h>

enum { TRIED_MOST = 512, TOLD_MOST = 3, WORDS_MOST = 4, POINTS = 64 };

/* What would have to come out: an eligibility row true, or a row of a
 * decision table that stands before the one that holds. */
typedef struct {
    const Rule *rule;
    int slot;
    const Decision *decision; /* NULL: eligibility */
    int32_t now;
} Target;

/* One input changed alone: to what, any of them, and how far that is. */
typedef struct {
    size_t input;
    ChoiceValue values[WORDS_MOST];
    size_t n;
    double far;
    int32_t then; /* the row of the table that holds */
} Turn;

/* A word, or a truth, stands as far from another as a number from its double.
 */
static const double WORD_FAR = 1;

typedef struct {
    Story story;
    const Program *program;
    void **at;
    Choices choices;
    ChoiceValue *base; /* [choices.n] the row as it is */
    Turn *turns;       /* [n_turns] of one target */
    size_t n_turns, capacity;
} Differ;

static int meets(const Differ *d, const Target *t, size_t i)
{
    if (t->decision == NULL)
        return ((const Truth *)d->at[t->slot])[i] == IS_TRUE;
    return ((const int32_t *)d->at[t->slot])[i] < t->now;
}

/* The row n times, one of its inputs as values[n]; what comes of them. */
static void run(Differ *d, size_t input, const ChoiceValue values[], size_t n)
{
    for (size_t k = 0; k < d->choices.n; k++) {
        const Choice *c = &d->choices.choices[k];
        for (size_t i = 0; i < n; i++)
            choice_put(c->slot, d->at[c->input->raw], i,
                       k == input ? values[i] : d->base[k]);
    }
    code_run(&d->program->code, d->at, n);
}

static int32_t then(const Differ *d, const Target *t, size_t row)
{
    return t->decision ? ((const int32_t *)d->at[t->slot])[row] : 0;
}

static void note(Differ *d, const Target *t, size_t row, size_t input,
                 ChoiceValue value, double far)
{
    Turn *turns = arena_grow(d->story.arena, d->turns, &d->capacity, d->n_turns,
                             sizeof *turns);
    if (turns == NULL) {
        d->story.failed = 1;
        return;
    }
    d->turns = turns;
    turns[d->n_turns++] = (Turn){input, {value}, 1, far, then(d, t, row)};
}

/* A further value of the last turn, where it comes to the same. */
static void note_word(Differ *d, const Target *t, size_t row, size_t input,
                      ChoiceValue value)
{
    Turn *last = d->n_turns > 0 ? &d->turns[d->n_turns - 1] : NULL;
    if (last != NULL && last->input == input && last->n < WORDS_MOST &&
        last->then == then(d, t, row))
        last->values[last->n++] = value;
    else
        note(d, t, row, input, value, WORD_FAR);
}

/* Words, truths, and numbers that are null: the values the rules know; that it
 * be left out where no other does. */
static void try_choices(Differ *d, const Target *t, size_t input)
{
    const Choice *c = &d->choices.choices[input];
    size_t found = 0;
    run(d, input, c->values, c->n);
    for (size_t i = 1; i < c->n && found < WORDS_MOST; i++)
        if (meets(d, t, i)) {
            note_word(d, t, i, input, c->values[i]);
            found += c->slot->rep == REP_TEXT ? 1 : WORDS_MOST;
        }
    if (found == 0 && meets(d, t, 0))
        note_word(d, t, 0, input, c->values[0]);
}

/* ---- numbers, as wholes of the smallest step that is looked at ---- */

static int64_t scale_of(const Slot *slot)
{
    return slot->rep == REP_WHOLE ? slot->scale : 10000;
}

static ChoiceValue value_of(const Slot *slot, int64_t whole)
{
    if (slot->rep == REP_WHOLE)
        return (ChoiceValue){.whole = whole};
    return (ChoiceValue){.number = number_scaled(whole, scale_of(slot))};
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Where the rules turn, and ever farther away from where the row is. */
static size_t candidates(int64_t out[TRIED_MOST], const Choice *c, int64_t now)
{
    size_t n = 0;
    int is_date = c->input->unit == UNIT_DATE;
    int64_t least = now < 0 ? -(INT64_C(1) << 58) : 0, most = INT64_C(1) << 58;
    for (int bit = 0; bit < (is_date ? 15 : 58); bit++)
        for (int sign = -1; sign <= 1; sign += 2) {
            int64_t v = now + sign * (INT64_C(1) << bit);
            if (v >= least && v <= most)
                out[n++] = v;
        }
    for (size_t i = 0; i < c->n; i++) {
        Number v = choice_number(c->slot, &c->values[i], 0);
        if (!number_is_null(v))
            out[n++] = number_whole(v, scale_of(c->slot));
    }
    if (least == 0 && !is_date)
        out[n++] = 0;
    qsort(out, n, sizeof *out, by_size);
    return n;
}

/* Between a value that does not do and one that does, the first that does. */
static int64_t narrow(Differ *d, const Target *t, size_t input, int64_t not_yet,
                      int64_t does)
{
    const Slot *slot = d->choices.choices[input].slot;
    ChoiceValue values[POINTS];
    while (does - not_yet > 1 || not_yet - does > 1) {
        int64_t wide = does - not_yet, points[POINTS];
        size_t n = 0, i = 0;
        for (int64_t k = 1; k <= POINTS; k++) {
            Exact step = (Exact)wide * k / POINTS;
            points[n] = not_yet + (int64_t)step;
            if (points[n] != (n > 0 ? points[n - 1] : not_yet))
                n++;
        }
        for (size_t k = 0; k < n; k++)
            values[k] = value_of(slot, points[k]);
        run(d, input, values, n);
        while (i + 1 < n && !meets(d, t, i))
            i++;
        not_yet = i > 0 ? points[i - 1] : not_yet;
        does = points[i];
    }
    values[0] = value_of(slot, does);
    run(d, input, values, 1);
    return does;
}

/* The nearest of sorted values[n] that does, going `step` from place `i`. */
static void try_side(Differ *d, const Target *t, size_t input,
                     const int64_t tried[], size_t n, const char does[],
                     int step, int64_t now)
{
    int64_t not_yet = now;
    for (size_t k = 0; k < n; k++) {
        size_t i = step > 0 ? k : n - 1 - k;
        if (step > 0 ? tried[i] <= now : tried[i] >= now)
            continue;
        if (!does[i]) {
            not_yet = tried[i];
            continue;
        }
        int64_t first = narrow(d, t, input, not_yet, tried[i]);
        double far = (double)first - (double)now;
        double size = now == 0 ? 1 : (double)now;
        ChoiceValue v = value_of(d->choices.choices[input].slot, first);
        note(d, t, 0, input, v, far / size * (far / size));
        return;
    }
}

static void try_numbers(Differ *d, const Target *t, size_t input)
{
    const Choice *c = &d->choices.choices[input];
    int64_t tried[TRIED_MOST];
    ChoiceValue values[TRIED_MOST] = {{.whole = 0}};
    char does[TRIED_MOST];
    Number base = choice_number(c->slot, &d->base[input], 0);
    int64_t now = number_whole(base, scale_of(c->slot));
    size_t n = candidates(tried, c, now);
    for (size_t i = 0; i < n; i++)
        values[i] = value_of(c->slot, tried[i]);
    run(d, input, values, n);
    for (size_t i = 0; i < n; i++)
        does[i] = (char)meets(d, t, i);
    try_side(d, t, input, tried, n, does, -1, now);
    try_side(d, t, input, tried, n, does, 1, now);
}

/* ---- what is told ---- */

static const char *shown(Differ *d, size_t input, ChoiceValue value)
{
    const Choice *c = &d->choices.choices[input];
    return show_value(d->story.arena, c->slot, &value, 0, c->input->unit);
}

static const char *outcome(const Target *t, int32_t then)
{
    if (t->decision == NULL)
        return "true";
    return t->decision->grid->ids[then];
}

static const char *shown_all(Differ *d, const Turn *turn)
{
    const char *text = shown(d, turn->input, turn->values[0]);
    for (size_t i = 1; i < turn->n; i++)
        text = story_say(&d->story, "%s, %s", text,
                         shown(d, turn->input, turn->values[i]));
    return text;
}

static void tell(Differ *d, const Target *t, const Turn *turn)
{
    const Symbol *input = d->choices.choices[turn->input].input;
    story_tell(&d->story,
               (StoryStep){.step = "to differ",
                           .rule = t->rule->id,
                           .cite = t->rule->cite,
                           .formula = story_say(
                               &d->story, "%s: %s -> %s", input->name,
                               shown(d, turn->input, d->base[turn->input]),
                               shown_all(d, turn)),
                           .result = outcome(t, turn->then),
                           .text = {"其他事实不变时", "all else as it is"}});
}

static void tell_none(Differ *d, const Target *t)
{
    story_tell(&d->story, (StoryStep){.step = "to differ",
                                      .rule = t->rule->id,
                                      .cite = t->rule->cite,
                                      .text = {"单独改变任何一项事实都不够",
                                               "no one fact alone would do"}});
}

/* The nearest first. */
static size_t nearest(const Differ *d)
{
    size_t best = 0;
    for (size_t i = 1; i < d->n_turns; i++)
        if (d->turns[i].far < d->turns[best].far)
            best = i;
    return best;
}

static void try_target(Differ *d, const Target *t)
{
    d->n_turns = 0;
    for (size_t k = 0; k < d->choices.n; k++) {
        const Slot *slot = d->choices.choices[k].slot;
        if (slot->rep == REP_TEXT || slot->rep == REP_TRUTH ||
            number_is_null(choice_number(slot, &d->base[k], 0)))
            try_choices(d, t, k);
        else
            try_numbers(d, t, k);
    }
    if (d->n_turns == 0 && t->decision == NULL)
        tell_none(d, t);
    size_t told = d->n_turns < TOLD_MOST ? d->n_turns : TOLD_MOST;
    for (size_t i = 0; i < told && !d->story.failed; i++) {
        Turn *turn = &d->turns[nearest(d)];
        tell(d, t, turn);
        turn->far = HUGE_VAL;
    }
}

/* ---- targets ---- */

/* Tables of grades: whatif_list() finds what lifts a score. */
static int reads_score(const Differ *d, const Decision *table)
{
    for (size_t j = 0; j < table->grid->n_inputs; j++) {
        const Node *node = table->grid->inputs[j]->node;
        const Rule *rule = node->kind == NODE_NAME && node->symbol != NULL
                               ? program_rule(d->program, node->symbol->name)
                               : NULL;
        if (rule != NULL && rule->kind == RULE_SCORECARD)
            return 1;
    }
    return 0;
}

/* Is there something to wish for?  A row that failed, or a row of a table that
 * is not its first. */
static int find_target(Target *out, const Differ *d, const Rule *rule)
{
    const Code *code = &d->program->code;
    *out = (Target){.rule = rule, .slot = rule->slot};
    if (rule->kind == RULE_ELIGIBILITY)
        return !code_is_constant(code, rule->slot) && !meets(d, out, 0);
    if (rule->kind != RULE_DECISION)
        return 0;
    out->decision = rule->detail;
    out->slot = out->decision->first;
    if (reads_score(d, out->decision) || out->decision->mask != SLOT_NONE ||
        out->slot == SLOT_NONE || code_is_constant(code, out->slot))
        return 0;
    out->now = *(const int32_t *)d->at[out->slot];
    return out->now > 0;
}

static ErrCode start(Differ *d, const Era *era, const Policy *policy,
                     const Table *table, size_t row, Err *err)
{
    d->program = era->program;
    d->at = code_frame(&d->program->code, d->story.arena, BLOCK_ROWS);
    choices_make(&d->choices, d->story.arena, d->program);
    d->base = arena_alloc(d->story.arena, d->choices.n + 1, sizeof *d->base);
    if (d->at == NULL || d->choices.failed || d->base == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    ErrCode rc = onerow_load(d->at, d->program, policy, table, row, err);
    for (size_t k = 0; rc == OK && k < d->choices.n; k++) {
        const Choice *c = &d->choices.choices[k];
        d->base[k] = choice_at(c->slot, d->at[c->input->raw], 0);
    }
    return rc;
}

ErrCode policy_differ(Table *trace, const Policy *policy, const Table *table,
                      size_t row, Date as_of, Err *err)
{
    ErrCode rc = OK;
    const Era *era;
    Differ d = {.story = {.arena = arena_new()}};
    if (d.story.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    TRY(onerow_era(&era, policy, table, row, as_of, err));
    if (era == NULL)
        goto done;
    TRY(start(&d, era, policy, table, row, err));
    for (size_t i = 0; i < d.program->n_rules; i++) {
        Target t;
        run(&d, d.choices.n, d.base, 1);
        if (find_target(&t, &d, d.program->rules[i]))
            try_target(&d, &t);
    }
    TRY(story_append(trace, &d.story, err));
done:
    arena_free(d.story.arena);
    return rc;
}
