#include "subsidy/order.h"

#include <string.h>

/* For a few items: insertion. */
static OrderItem *sort_few(OrderItem items[], size_t n)
{
    for (size_t i = 1; i < n; i++) {
        OrderItem it = items[i];
        size_t j = i;
        for (; j > 0 && items[j - 1].key > it.key; j--)
            items[j] = items[j - 1];
        items[j] = it;
    }
    return items;
}

OrderItem *order_sort(OrderItem items[], OrderItem spare[], size_t n)
{
    enum { FEW = 48, DIGITS = 8 };
    if (n <= FEW)
        return sort_few(items, n);
    size_t count[DIGITS][256];
    memset(count, 0, sizeof count);
    for (size_t i = 0; i < n; i++)
        for (size_t d = 0; d < DIGITS; d++)
            count[d][items[i].key >> 8 * d & 255]++;
    for (size_t d = 0; d < DIGITS; d++) {
        size_t from = 0;
        if (n == 0 || count[d][items[0].key >> 8 * d & 255] == n)
            continue; /* all have the same byte there */
        for (size_t b = 0; b < 256; b++) {
            size_t more = count[d][b];
            count[d][b] = from;
            from += more;
        }
        for (size_t i = 0; i < n; i++)
            spare[count[d][items[i].key >> 8 * d & 255]++] = items[i];
        OrderItem *sorted = spare;
        spare = items;
        items = sorted;
    }
    return items;
}

/* Bytes that all texts start with; NULL is the empty text. */
static size_t common_start(const OrderItem items[], const char *const text[],
                           size_t n)
{
    const char *first = n > 0 ? text[items[0].row] : NULL;
    size_t same = first != NULL ? strlen(first) : 0;
    for (size_t i = 1; i < n && same > 0; i++) {
        const char *t = text[items[i].row];
        size_t j = 0;
        while (t != NULL && j < same && t[j] == first[j])
            j++;
        same = j;
    }
    return same;
}

/* Eight bytes of a text from `from` on, the first on top; shorter ones end in
 * zero bytes.  `from` is at most its length. */
static uint64_t eight_bytes(const char *text, size_t from)
{
    uint64_t key = 0;
    const char *p = text != NULL ? text + from : "";
    for (int i = 0; i < 8; i++) {
        key = key << 8 | (unsigned char)*p;
        p += *p != '\0';
    }
    return key;
}

/* Eight bytes at a time; where those are equal and texts go on, the next.
 * Every step down passes all that a run has in common, so its depth is at most
 * the square root of the bytes of all texts. */
OrderItem *order_texts(OrderItem items[], OrderItem spare[],
                       const char *const text[], size_t n)
{
    size_t from = common_start(items, text, n);
    for (size_t i = 0; i < n; i++)
        items[i].key = eight_bytes(text[items[i].row], from);
    OrderItem *sorted = order_sort(items, spare, n);
    if (sorted != items)
        memcpy(items, sorted, n * sizeof *items);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && items[end].key == items[i].key;)
            end++;
        if (end - i > 1 && (items[i].key & 255) != 0) /* texts go on */
            (void)order_texts(items + i, spare + i, text, end - i);
    }
    return items;
}

uint64_t order_real(double value)
{
    uint64_t bits;
    if (value != value)
        return UINT64_MAX;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

/* FNV-1a over the seed's bytes and the id's, then the finaliser of SplitMix64
 * (Steele, Lea, Flood 2014), so that ids in sequence land anywhere. */
uint64_t order_lot(uint64_t seed, const char *id)
{
    const uint64_t prime = UINT64_C(1099511628211);
    uint64_t h = UINT64_C(14695981039346656037);
    for (int i = 0; i < 8; i++)
        h = (h ^ (seed >> 8 * i & 255)) * prime;
    for (const char *p = id; p != NULL && *p != '\0'; p++)
        h = (h ^ (unsigned char)*p) * prime;
    h = (h ^ h >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ h >> 27) * UINT64_C(0x94D049BB133111EB);
    return h ^ h >> 31;
}
