#include "pool/exposure.h"

#include "core/text.h"
#include "pool/renewals.h"
#include "pool/schedule.h"

/* `as_of`, or the latest start of a loan; 0 when neither is known. */
static int opening_day(Date *out, const Book *b, const Rows *r, Date as_of)
{
    int found = as_of.days != date_of((DateParts){1, 1, 1}).days;
    *out = as_of;
    for (size_t i = 0; !found && r->c.started_on != NULL && i < b->nloans;
         i++) {
        int64_t days = r->c.started_on->i[b->loans[i].row];
        if (days != NULL_INT && days > out->days)
            out->days = (int32_t)days;
    }
    return found || out->days != as_of.days;
}

/* A run with all its lags ends within the calendar of date.h. */
static ErrCode check_opening(const Rows *r, Date opening)
{
    enum { LAST_YEAR = 9900 };
    char day[DATE_TEXT];
    if (date_parts(opening).year <= LAST_YEAR)
        return OK;
    return FAIL(r->err, ERR_DOMAIN,
                "%s: the horizon would open on %s; check started_on and "
                "--as-of",
                r->table->file == NULL ? r->table->name : r->table->file,
                date_format(day, opening));
}

static int64_t int_at(const Column *c, size_t row, int64_t absent)
{
    return c == NULL || c->i[row] == NULL_INT ? absent : c->i[row];
}

/* How a row is paid back; its faults. */
static ErrCode plan_of(ScheduleLoan *out, const Rows *r, uint32_t row)
{
    ErrCode rc = OK;
    const char *word =
        r->c.amortisation == NULL ? NULL : r->c.amortisation->s[row];
    const char *loan = r->c.loan_id->s[row];
    int64_t start = int_at(r->c.started_on, row, INT32_MIN);
    int64_t end = int_at(r->c.matures_on, row, NULL_INT);
    *out = (ScheduleLoan){schedule_named(word),
                          r->c.outstanding->i[row],
                          end != NULL_INT,
                          {end == NULL_INT ? 0 : (int32_t)end},
                          {int_at(r->c.rate, row, 0)},
                          {(int32_t)start}};
    if (out->kind == SCHEDULE_COUNT)
        TRY(rows_fault(r, row,
                       text_format(r->arena,
                                   tr("amortisation '%.*s' of loan '%.*s' is "
                                      "not known"),
                                   TEXT_SHORT(word), TEXT_SHORT(loan)),
                       TR_NOOP("write bullet, equal_principal or "
                               "equal_payment")));
    if (out->matures && end < start)
        TRY(rows_fault(r, row,
                       text_format(r->arena,
                                   tr("loan '%.*s' matures before it starts"),
                                   TEXT_SHORT(loan)),
                       NULL));
    if (out->rate.billionths < 0)
        TRY(rows_fault(r, row,
                       text_format(r->arena,
                                   tr("the rate of loan '%.*s' is below 0"),
                                   TEXT_SHORT(loan)),
                       NULL));
done:
    return rc;
}

/* The covered part of a loan's balance, exact to the fen. */
static int64_t covered_of(const Rows *r, uint32_t row, int64_t fen)
{
    const Scheme *s = rows_scheme(r, row);
    if (s == NULL || !s->is_covered)
        return fen;
    int64_t share = int_at(r->c.covered_share, row, s->cover.billionths);
    return (int64_t)exact_divide((Exact)fen * share, RATIO_ONE);
}

static ErrCode check_cover(const Rows *r, uint32_t row)
{
    int64_t share = int_at(r->c.covered_share, row, 0);
    const Scheme *s = rows_scheme(r, row);
    if (share < 0 || share > RATIO_ONE)
        return rows_fault(r, row, "a covered_share is not in [0%, 100%]", NULL);
    if (s != NULL && s->is_covered && s->uncovered < 0 && share < RATIO_ONE &&
        r->c.covered_share != NULL && share > 0)
        return rows_fault(r, row,
                          "nobody bears the uncovered part of this loan",
                          "let the scheme name it: uncovered = \"...\"");
    return OK;
}

static ErrCode warn(const Rows *r, const char *problem)
{
    return faults_add(
        r->faults,
        (Fault){.file = r->table->file,
                .problem = problem == NULL ? "" : problem,
                .way_out = TR_NOOP("choose the --as-of of the book"),
                .is_warning = 1},
        r->err);
}

