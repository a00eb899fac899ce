/* Do the intervals of a pool cover?  Books whose answers are known exactly
 * are simulated again and again with other seeds, and it is counted how often
 * each interval holds the exact value:
 *   benchmark  W1, 10,000 firms in 20 sectors under four parties; exact by the
 *              characteristic function (pool/twin.h)
 *   equal      1,000 equal loans of pd 2% and asset correlation 20%, with a cap
 *              and a fund; exact by a binomial mixture, integrated here
 *   unequal    25 loans and their contributions to the ES of 99%, by binomial
 *              mixture
 * Beside each count stands the exact value, the mean of the estimates, and the
 * mean width of the interval as a part of the exact value.
 *
 * study_cover [SEEDS [SCENARIOS]]; by hand, not a test. */
#include "book.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>

enum { CLAIMS = 200, LOANS = 1000 };
#define PD   0.02
#define RHO  0.2
#define BOOK 1e11 /* fen: LOANS of a million yuan */

/* An interval that is looked at, and how often it held the exact value. */
typedef struct {
    char name[80];
    double exact, sum, width;
    int hits, seen;
} Claim;

typedef struct {
    Claim claim[CLAIMS];
    size_t n;
} Study;

/* Rounded to the fen, an atom of a distribution is its own interval. */
static void look(Study *s, const char *name, double exact, double value,
                 double low, double high)
{
    size_t i = 0;
    double slack = exact > 1 ? 0.5 : 0;
    while (i < s->n && strcmp(s->claim[i].name, name) != 0)
        i++;
    if (i == CLAIMS)
        exit(EXIT_FAILURE);
    Claim *c = &s->claim[i];
    if (i == s->n) {
        snprintf(c->name, sizeof c->name, "%s", name);
        s->n++;
    }
    c->exact = exact;
    c->sum += value;
    c->width += high - low;
    c->hits += low - slack <= exact && exact <= high + slack;
    c->seen++;
}

static void look_at_row(Study *s, const char *name, double exact,
                        const Table *t, const char *value, size_t row)
{
    char low[40] = "low", high[40] = "high";
    if (strcmp(value, "value") != 0 && table_find(t, low) == NULL) {
        snprintf(low, sizeof low, "%s_low", value);
        snprintf(high, sizeof high, "%s_high", value);
    }
    look(s, name, exact, table_find(t, value)->d[row],
         table_find(t, low)->d[row], table_find(t, high)->d[row]);
}

static double exact_of(const Table *t, const char *party, const char *measure,
                       double level)
{
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(table_find(t, "party")->s[i], party) == 0 &&
            strcmp(table_find(t, "measure")->s[i], measure) == 0 &&
            (isnan(level) || table_find(t, "level")->d[i] == level))
            return table_find(t, "value")->d[i];
    return NAN;
}

/* Every figure whose exact value is known. */
static void look_at_figures(Study *s, const Case *c, const Table *exact)
{
    const Table *t = tables_find(c->tables, "pool_figures");
    for (size_t i = 0; i < t->rows; i++) {
        char name[80];
        const char *party = table_find(t, "party")->s[i];
        const char *measure = table_find(t, "measure")->s[i];
        double level = table_find(t, "level")->d[i];
        double known = exact_of(exact, party, measure, level);
        if (strcmp(measure, "ul") == 0)
            known = exact_of(exact, party, "var", level) -
                    exact_of(exact, party, "el", NAN);
        if (isnan(known))
            continue;
        snprintf(name, sizeof name, "%-12s %s", party, measure);
        if (!isnan(level))
            snprintf(name, sizeof name, "%-12s %s %g", party, measure, level);
        look_at_row(s, name, known, t, "value", i);
    }
}

