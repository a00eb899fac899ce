#include "pool/customers.h"

#include "core/exact.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* Columns of the portfolio; NULL: it has none. */
typedef struct {
    const Column *firm, *outstanding, *share, *size, *kind, *group;
} Columns;

/* A loan as it is put in order. */
typedef struct {
    const char *firm, *kind;
    uint32_t row;
} Loan;

static const char *text_at(const Column *c, size_t row)
{
    return c == NULL ? NULL : c->s[row];
}

static int by_firm(const void *a, const void *b)
{
    const Loan *x = a, *y = b;
    int order = strcmp(x->firm, y->firm);
    if (order == 0)
        order = strcmp(x->kind, y->kind);
    return order != 0 ? order : x->row < y->row ? -1 : 1;
}

static ErrCode find_columns(Columns *c, const Table *t, Err *err)
{
    ErrCode rc = OK;
    static const char who[] = "the ratios";
    TRY(table_need(&c->firm, t, FIELD_firm_id, who, err));
    TRY(table_need(&c->outstanding, t, FIELD_outstanding, who, err));
    TRY(column_check_sum(t, c->outstanding, err));
    c->share = table_field(t, FIELD_covered_share);
    c->size = table_field(t, FIELD_firm_size);
    c->kind = table_field(t, FIELD_guarantee_kind);
    c->group = table_field(t, FIELD_group_id);
done:
    return rc;
}

/* What is guaranteed of a loan, to the fen. */
static int64_t guaranteed(const Columns *c, size_t row, int is_whole)
{
    int64_t fen = c->outstanding->i[row];
    int64_t share = c->share == NULL ? NULL_INT : c->share->i[row];
    if (fen == NULL_INT || fen < 0)
        return 0;
    return is_whole || share == NULL_INT
               ? fen
               : (int64_t)exact_divide((Exact)fen * share, RATIO_ONE);
}

