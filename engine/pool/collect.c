#include "pool/collect.h"

#include <math.h>

/* So much that 2^32 squares of what a book can lose, or a fund gain, fit in
 * 128 bits. */
static int shift_of(const Waterfall *w)
{
    const Volumes *v = w->dues->volumes;
    const VolumesGone path = {0};
    int64_t most =
        volumes_of(v, DENOMINATOR_COHORT, 0, 0, &path, 0, v->classes);
    int shift = 0;
    for (int j = 0; j < w->scheme->n; j++) {
        const SchemeFund *f = &w->scheme->fund[j];
        int64_t gain = f->has_yield ? f->opening : 0;
        for (size_t i = 0; i < f->n && gain < MONEY_MAX; i++)
            gain += f->replenish[i].fen;
        most = gain > most ? gain : most;
    }
    while (most >> shift >= INT64_C(1) << 44)
        shift++;
    return shift;
}

int tally_open(Tally *t, const Waterfall *w, size_t nbanks)
{
    *t = (Tally){0};
    if (w == NULL)
        return 1;
    t->run = w->run;
    t->parties = w->scheme->n;
    t->years = (size_t)w->years;
    t->nbanks = nbanks;
    size_t n = (size_t)t->run * (size_t)t->parties;
    size_t banks = t->years * nbanks + 1;
    t->has_accounts = w->has_accounts;
    t->calm = w->calm;
    t->shift = shift_of(w);
    size_t accounts = w->has_accounts ? n * ACCOUNT_COUNT : 1;
    t->account = mem_new(accounts, sizeof *t->account);
    t->squares = mem_new(accounts, sizeof *t->squares);
    t->levered = mem_new((size_t)t->run, sizeof *t->levered);
    t->unreserved = mem_new((size_t)t->run, sizeof *t->unreserved);
    t->paid = mem_new(n, sizeof *t->paid);
    t->back = mem_new(n, sizeof *t->back);
    t->balance = mem_new(n, sizeof *t->balance);
    t->paid_squares = mem_new(n, sizeof *t->paid_squares);
    t->back_squares = mem_new(n, sizeof *t->back_squares);
    t->balance_squares = mem_new(n, sizeof *t->balance_squares);
    t->fund = w->scheme->fund;
    t->dry = mem_new(n, sizeof *t->dry);
    t->capped = mem_new(n, sizeof *t->capped);
    t->warned = mem_new(banks, sizeof *t->warned);
    t->suspended = mem_new(banks, sizeof *t->suspended);
    t->banks = mem_new(nbanks + 1, sizeof *t->banks);
    return t->paid_squares != NULL && t->back_squares != NULL &&
           t->balance_squares != NULL && t->paid != NULL && t->back != NULL &&
           t->balance != NULL && t->dry != NULL && t->capped != NULL &&
           t->warned != NULL && t->suspended != NULL && t->banks != NULL &&
           t->account != NULL && t->squares != NULL && t->levered != NULL &&
           t->unreserved != NULL;
}

void tally_close(Tally *t)
{
    mem_free(t->paid);
    mem_free(t->back);
    mem_free(t->balance);
    mem_free(t->paid_squares);
    mem_free(t->back_squares);
    mem_free(t->balance_squares);
    mem_free(t->dry);
    mem_free(t->capped);
    mem_free(t->warned);
    mem_free(t->suspended);
    mem_free(t->banks);
    mem_free(t->account);
    mem_free(t->squares);
    mem_free(t->levered);
    mem_free(t->unreserved);
}

