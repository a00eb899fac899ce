/* cliff.h - scales on which a little more earns less: warnings. */
#ifndef POLICY_CLIFF_H
#define POLICY_CLIFF_H

#include "policy/build.h"

/* Where a bracket begins: what a fen less pays, and what its start pays. */
void cliff_check(Build *b, const Rule *rule);

#endif
