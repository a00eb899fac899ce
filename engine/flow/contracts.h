/* contracts.h - the technology contracts of a job, as policies want them. */
#ifndef FLOW_CONTRACTS_H
#define FLOW_CONTRACTS_H

#include "flow/job.h"

/* --contracts, with all columns that any of policies[n] reads; those that one
 * lacks are faults, those that one only puts claims in order by warnings.
 * ERR_INPUT, ERR_RULE, ERR_MEMORY. */
MUST_USE ErrCode contracts_read(Table **out, Job *job, Policy *const policies[],
                                size_t n, Err *err);

/* Their rows registered in --year, all without it, as a table of its own; of a
 * year alone with the column registered_before, where earlier ones are there.
 * ERR_USAGE when there is none; ERR_INPUT, ERR_MEMORY. */
MUST_USE ErrCode contracts_of_year(Table **out, Job *job, const Table *t,
                                   Err *err);

#endif
