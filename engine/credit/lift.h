/* lift.h - which value, and how far, would lift a score to an aim, or which of
 * them together: the counterfactuals of a row of `kedan model score`.
 */
#ifndef CREDIT_LIFT_H
#define CREDIT_LIFT_H

#include "policy/story.h"
#include "policy/whatif.h"

/* A change that gains points, and what comes of it. */
typedef struct {
    const WhatIf *change;
    double points;     /* gained, above 0 */
    double score, pd;  /* then; pd NaN without one */
    const char *grade; /* then, or NULL */
    int is_enough;     /* score >= aim */
    size_t place;      /* among the changes */
} Lift;

/*
 * The changes worth telling of one row, into out[n]; how many.  Of each
 * scorecard row the one over the fewest bands that reaches the aim or, where
 * none does, that of most points.  Those that reach it come first, over fewer
 * bands first; then by points; then in the order of the file.
 * variants  after whatif_apply(): from row `first` on the row as it is, then
 *           with n changes.
 * score     the name of its column, of REAL, in which higher is safer.
 * of        [1 + n] those of these rows.
 */
size_t lift_find(Lift out[], const Table *variants, const char *score,
                 size_t first, const WhatIf of[], size_t n, double aim);

enum { LIFT_TOGETHER = 16 };

/*
 * Where no change alone is enough: out[m] that together are, if points add up,
 * the fewest there are; one each of scorecard rows that look at different
 * values, over as few bands and for as few points as still do, from the last
 * one on.
 * Returns m, at least 2; 0 when up to LIFT_TOGETHER are not enough.
 * lifts  [n_lifts] what lift_find() found of the same row.
 */
size_t lift_together(const WhatIf *out[LIFT_TOGETHER], const Lift lifts[],
                     size_t n_lifts, const Table *variants, const char *score,
                     size_t first, const WhatIf of[], size_t n, double aim);

/* "staff from 8% to 10% would lift the score by 24 points to 612, grade BB, PD
 * 1.2%", all changes of the chain; of one that is not enough it says so.  Texts
 * live in the story's arena. */
Label lift_say(Story *story, const Lift *lift, double aim);

#endif
