#include "pool/dues.h"

#include "stat/trials.h"

#include <math.h>
#include <string.h>

/* Of a firm's covered balances [n], what a cap on the customer leaves: cut in
 * proportion, to the fen. */
static void cut_to_cap(int64_t covered[], size_t n, int64_t cap)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += covered[i];
    if (cap >= 0 && sum > cap)
        fraction_split(covered, cap, covered, sum, n);
}

DueLoan dues_loan(const Dues *d, size_t loan, size_t step, double lgd)
{
    const Book *b = d->book;
    size_t at = loan * b->width + step;
    int64_t balance = b->balance[at], shared = d->shared[at];
    int64_t loss = dues_share(balance, lgd);
    if (d->is_net && shared == balance)
        return (DueLoan){balance, {loss}};
    if (d->is_net) {
        int64_t part =
            balance == 0 ? 0
                         : (int64_t)exact_divide((Exact)loss * shared, balance);
        return (DueLoan){balance, {part, loss - part}};
    }
    int64_t back = shared - dues_share(shared, lgd);
    return (DueLoan){balance,
                     {shared, balance - shared, back, balance - loss - back}};
}

/* Of a firm's covered balances, what the caps on it leave: that of each scheme
 * of its loans under that scheme. */
static void cut_firm(int64_t covered[], const BookLoan loans[], size_t n,
                     const Scheme *s, int64_t scratch[])
{
    for (size_t m = 0; m < scheme_members(s); m++) {
        size_t some = 0, at = 0;
        for (size_t i = 0; i < n; i++)
            if (loans[i].member == m)
                scratch[some++] = covered[i];
        cut_to_cap(scratch, some, scheme_member(s, m)->customer_cap);
        for (size_t i = 0; i < n; i++)
            if (loans[i].member == m)
                covered[i] = scratch[at++];
    }
}

/* What of each loan's covered balance is shared: all of it, or what a cap on
 * the customer leaves of his. */