void tally_add(Tally *sum, const Tally *part)
{
    size_t n = (size_t)sum->run * (size_t)sum->parties;
    for (size_t i = 0; i < n; i++) {
        sum->paid[i] += part->paid[i];
        sum->back[i] += part->back[i];
        sum->balance[i] += part->balance[i];
        sum->paid_squares[i] += part->paid_squares[i];
        sum->back_squares[i] += part->back_squares[i];
        sum->balance_squares[i] += part->balance_squares[i];
        sum->dry[i] += part->dry[i];
        sum->capped[i] += part->capped[i];
    }
    for (int y = 0; y < sum->run; y++) {
        sum->levered[y] += part->levered[y];
        sum->unreserved[y] += part->unreserved[y];
    }
    for (size_t i = 0; sum->has_accounts && i < n * ACCOUNT_COUNT; i++) {
        sum->account[i] += part->account[i];
        sum->squares[i] += part->squares[i];
    }
    for (size_t i = 0; i < sum->years * sum->nbanks; i++) {
        sum->warned[i] += part->warned[i];
        sum->suspended[i] += part->suspended[i];
    }
}

static void add_accounts(Tally *t, const WaterfallPath *path)
{
    size_t i = 0;
    for (int y = 0; y < t->run; y++) {
        t->levered[y] += (uint64_t)path->year[y].is_levered;
        t->unreserved[y] += (uint64_t)path->year[y].is_unreserved;
        for (int k = 0; k < ACCOUNT_COUNT; k++)
            for (int j = 0; j < t->parties; j++, i++) {
                int64_t d = path->account[y][k][j] - t->calm[y][k][j];
                t->account[i] += d;
                d /= INT64_C(1) << t->shift;
                t->squares[i] += (Exact)d * d;
            }
    }
}

/* n * squares - sum^2, exactly where that fits in 128 bits. */
static double spread(Exact n, Exact squares, Exact sum)
{
    Exact a, b;
    if (!__builtin_mul_overflow(n, squares, &a) &&
        !__builtin_mul_overflow(sum, sum, &b))
        return (double)(a - b);
    double d = (double)n * (double)squares - (double)sum * (double)sum;
    return d > 0 ? d : 0;
}

double tally_error(const Tally *t, Exact sum, Exact squares, uint64_t count)
{
    double n = (double)count, scale = (double)(INT64_C(1) << t->shift);
    sum /= INT64_C(1) << t->shift;
    double s = spread((Exact)count, squares, sum) / (n * n * (n - 1));
    return scale * sqrt(s > 0 ? s : 0);
}

static Exact square_of(int64_t fen, int shift)
{
    if (shift > 0)
        fen /= INT64_C(1) << shift;
    return (Exact)fen * fen;
}

void tally_path(Tally *t, const WaterfallPath *path)
{
    uint32_t dry = 0;
    size_t i = 0;
    if (t->has_accounts)
        add_accounts(t, path);
    for (int y = 0; y < t->run; y++) {
        const WaterfallYear *now = &path->year[y];
        uint32_t first = now->dry & ~dry;
        dry |= first;
        for (int j = 0; j < t->parties; j++, i++) {
            t->paid[i] += now->paid[j];
            t->back[i] += now->back[j];
            t->balance[i] += now->balance[j];
            t->paid_squares[i] += square_of(now->paid[j], t->shift);
            t->back_squares[i] += square_of(now->back[j], t->shift);
            if (t->fund[j].exists)
                t->balance_squares[i] +=
                    square_of(now->balance[j] - t->fund[j].opening, t->shift);
            t->dry[i] += first >> j & 1;
            t->capped[i] += now->capped >> j & 1;
        }
    }
}

void tally_banks(Tally *t, const Dues *d, const SchemeBreaker *rule,
                 const int64_t in_default[], VolumesGone path)
{
    for (size_t b = 0; b < t->nbanks; b++) {
        uint8_t state[BOOK_YEARS];
        breakers_follow(state, d, rule, in_default, &path, b);
        t->banks[b] = 0;
        for (size_t y = 0; y < t->years; y++) {
            size_t i = y * t->nbanks + b;
            t->warned[i] += (state[y] & BREAKERS_WARNED) != 0;
            t->suspended[i] += (state[y] & BREAKERS_SUSPENDED) != 0;
            t->banks[b] |= state[y];
        }
    }
}
