/* feelparse.h - what the parsers of decision models' expressions share. */
#ifndef POLICY_FEELPARSE_H
#define POLICY_FEELPARSE_H

#include "policy/feelname.h"
#include "policy/parse.h"

typedef struct {
    Parser p; /* first: parser functions are given this */
    const FeelNames *names;
    FeelNames *members;
    int in_filter;
    int asks; /* "?" was named */
} FeelParse;

FeelParse *feelparse_of(Parser *p);

/* Parts of a list, a call ..., as they come; `FeelParts parts = {0};`. */
typedef struct {
    Node **items;
    size_t n, capacity;
} FeelParts;

/* Keep one more; 0 when it is NULL, after 1000, or without memory. */
int feelparse_keep(Parser *p, FeelParts *parts, Node *node);

/* A node over `parts`; there may be none. */
Node *feelparse_over(Parser *p, NodeKind kind, const FeelParts *parts,
                     size_t at);

Node *feelparse_entry(Parser *p, const char *name, Node *value, size_t at);

/* The longest known name at the next word, unless the word itself is longer:
 * the word becomes that name. */
const char *feelparse_known(Parser *p, const FeelNames *names);

Node *feelparse_named(Parser *p, const char *name); /* takes the word */

/* The text that is next with its escapes read, not taken; as a node, taken. */
const char *feelparse_text(Parser *p);
Node *feelparse_text_node(Parser *p, NodeKind kind);

#endif
