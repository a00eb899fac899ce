/* isotonic.h - PDs from any score that never fall as it rises. */
#ifndef STAT_ISOTONIC_H
#define STAT_ISOTONIC_H

#include "stat/cases.h"

/* From score `from` on, up to the next step, the PD is `pd`. */
typedef struct {
    double from, pd, weight;
} IsotonicStep;

typedef struct {
    IsotonicStep *steps; /* [n] rising in both */
    size_t n;
} Isotonic;

/*
 * The rising step function nearest to the outcomes in weighted squares, which
 * is also the one of greatest likelihood: neighbours that fall are pooled.
 * Cases of equal score are one from the start.
 * out     steps live in the arena.
 * Errors  of cases_order(), by which `order` was made; ERR_MEMORY.
 * Cost    O(n).
 * Source  Ayer et al., Annals of Mathematical Statistics 26 (1955); Robertson,
 *         Wright, Dykstra, Order Restricted Statistical Inference (1988), 1.2.
 */
MUST_USE ErrCode isotonic_fit(Isotonic *out, Arena *arena, const Cases *c,
                              const CasesOrder *order, Err *err);

/* Put a step behind steps[n] and pool while it does not rise: how many there
 * are now.  Room for one more is the caller's. */
size_t isotonic_put(IsotonicStep steps[], size_t n, IsotonicStep step);

/* The PD of a score; below the first step that step's. */
double isotonic_pd(const Isotonic *f, double score);

#endif