/* What the opening day makes of the loans' dates. */
static ErrCode warn_dates(const Rows *r, size_t matured, size_t planned,
                          Date opening)
{
    ErrCode rc = OK;
    char day[DATE_TEXT];
    date_format(day, opening);
    if (matured > 0)
        TRY(warn(r, text_format(r->arena,
                                tr("%zu loans have matured by %s and owe "
                                   "nothing"),
                                matured, day)));
    if (planned > 0)
        TRY(warn(r, text_format(r->arena,
                                tr("%zu loans start after %s and are new "
                                   "business of the years they start in"),
                                planned, day)));
done:
    return rc;
}

/* The n-th renewal of a loan that is planned so. */
static void renew(ScheduleLoan *plan, const Rows *r, uint32_t row, size_t n)
{
    if (n == 0)
        return;
    Renewal again = renewals_at(r, row, n);
    plan->fen = again.fen;
    plan->starts_on = again.starts_on;
    plan->matures_on = again.matures_on;
}

/* Years from the opening day to the one a loan starts in; -1 without a date. */
static int vintage_of(int64_t start, Date opening)
{
    enum { OLDEST = INT8_MIN };
    int year = -1;
    if (start == NULL_INT)
        return year;
    while (year < BOOK_YEARS &&
           start > date_add_months(opening, 12 * year + 12).days)
        year++;
    while (year > OLDEST && start <= date_add_months(opening, 12 * year).days)
        year--;
    return year;
}

/* Denominators that the scheme uses anywhere, as bits. */
static uint32_t denominators(const Rows *r)
{
    const Scheme *s = r->scheme;
    uint32_t of_breaker = s == NULL || !s->breaker.exists
                              ? 0
                              : DENOMINATOR_BIT(s->breaker.denominator);
    return s == NULL ? 0 : s->denominators | s->watched | of_breaker;
}

/* Cohorts need the day on which each loan starts. */
static ErrCode check_start(const Rows *r, uint32_t row)
{
    if (!(denominators(r) & DENOMINATOR_BIT(DENOMINATOR_COHORT)) ||
        int_at(r->c.started_on, row, NULL_INT) != NULL_INT)
        return OK;
    return rows_fault(r, row,
                      text_format(r->arena,
                                  tr("loan '%.*s' has no started_on, and is of "
                                     "no cohort"),
                                  TEXT_SHORT(r->c.loan_id->s[row])),
                      TR_NOOP("give every loan its started_on, or the scheme "
                              "another denominator"));
}

/* Whether there has been new business before the opening day. */
static int had_new(const Scheme *s)
{
    int64_t sum = 0;
    for (size_t i = 0; i < scheme_members(s); i++)
        for (int is_life = 0; is_life < 2; is_life++)
            sum += scheme_member(s, i)
                       ->opening.before[is_life][DENOMINATOR_NEW_BUSINESS];
    return sum > 0;
}

/* A rate of what there is not is no rate that is meant. */
static ErrCode warn_nothing_new(const Rows *r)
{
    if (!(denominators(r) & DENOMINATOR_BIT(DENOMINATOR_NEW_BUSINESS)) ||
        had_new(r->scheme))
        return OK;
    return faults_add(
        r->faults,
        (Fault){.file = r->scheme->file,
                .problem = tr("no loan starts within the horizon, "
                              "so all rates of new business are "
                              "rates of 0"),
                .way_out = TR_NOOP("add planned loans that start "
                                   "after the opening day"),
                .is_warning = 1},
        r->err);
}

/* What of one loan there is, step by step. */
static void fill_loan(Book *b, const Rows *r, size_t i,
                      const ScheduleLoan *plan)
{
    BookLoan *loan = (BookLoan *)(uintptr_t)b->loans + i;
    int64_t *balance = (int64_t *)(uintptr_t)b->balance + i * b->width;
    int64_t *covered = (int64_t *)(uintptr_t)b->covered + i * b->width;
    int months = 12 / b->year_steps;
    for (size_t t = 0; t < b->width; t++) {
        balance[t] = schedule_balance(plan, b->opening, (int)t * months);
        covered[t] = covered_of(r, loan->row, balance[t]);
    }
    int64_t start =
        plan->starts_on.days == INT32_MIN ? NULL_INT : plan->starts_on.days;
    loan->vintage = (int8_t)vintage_of(start, b->opening);
    b->oldest = loan->vintage < b->oldest ? loan->vintage : b->oldest;
    b->youngest = loan->vintage > b->youngest ? loan->vintage : b->youngest;
}

