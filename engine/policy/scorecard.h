/* scorecard.h - points by bands of a value, added up. */
#ifndef POLICY_SCORECARD_H
#define POLICY_SCORECARD_H

#include "policy/grid.h"

/* One way to earn an attribute's points: best_of has several, and the firm
 * gets the best. */
typedef struct {
    Grid *grid;
    Expr **point_exprs; /* [n_rules] */
    Number *points;     /* [n_rules + 1]; the last: no band, null */
    int first;          /* slot of the band that held */
} Ladder;

typedef struct {
    const char *id, *cite; /* id interned */
    Label title, reason;
    Ladder *ladders; /* [n] */
    size_t n;
    Number most; /* the most points there are */
} Attribute;

typedef struct {
    Expr *base; /* or NULL */
    Number start;
    Attribute *attributes; /* [n] */
    size_t n;
} Scorecard;

void scorecards_read(Build *b, const Doc *root);
void scorecard_code(Build *b, Rule *rule);

#endif
