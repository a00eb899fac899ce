/* book.h - portfolios, factor models and schemes made in memory, for tests and
 * benchmarks of the pool.
 */
#ifndef TESTS_BOOK_H
#define TESTS_BOOK_H

#include "core/text.h"
#include "data/doc.h"
#include "pool/pool.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything a run needs, in one arena. */
typedef struct {
    Arena *arena;
    Tables *tables;
    Faults *faults;
    Err err;
    Table *portfolio;
    const Factors *factors;
    const Scheme *scheme;
    PoolOptions options;
} Case;

/* One loan; NULL and NaN are nulls, as are dates below 0. */
typedef struct {
    const char *loan, *firm, *industry, *county, *bank;
    int64_t fen;
    double pd, lgd;
} Loan;

static inline void case_open(Case *c)
{
    static const double levels[] = {0.95, 0.99, 0.999};
    static const char *const texts[] = {"0.95", "0.99", "0.999"};
    *c = (Case){.arena = arena_new()};
    c->tables = tables_new(c->arena);
    c->faults = faults_new(c->arena);
    c->options = (PoolOptions){.scenarios = 100000,
                               .years = 1,
                               .seed = 1,
                               .threads = 1,
                               .levels = levels,
                               .level_texts = texts,
                               .nlevels = 3,
                               .exact = POOL_EXACT_NONE,
                               .as_of = date_of((DateParts){1, 1, 1})};
}

static inline void case_close(Case *c)
{
    arena_free(c->arena);
}

/* Fresh result tables and faults for another run of the same book. */
static inline void case_again(Case *c)
{
    c->tables = tables_new(c->arena);
    c->faults = faults_new(c->arena);
    c->err = (Err){0};
}

static inline Column *case_column(Case *c, Field field)
{
    Column *column = NULL;
    if (table_add_field(&column, c->portfolio, field, &c->err) != OK)
        abort();
    return column;
}

static inline const char *case_text(Case *c, const char *text)
{
    return text == NULL ? NULL
                        : texts_put(c->tables->texts, text, strlen(text));
}

static inline void case_loans(Case *c, const Loan loans[], size_t n)
{
    if (table_new(&c->portfolio, c->tables, "portfolio", n, &c->err) != OK)
        abort();
    Column *loan = case_column(c, FIELD_loan_id);
    Column *firm = case_column(c, FIELD_firm_id);
    Column *industry = case_column(c, FIELD_industry);
    Column *county = case_column(c, FIELD_county);
    Column *bank = case_column(c, FIELD_bank);
    Column *outstanding = case_column(c, FIELD_outstanding);
    Column *pd = case_column(c, FIELD_pd), *lgd = case_column(c, FIELD_lgd);
    for (size_t i = 0; i < n; i++) {
        loan->s[i] = case_text(c, loans[i].loan);
        firm->s[i] = case_text(c, loans[i].firm);
        industry->s[i] = case_text(c, loans[i].industry);
        county->s[i] = case_text(c, loans[i].county);
        bank->s[i] = case_text(c, loans[i].bank);
        outstanding->i[i] = loans[i].fen;
        pd->d[i] = loans[i].pd;
        lgd->d[i] = loans[i].lgd;
    }
}

/* n loans like one, of firms of their own, named "0", "1" ...; the caller frees
 * them. */
static inline Loan *case_like(Case *c, Loan one, size_t n)
{
    Loan *loans = calloc(n, sizeof *loans);
    char id[24];
    for (size_t i = 0; i < n; i++) {
        snprintf(id, sizeof id, "%zu", i);
        loans[i] = one;
        loans[i].loan = loans[i].firm = case_text(c, id);
    }
    return loans;
}

/* The standard deviation of every loan's loss. */
static inline void case_deviate(Case *c, double sd)
{
    Column *column = case_column(c, FIELD_lgd_sd);
    for (size_t i = 0; i < c->portfolio->rows; i++)
        column->d[i] = sd;
}

