/* parse.h - text to tree, by precedence. */
#ifndef POLICY_PARSE_H
#define POLICY_PARSE_H

#include "data/texts.h"
#include "policy/ast.h"
#include "policy/parser.h"
#include "policy/reader.h"

enum { PARSE_DEPTH = 64 }; /* of brackets, ifs and signs */

/* The tree of a whole text, or NULL after a fault is listed. */
Node *parse_expression(Text text, Reader *r);

/* A cell of a decision table: "-", ">= 30%", "[1..5)", "\"A\",\"B\"",
 * "not(3)"; 0 after a fault is listed. */
int parse_tests(Tests *out, Text text, Reader *r);

/* Read the `functions` of a file for its expressions, each once by itself, so
 * that its faults are told where they stand, called or not. */
void parse_definitions(const Doc *root, Reader *r);

/* The levels of operators, for other parsers of these words: a whole
 * expression, and one without comparison.  `primary` and `compare` of the
 * parser are theirs. */
Node *parse_next(Parser *p);
Node *parse_sum(Parser *p);
Node *parse_choice(Parser *p, size_t at);           /* "if" is taken */
int parse_ends(Node **low, Node **high, Parser *p); /* "between" is; 0: fault */

#endif
