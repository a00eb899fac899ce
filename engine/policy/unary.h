/* unary.h - the tests of a cell: "< 5", "[1..5)", a value. */
#ifndef POLICY_UNARY_H
#define POLICY_UNARY_H

#include "policy/parser.h"

/* NULL after a fault. */
Test *unary_test(Parser *p);
Test *unary_tests(Parser *p); /* separated by commas */

/* The tests behind `last` and a comma; 0 after a fault. */
int unary_more(Parser *p, Test *last);

/* "[1..5)" behind its first end; `open` tells whether that is outside. */
Test *unary_range(Parser *p, Node *low, int open);

#endif
