#include "policy/match.h"

#include "core/tr.h"

#include <assert.h>

/* Shares are billionths, so three of 1/3 are one short of the whole: less than
 * half a billionth a payer is how they were rounded, and no fault. */
const char *match_check(const Match *match)
{
    Exact sum = 0;
    if (match->n == 0)
        return TR_NOOP("a match without payers; name one with its share");
    if (match->n > MATCH_PAYERS)
        return TR_NOOP("more than 8 payers; join some of them");
    for (size_t i = 0; i < match->n; i++) {
        if (ratio_check_share(match->share[i]) != NULL)
            return ratio_check_share(match->share[i]);
        for (size_t j = 0; j < i; j++)
            if (match->payer[i] == match->payer[j])
                return TR_NOOP(
                    "a payer stands twice in a match; add its shares up");
        sum += match->share[i].billionths;
    }
    Exact off = sum < RATIO_ONE ? RATIO_ONE - sum : sum - RATIO_ONE;
    return 2 * off >= (Exact)match->n && off > 0
               ? TR_NOOP(
                     "the shares of the payers do not sum to 100%; change "
                     "one of them")
               : NULL;
}

int match_holds(const Match *match, int award, const char *county)
{
    if (match->award >= 0 && match->award != award)
        return 0;
    for (size_t i = 0; i < match->n_counties; i++)
        if (match->counties[i] == county)
            return 1;
    return match->n_counties == 0;
}

void match_split(int64_t out[], int64_t total, const int64_t weights[],
                 size_t n)
{
    int64_t rest[MATCH_PAYERS], spare = total;
    Exact sum = 0;
    assert(n <= MATCH_PAYERS && total >= 0);
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    assert(sum > 0 && sum <= INT64_MAX);
    for (size_t i = 0; i < n; i++) {
        Exact part = (Exact)total * weights[i];
        out[i] = (int64_t)(part / sum);
        rest[i] = (int64_t)(part % sum);
        spare -= out[i];
    }
    for (; spare > 0; spare--) { /* fewer than n times */
        size_t most = 0;
        for (size_t i = 1; i < n; i++)
            if (rest[i] > rest[most])
                most = i;
        out[most]++;
        rest[most] = -1;
    }
}
