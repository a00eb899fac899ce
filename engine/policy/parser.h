/* parser.h - words taken one by one, and the nodes made of them. */
#ifndef POLICY_PARSER_H
#define POLICY_PARSER_H

#include "policy/define.h"
#include "policy/lexer.h"
#include "policy/reader.h"

typedef struct Parser Parser;
struct Parser {
    Lexer lexer;
    Word word; /* the next one, not yet taken */
    Text text;
    Reader *r;
    int depth;
    int *parts; /* nodes that definitions brought, of the whole expression */
    int failed; /* one fault an expression: what follows it is a guess */
    const Definition *inside;  /* whose text this is, or NULL */
    Node *const *args;         /* [inside->n] what its parameters stand for */
    const Parser *outer;       /* that calls it */
    Test *(*named)(Parser *p); /* tests that a name stands for; or NULL */
    Node *(*whole)(Parser *p); /* an expression */
    Node *(*sum)(Parser *p);   /* a value without comparison */
    /* where the two languages differ: what stands between operators, and what
     * stands between "and" and "or" */
    Node *(*primary)(Parser *p);
    Node *(*compare)(Parser *p);
};

void parser_advance(Parser *p);
int parser_is(const Parser *p, const char *keyword);
int parser_take(Parser *p, int kind); /* 1 when it was next */
int parser_take_word(Parser *p, const char *keyword);
int parser_expect(Parser *p, int kind, const char *wanted); /* else a fault */

/* List a fault, the first of its text only; return NULL. */
Node *parser_wrong(Parser *p, size_t at, const char *problem,
                   const char *way_out);
Node *parser_unexpected(Parser *p, const char *wanted);
/* The word stands behind what was a whole expression. */
Node *parser_beyond(Parser *p);

/* Nodes; NULL without memory, beyond the depth, or when an argument is. */
Node *parser_leaf(Parser *p, NodeKind kind, Unit unit);
Node *parser_inner(Parser *p, NodeKind kind, Node *const args[], uint32_t n,
                   size_t at);
Node *parser_binary(Parser *p, NodeKind kind, Node *a, Node *b, size_t at);
Node *parser_literal(Parser *p); /* the number that is next */
Node *parser_text(Parser *p, NodeKind kind);
Node *parser_constant(Parser *p, NodeKind kind, Unit unit, int64_t value);
Node *parser_date(Parser *p, size_t at); /* "(" is next */

/* duration("P1Y6M"): "duration" is taken, "(" is next. */
Node *parser_duration(Parser *p, size_t at);

Test *parser_test(Parser *p, TestKind kind);

/* NODE_LT ... for a comparison sign, else NODE_CALL. */
NodeKind parser_comparison(int word);

#endif
