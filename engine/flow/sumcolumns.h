/* sumcolumns.h - what policies come to on the same contracts, as columns. */
#ifndef FLOW_SUMCOLUMNS_H
#define FLOW_SUMCOLUMNS_H

#include "subsidy/sums.h"

/* Add to row k of `t` the sums of sums[first + k]: computed, cut_by_cap,
 * cut_by_rounding, cut_by_budget, paid, contracts_paid, firms_paid, change
 * (paid beyond sums[0]) and a paid_P for every payer; amounts in fen.
 * ERR_MEMORY. */
MUST_USE ErrCode sumcolumns_add(Table *t, const SubsidySum sums[], size_t first,
                                const Names *payers, Err *err);

#endif
