/* fitdata.h - the rows a scorecard is fitted to, and how: the options --data,
 * --spec, --target and --bad.
 */
#ifndef FLOW_FITDATA_H
#define FLOW_FITDATA_H

#include "credit/fitspec.h"
#include "flow/job.h"

typedef struct {
    FitSpec spec;
    Source data, text; /* text: of the spec */
    Table *sheet;      /* rows whose outcome is known */
    uint8_t *event;    /* [sheet->rows] */
} FitData;

/*
 * Without --spec, the defaults for --target.  Rows without an outcome are left
 * out, and their number is said.  ERR_USAGE for an option that is missing;
 * ERR_RULE for a spec that is faulty or names a column that is not there;
 * ERR_INPUT for faults of the data; ERR_MEMORY.
 */
MUST_USE ErrCode fitdata_read(FitData *out, Job *job, Err *err);

#endif
