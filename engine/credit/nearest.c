#include "credit/nearest.h"

#include "credit/credit.h"
#include "credit/outcome.h"
#include "policy/story.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    Outcome outcome;
    double pd, score; /* NaN: none */
    const char *grade;
} Result;

typedef struct {
    const WhatIf *change;
    Result result;
    size_t place;
} Help;

static Outcome outcome_named(const char *word)
{
    int i = OUTCOME_APPROVE;
    while (i < OUTCOME_INCOMPLETE &&
           strcmp(outcome_word((Outcome)i), word) != 0)
        i++;
    return (Outcome)i;
}

/* What credit_variants() made of each row; grade and pd as the policy names
 * them in the dictionary. */
static void read_results(Result out[], const Table *t)
{
    const Column *outcome = table_field(t, FIELD_outcome);
    const Column *pd = table_field(t, FIELD_pd);
    const Column *score = table_field(t, FIELD_score);
    const Column *grade = table_field(t, FIELD_grade);
    for (size_t i = 0; i < t->rows; i++)
        out[i] = (Result){outcome_named(outcome->s[i]),
                          pd != NULL ? pd->d[i] : (double)NAN,
                          score != NULL ? score->d[i] : (double)NAN,
                          grade != NULL ? grade->s[i] : NULL};
}

static int helps(const Result *now, const Result *then)
{
    if (then->outcome != now->outcome)
        return then->outcome < now->outcome; /* in the order of severity */
    return now->outcome != OUTCOME_DECLINE && then->pd < now->pd &&
           then->grade != now->grade;
}

static int by_nearness(const void *a, const void *b)
{
    const Help *x = a, *y = b;
    int order = (int)x->result.outcome - (int)y->result.outcome;
    if (order == 0)
        order = (x->change->bands > y->change->bands) -
                (x->change->bands < y->change->bands);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

/* Of each scorecard row the nearest. */
static size_t keep_nearest(Help items[], size_t n)
{
    size_t kept = 0;
    if (n > 1)
        qsort(items, n, sizeof *items, by_nearness);
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < kept && items[k].change->id != items[i].change->id)
            k++;
        if (k == kept)
            items[kept++] = items[i];
    }
    return kept;
}

static const char *name_of(const WhatIf *c, int is_zh)
{
    const char *name = is_zh ? c->title.zh : c->title.en;
    return name != NULL ? name : c->on;
}

/* "debt to assets from 61% to below 55% would lift the score by 8 points to
 * grade B: approve" */
static Label sentence(Story *s, const Help *h, const Result *now)
{
    static const char *const words[] = {[OUTCOME_APPROVE] = "通过",
                                        [OUTCOME_REFER] = "转人工",
                                        [OUTCOME_DECLINE] = "拒绝",
                                        [OUTCOME_INCOMPLETE] = "资料不全"};
    const WhatIf *c = h->change;
    const char *below = c->is_below ? "below " : "";
    const char *points = story_number(s, h->result.score - now->score);
    const char *grade = h->result.grade != NULL ? h->result.grade : "-";
    const char *outcome = outcome_word(h->result.outcome);
    const char *zh = words[h->result.outcome];
    Label label;
    label.en = story_say(
        s,
        "%s from %s to %s%s would lift the score by %s points to grade %s: %s",
        name_of(c, 0), c->from, below, c->to, points, grade, outcome);
    label.zh = story_say(
        s, "%s由%s变为%s%s，得分可提高%s分，等级为%s，结论为%s", name_of(c, 1),
        c->from, c->to, c->is_below ? "以下" : "", points, grade, zh);
    return label;
}

static void tell_help(Story *s, const Help *h, const Result *now)
{
    const WhatIf *c = h->change;
    story_tell(
        s, (StoryStep){.step = "would help",
                       .rule = c->id,
                       .cite = c->cite,
                       .formula = c->on,
                       .values = story_say(s, "%s -> %s%s", c->from,
                                           c->is_below ? "below " : "", c->to),
                       .result = outcome_word(h->result.outcome),
                       .text = sentence(s, h, now)});
}

static void tell(Story *s, const Result results[], const WhatIf of[], size_t n,
                 Help helps_of[])
{
    size_t found = 0;
    for (size_t i = 1; i < n; i++)
        if (helps(&results[0], &results[i]))
            helps_of[found++] = (Help){&of[i], results[i], i};
    found = keep_nearest(helps_of, found);
    for (size_t i = 0; i < found; i++)
        tell_help(s, &helps_of[i], &results[0]);
    if (found == 0)
        story_tell(
            s, (StoryStep){
                   .step = "would help",
                   .result = "nothing",
                   .text = {"任何单项改变都不能改善等级或结论",
                            "no single value of the scorecard would lift the "
                            "grade or change the outcome"}});
}

ErrCode credit_nearest(Table *trace, Table *variants, const Policy *policy,
                       Date as_of, const WhatIf of[], Err *err)
{
    ErrCode rc = OK;
    Story story = {.arena = arena_new()};
    size_t n = variants->rows;
    if (story.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    Result *results = arena_alloc(story.arena, n + 1, sizeof *results);
    Help *found = arena_alloc(story.arena, n + 1, sizeof *found);
    if (results == NULL || found == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory to explain"));
    TRY(credit_variants(variants, policy, as_of, of, err));
    read_results(results, variants);
    if (results[0].outcome != OUTCOME_INCOMPLETE)
        tell(&story, results, of, n, found);
    TRY(story_append(trace, &story, err));
done:
    arena_free(story.arena);
    return rc;
}
