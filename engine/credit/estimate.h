/* estimate.h - where an estimate becomes an amount or a rate.
 *
 * Chances, losses and present values are doubles; here, and nowhere else in the
 * credit model, they turn into fen and billionths.
 */
#ifndef CREDIT_ESTIMATE_H
#define CREDIT_ESTIMATE_H

#include <stdint.h>

/* `yuan` in fen, rounded half away from zero; NULL_INT (table.h) for NaN and
 * beyond MONEY_MAX. */
int64_t estimate_fen(double yuan);

/* `rate` in billionths, rounded half away from zero; NULL_INT for NaN and
 * beyond 9e9. */
int64_t estimate_billionths(double rate);

double estimate_yuan(int64_t fen);        /* NaN for NULL_INT */
double estimate_rate(int64_t billionths); /* NaN for NULL_INT */

#endif