static inline const Doc *case_doc(Case *c, const char *name, const char *text)
{
    Source source;
    const Doc *root = NULL;
    char *copy = text_copy(c->arena, text, strlen(text));
    if (source_of(&source, name, copy, strlen(copy), &c->err) != OK ||
        doc_read(&root, c->arena, source, c->faults, &c->err) != OK)
        abort();
    return root;
}

static inline ErrCode case_factors(Case *c, const char *text)
{
    const Doc *root = case_doc(c, "factors.cfg", text);
    return factors_read(&c->factors, c->arena, root, c->faults, &c->err);
}

static inline ErrCode case_scheme(Case *c, const char *text)
{
    const Doc *root = case_doc(c, "scheme.cfg", text);
    return scheme_read(&c->scheme, c->arena, root, c->faults, &c->err);
}

static inline ErrCode case_run(Case *c)
{
    return pool_simulate(c->tables, c->portfolio, c->factors, c->scheme,
                         &c->options, c->faults, &c->err);
}

/* A cell of pool_figures; `level` 0 for measures without one. */
static inline double case_figure(const Case *c, const char *party,
                                 const char *measure, double level,
                                 const char *column)
{
    const Table *t = tables_find(c->tables, "pool_figures");
    for (size_t i = 0; i < t->rows; i++) {
        double at = table_find(t, "level")->d[i];
        if (strcmp(table_find(t, "party")->s[i], party) == 0 &&
            strcmp(table_find(t, "measure")->s[i], measure) == 0 &&
            (level == 0 || fabs(at - level) < 1e-12))
            return table_find(t, column)->d[i];
    }
    return NAN;
}

/* A cell of pool_exact in yuan; `level` 0 for measures without one. */
static inline double case_exact(const Case *c, const char *party,
                                const char *measure, double level)
{
    const Table *t = tables_find(c->tables, "pool_exact");
    for (size_t i = 0; t != NULL && i < t->rows; i++) {
        double at = table_find(t, "level")->d[i];
        if (strcmp(table_find(t, "party")->s[i], party) == 0 &&
            strcmp(table_find(t, "measure")->s[i], measure) == 0 &&
            (level == 0 || fabs(at - level) < 1e-12))
            return table_find(t, "value")->d[i] / 100;
    }
    return NAN;
}

/* The words of pool_exact_reason; "" without that table. */
static inline const char *case_inexact(const Case *c)
{
    const Table *t = tables_find(c->tables, "pool_exact_reason");
    return t == NULL ? "" : table_find(t, "reason")->s[0];
}

/* The probability in a row (party, year) of pool_ruin or pool_events. */
static inline double case_chance(const Case *c, const char *table,
                                 const char *party, int64_t year,
                                 const char *column)
{
    const Table *t = tables_find(c->tables, table);
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(table_find(t, "party")->s[i], party) == 0 &&
            table_find(t, "year")->i[i] == year)
            return table_find(t, column)->d[i];
    return NAN;
}

/* Workload W1: 10,000 firms in 20 sectors, chances of .5% to 8%. */
enum { W1_FIRMS = 10000, W1_SECTORS = 20, W1_LOSS = 4500000 };

static inline double w1_fraction(double x)
{
    return x - floor(x);
}

static inline double w1_pd(int i)
{
    return 0.005 * pow(16, w1_fraction((i + .5) * 0.6180339887498949));
}

static inline int w1_units(int i)
{
    double v = w1_fraction((i + .5) * 0.7548776662466927);
    return 1 + (int)floor(50 * v * v);
}

static inline double w1_rho(int sector)
{
    return 0.12 + 0.12 * sector / 19;
}

