/* fold.h - the value of a tree that is the same on every row: literals,
 * parameters, and what + - * / make of them. */
#ifndef POLICY_FOLD_H
#define POLICY_FOLD_H

#include "policy/code.h"
#include "policy/scope.h"

/* 1 and the value, in the unit of the checked tree (money in fen), which may be
 * null; 0 for texts, and where a row has a say. */
int fold_number(Number *out, const Node *node, const Code *code);

#endif
