#include "pool/dues.h"
#include "stat/trials.h"

#include <string.h>

/* Numbers a scenario takes in each part of the table. */
typedef struct {
    size_t part, gone, bank, bank_gone, failed, breaker;
} Sizes;

static Sizes sizes_of(const Dues *d)
{
    const Book *b = d->book;
    size_t units = d->by_bank ? b->nbanks * d->bank_classes : 0;
    return (Sizes){b->steps * d->classes * (size_t)d->parts,
                   d->has_gone ? d->classes * d->volumes->row : 0,
                   (size_t)b->years * units,
                   units * d->volumes->row,
                   d->may_suspend ? b->nslots : 0,
                   d->may_suspend ? ((size_t)b->years + 1) * b->nbanks : 0};
}

int dues_open(DueTable *t, const Dues *d)
{
    Sizes n = sizes_of(d);
    *t = (DueTable){.dues = d};
    t->part = mem_new(EVENTS_BLOCK * n.part, sizeof *t->part);
    t->gone = mem_new(EVENTS_BLOCK * n.gone + 1, sizeof *t->gone);
    t->bank = mem_new(EVENTS_BLOCK * n.bank + 1, sizeof *t->bank);
    t->bank_gone =
        mem_new(EVENTS_BLOCK * n.bank_gone + 1, sizeof *t->bank_gone);
    t->failed = mem_new(EVENTS_BLOCK * n.failed + 1, sizeof *t->failed);
    t->breaker = mem_new(EVENTS_BLOCK * n.breaker + 1, sizeof *t->breaker);
    return t->part != NULL && t->gone != NULL && t->bank != NULL &&
           t->bank_gone != NULL && t->failed != NULL && t->breaker != NULL;
}

void dues_close(DueTable *t)
{
    mem_free(t->part);
    mem_free(t->gone);
    mem_free(t->bank);
    mem_free(t->bank_gone);
    mem_free(t->failed);
    mem_free(t->breaker);
}

void dues_clear(DueTable *t, uint64_t first, size_t n)
{
    t->first = first;
    t->waiting = 0;
    Sizes each = sizes_of(t->dues);
    memset(t->part, 0, n * each.part * sizeof *t->part);
    memset(t->gone, 0, n * each.gone * sizeof *t->gone);
    memset(t->bank, 0, n * each.bank * sizeof *t->bank);
    memset(t->bank_gone, 0, n * each.bank_gone * sizeof *t->bank_gone);
    memset(t->failed, 0xff, n * each.failed * sizeof *t->failed); /* never */
    memset(t->breaker, 0, n * each.breaker * sizeof *t->breaker);
}

/* When a firm defaults. */
typedef struct {
    size_t year, step;
} When;

/* The defaulted firm's loans leave their banks' books. */
static void take_banks(DueTable *t, size_t q, When when, uint32_t slot)
{
    const Dues *d = t->dues;
    const Book *b = d->book;
    size_t units = b->nbanks * d->bank_classes, row = d->banks->row;
    int64_t *bank = t->bank + (q * (size_t)b->years + when.year) * units;
    for (uint32_t i = b->loan_at[slot]; i < b->loan_at[slot + 1]; i++) {
        size_t unit = dues_bank_class(d, i);
        bank[unit] += b->covered[i * b->width + when.step];
        volumes_take(t->bank_gone + (q * units + unit) * row, b, i, when.step);
    }
}

/* The claims of a firm's loans, each in its class. */
static void take_loans(DueTable *t, size_t q, size_t step, uint32_t slot)
{
    const Dues *d = t->dues;
    const Book *b = d->book;
    size_t parts = (size_t)d->parts;
    int64_t *sum = t->part + (q * b->steps + step) * d->classes * parts;
    for (uint32_t i = b->loan_at[slot]; i < b->loan_at[slot + 1]; i++) {
        size_t class = dues_class(d, i);
        const int64_t *amount = d->loan_amount + (step * b->nloans + i) * parts;
        for (size_t p = 0; p < parts; p++)
            sum[class * parts + p] += amount[p];
    }
}

static void add_parts(DueTable *t, size_t q, size_t step, uint32_t loan,
                      const int64_t part[])
{
    const Dues *d = t->dues;
    size_t steps = d->book->steps, parts = (size_t)d->parts;
    size_t class = dues_class(d, loan);
    int64_t *sum = t->part + ((q * steps + step) * d->classes + class) * parts;
    for (size_t p = 0; p < parts; p++)
        sum[p] += part[p];
}

