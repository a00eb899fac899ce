#include "policy/rounding.h"

#include "core/tr.h"

#include <assert.h>

const char *rounding_check(Rounding r)
{
    if (r.unit.fen < 1)
        return TR_NOOP("a unit of rounding below one fen");
    return r.unit.fen > MONEY_MAX / 10
               ? TR_NOOP("a unit of rounding beyond 9e14 yuan")
               : NULL;
}

Money rounding_of(Rounding r, Money a)
{
    assert(rounding_check(r) == NULL && a.fen >= 0 && a.fen <= MONEY_MAX);
    int64_t unit = r.unit.fen, n = a.fen / unit, rest = a.fen % unit;
    int64_t half = rest - (unit - rest); /* its sign: below, at, above half */
    int up = r.mode == ROUND_UP          ? rest > 0
             : r.mode == ROUND_HALF_UP   ? rest > 0 && half >= 0
             : r.mode == ROUND_HALF_EVEN ? half > 0 || (half == 0 && n % 2 != 0)
                                         : 0;
    return (Money){(n + up) * unit};
}
