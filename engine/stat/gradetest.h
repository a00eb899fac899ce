/* gradetest.h - is a grade's PD too low for the defaults it had? */
#ifndef STAT_GRADETEST_H
#define STAT_GRADETEST_H

#include <stddef.h>

typedef enum { GRADETEST_GREEN, GRADETEST_YELLOW, GRADETEST_RED } GradeLight;

/* Of `n` obligors of one PD, `d` defaulted within the year. */
typedef struct {
    double rate;       /* d / n */
    double binomial;   /* P(D >= d), D binomial (n, pd) */
    double correlated; /* the same where defaults share one factor; NaN where
                        * rho is 0 */
    double jeffreys;   /* P(PD <= pd): beta (d + 1/2, n - d + 1/2) */
    double z;          /* (rate - pd) / sqrt(pd (1 - pd) / n) */
    double low, high;  /* 95% interval of the rate by the same beta; 0 and 1
                        * at its ends for d of 0 and n */
    GradeLight light;  /* red where jeffreys < .01, yellow where < .05 */
} GradeTest;

/*
 * One-sided: small chances say that the PD understates the risk.
 * n, d     d <= n, n > 0.
 * pd       in [0, 1].
 * rho      asset correlation in [0, 1).
 * Cost     a quadrature where rho > 0, else constant.
 * Source   Jeffreys test: European Central Bank, "Instructions for reporting
 *          the validation results of internal models" (2019), 2.5.3.1; the
 *          other tests and the idea of lights: Basel Committee, Working Paper
 *          14 (2005), and Tasche, "A traffic lights approach to PD validation"
 *          (2003).  Where the lights change is this project's choice.
 */
GradeTest gradetest_of(size_t n, size_t d, double pd, double rho);

#endif
