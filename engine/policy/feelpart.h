/* feelpart.h - what decision models' expressions have between operators beside
 * values: ranges, lists, contexts, loops, functions, calls, paths, filters.
 */
#ifndef POLICY_FEELPART_H
#define POLICY_FEELPART_H

#include "policy/feelparse.h"

/* Each is called when its first word is taken; `at` is where that stood. */
Node *feelpart_list(Parser *p, size_t at); /* "[": or a range */
Node *feelpart_brackets(Parser *p, int bracket, size_t at); /* "(", "]" */
Node *feelpart_context(Parser *p, size_t at);               /* "{" */
Node *feelpart_lambda(Parser *p, size_t at);                /* "function" */

/* "for", "some", "every"; `last` is the word before the body. */
Node *feelpart_loop(Parser *p, NodeKind kind, const char *last, size_t at);

/* Behind a value: "(", ".", "[". */
Node *feelpart_invoke(Parser *p, Node *callee, size_t at);
Node *feelpart_path(Parser *p, Node *of, size_t at);
Node *feelpart_filter(Parser *p, Node *of, size_t at);

/* The two ends of a range; the first and ".." are taken. */
Node *feelpart_range(Parser *p, Node *low, int low_open, size_t at);

#endif
