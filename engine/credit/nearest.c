#include "credit/nearest.h"

#include "credit/credit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    Outcome outcome;
    double pd, score; /* NaN: none */
    const char *grade;
} Result;

static Outcome outcome_named(const char *word)
{
    int i = OUTCOME_APPROVE;
    while (i < OUTCOME_INCOMPLETE &&
           strcmp(outcome_word((Outcome)i), word) != 0)
        i++;
    return (Outcome)i;
}

/* The columns of what credit_variants() made; grade and pd as the policy names
 * them in the dictionary. */
typedef struct {
    const Column *outcome, *pd, *score, *grade;
} Judged;

static Judged judged(const Table *t)
{
    return (Judged){table_field(t, FIELD_outcome), table_field(t, FIELD_pd),
                    table_field(t, FIELD_score), table_field(t, FIELD_grade)};
}

static Result result_at(const Judged *j, size_t i)
{
    return (Result){outcome_named(j->outcome->s[i]),
                    j->pd != NULL ? j->pd->d[i] : (double)NAN,
                    j->score != NULL ? j->score->d[i] : (double)NAN,
                    j->grade != NULL ? j->grade->s[i] : NULL};
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
    const NearestWay *x = a, *y = b;
    int order = (int)x->outcome - (int)y->outcome;
    if (order == 0)
        order = (x->change->bands > y->change->bands) -
                (x->change->bands < y->change->bands);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

/* Of each scorecard row the nearest. */
static size_t keep_nearest(NearestWay items[], size_t n)
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

size_t nearest_find(NearestWay out[], const Table *variants, size_t first,
                    const WhatIf of[], size_t n)
{
    const Judged j = judged(variants);
    const Result now = result_at(&j, first);
    size_t found = 0;
    for (size_t i = 1; i <= n && now.outcome != OUTCOME_INCOMPLETE; i++) {
        const Result then = result_at(&j, first + i);
        if (helps(&now, &then))
            out[found++] = (NearestWay){&of[i], then.outcome,
                                        then.score - now.score, then.grade, i};
    }
    return keep_nearest(out, found);
}

/* Of a field of the dictionary its first Chinese header. */
static const char *header_of(Story *s, const char *on)
{
    Field field = field_named(on, strlen(on));
    if (field == FIELD_COUNT || strcmp(field_info(field)->name, on) != 0)
        return on;
    const char *zh = field_info(field)->zh;
    return story_say(s, "%.*s", (int)strcspn(zh, "|"), zh);
}

Label nearest_name(Story *s, const WhatIf *c)
{
    return (Label){c->title.zh != NULL ? c->title.zh : header_of(s, c->on),
                   c->title.en != NULL ? c->title.en : c->on};
}

Label nearest_say(Story *s, const NearestWay *way)
{
    static const char *const words[] = {[OUTCOME_APPROVE] = "通过",
                                        [OUTCOME_REFER] = "转人工",
                                        [OUTCOME_DECLINE] = "拒绝",
                                        [OUTCOME_INCOMPLETE] = "资料不全"};
    const WhatIf *c = way->change;
    const char *below = c->is_below ? "below " : "";
    const char *points = story_number(s, way->points);
    const char *grade = way->grade != NULL ? way->grade : "-";
    const char *outcome = outcome_word(way->outcome);
    Label name = nearest_name(s, c), label;
    label.en = story_say(
        s,
        "%s from %s to %s%s would lift the score by %s points to grade %s: %s",
        name.en, c->from, below, c->to, points, grade, outcome);
    label.zh =
        story_say(s, "%s由%s变为%s%s，得分可提高%s分，等级为%s，结论为%s",
                  name.zh, c->from, c->to, c->is_below ? "以下" : "", points,
                  grade, words[way->outcome]);
    return label;
}

static void tell(Story *s, const NearestWay *way)
{
    const WhatIf *c = way->change;
    story_tell(
        s, (StoryStep){.step = "would help",
                       .rule = c->id,
                       .cite = c->cite,
                       .formula = c->on,
                       .values = story_say(s, "%s -> %s%s", c->from,
                                           c->is_below ? "below " : "", c->to),
                       .result = outcome_word(way->outcome),
                       .text = nearest_say(s, way)});
}

static void tell_nothing(Story *s)
{
    story_tell(s, (StoryStep){.step = "would help",
                              .result = "nothing",
                              .text = {"任何单项改变都不能改善等级或结论",
                                       "no single value of the scorecard would "
                                       "lift the grade or change the "
                                       "outcome"}});
}

ErrCode credit_nearest(Table *trace, Table *variants, const Policy *policy,
                       Date as_of, const WhatIf of[], Err *err)
{
    ErrCode rc = OK;
    Story story = {.arena = arena_new()};
    size_t n = variants->rows;
    if (story.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    NearestWay *ways = arena_alloc(story.arena, n + 1, sizeof *ways);
    if (ways == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory to explain"));
    TRY(credit_variants(variants, policy, as_of, of, err));
    size_t found = nearest_find(ways, variants, 0, of, n - 1);
    for (size_t i = 0; i < found; i++)
        tell(&story, &ways[i]);
    const char *outcome = table_field(variants, FIELD_outcome)->s[0];
    if (found == 0 && outcome_named(outcome) != OUTCOME_INCOMPLETE)
        tell_nothing(&story);
    TRY(story_append(trace, &story, err));
done:
    arena_free(story.arena);
    return rc;
}
