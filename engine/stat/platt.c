#include "stat/platt.h"

#include "stat/normal.h"
#include "stat/odds.h"

#include <math.h>

/* Likelihood, its first derivatives and minus its second ones at a line
 * through the standardised score. */
typedef struct {
    double value, da, db, aa, ab, bb;
} Point;

typedef struct {
    const Cases *c;
    double mean, sd;
    double aim[2]; /* of goods and bads */
} Fit;

/* ln(1 / (1 + e^-x)), whatever the sign of x */
static double log_chance(double x)
{
    double tail = odds_chance(-fabs(x));
    return normal_log(1 - tail) + (x < 0 ? x : 0);
}

static Point point_at(const Fit *f, double a, double b)
{
    Point p = {0};
    for (size_t i = 0; i < f->c->n; i++) {
        double w = cases_weight(f->c, i), t = f->aim[f->c->bad[i] != 0];
        double s = (f->c->score[i] - f->mean) / f->sd, x = a + b * s;
        double chance = odds_chance(x), v = w * chance * (1 - chance);
        p.value += w * (t * log_chance(x) + (1 - t) * log_chance(-x));
        p.da += w * (t - chance);
        p.db += w * (t - chance) * s;
        p.aa += v;
        p.ab += v * s;
        p.bb += v * s * s;
    }
    return p;
}

static ErrCode standardise(Fit *f, Err *err)
{
    double weights = 0, squares = 0;
    for (size_t i = 0; i < f->c->n; i++) {
        f->mean += cases_weight(f->c, i) * f->c->score[i];
        weights += cases_weight(f->c, i);
    }
    f->mean /= weights;
    for (size_t i = 0; i < f->c->n; i++) {
        double gap = f->c->score[i] - f->mean;
        squares += cases_weight(f->c, i) * gap * gap;
    }
    f->sd = sqrt(squares / weights);
    if (f->sd > 0 && isfinite(f->sd))
        return OK;
    return FAIL(err, ERR_DOMAIN,
                "the scores are all equal or not finite; no line goes through "
                "them");
}

/* From the line on standardised scores to the one on scores. */
static void finish(Platt *out, const Fit *f, double a, double b, Point p)
{
    double det = p.aa * p.bb - p.ab * p.ab, m = f->mean / f->sd;
    double va = p.bb / det, vb = p.aa / det, vab = -p.ab / det;
    *out = (Platt){.intercept = a - b * m,
                   .slope = b / f->sd,
                   .se_intercept = sqrt(va - 2 * m * vab + m * m * vb),
                   .se_slope = sqrt(vb) / f->sd,
                   .covariance = (vab - m * vb) / f->sd,
                   .log_likelihood = p.value,
                   .gradient = sqrt(p.da * p.da + p.db * p.db)};
}

/* The largest step along (da, db) of those halved again and again that does
 * not lose likelihood; 0: none. */
static double step_of(Point *next, const Fit *f, double a, double b,
                      const Point *p, double da, double db)
{
    enum { HALVES = 20 };
    double part = 1, noise = 1e-14 * fabs(p->value);
    for (int k = 0; k < HALVES; k++, part /= 2) {
        *next = point_at(f, a + part * da, b + part * db);
        if (next->value >= p->value - noise)
            return part;
    }
    return 0;
}

/* On one line a finite fit exists unless the classes touch at most: all bads
 * at or above all goods, or the other way round. */
static int is_parted(const Cases *c)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (size_t i = 0; i < c->n; i++) {
        int k = c->bad[i] != 0;
        if (cases_weight(c, i) == 0)
            continue;
        low[k] = fmin(low[k], c->score[i]);
        high[k] = fmax(high[k], c->score[i]);
    }
    return high[0] <= low[1] || high[1] <= low[0];
}

static ErrCode prepare(Fit *f, PlattAims aims, Err *err)
{
    CasesSum sum = cases_sum(f->c);
    if (aims == PLATT_SMOOTHED) {
        f->aim[1] = (sum.bad + 1) / (sum.bad + 2);
        f->aim[0] = 1 / (sum.good + 2);
    } else if (is_parted(f->c))
        return FAIL(err, ERR_DOMAIN,
                    "the scores part bads from goods; no finite line is best; "
                    "smoothed aims have one");
    return standardise(f, err);
}

ErrCode platt_fit(Platt *out, const Cases *c, PlattAims aims, Err *err)
{
    enum { STEPS = 100 };
    ErrCode rc = OK;
    Fit f = {.c = c, .aim = {0, 1}};
    TRY(cases_check(c, err));
    TRY(prepare(&f, aims, err));
    CasesSum sum = cases_sum(c);
    double a = odds_log(sum.bad / (sum.bad + sum.good)), b = 0, part = 1;
    Point p = point_at(&f, a, b), next;
    for (int step = 0; step < STEPS && part > 0; step++) {
        double det = p.aa * p.bb - p.ab * p.ab;
        double da = (p.bb * p.da - p.ab * p.db) / det;
        double db = (p.aa * p.db - p.ab * p.da) / det;
        /* Newton's error is squared: the step after a small one is none */
        int last = fabs(da) + fabs(db) < 1e-8 * (1 + fabs(a) + fabs(b));
        part = last ? 1 : step_of(&next, &f, a, b, &p, da, db);
        a += part * da;
        b += part * db;
        p = last ? point_at(&f, a, b) : part > 0 ? next : p;
        if (last)
            break;
    }
    finish(out, &f, a, b, p);
done:
    return rc;
}

double platt_pd(const Platt *p, double score)
{
    return odds_chance(p->intercept + p->slope * score);
}
