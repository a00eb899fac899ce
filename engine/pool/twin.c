#include "pool/twin.h"

#include "pool/twinloss.h"
#include "stat/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A loss in fen and its chance. */
typedef struct {
    int64_t fen;
    double chance;
} Mass;

/* Columns of pool_exact, and the row that is next. */
typedef struct {
    Column *party, *measure, *level, *value, *z;
    size_t row;
} Rows;

typedef struct {
    const Model *model;
    const Sample *sample;
    const PoolOptions *options;
    const TwinLoss *loss;
    int64_t rounding; /* fen by which a year's payments, shared out month by
                       * month, may differ from those of its sum */
    Mass *mass;       /* [loss->n] of the party at hand */
    Results r;
    Rows rows;
} Twins;

static int by_fen(const void *a, const void *b)
{
    const Mass *x = a, *y = b;
    if (x->fen != y->fen)
        return x->fen < y->fen ? -1 : 1;
    return x->chance < y->chance ? -1 : x->chance > y->chance;
}

/* An error of nothing has no multiples. */
static double finite_or_null(double z)
{
    return isfinite(z) ? z : (double)NAN;
}

static void put(Twins *t, const char *party, const char *measure, double level,
                double value, double z)
{
    Rows *rows = &t->rows;
    size_t i = rows->row++;
    rows->party->s[i] = results_text(&t->r, party);
    rows->measure->s[i] = results_text(&t->r, measure);
    rows->level->d[i] = level;
    rows->value->d[i] = value;
    rows->z->d[i] = finite_or_null(z);
}

/* A figure of which too few futures tell has no interval, and no z either. */
static void put_compared(Twins *t, const char *party, const char *measure,
                         double level, double exact, Figure simulated)
{
    double off = simulated.value - exact;
    off = (fabs(off) <= (double)t->rounding ? 0 : off) / simulated.se;
    put(t, party, measure, level, exact,
        isnan(simulated.high) ? (double)NAN : off);
}

/* Standard errors between a share of k in n and its chance. */
static double share_off(uint64_t k, uint64_t n, double p)
{
    return ((double)k / (double)n - p) / sqrt(p * (1 - p) / (double)n);
}

/* How many of sorted[n] do not exceed x. */
static size_t count_up_to(const int64_t sorted[], size_t n, int64_t x)
{
    size_t low = 0;
    while (n > low) {
        size_t mid = low + (n - low) / 2;
        if (sorted[mid] <= x)
            low = mid + 1;
        else
            n = mid;
    }
    return low;
}

/* The first mass up to and with which the chance reaches `level`, and that
 * chance with all masses of its size. */
static size_t find_var(const Mass mass[], size_t n, double level, double *cdf)
{
    size_t i = 0;
    double sum = mass[0].chance;
    while (i + 1 < n && sum < level)
        sum += mass[++i].chance;
    size_t at = i;
    while (i + 1 < n && mass[i + 1].fen == mass[at].fen)
        sum += mass[++i].chance;
    *cdf = sum;
    return at;
}

static double mean_beyond(const Mass mass[], size_t n, double x)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        if ((double)mass[i].fen > x)
            sum += ((double)mass[i].fen - x) * mass[i].chance;
    return sum;
}

static void put_moments(Twins *t, const char *party, const int64_t sorted[])
{
    size_t n = t->loss->n, scenarios = t->sample->n;
    double mean = 0, variance = 0;
    for (size_t i = 0; i < n; i++)
        mean += (double)t->mass[i].fen * t->mass[i].chance;
    for (size_t i = 0; i < n; i++) {
        double d = (double)t->mass[i].fen - mean;
        variance += d * d * t->mass[i].chance;
    }
    put_compared(t, party, "el", NAN, mean, sample_mean(sorted, scenarios));
    put_compared(t, party, "sd", NAN, sqrt(variance > 0 ? variance : 0),
                 sample_sd(sorted, scenarios));
}

static ErrCode put_tails(Twins *t, const char *party, const int64_t sorted[])
{
    ErrCode rc = OK;
    size_t n = t->loss->n, scenarios = t->sample->n;
    const PoolOptions *o = t->options;
    double cdf;
    for (size_t i = 0; i < o->nlevels; i++) {
        const Mass *var = t->mass + find_var(t->mass, n, o->levels[i], &cdf);
        size_t k = count_up_to(sorted, scenarios, var->fen + t->rounding);
        put(t, party, "var", o->levels[i], (double)var->fen,
            cdf < 1 - 1e-12 ? share_off(k, scenarios, cdf) : (double)NAN);
    }
    for (size_t i = 0; i < o->nlevels; i++) {
        Level level;
        double a = o->levels[i];
        const Mass *var = t->mass + find_var(t->mass, n, a, &cdf);
        TRY(level_parse(&level, o->level_texts[i], t->r.err));
        double es = (double)var->fen +
                    mean_beyond(t->mass, n, (double)var->fen) / (1 - a);
        put_compared(t, party, "es", a, es,
                     sample_es(sorted, scenarios, level));
    }
done:
    return rc;
}

