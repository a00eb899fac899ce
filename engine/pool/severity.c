#include "pool/severity.h"

#include "pool/lossmeans.h"
#include "pool/mixing.h"
#include "pool/shares.h"
#include "stat/betarank.h"
#include "stat/normal.h"
#include "stat/student.h"

#include <math.h>
#include <string.h>

enum {
    STRIDE = 4,       /* nodes of an integral on the lattice */
    DEVIATIONS = 501, /* 0 to 0.500 */
    MOST_EXACT = 256, /* distributions off the lattice */
    MIXES = 31        /* half the nodes of a t copula's weight */
};

/* What is known while it is compiled. */
typedef struct {
    Arena *arena;
    const Book *book;
    const Factors *factors;
    SimdIsa isa;
    ShareClass *classes;
    size_t n, capacity, exact;
    uint32_t (
        *lattice)[LOSSMEANS + 2 * LOSSMEANS_OUTER]; /* class, or SHARES_NONE */
    size_t stride;                                  /* of the integral now */
    double weight[SHARES_NODES];                    /* at every such node */
    size_t mixes; /* nodes of the weight of the group's t copula, or 1 */
    double mixing[2 * MIXES + 1], chance[2 * MIXES + 1];
    double density[SHARES_NODES];
    double chances[SHARES_NODES * (2 * MIXES + 1)];
    Err *err;
} Maker;

static double node_at(size_t i)
{
    return ((double)i - SHARES_HALF) / SHARES_PER_UNIT;
}

double severity_share(double *start, double l, double mean, double sd)
{
    double both = betarank_sum(mean, sd);
    *start = betarank_at(l, mean * both, (1 - mean) * both, *start);
    return betarank_value(*start);
}

/* From the middle outwards, each node starting at its neighbour. */
static void fill_shares(double share[], double mean, double sd)
{
    double start = normal_log(mean / (1 - mean)), middle;
    share[SHARES_HALF] = severity_share(&start, 0, mean, sd);
    middle = start;
    for (size_t i = SHARES_HALF + 1; i < SHARES_NODES; i++)
        share[i] = severity_share(&start, node_at(i), mean, sd);
    start = middle;
    for (size_t i = SHARES_HALF; i-- > 0;)
        share[i] = severity_share(&start, node_at(i), mean, sd);
}

static ErrCode add_class(uint32_t *out, Maker *k, double mean, uint32_t sd)
{
    ShareClass *classes =
        arena_grow(k->arena, k->classes, &k->capacity, k->n, sizeof *classes);
    double *share = arena_alloc(k->arena, SHARES_NODES, sizeof *share);
    if (classes == NULL || share == NULL)
        return FAIL(k->err, ERR_MEMORY, "no memory for a simulation");
    fill_shares(share, mean, sd / 1000.0);
    classes[k->n] = (ShareClass){mean, sd, share};
    k->classes = classes;
    *out = (uint32_t)k->n++;
    return OK;
}

/* The mean that the nodes have: severity.h says what they miss. */
static double mean_of_nodes(const Maker *k, const double share[])
{
    double sum = 0, all = 0;
    for (size_t i = 0; i < SHARES_NODES; i++) {
        sum += k->density[i] * share[i];
        all += k->density[i];
    }
    return sum / all;
}

/* ShareClass of mean_at(i), made when first asked for. */
static ErrCode lattice_class(uint32_t *out, Maker *k, int i, uint32_t sd)
{
    ErrCode rc = OK;
    uint32_t *class = &k->lattice[sd][i + LOSSMEANS_OUTER];
    int first = lossmeans_first(sd);
    if (*class == SHARES_NONE) {
        TRY(add_class(class, k, lossmeans_at(i, sd), sd));
        ShareClass *made = &k->classes[*class];
        if (i < first || i > LOSSMEANS - first)
            made->mean = mean_of_nodes(k, made->share);
    }
    *out = *class;
done:
    return rc;
}

/* Nodes of the mixing weight of a group's copula, and what they weigh. */
static void fill_mixing(Maker *k, const FactorGroup *g)
{
    k->mixes = g->nu == 0 ? 1 : 2 * MIXES + 1;
    for (size_t m = 0; m < k->mixes; m++) {
        double z = g->nu == 0 ? 0 : ((double)m - MIXES) / 4;
        k->mixing[m] = mixing_weight(z, g->nu);
        k->chance[m] = normal_density(z);
    }
}

/* Weights of l given default: density times the chance to default given l,
 * made to sum to one.  l and the default's latent variable have the
 * correlation -sqrt(rho q). */
