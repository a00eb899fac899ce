/* colmap.h - how a foreign file's columns become ours (--map FILE). */
#ifndef DATA_COLMAP_H
#define DATA_COLMAP_H

#include "core/fault.h"
#include "data/arith.h"
#include "data/doc.h"
#include "data/encoding.h"
#include "data/fields.h"
#include "data/files.h"

/* A word of the source and what is read in its place ("" is null). */
typedef struct {
    const char *from, *to;
} MapValue;

/* One of our columns: exactly one of from, constant and expr is there. */
typedef struct {
    Field field;
    const char *from;     /* header of the source */
    const char *constant; /* as a cell would have it */
    const Arith *expr;
    size_t take;            /* only the first characters of the cell; 0: all */
    const MapValue *values; /* [n_values]; none: the cell as it is */
    size_t n_values;
    int is_wan; /* amounts without a suffix are in 万元 */
    const Doc *at;
} MapColumn;

/* Which part of a date stands first, and what follows each part. */
typedef struct {
    char order[3]; /* 'y', 'm' and 'd'; order[0] 0: the shapes of date.h */
    char mark[2];
} MapDate;

typedef struct {
    const char *file; /* where the map is written */
    FileKind of;
    Encoding encoding;
    MapDate date;
    int check_ids;        /* 0: foreign identifiers pass */
    const Arith *keep_if; /* or NULL; rows where it is not true are left out */
    const MapColumn *columns;
    size_t n;
} ColumnMap;

/*
 * Compile the group `map` of a document (datasets/maps has some):
 *
 * map = { of = "portfolio"; encoding = "utf-8"; date = "m/d/y";
 *   columns = ( { field = "loan_id"; from = "LoanNr_ChkDgt"; },
 *               { field = "covered_share"; expr = "SBA_Appv / GrAppv"; },
 *               { field = "industry"; from = "NAICS"; take = 3; },
 *               { field = "lgd"; const = "0.45"; }, ... );
 *   keep_if = "GrAppv > 0"; check_ids = "no"; };
 *
 * Expressions are those of arith.h; amounts they give are rounded to a fen.
 * ERR_INPUT after every fault is listed; ERR_MEMORY.
 */
MUST_USE ErrCode colmap_read(const ColumnMap **out, Arena *arena,
                             const Doc *root, Faults *faults, Err *err);

/* A date in the map's shape, or, where it names none, in date.h's. */
const CellFault *colmap_date(int64_t *out, MapDate shape, Slice text);

#endif
