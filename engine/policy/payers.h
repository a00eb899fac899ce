/* payers.h - who pays an award, and from which budget: the sections `match` and
 * `budget` of a policy.
 */
#ifndef POLICY_PAYERS_H
#define POLICY_PAYERS_H

#include "policy/budget.h"
#include "policy/match.h"
#include "policy/names.h"

/* The entries of `match`; new payers get the next places.  Every award whose
 * bit is `given` must have payers in counties that no entry names.
 * NULL, with *n = 0, when out of memory. */
const Match *payers_match(size_t *n, Reading *in, Names *payers,
                          const Names *awards, unsigned given, const Doc *list);

/* What holds where nothing is said: one payer, "fund", for every award. */
const Match *payers_default(Reading *in, Names *payers);

/* The entries of `budget`, each of a payer that has a place. */
const Budget *payers_budgets(size_t *n, Reading *in, Names *payers,
                             const Doc *list);

#endif
