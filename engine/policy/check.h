/* check.h - are the units right?  Money is not added to a ratio. */
#ifndef POLICY_CHECK_H
#define POLICY_CHECK_H

#include "policy/scope.h"

/* Set the unit of every node of a tree whose names are resolved and whose
 * symbols have units.  Bare number literals become money where money meets
 * them.  UNIT_WRONG after faults. */
Unit check_expression(Node *node, Text text, Reader *r);

/* Make the tree of the unit wanted where it may be; 0 after a fault. */
int check_want(Node *node, Unit wanted, const char *what, Text text, Reader *r);

#endif