/* `model`: what stands before the groups; `group`: in each. */
static inline void case_w1_under(Case *c, const char *model, const char *group)
{
    static char ids[W1_FIRMS][16], sectors[W1_SECTORS][4];
    static Loan loans[W1_FIRMS];
    char text[4096];
    int at =
        snprintf(text, sizeof text,
                 "factors = { %s correlation = \"0.4\"; groups = (", model);
    for (int s = 0; s < W1_SECTORS; s++) {
        snprintf(sectors[s], sizeof sectors[s], "S%02d", s);
        at += snprintf(text + at, sizeof text - (size_t)at,
                       "%s { industry = \"S%02d\"; asset_correlation = "
                       "\"%.17g\"; %s }",
                       s == 0 ? "" : ",", s, w1_rho(s), group);
    }
    snprintf(text + at, sizeof text - (size_t)at, "); };\n");
    for (int i = 0; i < W1_FIRMS; i++) {
        snprintf(ids[i], sizeof ids[i], "%05d", i);
        loans[i] = (Loan){.loan = ids[i],
                          .firm = ids[i],
                          .industry = sectors[i % W1_SECTORS],
                          .fen = INT64_C(10000000) * w1_units(i),
                          .pd = w1_pd(i),
                          .lgd = 0.45};
    }
    case_loans(c, loans, W1_FIRMS);
    if (case_factors(c, text) != OK)
        abort();
}

static inline void case_w1(Case *c)
{
    case_w1_under(c, "", "");
}

/* Twenty-five unequal loans: exposures and ratings of the CreditRisk+ manual
 * (1997), section 6, in bands of 202,389, in one group with rho .2. */
enum { MANUAL_LOANS = 25 };

static inline void case_manual(Case *c)
{
    static const int bands[MANUAL_LOANS] = {2,  6,  9,  10, 12, 12, 14, 15, 16,
                                            16, 24, 24, 25, 25, 25, 27, 27, 28,
                                            29, 29, 32, 33, 39, 77, 100};
    static const char ratings[] = "HHFGGGHGDDADDHFEDCECHHBFE";
    static const double pd[] = {.015, .016, .03, .05, .075, .1, .15, .3};
    static char ids[MANUAL_LOANS][12];
    Loan loans[MANUAL_LOANS];
    for (int i = 0; i < MANUAL_LOANS; i++) {
        snprintf(ids[i], sizeof ids[i], "%02d", i);
        loans[i] = (Loan){.loan = ids[i],
                          .firm = ids[i],
                          .fen = INT64_C(20238900) * bands[i],
                          .pd = pd[ratings[i] - 'A'],
                          .lgd = 1};
    }
    case_loans(c, loans, MANUAL_LOANS);
    if (case_factors(c,
                     "factors = { groups = ( { asset_correlation = "
                     "\"0.2\"; } ); };\n") != OK)
        abort();
}

/* Their contributions to the ES of 99%, in yuan: (E[L_i; L > VaR] + lambda
 * E[L_i; L = VaR]) / (1 - a) by binomial mixture, made apart from this program.
 */
static const double manual_euler[MANUAL_LOANS] = {
    278435.106, 855632.489, 734409.162, 1039023.85, 1269400.79,
    1269400.79, 2089838.83, 1629157.51, 916639.066, 916639.066,
    656227.915, 1506209.99, 1587734.74, 3952028.85, 2395717.44,
    2244513.53, 1754645.27, 1315852.49, 2462266.21, 1379533.45,
    5227473.59, 5415186.29, 1344272.97, 11758091.2, 16652599};

/* Four parties in three layers of the book. */
#define W1_SCHEME                                                              \
    "scheme = { id = \"four-party-w1\"; basis = \"net\";"                      \
    " share_base = \"principal\"; cover = \"100%\";"                           \
    " parties = ( \"bank\", \"guarantor\", \"reguarantor\", \"gov_pool\" );"   \
    " denominator = \"opening_balance\"; layers = ("                           \
    " { upto = \"3%\"; shares = ( { party = \"bank\"; share = \"20%\"; },"     \
    "  { party = \"guarantor\"; share = \"40%\"; },"                           \
    "  { party = \"reguarantor\"; share = \"20%\"; },"                         \
    "  { party = \"gov_pool\"; share = \"20%\"; } ); },"                       \
    " { upto = \"5%\"; shares = ( { party = \"bank\"; share = \"20%\"; },"     \
    "  { party = \"guarantor\"; share = \"50%\"; },"                           \
    "  { party = \"reguarantor\"; share = \"30%\"; } ); },"                    \
    " { shares = ( { party = \"bank\"; share = \"50%\"; },"                    \
    "  { party = \"guarantor\"; share = \"50%\"; } ); } ); };\n"

#endif