static ErrCode sort_loans(Loan **out, Arena *arena, const Columns *c,
                          const Table *t, Err *err)
{
    Loan *loans = arena_alloc(arena, t->rows + 1, sizeof *loans);
    if (loans == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for customers");
    for (size_t i = 0; i < t->rows; i++) {
        const char *firm = text_at(c->firm, i), *kind = text_at(c->kind, i);
        loans[i] = (Loan){firm == NULL ? "" : firm, kind == NULL ? "" : kind,
                          (uint32_t)i};
    }
    qsort(loans, t->rows, sizeof *loans, by_firm);
    *out = loans;
    return OK;
}

/* The columns that weights read, filled loan by loan in order. */
typedef struct {
    Column *as_of, *balance, *customer, *size, *kind;
} Inputs;

static ErrCode new_rows(Inputs *in, Table **out, Tables *tables, size_t rows,
                        Err *err)
{
    ErrCode rc = OK;
    TRY(table_new(out, tables, "guarantees", rows, err));
    TRY(table_add(&in->as_of, *out, "as_of", TYPE_DATE, "day", err));
    TRY(table_add(&in->balance, *out, "balance", TYPE_MONEY, "fen", err));
    TRY(table_add(&in->customer, *out, "customer_balance", TYPE_MONEY, "fen",
                  err));
    TRY(table_add(&in->size, *out, "firm_size", TYPE_CATEGORY, "", err));
    TRY(table_add(&in->kind, *out, "guarantee_kind", TYPE_CATEGORY, "", err));
done:
    return rc;
}

/* One firm, one size: the first that is said. */
static ErrCode check_size(const char **size, const Guarantees *of,
                          const char *now, const Loan *loan, Tables *tables,
                          Faults *faults, Err *err)
{
    const Table *t = of->portfolio;
    if (now == NULL || *size == NULL || strcmp(now, *size) == 0) {
        *size = *size == NULL ? now : *size;
        return OK;
    }
    const char *problem = text_format(
        tables->arena, tr("firm '%.*s' is %.*s here and %.*s in another row"),
        TEXT_SHORT(loan->firm), TEXT_SHORT(now), TEXT_SHORT(*size));
    return faults_add(
        faults,
        (Fault){.file = t->file == NULL ? t->name : t->file,
                .line = t->lines == NULL ? loan->row + 1 : t->lines[loan->row],
                .problem = problem == NULL ? "" : problem,
                .way_out = tr("give all loans of a firm one firm_size")},
        err);
}

/* Where a firm's loans end. */
static size_t end_of(const Loan loans[], size_t from, size_t n)
{
    size_t end = from + 1;
    while (end < n && strcmp(loans[end].firm, loans[from].firm) == 0)
        end++;
    return end;
}

/* A row for each kind of guarantee of a firm; they begin at k->rows. */
static ErrCode add_firm(Customers *k, Inputs *in, const Columns *c,
                        const Loan loans[], size_t n, Tables *tables,
                        const Guarantees *of, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Customer *firm = &k->list[k->n];
    const char *size = NULL;
    size_t first = k->n == 0 ? 0 : firm[-1].first + firm[-1].n;
    *firm =
        (Customer){.firm = loans->firm, .group = loans->firm, .first = first};
    for (size_t i = 0; i < n; i++) {
        size_t row = loans[i].row;
        const char *group = text_at(c->group, row);
        if (i == 0 || strcmp(loans[i].kind, loans[i - 1].kind) != 0)
            firm->n++;
        size_t at = first + firm->n - 1;
        int64_t fen = guaranteed(c, row, of->is_whole);
        in->balance->i[at] += fen;
        in->kind->s[at] = text_at(c->kind, row);
        firm->in_force += fen;
        firm->group = group != NULL ? group : firm->group;
        TRY(check_size(&size, of, text_at(c->size, row), &loans[i], tables,
                       faults, err));
    }
    for (size_t at = first; at < first + firm->n; at++) {
        in->customer->i[at] = firm->in_force;
        in->size->s[at] = size;
    }
    k->n++;
done:
    return rc;
}

static size_t count_rows(const Loan loans[], size_t n)
{
    size_t rows = 0;
    for (size_t i = 0; i < n; i++)
        rows += i == 0 || strcmp(loans[i].firm, loans[i - 1].firm) != 0 ||
                strcmp(loans[i].kind, loans[i - 1].kind) != 0;
    return rows;
}

/* What the weights put out, added up. */
static ErrCode add_up(Customers *k, const Policy *weights, Err *err)
{
    static const char *const names[] = {"weighted", "counted", "small_counted",
                                        "is_small"};
    const Column *c[4];
    for (size_t i = 0; i < 4; i++) {
        c[i] = table_find(k->rows, names[i]);
        if (c[i] == NULL || c[i]->type != (i == 3 ? TYPE_BOOL : TYPE_MONEY))
            return FAIL(err, ERR_RULE,
                        "%s puts out no '%s'; name it in 'outputs', as "
                        "rules/guarantee/weights.cfg does",
                        policy_head(weights)->id, names[i]);
    }
    for (size_t f = 0; f < k->n; f++) {
        Customer *firm = &k->list[f];
        for (size_t i = firm->first; i < firm->first + firm->n; i++) {
            if (c[0]->i[i] == NULL_INT || c[1]->i[i] == NULL_INT ||
                c[2]->i[i] == NULL_INT)
                return FAIL(err, ERR_RULE,
                            "%s cannot weigh the guarantees of firm '%.*s' on "
                            "that day",
                            policy_head(weights)->id, TEXT_SHORT(firm->firm));
            k->weighted += c[0]->i[i];
            firm->counted += c[1]->i[i];
            k->small_in_force += c[2]->i[i];
            firm->is_small |= c[3]->i[i] == 1;
        }
        k->in_force += firm->in_force;
        k->small += (size_t)firm->is_small;
        k->largest = firm->counted > k->largest ? firm->counted : k->largest;
    }
    return OK;
}

static int by_group(const void *a, const void *b)
{
    const Customer *x = *(Customer *const *)a, *y = *(Customer *const *)b;
    int order = strcmp(x->group, y->group);
    return order != 0 ? order : strcmp(x->firm, y->firm);
}

static ErrCode find_largest_group(Customers *k, Arena *arena, Err *err)
{
    Customer **order = arena_alloc(arena, k->n + 1, sizeof *order);
    int64_t sum = 0;
    if (order == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for customers");
    for (size_t i = 0; i < k->n; i++)
        order[i] = &k->list[i];
    qsort(order, k->n, sizeof *order, by_group);
    for (size_t i = 0; i < k->n; i++) {
        if (i == 0 || strcmp(order[i]->group, order[i - 1]->group) != 0)
            sum = 0;
        sum += order[i]->counted;
        k->largest_group = sum > k->largest_group ? sum : k->largest_group;
    }
    return OK;
}

ErrCode customers_read(Customers *out, Tables *tables, const Guarantees *of,
                       Date as_of, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    const Table *t = of->portfolio;
    Columns c;
    Inputs in;
    Loan *loans = NULL;
    *out = (Customers){0};
    TRY(find_columns(&c, t, err));
    TRY(sort_loans(&loans, tables->arena, &c, t, err));
    size_t rows = count_rows(loans, t->rows);
    out->list = arena_alloc(tables->arena, rows + 1, sizeof *out->list);
    if (out->list == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for customers");
    TRY(new_rows(&in, &out->rows, tables, rows, err));
    for (size_t i = 0; i < rows; i++)
        in.as_of->i[i] = as_of.days;
    for (size_t i = 0, end; i < t->rows; i = end) {
        end = end_of(loans, i, t->rows);
        TRY(add_firm(out, &in, &c, loans + i, end - i, tables, of, faults,
                     err));
    }
    TRY(faults_end(faults, ERR_INPUT, t->file == NULL ? t->name : t->file,
                   err));
    TRY(policy_apply(out->rows, of->weights, as_of, err));
    TRY(add_up(out, of->weights, err));
    TRY(find_largest_group(out, tables->arena, err));
done:
    return rc;
}
