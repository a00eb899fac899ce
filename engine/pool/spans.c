#include "pool/spans.h"

#include "stat/trials.h"

/* Firms of a larger pd are drawn one by one; those of a span differ by no more
 * than this, where it is long enough. */
#define SPANS_PD    0.005
#define SPANS_RATIO 3

static size_t words_of(const BookGroup *g)
{
    return (g->firms + TRIALS_WORD - 1) / TRIALS_WORD;
}

/* The largest pd of a word. */
static double last_of(const Book *b, const BookGroup *g, size_t word)
{
    size_t end = (word + 1) * TRIALS_WORD;
    return b->pd[g->first + (end < g->firms ? end : g->firms) - 1];
}

/* Words from the first on that are drawn sparsely: whole bands. */
static size_t count_sparse(const Book *b, const BookGroup *g)
{
    size_t n = 0, words = words_of(g), wide = book_band(words);
    while (n < words && last_of(b, g, n) <= SPANS_PD)
        n++;
    n = n < words ? n / wide * wide : n;
    return n < SPANS_LEAST ? 0 : n;
}

/* Where the span that begins at a word ends, of n in all. */
static size_t end_of(const Book *b, const BookGroup *g, size_t first, size_t n)
{
    size_t end = first + 1;
    double least = last_of(b, g, first);
    while (end < n && end - first < SPANS_MOST &&
           (end - first < 2 * SPANS_LEAST || n - end < SPANS_LEAST ||
            last_of(b, g, end) <= SPANS_RATIO * least))
        end++;
    return end;
}

ErrCode spans_place(Book *b, Arena *arena, Err *err)
{
    BookGroup *groups = (BookGroup *)(uintptr_t)b->groups;
    for (size_t i = 0; i < b->ngroups; i++) {
        BookGroup *g = &groups[i];
        size_t n = count_sparse(b, g), at = 0;
        uint16_t *span = arena_alloc(arena, n + 1, sizeof *span);
        if (span == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a book");
        for (; at < n; g->nspans++) {
            size_t end = end_of(b, g, at, n);
            span[g->nspans] = (uint16_t)(end - at);
            at = end;
        }
        g->span = span;
    }
    return OK;
}
