/* factors.h - the factor model compiled: which loans hang together, and how
 * much.
 *
 * Loan i of group g defaults in a year when
 *   sqrt(rho_g) Y_g + sqrt(1 - rho_g) eps_i < Phi^-1(pd_i),
 *   Y_g = sqrt(c) G + sqrt(1 - c) e_g, all standard normal, G and the e_g
 * following AR(1) with unit variance from year to year.
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
    const char *label;                   /* "C26", "I65 随县" */
} FactorGroup;

struct Factors {
    double common;         /* c, in [0, 1] */
    double autoregression; /* in (-1, 1) */
    size_t n;
    const FactorGroup *groups; /* [n], the most specific first */
    const char *file;
};

const char *factors_key_name(size_t key); /* "industry" */
Field factors_key_field(size_t key);

/* The first of the groups that all of values[FACTOR_KEY_COUNT] match, or n. */
size_t factors_match(const Factors *f, const char *const values[]);

#endif
