/* bench_pool - workload W1 on one core, beside a plain loop with GSL's ziggurat
 * and beside the random numbers alone; then how time and memory grow with the
 * book, the scenarios and the years, and what a second thread brings.
 *
 * bench_pool [large]: with sizes of up to 1e7 firms and 1e7 scenarios.
 */
#include "bench.h"
#include "book.h"
#include "core/simd.h"
#include "stat/trials.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

enum { PLAIN = 2000, SCENARIOS = 100000, ROUNDS = 3 };

/* The loop that everybody writes first: seconds a pair. */
static double plain_loop(double *mean)
{
    static double threshold[W1_FIRMS], units[W1_FIRMS];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double sum = 0, y[W1_SECTORS], load[W1_SECTORS], rest[W1_SECTORS];
    for (int i = 0; i < W1_FIRMS; i++) {
        threshold[i] = gsl_cdf_ugaussian_Pinv(w1_pd(i));
        units[i] = w1_units(i);
    }
    for (int s = 0; s < W1_SECTORS; s++) {
        load[s] = sqrt(w1_rho(s));
        rest[s] = sqrt(1 - w1_rho(s));
    }
    double start = bench_cpu();
    for (int q = 0; q < PLAIN; q++) {
        double g = gsl_ran_gaussian_ziggurat(rng, 1);
        for (int s = 0; s < W1_SECTORS; s++)
            y[s] = sqrt(.4) * g + sqrt(.6) * gsl_ran_gaussian_ziggurat(rng, 1);
        for (int i = 0; i < W1_FIRMS; i++) {
            int s = i % W1_SECTORS;
            double x =
                load[s] * y[s] + rest[s] * gsl_ran_gaussian_ziggurat(rng, 1);
            if (x < threshold[i])
                sum += units[i];
        }
    }
    double seconds = bench_cpu() - start;
    gsl_rng_free(rng);
    *mean = sum / PLAIN * W1_LOSS;
    return seconds / PLAIN / W1_FIRMS;
}

/* Random words mixed and nothing else: seconds a pair. */
static double random_alone(void)
{
    static uint32_t yes[320];
    static TrialOpen open[320];
    static const TrialBand bands[1];
    const TrialBand *band = bands;
    double best = 1e9;
    Stream s = stream_new(1, 1, 0);
    for (int round = 0; round < ROUNDS; round++) {
        double start = bench_cpu();
        for (uint64_t q = 0; q < 10000; q++)
            trials_run(simd_isa(), yes, open,
                       &(TrialTile){1, 320, 320, s, q * 2560, 2560}, &band);
        double seconds = (bench_cpu() - start) / 10000 / 320 / TRIALS_WORD;
        best = seconds < best ? seconds : best;
    }
    return best;
}

/* Best of some rounds, in seconds. */
typedef struct {
    double cpu, wall;
} Best;

static Best best_of(Case *c)
{
    Best best = {INFINITY, INFINITY};
    for (int round = 0; round < ROUNDS; round++) {
        case_again(c);
        double cpu = bench_cpu(), wall = bench_wall();
        if (case_run(c) != OK)
            exit(1);
        best.cpu = fmin(best.cpu, bench_cpu() - cpu);
        best.wall = fmin(best.wall, bench_wall() - wall);
    }
    return best;
}

/* Seconds of processor a pair. */
static double engine(Case *c, const char *what)
{
    Best best = best_of(c);
    double pair = best.cpu / SCENARIOS / W1_FIRMS;
    printf("%-22s %.3f s (wall %.3f s), %.3g pairs/s/core\n", what, best.cpu,
           best.wall, 1 / pair);
    return pair;
}

/* A longer run with the scheme.  The clock says what the machine has free as
 * well; what threads cost each other is more time of processors. */
static void two_threads(Case *c)
{
    Best best[2];
    c->options.scenarios = 10 * SCENARIOS;
    for (int i = 0; i < 2; i++) {
        c->options.threads = i + 1;
        best[i] = best_of(c);
    }
    printf(
        "two threads: %.2f times one by the clock (%.2f s, %.2f s), "
        "%.2f times its processor time\n",
        best[0].wall / best[1].wall, best[0].wall, best[1].wall,
        best[1].cpu / best[0].cpu);
}

static double *pds_of(Case *c)
{
    return ((Column *)(uintptr_t)table_field(c->portfolio, FIELD_pd))->d;
}

/* W1 under a t copula, with losses that are drawn, and with small pds. */
static void other_models(void)
{
    Case c;
    case_open(&c);
    case_w1_under(
        &c, "copula = \"t\"; degrees_of_freedom = \"4\"; w = \"path\";", "");
    engine(&c, "t copula, total alone");
    case_close(&c);
    case_open(&c);
    case_w1_under(&c, "", "lgd_loading = \"0.1\";");
    Column *sd = case_column(&c, FIELD_lgd_sd);
    for (size_t i = 0; i < W1_FIRMS; i++)
        sd->d[i] = 0.25;
    if (case_scheme(&c, W1_SCHEME) != OK)
        exit(1);
    engine(&c, "beta LGD and scheme");
    case_close(&c);
    case_open(&c);
    case_w1(&c);
    for (size_t i = 0; i < W1_FIRMS; i++) /* .12% in the mean, drawn sparsely */
        pds_of(&c)[i] /= 20;
    engine(&c, "a twentieth of the pds");
    case_close(&c);
}

