#include "stat/unseen.h"

#include "core/exact.h"
#include "core/mem.h"
#include "stat/normal.h"

#include <math.h>

void unseen_fuzzy(UnseenCase out[], const double pd[], size_t n, double factor)
{
    for (size_t i = 0; i < n; i++) {
        double bad = factor * pd[i], p = bad / (bad + 1 - pd[i]);
        out[2 * i] = (UnseenCase){i, 1, p};
        out[2 * i + 1] = (UnseenCase){i, 0, 1 - p};
    }
}

/* share n, rounded by chance so that its mean is exact */
static size_t bads_of(double share, size_t n, uint64_t word)
{
    double exact = share * (double)n, whole = floor(exact);
    return (size_t)whole + (normal_uniform(word) < exact - whole);
}

ErrCode unseen_parcel(UnseenCase out[], const size_t parcel[], size_t n,
                      const double rate[], size_t parcels, double factor,
                      Stream s, Err *err)
{
    size_t *left = mem_new(2 * parcels + 1, sizeof *left);
    if (left == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu parcels", parcels);
    size_t *bads = left + parcels;
    for (size_t i = 0; i < n; i++)
        left[parcel[i]]++;
    for (size_t k = 0; k < parcels; k++) {
        double share = rate[k] * factor;
        bads[k] = bads_of(share < 1 ? share : 1, left[k], stream_word(s, k));
    }
    for (size_t i = 0; i < n; i++) {
        /* of those left in the parcel, `bads` are bad: any is as likely */
        size_t k = parcel[i];
        uint64_t word = stream_word(s, parcels + i);
        size_t draw = (size_t)((Exact)word * (Exact)left[k] >> 64);
        int bad = draw < bads[k];
        bads[k] -= (size_t)bad;
        left[k]--;
        out[i] = (UnseenCase){i, (uint8_t)bad, 1};
    }
    mem_free(left);
    return OK;
}
