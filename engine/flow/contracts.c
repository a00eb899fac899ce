#include "flow/contracts.h"

#include "flow/columns.h"
#include "flow/pick.h"
#include "flow/queues.h"

ErrCode contracts_read(Table **out, Job *job, Policy *const policies[],
                       size_t n, Err *err)
{
    ErrCode rc = OK;
    CsvColumn *extra;
    size_t n_extra;
    Policy **all = arena_alloc(job->arena, n, sizeof *all);
    if (all == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t k = 0; k < n; k++)
        all[k] = policies[k];
    TRY(columns_of(&extra, &n_extra, job->arena, &(Rulebook){all, n}, err));
    TRY(job_table(out, job,
                  (JobTable){"contracts", "contracts", "map", extra, n_extra},
                  err));
    for (size_t k = 0; k < n; k++) {
        TRY(columns_check(job, *out, policies[k], err));
        TRY(queues_check(job, *out, policies[k], err));
    }
    TRY(job_faults(job, ERR_RULE, (*out)->file, err));
done:
    return rc;
}

ErrCode contracts_of_year(Table **out, Job *job, const Table *t, Err *err)
{
    ErrCode rc = OK;
    uint64_t year;
    const Column *day;
    size_t n = 0;
    size_t *rows = arena_alloc(job->arena, t->rows + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu contracts", t->rows);
    TRY(job_count(&year, job, "year", 0, 1, 9999, err));
    TRY(table_need(&day, t, FIELD_registered_on, "subsidy run", err));
    for (size_t i = 0; i < t->rows; i++)
        if (year == 0 ||
            (day->i[i] != NULL_INT &&
             date_parts((Date){(int32_t)day->i[i]}).year == (int)year))
            rows[n++] = i;
    if (n == 0 && t->rows > 0)
        TRY(FAIL(err, ERR_USAGE, "--year: no contract of %s is of %d", t->file,
                 (int)year));
    TRY(pick_rows(out, t->owner, t, "contracts", rows, n, err));
done:
    return rc;
}