/* All figures of t->mass, put in order. */
static ErrCode put_party(Twins *t, const char *party, const int64_t sorted[])
{
    size_t n = t->loss->n, i = 1;
    while (i < n && t->mass[i - 1].fen <= t->mass[i].fen)
        i++;
    if (i < n)
        qsort(t->mass, n, sizeof *t->mass, by_fen);
    put_moments(t, party, sorted);
    return put_tails(t, party, sorted);
}

/* Scenarios in which party j runs dry in some year. */
static uint64_t count_dry(const Sample *s, size_t j)
{
    uint64_t k = 0;
    for (size_t y = 0; y < (size_t)s->tally.run; y++)
        k += s->tally.dry[y * (size_t)s->parties + j];
    return k;
}

/* Whether it matters in which step of the year a claim comes: between two of
 * them a fund gets money, or a cap for life has room again. */
static int hangs_on_months(const Waterfall *w)
{
    const Scheme *s = w->scheme;
    int refills = w->claim_lag % w->year_steps != 0, takes = 0;
    for (size_t i = 0; !s->is_net && i < s->nlags; i++)
        refills |= w->lag[i] < w->year_steps;
    for (int j = 0; j < s->n; j++) {
        refills |= s->fund[j].exists && s->fund[j].n > 0;
        takes |= s->fund[j].exists || (s->cap[j].exists && s->cap[j].is_life);
    }
    return w->year_steps > 1 && refills && takes;
}

/* Every loss that there is through the scheme: what each party pays of it,
 * unless `paid` is NULL, and the chances of those in which it runs dry.  Of one
 * year, in which no business that a suspension stops has a claim. */
static void run_scheme(const Model *m, const TwinLoss *loss, int64_t paid[],
                       double ruin[])
{
    Waterfall w = *m->waterfall;
    w.breakers = NULL;
    for (size_t i = 0; i < loss->n; i++) {
        WaterfallPath path;
        int64_t part[4 * 12] = {0}; /* all in the first step */
        uint32_t dry = 0;
        path.of_class = NULL;
        int64_t units = (int64_t)i - (int64_t)loss->below;
        int sign = units < 0 ? -1 : 1; /* ripples: as far below as above 0 */
        for (size_t p = 0; p < 4; p++)
            part[p] = loss->book->part[p] * sign * units;
        waterfall_run(&path, &w, part, (VolumesGone){0});
        for (int y = 0; sign > 0 && y < w.run; y++)
            dry |= path.year[y].dry;
        for (size_t j = 0; j < (size_t)m->scheme->n; j++) {
            if (paid != NULL)
                paid[j * loss->n + i] = sign * path.net[j];
            ruin[j] += dry >> j & 1 ? loss->chance[i] : 0;
        }
    }
}

static void add_ruin(Twins *t, const double ruin[])
{
    const Model *m = t->model;
    uint32_t may = m->waterfall->may_run_dry;
    size_t row = 0;
    results_table(&t->r, "pool_exact_ruin", (size_t)__builtin_popcount(may),
                  "耗尽概率（精确）", "Chance to run dry, exact");
    Column *party = results_field(&t->r, FIELD_party);
    Column *probability = results_field(&t->r, FIELD_probability);
    Column *z = results_column(&t->r, "z", TYPE_REAL, "", "标准差倍数", "z");
    for (size_t j = 0; t->r.rc == OK && j < (size_t)m->scheme->n; j++)
        if (may >> j & 1) {
            party->s[row] = results_text(&t->r, m->scheme->party[j]);
            probability->d[row] = ruin[j];
            z->d[row++] = finite_or_null(
                share_off(count_dry(t->sample, j), t->sample->n, ruin[j]));
        }
}

static ErrCode put_parties(Twins *t)
{
    ErrCode rc = OK;
    const Model *m = t->model;
    size_t n = t->loss->n, parties = (size_t)m->scheme->n;
    int64_t *paid = mem_new(n * parties, sizeof *paid);
    double ruin[SCHEME_PARTIES] = {0};
    if (paid == NULL)
        return FAIL(t->r.err, ERR_MEMORY,
                    "no memory for an exact distribution");
    run_scheme(m, t->loss, paid, ruin);
    for (size_t j = 0; j < parties; j++) {
        for (size_t i = 0; i < n; i++)
            t->mass[i] = (Mass){paid[j * n + i], t->loss->chance[i]};
        TRY(put_party(t, m->scheme->party[j],
                      t->sample->net + j * t->sample->n));
    }
    add_ruin(t, ruin);
done:
    mem_free(paid);
    return rc;
}

