#include "data/stretches.h"

#include "data/row.h"

#include <string.h>

enum { STRETCH_BYTES = 1 << 19 }; /* at least; some thousands of records */

/* Whole records side by side, one a row. */
typedef struct {
    Slice bytes;
    size_t line, row, rows; /* of the first record; how many there are */
    Slice *texts;           /* [rows * n_texts] free texts, until interned */
} Stretch;

typedef struct {
    const Row *like;
    Stretch *stretches;
    size_t n, n_texts; /* columns of free text */
    int is_clean;      /* as far as is known; atomic */
} Stretches;

/* What a thread reads with: a row of its own and room for its cells. */
typedef struct {
    Row row;
    char room[RECORD_BYTES], list[RECORD_BYTES];
    Slice cells[]; /* [plan.cells] */
} Reading;

static size_t count(const char *p, const char *end, char c)
{
    size_t n = 0;
    for (; p < end; p++)
        n += *p == c;
    return n;
}

/* Behind a line end outside quotes, as far as a clean file's quotes tell. */
static const char *stretch_end(const char *p, const char *end)
{
    const char *stop = end - p > STRETCH_BYTES ? p + STRETCH_BYTES : end;
    size_t quotes = count(p, stop, '"');
    while (stop < end) {
        const char *from = stop;
        const char *mark = memchr(from, '\n', (size_t)(end - from));
        stop = mark == NULL ? end : mark + 1;
        quotes += count(from, stop, '"');
        if (quotes % 2 == 0)
            break;
    }
    return stop;
}

/* Line ends outside quotes, and the end of a file that has none there. */
static size_t records_in(Slice s)
{
    size_t n = 0;
    int quoted = 0;
    if (memchr(s.bytes, '"', s.n) == NULL)
        n = count(s.bytes, s.bytes + s.n, '\n');
    else
        for (size_t i = 0; i < s.n; i++) {
            quoted ^= s.bytes[i] == '"';
            n += s.bytes[i] == '\n' && !quoted;
        }
    return n + (s.n > 0 && s.bytes[s.n - 1] != '\n');
}

/* Cut what is left of the file; 0 when out of memory or room. */
static int cut(Stretches *all, Arena *arena, size_t room)
{
    const Records *c = &all->like->records;
    size_t capacity = 0, line = c->line, row = 0;
    for (const char *p = c->p, *end; p < c->end; p = end) {
        Stretch *more =
            arena_grow(arena, all->stretches, &capacity, all->n, sizeof *more);
        if (more == NULL)
            return 0;
        end = stretch_end(p, c->end);
        Slice bytes = {p, (size_t)(end - p)};
        size_t rows = records_in(bytes);
        all->stretches = more;
        more[all->n++] = (Stretch){bytes, line, row, rows, NULL};
        line += count(p, end, '\n');
        row += rows;
    }
    return row <= room;
}

static int is_clean(Stretches *all)
{
    int clean;
#pragma omp atomic read
    clean = all->is_clean;
    return clean;
}

static void give_up(Stretches *all)
{
#pragma omp atomic write
    all->is_clean = 0;
}

/* The record at hand into its row; 0 when it is anything but a good one. */
static int read_record(Row *r)
{
    const Records *c = &r->records;
    int kept = 0;
    return c->fault == RECORD_GOOD && c->n == r->plan.cells &&
           row_read(&kept, r) == OK && kept && !r->reject.is_bad;
}

static int is_blank(const Records *c)
{
    for (size_t i = 0; i < c->n && i < c->capacity; i++)
        if (c->cells[i].n > 0)
            return 0;
    return 1;
}

