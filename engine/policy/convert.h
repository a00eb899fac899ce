/* convert.h - slots in the representation that a reader wants. */
#ifndef POLICY_CONVERT_H
#define POLICY_CONVERT_H

#include "policy/ast.h"
#include "policy/code.h"

/* Append an operator whose result is a part of an expression. */
int convert_part(Code *code, OpId id, Rep rep, int64_t scale, int a, int b,
                 int k, const void *aux);

int convert_number(Code *code, int slot); /* as REP_NUMBER, once for a name */
int convert_whole(Code *code, int slot, int64_t scale);

/* As a named value of that unit has it: money in whole fen, a ratio in
 * billionths, a count in ones; it stays. */
int convert_unit(Code *code, int slot, Unit unit);

int convert_input(Code *code, Unit unit); /* an empty slot for an input */
int convert_null(Code *code, Unit unit);  /* a constant */

/* Whole numbers of one scale are compared as they are, all else exactly. */
OpId convert_meet(Code *code, int *a, int *b, OpId on_whole, OpId on_number);

/* Both in one representation, which is returned. */
Rep convert_agree(Code *code, int *a, int *b);

#endif
