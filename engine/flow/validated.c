#include "flow/validated.h"

#include "stat/bootstrap.h"

#include <omp.h>

static const char *const shown[] = {
    "validation_summary",     "validation_power", "validation_pair",
    "validation_calibration", "validation_tests", "validation_brier",
    "validation_grades",      "validation_gains", "validation_segments",
    "validation_months",      "stability_months", "validation_roc"};

/* Statistic k of sample j is out[k * m + j]. */
static ErrCode resample(double out[], const Job *job, const Validation *v,
                        size_t m, Err *err)
{
    const Stream stream = stream_new(job->seed, BOOTSTRAP_USE, 0);
    int failed = 0;
#pragma omp parallel num_threads(job_threads(job))
    {
        double *count = mem_new(v->cases.n, sizeof *count);
#pragma omp for schedule(dynamic)
        for (size_t j = 0; j < m; j++) {
            double stats[VALIDATION_STATS];
            if (count == NULL) {
#pragma omp atomic write
                failed = 1;
                continue;
            }
            bootstrap_draw(count, v->cases.n, stream, j);
            for (size_t i = 0; v->cases.weight != NULL && i < v->cases.n; i++)
                count[i] *= v->cases.weight[i];
            validation_stats(stats, v, count);
            for (size_t k = 0; k < VALIDATION_STATS; k++)
                out[k * m + j] = stats[k];
            if (omp_get_thread_num() == 0)
                (void)job_progress(job, "bootstrap", (double)j / (double)m);
        }
        mem_free(count);
    }
    return failed ? FAIL(err, ERR_MEMORY, "no memory for %zu cases", v->cases.n)
                  : OK;
}

/* Tables that count cases: not of weighted ones. */
static ErrCode counted(Tables *tables, const Validation *v, Err *err)
{
    ErrCode rc = OK;
    if (v->cases.weight != NULL)
        return OK;
    if (v->is_pd)
        TRY(validation_calibration(tables, v, err));
    if (v->is_pd && v->grade != NULL)
        TRY(validation_grades(tables, v, err));
    TRY(validation_gains(tables, v, err));
done:
    return rc;
}

static ErrCode parts(Tables *tables, const Validation *v, Err *err)
{
    ErrCode rc = OK;
    if (v->segment != NULL)
        TRY(validation_parts(tables, v, v->segment, "validation_segments",
                             (Label){"按细分", "By segment"}, err));
    if (v->month != NULL)
        TRY(validation_parts(tables, v, v->month, "validation_months",
                             (Label){"按月", "By month"}, err));
done:
    return rc;
}

ErrCode validated_tables(Job *job, Validation *v, size_t samples, Err *err)
{
    ErrCode rc = OK;
    Tables *tables = job->tables;
    double *drawn =
        arena_alloc(job->arena, samples * VALIDATION_STATS + 1, sizeof *drawn);
    if (drawn == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu samples", samples);
    TRY(cases_order(&v->order, job->arena, &v->cases, err));
    TRY(resample(drawn, job, v, samples, err));
    TRY(validation_power(tables, v, drawn, samples, err));
    if (v->challenger != NULL)
        TRY(validation_pair(tables, v, err));
    TRY(counted(tables, v, err));
    TRY(validation_roc(tables, v, err));
    TRY(parts(tables, v, err));
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
        const Table *t = tables_find(tables, shown[k]);
        if (t != NULL)
            TRY(job_result(job, t, err));
    }
done:
    return rc;
}
