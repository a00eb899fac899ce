/* queues.h - what a policy puts claims in order by, or tells them apart by,
 * that is no input of its rules: score, time of submission, county; and what
 * its budgets bring along from the year before. */
#ifndef FLOW_QUEUES_H
#define FLOW_QUEUES_H

#include "flow/job.h"

/* A warning among the job's for each of these columns that a limit, a match or
 * a budget of any version asks for and the contracts lack, with what happens
 * instead.  ERR_MEMORY. */
MUST_USE ErrCode queues_check(Job *job, const Table *contracts,
                              const Policy *policy, Err *err);

/* A warning of `file` among the job's where a budget carries over what a year
 * leaves: a simulated year, or one of --year, begins with its own money alone.
 * ERR_MEMORY. */
MUST_USE ErrCode queues_check_carried(Job *job, const Policy *policy,
                                      const char *file, Err *err);

/* The same where --year takes one year out of several. */
MUST_USE ErrCode queues_check_year(Job *job, const Policy *policy,
                                   const char *file, Err *err);

#endif
