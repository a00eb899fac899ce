#include "pool/twincf.h"

#include "pool/mixing.h"
#include "pool/twinfixed.h"
#include "stat/normal.h"

#include <math.h>
#include <string.h>

/* Frequencies of a thread at once, and of the innermost loops. */
enum {
    WIDE = TWINFIXED_WIDE,
    NARROW = TWINSHARES_WIDE,
    BLOCKS = TWIN_FREQUENCIES / WIDE
};

#define RANGE  7.6 /* of a factor: 3e-14 lie outside */
#define TWO_PI 6.283185307179586

/* In factors of a class: of a loan, and of an amount by frequency. */
#define LOAN_COST   8.0
#define AMOUNT_COST 8.0

/* Of one block of frequencies. */
typedef struct {
    double *chance;          /* [classes of a group] at a node */
    double angle[WIDE];      /* by a fen of loss, loan by loan; by amounts,
                              * turns by a unit */
    double *z_re, *z_im;     /* [losses][WIDE] e^(j theta loss) - 1 */
    double *own_re, *own_im; /* [nodes][WIDE] of a group */
    double *all_re, *all_im; /* [states][WIDE] product of the groups */
} Block;

struct TwinCf {
    const TwinBook *book;
    SimdIsa isa;
    int threads;
    size_t n;
    const double *cosine, *sine;
    double *node, *weight; /* [nodes] y, and step x its density */
    size_t nodes;
    /* States of the common factor, and of each which nodes weigh how much.
     * One state: groups are independent, or there is one.  Where all groups
     * have one factor the nodes are the states. */
    size_t states;
    int is_shared;
    double *spread;     /* [states][nodes]; NULL where is_shared */
    size_t mixes;       /* 1, or all nodes under a t copula */
    double *mixing;     /* [mixes][ngroups] what multiplies thresholds */
    TwinShares *shares; /* loan by loan; NULL: by losses */
    double angle;       /* by which a fen turns at frequency 1 */
    Block blocks[BLOCKS];
    const PoolOptions *options; /* of twincf_at() */
    int is_stopped;
};

static int block_open(Block *b, const TwinCf *cf)
{
    size_t most = 1, losses = cf->book->amounts == NULL ? cf->book->nlosses + 1
                                                        : TWINFIXED_PART;
    for (size_t g = 0; g < cf->book->ngroups; g++)
        if (cf->book->groups[g].n > most)
            most = cf->book->groups[g].n;
    b->chance = mem_new(most, sizeof(double));
    b->z_re = mem_new(losses, WIDE * sizeof(double));
    b->z_im = mem_new(losses, WIDE * sizeof(double));
    b->own_re = mem_new(cf->nodes, WIDE * sizeof(double));
    b->own_im = mem_new(cf->nodes, WIDE * sizeof(double));
    b->all_re = mem_new(cf->states, WIDE * sizeof(double));
    b->all_im = mem_new(cf->states, WIDE * sizeof(double));
    return b->chance != NULL && b->z_re != NULL && b->z_im != NULL &&
           b->own_re != NULL && b->own_im != NULL && b->all_re != NULL &&
           b->all_im != NULL;
}

static void block_close(Block *b)
{
    mem_free(b->chance);
    mem_free(b->z_re);
    mem_free(b->z_im);
    mem_free(b->own_re);
    mem_free(b->own_im);
    mem_free(b->all_re);
    mem_free(b->all_im);
}

/* Density of a group's factor at the nodes, given the common one. */
static void fill_spread(TwinCf *cf, double step)
{
    double load = sqrt(cf->book->common), rest = sqrt(1 - cf->book->common);
    for (size_t s = 0; s < cf->states; s++)
        for (size_t j = 0; j < cf->nodes; j++) {
            double *w = &cf->spread[s * cf->nodes + j];
            if (cf->states == 1)
                *w = cf->weight[j];
            else
                *w = normal_density((cf->node[j] - load * cf->node[s]) / rest) *
                     step / rest;
            *w = *w < 1e-18 ? 0 : *w;
        }
}

static void fill_mixing(TwinCf *cf)
{
    const TwinBook *b = cf->book;
    for (size_t m = 0; m < cf->mixes; m++)
        for (size_t g = 0; g < b->ngroups; g++)
            cf->mixing[m * b->ngroups + g] =
                mixing_weight(cf->node[m], b->groups[g].nu);
}

