#include "pool/twinloans.h"

#include <math.h>
#include <stdlib.h>

enum {
    UNITS = 800000,
    DIVISIBLE = 10000 /* fen */
};

/* A firm, and its first loan, or the first way it may owe any, to know it by.
 */
typedef struct {
    TwinClass class;
    TwinDraw draw;
    TwinLoan loan;
    TwinWay way;
} Firm;

/* What the groups' firms are added to. */
typedef struct {
    const Model *model;
    TwinBook *book;
    Firm *firms; /* of the group at hand */
    TwinLoan *loans;
    TwinWay *ways;
    TwinShare *shares;
    TwinDraw *draws;
    size_t capacity; /* of shares */
    size_t nloans, nways, ndraws;
    int failed;
} Loans;

/* The most that a loan can lose, or what it claims. */
static int64_t most_of(TwinOf of, const Model *m, size_t loan, size_t step)
{
    const BookLoan *it = &m->book->loans[loan];
    DueLoan due = dues_loan(m->dues, loan, step, it->lgd);
    if (of == TWIN_CLAIM)
        return due.part[DUE_SHARED];
    return it->sd > 0 ? due.balance : dues_share(due.balance, it->lgd);
}

static void find_unit(TwinBook *b, const Model *m)
{
    Exact sum = 0;
    for (size_t i = 0; i < m->book->nloans; i++) {
        int64_t most = 0;
        for (size_t t = 0; t < twinbook_steps(m); t++) {
            int64_t now = most_of(b->of, m, i, t);
            most = now > most ? now : most;
        }
        sum += m->book->pd[m->book->loans[i].slot] > 0 ? most : 0;
    }
    b->unit = (int64_t)(sum / UNITS) + 1;
    b->units = (size_t)(sum / b->unit) + 1;
}

/* Whether all loans' claims have parts in one proportion to what is lost, but
 * for the rounding of each to a fen. */
static int are_alike(const Model *m, const double part[], double loss)
{
    const Book *b = m->book;
    size_t steps = twinbook_steps(m);
    for (size_t i = 0; i < b->nloans * steps; i++) {
        DueLoan due =
            dues_loan(m->dues, i / steps, i % steps, b->loans[i / steps].lgd);
        double own = (double)dues_share(due.balance, b->loans[i / steps].lgd);
        for (int p = 0; p < m->dues->parts; p++)
            if (fabs((double)due.part[p] - own * part[p] / loss) > 2)
                return 0;
    }
    return 1;
}

/* Parts of a unit, in the proportion of the whole book.  A drawn loss is no
 * part of a gross claim, and a unit of little cannot be divided well. */
static void find_parts(TwinBook *b, const Model *m)
{
    const Dues *d = m->dues;
    size_t steps = twinbook_steps(m);
    double part[4] = {0}, loss = 0;
    b->is_claim = 1;
    b->part[DUE_SHARED] = b->unit;
    if (b->of == TWIN_CLAIM)
        return;
    for (size_t i = 0; i < m->book->nloans * steps; i++) {
        double lgd = m->book->loans[i / steps].lgd;
        DueLoan due = dues_loan(d, i / steps, i % steps, lgd);
        loss += (double)dues_share(due.balance, lgd);
        for (int p = 0; p < d->parts; p++)
            part[p] += (double)due.part[p];
    }
    b->is_claim = loss > 0 && (d->severity == NULL || d->is_net) &&
                  (d->parts == 1 || b->unit >= DIVISIBLE) &&
                  are_alike(m, part, loss);
    if (!b->is_claim)
        return;
    for (int p = 0; p < d->parts; p++)
        b->part[p] = (int64_t)((double)b->unit * part[p] / loss + 0.5);
    if (d->parts == 2)
        b->part[DUE_KEPT] = b->unit - b->part[DUE_SHARED];
    if (d->parts == 4)
        b->part[DUE_KEPT_BACK] = b->part[DUE_SHARED] + b->part[DUE_KEPT] -
                                 b->part[DUE_SHARED_BACK] - b->unit;
}

void twinloans_units(TwinBook *b, const Model *m)
{
    find_unit(b, m);
    find_parts(b, m);
}

