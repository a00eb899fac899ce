/* logittwin.h - problems of logistic regression that are drawn, and the same
 * sums again in long double on the columns as they came: a twin for the fits.
 */
#ifndef TESTS_LOGITTWIN_H
#define TESTS_LOGITTWIN_H

#include "check.h"
#include "stat/logit.h"
#include "stat/normal.h"
#include "stat/stream.h"

enum { TWIN_ROWS = 2000, TWIN_COLUMNS = 8, TWIN_TERMS = TWIN_COLUMNS + 1 };

typedef long double Long;
typedef Long Square[TWIN_TERMS][TWIN_TERMS];

typedef struct {
    Stream s;
    uint64_t at;
    double x[TWIN_COLUMNS][TWIN_ROWS], weight[TWIN_ROWS], offset[TWIN_ROWS];
    uint8_t y[TWIN_ROWS];
    const double *columns[TWIN_COLUMNS];
    const char *names[TWIN_COLUMNS];
    LogitData data;
} Drawn;

static inline double twin_uniform(Drawn *d)
{
    return normal_uniform(stream_word(d->s, d->at++));
}

static inline double twin_normal(Drawn *d)
{
    return normal_quantile(twin_uniform(d));
}

/* Columns that share a part with the one before, of units from 1e-6 to 1e6,
 * off 0 by up to three spreads; every third is a flag. */
static inline void twin_columns(Drawn *d, size_t n, size_t k)
{
    static double z[TWIN_ROWS];
    memset(z, 0, sizeof z);
    for (size_t j = 0; j < k; j++) {
        double unit = pow(10, floor(13 * twin_uniform(d)) - 6);
        double middle = 6 * twin_uniform(d) - 3;
        for (size_t i = 0; i < n; i++) {
            z[i] = .6 * z[i] + .8 * twin_normal(d);
            d->x[j][i] = unit * (j % 3 == 2 ? z[i] > 0 : middle + z[i]);
        }
    }
}

/* Outcomes of a line in the columns' ranks of size; `steep` makes them near
 * separable.  Weights: none, whole with zeros, or any. */
static inline void twin_draw(Drawn *d, size_t n, size_t k, double steep,
                             int weights, int has_offset)
{
    twin_columns(d, n, k);
    double slope[TWIN_COLUMNS], level = 2 * twin_uniform(d) - 1;
    for (size_t j = 0; j < k; j++) {
        double most = 0;
        for (size_t i = 0; i < n; i++)
            most = fmax(most, fabs(d->x[j][i]));
        slope[j] = steep * twin_normal(d) / most;
        d->columns[j] = d->x[j];
        d->names[j] = "x";
    }
    for (size_t i = 0; i < n; i++) {
        double line = level, w = twin_uniform(d);
        for (size_t j = 0; j < k; j++)
            line += slope[j] * (d->x[j][i] - d->x[j][i / 2]);
        d->weight[i] = weights == 1 ? floor(4 * w) : .1 + 2 * w;
        d->offset[i] = twin_normal(d) / 2;
        d->y[i] = twin_uniform(d) < 1 / (1 + exp(-line));
    }
    for (size_t i = 0; i < 2; i++) { /* both outcomes are there */
        d->y[i] = (uint8_t)i;
        d->weight[i] = 1;
    }
    d->data = (LogitData){d->columns, d->names, d->y, NULL, NULL, n, k};
    d->data.weight = weights > 0 ? d->weight : NULL;
    d->data.offset = has_offset ? d->offset : NULL;
}

/* ---- the twin ---- */

typedef struct {
    size_t terms;
    Long beta[TWIN_TERMS], score[TWIN_TERMS];
    Square information, inverse;
    Long log_likelihood, deviance, log_det; /* ln |information| */
} Twin;

static inline Long twin_z(const LogitData *d, size_t j, size_t i)
{
    return j == 0 ? 1 : (Long)d->x[j - 1][i];
}

static inline Long twin_weight(const LogitData *d, size_t i)
{
    return d->weight == NULL ? 1 : (Long)d->weight[i];
}

/* b'z of a row, without its offset. */
static inline Long twin_line(const LogitData *d, const Long b[], size_t terms,
                             size_t i)
{
    Long sum = 0;
    for (size_t j = 0; j < terms; j++)
        sum += b[j] * twin_z(d, j, i);
    return sum;
}

