/* paired.h - how far two figures lie apart that come of the same scenarios.
 *
 * Of a large sample a figure is the mean of what each number adds to it, its
 * influence; so the difference of two figures is the mean of differences, and
 * their spread is its error: small where two samples move together.
 *   mean  x
 *   VaR   q + (level - [x <= q]) / f(q), the density f by the interval of q
 *   ES    q + max(x - q, 0) / (1 - level)
 * Sources: Hampel, "The influence curve and its role in robust estimation",
 * JASA 69 (1974); Bahadur, "A note on quantiles in large samples", Annals of
 * Mathematical Statistics 37 (1966).
 */
#ifndef STAT_PAIRED_H
#define STAT_PAIRED_H

#include "stat/sample.h"

/* influence[n] of x[n], in the order of the scenarios.  `var` is sample_var()
 * of the same numbers; where its interval is not known, nor is the influence:
 * NaN. */
void paired_mean(double influence[], const int64_t x[], size_t n);
void paired_var(double influence[], const int64_t x[], size_t n, Level level,
                Figure var);
void paired_es(double influence[], const int64_t x[], size_t n, Level level,
               Figure var);

/* Of two figures whose influences are from[n] and to[n]: `change` with its
 * error and 95% interval, as far as all n tell it (else sample_told()). */
Figure paired_change(double change, const double from[], const double to[],
                     size_t n);

#endif
