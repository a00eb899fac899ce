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
        for (size_t i = 0; i < n; i++) { /* split the cap, running sums */
            int64_t rest = (int64_t)exact_divide((Exact)cap * covered[i], sum);
            sum -= covered[i];
            cap -= rest;
            covered[i] = rest;
            if (sum == 0)
                break;
        }
}

/* An estimate becomes money here: fen * share, half away from zero. */
static int64_t part_of(int64_t fen, double share)
{
    double part = floor((double)fen * share + 0.5);
    return part >= (double)fen ? fen : (int64_t)part;
}

DueLoan dues_loan(const Dues *d, size_t loan, size_t year)
{
    const Book *b = d->book;
    size_t at = loan * (size_t)b->years + year;
    double lgd = b->loans[loan].lgd;
    int64_t balance = b->balance[at], shared = d->shared[at];
    int64_t loss = part_of(balance, lgd);
    if (d->is_net) {
        int64_t part =
            balance == 0 ? 0
                         : (int64_t)exact_divide((Exact)loss * shared, balance);
        return (DueLoan){balance, {part, loss - part}};
    }
    int64_t back = shared - part_of(shared, lgd);
    return (DueLoan){balance,
                     {shared, balance - shared, back, balance - loss - back}};
}

/* What of each loan's covered balance is shared: all of it, or what a cap on
 * the customer leaves of his. */
