/* plan.h - which cell of a record becomes which column, and what it may hold.
 *
 * Made once from a file's header (or from a column map and the header), then
 * used for every row.
 */
#ifndef DATA_PLAN_H
#define DATA_PLAN_H

#include "core/fault.h"
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

enum { PLAN_NO_CELL = -1 };

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
    Column *column;        /* where the values go */
    Slice last;            /* the last text that was interned, */
    const char *last_text; /* and its one copy */
    Slice pending;         /* a free text of the row, yet to be interned */
} PlanColumn;

typedef struct {
    FileKind of;
    const ColumnMap *map; /* or NULL */
    PlanColumn *columns;
    size_t n;
    size_t cells;           /* of a whole record */
    const long *keep_cells; /* [n_keep] of the map's keep_if */
    size_t n_keep;
} Plan;

/* What the plan is made from. */
typedef struct {
    Tables *tables;
    const char *file;
    FileKind of;
    const ColumnMap *map;
    const CsvColumn *extra; /* [n_extra] */
    size_t n_extra;
    const Slice *headers; /* [n], as they stand */
    size_t n;
    size_t line; /* of the header */
    Faults *faults;
} PlanInput;

/* Faults: a column that is missing, or there twice.  Warnings: a column that
 * is unknown and therefore ignored.  ERR_MEMORY. */
MUST_USE ErrCode plan_make(Plan *out, const PlanInput *input, Err *err);

#endif