static inline Long twin_index(const LogitData *d, const Long b[], size_t terms,
                              size_t i)
{
    return twin_line(d, b, terms, i) +
           (d->offset == NULL ? 0 : (Long)d->offset[i]);
}

static inline Long twin_p(Long index)
{
    return 1 / (1 + expl(-index));
}

/* ln(1 + e^x) */
static inline Long twin_softplus(Long x)
{
    return x > 0 ? x + log1pl(expl(-x)) : log1pl(expl(x));
}

/* L of a = L L' in its lower half; 0: not positive. */
static inline int twin_factor(Square a, size_t n)
{
    for (size_t j = 0; j < n; j++) {
        for (size_t k = 0; k < j; k++)
            a[j][j] -= a[j][k] * a[j][k];
        if (!(a[j][j] > 0))
            return 0;
        a[j][j] = sqrtl(a[j][j]);
        for (size_t i = j + 1; i < n; i++) {
            for (size_t k = 0; k < j; k++)
                a[i][j] -= a[i][k] * a[j][k];
            a[i][j] /= a[j][j];
        }
    }
    return 1;
}

static inline void twin_solve(Long b[], Square l, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            b[i] -= l[i][k] * b[k];
        b[i] /= l[i][i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            b[i] -= l[k][i] * b[k];
        b[i] /= l[i][i];
    }
}

/* Sums at t->beta; the information gets `more` [terms] on its diagonal. */
static inline void twin_look(Twin *t, const LogitData *d, const Long more[])
{
    memset(t->score, 0, sizeof t->score);
    memset(t->information, 0, sizeof t->information);
    t->log_likelihood = t->deviance = 0;
    for (size_t i = 0; i < d->n; i++) {
        Long w = twin_weight(d, i), x = twin_index(d, t->beta, t->terms, i);
        Long p = twin_p(x), q = twin_p(-x);
        t->log_likelihood += w * (d->y[i] * x - twin_softplus(x));
        t->deviance -= 2 * w * logl(d->y[i] ? p : q);
        for (size_t j = 0; j < t->terms; j++) {
            t->score[j] += w * (d->y[i] ? q : -p) * twin_z(d, j, i);
            for (size_t k = 0; k <= j; k++)
                t->information[j][k] +=
                    w * p * q * twin_z(d, j, i) * twin_z(d, k, i);
        }
    }
    for (size_t j = 0; j < t->terms; j++) {
        t->information[j][j] += more == NULL ? 0 : more[j];
        for (size_t k = 0; k < j; k++)
            t->information[k][j] = t->information[j][k];
    }
}

/* The inverse and the determinant; 0: there is none. */
static inline int twin_invert(Twin *t)
{
    Square l;
    memcpy(l, t->information, sizeof l);
    if (!twin_factor(l, t->terms))
        return 0;
    t->log_det = 0;
    for (size_t j = 0; j < t->terms; j++) {
        t->log_det += 2 * logl(l[j][j]);
        memset(t->inverse[j], 0, sizeof t->inverse[j]);
        t->inverse[j][j] = 1;
        twin_solve(t->inverse[j], l, t->terms);
    }
    return 1;
}

/* Newton's steps, halved while the likelihood falls; 1: the last changed no
 * line by 1e-15, 0: outcomes run apart.  `step` [terms] is the last one. */
static inline int twin_fit(Twin *t, Long step[], const LogitData *d,
                           size_t terms)
{
    *t = (Twin){.terms = terms};
    twin_look(t, d, NULL);
    for (int i = 0; i < 60; i++) {
        Square l;
        Twin from = *t;
        Long size = 0;
        memcpy(l, t->information, sizeof l);
        if (!twin_factor(l, terms))
            return 0; /* the step before is the one that ran away */
        memcpy(step, t->score, terms * sizeof *step);
        twin_solve(step, l, terms);
        for (size_t r = 0; r < d->n; r++)
            size = fmaxl(size, fabsl(twin_line(d, step, terms, r)));
        for (int halved = 0; halved < 20; halved++) {
            for (size_t j = 0; j < terms; j++)
                t->beta[j] = from.beta[j] + ldexpl(step[j], -halved);
            twin_look(t, d, NULL);
            if (t->log_likelihood >= from.log_likelihood || size < 1e-9L)
                break;
        }
        if (size < 1e-15L)
            return twin_invert(t);
    }
    return 0;
}

#endif
