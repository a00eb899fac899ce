#include "pool/terms.h"

#include "pool/mixing.h"
#include "stat/normal.h"
#include "stat/student.h"

#include <math.h>
#include <string.h>

enum { NODES = 305, MIXES = 61 };

#define STEP     0.05 /* of the factor in [-7.6, 7.6] */
#define MIX_STEP 0.25 /* of the mixing normal in [-7.5, 7.5] */
#define MOST_KEPT                                                              \
    0.99 /* autoregression that the steps are short enough for                 \
          */

/* A firm, and the density of the factor of those like it still alive. */
typedef struct {
    double load, inverse, threshold;
    double alive[NODES];
    double chance[NODES]; /* to fail in a year, given the factor */
    const double *kernel;
} Terms;

static double node_at(int i)
{
    return (i - NODES / 2) * STEP;
}

int terms_are_met(const Model *m)
{
    const Factors *f = m->factors;
    return m->book->years == 1 || f->is_timed ||
           (f->autoregression == 0 && (!f->is_t || f->is_yearly));
}

static void start(Terms *t, const FactorGroup *g, double pd)
{
    t->load = sqrt(g->rho);
    t->inverse = 1 / sqrt(1 - g->rho);
    t->threshold =
        g->nu == 0 ? normal_quantile(pd) : student_quantile(pd, g->nu);
}

static void new_path(Terms *t)
{
    for (int i = 0; i < NODES; i++)
        t->alive[i] = STEP * normal_density(node_at(i));
}

/* chance += part of that at a mixing weight */
static void add_chance(Terms *t, double weight, double part)
{
    double p[NODES];
    for (int i = 0; i < NODES; i++)
        p[i] = (t->threshold * weight - t->load * node_at(i)) * t->inverse;
    normal_cdfs(SIMD_PORTABLE, p, p, NODES);
    for (int i = 0; i < NODES; i++)
        t->chance[i] += part * p[i];
}

/* kernel[i][j]: from node i to node j of the next year. */
static void fill_kernel(double kernel[], double kept)
{
    double fresh = sqrt(1 - kept * kept);
    for (int i = 0; i < NODES; i++)
        for (int j = 0; j < NODES; j++) {
            double x = (node_at(j) - kept * node_at(i)) / fresh;
            kernel[i * NODES + j] = STEP / fresh * normal_density(x);
        }
}

/* Factors of those alive, one year on. */
static void move_on(Terms *t)
{
    double next[NODES] = {0};
    for (int i = 0; i < NODES; i++)
        for (int j = 0; j < NODES; j++)
            next[j] += t->alive[i] * t->kernel[i * NODES + j];
    memcpy(t->alive, next, sizeof next);
}

/* Who fails in a year. */
static double pass_year(Terms *t)
{
    double failed = 0;
    for (int i = 0; i < NODES; i++) {
        failed += t->alive[i] * t->chance[i];
        t->alive[i] *= 1 - t->chance[i];
    }
    return failed;
}

static void clear_chance(Terms *t)
{
    for (int i = 0; i < NODES; i++)
        t->chance[i] = 0;
}

/* One path after another of w, or all of w in each year. */
static void imply(double implied[], int years, const Factors *f,
                  const FactorGroup *g, double pd, const double kernel[])
{
    Terms t = {.kernel = kernel};
    int is_path = g->nu > 0 && !f->is_yearly;
    int mixes = g->nu > 0 ? MIXES : 1;
    start(&t, g, pd);
    for (int y = 0; y < years; y++)
        implied[y] = 0;
    clear_chance(&t);
    for (int m = 0; m < mixes; m++) {
        double z = mixes == 1 ? 0 : (m - MIXES / 2) * MIX_STEP;
        double part = mixes == 1 ? 1 : MIX_STEP * normal_density(z);
        if (is_path)
            clear_chance(&t);
        add_chance(&t, mixing_weight(z, g->nu), is_path ? 1 : part);
        if (!is_path && m + 1 < mixes)
            continue;
        new_path(&t);
        for (int y = 0; y < years; y++) {
            implied[y] += (is_path ? part : 1) * pass_year(&t);
            if (y + 1 < years)
                move_on(&t);
        }
    }
    for (int y = 1; y < years; y++)
        implied[y] += implied[y - 1];
}

static double mean_pd(const Book *b, const BookGroup *g)
{
    double sum = 0;
    for (size_t k = g->first; k < g->first + g->firms; k++)
        sum += b->pd[k];
    return sum / (double)g->firms;
}

static ErrCode fill(Results *r, const Model *m, const double kernel[])
{
    const Book *b = m->book;
    size_t years = (size_t)b->years, row = 0;
    double implied[BOOK_YEARS];
    results_table(r, "pool_terms", b->ngroups * years, "累计违约概率",
                  "Chance to fail by year");
    Column *name = results_field(r, FIELD_name);
    Column *year = results_field(r, FIELD_year);
    Column *asked = results_column(r, "pd_asked", TYPE_REAL, "1", "按年率推算",
                                   "by the yearly PD");
    Column *got =
        results_column(r, "pd_implied", TYPE_REAL, "1", "模型隐含", "implied");
    for (size_t g = 0; r->rc == OK && g < b->ngroups; g++) {
        double pd = mean_pd(b, &b->groups[g]), alive = 1;
        imply(implied, b->years, m->factors, b->groups[g].factor, pd, kernel);
        for (size_t y = 0; y < years; y++, row++) {
            alive *= 1 - pd;
            name->s[row] = results_text(r, b->groups[g].factor->label);
            year->i[row] = (int64_t)y + 1;
            asked->d[row] = 1 - alive;
            got->d[row] = implied[y];
        }
    }
    return r->rc;
}

ErrCode terms_add(Tables *tables, const Model *m, Err *err)
{
    Results r = {.tables = tables, .err = err};
    if (terms_are_met(m) || fabs(m->factors->autoregression) > MOST_KEPT)
        return OK;
    double *kernel = arena_alloc(m->arena, NODES * NODES, sizeof *kernel);
    if (kernel == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    fill_kernel(kernel, m->factors->autoregression);
    return fill(&r, m, kernel);
}
