#include "pool/rows.h"

#include "core/text.h"
#include "pool/borrowers.h"
#include "stat/betarank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t rows_line(const Rows *r, uint32_t row)
{
    return r->table->lines == NULL ? row + 1 : r->table->lines[row];
}

ErrCode rows_fault(const Rows *r, uint32_t row, const char *problem,
                   const char *way_out)
{
    const Table *t = r->table;
    return faults_add(r->faults,
                      (Fault){.file = t->file == NULL ? t->name : t->file,
                              .line = rows_line(r, row),
                              .problem = problem == NULL ? "" : problem,
                              .way_out = way_out},
                      r->err);
}

int rows_is_overdue(const Rows *r, uint32_t row)
{
    int days = r->scheme == NULL ? -1 : r->scheme->opening.overdue_days;
    return days > 0 && r->c.overdue_days->i[row] != NULL_INT &&
           r->c.overdue_days->i[row] >= days;
}

static const char *text_at(const Column *c, size_t row)
{
    return c == NULL ? NULL : c->s[row];
}

static ErrCode find_columns(Rows *r)
{
    ErrCode rc = OK;
    RowColumns *c = &r->c;
    const Table *t = r->table;
    static const char who[] = "the pool";
    TRY(table_need(&c->loan_id, t, FIELD_loan_id, who, r->err));
    TRY(table_need(&c->firm_id, t, FIELD_firm_id, who, r->err));
    TRY(table_need(&c->outstanding, t, FIELD_outstanding, who, r->err));
    c->pd = table_field(t, FIELD_pd);
    if (c->pd == NULL && r->factors->ngrades == 0)
        TRY(table_need(&c->pd, t, FIELD_pd, who, r->err));
    c->lgd = table_field(t, FIELD_lgd);
    c->lgd_sd = table_field(t, FIELD_lgd_sd);
    c->bank = table_field(t, FIELD_bank);
    c->scheme = table_field(t, FIELD_scheme);
    c->covered_share = table_field(t, FIELD_covered_share);
    c->started_on = table_field(t, FIELD_started_on);
    c->matures_on = table_field(t, FIELD_matures_on);
    c->amortisation = table_field(t, FIELD_amortisation);
    c->rate = table_field(t, FIELD_rate);
    c->overdue_days = table_field(t, FIELD_overdue_days);
    if (r->scheme != NULL && r->scheme->opening.overdue_days > 0)
        TRY(table_need(&c->overdue_days, t, FIELD_overdue_days,
                       "the opening state", r->err));
    for (size_t k = 0; k < FACTOR_KEY_COUNT; k++)
        c->key[k] = table_field(t, factors_key_field(k));
done:
    return rc;
}

static int is_recovery_said(const Scheme *s)
{
    return s != NULL && s->recovered.num < s->recovered.den;
}

double rows_lgd(const Rows *r, uint32_t row)
{
    const Scheme *s = r->scheme;
    if (is_recovery_said(
            s)) /* one rounding: the double nearest to what is left */
        return (double)(s->recovered.den - s->recovered.num) /
               (double)s->recovered.den;
    double own = r->c.lgd == NULL ? (double)NAN : r->c.lgd->d[row];
    return isnan(own) ? r->factors->lgd : own;
}

/* Its own, or that of its grade. */
static double pd_of(const Rows *r, uint32_t row)
{
    double own = r->c.pd == NULL ? (double)NAN : r->c.pd->d[row];
    return isnan(own)
               ? borrowers_pd(r->factors, text_at(r->c.key[FACTOR_grade], row))
               : own;
}

/* Not where a scheme says what comes back. */
uint16_t rows_sd(const Rows *r, uint32_t row)
{
    double sd = r->c.lgd_sd == NULL || is_recovery_said(r->scheme)
                    ? 0
                    : r->c.lgd_sd->d[row];
    return sd > 0 && sd < 1 ? (uint16_t)(sd * 1000 + 0.5) : 0;
}

/* How much the loss given default scatters. */
static ErrCode check_sd(Rows *r, const Row *e)
{
    double sd = r->c.lgd_sd == NULL ? (double)NAN : r->c.lgd_sd->d[e->row];
    double lgd = rows_lgd(r, e->row), whole = rows_sd(r, e->row);
    if (isnan(sd) || sd == 0)
        return OK;
    if (sd > 0 && sd < 1 && (whole == 0 || betarank_exists(lgd, whole / 1000)))
        return OK;
    return rows_fault(r, e->row,
                      text_format(r->arena,
                                  tr("no beta distribution has the mean %g and "
                                     "the standard deviation %g of loan "
                                     "'%.*s'"),
                                  lgd, sd, TEXT_SHORT(rows_loan(r, e->row))),
                      TR_NOOP("the square of lgd_sd is below lgd (1 - lgd)"));
}

