#include "flow/outlooks.h"

enum { FUTURES_LEAST = 100, YEARS_MOST = 50 };

ErrCode outlook_of(Outlook *out, Job *job, Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    const char *path = job_option(job, "outlook");
    *out = OUTLOOK_PLAIN;
    if (path == NULL)
        return OK;
    TRY(job_doc(&root, job, "outlook", path, err));
    rc = outlook_read(out, job->tables, root, job->faults, err);
    TRY(job_found(job, rc, ERR_RULE, path, err));
done:
    return rc;
}

ErrCode futures_options(FuturesOptions *out, Job *job, FuturesRange range,
                        Err *err)
{
    ErrCode rc = OK;
    uint64_t n, years;
    FuturesOptions o = {.threads = job_threads(job), .shown = -1};
    TRY(job_count(&n, job, "futures", range.otherwise, FUTURES_LEAST,
                  range.most, err));
    TRY(job_count(&years, job, "years", 1, 1, YEARS_MOST, err));
    TRY(job_count(&o.seed, job, "seed", 1, 0, UINT64_MAX, err));
    TRY(job_as_of(&o.as_of, job, err));
    o.n = (uint32_t)n;
    o.years = (int)years;
    job->seed = o.seed;
    *out = o;
done:
    return rc;
}
