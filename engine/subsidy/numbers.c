#include "subsidy/numbers.h"

ErrCode numbers_open(Numbers *out, Arena *arena, size_t n, Err *err)
{
    size_t slots = 16;
    int bits = 4;
    for (; slots < 2 * n; bits++)
        slots *= 2;
    *out = (Numbers){.mask = slots - 1, .shift = 64 - bits};
    out->slots = arena_alloc(arena, slots, sizeof *out->slots);
    out->text = arena_alloc(arena, n, sizeof *out->text);
    return out->slots != NULL && out->text != NULL
               ? OK
               : FAIL(err, ERR_MEMORY, "out of memory");
}

/* The address times the golden section of 2^64 (Knuth, volume 3, 6.4): its own
 * bits would pile texts of several columns up in the same slots. */
uint32_t numbers_put(Numbers *numbers, const char *text, int *is_new)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    size_t i = (size_t)((uint64_t)(uintptr_t)text * factor >> numbers->shift);
    while (numbers->slots[i] != 0 &&
           numbers->text[numbers->slots[i] - 1] != text)
        i = (i + 1) & numbers->mask;
    *is_new = numbers->slots[i] == 0;
    if (*is_new) {
        numbers->text[numbers->n++] = text;
        numbers->slots[i] = numbers->n;
    }
    return numbers->slots[i] - 1;
}
