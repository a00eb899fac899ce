#include "flow/poolrun.h"

static const char ruins[] = "0.1,0.05,0.01,0.005,0.001";

/* Faults of the list are told before anything is computed. */
static ErrCode read_sizing(PoolSizing *out, Job *job, Err *err)
{
    double *values;
    const char **texts;
    ErrCode rc =
        poolrun_shares(&values, &texts, &out->n, job, "ruin", ruins, err);
    out->party = job_option(job, "party");
    out->ruins = rc == OK ? texts : NULL;
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *scheme;
    PoolSizing sizing;
    TRY(job_need(&scheme, job, "scheme", err));
    TRY(read_sizing(&sizing, job, err));
    TRY(poolrun_read(job, err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    static const char *const results[] = {"pool_size_now", "pool_size",
                                          "pool_size_fee", "pool_size_curve",
                                          "history_rates", NULL};
    ErrCode rc = OK;
    PoolRun *s = job->state;
    PoolSizing sizing;
    TRY(read_sizing(&sizing, job, err));
    rc = pool_size(job->tables, s->portfolio, s->factors, s->scheme,
                   &s->options, &sizing, job->faults, err);
    TRY(job_found(job, rc, ERR_INPUT, s->portfolio->file, err));
    TRY(job_results(job, results, err));
done:
    return rc;
}

const Command command_pool_size = {"pool size", read_files, compute, NULL,
                                   NULL};
