/* logitpass.h - one look at all rows: what Newton's step is made of. */
#ifndef STAT_LOGITPASS_H
#define STAT_LOGITPASS_H

#include "core/simd.h"
#include "stat/logit.h"

/* Columns are seen as z = (x - shift) scale, the intercept as z = 1.  Shift and
 * scale are exact numbers, scale a power of two, so that nothing is lost on
 * the way there and back. */
typedef struct {
    const LogitData *data;
    size_t terms;  /* k + 1 */
    double *shift; /* [k] near the mean */
    double *scale; /* [k] near one by the standard deviation */
    double *sd;    /* [k] weighted, by n, of x as it came */
    int threads;
    SimdIsa isa;
    double *partial; /* of each chunk of rows */

    double log_likelihood;
    double *gradient;    /* [terms] */
    double *information; /* [terms * terms] */
} LogitPass;

/* Checks the data too: ERR_DOMAIN as logit_fit(), ERR_MEMORY. */
MUST_USE ErrCode logitpass_new(LogitPass *out, Arena *arena,
                               const LogitData *data, int threads, Err *err);

/*
 * Likelihood, gradient and information at beta [terms], of scaled columns.
 * Sums run in eight lanes over chunks of 4,096 rows, and chunks are added in
 * their order: neither threads nor the width of vectors change a bit.
 */
MUST_USE ErrCode logitpass_run(LogitPass *pass, const double beta[], Err *err);

/* Room for the sums of each chunk; NULL when out of memory. */
double *logitpass_partial(Arena *arena, size_t rows, size_t terms);

/* index [n] = beta0 + z beta, without offset. */
void logitpass_index(double index[], const LogitPass *pass,
                     const double beta[]);

/* z [terms] of a row, and P(y = 1) there by its index and offset. */
void logitpass_row(double z[], const LogitPass *pass, size_t row);
double logitpass_chance(const LogitPass *pass, const double index[],
                        size_t row);

/* Between coefficients of scaled columns and of columns as they came. */
void logitpass_scaled(double beta[], const LogitPass *pass,
                      const double estimate[]);
void logitpass_plain(double estimate[], const LogitPass *pass,
                     const double beta[]);
/* The same for a covariance [terms * terms], in place. */
void logitpass_plain_covariance(double c[], const LogitPass *pass);

#endif
