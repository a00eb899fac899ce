/* arithcode.h - compiled expressions of column maps, and what they come to.
 *
 * Numbers are exact fractions.  An empty cell is null and so is a division by
 * zero; what is made of null is null, but `false and null` is false and `true
 * or null` is true.
 */
#ifndef DATA_ARITHCODE_H
#define DATA_ARITHCODE_H

#include "core/err.h"
#include "core/text.h"
#include "data/cell.h"
#include "data/rational.h"

#include <stddef.h>

enum {
    ARITH_COLUMNS = 32, /* different columns of one expression */
    ARITH_STACK = 64    /* values that it may stack */
};

typedef enum {
    OP_NUMBER, /* push a literal */
    OP_CELL,   /* push a column as a number */
    OP_SAME,   /* push whether two texts are equal */
    OP_DIFFER, /* or not */
    OP_NEGATE,
    OP_NOT,
    OP_ADD,
    OP_SUBTRACT,
    OP_MULTIPLY,
    OP_DIVIDE,
    OP_EQUAL,
    OP_UNEQUAL,
    OP_LESS,
    OP_LESS_EQUAL,
    OP_MORE,
    OP_MORE_EQUAL,
    OP_AND,
    OP_OR
} ArithOpCode;

/* A text: a column's cell, or a literal where `column` is -1. */
typedef struct {
    long column;
    const char *literal;
} ArithText;

typedef struct {
    ArithOpCode code;
    long column;
    Rational number;
    ArithText texts[2]; /* of OP_SAME and OP_DIFFER */
} ArithOp;

/* In postfix order: operands, then what is done with them. */
typedef struct {
    const ArithOp *code;
    size_t n;
    const char *columns[ARITH_COLUMNS]; /* the ones it reads */
    size_t n_columns;
} Arith;

typedef struct {
    int is_null;
    Rational number; /* of a condition: 1 or 0 */
} ArithValue;

/*
 * Compute.  cells [n_columns], trimmed, empty where null.
 * Returns NULL, or why the cell number *culprit cannot be used; n_columns: the
 * result.
 */
const CellFault *arith_eval(ArithValue *out, size_t *culprit,
                            const Arith *arith, const Slice cells[]);

#endif
