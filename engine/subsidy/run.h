/* run.h - contracts to payments, whole or each claim alone. */
#ifndef SUBSIDY_RUN_H
#define SUBSIDY_RUN_H

#include "policy/policy.h"

/* subsidy_apply(); with `is_alone` as if each claim were the only one of its
 * scheme: counts a year, sums of the scheme and budgets are left out. */
MUST_USE ErrCode run_policy(Table *contracts, const Policy *policy, Date as_of,
                            int is_alone, Err *err);

#endif
