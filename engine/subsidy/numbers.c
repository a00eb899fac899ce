#include "subsidy/numbers.h"

ErrCode numbers_open(Numbers *out, Arena *arena, size_t n, Err *err)
{
    size_t slots = 16;
    int bits = 4;
    for (; slots < 2 * n; bits++)
        slots *= 2;
    *out = (Numbers){.mask = slots - 1, .shift = 64 - bits};
    out->slots = arena_alloc(arena, slots, sizeof *out->slots);
    return out->slots != NULL ? OK : FAIL(err, ERR_MEMORY, "out of memory");
}

/* The address times the golden section of 2^64 (Knuth, volume 3, 6.4): its own
 * bits would pile texts of several columns up in the same slots. */
uint32_t numbers_put(Numbers *numbers, const char *text, int *is_new)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    size_t i = (size_t)((uint64_t)(uintptr_t)text * factor >> numbers->shift);
    while (numbers->slots[i].text != NULL && numbers->slots[i].text != text)
        i = (i + 1) & numbers->mask;
    *is_new = numbers->slots[i].text == NULL;
    if (*is_new) {
        numbers->slots[i].text = text;
        numbers->slots[i].number = numbers->n++;
    }
    return numbers->slots[i].number;
}
