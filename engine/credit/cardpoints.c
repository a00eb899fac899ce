#include "credit/cardpoints.h"

#include "stat/normal.h"
#include "stat/roc.h"

#include <math.h>

static double unit_of(const FitSpec *s)
{
    static const double tens[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    return tens[s->decimals];
}

/* Points, in 10^-decimals, of one unit of log odds. */
static double factor_of(const FitSpec *s)
{
    return s->pdo / normal_log(2) * unit_of(s);
}

static double woe_of(const Classing *c, size_t class)
{
    return class < c->n ? c->classes[class].woe : 0;
}

/* A term's points; what was taken off so that the least is 0, unrounded. */
static ErrCode score_term(double *least, CardTerm *t, const FitSpec *spec,
                          Arena *arena, Err *err)
{
    const Classing *c = &t->classing;
    double factor = factor_of(spec) * t->estimate;
    t->points = arena_alloc(arena, c->n + 1, sizeof *t->points);
    if (t->points == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scorecard");
    *least = 0; /* of what nothing is known of */
    for (size_t i = 0; i < c->n; i++)
        *least =
            factor * woe_of(c, i) < *least ? factor * woe_of(c, i) : *least;
    for (size_t i = 0; i <= c->n; i++)
        t->points[i] = llround(factor * woe_of(c, i) - *least);
    return OK;
}

ErrCode cardpoints_make(CardFit *fit, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const FitSpec *s = fit->spec;
    double least = 0;
    double base = s->score * unit_of(s) -
                  factor_of(s) * (fit->logit.estimate[0] + normal_log(s->odds));
    for (size_t i = 0; i < fit->n; i++)
        if (fit->terms[i].why == NULL) {
            TRY(score_term(&least, &fit->terms[i], s, arena, err));
            base += least;
        }
    fit->base = llround(base);
done:
    return rc;
}

int64_t cardpoints_of(const CardTerm *t, const Column *c, size_t row)
{
    return t->points[t->classing.is_words
                         ? classing_word(&t->classing, c->s[row])
                         : classing_number(&t->classing, c->d[row])];
}

double cardpoints_pd(const FitSpec *s, int64_t score)
{
    double doublings = ((double)score / unit_of(s) - s->score) / s->pdo;
    return 1 / (1 + s->odds * normal_exp(doublings * normal_log(2)));
}

double cardpoints_chance(const CardFit *fit, double *const x[], size_t row)
{
    double sum = fit->logit.estimate[0];
    for (size_t i = 0; i < fit->n; i++)
        if (fit->terms[i].why == NULL)
            sum += fit->terms[i].estimate * x[i][row];
    return 1 / (1 + normal_exp(-sum));
}

ErrCode cardpoints_measure(CardFit *fit, Arena *arena, const CardData *data,
                           double *const x[], Err *err)
{
    ErrCode rc = OK;
    size_t rows = data->table->rows;
    Roc roc;
    double *pd = arena_alloc(arena, rows + 1, sizeof *pd);
    if (pd == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", rows);
    for (size_t r = 0; r < rows; r++) {
        int64_t score = fit->base;
        for (size_t i = 0; i < fit->n; i++) {
            const CardTerm *t = &fit->terms[i];
            if (t->why == NULL)
                score += cardpoints_of(
                    t, table_find(data->table, t->classing.name), r);
        }
        pd[r] = cardpoints_pd(fit->spec, score);
        double gap = fabs(pd[r] - cardpoints_chance(fit, x, r));
        fit->pd_gap = gap > fit->pd_gap ? gap : fit->pd_gap;
    }
    const Cases cases = {pd, data->event, data->weight, rows};
    TRY(roc_measure(&roc, arena, &cases, err));
    fit->auc = roc.auc;
done:
    return rc;
}
