/* unseen.h - reject inference: outcomes of applicants who got no loan, made up
 * from those who did.
 *
 * This is an assumption, not an observation: nothing in the data can tell
 * whether rejects would have behaved like accepts of their score (Hand and
 * Henley 1993).  What is fitted to such cases must say so, and be compared
 * with a fit to the accepted alone.
 */
#ifndef STAT_UNSEEN_H
#define STAT_UNSEEN_H

#include "core/err.h"
#include "stat/stream.h"

#include <stddef.h>
#include <stdint.h>

/* One case of a sample that is fitted to: row `row`, as bad or good, with a
 * weight.  An accepted case is itself with weight 1. */
typedef struct {
    size_t row;
    uint8_t bad;
    double weight;
} UnseenCase;

/*
 * Fuzzy augmentation: each reject twice, as bad with the weight of its PD and
 * as good with the rest.  PDs are those of a model of the accepted, the odds
 * of rejects worse by `factor` >= 1: odds p / (1 - p) times factor.
 * out     [2 n], rejects in order, each bad then good.
 * pd      [n] in [0, 1].
 * Source  Siddiqi, Credit Risk Scorecards (2006), chapter 6.
 */
void unseen_fuzzy(UnseenCase out[], const double pd[], size_t n, double factor);

/*
 * Parcelling: each reject once, as bad by the chance that its score's parcel
 * has: bad rate of the accepted there times `factor`, at most 1.  How many of
 * a parcel are bad is that share of it, rounded down or up by chance; which
 * ones is drawn too, from the stream.
 * out      [n].
 * parcel   [n] of each reject, below `parcels`.
 * rate     [parcels] bad rates of the accepted.
 * ERR_MEMORY.
 * Source   as above.
 */
MUST_USE ErrCode unseen_parcel(UnseenCase out[], const size_t parcel[],
                               size_t n, const double rate[], size_t parcels,
                               double factor, Stream s, Err *err);

#endif
