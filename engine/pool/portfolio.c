#include "pool/portfolio.h"

#include "core/text.h"
#include "pool/banks.h"
#include "pool/exposure.h"
#include "pool/fees.h"
#include "pool/spans.h"
#include "stat/trials.h"

#include <stdlib.h>
#include <string.h>

static int by_firm(const void *a, const void *b)
{
    const Row *x = a, *y = b;
    int order = strcmp(x->firm, y->firm);
    return order != 0 ? order : x->row < y->row ? -1 : 1;
}

/* A row and the loan it is. */
typedef struct {
    const char *loan;
    Row row;
} Named;

static int by_loan(const void *a, const void *b)
{
    const Named *x = a, *y = b;
    int order = strcmp(x->loan, y->loan);
    return order != 0 ? order : x->row.row < y->row.row ? -1 : 1;
}

/* The rows of one firm by loan. */
static ErrCode order_loans(const Rows *r, Row rows[], size_t n)
{
    Named *named = mem_new(n, sizeof *named);
    if (named == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    for (size_t i = 0; i < n; i++)
        named[i] = (Named){rows_loan(r, rows[i].row), rows[i]};
    qsort(named, n, sizeof *named, by_loan);
    for (size_t i = 0; i < n; i++)
        rows[i] = named[i].row;
    mem_free(named);
    return OK;
}

/* All rows by firm, then by loan. */
static ErrCode order_rows(Rows *r)
{
    ErrCode rc = OK;
    qsort(r->rows, r->n, sizeof *r->rows, by_firm);
    for (size_t i = 0, end; rc == OK && i < r->n; i = end) {
        end = i + 1;
        while (end < r->n && strcmp(r->rows[end].firm, r->rows[i].firm) == 0)
            end++;
        if (end - i > 1)
            rc = order_loans(r, r->rows + i, end - i);
    }
    return rc;
}

static int by_slot(const void *a, const void *b)
{
    const Row *x = *(Row *const *)a, *y = *(Row *const *)b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->pd != y->pd)
        return x->pd < y->pd ? -1 : 1;
    return strcmp(x->firm, y->firm);
}

/* One firm, one chance of default and one group. */
static ErrCode check_firm(const Rows *r, const Row *a, const Row *b)
{
    if (a->pd != b->pd)
        return rows_fault(
            r, b->row,
            text_format(r->arena,
                        tr("firm '%.*s' has pd %.15g here and %.15g in line "
                           "%zu"),
                        TEXT_SHORT(b->firm), b->pd, a->pd,
                        rows_line(r, a->row)),
            TR_NOOP("all loans of a firm default together: give them one pd"));
    if (a->group != b->group)
        return rows_fault(
            r, b->row,
            text_format(r->arena,
                        tr("firm '%.*s' is of group '%s' here and of '%s' in "
                           "line %zu"),
                        TEXT_SHORT(b->firm), r->factors->groups[b->group].label,
                        r->factors->groups[a->group].label,
                        rows_line(r, a->row)),
            TR_NOOP("all loans of a firm default together: give them one "
                    "group"));
    return OK;
}

/* A firm with a loan that is overdue as long as the scheme says has failed: it
 * defaults in the first step, whatever its pd. */
static ErrCode fail_overdue(Row *const firms[], size_t n, const Rows *r)
{
    size_t found = 0;
    if (r->scheme == NULL || r->scheme->opening.overdue_days < 0)
        return OK;
    for (size_t i = 0; i < n; i++) {
        int is_overdue = 0;
        for (const Row *row = firms[i];
             row < r->rows + r->n && strcmp(row->firm, firms[i]->firm) == 0;
             row++)
            is_overdue |= rows_is_overdue(r, row->row);
        firms[i]->pd = is_overdue ? 1 : firms[i]->pd;
        found += (size_t)is_overdue;
    }
    if (found == 0)
        return OK;
    return faults_add(r->faults,
                      (Fault){.file = r->table->file,
                              .problem = text_format(
                                  r->arena,
                                  tr("%zu firms are overdue by %d days or more "
                                     "and default in the first year"),
                                  found, r->scheme->opening.overdue_days),
                              .is_warning = 1},
                      r->err);
}

