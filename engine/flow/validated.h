/* validated.h - every table of a validation, in order, into a job. */
#ifndef FLOW_VALIDATED_H
#define FLOW_VALIDATED_H

#include "credit/validation.h"
#include "flow/job.h"

/* validation_*, and stability_months where it is there already, as results of
 * the job.
 * `samples` resamplings are shared out among the job's threads; their number
 * changes no byte. */
MUST_USE ErrCode validated_tables(Job *job, Validation *v, size_t samples,
                                  Err *err);

#endif
