/* looks.h - what a fund comes to under shocks of one kind, one size after the
 * other on the same futures, of as little work as that takes.
 *
 * Whether a fund runs dry.  The larger the shock, the more firms fail and the
 * more is asked for: where a future empties the fund under one size it does so
 * under every larger one.  So for each future two sizes are kept, the largest
 * under which it was seen not to and the least under which it was; between
 * them alone it is run again.  (The least size that empties the fund is what a
 * chance is a quantile of.)
 * That holds over one yearly step, where what is paid hangs on its claims
 * alone, and where no shock changes the distribution that a loss is drawn from.
 * Elsewhere a default that comes earlier, or a loss that scatters less, may ask
 * for less, and all futures are run under every size.
 */
#ifndef POOL_LOOKS_H
#define POOL_LOOKS_H

#include "pool/model.h"
#include "pool/shock.h"
#include "stat/sample.h"

enum { LOOKS_STEP = 1000, LOOKS_MOST = 1024 };

/* How far a search is, in runs of all futures. */
typedef struct {
    const PoolOptions *asked;
    double runs, part; /* done, and what the run at hand counts for */
} LooksDone;

typedef struct {
    const Book *book; /* as it is */
    PoolVariant of;   /* its factors, and its scheme, where the party has a
                       * fund */
    int party, shock; /* SHOCK_pd ... */
    int is_mean;      /* what the party pays, net, else its chance to run dry */
    LooksDone *done;
} LooksAsked;

typedef struct {
    LooksAsked asked;
    PoolOptions options;
    int is_ordered;   /* as said above */
    size_t n;         /* futures */
    int64_t *calm;    /* [n] thousandths: the largest seen not to empty it */
    int64_t *dry;     /* [n] the least seen to empty it */
    int64_t *paid;    /* [n] fen */
    uint8_t *is_open; /* [n] runs again */
    struct {
        int64_t k; /* thousandths */
        Figure figure;
    } seen[LOOKS_MOST];
    size_t nseen;
} Looks;

/* Nothing seen yet, of the first n futures; looks_close() in any case.
 * ERR_MEMORY. */
MUST_USE ErrCode looks_open(Looks *looks, const LooksAsked *asked, uint64_t n,
                            Err *err);
void looks_close(Looks *looks);

/* The figure under a shock of k thousandths: what multiplies every pd, else how
 * far losses given default rise, factors or pledges fall.  At most LOOKS_MOST
 * sizes.  Errors as model_run(), and of shocks that the book cannot take. */
MUST_USE ErrCode looks_at(Figure *out, Looks *looks, int64_t k, Err *err);

#endif
