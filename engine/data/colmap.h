/* colmap.h - how a foreign file's columns become ours (--map FILE). */
#ifndef DATA_COLMAP_H
#define DATA_COLMAP_H

#include "core/fault.h"
#include "data/doc.h"
#include "data/fields.h"

typedef struct ColumnMap ColumnMap;

/* Compile the group `map` of a document (formats.md, Column map).
 * ERR_INPUT after every fault is listed; ERR_MEMORY. */
MUST_USE ErrCode colmap_read(const ColumnMap **out, Arena *arena,
                             const Doc *root, Faults *faults, Err *err);

#endif
