#include "policy/budget.h"

#include "core/tr.h"

const char *budget_check(const Budget *budget)
{
    if (budget->amount.fen < 0)
        return TR_NOOP("the budget is below 0");
    return budget->amount.fen > MONEY_MAX
               ? TR_NOOP("the budget is beyond 9e15 yuan")
               : NULL;
}

/* Whole wants from the front of the queue, in units, while the money lasts. */
static void pay_in_turn(int64_t paid[], const int64_t wanted[],
                        const uint32_t queue[], size_t n, const Budget *budget,
                        int64_t unit)
{
    int64_t left = budget->amount.fen / unit * unit;
    for (size_t j = 0; j < n; j++) {
        int64_t want = wanted[queue[j]];
        int fits = want <= left;
        int64_t pay = fits ? want : budget->last == LAST_PARTIAL ? left : 0;
        paid[queue[j]] = pay;
        left -= pay;
        if (!fits && budget->last == LAST_WHOLE)
            left = -1; /* closed: nothing fits any more */
    }
}

/* The smallest of the `spare` largest rest[n], all >= 0, byte by byte from the
 * top; *ties is how many of those equal to it are among them. */
static int64_t largest_rest(int64_t *ties, const int64_t rest[], size_t n,
                            int64_t spare)
{
    int64_t high = 0; /* the bytes that are known */
    for (int shift = 56; shift >= 0; shift -= 8) {
        int64_t count[256] = {0};
        for (size_t j = 0; j < n; j++)
            if ((uint64_t)(rest[j] ^ high) >> shift < 256)
                count[rest[j] >> shift & 255]++;
        int64_t byte = 255;
        while (count[byte] < spare)
            spare -= count[byte--];
        high |= byte << shift;
    }
    *ties = spare;
    return high;
}

/* One unit more for `spare` of the claims that were rounded down. */
static void pay_remainders(int64_t paid[], const uint32_t queue[], size_t n,
                           BudgetRemainder rule, int64_t spare, int64_t unit,
                           const int64_t rest[])
{
    if (rule == REMAINDER_KEEP || spare == 0)
        return;
    if (rule == REMAINDER_QUEUE) {
        for (size_t j = 0; j < n && spare > 0; j++)
            if (rest[j] > 0) {
                paid[queue[j]] += unit;
                spare--;
            }
        return;
    }
    int64_t ties, least = largest_rest(&ties, rest, n, spare);
    for (size_t j = 0; j < n; j++)
        if (rest[j] > least || (rest[j] == least && ties-- > 0))
            paid[queue[j]] += unit;
}

/* Every want times budget / wants, in units; `wants` is more than the budget.
 * Fewer claims than rest[] > 0 are short of a unit, so nobody gets more than
 * one and none goes to a claim that wants nothing. */
static void pay_pro_rata(int64_t paid[], const int64_t wanted[],
                         const uint32_t queue[], size_t n, const Budget *budget,
                         int64_t unit, int64_t wants, int64_t rest[])
{
    int64_t money = budget->amount.fen / unit, spare;
    spare = money = money < wants ? money : wants;
    for (size_t j = 0; j < n; j++) {
        Exact part = (Exact)(wanted[queue[j]] / unit) * money;
        int64_t units = (int64_t)(part / wants);
        rest[j] = (int64_t)(part % wants);
        paid[queue[j]] = units * unit;
        spare -= units;
    }
    pay_remainders(paid, queue, n, budget->remainder, spare, unit, rest);
}

ErrCode budget_allocate(int64_t paid[], const int64_t wanted[],
                        const uint32_t queue[], size_t n, const Budget *budget,
                        Money unit, int64_t w[], Err *err)
{
    Exact fen = 0, units = 0;
    for (size_t j = 0; j < n; j++) {
        fen += wanted[queue[j]];
        units += wanted[queue[j]] / unit.fen;
    }
    if (fen > INT64_MAX)
        return FAIL(err, ERR_DOMAIN,
                    "the awards of a year sum beyond 9e16 yuan");
    if (budget->allocation == BUDGET_PRO_RATA && units > 0 &&
        fen > budget->amount.fen)
        pay_pro_rata(paid, wanted, queue, n, budget, unit.fen, (int64_t)units,
                     w);
    else
        pay_in_turn(paid, wanted, queue, n, budget, unit.fen);
    return OK;
}