static void look_at_ruin(Study *s, const Case *c, const Table *exact)
{
    const Table *t = tables_find(c->tables, "pool_ruin");
    for (size_t i = 0; i < t->rows; i++)
        for (size_t k = 0; k < exact->rows; k++) {
            char name[80];
            const char *party = table_find(t, "party")->s[i];
            if (strcmp(table_find(exact, "party")->s[k], party) != 0)
                continue;
            snprintf(name, sizeof name, "%-12s ruin", party);
            look_at_row(s, name, table_find(exact, "probability")->d[k], t,
                        "probability", i);
        }
}

static void run(Case *c, uint64_t seed)
{
    case_again(c);
    c->options.seed = seed;
    if (case_run(c) != OK) {
        fprintf(stderr, "%s\n", c->err.text);
        exit(EXIT_FAILURE);
    }
    c->options.exact = POOL_EXACT_NONE;
}

static void study_benchmark(Study *s, uint64_t seeds, uint64_t scenarios)
{
    Case c;
    case_open(&c);
    case_w1(&c);
    c.options.threads = 0;
    c.options.scenarios = 1000;
    c.options.exact = POOL_EXACT_CHEAP;
    if (case_scheme(&c, W1_SCHEME) != OK)
        exit(EXIT_FAILURE);
    run(&c, 1);
    const Table *exact = tables_find(c.tables, "pool_exact");
    const Table *ruin = tables_find(c.tables, "pool_exact_ruin");
    c.options.scenarios = scenarios;
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        run(&c, seed);
        look_at_figures(s, &c, exact);
        look_at_ruin(s, &c, ruin);
    }
    case_close(&c);
}

/* P(more than k of the equal loans default), by the trapezoid over the factor,
 * which is exact to the last digits for so smooth an integrand. */
static double beyond(unsigned k)
{
    double sum = 0, at = gsl_cdf_ugaussian_Pinv(PD);
    for (int i = -900; i <= 900; i++) {
        double y = .01 * i;
        double p = gsl_cdf_ugaussian_P((at - sqrt(RHO) * y) / sqrt(1 - RHO));
        sum += .01 * gsl_ran_ugaussian_pdf(y) * gsl_cdf_binomial_Q(k, p, LOANS);
    }
    return sum;
}

/* The least number of defaults that more do not pass with chance p. */
static unsigned defaults_at(double p)
{
    unsigned k = 0;
    while (beyond(k) > p)
        k++;
    return k;
}

/* The guarantor's half is capped at 3% of the book, 60 defaults; the fund's 30%
 * ends at 100. */
static const char scheme[] =
    "scheme = { id = \"equal\"; source = \"study\"; basis = \"net\";"
    " share_base = \"principal\"; cover = \"100%\";"
    " parties = ( \"bank\", \"guarantor\", \"fund\" ); layers = ( { shares = ("
    " { party = \"bank\"; share = \"20%\"; },"
    " { party = \"guarantor\"; share = \"50%\"; },"
    " { party = \"fund\"; share = \"30%\"; } ); } );"
    " caps = ( { party = \"guarantor\"; rate = \"3%\"; period = \"year\";"
    " denominator = \"opening_book\"; overflow = \"bank\"; } );"
    " balances = ( { party = \"fund\"; opening = \"30000000.00\";"
    " overflow = \"bank\"; } ); };\n";

static void open_equal(Case *c)
{
    static char id[LOANS][8];
    static Loan loans[LOANS];
    for (int i = 0; i < LOANS; i++) {
        snprintf(id[i], sizeof id[i], "%d", i);
        loans[i] = (Loan){id[i], id[i], "A", NULL, NULL, 100000000, PD, 1};
    }
    case_open(c);
    case_loans(c, loans, LOANS);
    if (case_factors(c,
                     "factors = { groups = ( { asset_correlation = "
                     "\"0.2\"; } ); };\n") != OK ||
        case_scheme(c, scheme) != OK)
        exit(EXIT_FAILURE);
}

