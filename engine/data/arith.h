/* arith.h - expressions over the columns of a source, for column maps.
 *
 * + - * / ( ), comparisons = != < <= > >=, and or not, numbers, texts in
 * single or double quotes.  A word is a column of the source; one with spaces
 * or signs in its name stands in back quotes.  Nothing more.
 * `=` between two columns compares texts; between a column and a number,
 * numbers.
 */
#ifndef DATA_ARITH_H
#define DATA_ARITH_H

#include "data/arithcode.h"

/* What is wrong with an expression, and at which byte of it. */
typedef struct {
    const char *problem; /* NULL: nothing */
    size_t offset;
} ArithFault;

/* Compile.  `wants_truth` 1: a condition, 0: a number.  *out is set when
 * fault->problem is NULL.  ERR_MEMORY. */
MUST_USE ErrCode arith_compile(const Arith **out, ArithFault *fault,
                               Arena *arena, const char *text, int wants_truth,
                               Err *err);

#endif
