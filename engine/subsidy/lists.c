#include "subsidy/claims.h"
#include "subsidy/numbers.h"
#include "subsidy/subsidy.h"

#include <stdio.h>
#include <string.h>

/* Rows of the contracts that a list shows, in its order. */
typedef struct {
    const Table *from;
    Table *to;
    const uint32_t *rows;
    size_t n;
} List;

/* Copy a column that is there, with its label. */
static ErrCode copy(List *list, const char *name, Err *err)
{
    Column *to;
    const Column *from = table_find(list->from, name);
    if (from == NULL)
        return OK;
    ErrCode rc = table_add_labelled(&to, list->to, from->name, from->type,
                                    from->unit, from->label, err);
    if (rc != OK)
        return rc;
    for (size_t j = 0; j < list->n; j++)
        to->i[j] = from->i[list->rows[j]]; /* eight bytes, whatever they are */
    return OK;
}

static ErrCode copy_named(List *list, const char *const names[], size_t n,
                          Err *err)
{
    ErrCode rc = OK;
    for (size_t k = 0; k < n; k++)
        TRY(copy(list, names[k], err));
done:
    return rc;
}

static ErrCode open_list(List *out, Tables *tables, const Table *from,
                         const char *name, Label title, const uint32_t rows[],
                         size_t n, Err *err)
{
    *out = (List){.from = from, .rows = rows, .n = n};
    ErrCode rc = table_new(&out->to, tables, name, n, err);
    if (rc == OK)
        out->to->title = title;
    return rc;
}

/* The rows in line that are paid. */
static size_t select_paid(uint32_t out[], const uint32_t line[], const Table *t)
{
    const Column *paid = table_field(t, FIELD_paid);
    size_t n = 0;
    for (size_t j = 0; j < t->rows; j++)
        if (paid->i[line[j]] > 0)
            out[n++] = line[j];
    return n;
}

/* The rows in line that a budget cut. */
static size_t select_waiting(uint32_t out[], const uint32_t line[],
                             const Table *t)
{
    const Column *cut = table_field(t, FIELD_cut_by_budget);
    size_t n = 0;
    for (size_t j = 0; j < t->rows; j++)
        if (cut->i[line[j]] > 0)
            out[n++] = line[j];
    return n;
}

/* The rows in line that went no further. */
static size_t select_refused(uint32_t out[], const uint32_t line[],
                             const Table *t)
{
    const Column *refusal = table_find(t, "refusal");
    size_t n = 0;
    for (size_t j = 0; j < t->rows; j++)
        if (refusal->s[line[j]] != NULL)
            out[n++] = line[j];
    return n;
}

/* The rows in line of which something is to be returned. */
static size_t select_returned(uint32_t out[], const uint32_t line[],
                              const Table *t)
{
    const Column *amount = table_find(t, "to_return");
    size_t n = 0;
    for (size_t j = 0; j < t->rows && amount != NULL; j++)
        if (amount->i[line[j]] > 0)
            out[n++] = line[j];
    return n;
}

/* "paid_P" beside a "cut_P". */
static int is_payer_column(const Table *t, const char *name)
{
    static const char start[] = "paid_";
    char cut[96];
    if (strncmp(name, start, strlen(start)) != 0)
        return 0;
    snprintf(cut, sizeof cut, "cut_%s", name + strlen(start));
    return table_find(t, cut) != NULL;
}

/* Sums of a column over the contracts of each firm. */
static ErrCode sum_firms(List *list, const Column *from, const uint32_t row[],
                         const uint32_t firm[], size_t n, Err *err)
{
    Column *to;
    ErrCode rc = table_add_labelled(&to, list->to, from->name, from->type,
                                    from->unit, from->label, err);
    if (rc != OK)
        return rc;
    for (size_t j = 0; j < n; j++)
        to->i[firm[j]] += from->i[row[j]];
    return OK;
}

/* A row for each firm among row[n], in the order of its first contract. */
static ErrCode list_payments(Tables *tables, const Table *t,
                             const uint32_t row[], size_t n, Arena *scratch,
                             Err *err)
{
    ErrCode rc = OK;
    static const char *const names[] = {"firm_id", "firm_name", "county"};
    const Column *id = table_field(t, FIELD_firm_id);
    uint32_t *firm = arena_alloc(scratch, n, sizeof *firm);
    uint32_t *first = arena_alloc(scratch, n, sizeof *first);
    Numbers numbers;
    List list;
    Column *contracts;
    TRY(numbers_open(&numbers, scratch, n, err));
    if (firm == NULL || first == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t j = 0; j < n; j++) {
        int is_new;
        firm[j] = numbers_put(&numbers, id->s[row[j]], &is_new);
        if (is_new)
            first[firm[j]] = row[j];
    }
    TRY(open_list(&list, tables, t, "subsidy_payment",
                  (Label){"拨付清单", "Payments"}, first, numbers.n, err));
    TRY(copy_named(&list, names, sizeof names / sizeof *names, err));
    TRY(table_add(&contracts, list.to, "contracts", TYPE_COUNT, "", err));
    contracts->label = (Label){"合同数", "contracts"};
    for (size_t j = 0; j < n; j++)
        contracts->i[firm[j]]++;
    for (size_t k = 0; k < t->n; k++)
        if (is_payer_column(t, t->columns[k]->name))
            TRY(sum_firms(&list, t->columns[k], row, firm, n, err));
    TRY(sum_firms(&list, table_field(t, FIELD_paid), row, firm, n, err));
done:
    return rc;
}