static void study_equal(Study *s, uint64_t seeds, uint64_t scenarios)
{
    static const char *const ruins[] = {"0.1", "0.01", "0.001"};
    static const double chances[] = {0.1, 0.01, 0.001};
    const PoolSizing sizing = {"fund", ruins, 3};
    double caps = beyond(60), ends = beyond(100), needs[3];
    Case c;
    open_equal(&c);
    c.options.threads = 0;
    c.options.scenarios = scenarios;
    for (int i = 0; i < 3; i++)
        needs[i] = .3 * BOOK / LOANS * defaults_at(chances[i]);
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        run(&c, seed);
        look_at_row(s, "cap binds", caps, tables_find(c.tables, "pool_events"),
                    "probability", 0);
        look_at_row(s, "fund runs dry", ends,
                    tables_find(c.tables, "pool_ruin"), "probability", 0);
        case_again(&c);
        if (pool_size(c.tables, c.portfolio, c.factors, c.scheme, &c.options,
                      &sizing, c.faults, &c.err) != OK)
            exit(EXIT_FAILURE);
        const Table *t = tables_find(c.tables, "pool_size_now");
        look_at_row(s, "size: ruin now", ends, t, "probability", 0);
        look_at_row(s, "size: surplus", -.3 * PD * BOOK, t, "surplus", 0);
        t = tables_find(c.tables, "pool_size");
        for (size_t i = 0; i < 3; i++) {
            char name[40];
            snprintf(name, sizeof name, "size: balance %s", ruins[i]);
            look_at_row(s, name, needs[i], t, "balance", i);
        }
        t = tables_find(c.tables, "pool_size_fee");
        look_at_row(s, "size: break-even fee", .3 * PD, t, "fee", 0);
    }
    case_close(&c);
}

static void study_manual(Study *s, uint64_t seeds, uint64_t scenarios)
{
    Case c;
    case_open(&c);
    case_manual(&c);
    c.options.threads = 0;
    c.options.scenarios = scenarios;
    c.options.contributions = "0.99";
    for (uint64_t seed = 1; seed <= seeds; seed++) {
        run(&c, seed);
        const Table *t = tables_find(c.tables, "pool_contributors");
        for (size_t i = 0; i < t->rows; i++) {
            char name[40];
            const char *firm = table_find(t, "firm_id")->s[i];
            snprintf(name, sizeof name, "contribution of %s", firm);
            look(s, name, 100 * manual_euler[strtol(firm, NULL, 10)],
                 (double)table_find(t, "contribution")->i[i],
                 (double)table_find(t, "low")->i[i],
                 (double)table_find(t, "high")->i[i]);
        }
    }
    case_close(&c);
}

/* Counts that 95% intervals reach with 99.9%, half to either side. */
static void band(unsigned *low, unsigned *high, unsigned n)
{
    for (*low = 0; gsl_cdf_binomial_P(*low, .95, n) < .0005;)
        ++*low;
    for (*high = n; gsl_cdf_binomial_Q(*high - 1, .95, n) < .0005;)
        --*high;
}

int main(int argc, char **argv)
{
    static Study s;
    uint64_t seeds = argc > 1 ? strtoull(argv[1], NULL, 10) : 200;
    uint64_t scenarios = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000;
    unsigned low, high;
    study_benchmark(&s, seeds, scenarios);
    study_equal(&s, seeds, scenarios);
    study_manual(&s, seeds, scenarios);
    band(&low, &high, (unsigned)seeds);
    printf(
        "%llu seeds, %llu scenarios each; 95%% intervals hold the exact "
        "value %u to %u times (99.9%%)\n",
        (unsigned long long)seeds, (unsigned long long)scenarios, low, high);
    for (size_t i = 0; i < s.n; i++) {
        const Claim *c = &s.claim[i];
        double n = c->seen, hits = c->hits;
        printf("%-24s %4d %s exact %-15.9g mean %-15.9g width %.2g%%\n",
               c->name, c->hits,
               hits < low    ? "few "
               : hits > high ? "many"
                             : "    ",
               c->exact, c->sum / n, 100 * c->width / n / fabs(c->exact));
    }
    return EXIT_SUCCESS;
}
