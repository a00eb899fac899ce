/* tablecase.h - tables typed in by a test, and what a renderer wrote. */
#ifndef TESTS_TABLECASE_H
#define TESTS_TABLECASE_H

#include "check.h"

#include "data/table.h"

#include <stdlib.h>

static Arena *case_arena;
static Tables *case_tables;

static inline int case_set_up(void **state)
{
    (void)state;
    case_arena = arena_new();
    case_tables = tables_new(case_arena);
    return case_tables == NULL;
}

static inline int case_tear_down(void **state)
{
    (void)state;
    arena_free(case_arena);
    return 0;
}

static inline const char *case_text(const char *text)
{
    return texts_put(case_tables->texts, text, strlen(text));
}

static inline Table *case_table(const char *name, size_t rows)
{
    Table *t = NULL;
    assert_int_equal(table_new(&t, case_tables, name, rows, NULL), OK);
    return t;
}

static inline Column *case_column(Table *t, const char *name, FieldType type,
                                  const char *unit)
{
    Column *c = NULL;
    assert_int_equal(table_add(&c, t, name, type, unit, NULL), OK);
    return c;
}

/* Columns with their cells; NULL is a null text. */
static inline Column *case_words(Table *t, const char *name, FieldType type,
                                 const char *const cells[])
{
    Column *c = case_column(t, name, type, "");
    for (size_t i = 0; i < t->rows; i++)
        c->s[i] = cells[i] == NULL ? NULL : case_text(cells[i]);
    return c;
}

static inline Column *case_whole(Table *t, const char *name, FieldType type,
                                 const char *unit, const int64_t cells[])
{
    Column *c = case_column(t, name, type, unit);
    memcpy(c->i, cells, t->rows * sizeof *cells);
    return c;
}

static inline Column *case_real(Table *t, const char *name, const char *unit,
                                const double cells[])
{
    Column *c = case_column(t, name, TYPE_REAL, unit);
    memcpy(c->d, cells, t->rows * sizeof *cells);
    return c;
}

/* A stream into memory: `case_close(f)` leaves its text in case_written, to be
 * freed. */
static char *case_written;
static size_t case_size;

static inline FILE *case_open(void)
{
    FILE *to = open_memstream(&case_written, &case_size);
    assert_non_null(to);
    return to;
}

#endif