static void weigh(Maker *k, const FactorGroup *g, double pd, size_t stride)
{
    double both = g->rho * g->q, pull = sqrt(both), rest = sqrt(1 - both);
    double t = g->nu == 0 ? normal_quantile(pd) : student_quantile(pd, g->nu);
    double *chance = k->chances, sum = 0;
    k->stride = stride;
    for (size_t i = 0; i < SHARES_NODES; i += k->stride)
        for (size_t m = 0; m < k->mixes; m++)
            *chance++ = (t * k->mixing[m] + pull * node_at(i)) / rest;
    normal_cdfs(k->isa, k->chances, k->chances, (size_t)(chance - k->chances));
    chance = k->chances;
    for (size_t i = 0; i < SHARES_NODES; i += k->stride) {
        k->weight[i] = 0;
        for (size_t m = 0; m < k->mixes; m++)
            k->weight[i] += k->chance[m] * *chance++;
        k->weight[i] *= k->density[i];
        sum += k->weight[i];
    }
    for (size_t i = 0; i < SHARES_NODES; i += k->stride)
        k->weight[i] /= sum > 0 ? sum : 1; /* pd 0: nobody asks */
}

/* Mean share given default, or, where the factor does not move it or its
 * unconditional mean is given, the mean itself. */
static double mean_of(const Maker *k, uint32_t class, int is_plain)
{
    double sum = 0;
    if (is_plain)
        return k->classes[class].mean;
    for (size_t i = 0; i < SHARES_NODES; i += k->stride)
        sum += k->weight[i] * k->classes[class].share[i];
    return sum;
}

/* Neighbours from `low` to `high` between whose means `lgd` lies; 0 in *found
 * when it lies beyond all. */
static ErrCode blend_between(ShareMixture *out, int *found, Maker *k, int low,
                             int high, const BookLoan *loan, int is_plain)
{
    ErrCode rc = OK;
    uint32_t mid, sd = loan->sd;
    double lgd = loan->lgd;
    TRY(lattice_class(&out->low, k, low, sd));
    TRY(lattice_class(&out->high, k, high, sd));
    *found = lgd >= mean_of(k, out->low, is_plain) &&
             lgd <= mean_of(k, out->high, is_plain);
    while (*found && high - low > 1) {
        int i = low + (high - low) / 2;
        TRY(lattice_class(&mid, k, i, sd));
        if (mean_of(k, mid, is_plain) <= lgd) {
            low = i;
            out->low = mid;
        } else {
            high = i;
            out->high = mid;
        }
    }
    double from = mean_of(k, out->low, is_plain);
    double to = mean_of(k, out->high, is_plain);
    out->blend = (lgd - from) / (to - from);
done:
    return rc;
}

/* Beyond either end; a mean that is given and that the nodes of the last one
 * miss has that one. */
static ErrCode blend_outer(ShareMixture *out, int *found, Maker *k,
                           const BookLoan *loan, int is_plain)
{
    ErrCode rc = OK;
    int first = lossmeans_first(loan->sd), last = LOSSMEANS - first;
    int low = first - LOSSMEANS_OUTER, high = last + LOSSMEANS_OUTER;
    TRY(blend_between(out, found, k, low, first + 1, loan, is_plain));
    if (!*found)
        TRY(blend_between(out, found, k, last - 1, high, loan, is_plain));
    if (!*found && is_plain) {
        int i = loan->lgd < 0.5 ? low : high;
        TRY(lattice_class(&out->low, k, i, loan->sd));
        *out = (ShareMixture){out->low, out->low, 0};
        *found = 1;
    }
done:
    return rc;
}

/* The distribution of that very mean, while there is room for more. */
static ErrCode exact_class(ShareMixture *out, int *found, Maker *k, double lgd,
                           uint32_t sd)
{
    ErrCode rc = OK;
    for (uint32_t i = 0; i < k->n; i++)
        if (k->classes[i].mean == lgd && k->classes[i].sd == sd) {
            *out = (ShareMixture){i, i, 0};
            *found = 1;
            return OK;
        }
    *found = k->exact < MOST_EXACT;
    if (!*found)
        return OK;
    k->exact++;
    TRY(add_class(&out->low, k, lgd, sd));
    out->high = out->low;
    out->blend = 0;
done:
    return rc;
}

static ErrCode find_mixture(ShareMixture *out, Maker *k, BookLoan *loan,
                            const FactorGroup *g)
{
    ErrCode rc = OK;
    int is_plain = g->q == 0 || k->factors->is_unconditional, found = 0;
    int first = lossmeans_first(loan->sd);
    *out = (ShareMixture){0, 0, 0};
    if (is_plain)
        TRY(exact_class(out, &found, k, loan->lgd, loan->sd));
    if (!found)
        TRY(blend_between(out, &found, k, first, LOSSMEANS - first, loan,
                          is_plain));
    int is_outer = !found;
    if (is_outer && g->q > 0) /* steeper, so by all nodes */
        weigh(k, g, k->book->pd[loan->slot], 1);
    if (is_outer)
        TRY(blend_outer(out, &found, k, loan, is_plain));
    if (!found) {
        const Table *t = k->book->table;
        TRY(FAIL(k->err, ERR_DOMAIN,
                 "%s: no beta distribution gives loan '%.60s' a mean loss of "
                 "%g over defaults and lgd_sd %g",
                 t->file == NULL ? t->name : t->file,
                 table_field(t, FIELD_loan_id)->s[loan->row], loan->lgd,
                 loan->sd / 1000.0));
    }
    if (is_plain && g->q > 0)
        loan->lgd = (1 - out->blend) * mean_of(k, out->low, 0) +
                    out->blend * mean_of(k, out->high, 0);
    if (is_outer && g->q > 0)
        weigh(k, g, k->book->pd[loan->slot], STRIDE);
done:
    return rc;
}

