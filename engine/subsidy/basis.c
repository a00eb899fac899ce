#include "subsidy/basis.h"

#include "subsidy/gaming.h"
#include "subsidy/tally.h"
#include "subsidy/worths.h"

ErrCode basis_open(Basis *out, Tables *tables, const Table *contracts,
                   const Policy *policy, const Outlook *outlook,
                   const FuturesOptions *options, Err *err)
{
    ErrCode rc = OK;
    int64_t *values = NULL;
    size_t versions = 1;
    Basis b = {.gaming = outlook->gaming};
    TRY(worths_make(&values, &versions, tables, contracts, outlook, options,
                    err));
    TRY(stock_open(&b.stock, tables, contracts, outlook, values, versions,
                   options->years, err));
    TRY(tally_make(&b.stock.dispersion, tables, contracts, outlook, options,
                   err));
    if (outlook->gaming_is_seen)
        TRY(gaming_seen(&b.gaming, tables, contracts, policy, outlook,
                        options->as_of, err));
    *out = b;
done:
    return rc;
}