/* The share of that group and lower distribution, or SHARES_NONE for all. */
static uint32_t find_share(Loans *d, const BookGroup *group, uint32_t low)
{
    const Severity *s = d->model->dues->severity;
    size_t g = (size_t)(group - d->model->book->groups);
    const ShareNode *nodes = low == SHARES_NONE ? NULL : s->nodes[low];
    double load = nodes == NULL ? 0 : s->load[g];
    double rest = nodes == NULL ? 1 : s->rest[g];
    for (size_t i = 0; i < d->book->nshares; i++)
        if (d->shares[i].nodes == nodes && d->shares[i].load == load)
            return (uint32_t)i;
    TwinShare *shares = arena_grow(d->model->arena, d->shares, &d->capacity,
                                   d->book->nshares, sizeof *shares);
    d->failed |= shares == NULL;
    if (d->failed)
        return 0;
    d->shares = shares;
    shares[d->book->nshares] = (TwinShare){nodes, load, rest};
    return (uint32_t)d->book->nshares++;
}

static TwinLoan loan_of(Loans *d, const BookGroup *group, size_t i, double most)
{
    ShareMixture all = {SHARES_NONE, SHARES_NONE, 0};
    const Severity *s = d->model->dues->severity;
    ShareMixture m =
        s == NULL || d->book->of == TWIN_CLAIM || s->loans[i].low == SHARES_NONE
            ? all
            : s->loans[i];
    return (TwinLoan){most, find_share(d, group, m.low), m.blend};
}

/* Add a firm's loans that can lose something in a step; how many they are. */
static size_t add_loans(Loans *d, const BookGroup *group, size_t slot,
                        size_t step)
{
    const Book *book = d->model->book;
    TwinBook *b = d->book;
    size_t from = d->nloans;
    double mean = 0, variance = 0, pd = book->pd[slot];
    for (size_t i = book->loan_at[slot]; i < book->loan_at[slot + 1]; i++) {
        double most = (double)most_of(b->of, d->model, i, step);
        double sd = b->of == TWIN_CLAIM ? 0 : book->loans[i].sd / 1000.0;
        if (most <= 0)
            continue;
        d->loans[d->nloans++] = loan_of(d, group, i, most);
        mean += most * (sd > 0 ? book->loans[i].lgd : 1);
        variance += most * most * sd * sd;
        b->most = most > b->most ? most : b->most;
    }
    b->variance += pd * (1 - pd) * (mean * mean + variance) /
                   (double)twinbook_firm_steps(d->model, slot);
    return d->nloans - from;
}

/* Whether loans [a, a + n) are as [b, b + n). */
static int are_same(const TwinLoan *a, const TwinLoan *b, size_t n)
{
    size_t i = 0;
    while (i < n && a[i].fen == b[i].fen && a[i].share == b[i].share &&
           a[i].blend == b[i].blend)
        i++;
    return i == n;
}

/* Add the ways in which a firm may owe loans, months of the same together; how
 * many they are. */
static size_t add_ways(Loans *d, const BookGroup *group, size_t slot)
{
    size_t from = d->nways, steps = twinbook_firm_steps(d->model, slot);
    for (size_t t = 0; t < steps; t++) {
        size_t first = d->nloans, n = add_loans(d, group, slot, t);
        TwinWay *last = d->nways == from ? NULL : &d->ways[d->nways - 1];
        if (n == 0)
            continue;
        if (last != NULL && last->loans.n == n &&
            are_same(d->loans + last->loans.first, d->loans + first, n)) {
            last->chance += 1.0 / (double)steps;
            d->nloans = first;
        } else
            d->ways[d->nways++] =
                (TwinWay){{(uint32_t)first, (uint32_t)n}, 1.0 / (double)steps};
    }
    return d->nways - from;
}

static int rises(double a, double b)
{
    return (a > b) - (a < b);
}

/* By pd, then by what is lost; a firm of several loans, or ways, is like no
 * other. */
