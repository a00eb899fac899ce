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

/* Points that add up to more than this less are enough. */
static const double NEARLY = 1e-9;

static int looks_at(const WhatIf *const list[], size_t n, int slot)
{
    for (size_t i = 0; i < n; i++)
        if (list[i]->value.slot == slot)
            return 1;
    return 0;
}

/* The change of the same row over the fewest bands, of these of fewest points,
 * that gains at least that. */
static const WhatIf *least(double *points, const WhatIf *now,
                           const double scores[], const WhatIf of[], size_t n,
                           double needed)
{
    const WhatIf *best = now;
    for (size_t i = 1; i <= n; i++) {
        double gain = scores[i] - scores[0];
        if (of[i].value.slot != now->value.slot || of[i].id != now->id ||
            !(gain >= needed) || of[i].bands > best->bands ||
            (of[i].bands == best->bands && gain >= *points))
            continue;
        best = &of[i];
        *points = gain;
    }
    return best;
}

size_t lift_together(const WhatIf *out[LIFT_TOGETHER], const Lift lifts[],
                     size_t n_lifts, const Table *variants, const char *score,
                     size_t first, const WhatIf of[], size_t n, double aim)
{
    const double *scores = &table_find(variants, score)->d[first];
    double needed = aim - scores[0] - NEARLY, sum = 0, points[LIFT_TOGETHER];
    size_t m = 0;
    for (size_t k = 0; k < n_lifts && m < LIFT_TOGETHER && sum < needed; k++)
        if (!looks_at(out, m, lifts[k].change->value.slot)) {
            out[m] = lifts[k].change;
            points[m] = lifts[k].points;
            sum += points[m++];
        }
    if (!(sum >= needed) || m < 2)
        return 0;
    for (size_t k = m; k-- > 0;) {
        double before = points[k];
        out[k] =
            least(&points[k], out[k], scores, of, n, before - (sum - needed));
        sum += points[k] - before;
    }
    return m;
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

static Label one_change(Story *s, const WhatIf *c)
{
    Label name = nearest_name(s, c);
    return (Label){story_say(s, "%s由%s变为%s%s", name.zh, c->from, c->to,
                             c->is_below ? "以下" : ""),
                   story_say(s, "%s from %s to %s%s", name.en, c->from,
                             c->is_below ? "below " : "", c->to)};
}

Label lift_say(Story *s, const Lift *l, double aim)
{
    const char *points = story_number(s, l->points);
    const char *score = story_number(s, l->score);
    Label more = rest(s, l, aim), all = one_change(s, l->change);
    int is_one = l->change->also == NULL;
    for (const WhatIf *c = l->change->also; c != NULL; c = c->also) {
        Label next = one_change(s, c);
        all = (Label){story_say(s, "%s、%s", all.zh, next.zh),
                      story_say(s, "%s and %s", all.en, next.en)};
    }
    return (Label){
        story_say(s, "%s，得分%s可提高%s分至%s分%s", all.zh,
                  is_one ? "" : "合计", points, score, more.zh),
        story_say(s, "%s %swould lift the score by %s points to %s%s", all.en,
                  is_one ? "" : "together ", points, score, more.en)};
}