/* What a fund is asked for hangs on claims alone: where what comes back of them
 * differs, the chance to run dry is exact all the same. */
static ErrCode put_ruin(Twins *t)
{
    ErrCode rc = OK;
    const char *reason;
    TwinLoss claims = {0};
    PoolOptions cheap = *t->options;
    double ruin[SCHEME_PARTIES] = {0};
    cheap.exact = POOL_EXACT_CHEAP;
    if (!twinbook_has_claims(t->model) || t->model->waterfall->may_run_dry == 0)
        return OK;
    TRY(twinloss_new(&claims, &reason, t->model, TWIN_CLAIM, &cheap, t->r.err));
    if (reason != NULL)
        goto done;
    run_scheme(t->model, &claims, NULL, ruin);
    add_ruin(t, ruin);
done:
    twinloss_free(&claims);
    return rc;
}

static void open_table(Twins *t, size_t rows)
{
    results_table(&t->r, "pool_exact", rows, "精确分布", "Exact distribution");
    t->rows =
        (Rows){results_field(&t->r, FIELD_party),
               results_field(&t->r, FIELD_measure),
               results_field(&t->r, FIELD_level),
               results_figure(&t->r, FIELD_value, "fen"),
               results_column(&t->r, "z", TYPE_REAL, "", "标准差倍数", "z"),
               0};
}

static void add_reason(Twins *t, const char *reason)
{
    results_table(&t->r, "pool_exact_reason", 1, "无精确分布",
                  "No exact distribution");
    Column *c =
        results_column(&t->r, "reason", TYPE_TEXT, "", "原因", "reason");
    if (t->r.rc == OK)
        c->s[0] = results_text(&t->r, reason);
}

static ErrCode fill(Twins *t)
{
    ErrCode rc = OK;
    const Model *m = t->model;
    int by_month = m->scheme != NULL && hangs_on_months(m->waterfall);
    int has_parties = m->scheme != NULL && !m->dues->feeds_back && !by_month &&
                      t->loss->book->is_claim;
    size_t each = 2 + 2 * t->options->nlevels, n = t->loss->n;
    size_t parties = has_parties ? (size_t)m->scheme->n : 0;
    open_table(t, each * (1 + parties));
    TRY(t->r.rc);
    for (size_t i = 0; i < n; i++)
        t->mass[i] =
            (Mass){t->loss->book->unit * ((int64_t)i - (int64_t)t->loss->below),
                   t->loss->chance[i]};
    TRY(put_party(t, "total", t->sample->total));
    if (has_parties)
        TRY(put_parties(t));
    else if (m->scheme != NULL) {
        add_reason(t, scheme_members(m->scheme) > 1 ? TWIN_JOINT
                      : m->dues->feeds_back         ? TWIN_FEEDS_BACK
                      : by_month                    ? TWIN_MONTH_BY_MONTH
                                                    : TWIN_NO_PARTIES);
        if (!by_month)
            TRY(put_ruin(t));
    }
done:
    return rc != OK ? rc : t->r.rc;
}

/* Month by month each layer, and each lag of what comes back, is rounded. */
static int64_t rounding_of(const Model *m)
{
    size_t most = 0, steps = (size_t)m->book->year_steps;
    if (m->scheme == NULL || steps == 1)
        return 0;
    for (size_t i = 0; i < scheme_members(m->scheme); i++) {
        const Scheme *s = scheme_member(m->scheme, i);
        most = s->nlayers > most ? s->nlayers : most;
    }
    return (int64_t)(steps * (most + m->scheme->nlags + 2));
}

ErrCode twin_add(Tables *tables, const Model *m, const Sample *sample,
                 const PoolOptions *o, Err *err)
{
    ErrCode rc = OK;
    const char *reason = NULL;
    TwinLoss loss = {0};
    Twins t = {.model = m,
               .sample = sample,
               .options = o,
               .loss = &loss,
               .rounding = rounding_of(m),
               .r = {.tables = tables, .err = err}};
    if (o->exact == POOL_EXACT_NONE)
        return OK;
    TRY(twinloss_new(&loss, &reason, m, TWIN_LOSS, o, err));
    if (reason != NULL) {
        add_reason(&t, reason);
        rc = t.r.rc;
        goto done;
    }
    t.mass = mem_new(loss.n, sizeof *t.mass);
    if (t.mass == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for an exact distribution"));
    TRY(fill(&t));
done:
    mem_free(t.mass);
    twinloss_free(&loss);
    return rc;
}
