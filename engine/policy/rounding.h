/* rounding.h - awards in whole units: fen, yuan, hundred yuan. */
#ifndef POLICY_ROUNDING_H
#define POLICY_ROUNDING_H

#include "core/money.h"

typedef enum {
    ROUND_HALF_UP,   /* 四舍五入: half away from zero */
    ROUND_HALF_EVEN, /* half to the even unit */
    ROUND_DOWN,      /* 舍去: towards zero */
    ROUND_UP         /* 进一: away from zero */
} RoundMode;

typedef enum {
    ROUND_COMPUTED, /* each award as the scale gives it */
    ROUND_PAID      /* each payer's part, before its budget is given out */
} RoundWhen;

typedef struct {
    Money unit; /* 1 fen when the policy says nothing */
    RoundMode mode;
    RoundWhen when;
} Rounding;

#define ROUNDING_NONE ((Rounding){{1}, ROUND_HALF_UP, ROUND_COMPUTED})

/* NULL when `r` can be used, else the reason, in static storage. */
const char *rounding_check(Rounding r);

/* `a` as a multiple of the unit.  a in [0, MONEY_MAX]; Errors: none. */
Money rounding_of(Rounding r, Money a);

#endif
