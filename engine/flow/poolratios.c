#include "flow/command.h"

#include "core/text.h"
#include "flow/rulebook.h"
#include "pool/ratios.h"

#include <string.h>

static ErrCode read_liability(PoolRatios *s, const Job *job, Err *err)
{
    const char *text = job_option(job, "liability");
    if (text == NULL || strcmp(text, "share") == 0)
        return OK;
    if (strcmp(text, "whole") != 0)
        return FAIL(err, ERR_USAGE,
                    "--liability: '%.*s' is neither share (of the principal, "
                    "by covered_share) nor whole",
                    TEXT_SHORT(text));
    s->is_whole = 1;
    return OK;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    Table *portfolio;
    Policy *weights, *ratios;
    PoolRatios *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(read_liability(s, job, err));
    TRY(job_need(&path, job, "guarantor", err));
    TRY(job_table(&portfolio, job,
                  (JobTable){"portfolio", "portfolio", "map", NULL, 0}, err));
    s->portfolio = portfolio;
    TRY(job_doc(&s->guarantor, job, "guarantor", path, err));
    TRY(rulebook_one(&weights, job, "weights", "eligibility", err));
    TRY(rulebook_one(&ratios, job, "rules", "eligibility", err));
    s->weights = weights;
    s->ratios = ratios;
done:
    return rc;
}

/* A size that no loan has leaves every weight at 100%. */
static ErrCode warn_of_sizes(const Job *job, const PoolRatios *s, Err *err)
{
    if (table_field(s->portfolio, FIELD_firm_size) != NULL)
        return OK;
    return faults_add(
        job->faults,
        (Fault){.file = s->portfolio->file,
                .problem = tr("without firm_size no loan has the weight of a "
                              "small firm: what is guaranteed counts whole, "
                              "and the limit is that of other guarantors"),
                .is_warning = 1},
        err);
}

static ErrCode compute(Job *job, Err *err)
{
    static const char *const results[] = {"pool_ratio_summary", "pool_ratios",
                                          "pool_ratio_customers",
                                          "pool_ratio_rules", NULL};
    ErrCode rc = OK;
    const PoolRatios *s = job->state;
    TRY(warn_of_sizes(job, s, err));
    rc = pool_ratios(job->tables, s, job->faults, err);
    TRY(job_found(job, rc, ERR_INPUT, s->portfolio->file, err));
    TRY(job_results(job, results, err));
done:
    return rc;
}

const Command command_pool_ratios = {"pool ratios", read_files, compute, NULL,
                                     NULL};
