/* outlooks.h - what is believed of next year, and how often it is drawn. */
#ifndef FLOW_OUTLOOKS_H
#define FLOW_OUTLOOKS_H

#include "flow/job.h"
#include "subsidy/futures.h"

/* --outlook, or as last year without it.  ERR_RULE once the faults of the file
 * are printed; ERR_IO, ERR_MEMORY. */
MUST_USE ErrCode outlook_of(Outlook *out, Job *job, Err *err);

/* How many simulated years there are where --futures is not given, and may be.
 */
typedef struct {
    uint64_t otherwise, most;
} FuturesRange;

/* --futures, --years, --seed, --as-of and --threads; no year is shown by
 * itself.  The job's seed is set too.  ERR_USAGE. */
MUST_USE ErrCode futures_options(FuturesOptions *out, Job *job,
                                 FuturesRange range, Err *err);

#endif
