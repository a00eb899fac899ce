#include "flow/contracts.h"

#include "flow/columns.h"
#include "flow/pick.h"
#include "flow/queues.h"
#include "subsidy/numbers.h"

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

static int year_of(const Column *day, size_t i)
{
    return day->i[i] == NULL_INT ? 0
                                 : date_parts((Date){(int32_t)day->i[i]}).year;
}

/* Contracts of the year whose registry number stands under one of an earlier
 * year: second registrations that the year alone does not show. */
static ErrCode mark_known(Table *of_year, const size_t rows[], const Table *all,
                          const Column *day, int year, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Column *registry = table_field(all, FIELD_registry_no);
    Column *before;
    Numbers numbers;
    int is_new;
    if (registry == NULL)
        return OK;
    TRY(numbers_open(&numbers, arena, all->rows + 1, err));
    for (size_t i = 0; i < all->rows; i++)
        if (registry->s[i] != NULL && year_of(day, i) < year)
            (void)numbers_put(&numbers, registry->s[i], &is_new);
    const uint32_t known = numbers.n;
    if (known == 0)
        return OK;
    TRY(table_add_field(&before, of_year, FIELD_registered_before, err));
    for (size_t j = 0; j < of_year->rows; j++)
        before->i[j] =
            registry->s[rows[j]] != NULL &&
            numbers_put(&numbers, registry->s[rows[j]], &is_new) < known;
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
        if (year == 0 || year_of(day, i) == (int)year)
            rows[n++] = i;
    if (n == 0 && t->rows > 0)
        TRY(FAIL(err, ERR_USAGE, "--year: no contract of %s is of %d", t->file,
                 (int)year));
    TRY(pick_rows(out, t->owner, t, "contracts", rows, n, err));
    if (year > 0)
        TRY(mark_known(*out, rows, t, day, (int)year, job->arena, err));
done:
    return rc;
}