/* A book of so many equal-sized firms in 20 sectors, bullets without dates. */
static void open_grown(Case *c, size_t firms)
{
    char text[4096], id[16];
    int at = snprintf(text, sizeof text,
                      "factors = { correlation = \"0.4\"; groups = (");
    case_open(c);
    for (int s = 0; s < W1_SECTORS; s++)
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "%s { industry = \"S%02d\"; asset_correlation = "
                       "\"%.17g\"; }",
                       s == 0 ? "" : ",", s, w1_rho(s));
    snprintf(text + at, sizeof text - (size_t)at, "); };\n");
    if (table_new(&c->portfolio, c->tables, "portfolio", firms, &c->err) != OK)
        exit(1);
    Column *loan = case_column(c, FIELD_loan_id);
    Column *firm = case_column(c, FIELD_firm_id);
    Column *industry = case_column(c, FIELD_industry);
    Column *outstanding = case_column(c, FIELD_outstanding);
    Column *pd = case_column(c, FIELD_pd), *lgd = case_column(c, FIELD_lgd);
    for (size_t i = 0; i < firms; i++) {
        snprintf(id, sizeof id, "%08zu", i);
        loan->s[i] = firm->s[i] = case_text(c, id);
        snprintf(id, sizeof id, "S%02zu", i % W1_SECTORS);
        industry->s[i] = case_text(c, id);
        outstanding->i[i] = 10000000 * (int64_t)w1_units((int)i);
        pd->d[i] = w1_pd((int)i);
        lgd->d[i] = .45;
    }
    if (case_factors(c, text) != OK)
        exit(1);
}

/* One size: seconds of processors and of the clock, and memory at its peak so
 * far, which is why sizes grow from line to line. */
static void grown(size_t firms, uint64_t scenarios, int years, PoolSteps steps)
{
    Case c;
    open_grown(&c, firms);
    c.options.scenarios = scenarios;
    c.options.years = years;
    c.options.steps = steps;
    double start = bench_cpu(), from = bench_wall();
    if (case_run(&c) != OK)
        exit(1);
    double seconds = bench_cpu() - start, passed = bench_wall() - from;
    printf(
        "%8zu firms %8llu scenarios %2d years%s %6.2f s "
        "(wall %6.2f s) %8.3g pairs/s %5.0f MiB so far\n",
        firms, (unsigned long long)scenarios, years,
        steps == POOL_STEPS_MONTHLY ? " by months" : "", seconds, passed,
        (double)firms * (double)scenarios * years / seconds, bench_peak_mib());
    case_close(&c);
}

static void growth(int is_large)
{
    size_t most = is_large ? 10000000 : 1000000;
    printf("growth, book and all:\n");
    for (uint64_t n = 10000; n <= (is_large ? 10000000 : 1000000); n *= 10)
        grown(1000, n, 1, POOL_STEPS_YEARLY);
    for (int years = 1; years <= 10; years += years == 1   ? 2
                                              : years == 3 ? 2
                                                           : 5)
        grown(10000, 20000, years, POOL_STEPS_YEARLY);
    grown(10000, 20000, 3, POOL_STEPS_MONTHLY);
    for (size_t firms = 1000; firms <= most; firms *= 10)
        grown(firms, 2000, 1, POOL_STEPS_YEARLY);
}

int main(int argc, char **argv)
{
    static const char *const isas[] = {
#define X(name, word) word,
        SIMD_ISAS(X)
#undef X
    };
    Case c;
    double mean;
    case_open(&c);
    case_w1(&c);
    c.options.scenarios = SCENARIOS;
    printf("W1: %d firms x %d scenarios, one core, %s\n", W1_FIRMS, SCENARIOS,
           isas[simd_isa()]);
    double total = engine(&c, "total alone");
    if (case_scheme(&c, W1_SCHEME) != OK)
        return 1;
    double with_scheme = engine(&c, "with a scheme of 4");
    other_models();
    double peak = bench_peak_mib();
    double limit = random_alone(), plain = plain_loop(&mean);
    printf("%-22s %.3g pairs/s, %.0f%% of it reached\n", "random numbers alone",
           1 / limit, 100 * limit / total);
    printf(
        "%-22s %.3g pairs/s (mean %.4g yuan), ratio %.1f, with the scheme "
        "%.1f\n",
        "plain GSL ziggurat", 1 / plain, mean / 100, plain / total,
        plain / with_scheme);
    printf("peak memory %.1f MiB\n", peak);
    growth(argc > 1 && strcmp(argv[1], "large") == 0);
    two_threads(&c);
    case_close(&c);
    return 0;
}
