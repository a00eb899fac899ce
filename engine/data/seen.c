#include "data/seen.h"

/* Texts are interned, so their addresses are what is compared and hashed. */
static size_t first_slot(const Seen *s, const char *text)
{
    uint64_t h = (uint64_t)(uintptr_t)text * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(h >> 32) & s->mask;
}

static size_t slot_of(const Seen *s, const char *const column[],
                      const char *text)
{
    size_t i = first_slot(s, text);
    while (s->rows[i] != 0 && column[s->rows[i] - 1] != text)
        i = (i + 1) & s->mask;
    return i;
}

enum { LARGE = 1 << 20 };

static int grow(Seen *s, const char *const column[])
{
    Seen bigger = {.arena = s->arena, .n = s->n};
    size_t times = s->mask < LARGE ? 4 : 2;
    size_t count = s->rows == NULL ? 1024 : (s->mask + 1) * times;
    bigger.rows = arena_alloc(s->arena, count, sizeof *bigger.rows);
    bigger.mask = count - 1;
    if (bigger.rows == NULL)
        return 0;
    for (size_t i = 0; s->rows != NULL && i <= s->mask; i++)
        if (s->rows[i] != 0) {
            const char *text = column[s->rows[i] - 1];
            bigger.rows[slot_of(&bigger, column, text)] = s->rows[i];
        }
    if (s->rows != NULL)
        arena_forget(s->rows, s->mask + 1, sizeof *s->rows);
    *s = bigger;
    return 1;
}

int seen_add(size_t *first, Seen *s, const char *const column[], size_t row)
{
    if ((s->rows == NULL || s->n > s->mask / 2) && !grow(s, column))
        return 0;
    size_t i = slot_of(s, column, column[row]);
    *first = s->rows[i] == 0 ? row : s->rows[i] - 1;
    if (s->rows[i] == 0) {
        s->rows[i] = (uint32_t)row + 1;
        s->n++;
    }
    return 1;
}

size_t seen_find(const Seen *s, const char *const column[], const char *text)
{
    size_t i = s->rows == NULL ? 0 : slot_of(s, column, text);
    return s->rows == NULL || s->rows[i] == 0 ? SIZE_MAX : s->rows[i] - 1;
}

void seen_expect(const Seen *s, const char *text)
{
    if (s->rows != NULL)
        __builtin_prefetch(&s->rows[first_slot(s, text)]);
}
