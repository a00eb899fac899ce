/* validation.h - what became of scored cases, as tables a validation team
 * reads: power, calibration, grades, segments, months, stability.
 *
 * Every figure is from engine/stat; its header has the formula and source.
 */
#ifndef CREDIT_VALIDATION_H
#define CREDIT_VALIDATION_H

#include "data/table.h"
#include "stat/cases.h"

/* Cases to be looked at.  Texts are interned, so that equal words are one.
 * Weights enter power, rates, means, segments, months and the pair; tests that
 * count cases cannot have them. */
typedef struct {
    Cases cases;                /* score: the PD, or minus the points */
    int is_pd;                  /* else calibration is left out */
    const double *challenger;   /* [n] higher is riskier; or NULL */
    const char *const *grade;   /* [n] or NULL */
    const char *const *segment; /* [n] or NULL */
    const char *const *month;   /* [n] or NULL */
    double rho;                 /* asset correlation of the grade tests, or 0 */
    CasesOrder order;           /* of `cases` */
} Validation;

/* ---- bootstrap: statistics of one resampling ---- */

#define VALIDATION_POWER(X) X(auc) X(gini) X(ks) X(brier) X(log_loss)

enum {
#define X(name) VALIDATION_##name,
    VALIDATION_POWER(X)
#undef X
        VALIDATION_STATS
};

/* The statistics with count[n] for weights; NaN where a class has none, and
 * for PD measures where there is no PD. */
void validation_stats(double out[VALIDATION_STATS], const Validation *v,
                      const double count[]);

/* The weighted mean score, and how many cases are bad. */
double validation_mean(const Cases *c);
size_t validation_bads(const Cases *c);

/* ---- tables; each function adds one or two to `tables` ---- */

/* validation_summary: one row of what to look at first.  validation_power:
 * each statistic with DeLong's interval (AUC, Gini) and the bootstrap's.
 * samples  [m] columns of VALIDATION_STATS each: statistic k of sample j is
 *          samples[k * m + j]; they are sorted on the way.  m may be 0. */
MUST_USE ErrCode validation_power(Tables *tables, const Validation *v,
                                  double samples[], size_t m, Err *err);

/* validation_calibration, validation_tests, validation_brier. */
MUST_USE ErrCode validation_calibration(Tables *tables, const Validation *v,
                                        Err *err);

/* validation_gains: ten groups of ranks, the riskiest first. */
MUST_USE ErrCode validation_gains(Tables *tables, const Validation *v,
                                  Err *err);

/* validation_roc: the curve in at most 100 points. */
MUST_USE ErrCode validation_roc(Tables *tables, const Validation *v, Err *err);

/* validation_grades: tests and a light for each grade, in order of mean PD. */
MUST_USE ErrCode validation_grades(Tables *tables, const Validation *v,
                                   Err *err);

/* validation_segments or validation_months: power and level by word, in order
 * of the words. */
MUST_USE ErrCode validation_parts(Tables *tables, const Validation *v,
                                  const char *const word[], const char *name,
                                  Label title, Err *err);

/* validation_pair: champion and challenger on the same cases. */
MUST_USE ErrCode validation_pair(Tables *tables, const Validation *v, Err *err);

#endif
