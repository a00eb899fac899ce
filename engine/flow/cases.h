/* cases.h - last year's contracts or applications, judged by a rule file to see
 * what it does with them.  Nothing is recorded.
 */
#ifndef FLOW_CASES_H
#define FLOW_CASES_H

#include "flow/job.h"

/* The policy of a rule file, of any kind and without a day to judge by; its
 * faults and warnings are printed. */
MUST_USE ErrCode cases_policy(Policy **out, Job *job, const char *path,
                              Err *err);

/*
 * The rows that --cases names: contracts for a subsidy, rights for a value,
 * else applications, those of the policy's product where the file has any.
 * policies  [n] all that will read them; the first says of what kind.
 * Rows of loans get their rights' worth from --ip-rights and --value-rules.
 */
MUST_USE ErrCode cases_read(Table **out, Job *job, Policy *policies[], size_t n,
                            Err *err);

/* ERR_USAGE when neither the rows nor --as-of say by which day they are judged.
 */
MUST_USE ErrCode cases_dated(const Job *job, const Policy *policy, Err *err);

/* Judge the rows: what the policy makes becomes columns. */
MUST_USE ErrCode cases_judge(Table *rows, const Policy *policy, Date as_of,
                             Err *err);

/* The same rows once more, without what a policy added: another judges them. */
MUST_USE ErrCode cases_copy(Table **out, const Table *rows, Err *err);

/* The column that names a case: contract_id, application_id, ip_id; or NULL. */
const Column *cases_id(const Table *rows);

/* What became of a case. */
typedef struct {
    const char *outcome; /* approve, eligible, paid, related-party ... */
    int64_t amount;      /* limit, award, value in fen; NULL_INT: none */
} CaseResult;
CaseResult cases_result(const Table *rows, size_t row);

#endif