/* The step in which new business starts. */
static int16_t start_of(const Book *b, Date starts_on)
{
    int t = 0, months = 12 / b->year_steps;
    while (t < INT16_MAX &&
           starts_on.days > date_add_months(b->opening, (t + 1) * months).days)
        t++;
    return (int16_t)t;
}

/* The steps in which new business starts. */
static ErrCode fill_starts(Book *b, const Rows *r)
{
    int16_t *start = arena_alloc(r->arena, b->nloans, sizeof *start);
    if (start == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    for (size_t i = 0; i < b->nloans; i++) {
        const BookLoan *loan = &b->loans[i];
        size_t n = renewals_of(b, i);
        if (loan->vintage < 0)
            continue;
        Date day = {n > 0 ? renewals_at(r, loan->row, n).starts_on.days
                          : (int32_t)r->c.started_on->i[loan->row]};
        start[i] = start_of(b, day);
    }
    b->start = start;
    return OK;
}

/* The amounts of new business, where there is any. */
static ErrCode fill_written(Book *b, const Rows *r)
{
    if (b->youngest < 0)
        return warn_nothing_new(r);
    int64_t *written = arena_alloc(r->arena, b->nloans, sizeof *written);
    if (written == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    if (b->year_steps > 1 && fill_starts(b, r) != OK)
        return ERR_MEMORY;
    for (size_t i = 0; i < b->nloans; i++) {
        const BookLoan *loan = &b->loans[i];
        size_t n = renewals_of(b, i);
        int64_t fen = n == 0 ? r->c.outstanding->i[loan->row]
                             : renewals_at(r, loan->row, n).fen;
        if (loan->vintage >= 0 && loan->vintage < b->years)
            written[i] = covered_of(r, loan->row, fen);
    }
    b->written = written;
    return OK;
}

/* All loans, by step; together they fit in an amount. */
static ErrCode fill_loans(Book *b, const Rows *r)
{
    ErrCode rc = OK;
    Exact sum = 0;
    size_t matured = 0, planned = 0;
    b->oldest = b->youngest = -1;
    for (size_t i = 0; i < b->nloans; i++) {
        uint32_t row = b->loans[i].row;
        ScheduleLoan plan;
        TRY(plan_of(&plan, r, row));
        TRY(check_cover(r, row));
        TRY(check_start(r, row));
        if (plan.kind == SCHEDULE_COUNT)
            continue;
        size_t again = renewals_of(b, i);
        renew(&plan, r, row, again);
        fill_loan(b, r, i, &plan);
        sum += plan.fen;
        matured += plan.matures && plan.matures_on.days <= b->opening.days;
        planned += again == 0 && b->loans[i].vintage >= 0;
    }
    TRY(warn_dates(r, matured, planned, b->opening));
    if (sum > MONEY_MAX)
        TRY(FAIL(r->err, ERR_DOMAIN, "%s: all loans together pass 9e15 yuan",
                 r->table->file == NULL ? r->table->name : r->table->file));
    TRY(fill_written(b, r));
done:
    return rc;
}

ErrCode exposure_fill(Book *b, const Rows *r, Date as_of)
{
    ErrCode rc = OK;
    b->has_opening = opening_day(&b->opening, b, r, as_of);
    TRY(check_opening(r, b->opening));
    TRY(renewals_add(b, r, b->opening));
    b->width = b->steps + ((denominators(r) & DENOMINATORS_AT_END) != 0);
    size_t n = b->nloans * b->width + 1;
    b->balance = arena_alloc(r->arena, n, sizeof *b->balance);
    b->covered = b->balance;
    if (r->scheme != NULL && r->scheme->is_covered)
        b->covered = arena_alloc(r->arena, n, sizeof *b->covered);
    if (b->balance == NULL || b->covered == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    TRY(fill_loans(b, r));
done:
    return rc;
}
