#include "flow/cases.h"
#include "flow/command.h"

#include "core/text.h"
#include "credit/credit.h"
#include "credit/value.h"
#include "subsidy/subsidy.h"

#include <string.h>

static ErrCode model_steps(Table *trace, const Policy *policy,
                           const Table *rows, size_t row, Date day, Err *err)
{
    const char *kind = policy_head(policy)->kind;
    if (strcmp(kind, "credit") == 0)
        return credit_explain(trace, policy, rows, row, day, err);
    if (strcmp(kind, "subsidy") == 0)
        return subsidy_explain(trace, policy, rows, row, day, err);
    return OK;
}

static ErrCode find_case(size_t *out, const Table *rows, const char *key,
                         Err *err)
{
    const Column *id = cases_id(rows);
    for (*out = 0; id != NULL && *out < rows->rows; ++*out)
        if (id->s[*out] != NULL && strcmp(id->s[*out], key) == 0)
            return OK;
    return FAIL(err, ERR_USAGE,
                "the cases have no '%.*s' that this policy judges",
                TEXT_SHORT(key));
}

/* A case of --cases, judged among the others as budgets and limits want it. */
static ErrCode explain_case(Table **trace, Job *job, Policy *policy,
                            const char *key, Date day, Err *err)
{
    ErrCode rc = OK;
    Table *rows;
    size_t row;
    TRY(cases_dated(job, policy, err));
    TRY(cases_read(&rows, job, &policy, 1, err));
    TRY(find_case(&row, rows, key, err));
    TRY(cases_judge(rows, policy, day, err));
    TRY(policy_explain(trace, job->tables, policy, rows, row, day, err));
    TRY(model_steps(*trace, policy, rows, row, day, err));
    TRY(policy_differ(*trace, policy, rows, row, day, err));
done:
    return rc;
}

ErrCode command_rules_explain(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path, *key;
    Policy *policy;
    Table *trace, *row;
    Date day;
    TRY(job_need(&path, job, "file", err));
    TRY(job_need(&key, job, "key", err));
    TRY(job_as_of(&day, job, err));
    TRY(cases_policy(&policy, job, path, err));
    if (job_option(job, "cases") != NULL) {
        TRY(explain_case(&trace, job, policy, key, day, err));
    } else {
        TRY(policy_example_row(&row, &day, job->tables, policy, key, err));
        TRY(policy_explain(&trace, job->tables, policy, row, 0, day, err));
        TRY(policy_differ(trace, policy, row, 0, day, err));
    }
    TRY(job_result(job, trace, err));
    TRY(command_show(job, NULL, err));
done:
    return rc;
}
