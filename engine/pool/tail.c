#include "pool/tail.h"

/* The first of sorted[n] that is not below x. */
static size_t first_from(const int64_t sorted[], size_t n, int64_t x)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (sorted[mid] >= x)
            high = mid;
        else
            low = mid + 1;
    }
    return low;
}

Tail tail_of(const int64_t sorted[], size_t n, Level level)
{
    size_t rank = sample_rank(n, level);
    Tail t = {.n = n, .level = level, .var = sorted[rank]};
    size_t at = first_from(sorted, n, t.var);
    size_t above = first_from(sorted, n, t.var + 1);
    Exact whole = (Exact)n * (level.whole - level.part);
    t.es = sample_es(sorted, n, level).value;
    t.whole = (double)whole / (double)level.whole;
    t.part = (t.whole - (double)(n - above)) / (double)(above - at);
    size_t span = (size_t)t.whole / 10 + 10;
    t.low = sorted[rank > span ? rank - span : 0];
    t.high = sorted[rank + span < n ? rank + span : n - 1];
    t.near = (double)(first_from(sorted, n, t.high + 1) -
                      first_from(sorted, n, t.low));
    return t;
}
