/* expand.h - what a rule file defines, put in place of its name while a text
 * is parsed: functions with their arguments, ranges and lists.
 *
 * A definition's faults are told once at its own text; units that do not meet
 * are told at the call.  At most 4,096 parts come of one expression, and no
 * definition uses itself.
 */
#ifndef POLICY_EXPAND_H
#define POLICY_EXPAND_H

#include "policy/parser.h"

/* d(args [n]), which stood from byte `at` to `end`. */
Node *expand_call(Parser *p, const Definition *d, Node *const args[],
                  uint32_t n, size_t at, size_t end);

/* The name that is next: a parameter's argument, a value that is defined, or
 * window.start and window.end of a range.  *found is 0, and nothing taken, for
 * other names. */
Node *expand_name(Parser *p, int *found);

/* The tests that the name which is next stands for, "[18..60), 65"; NULL, and
 * nothing taken, for other words; NULL after a fault, too. */
Test *expand_tests(Parser *p);

/* The word that is next; of the standard's names with blanks, "round half up(",
 * all words up to the bracket as the one name they have here. */
Word expand_blanks(Parser *p);

/* Parse a definition by itself, for its faults. */
void expand_check(Parser *p, const Definition *d);

#endif
