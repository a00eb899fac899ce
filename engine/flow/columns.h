/* columns.h - what rule files want of a table: columns of their own to be read
 * with it, and columns that it must have. */
#ifndef FLOW_COLUMNS_H
#define FLOW_COLUMNS_H

#include "data/csv.h"
#include "flow/rulebook.h"

/* Every column that the policies read, and the date that chooses their
 * versions, each name once: CsvOptions.extra. */
MUST_USE ErrCode columns_of(CsvColumn **out, size_t *n, Arena *arena,
                            const Rulebook *book, Err *err);

/* A fault among the job's for each column that the policy reads and the table
 * lacks, with rule, column, file and way out; job_faults() fails over them. */
MUST_USE ErrCode columns_check(Job *job, const Table *table,
                               const Policy *policy, Err *err);

#endif
