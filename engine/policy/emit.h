/* emit.h - checked trees to code. */
#ifndef POLICY_EMIT_H
#define POLICY_EMIT_H

#include "policy/convert.h"
#include "policy/scope.h"

/* The slot that holds the value of a checked tree; SLOT_NONE without memory.
 */
int emit_expression(Code *code, const Node *node);

/* The same as a value of that unit that has a name; it stays. */
int emit_named(Code *code, const Node *node, Unit unit);

#endif
