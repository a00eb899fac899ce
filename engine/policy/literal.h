/* literal.h - a literal beside what it is compared with: is it of the size that
 * its neighbour's unit has?
 */
#ifndef POLICY_LITERAL_H
#define POLICY_LITERAL_H

#include "policy/scope.h"

enum {
    LITERAL_FEN = 10000 /* below 100 yuan, a bare whole number is told */
};

/* Warn of money compared with a few bare yuan, of a ratio compared with a bare
 * number above 1, of a count compared with a part of one.  `other` is the unit
 * that the literal meets. */
void literal_check(const Node *literal, Unit other, Text text, Reader *r);

/* A word compared with a symbol that has a list of words must be one of
 * them; 0 after a fault. */
int literal_word(const Symbol *symbol, const Node *word, Text text, Reader *r);

#endif
