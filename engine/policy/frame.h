/* frame.h - columns of a table into slots and back. */
#ifndef POLICY_FRAME_H
#define POLICY_FRAME_H

#include "data/table.h"
#include "policy/program.h"

/* at[rows[i]] of a column into values[i]: what a slot for that unit has. */
typedef void (*LoadFn)(void *values, const Column *column,
                       const uint32_t rows[], size_t n);

/* NULL when a column of that type cannot give such values. */
LoadFn frame_load(Unit unit, FieldType type);

/* The values as they stand in the column from row `first` on, if the slot has
 * them the same way; else NULL. */
void *frame_view(Unit unit, const Column *column, size_t first);

/* Cells of a column of that type, one for each of n constants; NULL without
 * memory. */
Column *frame_cells(Arena *arena, FieldType type, const void *of, size_t n);

/* from[index[i]] into rows[i]; both columns of one type. */
void frame_gather(Column *column, const uint32_t rows[], size_t n,
                  const Column *from, const int32_t index[]);

/* The slot's values into rows of a column; step 0 for a constant. */
void frame_store(Column *column, const uint32_t rows[], size_t n,
                 const void *values, size_t step);

/* Null in every row. */
void frame_clear(Column *column, size_t rows);

#endif