ErrCode twincf_new(TwinCf **out, const TwinBook *book, size_t n,
                   const double cosine[], const double sine[], double step,
                   SimdIsa isa, int threads, Err *err)
{
    TwinCf *cf = *out = mem_new(1, sizeof *cf);
    if (cf == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
    size_t half = (size_t)(RANGE / step);
    *cf = (TwinCf){.book = book,
                   .isa = isa,
                   .threads = threads,
                   .n = n,
                   .cosine = cosine,
                   .sine = sine,
                   .nodes = 2 * half + 1,
                   .angle = twincf_angle(book, n)};
    int is_alone = book->ngroups < 2 || book->common == 0;
    cf->is_shared = !is_alone && book->common == 1;
    cf->states = is_alone ? 1 : cf->nodes;
    cf->node = mem_new(cf->nodes, sizeof *cf->node);
    cf->weight = mem_new(cf->nodes, sizeof *cf->weight);
    cf->spread =
        mem_new(cf->is_shared ? 1 : cf->states * cf->nodes, sizeof *cf->spread);
    cf->mixes = book->is_mixed ? cf->nodes : 1;
    cf->mixing = mem_new(cf->mixes * book->ngroups + 1, sizeof *cf->mixing);
    int ok = cf->node != NULL && cf->weight != NULL && cf->spread != NULL &&
             cf->mixing != NULL;
    for (int i = 0; ok && i < BLOCKS; i++)
        ok = block_open(&cf->blocks[i], cf);
    if (!ok)
        return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
    for (size_t j = 0; j < cf->nodes; j++) {
        cf->node[j] = ((double)j - (double)half) * step;
        cf->weight[j] = step * normal_density(cf->node[j]);
    }
    if (!cf->is_shared)
        fill_spread(cf, step);
    fill_mixing(cf);
    return book->loans == NULL ? OK
                               : twinshares_new(&cf->shares, book, cf->node,
                                                cf->nodes, isa, threads, err);
}

double twincf_angle(const TwinBook *book, size_t n)
{
    return TWO_PI / ((double)n * (double)book->unit);
}

/* How far the largest loan turns. */
static double most_turn(const TwinCf *cf, size_t f)
{
    return (double)f * cf->angle * cf->book->most;
}

size_t twincf_memory(const TwinCf *cf, size_t f)
{
    return cf->shares == NULL ? 0
                              : twinshares_memory(cf->shares, most_turn(cf, f));
}

ErrCode twincf_reach(TwinCf *cf, size_t f, Err *err)
{
    return cf->shares == NULL
               ? OK
               : twinshares_reach(cf->shares, most_turn(cf, f), err);
}

void twincf_free(TwinCf *cf)
{
    if (cf == NULL)
        return;
    for (int i = 0; i < BLOCKS; i++)
        block_close(&cf->blocks[i]);
    mem_free(cf->node);
    mem_free(cf->weight);
    mem_free(cf->spread);
    mem_free(cf->mixing);
    twinshares_free(cf->shares);
    mem_free(cf);
}

double twincf_cost(const TwinCf *cf)
{
    const TwinBook *b = cf->book;
    double each = cf->shares == NULL ? (double)b->nclasses
                                     : LOAN_COST * (double)b->nloans;
    return (double)cf->mixes *
           ((double)cf->nodes * each + AMOUNT_COST * (double)b->namounts);
}

/* Chances of default of a group's classes at a node. */
static void fill_chances(Block *b, const TwinCf *cf, const TwinGroup *g,
                         double node, double mixing)
{
    for (size_t i = 0; i < g->n; i++)
        b->chance[i] =
            (g->classes[i].threshold * mixing - g->load * node) * g->inverse;
    normal_cdfs(cf->isa, b->chance, b->chance, g->n);
}

static void clear_own(Block *b, const TwinCf *cf)
{
    for (size_t i = 0; i < cf->nodes * WIDE; i++) {
        b->own_re[i] = 1;
        b->own_im[i] = 0;
    }
}

/* A group at all nodes, its thresholds times `mixing`: times b->own. */
static void take_own(Block *b, const TwinCf *cf, const TwinGroup *g,
                     double mixing)
{
    for (size_t j = 0; j < cf->nodes; j++) {
        double *re = b->own_re + j * WIDE, *im = b->own_im + j * WIDE;
        fill_chances(b, cf, g, cf->node[j], mixing);
        for (size_t k = 0; k < WIDE; k += NARROW)
            if (cf->shares != NULL)
                twinshares_product(re + k, im + k, cf->shares, g->classes,
                                   b->chance, g->n, j, b->angle + k);
            else
                twinfixed_product(cf->isa, re + k, im + k, g->classes,
                                  b->chance, g->n, b->z_re + k, b->z_im + k);
    }
}

/* The same by amounts, some firms after others: they are turned once for all
 * nodes. */
static void take_amounts(Block *b, const TwinCf *cf, const TwinGroup *g,
                         double mixing)
{
    TwinClass some[TWINFIXED_PART];
    for (size_t from = 0; from < g->n; from += TWINFIXED_PART) {
        TwinGroup part = *g;
        part.n = g->n - from < TWINFIXED_PART ? g->n - from : TWINFIXED_PART;
        part.classes = some;
        twinfixed_amounts(cf->isa, b->z_re, b->z_im, cf->book,
                          g->classes + from, part.n, b->angle);
        for (size_t i = 0; i < part.n; i++) {
            some[i] = g->classes[from + i];
            some[i].loss = (uint32_t)i;
        }
        take_own(b, cf, &part, mixing);
    }
}

/* all *= sum over nodes of weight x own */
static inline __attribute__((always_inline)) void
blend(double *restrict all_re, double *restrict all_im,
      const double *restrict weight, size_t nodes,
      const double *restrict own_re, const double *restrict own_im)
{
    double re[WIDE] = {0}, im[WIDE] = {0};
    for (size_t j = 0; j < nodes; j++) {
        double w = weight[j];
        for (int b = 0; w > 0 && b < WIDE; b++) {
            re[b] += w * own_re[j * WIDE + (size_t)b];
            im[b] += w * own_im[j * WIDE + (size_t)b];
        }
    }
    for (int b = 0; b < WIDE; b++) {
        double r = all_re[b] * re[b] - all_im[b] * im[b];
        all_im[b] = all_re[b] * im[b] + all_im[b] * re[b];
        all_re[b] = r;
    }
}

SIMD_EACH(blend_by, blend,
          (SimdIsa isa, double *all_re, double *all_im, const double *weight,
           size_t nodes, const double *own_re, const double *own_im),
          (all_re, all_im, weight, nodes, own_re, own_im))

/* Of frequency 1 by `angle`; beyond the last frequency it is repeated. */
static void fill_angles(Block *b, double angle, const uint32_t f[], size_t n)
{
    for (size_t k = 0; k < WIDE; k++)
        b->angle[k] = f[k < n ? k : n - 1] * angle;
}

static void fill_roots(Block *b, const TwinCf *cf, const uint32_t f[], size_t n)
{
    for (size_t i = 0; i < cf->book->nlosses; i++)
        for (size_t k = 0; k < WIDE; k++) {
            uint64_t turns = (uint64_t)(k < n ? f[k] : 0) * cf->book->loss[i];
            b->z_re[i * WIDE + k] = cf->cosine[turns % cf->n] - 1;
            b->z_im[i * WIDE + k] = cf->sine[turns % cf->n];
        }
}

/* Whether the user has had enough; any thread asks, one at a time: the others
 * may have nothing to do. */
static int is_stopped(TwinCf *cf)
{
    const PoolOptions *o = cf->options;
    int stopped;
#pragma omp critical(twincf_progress)
    {
        if (!cf->is_stopped && o->progress != NULL)
            cf->is_stopped = o->progress(o->to, 1) != 0;
        stopped = cf->is_stopped;
    }
    return stopped;
}

/* All groups at state m of the mixing variable, into b->all. */
static void run_groups(TwinCf *cf, Block *b, size_t m)
{
    static const double one = 1;
    for (size_t i = 0; i < cf->states * WIDE; i++) {
        b->all_re[i] = 1;
        b->all_im[i] = 0;
    }
    for (size_t g = 0; g < cf->book->ngroups && !is_stopped(cf); g++) {
        double mixing = cf->mixing[m * cf->book->ngroups + g];
        clear_own(b, cf);
        if (cf->book->amounts != NULL)
            take_amounts(b, cf, &cf->book->groups[g], mixing);
        else
            take_own(b, cf, &cf->book->groups[g], mixing);
        for (size_t s = 0; s < cf->states; s++) {
            size_t own = cf->is_shared ? s * WIDE : 0;
            SIMD_CHOOSE(cf->isa, blend_by,
                        (cf->isa, b->all_re + s * WIDE, b->all_im + s * WIDE,
                         cf->is_shared ? &one : cf->spread + s * cf->nodes,
                         cf->is_shared ? 1 : cf->nodes, b->own_re + own,
                         b->own_im + own));
        }
    }
}

static void run_block(TwinCf *cf, Block *b, double re[], double im[],
                      const uint32_t f[], size_t n)
{
    if (cf->shares != NULL)
        fill_angles(b, cf->angle, f, n);
    else if (cf->book->amounts != NULL)
        fill_angles(b, 1 / (double)cf->n, f, n);
    else
        fill_roots(b, cf, f, n);
    memset(re, 0, n * sizeof *re);
    memset(im, 0, n * sizeof *im);
    for (size_t m = 0; m < cf->mixes; m++) {
        double mix = cf->mixes == 1 ? 1 : cf->weight[m];
        run_groups(cf, b, m);
        for (size_t s = 0; s < cf->states; s++)
            for (size_t k = 0; k < n; k++) {
                double w = mix * (cf->states == 1 ? 1 : cf->weight[s]);
                re[k] += w * b->all_re[s * WIDE + k];
                im[k] += w * b->all_im[s * WIDE + k];
            }
    }
}

ErrCode twincf_at(TwinCf *cf, double re[], double im[], const uint32_t f[],
                  size_t count, const PoolOptions *options, Err *err)
{
    size_t blocks = (count + WIDE - 1) / WIDE;
    cf->options = options;
#pragma omp parallel for schedule(dynamic, 1) num_threads(cf->threads)
    for (size_t i = 0; i < blocks; i++) {
        size_t from = i * WIDE, left = count - from;
        run_block(cf, &cf->blocks[i], re + from, im + from, f + from,
                  left < WIDE ? left : WIDE);
    }
    return cf->is_stopped
               ? FAIL(err, ERR_IO, "interrupted; this run is not recorded")
               : OK;
}
