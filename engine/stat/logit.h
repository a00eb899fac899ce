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

/* pd [n] of the rows by the estimates [k + 1]. */
void logit_predict(double pd[], const LogitData *data, const double estimate[]);

#endif
