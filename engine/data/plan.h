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
#include "data/plancolumn.h"

#include <stddef.h>

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