/* Loans that wait get their losses. */
static void settle(DueTable *t)
{
    const Dues *d = t->dues;
    const Book *b = d->book;
    double lgd[SEVERITY_BATCH];
    severity_draw(lgd, d->severity, &t->place, t->waiting_q, t->waiting_loan,
                  t->waiting);
    if (d->parts == 1 && d->classes == 1)
        for (size_t i = 0; i < t->waiting; i++) {
            size_t step = t->waiting_step[i];
            size_t at = t->waiting_loan[i] * b->width + step;
            t->part[t->waiting_q[i] * b->steps + step] +=
                dues_share(b->balance[at], lgd[i]);
        }
    else
        for (size_t i = 0; i < t->waiting; i++) {
            uint32_t loan = t->waiting_loan[i];
            DueLoan due = dues_loan(d, loan, t->waiting_step[i], lgd[i]);
            add_parts(t, t->waiting_q[i], t->waiting_step[i], loan, due.part);
        }
    t->waiting = 0;
}

/* The group of the book that a slot is of. */
static size_t group_of(const Book *b, size_t slot)
{
    size_t low = 0, high = b->ngroups;
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (b->groups[mid].first <= slot)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static SeverityPlace place_of(const DueTable *t, size_t group, int year)
{
    return (SeverityPlace){
        t->first, events_factor(t->work, t->events, year, group), group, year};
}

double dues_lgd(const DueTable *t, uint32_t loan, size_t q, int year)
{
    const Book *b = t->dues->book;
    double lgd = b->loans[loan].lgd;
    uint32_t scenario = (uint32_t)q;
    if (t->dues->severity == NULL)
        return lgd;
    SeverityPlace at = place_of(t, group_of(b, b->loans[loan].slot), year);
    severity_draw(&lgd, t->dues->severity, &at, &scenario, &loan, 1);
    return lgd;
}

/* The loans of firm[n], of one each, wait for their losses. */
static void wait_single(DueTable *t, size_t q, size_t step,
                        const uint32_t firm[], size_t n)
{
    const uint32_t *loan_at = t->dues->book->loan_at;
    for (size_t k = 0, some; k < n; k += some) {
        size_t room = SEVERITY_BATCH - t->waiting;
        some = n - k < room ? n - k : room;
        for (size_t i = 0; i < some; i++) {
            t->waiting_q[t->waiting + i] = (uint32_t)q;
            t->waiting_loan[t->waiting + i] = loan_at[firm[k + i]];
            t->waiting_step[t->waiting + i] = (uint16_t)step;
        }
        t->waiting += some;
        if (t->waiting == SEVERITY_BATCH)
            settle(t);
    }
}

/* The loans of firm[n] wait for their losses. */
static void wait_all(DueTable *t, size_t q, size_t step, const uint32_t firm[],
                     size_t n)
{
    const uint32_t *loan_at = t->dues->book->loan_at;
    size_t waiting = t->waiting;
    if (t->dues->book->nloans == t->dues->book->firms) {
        wait_single(t, q, step, firm, n);
        return;
    }
    for (size_t k = 0; k < n; k++)
        for (uint32_t i = loan_at[firm[k]]; i < loan_at[firm[k] + 1]; i++) {
            t->waiting_q[waiting] = (uint32_t)q;
            t->waiting_loan[waiting] = i;
            t->waiting_step[waiting] = (uint16_t)step;
            if (++waiting < SEVERITY_BATCH)
                continue;
            t->waiting = waiting;
            settle(t);
            waiting = 0;
        }
    t->waiting = waiting;
}

/* What the firms firm[n] would have had in force as later years open. */
static void take_base(DueTable *t, size_t q, size_t year, const uint32_t firm[],
                      size_t n)
{
    const int64_t *base = t->dues->base;
    size_t width = book_openings(t->dues->book);
    int64_t *gone = t->gone + q * t->dues->volumes->row;
    for (size_t y = year + 1; y < width; y++) {
        int64_t sum = 0;
        for (size_t k = 0; k < n; k++)
            sum += base[firm[k] * width + y];
        gone[y] += sum;
    }
}

/* What a firm's loans would have had in force and written. */
static void take_volumes(DueTable *t, size_t q, size_t step, uint32_t slot)
{
    const Dues *d = t->dues;
    const Book *b = d->book;
    size_t row = d->volumes->row;
    int64_t *gone = t->gone + q * d->classes * row;
    for (uint32_t i = b->loan_at[slot]; i < b->loan_at[slot + 1]; i++)
        volumes_take(gone + dues_class(d, i) * row, b, i, step);
}

/* Add up what the firms firm[n] ask for, apart from the table: a sum kept there
 * would wait for itself at every firm. */
static inline void add_amounts(int64_t sum[], const int64_t amount[],
                               const uint32_t firm[], size_t n, size_t parts)
{
    int64_t own[4] = {0};
    for (size_t k = 0; k < n; k++)
        for (size_t p = 0; p < parts; p++)
            own[p] += amount[firm[k] * parts + p];
    for (size_t p = 0; p < parts; p++)
        sum[p] += own[p];
}

/* The claims of the firms firm[n], all of one class. */
static void take_amounts(DueTable *t, size_t q, size_t step,
                         const uint32_t firm[], size_t n)
{
    const Dues *d = t->dues;
    size_t steps = d->book->steps, parts = (size_t)d->parts;
    const int64_t *amount = d->amount + step * d->book->nslots * parts;
    int64_t *sum = t->part + (q * steps + step) * parts;
    if (parts == 4) /* a number that the compiler knows */
        add_amounts(sum, amount, firm, n, 4);
    else
        add_amounts(sum, amount, firm, n, parts);
}

/* The claims of the firms firm[n], those of losses that are drawn apart. */
static void take_firms(DueTable *t, size_t q, When when, const uint32_t firm[],
                       size_t n)
{
    const Dues *d = t->dues;
    if (d->severity == NULL && d->classes == 1)
        take_amounts(t, q, when.step, firm, n);
    for (size_t k = 0; k < n && d->severity == NULL && d->classes > 1; k++)
        take_loans(t, q, when.step, firm[k]);
    if (d->base != NULL)
        take_base(t, q, when.year, firm, n);
    for (size_t k = 0; k < n && d->has_gone && d->base == NULL; k++)
        take_volumes(t, q, when.step, firm[k]);
    for (size_t k = 0; k < n && d->by_bank; k++)
        take_banks(t, q, when, firm[k]);
    for (size_t k = 0; k < n && d->may_suspend; k++)
        t->failed[q * d->book->nslots + firm[k]] = (uint16_t)when.step;
    if (d->severity != NULL)
        wait_all(t, q, when.step, firm, n);
}

/* The same by months: each firm in its own. */
static void take_months(DueTable *t, size_t q, size_t year,
                        const uint32_t firm[], size_t n)
{
    const Dues *d = t->dues;
    size_t nslots = d->book->nslots, parts = (size_t)d->parts;
    for (size_t k = 0; k < n;
         k++) { /* fetched all at once, as they lie apart */
        size_t step = months_step(&d->months, t->first + q, year, firm[k]);
        t->step[k] = (uint16_t)step;
        __builtin_prefetch(d->amount + (step * nslots + firm[k]) * parts);
    }
    for (size_t k = 0; k < n; k++)
        take_firms(t, q, (When){year, t->step[k]}, firm + k, 1);
}

static void take_some(DueTable *t, size_t q, size_t year, const uint32_t firm[],
                      size_t n)
{
    if (t->dues->book->year_steps > 1)
        take_months(t, q, year, firm, n);
    else
        take_firms(t, q, (When){year, year}, firm, n);
}

/* A list of firms, each in its row. */
static void take_hits(DueTable *t, const EventsTile *e)
{
    const Dues *d = t->dues;
    size_t year = (size_t)e->year, steps = d->book->steps;
    for (const EventsHit *h = e->hits; h < e->hits + e->nhits; h++)
        if (d->half[0] != NULL)
            t->part[(e->q + h->row) * steps + year] +=
                dues_amount(d, year, h->slot, DUE_SHARED);
        else
            take_some(t, e->q + h->row, year, &h->slot, 1);
}

/* A row of a tile. */
static void take_row(DueTable *t, const EventsTile *e, size_t r)
{
    const uint32_t *bits = e->bits + r * e->words;
    for (size_t at = 0, some, n; at < e->words; at += some) {
        some = e->words - at < DUES_WORDS ? e->words - at : DUES_WORDS;
        uint32_t first = (uint32_t)(e->slot + at * TRIALS_WORD);
        n = trials_places(t->dues->isa, t->firm, first, bits + at, some);
        take_some(t, e->q + r, (size_t)e->year, t->firm, n);
    }
}

/* Losses and nothing else: the sums of a tile's rows. */
static void take_losses(DueTable *t, const EventsTile *e)
{
    const Dues *d = t->dues;
    size_t years = (size_t)d->book->years, year = (size_t)e->year;
    size_t from = year * d->book->nslots + e->slot;
    int64_t sum[EVENTS_BLOCK], *part = t->part + e->q * years + year;
    for (int h = 0; h < 2 && d->half[h] != NULL; h++) {
        memset(sum, 0, e->rows * sizeof *sum);
        trials_sums(d->isa, sum, (TrialAmounts){d->half[h] + from, d->run[h]},
                    e->bits, e->rows, e->words);
        for (size_t r = 0; r < e->rows; r++)
            part[r * years] += sum[r] * (INT64_C(1) << 32 * h);
    }
}

void dues_take(void *to, const EventsTile *e)
{
    DueTable *t = to;
    const Dues *d = t->dues;
    if (d->half[0] != NULL && e->bits != NULL) {
        take_losses(t, e);
        return;
    }
    if (d->severity != NULL)
        t->place = place_of(t, e->group, e->year);
    if (e->bits == NULL)
        take_hits(t, e);
    for (size_t r = 0; r < e->rows && e->bits != NULL; r++)
        take_row(t, e, r);
    if (t->waiting > 0)
        settle(t);
}
