#include "credit/lift.h"

#include "credit/nearest.h"

#include <math.h>
#include <stdlib.h>

static int by_worth(const void *a, const void *b)
{
    const Lift *x = a, *y = b;
    if (x->is_enough != y->is_enough)
        return y->is_enough - x->is_enough;
    if (x->is_enough && x->change->bands != y->change->bands)
        return x->change->bands < y->change->bands ? -1 : 1;
    if (!x->is_enough && x->points != y->points)
        return x->points > y->points ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

size_t lift_find(Lift out[], const Table *variants, const char *score,
                 size_t first, const WhatIf of[], size_t n, double aim)
{
    const double *scores = table_find(variants, score)->d;
    const Column *pd = table_field(variants, FIELD_pd);
    const Column *grade = table_field(variants, FIELD_grade);
    size_t found = 0, kept = 0;
    for (size_t i = 1; i <= n; i++) {
        size_t row = first + i;
        double points = scores[row] - scores[first];
        if (points > 0)
            out[found++] = (Lift){.change = &of[i],
                                  .points = points,
                                  .score = scores[row],
                                  .pd = pd != NULL ? pd->d[row] : (double)NAN,
                                  .grade = grade != NULL ? grade->s[row] : NULL,
                                  .is_enough = scores[row] >= aim,
                                  .place = i};
    }
    if (found > 1)
        qsort(out, found, sizeof *out, by_worth);
    for (size_t i = 0; i < found; i++) {
        size_t k = 0;
        while (k < kept && out[k].change->id != out[i].change->id)
            k++;
        if (k == kept)
            out[kept++] = out[i];
    }
    return kept;
}

/* What follows the score: grade, PD, and whether it falls short. */
static Label rest(Story *s, const Lift *l, double aim)
{
    Label grade = {"", ""}, pd = {"", ""}, shortage = {"", ""};
    if (l->grade != NULL)
        grade = (Label){story_say(s, "，等级为%s", l->grade),
                        story_say(s, ", grade %s", l->grade)};
    if (!isnan(l->pd)) {
        double percent = nearbyint(l->pd * 1e5) / 1e5;
        const char *rate = story_rate(s, percent);
        pd = (Label){story_say(s, "，违约概率%s", rate),
                     story_say(s, ", PD %s", rate)};
    }
    if (!l->is_enough) {
        const char *to = story_number(s, aim);
        shortage = (Label){story_say(s, "，仍低于%s分", to),
                           story_say(s, ", still below %s", to)};
    }
    return (Label){story_say(s, "%s%s%s", grade.zh, pd.zh, shortage.zh),
                   story_say(s, "%s%s%s", grade.en, pd.en, shortage.en)};
}

Label lift_say(Story *s, const Lift *l, double aim)
{
    const WhatIf *c = l->change;
    const char *points = story_number(s, l->points);
    const char *score = story_number(s, l->score);
    Label more = rest(s, l, aim), name = nearest_name(s, c), label;
    label.en =
        story_say(s,
                  "%s from %s to %s%s would lift the score by %s points to "
                  "%s%s",
                  name.en, c->from, c->is_below ? "below " : "", c->to, points,
                  score, more.en);
    label.zh =
        story_say(s, "%s由%s变为%s%s，得分可提高%s分至%s分%s", name.zh, c->from,
                  c->to, c->is_below ? "以下" : "", points, score, more.zh);
    return label;
}
