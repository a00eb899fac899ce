/* factors.h - the factor model compiled: which loans hang together, and how
 * much.
 *
 * Loan i of group g defaults in a year when
 *   sqrt(rho_g) Y_g + sqrt(1 - rho_g) eps_i < Phi^-1(pd_i),
 *   Y_g = sqrt(c) G + sqrt(1 - c) e_g, all standard normal, G and the e_g
 * following AR(1) with unit variance from year to year.  Under a t copula the
 * left side is multiplied by sqrt(nu / V) and compared with a quantile of t
 * (mixing.h), V being one for all years of a scenario or drawn each year.
 *
 * Timing.  `hazard`: the above in each year anew, for the firms still alive.
 * As a scenario's factor hangs on to its past, or one V stands for all years,
 * the chance to fail by year t is then less than 1 - (1 - pd)^t: pool_terms
 * has it.  `copula_time`: Y, V and eps are drawn once, and a firm has failed by
 * year t when it lies below the quantile of 1 - (1 - pd)^t, so the terms are
 * those asked for.
 * Source: Li, "On default correlation: a copula function approach", Journal of
 * Fixed Income 9 (2000).
 */
#ifndef POOL_FACTORS_H
#define POOL_FACTORS_H

#include "data/table.h"
#include "pool/pool.h"

/* Columns of the portfolio that a group may name. */
#define FACTOR_KEYS(X)                                                         \
    X(industry)                                                                \
    X(county)                                                                  \
    X(bank)                                                                    \
    X(product)                                                                 \
    X(firm_class)                                                              \
    X(grade)

enum {
#define X(name) FACTOR_##name,
    FACTOR_KEYS(X)
#undef X
        FACTOR_KEY_COUNT
};

typedef struct {
    const char *value[FACTOR_KEY_COUNT]; /* NULL: any */
    int keys;                            /* how many are named */
    size_t place;                        /* in the file, from 0 */
    double rho;                          /* asset correlation, in [0, 1) */
    double nu;                           /* of its t copula; 0: gaussian */
    double q;                            /* lgd_loading, in [0, 1) */
    const char *label;                   /* "C26", "I65 随县" */
} FactorGroup;

typedef struct {
    const char *grade;
    double pd; /* a year, in [0, 1] */
} FactorGrade;

struct Factors {
    double common;          /* c, in [0, 1] */
    int is_t;               /* a t copula */
    int is_yearly;          /* its V is drawn each year, not once a scenario */
    int is_unconditional;   /* lgd is not the mean over defaults */
    int is_timed;           /* timing = copula_time */
    double nu;              /* of groups without their own; 0: gaussian */
    const char *pairs_file; /* correlation_file as written, or NULL */
    int is_repaired;        /* its nearest correlation matrix may be used */
    const double *pairs;    /* [n][n] of the groups' factors; NULL: common */
    double autoregression;  /* in (-1, 1) */
    double lgd;             /* of loans without their own; NaN: none */
    const FactorGrade *grades; /* [ngrades] for loans without a pd */
    size_t ngrades;
    size_t n;
    const FactorGroup *groups; /* [n], the most specific first */
    const char *file;
};

const char *factors_key_name(size_t key); /* "industry" */
Field factors_key_field(size_t key);

/* The first of the groups that all of values[FACTOR_KEY_COUNT] match, or n. */
size_t factors_match(const Factors *f, const char *const values[]);

#endif
