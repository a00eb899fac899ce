/* ops.h - the operators: each does one thing to a block of rows. */
#ifndef POLICY_OPS_H
#define POLICY_OPS_H

#include "policy/number.h"

#include <stddef.h>
#include <stdint.h>

enum { BLOCK_ROWS = 1024 };

/* Three-valued truth, ordered so that `and` is the lesser, `or` the greater. */
typedef uint8_t Truth;
enum { IS_FALSE = 0, IS_NULL = 1, IS_TRUE = 2 };

typedef struct Op Op;

/* Fill values at[op->d][0..n) from at[op->a] ..., n <= BLOCK_ROWS. */
typedef void (*OpFn)(const Op *op, void *const at[], size_t n);

struct Op {
    OpFn fn;
    uint32_t d, a, b, c; /* slots: result, operands */
    uint8_t step[3];     /* of a, b, c: 0 for a constant, else 1 */
    uint8_t is_spare;    /* rows are judged without it */
    const void *aux;     /* what else the operator needs */
};

typedef enum {
#define OP(name) OP_##name,
#include "policy/ops.def"
#undef OP
    OP_COUNT
} OpId;

/* aux of ROUND_N */
typedef struct {
    Number unit;
    RoundMode mode;
} Rounding;

OpFn op_function(OpId id);

#endif
