/* code.h - a flat list of operators over slots.
 *
 * A slot is a block of BLOCK_ROWS values, or one constant.  An operator whose
 * operands are all constants runs at once, so what is left depends on rows.
 * Slots of a name stay; those of parts of an expression are used again.
 */
#ifndef POLICY_CODE_H
#define POLICY_CODE_H

#include "core/mem.h"
#include "policy/ops.h"

#include <stddef.h>

/* How the values of a slot are kept. */
typedef enum {
    REP_NUMBER,  /* Number */
    REP_WHOLE,   /* int64_t, of which `scale` make one */
    REP_TRUTH,   /* Truth */
    REP_TEXT,    /* const char *, interned */
    REP_INDEX,   /* int32_t: the row of a table that holds */
    REP_SEGMENT, /* uint16_t: between which breakpoints */
    REP_MASK     /* uint64_t words: all rows of a table that hold */
} Rep;

typedef struct {
    Rep rep;
    int64_t scale; /* REP_WHOLE */
    size_t words;  /* REP_MASK: how many a row */
    void *value;   /* of a constant, else NULL */
    int is_part;   /* may be used again once read */
    int as_number; /* slot with the same values as Numbers, or -1 */
    uint32_t buffer;
    /* What pick_value() made of constants is of[at[index][row]]. */
    const void *of; /* or NULL */
    int index;
    size_t n_of, op; /* op: which makes it */
} Slot;

typedef struct {
    Arena *arena;
    Slot *slots;
    size_t n_slots, slot_capacity;
    Op *ops;
    size_t n_ops, op_capacity;
    size_t *buffers; /* [n_buffers] bytes a row */
    unsigned char *is_free;
    size_t n_buffers, buffer_capacity, free_capacity;
    int failed; /* no memory */
} Code;

enum { SLOT_NONE = -1 };

size_t rep_bytes(const Slot *slot); /* a row */

/* A slot of its own that stays. */
int code_slot(Code *code, Rep rep, int64_t scale, size_t words);
/* One that is used again once an operator has read it. */
int code_part(Code *code, Rep rep, int64_t scale, size_t words, int is_part);
int code_constant_of(Code *code, Rep rep, int64_t scale, const void *value);
int code_number(Code *code, Number value); /* constants */
int code_whole(Code *code, int64_t value, int64_t scale);
int code_text(Code *code, const char *interned);
int code_is_constant(const Code *code, int slot);

/* Append d = fn(a, b, k); operands that are not there are SLOT_NONE.  Runs at
 * once where all operands are constants.  Returns d. */
int code_op(Code *code, OpFn fn, int d, int a, int b, int k, const void *aux);

/* The same for operators whose operands stand in `aux`; runs for rows only. */
void code_append(Code *code, OpFn fn, int d, int a, const void *aux);

/* The value of a constant slot. */
Number code_constant(const Code *code, int slot);

/* Memory for blocks of up to `rows` <= BLOCK_ROWS of every slot: at[n_slots];
 * NULL without memory. */
void **code_frame(const Code *code, Arena *arena, size_t rows);

void code_run(const Code *code, void *const at[], size_t rows);
void code_run_lean(const Code *code, void *const at[], size_t rows); /* without
    the operators that are spare */

#endif
