#include "credit/migration.h"

#include "core/mem.h"
#include "stat/bootstrap.h"

#include <math.h>

#define LN_40 3.6888794541139363 /* -ln .025 */

/* Statistics of one way in a row: chances, PDs by year, mobility. */
typedef struct {
    const Spell *spells;
    size_t n;
    int is_cohort;
    size_t k, years, stats;
} Way;

static size_t stats_of(size_t k, size_t years)
{
    return k * k + years * k + 1;
}

static size_t work_of(size_t k)
{
    return 4 * k * k + 2 * k;
}

/* out [stats]; weight [firms] or NULL; work [work_of(k)]. */
static void figures(double out[], const Way *w, const double weight[],
                    double work[])
{
    size_t k = w->k, square = k * k;
    double *moves = work, *years = &work[square], *rates = &years[k];
    double *rest = &rates[square];
    transitions_count(moves, years, k, w->spells, w->n, weight);
    if (w->is_cohort) {
        transitions_shares(out, moves, k);
    } else {
        transitions_rates(rates, moves, years, k);
        transitions_exp(out, rates, k, 1, rest);
    }
    transitions_defaults(&out[square], w->years, out, k);
    out[w->stats - 1] = transitions_mobility(out, k, rest);
}

/* Statistic s of sample j is drawn[s * m + j]. */
static ErrCode resample(double drawn[], const Way *w, const Migration *m,
                        Err *err)
{
    const Stream stream = stream_new(m->seed, BOOTSTRAP_USE, 0);
    size_t firms = m->moves->firms;
    int failed = 0;
#pragma omp parallel num_threads(m->threads)
    {
        double *weight = mem_new(firms + 1, sizeof *weight);
        double *work = mem_new(work_of(w->k) + w->stats, sizeof *work);
        double *stats = work == NULL ? NULL : &work[work_of(w->k)];
#pragma omp for schedule(dynamic)
        for (size_t j = 0; j < m->samples; j++) {
            if (weight == NULL || work == NULL) {
#pragma omp atomic write
                failed = 1;
                continue;
            }
            bootstrap_draw(weight, firms, stream, j);
            figures(stats, w, weight, work);
            for (size_t s = 0; s < w->stats; s++)
                drawn[s * m->samples + j] = stats[s];
        }
        mem_free(weight);
        mem_free(work);
    }
    return failed ? FAIL(err, ERR_MEMORY, "no memory for %zu firms", firms)
                  : OK;
}

/* Of default within a year, before the samples are sorted. */
static void put_order(double in_order[], const double drawn[], const Way *w,
                      size_t samples)
{
    in_order[0] = (double)NAN;
    for (size_t i = 1; i + 1 < w->k; i++) {
        const double *own = &drawn[(w->k * w->k + i) * samples];
        const double *better = own - samples;
        size_t n = 0;
        for (size_t j = 0; j < samples; j++)
            n += own[j] >= better[j];
        in_order[i] = samples > 0 ? (double)n / (double)samples : (double)NAN;
    }
}

/* Nothing like it in any sample: no reason to be certain.  Of a rate without an
 * event in T years the upper end is -ln .025 / T. */
static Figure unseen(Figure f, double years)
{
    double stay = exp(-LN_40 / years);
    if (f.low == f.high && f.value == 0)
        f.high = 1 - stay;
    else if (f.low == f.high && f.value == 1)
        f.low = stay;
    return f;
}

static void put_chances(MigrationWay *out, const Way *w, const double stats[],
                        double drawn[], size_t samples)
{
    static const Figure unknown = {NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < w->k * w->k; i++) {
        size_t row = i / w->k;
        double n = out->time[row];
        if (!(n > 0) || row + 1 == w->k)
            out->chance[i] = unknown;
        else if (w->is_cohort)
            out->chance[i] = sample_share((uint64_t)out->count[i], (uint64_t)n);
        else
            out->chance[i] = unseen(
                bootstrap_interval(stats[i], &drawn[i * samples], samples), n);
    }
}

static double larger(double a, double b)
{
    return a > b || isnan(b) ? a : b;
}

static void put_pds(MigrationWay *out, const Way *w, const double stats[],
                    double drawn[], size_t samples)
{
    const size_t k = w->k, first = k * k;
    for (size_t i = 0; i < w->years * k; i++) {
        Figure f = bootstrap_interval(stats[first + i],
                                      &drawn[(first + i) * samples], samples);
        const Figure *first_year = &out->pd[i % k], *before;
        if (i < k) {
            f = out->chance[i * k + k - 1];
        } else if (isnan(first_year->value)) {
            f = *first_year;
        } else {
            before = &out->pd[i - k];
            double none = f.low == f.high
                              ? 1 - (1 - before->high) * (1 - first_year->high)
                              : before->high;
            f.low = larger(f.low, before->low);
            f.high = larger(f.high, none);
        }
        out->pd[i] = f;
    }
}

static ErrCode estimate(MigrationWay *out, Arena *arena, const Way *w,
                        const Migration *m, Err *err)
{
    ErrCode rc = OK;
    size_t k = w->k;
    double *drawn =
        arena_alloc(arena, w->stats * m->samples + 1, sizeof *drawn);
    double *work = arena_alloc(arena, work_of(k) + w->stats, sizeof *work);
    out->count = arena_alloc(arena, k * k, sizeof *out->count);
    out->time = arena_alloc(arena, k, sizeof *out->time);
    out->chance = arena_alloc(arena, k * k, sizeof *out->chance);
    out->pd = arena_alloc(arena, w->years * k, sizeof *out->pd);
    out->in_order = arena_alloc(arena, k, sizeof *out->in_order);
    if (drawn == NULL || work == NULL || out->count == NULL ||
        out->time == NULL || out->chance == NULL || out->pd == NULL ||
        out->in_order == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu samples", m->samples);
    double *stats = &work[work_of(k)];
    figures(stats, w, NULL, work);
    transitions_count(out->count, out->time, k, w->spells, w->n, NULL);
    TRY(resample(drawn, w, m, err));
    put_order(out->in_order, drawn, w, m->samples);
    put_chances(out, w, stats, drawn, m->samples);
    put_pds(out, w, stats, drawn, m->samples);
    out->mobility = bootstrap_interval(
        stats[w->stats - 1], &drawn[(w->stats - 1) * m->samples], m->samples);
    arena_forget(drawn, w->stats * m->samples, sizeof *drawn);
done:
    return rc;
}

ErrCode migration_estimate(MigrationWay ways[MIGRATION_WAYS], Arena *arena,
                           const Migration *m, Err *err)
{
    ErrCode rc = OK;
    const GradeMoves *g = m->moves;
    size_t k = m->n + 1, stats = stats_of(k, m->years);
    const Way way[MIGRATION_WAYS] = {
        [MIGRATION_COHORT] = {g->cohorts, g->ncohorts, 1, k, m->years, stats},
        [MIGRATION_DURATION] = {g->spells, m->has_time ? g->nspells : 0, 0, k,
                                m->years, stats}};
    for (int i = 0; i < MIGRATION_WAYS; i++) {
        ways[i] = (MigrationWay){.is_there = way[i].n > 0};
        if (ways[i].is_there)
            TRY(estimate(&ways[i], arena, &way[i], m, err));
    }
done:
    return rc;
}
