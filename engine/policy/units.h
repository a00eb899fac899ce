/* units.h - what units say of themselves, and which may meet. */
#ifndef POLICY_UNITS_H
#define POLICY_UNITS_H

#include "policy/reader.h"

const char *units_say(Unit unit); /* "a ratio", in the user's language */

/* A bare whole number, which takes the unit of what it meets. */
int units_is_whole(const Node *node);

/* Turn bare number literals below into amounts in yuan; 0 when other things
 * stand among them. */
int units_as_money(Node *node);

/* Make two trees of one unit, as for a comparison; the unit, or UNIT_WRONG
 * after a fault at `at`.  `verb` as in "cannot be <verb>". */
Unit units_meet(Node *a, Node *b, size_t at, const char *verb, Text text,
                Reader *r);

#endif
