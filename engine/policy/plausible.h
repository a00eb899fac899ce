/* plausible.h - figures that can be read but hardly be meant: yuan for 万元,
 * a unit that is missing, an id that is given twice.
 */
#ifndef POLICY_PLAUSIBLE_H
#define POLICY_PLAUSIBLE_H

#include "policy/inside.h"

enum {
    PLAUSIBLE_TIMES = 1000 /* one value this often its neighbour is odd */
};

/*
 * Warnings: neighbouring values of a parameter, brackets of a scale or amounts
 * they pay that are 1,000 times one another.  Faults: an id twice in one table,
 * scorecard or list of limits.
 */
void plausible_check(const Policy *policy, Reader *r);

#endif
