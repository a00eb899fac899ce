#include "subsidy/subsidy.h"

#include "core/outfile.h"
#include "core/text.h"
#include "data/csv.h"
#include "flow/columns.h"
#include "flow/command.h"
#include "flow/decide.h"
#include "flow/pick.h"

#include <string.h>

typedef struct {
    Policy *policy, *reform; /* reform: the policy under --scenario, or NULL */
    Table *contracts, *changed; /* the same rows, judged by each */
    Date as_of;
} Subsidy;

static const char *const results[] = {"subsidy_total",
                                      "subsidy_counts",
                                      "subsidy_budget",
                                      "subsidy_by_county",
                                      "subsidy_by_tier",
                                      "subsidy_by_kind",
                                      "subsidy_changes",
                                      "subsidy_under_step",
                                      "subsidy_curve",
                                      "subsidy_steps",
                                      NULL};

/* The rows registered in --year. */
static ErrCode only_year(Table **out, Job *job, const Table *t, Err *err)
{
    ErrCode rc = OK;
    uint64_t year;
    const Column *day;
    size_t n = 0;
    size_t *rows = arena_alloc(job->arena, t->rows + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu contracts", t->rows);
    TRY(job_count(&year, job, "year", 0, 1, 9999, err));
    TRY(table_need(&day, t, FIELD_registered_on, "subsidy run", err));
    for (size_t i = 0; i < t->rows; i++)
        if (year == 0 ||
            (day->i[i] != NULL_INT &&
             date_parts((Date){(int32_t)day->i[i]}).year == (int)year))
            rows[n++] = i;
    if (n == 0 && t->rows > 0)
        TRY(FAIL(err, ERR_USAGE, "--year: no contract of %s is of %d", t->file,
                 (int)year));
    TRY(pick_rows(out, t->owner, t, "contracts", rows, n, err));
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path, *scenario = job_option(job, "scenario");
    Table *all;
    CsvColumn *extra;
    size_t n;
    Subsidy *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_as_of(&s->as_of, job, err));
    TRY(job_need(&path, job, "rules", err));
    TRY(job_first(job, "contracts", err));
    TRY(job_policy(&s->policy, job, "rules", path, "subsidy", err));
    TRY(columns_of(&extra, &n, job->arena, &(Rulebook){&s->policy, 1}, err));
    TRY(job_table(&all, job,
                  (JobTable){"contracts", "contracts", "map", extra, n}, err));
    TRY(only_year(&s->contracts, job, all, err));
    TRY(columns_check(job, s->contracts, s->policy, err));
    TRY(job_faults(job, ERR_RULE, s->contracts->file, err));
    if (scenario != NULL) {
        TRY(only_year(&s->changed, job, all, err));
        rc = policy_scenario(&s->reform, s->policy, scenario, job->faults, err);
        TRY(job_found(job, rc, ERR_RULE, path, err));
    }
done:
    return rc;
}

/* A list as a file of its own that spreadsheets open, where the user names
 * one; a replay writes none. */
static ErrCode write_list(const Job *job, const char *option, const char *name,
                          Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    const char *path = job_option(job, option);
    if (path == NULL || job->recorded != NULL)
        return OK;
    TRY(outfile_open(&file, path, err));
    TRY(csv_write(file.to, tables_find(job->tables, name), 1, err));
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}

/* The public notice 公示名单 and the payment list 拨付清单. */
static ErrCode write_lists(const Job *job, const Subsidy *s, Err *err)
{
    ErrCode rc = OK;
    if (job_option(job, "notice") == NULL && job_option(job, "payment") == NULL)
        return OK;
    TRY(subsidy_lists(job->tables, s->contracts, err));
    TRY(write_list(job, "notice", "subsidy_notice", err));
    TRY(write_list(job, "payment", "subsidy_payment", err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Subsidy *s = job->state;
    TRY(subsidy_apply(s->contracts, s->policy, s->as_of, err));
    TRY(job_stage(job, "subsidy", 0.4, err));
    if (s->reform != NULL)
        TRY(subsidy_apply(s->changed, s->reform, s->as_of, err));
    TRY(job_stage(job, "subsidy", 0.8, err));
    TRY(subsidy_compare(job->tables, s->contracts, s->changed, s->policy,
                        s->reform, s->as_of, err));
    for (size_t i = 0; results[i] != NULL; i++) {
        const Table *t = tables_find(job->tables, results[i]);
        if (t != NULL)
            TRY(job_result(job, t, err));
    }
    job->rows = s->contracts;
    TRY(write_lists(job, s, err));
    TRY(decide_rows(job, s->contracts, FIELD_contract_id, FIELD_paid, err));
done:
    return rc;
}

static ErrCode explain(Table **out, Job *job, const char *key, Err *err)
{
    Subsidy *s = job->state;
    const Column *id = table_field(s->contracts, FIELD_contract_id);
    for (size_t i = 0; id != NULL && i < s->contracts->rows; i++)
        if (strcmp(id->s[i], key) == 0) {
            ErrCode rc = policy_explain(out, job->tables, s->policy,
                                        s->contracts, i, s->as_of, err);
            if (rc == OK)
                rc = subsidy_explain(*out, s->policy, s->contracts, i, s->as_of,
                                     err);
            return rc != OK ? rc
                            : policy_differ(*out, s->policy, s->contracts, i,
                                            s->as_of, err);
        }
    return FAIL(err, ERR_USAGE, "no contract '%.*s' in that run",
                TEXT_SHORT(key));
}

const Command command_subsidy = {"subsidy run", read_files, compute, explain,
                                 NULL};