/* Loans of a group stand by pd, and those of one pd mostly alike. */
static ErrCode fill_group(ShareMixture loans[], Maker *k, BookLoan all[],
                          size_t at)
{
    ErrCode rc = OK;
    const BookGroup *group = &k->book->groups[at];
    const FactorGroup *g = group->factor;
    uint32_t from = k->book->loan_at[group->first];
    double pd = -1;
    fill_mixing(k, g);
    for (uint32_t i = from; i < from + group->loans; i++) {
        double now = k->book->pd[all[i].slot];
        loans[i] = (ShareMixture){SHARES_NONE, SHARES_NONE, all[i].lgd};
        if (all[i].sd == 0)
            continue;
        if (now != pd && g->q > 0)
            weigh(k, g, now, STRIDE);
        pd = now;
        TRY(find_mixture(&loans[i], k, &all[i], g));
    }
done:
    return rc;
}

static int is_anything_drawn(const Book *b)
{
    for (size_t i = 0; i < b->nloans; i++)
        if (b->loans[i].sd > 0)
            return 1;
    return 0;
}

static ShareNode *nodes_new(const Maker *k, ShareMixture m)
{
    ShareNode *nodes = arena_alloc64(k->arena, SHARES_NODES, sizeof *nodes);
    const double *low = k->classes[m.low].share;
    const double *high = k->classes[m.high].share;
    for (size_t j = 0; nodes != NULL && j < SHARES_NODES; j++)
        nodes[j] = (ShareNode){low[j], high[j] - low[j]};
    return nodes;
}

/* Classes with those they are blended with, which is the same one always;
 * those that are blended first, as others read the class alone. */
static ErrCode fill_nodes(Severity *s, const Maker *k,
                          const ShareMixture loans[], size_t n)
{
    const ShareNode **nodes = arena_alloc(k->arena, k->n + 1, sizeof *nodes);
    int good = nodes != NULL;
    for (int alone = 0; alone < 2; alone++)
        for (size_t i = 0; good && i < n; i++) {
            ShareMixture m = loans[i];
            if (m.low == SHARES_NONE || nodes[m.low] != NULL ||
                (m.low == m.high) != alone)
                continue;
            nodes[m.low] = nodes_new(k, m);
            good = nodes[m.low] != NULL;
        }
    s->nodes = nodes;
    return good ? OK : FAIL(k->err, ERR_MEMORY, "no memory for a simulation");
}

static ErrCode fill_loans(Severity *s, Maker *k, const Book *book)
{
    ErrCode rc = OK;
    Arena *arena = k->arena;
    ShareMixture *loans = arena_alloc(arena, book->nloans, sizeof *loans);
    double *load = arena_alloc(arena, 2 * book->ngroups, sizeof *load);
    k->lattice = arena_alloc(arena, DEVIATIONS, sizeof *k->lattice);
    if (loans == NULL || load == NULL || k->lattice == NULL)
        return FAIL(k->err, ERR_MEMORY, "no memory for a simulation");
    memset(k->lattice, 0xFF, DEVIATIONS * sizeof *k->lattice);
    for (size_t i = 0; i < SHARES_NODES; i++)
        k->density[i] = normal_density(node_at(i));
    for (size_t g = 0; g < book->ngroups; g++) {
        double q = book->groups[g].factor->q;
        load[g] = sqrt(q);
        load[book->ngroups + g] = sqrt(1 - q);
        TRY(fill_group(loans, k, (BookLoan *)(uintptr_t)book->loans, g));
    }
    TRY(fill_nodes(s, k, loans, book->nloans));
    s->loans = loans;
    s->load = load;
    s->rest = load + book->ngroups;
done:
    return rc;
}

ErrCode severity_new(const Severity **out, Arena *arena, const Book *book,
                     const Factors *factors, uint64_t seed, SimdIsa isa,
                     Err *err)
{
    ErrCode rc = OK;
    *out = NULL;
    if (!is_anything_drawn(book))
        return OK;
    Severity *s = arena_alloc(arena, 1, sizeof *s);
    Maker *k = arena_alloc(arena, 1, sizeof *k);
    if (s == NULL || k == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    *k = (Maker){.arena = arena,
                 .book = book,
                 .factors = factors,
                 .isa = isa,
                 .err = err};
    s->isa = isa;
    s->nloans = book->nloans;
    for (uint32_t y = 0; y < (uint32_t)book->years; y++)
        s->draws[y] = stream_new(seed, SEED_LOSSES, y);
    TRY(fill_loans(s, k, book));
    *out = s;
done:
    return rc;
}
