#include "flow/command.h"

#include "credit/stability.h"
#include "flow/scored.h"
#include "flow/validated.h"

static ErrCode read_files(Job *job, Err *err)
{
    Scored *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    return scored_read(s, job, err);
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Scored *s = job->state;
    if (s->of.month != NULL)
        TRY(stability_months(job->tables, s->of.cases.score, s->of.month,
                             s->of.cases.n, err));
    TRY(validated_tables(job, &s->of, s->samples, err));
    if (s->base == NULL)
        return OK;
    TRY(stability_tables(job->tables, s->sheet, s->base, s->named, SCORED_NAMED,
                         err));
    TRY(job_result(job, tables_find(job->tables, "stability_columns"), err));
    TRY(job_result(job, tables_find(job->tables, "stability_bins"), err));
done:
    return rc;
}

const Command command_model_validate = {"model validate", read_files, compute,
                                        NULL, NULL};
