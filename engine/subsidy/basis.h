/* basis.h - what simulated years are drawn from: the stock, with its values and
 * how much the number varies, and how many firms step over steps.
 */
#ifndef SUBSIDY_BASIS_H
#define SUBSIDY_BASIS_H

#include "subsidy/futures.h"
#include "subsidy/stock.h"

typedef struct {
    Stock stock;
    double gaming; /* the share of firms within reach that step over a step */
} Basis;

/*
 * Of contracts that came under `policy`, as the outlook has it.  Adds the
 * tables of worths_make(), tally_make() and gaming_seen().
 * ERR_INPUT, ERR_DOMAIN as they and stock_open(); ERR_MEMORY.
 */
MUST_USE ErrCode basis_open(Basis *out, Tables *tables, const Table *contracts,
                            const Policy *policy, const Outlook *outlook,
                            const FuturesOptions *options, Err *err);

#endif
