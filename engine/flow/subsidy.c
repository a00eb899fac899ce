#include "subsidy/subsidy.h"

#include "core/outfile.h"
#include "core/text.h"
#include "data/csv.h"
#include "flow/command.h"
#include "flow/contracts.h"
#include "flow/decide.h"
#include "flow/queues.h"
#include "flow/scenarios.h"

#include <string.h>

typedef struct {
    Scenario scenario[SUBSIDY_SIDES]; /* [n] the first is the baseline */
    Table *contracts[SUBSIDY_SIDES];  /* [n] the same rows, judged by each */
    size_t n, of; /* whose rows and lists these are; 0 without --of */
    Date as_of;
} Subsidy;

static const char *const results[] = {"subsidy_policies",
                                      "subsidy_total",
                                      "subsidy_counts",
                                      "subsidy_budget",
                                      "subsidy_by_county",
                                      "subsidy_by_tier",
                                      "subsidy_by_kind",
                                      "subsidy_by_class",
                                      "subsidy_by_grade",
                                      "subsidy_changes",
                                      "subsidy_changed_firms",
                                      "subsidy_under_step",
                                      "subsidy_suspects",
                                      "subsidy_curve",
                                      "subsidy_cliffs",
                                      "subsidy_steps",
                                      NULL};

static ErrCode read_policies(Subsidy *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    Scenario baseline = {.name = "baseline", .label = {"现行政策", "baseline"}};
    TRY(job_need(&path, job, "rules", err));
    TRY(job_first(job, "contracts", err));
    TRY(job_policy(&baseline.policy, job, "rules", path, "subsidy", err));
    baseline.file = path;
    TRY(scenarios_read(s->scenario, &s->n, SUBSIDY_SIDES, job, baseline,
                       job_option(job, "scenario"), "subsidy", err));
done:
    return rc;
}

static ErrCode find_side(Subsidy *s, const Job *job, Err *err)
{
    const char *of = job_option(job, "of");
    if (of == NULL)
        return OK;
    for (s->of = 0; s->of < s->n; s->of++)
        if (strcmp(s->scenario[s->of].name, of) == 0)
            return OK;
    return FAIL(err, ERR_USAGE, "--of: '%.*s' is not among the scenarios",
                TEXT_SHORT(of));
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    Table *all;
    Policy *policies[SUBSIDY_SIDES];
    Subsidy *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_as_of(&s->as_of, job, err));
    TRY(read_policies(s, job, err));
    TRY(find_side(s, job, err));
    for (size_t k = 0; k < s->n; k++)
        policies[k] = s->scenario[k].policy;
    TRY(queues_check_year(job, policies[0], s->scenario[0].file, err));
    TRY(contracts_read(&all, job, policies, s->n, err));
    for (size_t k = 0; k < s->n; k++)
        TRY(contracts_of_year(&s->contracts[k], job, all, err));
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

/* The public notice 公示名单, the payment list 拨付清单, the waiting list
 * 候补名单, those refused 不予补助名单, what is to be returned 追回清单. */
static ErrCode write_lists(const Job *job, const Subsidy *s, Err *err)
{
    ErrCode rc = OK;
    if (job_option(job, "notice") == NULL &&
        job_option(job, "payment") == NULL &&
        job_option(job, "waiting") == NULL &&
        job_option(job, "refused") == NULL &&
        job_option(job, "returns") == NULL)
        return OK;
    TRY(subsidy_lists(job->tables, s->contracts[s->of], err));
    TRY(write_list(job, "notice", "subsidy_notice", err));
    TRY(write_list(job, "payment", "subsidy_payment", err));
    TRY(write_list(job, "waiting", "subsidy_waiting", err));
    TRY(write_list(job, "refused", "subsidy_refused", err));
    TRY(write_list(job, "returns", "subsidy_return", err));
done:
    return rc;
}

/* Every policy's payments on its own copy of the contracts. */
static ErrCode apply_all(Job *job, Subsidy *s, Err *err)
{
    ErrCode rc = OK;
    for (size_t k = 0; k < s->n; k++) {
        TRY(subsidy_apply(s->contracts[k], s->scenario[k].policy, s->as_of,
                          err));
        TRY(job_stage(job, "subsidy", 0.8 * (double)(k + 1) / (double)s->n,
                      err));
    }
done:
    return rc;
}

static ErrCode compare(Job *job, const Subsidy *s, Err *err)
{
    ErrCode rc = OK;
    SubsidySide side[SUBSIDY_SIDES];
    Table *policies;
    for (size_t k = 0; k < s->n; k++)
        side[k] = (SubsidySide){s->scenario[k].name, s->scenario[k].label,
                                s->contracts[k], s->scenario[k].policy};
    TRY(scenarios_table(&policies, job, "subsidy_policies", s->scenario, s->n,
                        err));
    TRY(subsidy_compare(job->tables, side, s->n, s->as_of, err));
    TRY(job_results(job, results, err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Subsidy *s = job->state;
    TRY(apply_all(job, s, err));
    TRY(compare(job, s, err));
    job->rows = s->contracts[s->of];
    TRY(write_lists(job, s, err));
    TRY(decide_rows(job, job->rows, FIELD_contract_id, FIELD_paid, err));
done:
    return rc;
}

static ErrCode explain(Table **out, Job *job, const char *key, Err *err)
{
    const Subsidy *s = job->state;
    const Table *t = s->contracts[s->of];
    const Policy *policy = s->scenario[s->of].policy;
    const Column *id = table_field(t, FIELD_contract_id);
    size_t row = 0;
    while (row < t->rows && strcmp(id->s[row], key) != 0)
        row++;
    if (row == t->rows)
        return FAIL(err, ERR_USAGE, "no contract '%.*s' in that run",
                    TEXT_SHORT(key));
    ErrCode rc =
        policy_explain(out, job->tables, policy, t, row, s->as_of, err);
    if (rc == OK)
        rc = subsidy_explain(*out, policy, t, row, s->as_of, err);
    return rc != OK ? rc : policy_differ(*out, policy, t, row, s->as_of, err);
}

const Command command_subsidy = {"subsidy run", read_files, compute, explain,
                                 NULL};
