#include "core/outfile.h"
#include "core/text.h"
#include "data/csv.h"
#include "flow/command.h"
#include "flow/contracts.h"
#include "flow/outlooks.h"
#include "flow/queues.h"
#include "flow/scenarios.h"

#include <string.h>

static const FuturesRange futures = {10000, 1000000};

typedef struct {
    Scenario scenario[SUBSIDY_SIDES]; /* [n] the first is the baseline */
    SubsidySide side[SUBSIDY_SIDES];
    size_t n;
    Table *contracts;
    Outlook outlook;
    FuturesOptions options;
} Simulation;

static ErrCode read_options(Simulation *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    uint64_t year;
    TRY(futures_options(&s->options, job, futures, err));
    if ((job_option(job, "write") == NULL) != (job_option(job, "year") == NULL))
        return FAIL(err, ERR_USAGE,
                    "--year N and --write FILE go together: the number of a "
                    "simulated year, from 0, and where its contracts go");
    if (job_option(job, "year") != NULL) {
        TRY(job_count(&year, job, "year", 0, 0, s->options.n - 1, err));
        s->options.shown = (int64_t)year;
    }
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    Policy *policies[SUBSIDY_SIDES];
    Scenario baseline = {.name = "baseline", .label = {"现行政策", "baseline"}};
    Simulation *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(read_options(s, job, err));
    TRY(job_need(&path, job, "rules", err));
    TRY(job_first(job, "contracts", err));
    TRY(job_policy(&baseline.policy, job, "rules", path, "subsidy", err));
    baseline.file = path;
    TRY(scenarios_read(s->scenario, &s->n, SUBSIDY_SIDES, job, baseline,
                       job_option(job, "scenario"), "subsidy", err));
    TRY(outlook_of(&s->outlook, job, err));
    for (size_t k = 0; k < s->n; k++) {
        policies[k] = s->scenario[k].policy;
        s->side[k] = (SubsidySide){s->scenario[k].name, s->scenario[k].label,
                                   NULL, policies[k]};
        if (k == 0 || s->scenario[k].file != path)
            TRY(queues_check_carried(job, policies[k], s->scenario[k].file,
                                     err));
    }
    TRY(contracts_read(&s->contracts, job, policies, s->n, err));
done:
    return rc;
}

/* The policy under which a year is to be written. */
static ErrCode find_side(size_t *out, const Simulation *s, const Job *job,
                         Err *err)
{
    const char *of = job_option(job, "of");
    *out = 0;
    for (size_t k = 0; of != NULL && k < s->n; k++)
        if (strcmp(s->scenario[k].name, of) == 0) {
            *out = k;
            return OK;
        }
    return of == NULL
               ? OK
               : FAIL(err, ERR_USAGE, "--of: '%.*s' is not among the scenarios",
                      TEXT_SHORT(of));
}

/* One simulated year as a file that 'subsidy run' pays; a replay writes none.
 */
static ErrCode write_year(Job *job, const Simulation *s, Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    size_t of;
    Table *t;
    const char *path = job_option(job, "write");
    if (path == NULL || job->recorded != NULL)
        return OK;
    TRY(find_side(&of, s, job, err));
    TRY(futures_year(&t, job->tables, s->contracts, s->side, s->n, of,
                     (uint32_t)s->options.shown, &s->outlook, &s->options,
                     err));
    TRY(outfile_open(&file, path, err));
    TRY(csv_write(file.to, t, 0, err));
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}

/* What that year came to, to be held against 'subsidy run'. */
static const char *const results[] = {
    "future_basis",   "future_policies", "subsidy_outlook", "future_fits",
    "future_worths",  "future_numbers",  "future_gaming",   "future_cost",
    "future_counts",  "future_budgets",  "future_days",     "future_counties",
    "future_changes", "future_shape",    "future_years",    NULL};

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Simulation *s = job->state;
    Table *policies;
    TRY(scenarios_table(&policies, job, "future_policies", s->scenario, s->n,
                        err));
    TRY(job_stage(job, "subsidy", 0.1, err));
    TRY(futures_run(job->tables, s->contracts, s->side, s->n, &s->outlook,
                    &s->options, err));
    TRY(job_results(job, results, err));
    TRY(write_year(job, s, err));
done:
    return rc;
}

const Command command_subsidy_simulate = {"subsidy simulate", read_files,
                                          compute, NULL, NULL};
