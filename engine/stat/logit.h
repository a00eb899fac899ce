/* logit.h - logistic regression by maximum likelihood.
 *
 *     P(y = 1) = 1 / (1 + exp(-(b0 + b1 x1 + ... + bk xk + offset)))
 *
 * Newton's method on columns that are shifted and scaled inside, so that yuan
 * and years may stand side by side; what comes out is in the units that went
 * in.  Results are the same bytes for any number of threads and instruction
 * set.
 */
#ifndef STAT_LOGIT_H
#define STAT_LOGIT_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    const double *const *x;  /* [k] columns of [n], finite */
    const char *const *name; /* [k] for messages */
    const uint8_t *y;        /* [n] 1 where the event happened, else 0 */
    const double *weight;    /* [n] >= 0, as so many equal rows; NULL: 1 */
    const double *offset;    /* [n] added with coefficient 1; NULL: 0 */
    size_t n, k;
} LogitData;

typedef struct {
    const int *sign; /* [k] 1: not below 0, -1: not above, 0: free; or NULL */
    int steps;       /* at most so many; 0: LOGIT_STEPS */
    int threads;     /* 0: all cores */
} LogitOptions;

enum { LOGIT_STEPS = 50 };

/* A fit and its certificate; arrays live in the arena. */
typedef struct {
    size_t terms;       /* k + 1, the intercept first */
    double *estimate;   /* [terms] */
    double *se;         /* [terms] square roots of the covariance's diagonal */
    double *covariance; /* [terms * terms] the information's inverse */
    double log_likelihood;
    double null_log_likelihood; /* of the intercept (and offsets) alone */
    double weight, events;      /* sums of weights: all rows, rows with y 1 */
    double gradient_norm;       /* largest absolute derivative of the mean log
                                 * likelihood by a scaled coefficient */
    double condition; /* of the information on scaled columns: 1-norm of it by
                       * that of its inverse, estimated */
    int steps;
} Logit;

/*
 * Fit.  Standard errors are those of the final weights.
 * Errors  ERR_DOMAIN: not both outcomes there; a value is not finite; a column
 *         is constant, or a sum of multiples of others (all named); the
 *         outcomes are separated by columns (named), so that no finite
 *         estimate exists; a coefficient has the wrong sign (all named); no
 *         convergence.  ERR_MEMORY.
 * Cost    n k^2 / 2 multiplications a step, 6 to 9 steps; beside the data
 *         8 k^2 bytes for each 4,096 rows.
 * Source  McCullagh, Nelder, Generalized Linear Models (1989), 4.4; Albert,
 *         Anderson, Biometrika 71 (1984) on separation.
 */
MUST_USE ErrCode logit_fit(Logit *out, Arena *arena, const LogitData *data,
                           const LogitOptions *options, Err *err);

/* Ridge (alpha 0), lasso (alpha 1) and what lies between. */
typedef struct {
    double lambda; /* >= 0 */
    double alpha;  /* in [0, 1] */
    int steps, threads;
} LogitNet;

/*
 * Minimise -l / n + lambda ((1 - alpha) / 2 |b|^2 + alpha |b|_1) over the
 * coefficients b of columns standardised with 1/n (n: the sum of weights); the
 * intercept is free.  Of a ridge, covariance and se are the inverse of the
 * penalised information; where some may be pressed to zero they say nothing:
 * se is NaN, condition too, and covariance NULL.
 * objective      the minimum.
 * gradient_norm  largest violation of the conditions of a minimum.
 * Errors  as logit_fit() but for separation; ERR_DOMAIN for the parameters.
 * Source  le Cessie, van Houwelingen, Applied Statistics 41 (1992) on ridges;
 *         Friedman, Hastie, Tibshirani, J. Statistical Software 33 (2010) on
 *         the others: Newton's quadratic, minimised by coordinate descent.
 */
MUST_USE ErrCode logit_net(Logit *out, double *objective, Arena *arena,
                           const LogitData *data, const LogitNet *net,
                           Err *err);

/* Firth's fit, with intervals by the penalised likelihood's profile. */
typedef struct {
    Logit fit;    /* se by the inverse information, as Wald's intervals want */
    double *low;  /* [terms] the 95% interval's ends: where the profile falls */
    double *high; /* by half the 0.95 quantile of chi-square with 1 df */
    double *p;    /* [terms] of no effect, by the same profile at 0.  Where an
                   * end or 0 lies too far for the profile to be told, as for
                   * the intercept of columns far from 0: NaN */
    double penalised; /* l + ln |information| / 2, columns as they came */
} LogitFirth;

/*
 * Maximise l + ln |I| / 2: estimates without the small-sample bias, finite
 * whatever separates the outcomes.  There may be more than one maximum then;
 * where a profile meets a higher point, the fit starts again from it.
 * Errors  as logit_fit() but for separation.
 * Cost    n k^2 a step, some 20 steps a fit, beyond 40 n k^3, and 60 (k + 1)
 *         fits of the profile.
 * Source  Firth, Biometrika 80 (1993); Heinze, Schemper, Statistics in
 *         Medicine 21 (2002).
 */
MUST_USE ErrCode logit_firth(LogitFirth *out, Arena *arena,
                             const LogitData *data, int threads, Err *err);

/*
 * Covariance of a fit where rows of one cluster go together: C M C with M the
 * sum over clusters of the squared sum of scores, times G / (G - 1); replaces
 * covariance and se.
 * cluster [n] in [0, clusters).
 * Errors  ERR_DOMAIN with fewer than two clusters; ERR_MEMORY.
 * Source  Liang, Zeger, Biometrika 73 (1986); as vcovCL of R's sandwich.
 */
MUST_USE ErrCode logit_cluster(Logit *fit, Arena *arena, const LogitData *data,
                               const uint32_t cluster[], size_t clusters,
                               Err *err);

typedef enum { LOGIT_BOTH, LOGIT_BACKWARD, LOGIT_FORWARD } LogitDirection;

/* Which terms may come and go together, and what a parameter costs. */
typedef struct {
    const size_t *term; /* [k] of each column */
    size_t terms;
    LogitDirection direction; /* forward starts from the intercept alone */
    double penalty;           /* of a parameter: 2 is AIC, ln n is BIC */
    int threads;
} LogitStep;

/*
 * Add or drop whole terms, each time the one that lowers -2 l + penalty (k + 1)
 * most, until none does.
 * kept    [terms] 1: in the end.
 * Errors  of logit_fit() for the first model; a term that cannot be added is
 *         left out.
 */
MUST_USE ErrCode logit_step(unsigned char kept[], const LogitData *data,
                            const LogitStep *step, Err *err);

/* pd [n] of the rows by the estimates [k + 1]. */
void logit_predict(double pd[], const LogitData *data, const double estimate[]);

/* Weight of all rows and of those with the event, into fit->weight, ->events,
 * and the null log likelihood, which is NaN where there are offsets. */
void logit_count(Logit *fit, const LogitData *data);

#endif