static ErrCode fill_shared(Dues *d, Arena *arena, const Scheme *s, Err *err)
{
    const Book *b = d->book;
    size_t most = 1;
    d->shared = b->covered;
    if (s == NULL || s->customer_cap < 0)
        return OK;
    for (size_t k = 0; k < b->nslots; k++)
        if (b->loan_at[k + 1] - b->loan_at[k] > most)
            most = b->loan_at[k + 1] - b->loan_at[k];
    int64_t *shared =
        arena_alloc(arena, b->nloans * b->width + 1, sizeof *shared);
    int64_t *firm = arena_alloc(arena, 2 * most, sizeof *firm);
    if (shared == NULL || firm == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    for (size_t k = 0; k < b->nslots; k++)
        for (size_t t = 0; t < b->steps; t++) {
            size_t from = b->loan_at[k], n = b->loan_at[k + 1] - from;
            for (size_t i = 0; i < n; i++)
                firm[i] = b->covered[(from + i) * b->width + t];
            cut_firm(firm, b->loans + from, n, s, firm + most);
            for (size_t i = 0; i < n; i++)
                shared[(from + i) * b->width + t] = firm[i];
        }
    d->shared = shared;
    return OK;
}

static int is_anything_kept(const Dues *d)
{
    const Book *b = d->book;
    for (size_t i = 0; i < b->nloans; i++)
        for (size_t t = i * b->width; t < i * b->width + b->steps; t++)
            if (d->shared[t] != b->balance[t])
                return 1;
    return 0;
}

static ErrCode fill_amounts(Dues *d, Arena *arena, Err *err)
{
    const Book *b = d->book;
    size_t parts = (size_t)d->parts;
    int64_t *amount =
        arena_alloc(arena, b->steps * b->nslots * parts + 1, sizeof *amount);
    if (amount == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    for (size_t i = 0; i < b->nloans; i++)
        for (size_t t = 0; t < b->steps; t++) {
            DueLoan loan = dues_loan(d, i, t, b->loans[i].lgd);
            size_t at = (t * b->nslots + b->loans[i].slot) * parts;
            for (size_t p = 0; p < parts; p++)
                amount[at + p] += loan.part[p];
        }
    d->amount = amount;
    return OK;
}

/* What a firm loses where that is all that is asked. */
static int64_t loss_of(const Dues *d, size_t step, size_t slot)
{
    const Book *b = d->book;
    int64_t sum = 0;
    for (size_t i = b->loan_at[slot]; i < b->loan_at[slot + 1]; i++)
        sum += dues_loan(d, i, step, b->loans[i].lgd).part[DUE_SHARED];
    return sum;
}

/* Amounts as 32 bits, for the kernel that adds up losses and nothing else: the
 * low ones, then the high ones where there are any. */
static ErrCode fill_halves(Dues *d, Arena *arena, Err *err)
{
    size_t n = d->book->nslots, steps = d->book->steps;
    int64_t all = 0;
    for (int h = 0; h < 2 && (h == 0 || all >> 32 != 0); h++) {
        uint32_t *half = arena_alloc(arena, steps * n + 1, sizeof *half);
        uint32_t most = 0;
        if (half == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for claims");
        for (size_t i = 0; i < steps * n; i++) {
            int64_t loss = loss_of(d, i / n, i % n);
            half[i] = (uint32_t)(loss >> 32 * h);
            most = half[i] > most ? half[i] : most;
            all |= loss;
        }
        d->half[h] = half;
        d->run[h] = trials_safe(most);
    }
    return OK;
}

/* The same loan by loan, where loans of a firm may be of several classes. */
static ErrCode fill_loans(Dues *d, Arena *arena, Err *err)
{
    const Book *b = d->book;
    size_t parts = (size_t)d->parts;
    if (d->classes == 1)
        return OK;
    int64_t *amount =
        arena_alloc(arena, b->steps * b->nloans * parts + 1, sizeof *amount);
    if (amount == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    for (size_t i = 0; i < b->nloans; i++)
        for (size_t t = 0; t < b->steps; t++) {
            DueLoan loan = dues_loan(d, i, t, b->loans[i].lgd);
            memcpy(amount + (t * b->nloans + i) * parts, loan.part,
                   parts * sizeof *amount);
        }
    d->loan_amount = amount;
    return OK;
}

/* Amounts by class, or by class of each bank. */
static ErrCode fill_volumes(const Volumes **out, const Dues *d, Arena *arena,
                            int by_bank, Err *err)
{
    const Book *b = d->book;
    Volumes *v = arena_alloc(arena, 1, sizeof *v);
    size_t row = volumes_row(b);
    size_t classes = by_bank ? b->nbanks * d->bank_classes : d->classes;
    int64_t *amount = arena_alloc(arena, classes * row, sizeof *amount);
    if (v == NULL || amount == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    for (size_t i = 0; i < b->nloans; i++) {
        size_t class = by_bank ? dues_bank_class(d, i) : dues_class(d, i);
        volumes_add(amount + class * row, b, i);
    }
    *v = (Volumes){b->years, classes, row, amount};
    *out = v;
    return OK;
}

/* What each firm has in force, where that is all that a default takes. */
static ErrCode fill_base(Dues *d, Arena *arena, Err *err)
{
    const Book *b = d->book;
    if (!d->has_gone || d->classes > 1 || b->written != NULL || b->fee != NULL)
        return OK;
    size_t n = book_openings(b);
    int64_t *base = arena_alloc(arena, b->nslots * n + 1, sizeof *base);
    if (base == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    for (size_t i = 0; i < b->nloans; i++)
        for (size_t y = 0; y < n; y++)
            base[b->loans[i].slot * n + y] +=
                b->covered[i * b->width + book_opening(b, y)];
    d->base = base;
    return OK;
}

/* Whether defaults change a denominator: of what comes after them, or of the
 * end of their own year; or suspensions on the opening day do. */
static int needs_gone(const Book *b, uint32_t used, int opens_without)
{
    uint32_t changed = DENOMINATORS_AT_END;
    if (b->years > 1)
        changed |= DENOMINATOR_BIT(DENOMINATOR_IN_FORCE);
    if (b->written != NULL && (b->steps > 1 || opens_without))
        changed |= DENOMINATOR_BIT(DENOMINATOR_NEW_BUSINESS) |
                   DENOMINATOR_BIT(DENOMINATOR_COHORT);
    return (used & changed) != 0;
}

/* Nothing is paid back, starts or matures within a year. */
static int is_flat(const Dues *d)
{
    const Book *b = d->book;
    if (b->year_steps == 1)
        return 1;
    for (size_t i = 0; i < b->nloans; i++)
        for (size_t t = 1; t < b->steps; t++) {
            const int64_t *now = d->shared + i * b->width + t;
            const int64_t *all = b->balance + i * b->width + t;
            if (t % (size_t)b->year_steps != 0 &&
                (now[0] != now[-1] || all[0] != all[-1]))
                return 0;
        }
    return 1;
}

/* A bank that is suspended on the opening day has loans that would start in the
 * first year. */
static int opens_without(const Book *b)
{
    for (size_t i = 0; b->suspended != NULL && i < b->nloans; i++)
        if (b->loans[i].vintage == 0 && b->suspended[b->loans[i].bank])
            return 1;
    return 0;
}

static ErrCode find_classes(Dues *d, const Scheme *s, Err *err)
{
    const Book *b = d->book;
    size_t vintages = (size_t)(b->youngest - b->oldest) + 1;
    uint32_t cohort = DENOMINATOR_BIT(DENOMINATOR_COHORT);
    d->classes = d->vintages = d->bank_classes = 1;
    if (s == NULL)
        return OK;
    int at_once = opens_without(b);
    d->has_gone = needs_gone(b, s->denominators | s->watched, at_once);
    d->by_bank = s->breaker.exists;
    d->may_stop = s->leverage.exists && b->written != NULL;
    d->may_suspend = d->by_bank && b->written != NULL &&
                     (at_once || (b->youngest > 0 && b->years > 1));
    if (d->may_stop || s->denominators & cohort)
        d->vintages = vintages;
    d->classes = d->vintages * scheme_members(s);
    d->feeds_back = needs_gone(b, s->denominators, at_once) || d->classes > 1 ||
                    (d->may_suspend && b->years > 1);
    if (d->by_bank &&
        (d->may_stop || s->breaker.denominator == DENOMINATOR_COHORT))
        d->bank_classes = vintages;
    if (d->classes > DUES_CLASSES || d->bank_classes > DUES_CLASSES)
        return FAIL(err, ERR_DOMAIN,
                    "%s: loans that start in %zu years; cohorts are told apart "
                    "for at most %zu",
                    s->file, vintages, DUES_CLASSES / scheme_members(s));
    return OK;
}

ErrCode dues_new(const Dues **out, Arena *arena, const Book *book,
                 const Scheme *s, const Severity *severity, uint64_t seed,
                 Err *err)
{
    ErrCode rc = OK;
    Dues *c = arena_alloc(arena, 1, sizeof *c);
    if (c == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    c->book = book;
    c->isa = simd_isa();
    months_open(&c->months, book, seed);
    c->severity = severity;
    c->is_net = s == NULL || s->is_net;
    TRY(fill_shared(c, arena, s, err));
    c->parts = !c->is_net ? 4 : is_anything_kept(c) ? 2 : 1;
    TRY(find_classes(c, s, err));
    int is_plain = c->parts == 1 && c->classes == 1 && !c->has_gone &&
                   !c->by_bank && severity == NULL && book->year_steps == 1;
    TRY(is_plain ? fill_halves(c, arena, err) : fill_amounts(c, arena, err));
    TRY(fill_loans(c, arena, err));
    TRY(fill_volumes(&c->volumes, c, arena, 0, err));
    if (c->by_bank)
        TRY(fill_volumes(&c->banks, c, arena, 1, err));
    TRY(fill_base(c, arena, err));
    c->is_flat = is_flat(c);
    *out = c;
done:
    return rc;
}
