#include "pool/breakers.h"

#include <string.h>

/* part / whole >= f; nothing of nothing is not. */
static int reaches(int64_t part, int64_t whole, Fraction f)
{
    return whole > 0 && (Exact)part * f.den >= (Exact)whole * f.num;
}

static int is_above(int64_t part, int64_t whole, Fraction f)
{
    return whole > 0 && (Exact)part * f.den > (Exact)whole * f.num;
}

/* What has defaulted of a bank before the opening day is of the first year. */
static int64_t before(const Book *b, size_t bank, int year)
{
    return year > 0 || b->defaulted == NULL ? 0 : b->defaulted[bank];
}

/* Cohorts are looked at one by one, else all classes of the bank together, but
 * for new business that was not written. */
BreakersReached breakers_reach(const Dues *d, const SchemeBreaker *rule,
                               const int64_t in_default[],
                               const VolumesGone *path, size_t bank, int year)
{
    BreakersReached r = {0};
    size_t n = d->bank_classes, first = bank * n, row = d->banks->row;
    size_t step = rule->denominator == DENOMINATOR_COHORT ? 1 : n;
    const Volumes own = {d->banks->years, n, row,
                         d->banks->amount + first * row};
    const VolumesGone gone = {path->gone + first * row, path->stopped};
    in_default += (size_t)year * d->banks->classes + first;
    for (size_t c = 0; c < n; c += step) {
        int64_t part = before(d->book, bank, year);
        int64_t whole =
            volumes_of(&own, rule->denominator, year, 0, &gone, c, step);
        for (size_t k = c; k < c + step; k++)
            part += path->stopped >> k & 1 ? 0 : in_default[k];
        r.warns |= reaches(part, whole, rule->warn);
        r.suspends |= reaches(part, whole, rule->suspend);
        r.goes_on |= is_above(part, whole, rule->resume);
    }
    return r;
}

/* What is reached makes of a bank that was suspended before, or not. */
static uint8_t state_of(BreakersReached r, int was_suspended)
{
    int is_suspended = r.suspends || (was_suspended && r.goes_on);
    return (uint8_t)((r.warns ? BREAKERS_WARNED : 0) |
                     (is_suspended ? BREAKERS_SUSPENDED : 0));
}

void breakers_follow(uint8_t out[], const Dues *d, const SchemeBreaker *rule,
                     const int64_t in_default[], const VolumesGone *path,
                     size_t bank)
{
    int was = breakers_opening(d->book, bank);
    for (int y = 0; y < d->book->years; y++) {
        out[y] =
            state_of(breakers_reach(d, rule, in_default, path, bank, y), was);
        was = (out[y] & BREAKERS_SUSPENDED) != 0;
    }
}

/* Where the loans of a year and bank stand, among all years and banks; the end
 * for those that no suspension stops. */
static size_t place_of(const Book *b, const BookLoan *loan)
{
    size_t end = (size_t)b->years * b->nbanks;
    int year = loan->vintage;
    return year < 0 || year >= b->years ? end
                                        : (size_t)year * b->nbanks + loan->bank;
}

