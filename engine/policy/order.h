/* order.h - rules put so that each stands behind those it reads. */
#ifndef POLICY_ORDER_H
#define POLICY_ORDER_H

#include "policy/build.h"

/* Resolve all names, then out[n_rules]; 0 after faults: unknown names, and
 * rules that need themselves, with the whole path. */
int order_rules(Rule *out[], Build *b);

#endif
