#include "subsidy/numbers.h"

ErrCode numbers_open(Numbers *out, Arena *arena, size_t n, Err *err)
{
    size_t slots = 16;
    while (slots < 2 * n)
        slots *= 2;
    *out = (Numbers){.mask = slots - 1};
    out->slots = arena_alloc(arena, slots, sizeof *out->slots);
    return out->slots != NULL ? OK : FAIL(err, ERR_MEMORY, "out of memory");
}

/* Interned texts of one file lie near each other in memory; so do their slots.
 */
uint32_t numbers_put(Numbers *numbers, const char *text, int *is_new)
{
    size_t i = ((uintptr_t)text >> 3) & numbers->mask;
    while (numbers->slots[i].text != NULL && numbers->slots[i].text != text)
        i = (i + 1) & numbers->mask;
    *is_new = numbers->slots[i].text == NULL;
    if (*is_new) {
        numbers->slots[i].text = text;
        numbers->slots[i].number = numbers->n++;
    }
    return numbers->slots[i].number;
}
