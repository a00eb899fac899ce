/* cardinfer.h - applicants who got no loan as cases of a regression: what
 * stat/unseen.h makes of their chances.
 */
#ifndef CREDIT_CARDINFER_H
#define CREDIT_CARDINFER_H

#include "credit/carddata.h"
#include "credit/fitspec.h"
#include "stat/unseen.h"

enum { CARDINFER_PARCELS = 10 };

/* PDs of a model of the accepted. */
typedef struct {
    const double *accepted; /* [n_accepted] */
    const double *rejected; /* [n_rejected] */
    const uint8_t *event;   /* [n_accepted] */
    size_t n_accepted, n_rejected;
} CardChances;

/*
 * The cases of the rejected, *n of them, in the arena.  Parcels are the tenths
 * of the accepted by PD, and are the same for the same rows: a stream of seed
 * 1.  ERR_MEMORY.
 */
MUST_USE ErrCode cardinfer_cases(UnseenCase **out, size_t *n, Arena *arena,
                                 const CardChances *chances,
                                 const FitSpec *spec, Err *err);

#endif