/* A reader of the stretch like the file's; NULL when out of memory. */
static Reading *reading_new(const Stretches *all, Stretch *s)
{
    const Row *like = all->like;
    const Plan *plan = &like->plan;
    Reading *g = mem_new(1, sizeof *g + plan->cells * sizeof *g->cells);
    PlanColumn *columns = mem_new(plan->n + 1, sizeof *columns);
    s->texts = mem_new(s->rows * all->n_texts + 1, sizeof *s->texts);
    if (g == NULL || columns == NULL || s->texts == NULL) {
        mem_free(g);
        mem_free(columns);
        return NULL;
    }
    memcpy(columns, plan->columns, plan->n * sizeof *columns);
    g->row = *like;
    g->row.plan.columns = columns;
    g->row.records = records_of(s->bytes, like->records.separator, g->cells,
                                plan->cells, g->room);
    g->row.records.line = s->line;
    g->row.reject.only_mark = 1;
    g->row.row = s->row;
    g->row.seen = NULL; /* doubles are looked for in the order of the file */
    g->row.list = g->list;
    g->row.later = s->texts;
    g->row.err = NULL;
    return g;
}

static void reading_free(Reading *g)
{
    if (g != NULL)
        mem_free(g->row.plan.columns);
    mem_free(g);
}

static void read_stretch(Stretches *all, Stretch *s)
{
    size_t end = s->row + s->rows;
    if (!is_clean(all))
        return;
    Reading *g = reading_new(all, s);
    Row *r = g == NULL ? NULL : &g->row;
    while (r != NULL && records_next(&r->records)) {
        if (r->row == end || is_blank(&r->records) || !read_record(r))
            break;
        r->row++;
    }
    if (r == NULL || r->row != end || r->records.p != r->records.end)
        give_up(all);
    reading_free(g);
}

enum { AHEAD = 16 }; /* texts whose places are fetched while others are put */

/* Intern the texts of a stretch that has been read, and look for doubles. */
static void enter_stretch(Stretches *all, Row *r, Stretch *s)
{
    size_t n = s->rows * all->n_texts, ahead = AHEAD;
    const Slice *texts = s->texts;
    for (size_t i = 0; i < s->rows && is_clean(all); i++, r->row++) {
        for (; ahead < n && ahead < (i + 1) * all->n_texts + AHEAD; ahead++)
            texts_expect(r->texts, texts[ahead].bytes, texts[ahead].n);
        if (row_enter(r, texts + i * all->n_texts) != OK || r->reject.is_bad)
            give_up(all);
    }
    mem_free(s->texts);
}

/* Stretches in any order; behind each, in order, the search for doubles. */
static void read_all(Stretches *all, Row *doubles)
{
#pragma omp taskgroup
    for (size_t i = 0; i < all->n; i++) {
        Stretch *s = &all->stretches[i];
#pragma omp task depend(out : *s) firstprivate(all, s)
        read_stretch(all, s);
#pragma omp task depend(in                                                     \
                        : *s) depend(inout                                     \
                                     : *doubles) firstprivate(all, s, doubles)
        enter_stretch(all, doubles, s);
    }
}

static int is_worth_it(const Row *row)
{
    const Records *c = &row->records;
    const ColumnMap *map = row->plan.map;
    return c->end - c->p > STRETCH_BYTES && !c->has_nul && row->kind == NULL &&
           (map == NULL || map->keep_if == NULL);
}

int stretches_read(Row *row, size_t room)
{
    Stretches all = {.like = row, .is_clean = 1};
    Row doubles = *row;
    Arena *arena = is_worth_it(row) ? arena_new() : NULL;
    if (arena == NULL)
        return 0;
    doubles.reject.only_mark = 1;
    doubles.err = NULL;
    doubles.seen = arena_alloc(arena, row->plan.n + 1, sizeof *doubles.seen);
    all.is_clean = doubles.seen != NULL && cut(&all, arena, room);
    for (size_t i = 0; all.is_clean && i < row->plan.n; i++) {
        doubles.seen[i].arena = arena;
        all.n_texts += row->plan.columns[i].type == TYPE_TEXT;
    }
    texts_share(row->texts, 1);
    if (all.is_clean)
        read_all(&all, &doubles);
    texts_share(row->texts, 0);
    if (all.is_clean)
        row->row = doubles.row;
    arena_free(arena);
    return all.is_clean;
}