static int by_kind(const Firm *x, const Firm *y)
{
    int way = rises(x->class.pd, y->class.pd);
    way = way != 0 ? way : rises(x->draw.n, y->draw.n);
    way = way != 0 ? way : rises(x->loan.fen, y->loan.fen);
    way = way != 0 ? way : rises(x->loan.share, y->loan.share);
    way = way != 0 ? way : rises(x->loan.blend, y->loan.blend);
    way = way != 0 ? way : rises(x->way.chance, y->way.chance);
    way = way != 0 ? way : rises(x->way.loans.n, y->way.loans.n);
    return way != 0 || (x->draw.n == 1 && x->way.loans.n == 1)
               ? way
               : rises(x->draw.first, y->draw.first);
}

static int in_order(const void *a, const void *b)
{
    const Firm *x = a, *y = b;
    int way = by_kind(x, y);
    return way != 0 ? way : rises(x->draw.first, y->draw.first);
}

/* How many loans a draw is of, in all its ways. */
static size_t loans_of(const Loans *d, TwinDraw draw)
{
    size_t n = d->ways == NULL ? draw.n : 0;
    for (size_t i = 0; d->ways != NULL && i < draw.n; i++)
        n += d->ways[draw.first + i].loans.n;
    return n;
}

/* Firms that nothing tells apart become one class. */
static size_t merge(Loans *d, TwinClass c[], size_t n)
{
    size_t kept = 0;
    qsort(d->firms, n, sizeof *d->firms, in_order);
    for (size_t i = 0; i < n; i++) {
        const Firm *firm = &d->firms[i];
        if (i > 0 && by_kind(firm - 1, firm) == 0) {
            c[kept - 1].count++;
            continue;
        }
        c[kept] = firm->class;
        c[kept].loss = (uint32_t)d->ndraws;
        c[kept++].count = 1;
        d->draws[d->ndraws++] = firm->draw;
        d->book->nloans += loans_of(d, firm->draw);
    }
    return kept;
}

/* A firm that can lose something; 0 for another. */
static int add_firm(Firm *out, Loans *d, const BookGroup *group, size_t slot)
{
    int by_ways = d->ways != NULL;
    size_t from = by_ways ? d->nways : d->nloans;
    if (d->model->book->pd[slot] <= 0)
        return 0;
    size_t n =
        by_ways ? add_ways(d, group, slot) : add_loans(d, group, slot, 0);
    if (n == 0)
        return 0;
    TwinWay only = {{(uint32_t)from, 1}, 1};
    TwinWay way = by_ways ? d->ways[from] : only;
    *out = (Firm){twinbook_class(d->model, group, slot),
                  {(uint32_t)from, (uint32_t)n},
                  d->loans[way.loans.first],
                  way};
    return 1;
}

static size_t fill_firms(void *to, TwinClass c[], const BookGroup *group)
{
    Loans *d = to;
    size_t n = 0;
    for (size_t k = group->first; k < group->first + group->firms; k++)
        n += (size_t)add_firm(&d->firms[n], d, group, k);
    return merge(d, c, n);
}

/* Room for all that firms may owe. */
static int open_loans(Loans *d, const Model *m)
{
    size_t steps = twinbook_steps(m), firms = m->book->firms;
    Arena *arena = m->arena;
    d->firms = arena_alloc(arena, firms, sizeof *d->firms);
    d->loans = arena_alloc(arena, m->book->nloans * steps, sizeof *d->loans);
    d->draws = arena_alloc(arena, firms, sizeof *d->draws);
    if (steps > 1)
        d->ways = arena_alloc(arena, firms * steps, sizeof *d->ways);
    return d->firms != NULL && d->loans != NULL && d->draws != NULL &&
           (steps == 1 || d->ways != NULL);
}

ErrCode twinloans_new(const TwinBook **out, const Model *m, TwinOf of, Err *err)
{
    ErrCode rc = OK;
    TwinBook *b = arena_alloc(m->arena, 1, sizeof *b);
    Loans d = {.model = m, .book = b};
    if (b == NULL || !open_loans(&d, m))
        return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
    b->of = of;
    b->is_apart = 1;
    twinloans_units(b, m);
    TRY(twinbook_groups(b, m, fill_firms, &d, err));
    if (d.failed)
        TRY(FAIL(err, ERR_MEMORY, "no memory for an exact distribution"));
    b->loans = d.loans;
    b->ways = d.ways;
    b->shares = d.shares;
    b->draws = d.draws;
    *out = b;
done:
    return rc;
}
