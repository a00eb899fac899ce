#include "data/sheetrows.h"

#include "data/cell.h"
#include "data/fill.h"
#include "data/stretch.h"

#include <math.h>
#include <string.h>

static int is_null(const SheetRows *s, Slice text)
{
    if (text.n == 0)
        return 1;
    for (size_t i = 0; i < s->n_missing; i++)
        if (slice_is(text, s->missing[i]))
            return 1;
    return 0;
}

void sheetrows_numbers(SheetRows *s, size_t row)
{
    for (size_t i = 0; i < s->table->n; i++) {
        double *x = &s->table->columns[i]->d[row];
        Slice cell = fill_trimmed(s->records.cells[i]);
        if (s->is_word[i])
            continue;
        *x = (double)NAN;
        if (!is_null(s, cell))
            s->is_word[i] = cell_real(x, cell) != NULL;
    }
    s->lines[row] = (uint32_t)s->records.first_line;
}

/* Where a word of the column would be if it was among the last: columns repeat
 * themselves. */
static const char **place_of(const SheetRows *s, size_t column, Slice word)
{
    const unsigned char *p = (const unsigned char *)word.bytes;
    size_t like = word.n + p[0] + 3u * p[word.n / 2] + 5u * p[word.n - 1];
    return &s->known[column * SHEET_RECENT + like % SHEET_RECENT];
}

/* Intern what waits; one thread at a time, many words in a turn. */
static int put_waiting(SheetRows *s)
{
    SheetWaiting *w = s->waiting;
    int good;
#pragma omp critical(sheetrows_texts)
    good = texts_put_all(w->put, s->table->owner->texts, w->words, w->n);
    for (size_t i = 0; i < w->n; i++)
        *w->cells[i] = *w->known[i] = w->put[i];
    w->n = 0;
    return good;
}

static int put_word(SheetRows *s, size_t column, size_t row, Slice word)
{
    const char **to = &s->table->columns[column]->s[row];
    if (s->known == NULL) {
        *to = texts_put(s->table->owner->texts, word.bytes, word.n);
        return *to != NULL;
    }
    const char **known = place_of(s, column, word);
    if (*known != NULL && slice_is(word, *known)) {
        *to = *known;
        return 1;
    }
    SheetWaiting *w = s->waiting;
    w->words[w->n] = word;
    w->cells[w->n] = to;
    w->known[w->n++] = known;
    return w->n < SHEET_WAITING || put_waiting(s);
}

int sheetrows_words(SheetRows *s, size_t row)
{
    int good = 1;
    for (size_t i = 0; i < s->table->n; i++) {
        Slice cell = fill_trimmed(s->records.cells[i]);
        if (!s->is_word[i])
            continue;
        if (is_null(s, cell))
            s->table->columns[i]->s[row] = NULL;
        else
            good &= put_word(s, i, row, cell);
    }
    return good;
}

void sheetrows_settle(SheetRows *s)
{
    for (size_t i = 0; i < s->table->n; i++) {
        Column *c = s->table->columns[i];
        size_t row = 0;
        while (!s->is_word[i] && row < s->table->rows && isnan(c->d[row]))
            row++;
        s->is_word[i] |= row == s->table->rows;
        if (!s->is_word[i])
            continue;
        c->type = TYPE_CATEGORY;
        memset(c->s, 0, s->table->rows * sizeof *c->s);
    }
}

typedef struct {
    SheetRows *like;
    StretchList list;
    uint8_t *found; /* [like->table->n] a column has a word; atomic */
    int is_clean;   /* as far as is known; atomic */
} Stretches;

static void give_up(Stretches *all)
{
#pragma omp atomic write
    all->is_clean = 0;
}

static void reader_free(SheetRows *r)
{
    if (r == NULL)
        return;
    mem_free(r->waiting);
    mem_free(r->known);
    mem_free(r->records.cells);
    mem_free(r->is_word);
    mem_free(r);
}

/* What a task reads with; the bytes of `room` are for quotes, of which there
 * are none. */
static SheetRows *reader_new(const Stretches *all, const Stretch *s)
{
    const SheetRows *like = all->like;
    size_t n = like->table->n;
    Slice *cells = mem_new(n + 1, sizeof *cells);
    SheetRows *r = mem_new(1, sizeof *r);
    if (r == NULL) {
        mem_free(cells);
        return NULL;
    }
    *r = *like;
    r->is_word = mem_new(n + 1, 1);
    r->known = mem_new(n * SHEET_RECENT + 1, sizeof *r->known);
    r->waiting = mem_new(1, sizeof *r->waiting);
    r->records = records_of(s->bytes, like->records.separator, cells, n,
                            like->records.room);
    r->records.line = s->line;
    if (cells != NULL && r->is_word != NULL && r->known != NULL &&
        r->waiting != NULL) {
        memcpy(r->is_word, like->is_word, n);
        return r;
    }
    reader_free(r);
    return NULL;
}

static int read_row(SheetRows *r, size_t row, int has_words)
{
    const Records *c = &r->records;
    if (c->fault != RECORD_GOOD || c->n != r->table->n)
        return 0;
    if (has_words)
        return sheetrows_words(r, row);
    sheetrows_numbers(r, row);
    return 1;
}

static void read_stretch(Stretches *all, const Stretch *s, int has_words)
{
    size_t row = s->row, end = s->row + s->rows;
    SheetRows *r = reader_new(all, s);
    while (r != NULL && row < end && records_next(&r->records) &&
           read_row(r, row, has_words))
        row++;
    if (row < end || !put_waiting(r))
        give_up(all);
    for (size_t i = 0; r != NULL && i < r->table->n; i++)
        if (r->is_word[i])
#pragma omp atomic write
            all->found[i] = 1;
    reader_free(r);
}

static void each_stretch(Stretches *all, int has_words)
{
#pragma omp taskgroup
    for (size_t i = 0; i < all->list.n; i++) {
        const Stretch *s = &all->list.items[i];
#pragma omp task firstprivate(all, s, has_words)
        read_stretch(all, s, has_words);
    }
}

static int is_worth_it(const SheetRows *s)
{
    const Records *c = &s->records;
    size_t n = (size_t)(c->end - c->p);
    return stretch_is_several(c) && !c->has_nul && memchr(c->p, '"', n) == NULL;
}

int sheetrows_stretches(SheetRows *s)
{
    Stretches all = {.like = s, .is_clean = 1};
    Arena *arena = is_worth_it(s) ? arena_new() : NULL;
    if (arena == NULL)
        return 0;
    all.found = arena_alloc(arena, s->table->n + 1, 1);
    all.is_clean =
        all.found != NULL && stretch_cut(&all.list, arena, &s->records);
    s->table->rows = all.list.rows;
    if (all.is_clean)
        each_stretch(&all, 0);
    if (all.is_clean) {
        for (size_t i = 0; i < s->table->n; i++)
            s->is_word[i] |= all.found[i];
        sheetrows_settle(s);
        each_stretch(&all, 1);
    }
    arena_free(arena);
    return all.is_clean;
}
