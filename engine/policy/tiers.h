/* tiers.h - the section `scales`: amounts by bracket of a value. */
#ifndef POLICY_TIERS_H
#define POLICY_TIERS_H

#include "policy/build.h"
#include "policy/scale.h"

typedef struct {
    Scale scale;
    Expr *on;
    Expr **from, **pay; /* [scale.n]: rate or amount */
    const char *cite;
    int has_known_cliffs; /* not to be told */
    int value;            /* slot of what the scale is applied to */
} Tiers;

/* { name; kind; on; brackets = ( { from; rate | amount } ); cite } */
void tiers_read(Build *b, const Doc *root);
void tiers_code(Build *b, Rule *rule);

#endif
