/* migration.h - where firms of each grade go within a year: the cohort and the
 * duration estimate side by side, and what they say of the years to come.
 */
#ifndef CREDIT_MIGRATION_H
#define CREDIT_MIGRATION_H

#include "credit/gradehistory.h"
#include "data/table.h"
#include "stat/sample.h"

enum { MIGRATION_COHORT, MIGRATION_DURATION, MIGRATION_WAYS };

typedef struct {
    const char *const *grades; /* [n] interned, the best first; then default */
    size_t n;
    const GradeMoves *moves;
    int has_time;   /* spells tell when: there is a duration estimate */
    size_t years;   /* for how many chances of default are told, from 1 */
    size_t samples; /* of the bootstrap */
    uint64_t seed;
    int threads;
} Migration;

/* What one way of estimating says, k = n + 1 states. */
typedef struct {
    int is_there;   /* there is a spell to learn from */
    double *count;  /* [k * k] moves */
    double *time;   /* [k] firm-years in each */
    Figure *chance; /* [k * k] within a year */
    Figure *pd;     /* [years * k] year by year from the first */
    Figure mobility;
    double *in_order; /* [k] part of the samples in which the PD of a year is
                       * at least that of the better grade; NaN of the first */
} MigrationWay;

/*
 * Both estimates of stat/transitions.h with 95% intervals: of cohort chances
 * within a year Wilson's, of all else the bootstrap's, which draws firms with
 * all their years (stat/bootstrap.h).  A chance of default cannot fall with
 * the years, so neither do the ends of its interval.  Where no sample has an
 * event the upper end is Wilson's, of durations in T years watched
 * 1 - exp(ln .025 / T), and for y years 1 - (1 - that)^y.  Rows of grades that
 * no firm was in are NaN; chances of later years take them as staying where
 * they are.
 * Errors  ERR_MEMORY.
 * Cost    samples (firms + spells + k^3 (20 + years)).
 * Source  Jafry and Schuermann, Journal of Banking and Finance 28 (2004);
 *         Hanson and Schuermann, "Confidence intervals for probabilities of
 *         default", Journal of Banking and Finance 30 (2006).
 */
MUST_USE ErrCode migration_estimate(MigrationWay ways[MIGRATION_WAYS],
                                    Arena *arena, const Migration *m, Err *err);

#endif
