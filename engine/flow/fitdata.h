/* fitdata.h - the rows a scorecard is fitted to, and how: the options --data,
 * --spec, --target, --bad, --weight, --offset, --cluster, --infer, --worse and
 * those of wayread.h.
 */
#ifndef FLOW_FITDATA_H
#define FLOW_FITDATA_H

#include "credit/carddata.h"
#include "credit/fitspec.h"
#include "flow/job.h"

typedef struct {
    FitSpec spec;
    Source data, text; /* text: of the spec */
    CardData rows;     /* those whose outcome is known; the others are rejects
                        * where they are asked for */
} FitData;

/*
 * Without --spec, the defaults for --target.  Rows without an outcome are left
 * out, and their number is said, or are the rejects of --infer.
 * ERR_USAGE for an option that is missing or does not go with another;
 * ERR_RULE for a spec that is faulty or names a column that is not there;
 * ERR_INPUT for faults of the data; ERR_MEMORY.
 */
MUST_USE ErrCode fitdata_read(FitData *out, Job *job, Err *err);

#endif
