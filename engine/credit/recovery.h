/* recovery.h - what comes back after a default: a waterfall of sources. */
#ifndef CREDIT_RECOVERY_H
#define CREDIT_RECOVERY_H

#include "credit/power.h"

#include <stddef.h>

/* A thing that is realised: a pledge, other collateral, the firm's estate. */
typedef struct {
    double value;   /* yuan at the day of default, before the haircut */
    double haircut; /* lost in the sale, part of the value */
    double cost;    /* of the sale, part of the proceeds */
    double months;  /* from the default to the money */
} RecoverySource;

typedef struct {
    double ead;                    /* yuan, > 0 */
    double covered;                /* part of the exposure that others pay */
    double covered_months;         /* from the default to their payment */
    double unsecured;              /* comes back of what nothing else covers */
    double unsecured_months;       /* from the default to that */
    double discount;               /* a year */
    double floor;                  /* lowest LGD the rules allow */
    const RecoverySource *sources; /* [n], in the order of claim */
    size_t n;
    Power *powers; /* [n + 2] kept from case to case, zero at first; or NULL */
} RecoveryCase;

/* What one source, then the rest unsecured, then the cover brings; fractions of
 * the exposure for the cover, yuan for the others. */
typedef struct {
    double net;   /* a source after haircut and cost; what was open */
    double taken; /* of it, at most what was open */
    double today; /* what that is worth at the default */
} RecoveryLayer;

/*
 * Loss given default of the lender, part of the exposure.
 *
 * The sources are realised in order, each up to what is still open; of the rest
 * a part comes back unsecured.  Those who cover pay their part of the exposure,
 * and whatever comes back later is shared pro rata to what each paid, so the
 * lender keeps (1 - covered) of it.
 *
 *     lgd = 1 - covered v(t_c) - (1 - covered) sum recovered_i v(t_i) / ead
 *
 * with v(t) = (1 + discount)^(-t / 12).
 * layers   [n + 2], or NULL.
 * Returns  in [floor, 1]; NaN when an input is no number, a part is not in
 *          [0, 1], a time or value below 0, or the exposure not above 0.
 * Source   order of claim: Civil Code art. 392; recoveries pro rata to the risk
 *          borne: rules of the national re-guarantee business, art. 2.
 */
double recovery_lgd(RecoveryLayer layers[], const RecoveryCase *c);

#endif