/* The first entry of each firm, in the order of slots. */
static ErrCode order_firms(Row ***out, size_t *n, Rows *r)
{
    ErrCode rc = OK;
    Row **firms = arena_alloc(r->scratch, r->n + 1, sizeof *firms);
    if (firms == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    TRY(order_rows(r));
    *n = 0;
    for (size_t i = 0; i < r->n; i++)
        if (i > 0 && strcmp(r->rows[i].firm, firms[*n - 1]->firm) == 0)
            TRY(check_firm(r, firms[*n - 1], &r->rows[i]));
        else
            firms[(*n)++] = &r->rows[i];
    TRY(faults_end(r->faults, ERR_INPUT,
                   r->table->file == NULL ? r->table->name : r->table->file,
                   r->err));
    TRY(fail_overdue(firms, *n, r));
    qsort(firms, *n, sizeof *firms, by_slot);
    *out = firms;
done:
    return rc;
}

static size_t words_of(size_t firms)
{
    return (firms + TRIALS_WORD - 1) / TRIALS_WORD;
}

/* Groups with their slots, from the firms in order. */
static ErrCode place_groups(Book *b, Row *const firms[], const Rows *r)
{
    BookGroup *groups = arena_alloc(r->arena, r->factors->n, sizeof *groups);
    if (groups == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    for (size_t i = 0; i < b->firms; i++) {
        const FactorGroup *factor = &r->factors->groups[firms[i]->group];
        if (i == 0 || groups[b->ngroups - 1].factor != factor) {
            groups[b->ngroups++] =
                (BookGroup){.factor = factor, .first = b->nslots};
        }
        BookGroup *g = &groups[b->ngroups - 1];
        g->firms++;
        b->nslots = g->first + words_of(g->firms) * TRIALS_WORD;
    }
    b->groups = groups;
    return OK;
}

/* Every loan to its firm's slot. */
static ErrCode place_loans(Book *b, Row *const firms[], const Rows *r)
{
    double *pd = arena_alloc(r->arena, b->nslots + 1, sizeof *pd);
    uint32_t *at = arena_alloc(r->arena, b->nslots + 1, sizeof *at);
    BookLoan *loans = arena_alloc(r->arena, r->n + 1, sizeof *loans);
    uint8_t *late = arena_alloc(r->arena, b->nslots + 1, sizeof *late);
    if (pd == NULL || at == NULL || loans == NULL || late == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    size_t i = 0, n = 0;
    BookGroup *groups = (BookGroup *)(uintptr_t)b->groups;
    for (size_t g = 0; g < b->ngroups; g++) {
        size_t end = g + 1 < b->ngroups ? groups[g + 1].first : b->nslots;
        for (size_t k = groups[g].first; k < end; k++) {
            at[k] = (uint32_t)n;
            if (k - groups[g].first >= groups[g].firms)
                continue;
            const Row *row = firms[i++];
            pd[k] = row->pd;
            for (; row < r->rows + r->n &&
                   strcmp(row->firm, firms[i - 1]->firm) == 0;
                 row++) {
                late[k] |= rows_is_overdue(r, row->row) != 0;
                loans[n++] =
                    (BookLoan){.row = row->row,
                               .slot = (uint32_t)k,
                               .vintage = -1,
                               .member = (uint8_t)rows_member(r, row->row),
                               .sd = rows_sd(r, row->row),
                               .lgd = rows_lgd(r, row->row)};
            }
        }
        groups[g].loans = n - at[groups[g].first];
    }
    at[b->nslots] = (uint32_t)n;
    b->pd = pd;
    b->overdue = late;
    b->loan_at = at;
    b->loans = loans;
    b->nloans = n;
    return OK;
}

ErrCode book_read(const Book **out, Arena *arena, const Table *table,
                  const Factors *factors, const Scheme *scheme,
                  const PoolOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Rows r = {.table = table,
              .factors = factors,
              .scheme = scheme,
              .arena = arena,
              .scratch = arena_new(),
              .faults = faults,
              .err = err};
    Row **firms = NULL;
    Book *b = arena_alloc(arena, 1, sizeof *b);
    if (b == NULL || r.scratch == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a book"));
    b->table = table;
    b->years = options->years;
    b->year_steps = options->steps == POOL_STEPS_MONTHLY ? 12 : 1;
    b->steps = (size_t)b->years * (size_t)b->year_steps;
    TRY(rows_read(&r));
    TRY(order_firms(&firms, &b->firms, &r));
    TRY(place_groups(b, firms, &r));
    TRY(place_loans(b, firms, &r));
    TRY(spans_place(b, arena, err));
    arena_free(r.scratch); /* some 80 bytes a loan */
    r.scratch = NULL;
    TRY(exposure_fill(b, &r, options->as_of));
    TRY(banks_fill(b, &r));
    TRY(fees_fill(b, &r));
    TRY(faults_end(faults, ERR_INPUT,
                   table->file == NULL ? table->name : table->file, err));
    if (b->nloans == 0)
        TRY(FAIL(err, ERR_INPUT, "%s: there is no loan to simulate",
                 table->file == NULL ? table->name : table->file));
    *out = b;
done:
    arena_free(r.scratch);
    return rc;
}
