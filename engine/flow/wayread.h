/* wayread.h - the options that choose a regression, of `model logit` and of
 * `model fit`: --lambda --alpha --firth --step --direction.
 */
#ifndef FLOW_WAYREAD_H
#define FLOW_WAYREAD_H

#include "flow/job.h"
#include "stat/logitway.h"

/* ERR_USAGE for what is no number, and for what does not go together: also
 * with --cluster and --sign, which only the plain fit knows. */
MUST_USE ErrCode wayread(LogitWay *out, const Job *job, Err *err);

/* An option that is a number; `otherwise` when it is not given. */
MUST_USE ErrCode wayread_number(double *out, const Job *job, const char *option,
                                double otherwise, Err *err);

#endif
