/* pick.h - one of several values, by the rule that held. */
#ifndef POLICY_PICK_H
#define POLICY_PICK_H

#include "policy/code.h"

/* The value in slot of[index] of each row, of[n]; all of one representation.
 * A slot that stays; SLOT_NONE without memory. */
int pick_value(Code *code, int index, const int of[], size_t n);

/* From constants, for scorecards. */
int pick_number(Code *code, int index, const Number of[], size_t n);

/* The greatest of a[i] and b[i] that is not null. */
int pick_greater(Code *code, int a, int b);

/* The least of the slots that is not null, and which it is; n: all null. */
void pick_least(Code *code, int *value, int *index, const int of[], size_t n);

/* Over all rules that hold, by their mask; nulls are left out. */
typedef enum { PICK_SUM, PICK_MIN, PICK_MAX, PICK_COUNT } PickAll;
int pick_all(Code *code, int mask, PickAll how, const int of[], size_t n);

#endif
