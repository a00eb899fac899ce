#include "flow/engine.h"

#include "flow/command.h"

#include "stat/setup.h"

#include <inttypes.h>
#include <string.h>

static const Command *const recorded[] = {&command_assess,
                                          &command_value,
                                          &command_pool,
                                          &command_pool_size,
                                          &command_pool_compare,
                                          &command_pool_stress,
                                          &command_pool_ratios,
                                          &command_subsidy,
                                          &command_subsidy_sweep,
                                          &command_subsidy_compare,
                                          &command_subsidy_simulate,
                                          &command_subsidy_optimise,
                                          &command_subsidy_backtest,
                                          &command_model_validate,
                                          &command_model_pd,
                                          &command_model_migration,
                                          &command_model_calibrate,
                                          &command_model_fit,
                                          &command_model_score};

enum { NRECORDED = sizeof recorded / sizeof *recorded };

static const struct {
    const char *name;
    ErrCode (*run)(Job *job, Err *err);
} others[] = {
    {"model monitor", command_monitor},
    {"model export", command_export},
    {"pool replay", command_pool_replay},
    {"model bin", command_model_bin},
    {"rules check", command_rules},
    {"rules test", command_rules_test},
    {"rules list", command_rules_list},
    {"rules as-of", command_rules_as_of},
    {"rules explain", command_rules_explain},
    {"rules diff", command_rules_diff},
    {"rules coverage", command_rules_coverage},
    {"rules tck", command_tck},
    {"model logit", command_logit},
    {"explain", command_explain},
    {"ledger verify", command_verify},
    {"replay", command_replay},
    {"report", command_report},
    {"run", command_chain},
};

enum { NOTHERS = sizeof others / sizeof *others };

const Command *command_named(const char *name)
{
    for (int i = 0; i < NRECORDED; i++)
        if (strcmp(recorded[i]->name, name) == 0)
            return recorded[i];
    return NULL;
}

static ErrCode run_job(Job *job, const char *name, Err *err)
{
    ErrCode rc = OK;
    int64_t run;
    const Command *command = command_named(name);
    if (command != NULL) {
        TRY(command_record(&run, job, command, err));
        rc = command_show(job, command, err);
        if (rc == ERR_IO)
            fprintf(job->user->notes,
                    tr("the results are not all written; they are on record as "
                       "run %" PRId64 "\n"),
                    run);
        return rc;
    }
    for (int i = 0; i < NOTHERS; i++)
        if (strcmp(others[i].name, name) == 0)
            return others[i].run(job, err);
    rc = FAIL(err, ERR_USAGE, "no command '%s'", name);
done:
    return rc;
}

ErrCode engine_run(size_t *rejected, const char *command,
                   const EngineOption options[], size_t n,
                   const EngineUser *user, Err *err)
{
    ErrCode rc = OK;
    Job job = {0};
    stat_setup();
    *rejected = 0;
    TRY(job_open(&job, options, n, user, err));
    job.command = command;
    TRY(run_job(&job, command, err));
    TRY(job_keep(&job, err));
    *rejected = job.rejected;
done:
    job_close(&job);
    return rc;
}
