/* queues.h - what a policy puts claims in order by, or tells them apart by,
 * that is no input of its rules: score, time of submission, county. */
#ifndef FLOW_QUEUES_H
#define FLOW_QUEUES_H

#include "flow/job.h"

/* A warning among the job's for each of these columns that a limit, a match or
 * a budget of any version asks for and the contracts lack, with what happens
 * instead.  ERR_MEMORY. */
MUST_USE ErrCode queues_check(Job *job, const Table *contracts,
                              const Policy *policy, Err *err);

#endif