/* "cut_P" of every payer P, where there is such a column. */
static ErrCode copy_payers(List *list, const Table *t, const char *start,
                           Err *err)
{
    ErrCode rc = OK;
    char name[96];
    for (size_t k = 0; k < t->n; k++) {
        if (!is_payer_column(t, t->columns[k]->name))
            continue;
        snprintf(name, sizeof name, "%s_%s", start,
                 t->columns[k]->name + strlen("paid_"));
        TRY(copy(list, name, err));
    }
done:
    return rc;
}

/* What each payer still owes of the claims that its budget cut. */
static ErrCode list_waiting(Tables *tables, const Table *t,
                            const uint32_t row[], size_t n, Err *err)
{
    ErrCode rc = OK;
    static const char *const names[] = {
        "contract_id", "firm_id",       "firm_name", "county",
        "score",       "registered_on", "claimed",   "paid"};
    List list;
    TRY(open_list(&list, tables, t, "subsidy_waiting",
                  (Label){"候补名单", "Waiting list"}, row, n, err));
    TRY(copy_named(&list, names, sizeof names / sizeof *names, err));
    TRY(copy_payers(&list, t, "cut", err));
    TRY(copy(&list, "cut_by_budget", err));
done:
    return rc;
}

/* What is to be returned, and to whom. */
static ErrCode list_returned(Tables *tables, const Table *t,
                             const uint32_t row[], size_t n, Err *err)
{
    ErrCode rc = OK;
    static const char *const names[] = {
        "contract_id",   "firm_id", "firm_name", "county",
        "registered_on", "paid",    "clawback",  "to_return"};
    List list;
    TRY(open_list(&list, tables, t, "subsidy_return",
                  (Label){"追回清单", "To be returned"}, row, n, err));
    TRY(copy_named(&list, names, sizeof names / sizeof *names, err));
    TRY(copy_payers(&list, t, "return", err));
done:
    return rc;
}

static ErrCode need_columns(const Table *t, Err *err)
{
    static const char *const names[] = {"contract_id",   "firm_id",
                                        "registered_on", "paid",
                                        "refusal",       "cut_by_budget"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (table_find(t, names[k]) == NULL)
            return FAIL(err, ERR_INPUT,
                        "the contracts have not been through a subsidy "
                        "policy: '%s' is missing",
                        names[k]);
    return OK;
}

static ErrCode make_lists(Tables *tables, const Table *t, Arena *scratch,
                          Err *err)
{
    ErrCode rc = OK;
    static const char *const notice[] = {
        "contract_id", "registry_no",   "firm_id", "firm_name", "county",
        "kind",        "registered_on", "claimed", "paid"};
    static const char *const refused[] = {"contract_id", "firm_id", "firm_name",
                                          "claimed",     "refusal", "reasons"};
    List list;
    uint32_t *line = arena_alloc(scratch, t->rows, sizeof *line);
    uint32_t *rows = arena_alloc(scratch, t->rows, sizeof *rows);
    if (line == NULL || rows == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(claims_line_up(line, scratch, table_field(t, FIELD_registered_on)->i,
                       table_field(t, FIELD_contract_id)->s, t->rows, err));
    size_t n = select_refused(rows, line, t);
    TRY(open_list(&list, tables, t, "subsidy_refused",
                  (Label){"不予补助名单", "Refused"}, rows, n, err));
    TRY(copy_named(&list, refused, sizeof refused / sizeof *refused, err));
    n = select_paid(rows, line, t);
    TRY(open_list(&list, tables, t, "subsidy_notice",
                  (Label){"公示名单", "Public notice"}, rows, n, err));
    TRY(copy_named(&list, notice, sizeof notice / sizeof *notice, err));
    TRY(list_payments(tables, t, rows, n, scratch, err));
    n = select_waiting(rows, line, t);
    TRY(list_waiting(tables, t, rows, n, err));
    n = select_returned(rows, line, t);
    TRY(list_returned(tables, t, rows, n, err));
done:
    return rc;
}

ErrCode subsidy_lists(Tables *tables, const Table *contracts, Err *err)
{
    ErrCode rc = OK;
    Arena *scratch = arena_new();
    if (scratch == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(need_columns(contracts, err));
    TRY(make_lists(tables, contracts, scratch, err));
done:
    arena_free(scratch);
    return rc;
}
