/* outlooks.h - what is believed of next year, from --outlook. */
#ifndef FLOW_OUTLOOKS_H
#define FLOW_OUTLOOKS_H

#include "flow/job.h"
#include "subsidy/outlook.h"

/* --outlook, or as last year without it.  ERR_RULE once the faults of the file
 * are printed; ERR_IO, ERR_MEMORY. */
MUST_USE ErrCode outlook_of(Outlook *out, Job *job, Err *err);

#endif
