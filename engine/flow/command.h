/* command.h - what every command of the engine is made of. */
#ifndef FLOW_COMMAND_H
#define FLOW_COMMAND_H

#include "flow/job.h"

/*
 * read     files and options into job->state; draws nothing, decides nothing.
 * compute  results, rows and decisions from the state.
 * explain  one key of a recorded run step by step; NULL where rows have none.
 * json     the results in a literal contract of their own; NULL: by table.
 */
typedef struct {
    const char *name;
    ErrCode (*read)(Job *job, Err *err);
    ErrCode (*compute)(Job *job, Err *err);
    ErrCode (*explain)(Table **out, Job *job, const char *key, Err *err);
    ErrCode (*json)(FILE *to, const Job *job, Err *err);
} Command;

/* Commands whose runs the ledger keeps. */
extern const Command command_assess, command_value, command_pool,
    command_pool_size, command_pool_compare, command_pool_stress,
    command_pool_ratios, command_subsidy, command_subsidy_sweep,
    command_subsidy_compare, command_subsidy_simulate, command_subsidy_optimise,
    command_model_validate, command_model_pd, command_model_migration,
    command_model_calibrate, command_model_fit, command_model_score;

extern const Command command_subsidy_backtest;

/* The command a ledger row names; NULL when there is none. */
const Command *command_named(const char *name);

/* Commands that look at runs or files and record nothing. */
MUST_USE ErrCode command_replay(Job *job, Err *err);
MUST_USE ErrCode command_explain(Job *job, Err *err);
MUST_USE ErrCode command_verify(Job *job, Err *err);
MUST_USE ErrCode command_rules(Job *job, Err *err);
MUST_USE ErrCode command_rules_checked(Job *job, Err *err); /* no output */
MUST_USE ErrCode command_rules_list(Job *job, Err *err);
MUST_USE ErrCode command_rules_as_of(Job *job, Err *err);
MUST_USE ErrCode command_rules_test(Job *job, Err *err);
MUST_USE ErrCode command_rules_explain(Job *job, Err *err);
MUST_USE ErrCode command_rules_diff(Job *job, Err *err);
MUST_USE ErrCode command_rules_coverage(Job *job, Err *err);
MUST_USE ErrCode command_tck(Job *job, Err *err);   /* "rules tck" */
MUST_USE ErrCode command_logit(Job *job, Err *err); /* "model logit" */
MUST_USE ErrCode command_model_bin(Job *job, Err *err);
MUST_USE ErrCode command_export(Job *job, Err *err); /* "model export" */
MUST_USE ErrCode command_pool_replay(Job *job, Err *err);
MUST_USE ErrCode command_report(Job *job, Err *err);
MUST_USE ErrCode command_monitor(Job *job, Err *err); /* "model monitor" */
MUST_USE ErrCode command_chain(Job *job, Err *err);   /* "run" */

/* Read, compute and record a job, or find it in the ledger; results stand in
 * the job either way.  *run is its number. */
MUST_USE ErrCode command_record(int64_t *run, Job *job, const Command *command,
                                Err *err);

/* The results as the user asked for them. */
MUST_USE ErrCode command_show(const Job *job, const Command *command, Err *err);

/* Rows and results into the folder that the user named, if any; no file that
 * was read is written to (ERR_USAGE).  command_show() does so first. */
MUST_USE ErrCode command_tables(const Job *job, Err *err);

/* "kedan explain A000017 --day 2025-01-01", without options that say only how
 * and where to show a run when `plain`; NULL without memory. */
const char *command_line(const Job *job, int plain);

/* Does an option say where and how to show a run, not what it is? */
int command_shows(const char *option);

/* Open the job's ledger: --ledger, or kedan.db in the working folder. */
MUST_USE ErrCode command_ledger(Ledger **out, const Job *job, LedgerMode mode,
                                Err *err);

/* What a job leaves in the ledger; texts live in its arena. */
MUST_USE ErrCode command_keep(LedgerRun *out, Job *job, const Command *command,
                              Err *err);

#endif