static ErrCode check_lgd(Rows *r, const Row *e)
{
    const Scheme *s = r->scheme;
    double own = r->c.lgd == NULL ? (double)NAN : r->c.lgd->d[e->row];
    int said = is_recovery_said(s);
    double left = rows_lgd(r, e->row);
    if (isnan(left))
        return rows_fault(r, e->row,
                          text_format(r->arena, tr("loan '%.*s' has no lgd"),
                                      TEXT_SHORT(rows_loan(r, e->row))),
                          TR_NOOP("give it one, or all that have none: lgd = "
                                  "\"45%\" in the factor model"));
    if (!isnan(own) && !(own >= 0 && own <= 1))
        return rows_fault(r, e->row,
                          text_format(r->arena,
                                      tr("lgd %g of loan '%.*s' is not in "
                                         "[0, 1]"),
                                      own, TEXT_SHORT(rows_loan(r, e->row))),
                          NULL);
    if (said && !isnan(own) && fabs(own - left) > 1e-9)
        return rows_fault(
            r, e->row,
            text_format(r->arena,
                        tr("lgd %g of loan '%.*s' and the scheme's recovery "
                           "of %g do not sum to 1"),
                        own, TEXT_SHORT(rows_loan(r, e->row)), 1 - left),
            TR_NOOP("let the recoveries of the scheme sum to 100%: they are "
                    "then parts of 1 - lgd"));
    return said ? OK : check_sd(r, e);
}

static ErrCode read_group(Rows *r, Row *e)
{
    const char *values[FACTOR_KEY_COUNT];
    for (size_t k = 0; k < FACTOR_KEY_COUNT; k++)
        values[k] = text_at(r->c.key[k], e->row);
    e->group = (uint32_t)factors_match(r->factors, values);
    if (e->group < r->factors->n)
        return OK;
    const char *seen = "";
    for (size_t k = 0; k < FACTOR_KEY_COUNT && seen != NULL; k++)
        if (values[k] != NULL)
            seen = text_format(r->arena, "%s%s%s = '%.*s'", seen,
                               *seen == '\0' ? "" : ", ", factors_key_name(k),
                               TEXT_SHORT(values[k]));
    return rows_fault(
        r, e->row,
        text_format(r->arena, tr("loan '%.*s' is of no group of factors (%s)"),
                    TEXT_SHORT(rows_loan(r, e->row)), seen == NULL ? "" : seen),
        TR_NOOP("add a group that names its columns"));
}

int rows_member(const Rows *r, uint32_t row)
{
    const char *id = text_at(r->c.scheme, row);
    size_t n = r->scheme == NULL ? 1 : scheme_members(r->scheme);
    if (n == 1 && (r->scheme == NULL || id == NULL || r->scheme->id == NULL))
        return 0;
    if (id == NULL)
        return ROWS_NONE;
    for (size_t i = 0; i < n; i++)
        if (strcmp(id, scheme_member(r->scheme, i)->id) == 0)
            return (int)i;
    return ROWS_OTHER;
}

const Scheme *rows_scheme(const Rows *r, uint32_t row)
{
    int member = r->scheme == NULL ? -1 : rows_member(r, row);
    return member < 0 ? r->scheme : scheme_member(r->scheme, (size_t)member);
}

/* Of several schemes a loan names its own. */
static ErrCode check_member(const Rows *r, uint32_t row)
{
    if (rows_member(r, row) != ROWS_NONE)
        return OK;
    return rows_fault(r, row,
                      text_format(r->arena,
                                  tr("loan '%.*s' does not say which of the "
                                     "schemes %.*s it stands under"),
                                  TEXT_SHORT(rows_loan(r, row)),
                                  TEXT_SHORT(r->scheme->id)),
                      TR_NOOP("write the id of one in its column scheme"));
}

static ErrCode read_row(Rows *r, Row *e)
{
    ErrCode rc = OK;
    uint32_t row = e->row;
    e->firm = r->c.firm_id->s[row];
    e->pd = pd_of(r, row);
    if (rows_loan(r, e->row) == NULL || e->firm == NULL)
        return rows_fault(r, row, "a loan without loan_id or firm_id", NULL);
    int64_t fen = r->c.outstanding->i[row];
    if (fen == NULL_INT || fen < 0)
        TRY(rows_fault(r, row,
                       text_format(r->arena,
                                   tr("the outstanding of loan '%.*s' is "
                                      "missing or below 0"),
                                   TEXT_SHORT(rows_loan(r, e->row))),
                       NULL));
    if (isnan(e->pd))
        TRY(rows_fault(r, row,
                       text_format(r->arena, tr("loan '%.*s' has no pd"),
                                   TEXT_SHORT(rows_loan(r, e->row))),
                       TR_NOOP("give it one, or its grade one: grades = ( { "
                               "grade = \"BB\"; pd = \"2%\"; } ) in the factor "
                               "model")));
    else if (!(e->pd >= 0 && e->pd <= 1))
        TRY(rows_fault(r, row,
                       text_format(r->arena,
                                   tr("pd %g of loan '%.*s' is not in [0, 1]"),
                                   e->pd, TEXT_SHORT(rows_loan(r, e->row))),
                       NULL));
    TRY(check_member(r, row));
    TRY(check_lgd(r, e));
    TRY(read_group(r, e));
done:
    return rc;
}

