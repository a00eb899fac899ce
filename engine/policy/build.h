/* build.h - one version of a policy being compiled for one day. */
#ifndef POLICY_BUILD_H
#define POLICY_BUILD_H

#include "policy/emit.h"
#include "policy/scope.h"

#include <stddef.h>

enum { RULES_MAX = 4096, ROWS_MAX = 16000 };

typedef enum {
    RULE_FACT,
    RULE_ELIGIBILITY,
    RULE_SCORECARD,
    RULE_DECISION,
    RULE_SCALE,
    RULE_CONSTRAINT
} RuleKind;

/* An expression of a rule: parsed when read, its names resolved before the
 * rules are put in order, its units checked and coded in that order. */
typedef struct {
    Text text;
    Node *node; /* NULL after a fault */
    int slot;
} Expr;

typedef struct {
    RuleKind kind;
    const char *id; /* interned */
    const Doc *node;
    const char *cite;    /* of the rule as a whole, or NULL */
    Label title, reason; /* reason: of eligibility rows */
    Expr **exprs;        /* everything it reads, for the order */
    size_t n_exprs, expr_capacity;
    Symbol **gives; /* the names it makes */
    size_t n_gives, give_capacity;
    int state;     /* of order.c */
    int is_broken; /* has faults: what it gives is not looked at */
    int slot;      /* eligibility: the truth */
    void *detail;  /* Scorecard, Decision, ScaleRule, Constraint */
} Rule;

typedef struct {
    Reader r;
    DocReader d;
    Scope scope;
    Code code;
    Rule **rules;
    size_t n_rules, rule_capacity;
    const char *kind; /* of the policy */
    Date day;
} Build;

/* A section of the file that is a list; NULL when there is none, or after a
 * fault. */
const Doc *build_section(Build *b, const Doc *root, const char *name);

/* A rule of a group with `id` or `name` (`key`); NULL after a fault. */
Rule *build_rule(Build *b, const Doc *node, RuleKind kind, const char *key);

/* The citation that a row must have; `inherited` where its table has one. */
const char *build_cite(Build *b, const Doc *row, const char *inherited,
                       const char *id);

/* The expression in group[name], or of a node; noted for the order. */
Expr *build_expr(Build *b, Rule *rule, const Doc *group, const char *name,
                 const char *id);
Expr *build_text(Build *b, Rule *rule, const Doc *node, const char *id);

/* A tree that stands elsewhere in the rule, noted for the order. */
void build_note(Build *b, Rule *rule, Text text, Node *node);

/* The rule makes a value of that name. */
Symbol *build_gives(Build *b, Rule *rule, const char *name, const Doc *node);

/* Check an expression and code it; its unit, UNIT_WRONG after faults. */
Unit build_code(Build *b, Expr *expr);

/* The value of an expression that must not depend on rows, of that unit. */
int build_constant(Number *out, Build *b, Expr *expr, Unit unit,
                   const char *what);

#endif
