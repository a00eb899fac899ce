/* logitcurve.h - how Firth's penalised likelihood curves.
 *
 * Newton's step on the information alone comes nearer by a fixed part each
 * time, which is slow, or no step at all, where outcomes are separated; on the
 * second derivatives it doubles the digits there as well.
 */
#ifndef STAT_LOGITCURVE_H
#define STAT_LOGITCURVE_H

#include "stat/logitpass.h"

/* Numbers that `work` has to hold. */
size_t logitcurve_room(size_t terms);

/*
 * out [terms * terms]: minus the second derivatives of l + ln |I| / 2 by the
 * coefficients of scaled columns,
 *
 *     I + (tr(V D_j V D_k) - sum of w a'' (z' V z) z z') / 2,
 *
 * V the inverse of I, D_j = sum of w a' z_j z z', and a = p (1 - p) with its
 * derivatives by the index.
 *
 * pass     was run at the point.
 * inverse  [terms * terms] V.
 * index    [n] of the point, without offset.
 * Cost     n k^3 / 2 multiplications and k^4.
 */
void logitcurve_of(double out[], const LogitPass *pass, const double inverse[],
                   const double index[], double work[]);

#endif