ErrCode breakers_new(const Breakers **out, Arena *arena, const Scheme *s,
                     const Dues *d, Err *err)
{
    const Book *book = d->book;
    size_t end = (size_t)book->years * book->nbanks, sum = 0;
    *out = NULL;
    if (!d->may_suspend)
        return OK;
    Breakers *b = arena_alloc(arena, 1, sizeof *b);
    uint32_t *first = arena_alloc(arena, end + 1, sizeof *first);
    uint32_t *loan = arena_alloc(arena, book->nloans + 1, sizeof *loan);
    if (b == NULL || first == NULL || loan == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for breakers");
    for (size_t i = 0; i < book->nloans; i++)
        first[place_of(book, &book->loans[i])]++;
    for (size_t k = 0; k <= end; k++) { /* counts become ends */
        sum += first[k];
        first[k] = (uint32_t)sum;
    }
    for (size_t i = book->nloans; i-- > 0;)
        loan[--first[place_of(book, &book->loans[i])]] = (uint32_t)i;
    *b = (Breakers){d, &s->breaker, first, loan};
    *out = b;
    return OK;
}

/* The step in which a loan's firm fails, -1: never. */
static int failure_of(const DueTable *t, size_t q, size_t loan)
{
    const Book *b = t->dues->book;
    uint16_t step = t->failed[q * b->nslots + b->loans[loan].slot];
    return step == DUES_NEVER ? -1 : step;
}

/* Its claim goes (sign 1), or is there again (-1). */
static void move_claim(DueTable *t, size_t q, uint32_t loan, int failed,
                       int sign)
{
    const Dues *d = t->dues;
    const Book *b = d->book;
    size_t parts = (size_t)d->parts, step = (size_t)failed;
    int year = failed / b->year_steps;
    if (b->balance[loan * b->width + step] == 0)
        return;
    DueLoan due = dues_loan(d, loan, step, dues_lgd(t, loan, q, year));
    size_t claim = (q * b->steps + step) * d->classes + dues_class(d, loan);
    size_t at = q * (size_t)b->years + (size_t)year;
    int64_t *sum = t->part + claim * parts;
    for (size_t p = 0; p < parts; p++)
        sum[p] -= sign * due.part[p];
    t->bank[at * d->banks->classes + dues_bank_class(d, loan)] -=
        sign * b->covered[loan * b->width + step];
}

/* New business of a year and bank is stopped (sign 1), or written (-1). */
static void move_all(const Breakers *b, DueTable *t, size_t q, size_t place,
                     int sign)
{
    const Dues *d = b->dues;
    size_t row = d->banks->row;
    int64_t *gone = t->gone + q * d->classes * row;
    int64_t *bank = t->bank_gone + q * d->banks->classes * row;
    for (uint32_t i = b->first[place]; i < b->first[place + 1]; i++) {
        uint32_t loan = b->loan[i];
        int failed = failure_of(t, q, loan);
        volumes_stop(bank + dues_bank_class(d, loan) * row, d->book, loan,
                     failed, sign);
        if (d->has_gone)
            volumes_stop(gone + dues_class(d, loan) * row, d->book, loan,
                         failed, sign);
        if (failed >= 0)
            move_claim(t, q, loan, failed, sign);
    }
}

/* The state of all banks as year y opens. */
static uint8_t *states(const Breakers *b, DueTable *t, size_t q, int y)
{
    size_t years = (size_t)b->dues->book->years + 1;
    return t->breaker + (q * years + (size_t)y) * b->dues->book->nbanks;
}

void breakers_open(const Breakers *b, DueTable *t, size_t q)
{
    const Book *book = b->dues->book;
    size_t n = book->nbanks, years = (size_t)book->years;
    uint8_t *state = states(b, t, q, 0);
    for (size_t k = 0; k < years * n; k++)
        if (state[k] & BREAKERS_SUSPENDED)
            move_all(b, t, q, k, -1);
    memset(state, 0, (years + 1) * n);
    for (size_t k = 0; k < n; k++)
        if (breakers_opening(book, k)) {
            state[k] = BREAKERS_SUSPENDED;
            move_all(b, t, q, k, 1);
        }
}

void breakers_end(const Breakers *b, DueTable *t, size_t q, int year,
                  uint64_t stopped)
{
    const Book *book = b->dues->book;
    size_t n = book->nbanks, next = (size_t)year + 1;
    const VolumesGone path = {dues_banks_gone(t, q), stopped};
    if (year >= book->years)
        return;
    const uint8_t *now = states(b, t, q, year);
    uint8_t *then = states(b, t, q, year + 1);
    for (size_t k = 0; k < n; k++) {
        BreakersReached r =
            breakers_reach(b->dues, b->rule, dues_banks(t, q), &path, k, year);
        then[k] = state_of(r, (now[k] & BREAKERS_SUSPENDED) != 0);
        if (then[k] & BREAKERS_SUSPENDED && next < (size_t)book->years)
            move_all(b, t, q, next * n + k, 1);
    }
}

int breakers_stop(const Breakers *b, const DueTable *t, size_t q, size_t loan)
{
    const BookLoan *l = &t->dues->book->loans[loan];
    if (b == NULL || l->vintage < 0 || l->vintage >= t->dues->book->years)
        return 0;
    return (breakers_state(b, t, q, l->vintage, l->bank) &
            BREAKERS_SUSPENDED) != 0;
}