static ErrCode read_rows(Rows *r)
{
    ErrCode rc = OK;
    size_t others = 0;
    r->rows = arena_alloc(r->scratch, r->table->rows + 1, sizeof *r->rows);
    if (r->rows == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    for (size_t row = 0; row < r->table->rows; row++) {
        if (rows_member(r, (uint32_t)row) == ROWS_OTHER) {
            others++;
            continue;
        }
        Row *e = &r->rows[r->n++];
        e->row = (uint32_t)row;
        TRY(read_row(r, e));
        if (rows_loan(r, e->row) == NULL || e->firm == NULL)
            r->n--; /* there is nothing to call it by */
    }
    if (others > 0)
        TRY(faults_add(r->faults,
                       (Fault){.file = r->table->file,
                               .problem = text_format(
                                   r->arena,
                                   tr("%zu loans stand under other schemes "
                                      "than '%s' and are left out"),
                                   others, r->scheme->id),
                               .is_warning = 1},
                       r->err));
done:
    return rc;
}

/* A loan and where it stands. */
typedef struct {
    const char *loan;
    uint32_t row;
} Named;

static int by_loan(const void *a, const void *b)
{
    const Named *x = a, *y = b;
    int order = strcmp(x->loan, y->loan);
    return order != 0 ? order : x->row < y->row ? -1 : 1;
}

static ErrCode check_loans(Rows *r)
{
    ErrCode rc = OK;
    Named *sorted = mem_new(r->n + 1, sizeof *sorted);
    if (sorted == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    for (size_t i = 0; i < r->n; i++)
        sorted[i] = (Named){rows_loan(r, r->rows[i].row), r->rows[i].row};
    qsort(sorted, r->n, sizeof *sorted, by_loan);
    for (size_t i = 1; i < r->n; i++)
        if (strcmp(sorted[i].loan, sorted[i - 1].loan) == 0)
            TRY(rows_fault(r, sorted[i].row,
                           text_format(r->arena,
                                       tr("loan '%.*s' stands in line %zu "
                                          "already"),
                                       TEXT_SHORT(sorted[i].loan),
                                       rows_line(r, sorted[i - 1].row)),
                           NULL));
done:
    mem_free(sorted);
    return rc;
}

static ErrCode warn(Rows *r, const char *problem)
{
    return faults_add(
        r->faults,
        (Fault){.file = r->table->file, .problem = problem, .is_warning = 1},
        r->err);
}

/* Whether all the scheme's premiums are rates of its own. */
static int has_rate(const Scheme *s)
{
    int has = 0;
    for (int j = 0; s != NULL && j < s->n; j++)
        has |= s->has_premium >> j & 1 && s->premium[j].num > 0;
    return has && s->of_fees == 0;
}

static int has_loading(const Factors *f)
{
    int has = 0;
    for (size_t g = 0; g < f->n; g++)
        has |= f->groups[g].q > 0;
    return has;
}

/* What would change the losses and is not used. */
static ErrCode warn_unused(Rows *r)
{
    ErrCode rc = OK;
    const Column *sd = table_field(r->table, FIELD_lgd_sd);
    const Column *overdue =
        r->scheme != NULL && r->scheme->opening.overdue_days > 0
            ? NULL
            : r->c.overdue_days;
    const Column *fee =
        has_rate(r->scheme) ? table_field(r->table, FIELD_fee_rate) : NULL;
    int varies = 0, late = 0;
    for (size_t i = 0; i < r->table->rows; i++) {
        varies |= sd != NULL && sd->d[i] > 0;
        late |= overdue != NULL && overdue->i[i] > 0;
    }
    if (fee != NULL)
        TRY(warn(r, tr("fee_rate is not used: the scheme's premium is")));
    if (varies && is_recovery_said(r->scheme))
        TRY(warn(r, tr("lgd_sd is not used: the scheme says what comes back")));
    if (!varies && has_loading(r->factors))
        TRY(warn(r, tr("lgd_loading is not used: no loan has an lgd_sd")));
    if (late)
        TRY(warn(r, tr("overdue_days is not used: overdue loans are taken as "
                       "sound")));
done:
    return rc;
}

ErrCode rows_read(Rows *r)
{
    ErrCode rc = OK;
    TRY(find_columns(r));
    TRY(warn_unused(r));
    TRY(read_rows(r));
    TRY(check_loans(r));
done:
    return rc;
}
