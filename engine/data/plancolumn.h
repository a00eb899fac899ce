/* plancolumn.h - one column of a plan: its cell, and what may stand there. */
#ifndef DATA_PLANCOLUMN_H
#define DATA_PLANCOLUMN_H

#include "core/text.h"
#include "data/colmap.h"
#include "data/files.h"
#include "data/table.h"

#include <stddef.h>
#include <stdint.h>

/* A column that a rule reads and the file's list does not have. */
typedef struct {
    const char *name;
    FieldType type;
} CsvColumn;

/* A word of a coded column, both interned: what may stand there, and what the
 * table gets for it. */
typedef struct {
    const char *read, *word;
} PlanWord;

/* A text's one copy. */
typedef struct {
    const char *text; /* or NULL */
    size_t n;
} PlanText;

enum { PLAN_NO_CELL = -1, PLAN_RECENT = 16 };

typedef struct {
    const char *name;
    Field field; /* FIELD_COUNT: none of the dictionary */
    FieldType type;
    int needs; /* flags of files.h */
    long cell; /* of the record; PLAN_NO_CELL: a constant or expression */
    int wan;   /* the header or the map says 万元 */
    int64_t low, high;          /* of the stored number, both included */
    double low_real, high_real; /* of a REAL */
    const char *expected;       /* that range in words */
    const PlanWord *words;      /* [n_words]; 0: any text */
    size_t n_words;
    const char *words_expected; /* "one of invention, utility" */
    const MapColumn *map;       /* or NULL */
    const long *expr_cells;     /* [n_expr] of the map's expression */
    size_t n_expr;
    Column *column; /* where the values go */
    Slice pending;  /* a free text of the row, yet to be interned */
    PlanText recent[PLAN_RECENT]; /* the last that were interned */
} PlanColumn;

/*
 * A column without a cell yet, with the range and the words it may hold.
 *
 * of      the file's kind; `tables` keeps the words.
 * field   of the dictionary, or FIELD_COUNT for `extra`.
 * Errors  ERR_MEMORY, which names `file`.
 */
MUST_USE ErrCode plancolumn_make(PlanColumn *out, Tables *tables,
                                 const char *file, FileKind of, Field field,
                                 const CsvColumn *extra, Err *err);

#endif
