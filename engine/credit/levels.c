#include "credit/levels.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const char *word;
    BinCount count;
} Level;

/* Open addressing over the texts' addresses; at most half full. */
typedef struct {
    Level *slots; /* [mask + 1] */
    size_t mask, n;
} Map;

static size_t place(const Map *m, const char *word)
{
    uint64_t h = (uint64_t)(uintptr_t)word * UINT64_C(0x9E3779B97F4A7C15);
    size_t i = (size_t)(h >> 20) & m->mask;
    while (m->slots[i].word != NULL && m->slots[i].word != word)
        i = (i + 1) & m->mask;
    return i;
}

static int widen(Map *m)
{
    Map wide = {.mask = m->slots == NULL ? 255 : 2 * m->mask + 1, .n = m->n};
    wide.slots = mem_new(wide.mask + 1, sizeof *wide.slots);
    if (wide.slots == NULL)
        return 0;
    for (size_t i = 0; m->slots != NULL && i <= m->mask; i++)
        if (m->slots[i].word != NULL)
            wide.slots[place(&wide, m->slots[i].word)] = m->slots[i];
    mem_free(m->slots);
    *m = wide;
    return 1;
}

static int count_word(Map *m, const char *word, BinCount count)
{
    if ((m->slots == NULL || 2 * m->n > m->mask) && !widen(m))
        return 0;
    Level *l = &m->slots[place(m, word)];
    m->n += l->word == NULL;
    l->word = word;
    l->count = bin_add(l->count, count);
    return 1;
}

static int by_word(const Level *a, const Level *b)
{
    if (a->word == NULL || b->word == NULL)
        return (a->word != NULL) - (b->word != NULL);
    return strcmp(a->word, b->word);
}

static int by_rows(const void *a, const void *b)
{
    double x = bin_rows(((const Level *)a)->count);
    double y = bin_rows(((const Level *)b)->count);
    return x != y ? (x < y) - (x > y) : by_word(a, b);
}

static int by_events(const void *a, const void *b)
{
    const Level *p = a, *q = b;
    int way = bin_compare(q->count, p->count);
    return way != 0 ? way : by_word(p, q);
}

/* Pool what is rare in a level without a word; how many are left. */
static size_t pool_rare(Level list[], size_t n, uint64_t least)
{
    size_t kept = 0;
    qsort(list, n, sizeof *list, by_rows);
    while (kept < n && kept < BINS_PRE_MOST - 1 &&
           bin_rows(list[kept].count) >= (double)least)
        kept++;
    for (size_t i = kept + 1; i < n; i++)
        list[kept].count = bin_add(list[kept].count, list[i].count);
    if (kept < n)
        list[kept++].word = NULL;
    return kept;
}

static ErrCode put_levels(Levels *out, Arena *arena, const Map *m,
                          uint64_t rare, Err *err)
{
    size_t n = 0;
    Level *list = arena_alloc(arena, m->n + 1, sizeof *list);
    out->word = arena_alloc(arena, BINS_PRE_MOST, sizeof *out->word);
    out->count = arena_alloc(arena, BINS_PRE_MOST, sizeof *out->count);
    if (list == NULL || out->word == NULL || out->count == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to count words");
    for (size_t i = 0; m->slots != NULL && i <= m->mask; i++)
        if (m->slots[i].word != NULL)
            list[n++] = m->slots[i];
    out->n = pool_rare(list, n, rare);
    qsort(list, out->n, sizeof *list, by_events);
    for (size_t i = 0; i < out->n; i++) {
        out->word[i] = list[i].word;
        out->count[i] = list[i].count;
    }
    return OK;
}

ErrCode levels_of(Levels *out, Arena *arena, const char *const text[],
                  const BinRows *rows, uint64_t rare, Err *err)
{
    ErrCode rc = OK;
    Map map = {0};
    *out = (Levels){0};
    for (size_t i = 0; i < rows->n; i++) {
        BinCount count = bin_row(rows, i);
        if (text[i] == NULL) {
            out->missing = bin_add(out->missing, count);
        } else if (bin_rows(count) > 0 && !count_word(&map, text[i], count)) {
            TRY(FAIL(err, ERR_MEMORY, "no memory to count words"));
        }
    }
    TRY(put_levels(out, arena, &map, rare, err));
done:
    mem_free(map.slots);
    return rc;
}
