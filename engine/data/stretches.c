#include "data/stretches.h"

#include "data/row.h"
#include "data/stretch.h"

#include <string.h>

enum { TOGETHER = 256 }; /* texts that are interned in one turn, about */

typedef struct {
    const Row *like;
    StretchList list;
    Slice **texts;    /* [list.n][rows * n_texts] free texts, until interned */
    size_t n_texts;   /* columns of free text */
    const char **put; /* [TOGETHER + n_texts] interned texts of a turn */
    int is_clean;     /* as far as is known; atomic */
} Stretches;

/* What a thread reads with: a row of its own and room for its cells. */
typedef struct {
    Row row;
    char room[RECORD_BYTES], list[RECORD_BYTES];
    Slice cells[]; /* [plan.cells] */
} Reading;

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

/* A reader of the stretch like the file's, whose free texts go to texts[];
 * NULL when out of memory. */
static Reading *reading_new(const Stretches *all, const Stretch *s,
                            Slice texts[])
{
    const Row *like = all->like;
    const Plan *plan = &like->plan;
    Reading *g = mem_new(1, sizeof *g + plan->cells * sizeof *g->cells);
    PlanColumn *columns = mem_new(plan->n + 1, sizeof *columns);
    if (g == NULL || columns == NULL || texts == NULL) {
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
    g->row.later = texts;
    g->row.err = NULL;
    return g;
}

static void reading_free(Reading *g)
{
    if (g != NULL)
        mem_free(g->row.plan.columns);
    mem_free(g);
}

static void read_stretch(Stretches *all, size_t i)
{
    const Stretch *s = &all->list.items[i];
    size_t end = s->row + s->rows;
    if (!is_clean(all))
        return;
    all->texts[i] = mem_new(s->rows * all->n_texts + 1, sizeof *all->texts[i]);
    Reading *g = reading_new(all, s, all->texts[i]);
    Row *r = g == NULL ? NULL : &g->row;
    while (r != NULL && records_next(&r->records)) {
        if (r->row == end || records_blank(&r->records) || !read_record(r))
            break;
        r->row++;
    }
    if (r == NULL || r->row != end || r->records.p != r->records.end)
        give_up(all);
    reading_free(g);
}

/* Store the free texts of rows and look for doubles among them. */
static int enter_rows(Stretches *all, Row *r, const Slice texts[], size_t rows)
{
    size_t first = r->row, n = all->n_texts;
    int good = texts_put_all(all->put, r->texts, texts, rows * n);
    for (size_t i = 0; i < rows; i++, r->row++)
        fill_later(r, all->put + i * n);
    for (r->row = first; good && r->row < first + rows; r->row++)
        good = row_doubles(r) == OK && !r->reject.is_bad;
    return good;
}

/* Intern the texts of a stretch that has been read, and look for doubles. */
static void enter_stretch(Stretches *all, Row *r, size_t i)
{
    const Stretch *s = &all->list.items[i];
    const Slice *texts = all->texts[i];
    size_t n = all->n_texts, together = TOGETHER / (n + 1) + 1;
    for (size_t row = 0; row < s->rows && is_clean(all); row += together) {
        size_t rows = s->rows - row < together ? s->rows - row : together;
        if (!enter_rows(all, r, texts + row * n, rows))
            give_up(all);
    }
    mem_free(all->texts[i]);
}

/* Stretches in any order; behind each, in order, the search for doubles. */
static void read_all(Stretches *all, Row *doubles)
{
#pragma omp taskgroup
    for (size_t i = 0; i < all->list.n; i++) {
        Slice **texts = &all->texts[i];
#pragma omp task depend(out : *texts) firstprivate(all, i)
        read_stretch(all, i);
#pragma omp task depend(in                                                     \
                        : *texts) depend(inout                                 \
                                         : *doubles)                           \
    firstprivate(all, i, doubles)
        enter_stretch(all, doubles, i);
    }
}

static int is_worth_it(const Row *row)
{
    const ColumnMap *map = row->plan.map;
    return stretch_is_several(&row->records) && !row->records.has_nul &&
           row->kind == NULL && (map == NULL || map->keep_if == NULL);
}

int stretches_read(Row *row, size_t room)
{
    Stretches all = {.like = row};
    Row doubles = *row;
    Arena *arena = is_worth_it(row) ? arena_new() : NULL;
    if (arena == NULL)
        return 0;
    doubles.reject.only_mark = 1;
    doubles.err = NULL;
    doubles.seen = arena_alloc(arena, row->plan.n + 1, sizeof *doubles.seen);
    all.is_clean = doubles.seen != NULL &&
                   stretch_cut(&all.list, arena, &row->records) &&
                   all.list.rows <= room;
    for (size_t i = 0; all.is_clean && i < row->plan.n; i++) {
        doubles.seen[i].arena = arena;
        all.n_texts += row->plan.columns[i].type == TYPE_TEXT;
    }
    all.texts = arena_alloc(arena, all.list.n + 1, sizeof *all.texts);
    all.put = arena_alloc(arena, TOGETHER + all.n_texts, sizeof *all.put);
    all.is_clean = all.is_clean && all.texts != NULL && all.put != NULL;
    texts_share(row->texts, 1);
    if (all.is_clean)
        read_all(&all, &doubles);
    texts_share(row->texts, 0);
    if (all.is_clean)
        row->row = doubles.row;
    arena_free(arena);
    return all.is_clean;
}
