#include "flow/command.h"
#include "flow/contracts.h"
#include "flow/queues.h"
#include "flow/scenarios.h"
#include "flow/sumcolumns.h"

/* The baseline and its scenarios: as many as a sweep has points. */
enum { POLICIES_MOST = 1001 };

typedef struct {
    Scenario *scenario; /* [n] the first is the baseline */
    size_t n;
    Table *contracts;
    Date as_of;
} Comparison;

static ErrCode read_policies(Comparison *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path, *list;
    Scenario baseline = {.name = "baseline", .label = {"现行政策", "baseline"}};
    s->scenario = arena_alloc(job->arena, POLICIES_MOST, sizeof *s->scenario);
    if (s->scenario == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for scenarios");
    TRY(job_need(&path, job, "rules", err));
    TRY(job_need(&list, job, "scenario", err));
    TRY(job_first(job, "contracts", err));
    TRY(job_policy(&baseline.policy, job, "rules", path, "subsidy", err));
    baseline.file = path;
    TRY(scenarios_read(s->scenario, &s->n, POLICIES_MOST, job, baseline, list,
                       "subsidy", err));
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    Table *all;
    Policy **policies;
    Comparison *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_as_of(&s->as_of, job, err));
    TRY(read_policies(s, job, err));
    policies = arena_alloc(job->arena, s->n, sizeof(Policy *));
    if (policies == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t k = 0; k < s->n; k++)
        policies[k] = s->scenario[k].policy;
    TRY(queues_check_year(job, policies[0], s->scenario[0].file, err));
    TRY(contracts_read(&all, job, policies, s->n, err));
    TRY(contracts_of_year(&s->contracts, job, all, err));
done:
    return rc;
}

static ErrCode put_sums(Job *job, const Comparison *s, const SubsidySum sums[],
                        const Names *payers, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *policy;
    TRY(table_new(&t, job->tables, "subsidy_compared", s->n, err));
    t->title = (Label){"各方案合计", "What each policy comes to"};
    TRY(table_add_labelled(&policy, t, "policy", TYPE_CATEGORY, "",
                           (Label){"方案", "policy"}, err));
    for (size_t k = 0; k < s->n; k++)
        policy->s[k] = s->scenario[k].name;
    TRY(sumcolumns_add(t, sums, 0, payers, err));
    TRY(job_result(job, t, err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    const Comparison *s = job->state;
    Names payers;
    Table *policies;
    const Policy **of = arena_alloc(job->arena, s->n, sizeof *of);
    SubsidySum *sums = arena_alloc(job->arena, s->n, sizeof *sums);
    if (of == NULL || sums == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t k = 0; k < s->n; k++)
        of[k] = s->scenario[k].policy;
    TRY(job_stage(job, "subsidy", 0.2, err));
    TRY(subsidy_sums(sums, &payers, s->contracts, of, s->n, s->as_of,
                     job_threads(job), err));
    TRY(put_sums(job, s, sums, &payers, err));
    TRY(scenarios_table(&policies, job, "compared_policies", s->scenario, s->n,
                        err));
    TRY(job_result(job, policies, err));
done:
    return rc;
}

const Command command_subsidy_compare = {"subsidy compare", read_files, compute,
                                         NULL, NULL};
