/* grid.h - rows of tests over columns of values: decision tables, and the
 * bands of a scorecard. */
#ifndef POLICY_GRID_H
#define POLICY_GRID_H

#include "policy/build.h"
#include "policy/hit.h"

typedef struct {
    Text text;
    Tests tests;
    int is_broken;
} GridCell;

typedef struct {
    Expr **inputs; /* [n_inputs] */
    size_t n_inputs, n_rules;
    GridCell *cells;   /* [n_rules * n_inputs], row by row */
    const char **ids;  /* [n_rules] interned, or NULL */
    const Doc **nodes; /* [n_rules] */
    const Hit *hit;    /* once coded */
} Grid;

/* Room for a grid; NULL without memory. */
Grid *grid_new(Build *b, size_t n_inputs, size_t n_rules);

/* Read the text of a cell; its names are noted for the rule's order. */
void grid_cell(Build *b, Rule *rule, Grid *grid, size_t row, size_t column,
               const Doc *text, const char *id);

/* The same from a test already made. */
void grid_test(Build *b, Rule *rule, Grid *grid, size_t row, size_t column,
               Text text, Test *test);

/* Check all cells against the units of the columns, code them; 0 after
 * faults. */
int grid_code(Build *b, Grid *grid);

#endif
