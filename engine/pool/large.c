#include "pool/large.h"

#include "stat/normal.h"
#include "stat/vasicek.h"

#include <math.h>

/* A book of equal chances: what all its firms may lose, and how unequal they
 * are. */
typedef struct {
    const Model *model;
    double pd, rho;
    double sum, squares; /* fen; of losses, or of balances where these vary */
} Large;

/* One loan a firm, of one mean loss and spread: a year's losses are then
 * balances times one function of the factor. */
static int is_drawn_alike(const Model *m)
{
    const Book *b = m->book;
    const BookGroup *g = &b->groups[0];
    if (b->nloans != b->firms || g->factor->q >= 0.99)
        return 0;
    for (size_t i = 1; i < b->nloans; i++)
        if (b->loans[i].lgd != b->loans[0].lgd ||
            b->loans[i].sd != b->loans[0].sd)
            return 0;
    return 1;
}

/* One year, one group, one pd: *pd. */
static int holds(double *pd, const Model *m)
{
    const Book *b = m->book;
    if (b->years > 1 || !m->dues->is_flat || b->ngroups != 1 ||
        m->factors->is_t || b->groups[0].factor->rho <= 0)
        return 0;
    if (m->dues->severity != NULL && !is_drawn_alike(m))
        return 0;
    *pd = b->pd[0];
    for (size_t k = 1; k < b->firms; k++)
        if (b->pd[k] != *pd)
            return 0;
    return *pd > 0 && *pd < 1;
}

/* Losses of all firms, and the sum of their squares. */
static void add_up(Large *l)
{
    const Model *m = l->model;
    const Book *b = m->book;
    for (size_t k = 0; k < b->firms; k++) {
        int64_t fen = m->dues->severity == NULL ? dues_loss(m->dues, 0, k)
                                                : b->balance[k * b->width];
        l->sum += (double)fen;
        l->squares += (double)fen * (double)fen;
    }
}

/* Share of the balances that is lost when the factor is y; *spread: what the
 * loss of one loan varies then, as a share of its squared balance. */
static double lost_at(double *spread, const Large *l, double y)
{
    double mean, square;
    double x = normal_quantile(l->pd) - sqrt(l->rho) * y;
    double p = normal_cdf(x / sqrt(1 - l->rho));
    severity_given(&mean, &square, l->model->dues->severity, 0, 0, y);
    *spread = p * square - p * mean * p * mean;
    return p * mean;
}

/* Mean of the share beyond its quantile: the factor below y, by Simpson's rule
 * down to where it never comes. */
static double tail_mean(const Large *l, double y, double level)
{
    enum { STEPS = 600 };
    double spread, sum = 0, step = (y + 12) / STEPS;
    for (int i = 0; i <= STEPS; i++) {
        double at = -12 + step * i;
        double weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
        sum += weight * normal_density(at) * lost_at(&spread, l, at);
    }
    return sum * step / 3 / (1 - level);
}

/* density x variance / slope at y, of which the adjustment is the slope */
static double pressure(const Large *l, double y)
{
    const double h = 1e-3;
    double spread, other;
    double slope = lost_at(&other, l, y + h) - lost_at(&other, l, y - h);
    lost_at(&spread, l, y);
    return normal_density(y) * spread * 2 * h / slope;
}

/* What the quantile gains a unit of concentration: Gordy (2003), equation 13.
 */
static double granularity(const Large *l, double y)
{
    const double h = 1e-3;
    return -(pressure(l, y + h) - pressure(l, y - h)) / (2 * h) /
           (2 * normal_density(y));
}

typedef struct {
    double var, es, extra; /* the last: a unit of concentration */
} Shares;

static Shares shares_at(const Large *l, double level)
{
    double spread, y;
    if (l->model->dues->severity == NULL)
        return (Shares){vasicek_var(l->pd, l->rho, level),
                        vasicek_es(l->pd, l->rho, level),
                        vasicek_granularity(l->pd, l->rho, level)};
    y = normal_quantile(1 - level);
    return (Shares){lost_at(&spread, l, y), tail_mean(l, y, level),
                    granularity(l, y)};
}

ErrCode large_add(Tables *tables, const Model *m, const PoolOptions *o,
                  Err *err)
{
    Results r = {.tables = tables, .err = err};
    Large l = {.model = m};
    if (!holds(&l.pd, m))
        return OK;
    l.rho = m->book->groups[0].factor->rho;
    add_up(&l);
    results_table(&r, "pool_large", o->nlevels, "大样本近似",
                  "Large pool, closed form");
    Column *level = results_field(&r, FIELD_level);
    Column *var = results_column(&r, "var_large", TYPE_MONEY, "fen",
                                 "无限分散 VaR", "VaR of an endless pool");
    Column *extra = results_column(&r, "granularity", TYPE_MONEY, "fen",
                                   "集中度调整", "granularity adjustment");
    Column *es = results_column(&r, "es_large", TYPE_MONEY, "fen",
                                "无限分散 ES", "ES of an endless pool");
    double many = l.sum > 0 ? l.squares / l.sum : 0;
    for (size_t i = 0; r.rc == OK && i < o->nlevels; i++) {
        Shares s = shares_at(&l, o->levels[i]);
        level->d[i] = o->levels[i];
        var->i[i] = results_fen(l.sum * s.var);
        extra->i[i] = results_fen(many * s.extra);
        es->i[i] = results_fen(l.sum * s.es);
    }
    return r.rc;
}
