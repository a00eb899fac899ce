/* varied.h - figures of a rule file as the command line names them. */
#ifndef FLOW_VARIED_H
#define FLOW_VARIED_H

#include "flow/job.h"
#include "subsidy/optimise.h"

/* "20万", "5%" or "3": fen, billionths or a whole number; 0 when it is none. */
int varied_value(FieldType *type, int64_t *out, const char *text);

/* A whole number goes with an amount as so many yuan; 0 when they are not
 * alike. */
int varied_alike(FieldType *type, int64_t *value, FieldType other);

/*
 * "city_rate=5%..30%,limits.firm-cap.cap=10万..100万/5万": paths as in
 * scenarios, from, to and the step between, which is half a percentage point,
 * 10,000 yuan or 1 where none is said.
 *
 * out[OPTIMUM_FIGURES], *n of them.
 * ERR_USAGE, ERR_MEMORY.
 */
MUST_USE ErrCode varied_list(Knob out[], size_t *n, Job *job, const char *list,
                             Err *err);

#endif
