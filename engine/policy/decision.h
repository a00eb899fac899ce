/* decision.h - decision tables. */
#ifndef POLICY_DECISION_H
#define POLICY_DECISION_H

#include "policy/grid.h"

typedef enum {
    HIT_UNIQUE,   /* no two rules hold at once: checked when read */
    HIT_ANY,      /* those that hold at once say the same: checked when read */
    HIT_PRIORITY, /* the first by the order of the outputs */
    HIT_FIRST,
    HIT_COLLECT,      /* all, added up or as a list */
    HIT_RULE_ORDER,   /* a list in the order of the rules */
    HIT_OUTPUT_ORDER, /* a list in the order of the outputs */
    HIT_COUNT
} HitPolicy;

typedef enum { ALL_LIST, ALL_SUM, ALL_MIN, ALL_MAX, ALL_COUNT } Aggregate;

typedef struct {
    HitPolicy policy;
    Aggregate aggregate;
    Grid *grid;
    Expr **outputs; /* [(n_rules + 1) * n_outputs]; the last row: default, or
                       NULLs */
    const char **cites; /* [n_rules] */
    size_t n_outputs;
    int first; /* slot of the rule that held; SLOT_NONE when all are kept */
    int mask;  /* else the slot of all that held */
} Decision;

void decisions_read(Build *b, const Doc *root);
void decision_code(Build *b, Rule *rule);

#endif