static ErrCode fill_shared(Dues *d, Arena *arena, int64_t cap, Err *err)
{
    const Book *b = d->book;
    size_t years = (size_t)b->years, most = 1;
    d->shared = b->covered;
    if (cap < 0)
        return OK;
    for (size_t k = 0; k < b->nslots; k++)
        if (b->loan_at[k + 1] - b->loan_at[k] > most)
            most = b->loan_at[k + 1] - b->loan_at[k];
    int64_t *shared = arena_alloc(arena, b->nloans * years + 1, sizeof *shared);
    int64_t *firm = arena_alloc(arena, most, sizeof *firm);
    if (shared == NULL || firm == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    for (size_t k = 0; k < b->nslots; k++)
        for (size_t y = 0; y < years; y++) {
            size_t from = b->loan_at[k], n = b->loan_at[k + 1] - from;
            for (size_t i = 0; i < n; i++)
                firm[i] = b->covered[(from + i) * years + y];
            cut_to_cap(firm, n, cap);
            for (size_t i = 0; i < n; i++)
                shared[(from + i) * years + y] = firm[i];
        }
    d->shared = shared;
    return OK;
}

static int needs_in_force(const Scheme *s)
{
    int needs = s->denominator == DENOMINATOR_IN_FORCE;
    for (int j = 0; j < s->n; j++)
        needs |=
            s->cap[j].exists && s->cap[j].denominator == DENOMINATOR_IN_FORCE;
    return needs;
}

static int is_anything_kept(const Dues *d)
{
    const Book *b = d->book;
    for (size_t i = 0; i < b->nloans * (size_t)b->years; i++)
        if (d->shared[i] != b->balance[i])
            return 1;
    return 0;
}

static ErrCode fill_amounts(Dues *d, Arena *arena, Err *err)
{
    const Book *b = d->book;
    size_t years = (size_t)b->years, parts = (size_t)d->parts;
    int64_t *amount =
        arena_alloc(arena, years * b->nslots * parts + 1, sizeof *amount);
    if (amount == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    for (size_t i = 0; i < b->nloans; i++)
        for (size_t y = 0; y < years; y++) {
            DueLoan loan = dues_loan(d, i, y);
            size_t at = (y * b->nslots + b->loans[i].slot) * parts;
            for (size_t p = 0; p < parts; p++)
                amount[at + p] += loan.part[p];
        }
    d->amount = amount;
    return OK;
}

static ErrCode fill_balances(Dues *c, Arena *arena, int by_firm, Err *err)
{
    const Book *b = c->book;
    size_t years = (size_t)b->years;
    int64_t *in_force = arena_alloc(arena, years, sizeof *in_force);
    int64_t *base =
        arena_alloc(arena, by_firm ? b->nslots * years + 1 : 1, sizeof *base);
    int64_t *bank = arena_alloc(arena, years * b->nbanks + 1, sizeof *bank);
    if (in_force == NULL || base == NULL || bank == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    for (size_t i = 0; i < b->nloans; i++)
        for (size_t y = 0; y < years; y++) {
            int64_t fen = b->covered[i * years + y];
            in_force[y] += fen;
            if (by_firm)
                base[b->loans[i].slot * years + y] += fen;
            if (c->by_bank)
                bank[y * b->nbanks + b->loans[i].bank] += fen;
        }
    c->in_force = in_force;
    c->base = by_firm ? base : NULL;
    c->bank_in_force = bank;
    return OK;
}

ErrCode dues_new(const Dues **out, Arena *arena, const Book *book,
                 const Scheme *s, Err *err)
{
    ErrCode rc = OK;
    Dues *c = arena_alloc(arena, 1, sizeof *c);
    if (c == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for claims");
    c->book = book;
    c->isa = simd_isa();
    c->is_net = s == NULL || s->is_net;
    TRY(fill_shared(c, arena, s == NULL ? -1 : s->customer_cap, err));
    c->parts = !c->is_net ? 4 : is_anything_kept(c) ? 2 : 1;
    c->by_bank = s != NULL && s->breaker.exists;
    TRY(fill_amounts(c, arena, err));
    TRY(fill_balances(c, arena,
                      s != NULL && book->years > 1 && needs_in_force(s), err));
    *out = c;
done:
    return rc;
}

int dues_open(DueTable *t, const Dues *c)
{
    size_t cells = EVENTS_BLOCK * (size_t)c->book->years;
    size_t banks = c->by_bank ? c->book->nbanks : 0;
    *t = (DueTable){.dues = c};
    t->part = mem_new(cells * (size_t)c->parts, sizeof *t->part);
    t->gone = mem_new(c->base != NULL ? cells : 1, sizeof *t->gone);
    t->bank = mem_new(cells * banks + 1, sizeof *t->bank);
    t->bank_gone = mem_new(cells * banks + 1, sizeof *t->bank_gone);
    return t->part != NULL && t->gone != NULL && t->bank != NULL &&
           t->bank_gone != NULL;
}

void dues_close(DueTable *t)
{
    mem_free(t->part);
    mem_free(t->gone);
    mem_free(t->bank);
    mem_free(t->bank_gone);
}

void dues_clear(DueTable *t, size_t n)
{
    const Dues *c = t->dues;
    size_t cells = n * (size_t)c->book->years;
    memset(t->part, 0, cells * (size_t)c->parts * sizeof *t->part);
    if (c->base != NULL)
        memset(t->gone, 0, cells * sizeof *t->gone);
    if (c->by_bank) {
        memset(t->bank, 0, cells * c->book->nbanks * sizeof *t->bank);
        memset(t->bank_gone, 0, cells * c->book->nbanks * sizeof *t->bank_gone);
    }
}

/* The defaulted firm's loans leave their banks' books. */
static void take_banks(DueTable *t, size_t q, size_t year, uint32_t slot)
{
    const Book *b = t->dues->book;
    size_t years = (size_t)b->years, row = (q * years + year) * b->nbanks;
    for (uint32_t i = b->loan_at[slot]; i < b->loan_at[slot + 1]; i++) {
        uint32_t bank = b->loans[i].bank;
        t->bank[row + bank] += b->covered[i * years + year];
        for (size_t y = year + 1; y < years; y++)
            t->bank_gone[(q * years + y) * b->nbanks + bank] +=
                b->covered[i * years + y];
    }
}

/* One firm's claim, where more than its loss is kept. */
static void take_firm(DueTable *t, size_t q, size_t year, uint32_t slot)
{
    const Dues *d = t->dues;
    size_t years = (size_t)d->book->years, parts = (size_t)d->parts;
    const int64_t *amount = d->amount + (year * d->book->nslots + slot) * parts;
    int64_t *sum = t->part + (q * years + year) * parts;
    for (size_t p = 0; p < parts; p++)
        sum[p] += amount[p];
    for (size_t y = year + 1; d->base != NULL && y < years; y++)
        t->gone[q * years + y] += d->base[slot * years + y];
    if (d->by_bank)
        take_banks(t, q, year, slot);
}

void dues_take(void *to, size_t q, int year, size_t slot, const uint32_t bits[],
               size_t words)
{
    DueTable *t = to;
    const Dues *d = t->dues;
    if (d->parts == 1 && d->base == NULL && !d->by_bank) {
        size_t years = (size_t)d->book->years, y = (size_t)year;
        t->part[q * years + y] += trials_sum(
            d->isa, d->amount + y * d->book->nslots + slot, bits, words);
        return;
    }
    TRIALS_EACH(place, bits, words)
    take_firm(t, q, (size_t)year, (uint32_t)slot + place);
}
