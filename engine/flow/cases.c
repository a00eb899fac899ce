#include "flow/cases.h"

#include "credit/credit.h"
#include "credit/value.h"
#include "flow/columns.h"
#include "flow/pick.h"
#include "flow/rulebook.h"
#include "subsidy/subsidy.h"

#include <string.h>

ErrCode cases_policy(Policy **out, Job *job, const char *path, Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    TRY(job_doc(&root, job, "rules", path, err));
    rc = policy_read(out, job->arena, job->tables->texts, root, job->faults,
                     err);
    rc = job_found(job, rc, ERR_RULE, path, err);
done:
    return rc;
}

static int is_kind(const Policy *p, const char *kind)
{
    return strcmp(policy_head(p)->kind, kind) == 0;
}

static const char *table_of(const Policy *p)
{
    return is_kind(p, "subsidy") ? "contracts"
           : is_kind(p, "value") ? "ip_rights"
                                 : "applications";
}

static ErrCode add_rights(Job *job, Table *applications, Err *err)
{
    ErrCode rc = OK;
    Policy *policy;
    Table *rights;
    CsvColumn *extra;
    Date day;
    size_t n;
    if (job_option(job, "ip-rights") == NULL)
        return OK;
    TRY(job_as_of(&day, job, err));
    TRY(rulebook_one(&policy, job, "value-rules", "value", err));
    TRY(columns_of(&extra, &n, job->arena, &(Rulebook){&policy, 1}, err));
    TRY(job_table(&rights, job,
                  (JobTable){"ip-rights", "ip_rights", "ip-map", extra, n},
                  err));
    TRY(value_apply(rights, applications, policy, day, err));
done:
    return rc;
}

/* Rows of the policy's own product; all where the file has none of them. */
static ErrCode only_product(Table **out, Job *job, const Table *t,
                            const char *id, Err *err)
{
    size_t n = 0;
    const Column *product = table_field(t, FIELD_product);
    size_t *rows = arena_alloc(job->arena, t->rows + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", t->rows);
    for (size_t i = 0; product != NULL && i < t->rows; i++)
        if (product->s[i] != NULL && strcmp(product->s[i], id) == 0)
            rows[n++] = i;
    for (size_t i = 0; n == 0 && i < t->rows; i++)
        rows[i] = i;
    return pick_rows(out, t->owner, t, t->name, rows, n > 0 ? n : t->rows, err);
}

ErrCode cases_read(Table **out, Job *job, Policy *policies[], size_t n,
                   Err *err)
{
    ErrCode rc = OK;
    Table *all;
    CsvColumn *extra;
    size_t m;
    Rulebook book = {policies, n};
    TRY(columns_of(&extra, &m, job->arena, &book, err));
    TRY(job_table(&all, job,
                  (JobTable){"cases", table_of(policies[0]), "map", extra, m},
                  err));
    if (is_kind(policies[0], "credit") || is_kind(policies[0], "eligibility"))
        TRY(add_rights(job, all, err));
    TRY(only_product(out, job, all, policy_head(policies[0])->id, err));
    for (size_t i = 0; i < n; i++)
        TRY(columns_check(job, *out, policies[i], err));
    TRY(job_faults(job, ERR_RULE, (*out)->file, err));
done:
    return rc;
}

ErrCode cases_dated(const Job *job, const Policy *policy, Err *err)
{
    if (policy_head(policy)->date_used != NULL ||
        job_option(job, "as-of") != NULL)
        return OK;
    return FAIL(err, ERR_USAGE,
                "'%s' judges no row by a date of its own; give --as-of DATE",
                policy_head(policy)->id);
}

ErrCode cases_judge(Table *rows, const Policy *policy, Date as_of, Err *err)
{
    if (is_kind(policy, "subsidy"))
        return subsidy_apply(rows, policy, as_of, err);
    if (is_kind(policy, "credit"))
        return credit_apply(rows, policy, as_of, err);
    return policy_apply(rows, policy, as_of, err);
}

ErrCode cases_copy(Table **out, const Table *rows, Err *err)
{
    size_t *all = arena_alloc(rows->owner->arena, rows->rows + 1, sizeof *all);
    if (all == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", rows->rows);
    for (size_t i = 0; i < rows->rows; i++)
        all[i] = i;
    return pick_rows(out, rows->owner, rows, rows->name, all, rows->rows, err);
}

const Column *cases_id(const Table *rows)
{
    static const Field ids[] = {FIELD_contract_id, FIELD_application_id,
                                FIELD_ip_id, FIELD_firm_id};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (table_field(rows, ids[i]) != NULL)
            return table_field(rows, ids[i]);
    return NULL;
}

static int64_t amount_of(const Table *t, Field field, size_t row)
{
    const Column *c = table_field(t, field);
    return c == NULL ? NULL_INT : c->i[row];
}

static const char *paid_or_not(const Table *t, size_t row)
{
    const Column *refusal = table_find(t, "refusal");
    if (refusal != NULL && refusal->s[row] != NULL)
        return refusal->s[row];
    return amount_of(t, FIELD_paid, row) > 0 ? "paid" : "unpaid";
}

CaseResult cases_result(const Table *t, size_t row)
{
    const Column *outcome = table_field(t, FIELD_outcome);
    const Column *eligible = table_field(t, FIELD_eligible);
    if (table_field(t, FIELD_paid) != NULL)
        return (CaseResult){paid_or_not(t, row), amount_of(t, FIELD_paid, row)};
    if (outcome != NULL)
        return (CaseResult){outcome->s[row] ? outcome->s[row] : "untold",
                            amount_of(t, FIELD_credit_limit, row)};
    if (eligible == NULL || eligible->i[row] == NULL_INT)
        return (CaseResult){"untold", NULL_INT};
    return (CaseResult){eligible->i[row] ? "eligible" : "ineligible",
                        amount_of(t, FIELD_pledge_value, row)};
}
