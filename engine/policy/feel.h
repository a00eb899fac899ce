/* feel.h - expressions and cells of decision models (FEEL) as trees.
 *
 * The words, the levels of operators and the nodes are those of rule files;
 * what differs is what stands between operators: names with spaces, lists,
 * contexts, paths, filters, ranges, loops, functions by name or position.
 * Units are not checked: values know their kind when they are made.
 */
#ifndef POLICY_FEEL_H
#define POLICY_FEEL_H

#include "policy/feelname.h"
#include "policy/parse.h"

/*
 * The tree of a whole expression, or NULL after a fault is listed.
 * names    what is known where it stands, functions included.
 * members  names of entries of contexts, for paths and filters; entries that
 *          the text itself makes are added.
 */
Node *feel_expression(Text text, const FeelNames *names, FeelNames *members,
                      Reader *r);

/* A cell of a decision table, or allowed values: "-", "< 5", "[1..5)", any
 * expressions separated by commas, "not(...)": a NODE_TESTS or NODE_ANY.  The
 * value that is tested is called "?". */
Node *feel_tests(Text text, const FeelNames *names, FeelNames *members,
                 Reader *r);

#endif
