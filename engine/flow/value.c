#include "flow/command.h"

#include "core/text.h"
#include "credit/summary.h"
#include "credit/value.h"
#include "flow/columns.h"
#include "flow/decide.h"

#include <string.h>

typedef struct {
    Policy *policy;
    Table *rights;
    Date as_of;
} Value;

/* Rights have no day of their own unless the file says so. */
static ErrCode check_day(const Job *job, const Value *s, const char *path,
                         Err *err)
{
    const char *used = policy_head(s->policy)->date_used;
    if (job_option(job, "as-of") != NULL || table_find(s->rights, used) != NULL)
        return OK;
    return FAIL(err, ERR_USAGE,
                "%s goes by the day '%s', which %s does not have; give "
                "--as-of DATE",
                path, used, s->rights->file);
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    CsvColumn *extra;
    size_t n;
    Value *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_as_of(&s->as_of, job, err));
    TRY(job_need(&path, job, "rules", err));
    TRY(job_first(job, "ip-rights", err));
    TRY(job_policy(&s->policy, job, "rules", path, "value", err));
    TRY(columns_of(&extra, &n, job->arena, &(Rulebook){&s->policy, 1}, err));
    TRY(job_table(&s->rights, job,
                  (JobTable){"ip-rights", "ip_rights", "map", extra, n}, err));
    TRY(check_day(job, s, path, err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Value *s = job->state;
    TRY(value_apply(s->rights, NULL, s->policy, s->as_of, err));
    job->rows = s->rights;
    TRY(summary_values(job->tables, s->rights, err));
    TRY(job_result(job, tables_find(job->tables, "value_summary"), err));
    TRY(job_result(job, tables_find(job->tables, "value_by_kind"), err));
    TRY(decide_rows(job, s->rights, FIELD_ip_id, FIELD_pledge_value, err));
done:
    return rc;
}

static ErrCode explain(Table **out, Job *job, const char *key, Err *err)
{
    Value *s = job->state;
    const Column *id = table_field(s->rights, FIELD_ip_id);
    for (size_t i = 0; id != NULL && i < s->rights->rows; i++)
        if (strcmp(id->s[i], key) == 0) {
            ErrCode rc = policy_explain(out, job->tables, s->policy, s->rights,
                                        i, s->as_of, err);
            if (rc == OK)
                rc =
                    value_explain(*out, s->policy, s->rights, i, s->as_of, err);
            return rc != OK ? rc
                            : policy_differ(*out, s->policy, s->rights, i,
                                            s->as_of, err);
        }
    return FAIL(err, ERR_USAGE, "no right '%.*s' in that run", TEXT_SHORT(key));
}

const Command command_value = {"value", read_files, compute, explain, NULL};
