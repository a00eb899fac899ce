#include "scene.h"

#include "pool/told.h"

#include <limits.h>

/* What a suspended bank does not write. */

static int64_t days(const char *day)
{
    Date date;
    return date_parse(&date, day, NULL) == OK ? date.days : NULL_INT;
}

#define HEAD                                                                   \
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"principal\"; "   \
    "parties = ( \"bank\", \"fund\" ); layers = ( { shares = ( { party = "     \
    "\"bank\"; share = \"20%\"; }, { party = \"fund\"; share = \"80%\"; } ); " \
    "} );\n"
#define BREAKER                                                                \
    "breakers = ( { by = \"bank\"; suspend = \"50%\"; resume = "               \
    "\"25%\"; } ); "

#define AT_56 "breakers = ( { by = \"bank\"; suspend = \"56%\"; } ); "
#define DEFAULTED(bank, yuan)                                                  \
    "opening = { defaulted = ( { bank = \"" bank "\"; amount = \"" yuan        \
    "\"; } ); }; };"

/* Each firm's chance is above that of the one before, so slot i is of F<i+1>.
 * All are for ten years, paid back at the end. */
static const struct {
    Loan loan;
    const char *start;
} loans[] = {
    {{"A", "F1", "A", NULL, "甲", 1000000, 0.01, 1}, "2024-03-01"},
    {{"B", "F2", "A", NULL, "甲", 500000, 0.02, 1}, "2024-03-01"},
    {{"C", "F3", "A", NULL, "甲", 500000, 0.03, 1}, "2024-03-01"},
    {{"D", "F4", "A", NULL, "甲", 300000, 0.04, 1}, "2024-06-01"}, /* year 0 */
    {{"E", "F5", "A", NULL, "甲", 70000, 0.05, 1}, "2025-06-01"},  /* year 1 */
    {{"F", "F6", "A", NULL, "甲", 110000, 0.06, 1}, "2026-06-01"}, /* year 2 */
    {{"G", "F7", "A", NULL, "甲", 130000, 0.07, 1}, "2027-06-01"}, /* year 3 */
    {{"H", "F8", "A", NULL, "乙", 170000, 0.08, 1}, "2025-06-01"}, /* year 1 */
    {{"I", "F9", "A", NULL, "乙", 190000, 0.09, 1}, "2024-03-01"},
};
enum { YEARS = 5 };

static void fill_scene(Scene *s, const char *scheme, int years)
{
    Loan plain[COUNT(loans)];
    for (size_t i = 0; i < COUNT(loans); i++)
        plain[i] = loans[i].loan;
    case_open(&s->c);
    case_loans(&s->c, plain, COUNT(loans));
    Column *start = case_column(&s->c, FIELD_started_on);
    Column *end = case_column(&s->c, FIELD_matures_on);
    for (size_t i = 0; i < COUNT(loans); i++) {
        start->i[i] = days(loans[i].start);
        end->i[i] = days("2035-03-01");
    }
    scene_ask(&s->c, "0.1");
    s->c.options.years = years;
    assert_int_equal(case_scheme(&s->c, scheme), OK);
}

static void open_scene(Scene *s, const char *scheme)
{
    fill_scene(s, scheme, YEARS);
    scene_open(s);
}

/* What is claimed in year 4 when loans fail in the years first_of[9]. */
static int64_t claims_of_year_4(const char *scheme, const int first_of[])
{
    Scene s;
    open_scene(&s, scheme);
    const WaterfallPath *p = scene_play(&s, first_of, 9);
    int64_t claims = p->year[4].paid[0] + p->year[4].paid[1];
    scene_close(&s);
    return claims;
}

/* On paper.  Year 0: A fails, 10 of 20 (thousand yuan) are 50%, so bank 甲 is
 * suspended and E is not written in year 1; D was, in year 0.  Year 1: C fails,
 * 5 of 13 (B, C, D) are 38%: above 25%, so F is not written in year 2.  Year 2:
 * nobody fails, so G is written in year 3.  Year 4: E, F, G and H fail, and G
 * and H have claims. */
static void a_suspended_bank_writes_nothing_until_it_resumes(void **state)
{
    (void)state;
    static const int first_of[] = {0, -1, 1, -1, 4, 4, 4, 4, -1};
    static const int64_t claims[YEARS] = {1000000, 500000, 0, 0, 300000};
    static const uint64_t suspended[] = {0, 1, 0, 1, 0, 0, 0, 0, 0, 0};
    Scene s;
    open_scene(&s, HEAD BREAKER "};");
    const WaterfallPath *p = scene_play(&s, first_of, COUNT(first_of));
    for (int t = 0; t < YEARS; t++)
        assert_int_equal(p->year[t].paid[0] + p->year[t].paid[1], claims[t]);
    assert_int_equal(model_total(&s.m, &s.k.table, 0, p->stopped), 1800000);
    assert_string_equal(s.m.book->banks[0], "乙");
    tally_banks(&s.k.tally, s.m.dues, &s.m.scheme->breaker,
                dues_banks(&s.k.table, 0),
                (VolumesGone){dues_banks_gone(&s.k.table, 0), 0});
    for (size_t i = 0; i < COUNT(suspended); i++) {
        int seen = (int)breakers_state(s.m.waterfall->breakers, &s.k.table, 0,
                                       (int)i / 2 + 1, i % 2);
        assert_int_equal(s.k.tally.suspended[i], suspended[i]);
        assert_int_equal((seen & BREAKERS_SUSPENDED) != 0, suspended[i]);
    }
    scene_close(&s);
}

/* As before, C's 5 of 13 in year 1: with a rate of exactly `resume` F is
 * written in year 2, and G in any case.  Both fail in year 4; E, which is not
 * written, too. */
static void a_bank_resumes_at_the_very_rate(void **state)
{
    (void)state;
    static const struct {
        const char *scheme;
        int64_t claims;
    } rows[] = {{HEAD "breakers = ( { by = \"bank\"; suspend = \"1/2\"; resume "
                      "= \"5/13\"; } ); };",
                 240000},
                {HEAD "breakers = ( { by = \"bank\"; suspend = \"1/2\"; resume "
                      "= \"4/13\"; } ); };",
                 130000}};
    static const int first_of[] = {0, -1, 1, -1, 4, 4, 4, -1, -1};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(claims_of_year_4(rows[i].scheme, first_of),
                         rows[i].claims);
}

/* Bank 甲 is suspended on the opening day, so D is not written in year 0.  In
 * it C fails, 5 of 20: at a `resume` of 25% E is written in year 1, below it is
 * not, and F in year 2 in any case.  D, E and F fail in year 4. */
static void a_bank_suspended_before_resumes_as_any_other(void **state)
{
    (void)state;
    static const struct {
        const char *scheme;
        int64_t claims;
    } rows[] = {
        {HEAD BREAKER "opening = { suspended = ( \"甲\" ); }; };", 180000},
        {HEAD "opening = { suspended = ( \"甲\" ); }; breakers = ( { by = "
              "\"bank\"; suspend = \"50%\"; resume = \"24.9%\"; } ); };",
         110000},
        {HEAD BREAKER "opening = { suspended = ( \"乙\" ); }; };", 480000},
        {HEAD BREAKER "opening = { suspended = ( ); }; };", 480000}};
    static const int first_of[] = {-1, -1, 0, 4, 4, 4, -1, -1, -1};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Scene s;
        open_scene(&s, rows[i].scheme);
        for (int again = 0; again < 2; again++) {
            const WaterfallPath *p = scene_play(&s, first_of, COUNT(first_of));
            model_path(&s.m, &s.k, 0);
            assert_int_equal(p->year[0].paid[0] + p->year[0].paid[1], 500000);
            assert_int_equal(p->year[4].paid[0] + p->year[4].paid[1],
                             rows[i].claims);
        }
        scene_close(&s);
    }
}

/* A fails in year 0, 10 of 20: with a tenth of a fen less than 1.2 before it is
 * below 56%, and with that at it.  So E is written in year 1, or is not. */
static void defaults_before_the_opening_count(void **state)
{
    (void)state;
    static const struct {
        const char *scheme;
        int64_t claims;
    } rows[] = {{HEAD AT_56 "};", 70000},
                {HEAD AT_56 DEFAULTED("乙", "1200.00"), 70000},
                {HEAD AT_56 DEFAULTED("甲", "1199.99"), 70000},
                {HEAD AT_56 DEFAULTED("甲", "1200.00"), 0},
                {HEAD AT_56 "opening = { defaulted = ( { bank = \"甲\"; amount "
                            "= \"700.00\"; }, { bank = \"甲\"; amount = "
                            "\"500.00\"; } ); }; };",
                 0}};
    static const int first_of[] = {0, -1, -1, -1, 4, -1, -1, -1, -1};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(claims_of_year_4(rows[i].scheme, first_of),
                         rows[i].claims);
}

/* A run of one year, in which A fails: 80% of its 10 are asked of a fund that
 * pays 10% of the new business, which is D's 3 or nothing. */
static void new_business_of_one_year_is_not_written(void **state)
{
    (void)state;
#define NEW_BUSINESS                                                           \
    HEAD BREAKER                                                               \
        "caps = ( { party = \"fund\"; rate = \"10%\"; denominator = "          \
        "\"new_business\"; overflow = \"bank\"; } ); "
    static const struct {
        const char *scheme;
        int64_t paid;
    } rows[] = {
        {NEW_BUSINESS "};", 30000},
        {NEW_BUSINESS "opening = { suspended = ( \"乙\" ); }; };", 30000},
        {NEW_BUSINESS "opening = { suspended = ( \"甲\" ); }; };", 0}};
    static const int first_of[] = {0, -1, -1, -1, -1, -1, -1, -1, -1};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Scene s;
        fill_scene(&s, rows[i].scheme, 1);
        scene_open(&s);
        const WaterfallPath *p = scene_play(&s, first_of, COUNT(first_of));
        assert_int_equal(p->year[0].paid[1], rows[i].paid);
        scene_close(&s);
    }
}

/* By yearly steps new business has no claims in its own year, so the mean loss
 * of one year is that without the suspension, and exact.  By monthly steps D
 * may be lost, and a mean without it is not computed. */
static void the_mean_of_one_year_stays_exact(void **state)
{
    (void)state;
    double exact[2];
    Scene s;
    for (int i = 0; i < 2; i++) {
        fill_scene(&s,
                   i == 0 ? HEAD BREAKER "};"
                          : HEAD BREAKER
                       "opening = { suspended = ( \"甲\" ); }; };",
                   1);
        assert_int_equal(case_run(&s.c), OK);
        exact[i] = case_figure(&s.c, "total", "el_exact", 0, "value");
        s.c.options.steps = POOL_STEPS_MONTHLY;
        case_again(&s.c);
        assert_int_equal(case_run(&s.c), OK);
        assert_int_equal(
            isnan(case_figure(&s.c, "total", "el_exact", 0, "value")), i);
        case_close(&s.c);
    }
    assert_true(exact[0] > 0);
    assert_close(exact[1], exact[0], 1e-12);
}

/* Nor does the exact distribution change, of the parties neither. */
static void the_twin_of_one_year_stays(void **state)
{
    (void)state;
    Scene s[2];
    const Table *t[2];
    for (int i = 0; i < 2; i++) {
        fill_scene(&s[i],
                   i == 0 ? HEAD BREAKER "};"
                          : HEAD BREAKER
                       "opening = { suspended = ( \"甲\" ); }; };",
                   1);
        s[i].c.options.exact = POOL_EXACT_FULL;
        assert_int_equal(case_run(&s[i].c), OK);
        t[i] = tables_find(s[i].c.tables, "pool_exact");
        assert_non_null(t[i]);
    }
    assert_int_equal(t[0]->rows, t[1]->rows);
    assert_true(t[0]->rows > 8); /* those of the parties too */
    assert_memory_equal(table_find(t[0], "value")->d,
                        table_find(t[1], "value")->d,
                        t[0]->rows * sizeof(double));
    for (int i = 0; i < 2; i++)
        case_close(&s[i].c);
}

/* A fails in year 0, so E is not written; year 1 is calm, and bank 甲 resumes.
 * Of B, C, D, F, G and of H, I of bank 乙 19 are in force as year 4 opens, in
 * which G and H fail: 80% of their 3 are asked of a fund that pays 10% of what
 * is in force. */
static void denominators_see_what_was_stopped(void **state)
{
    (void)state;
    static const int first_of[] = {0, -1, -1, -1, -1, -1, 4, 4, -1};
    Scene s;
    open_scene(&s, HEAD BREAKER
               "caps = ( { party = \"fund\"; rate = \"10%\"; denominator = "
               "\"in_force_opening\"; overflow = \"bank\"; } ); };");
    const WaterfallPath *p = scene_play(&s, first_of, COUNT(first_of));
    assert_int_equal(p->year[4].paid[1], 190000);
    assert_int_equal(p->year[4].capped, 2);
    scene_close(&s);
}

/* The same path again, and another in its place, give the same. */
static void a_path_can_be_run_again(void **state)
{
    (void)state;
    static const int first_of[] = {0, -1, 1, -1, 4, 4, 4, 4, -1};
    WaterfallPath first;
    Scene s;
    open_scene(&s, HEAD BREAKER "};");
    first = *scene_play(&s, first_of, COUNT(first_of));
    for (int i = 0; i < 2; i++) {
        model_path(&s.m, &s.k, 0);
        assert_memory_equal(s.k.path.year, first.year,
                            YEARS * sizeof *first.year);
        assert_int_equal(model_total(&s.m, &s.k.table, 0, 0), 1800000);
    }
    scene_close(&s);
}

/* A large book of planned loans under a scheme that looks at everything. */
enum { FIRMS = 60, LOANS = 3 * FIRMS, BANKS = 4, LONG = 6 };

#define RICH(breaker, leverage)                                                \
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"covered\"; "     \
    "cover = \"80%\"; claim_after_months = 16; parties = ( \"bank\", "         \
    "\"fund\", \"city\" );\n"                                                  \
    "denominator = \"in_force_average\"; layers = ( { upto = \"4%\"; shares "  \
    "= ( { party = \"fund\"; share = \"2/3\"; }, { party = \"city\"; share = " \
    "\"1/3\"; } ); }, { shares = ( { party = \"fund\"; share = \"1\"; } ); } " \
    ");\n"                                                                     \
    "caps = ( { party = \"city\"; rate = \"9%\"; denominator = "               \
    "\"new_business\"; overflow = \"bank\"; } );\n"                            \
    "balances = ( { party = \"fund\"; opening = \"9000.00\"; overflow = "      \
    "\"bank\"; } );\n"                                                         \
    "premium = ( { party = \"fund\"; fee_share = \"60%\"; }, { party = "       \
    "\"city\"; rate = \"0.15%\"; } );\n"                                       \
    "reserves = { party = \"fund\"; unearned = \"50%\"; compensation = "       \
    "\"1%\"; ceiling = \"10%\"; };\n" leverage breaker                         \
    "recovery = ( { after_months = 0; share = \"1/3\"; }, { after_months = "   \
    "15; share = \"2/3\"; } ); };\n"
#define LEVERAGE                                                               \
    "leverage_limit = { party = \"fund\"; multiple = \"15\"; weight = "        \
    "\"75%\"; net_assets = \"12000.00\"; };\n"
#define TRIPS(denominator)                                                     \
    "breakers = ( { by = \"bank\"; warn = \"5%\"; suspend = \"12%\"; resume "  \
    "= \"6%\"; denominator = \"" denominator "\"; } );\n"

#define OPENS "opening = { suspended = ( \"丙\", \"甲\" ); };\n"
#define COUNTED                                                                \
    "opening = { suspended = ( \"丙\" ); defaulted = ( { bank = \"丁\"; "    \
    "amount = \"6789.01\"; }, { bank = \"丙\"; amount = \"1234.56\"; } ); "   \
    "};\n"

/* Rows of the book in an order of `turn` (0: as they are), the amounts of those
 * with a mark left out. */
static void fill_rich(Scene *s, size_t turn, const uint8_t left_out[])
{
    static const char *const banks[BANKS] = {"甲", "乙", "丙", "丁"};
    static char ids[LOANS][8], firms[FIRMS][8];
    static Loan book[LOANS];
    int32_t opening = date_of((DateParts){2024, 3, 1}).days;
    case_open(&s->c);
    for (size_t k = 0; k < LOANS; k++) {
        size_t i = turn == 0 ? k : (k * 7 + turn) % LOANS; /* 7 and 180 */
        snprintf(ids[i], sizeof ids[i], "L%03zu", i);
        snprintf(firms[i % FIRMS], sizeof *firms, "F%02zu", i % FIRMS);
        book[k] = (Loan){ids[i],
                         firms[i % FIRMS],
                         "A",
                         NULL,
                         banks[i * 5 % 7 % BANKS],
                         238500 + 12345 * (int64_t)(i % 17),
                         0.03 + 0.001 * (double)(i % FIRMS),
                         0.385};
        if (left_out != NULL && left_out[i])
            book[k].fen = 0;
    }
    case_loans(&s->c, book, LOANS);
    Column *start = case_column(&s->c, FIELD_started_on);
    Column *end = case_column(&s->c, FIELD_matures_on);
    Column *fee = case_column(&s->c, FIELD_fee_rate);
    Column *sd = case_column(&s->c, FIELD_lgd_sd);
    for (size_t k = 0; k < LOANS; k++) {
        size_t i = turn == 0 ? k : (k * 7 + turn) % LOANS;
        start->i[k] = opening - 365 + (int64_t)(i * 211 % (6 * 365));
        end->i[k] = start->i[k] + 400 + (int64_t)(i * 97 % 1300);
        fee->i[k] = 10000000 + 100000 * (int64_t)(i % 13);
        sd->d[k] = 0.2;
    }
    scene_ask(&s->c, "0.15");
    s->c.options.years = LONG;
    s->c.options.scenarios = 1000;
}

/* Every third loan stands under `second`, where there is one. */
static void open_rich(Scene *s, PoolSteps steps, const char *scheme,
                      const char *second, const uint8_t left_out[])
{
    fill_rich(s, 0, left_out);
    s->c.options.steps = steps;
    assert_int_equal(case_scheme(&s->c, scheme), OK);
    if (second != NULL) {
        const Scheme *of[2] = {s->c.scheme};
        Column *under = case_column(&s->c, FIELD_scheme);
        for (size_t i = 0; i < LOANS; i++)
            under->s[i] = case_text(&s->c, i % 3 == 0 ? "b" : "a");
        assert_int_equal(case_scheme(&s->c, second), OK);
        of[1] = s->c.scheme;
        assert_int_equal(
            scheme_join(&s->c.scheme, s->c.arena, of, 2, &s->c.err), OK);
    }
    scene_open(s);
}

/* The step in which a firm fails. */
static int failure_of(const Told *told, uint32_t slot)
{
    for (size_t i = 0; i < told->n; i++)
        if (told->defaults[i].slot == slot)
            return (int)told->defaults[i].step;
    return INT_MAX;
}

/* Of what of a loan the rule takes its rate in year y. */
static int64_t part_of_whole(const Book *b, size_t i, int y, int failed,
                             Denominator denominator)
{
    const int64_t *covered = b->covered + i * b->width;
    int vintage = b->loans[i].vintage;
    switch (denominator) {
    case DENOMINATOR_NEW_BUSINESS:
        return vintage == y && failed >= book_start(b, i) ? b->written[i] : 0;
    case DENOMINATOR_COHORT:
        return vintage < 0                  ? covered[0]
               : failed >= book_start(b, i) ? b->written[i]
                                            : 0;
    default:
        return failed >= y * b->year_steps ? covered[y * b->year_steps] : 0;
    }
}

/* Loans of a bank, those of each cohort apart where the rule looks at them. */
enum { COHORTS = LONG + 2 };
typedef struct {
    int64_t bad[COHORTS], whole[COHORTS];
} Rates;

static int is_suspended_after(const Rates *r, const SchemeBreaker *rule,
                              int was)
{
    double most = (double)rule->suspend.num / (double)rule->suspend.den;
    double least = (double)rule->resume.num / (double)rule->resume.den;
    int is = 0;
    for (int k = 0; k < COHORTS; k++) {
        double rate =
            r->whole[k] > 0 ? (double)r->bad[k] / (double)r->whole[k] : -1;
        is |= rate >= most || (was && rate > least);
    }
    return is;
}

/* Banks by their names in the scheme. */
static void open_banks(int is_suspended[BANKS], const Model *m)
{
    const Doc *list = m->scheme->opening.suspended;
    for (const Doc *d = list == NULL ? NULL : list->first; d != NULL;
         d = d->next)
        for (size_t k = 0; k < BANKS; k++)
            is_suspended[k] |= strcmp(d->text, m->book->banks[k]) == 0;
}

/* What has defaulted of a bank before. */
static int64_t defaulted(const Model *m, size_t bank)
{
    const SchemeOpening *o = &m->scheme->opening;
    int64_t sum = 0;
    for (size_t i = 0; i < o->ndefaulted; i++)
        if (strcmp(o->defaulted[i].bank->text, m->book->banks[bank]) == 0)
            sum += o->defaulted[i].fen;
    return sum;
}

/* Loans by loan_id that banks do not write in a scenario, from the definition:
 * year by year, over all loans.  Years in which leverage binds write nothing
 * either. */
static size_t brute(uint8_t stopped[LOANS], const Told *told,
                    Denominator denominator, const WaterfallPath *path)
{
    const Book *b = told->model->book;
    const Column *id = table_field(b->table, FIELD_loan_id);
    int is_suspended[BANKS] = {0};
    uint8_t out[LOANS] = {0};
    size_t n = 0;
    open_banks(is_suspended, told->model);
    for (int y = 0; y < LONG; y++) {
        Rates rates[BANKS] = {0};
        for (size_t i = 0; i < b->nloans; i++) {
            const BookLoan *l = &b->loans[i];
            int failed = failure_of(told, l->slot);
            int k = denominator == DENOMINATOR_COHORT ? l->vintage + 2 : 0;
            if (l->vintage == y &&
                (is_suspended[l->bank] || path->year[y].is_levered))
                out[i] = is_suspended[l->bank] ? 1 : 2;
            if (out[i] != 0)
                continue;
            rates[l->bank].bad[k] +=
                failed / b->year_steps == y
                    ? b->covered[i * b->width + (size_t)failed]
                    : 0;
            rates[l->bank].whole[k] +=
                part_of_whole(b, i, y, failed, denominator);
        }
        for (size_t k = 0; k < BANKS; k++)
            rates[k].bad[0] += y == 0 ? defaulted(told->model, k) : 0;
        for (size_t k = 0; k < BANKS; k++)
            is_suspended[k] = is_suspended_after(
                &rates[k], &told->model->scheme->breaker, is_suspended[k]);
    }
    memset(stopped, 0, LOANS);
    for (size_t i = 0; i < b->nloans; i++) {
        stopped[strtol(id->s[b->loans[i].row] + 1, NULL, 10)] = out[i] == 1;
        n += out[i] == 1;
    }
    return n;
}

/* What the loans of a told future lose together. */
static int64_t told_total(const Told *told)
{
    const Book *b = told->model->book;
    int64_t sum = 0;
    for (size_t i = 0; i < told->n; i++) {
        Default d = told->defaults[i];
        for (uint32_t k = b->loan_at[d.slot]; k < b->loan_at[d.slot + 1]; k++) {
            DueLoan due;
            if (told_loan(&due, told, k, d))
                sum += due.part[DUE_SHARED] + due.part[DUE_KEPT] -
                       due.part[DUE_SHARED_BACK] - due.part[DUE_KEPT_BACK];
        }
    }
    return sum;
}

/* A future under breakers is that of a book without the loans that they stop
 * under the same scheme without breakers. */
static void check_steps(PoolSteps steps, const char *with, const char *without,
                        const char *second, Denominator denominator)
{
    size_t trips = 0, calm = 0;
    Scene s;
    Told told;
    open_rich(&s, steps, with, second, NULL);
    assert_int_equal(told_open(&told, &s.m, &s.c.err), OK);
    for (uint64_t q = 0; q < 60; q++) {
        uint8_t stopped[LOANS];
        Scene less;
        Told other;
        told_scenario(&told, q);
        const WaterfallPath *p = &told.worker.path;
        size_t n = brute(stopped, &told, denominator, p);
        trips += n > 0;
        calm += n == 0;
        open_rich(&less, steps, without, second, stopped);
        assert_int_equal(told_open(&other, &less.m, &less.c.err), OK);
        told_scenario(&other, q);
        const WaterfallPath *want = &other.worker.path;
        assert_memory_equal(p->net, want->net, 3 * sizeof *p->net);
        for (int t = 0; t < s.m.waterfall->run; t++) {
            assert_memory_equal(&p->year[t], &want->year[t], sizeof *p->year);
            assert_memory_equal(p->account[t], want->account[t],
                                sizeof *p->account);
        }
        assert_int_equal(
            model_total(&s.m, &told.worker.table, 0, p->stopped),
            model_total(&less.m, &other.worker.table, 0, want->stopped));
        assert_int_equal(model_total(&s.m, &told.worker.table, 0, p->stopped),
                         told_total(&told));
        told_close(&other);
        scene_close(&less);
    }
    assert_true(trips > 10);
    assert_true(calm > 0 || steps == POOL_STEPS_MONTHLY ||
                s.m.book->suspended != NULL);
    told_close(&told);
    scene_close(&s);
}

static void check_futures(const char *with, const char *without,
                          const char *second, Denominator denominator)
{
    check_steps(POOL_STEPS_YEARLY, with, without, second, denominator);
    check_steps(POOL_STEPS_MONTHLY, with, without, second, denominator);
}

static void futures_are_those_of_a_book_without_what_was_stopped(void **state)
{
    (void)state;
    check_futures(RICH(TRIPS("in_force_opening"), ""), RICH("", ""), NULL,
                  DENOMINATOR_IN_FORCE);
    check_futures(RICH(TRIPS("new_business"), ""), RICH("", ""), NULL,
                  DENOMINATOR_NEW_BUSINESS);
    check_futures(RICH(TRIPS("cohort"), ""), RICH("", ""), NULL,
                  DENOMINATOR_COHORT);
}

/* The same where two banks are suspended on the opening day. */
static void futures_may_open_without_banks(void **state)
{
    (void)state;
    check_futures(RICH(TRIPS("in_force_opening") OPENS, ""), RICH("", ""), NULL,
                  DENOMINATOR_IN_FORCE);
    check_futures(RICH(TRIPS("in_force_opening") COUNTED, LEVERAGE),
                  RICH("", LEVERAGE), NULL, DENOMINATOR_IN_FORCE);
    check_futures(RICH(TRIPS("new_business") OPENS, ""), RICH("", ""), NULL,
                  DENOMINATOR_NEW_BUSINESS);
    check_futures(RICH(TRIPS("cohort") OPENS, LEVERAGE), RICH("", LEVERAGE),
                  NULL, DENOMINATOR_COHORT);
}

/* The limit of leverage and breakers see what the other has stopped. */
static void leverage_and_breakers_stop_together(void **state)
{
    (void)state;
    check_futures(RICH(TRIPS("in_force_opening"), LEVERAGE), RICH("", LEVERAGE),
                  NULL, DENOMINATOR_IN_FORCE);
}

/* Rows of a table where a column has a text and `year` is y. */
static int count_rows(const Table *t, const char *column, const char *text,
                      const char *event, int64_t y)
{
    int n = 0;
    for (size_t i = 0; i < t->rows; i++)
        n += strcmp(table_find(t, column)->s[i], text) == 0 &&
             (event == NULL ||
              strcmp(table_find(t, "event")->s[i], event) == 0) &&
             table_find(t, "year")->i[i] == y;
    return n;
}

/* The loans in a story as not written are those of the definition. */
static void check_unwritten(const Table *t, const Told *told)
{
    const Book *b = told->model->book;
    const Column *id = table_field(b->table, FIELD_loan_id);
    uint8_t stopped[LOANS];
    size_t n = 0;
    brute(stopped, told, DENOMINATOR_IN_FORCE, &told->worker.path);
    for (size_t i = 0; i < b->nloans; i++) {
        const BookLoan *l = &b->loans[i];
        const char *name = id->s[l->row];
        int is_told = stopped[strtol(name + 1, NULL, 10)] &&
                      failure_of(told, l->slot) >= l->vintage;
        assert_int_equal(count_rows(t, "loan_id", name, NULL, l->vintage + 1),
                         is_told);
        n += (size_t)is_told;
    }
    assert_int_equal(t->rows, n);
}

/* A story opens with the banks that are suspended. */
static void check_opening(const Table *events, const Model *m)
{
    int is_suspended[BANKS] = {0};
    open_banks(is_suspended, m);
    for (size_t k = 0; k < BANKS; k++)
        for (int y = 1; y <= LONG; y++)
            assert_int_equal(count_rows(events, "party", m->book->banks[k],
                                        "suspended_before", y),
                             y == 1 && is_suspended[k]);
}

/* Stories of all futures add up to the events that a run has counted. */
static void check_stories(const char *scheme)
{
    enum { FUTURES = 40 };
    static const char *const events[] = {"warn", "suspend"};
    int seen[2][BANKS][LONG] = {0};
    Scene s;
    Told told;
    open_rich(&s, POOL_STEPS_YEARLY, scheme, NULL, NULL);
    assert_int_equal(told_open(&told, &s.m, &s.c.err), OK);
    s.c.options.scenarios = FUTURES;
    for (uint64_t q = 0; q < FUTURES; q++) {
        int64_t sum = 0;
        case_again(&s.c);
        assert_int_equal(pool_replay(s.c.tables, s.c.portfolio, s.c.factors,
                                     s.c.scheme, &s.c.options, q, s.c.faults,
                                     &s.c.err),
                         OK);
        told_scenario(&told, q);
        check_unwritten(tables_find(s.c.tables, "pool_story_unwritten"), &told);
        const Table *t = tables_find(s.c.tables, "pool_story");
        for (size_t i = 0; i < t->rows; i++)
            sum += table_find(t, "claim")->i[i] + table_find(t, "kept")->i[i];
        t = tables_find(s.c.tables, "pool_story_parties");
        for (size_t i = 0; i < t->rows; i++)
            sum -= table_find(t, "paid")->i[i];
        assert_int_equal(sum, 0);
        t = tables_find(s.c.tables, "pool_story_events");
        check_opening(t, &s.m);
        for (int e = 0; e < 2; e++)
            for (int k = 0; k < BANKS; k++)
                for (int y = 0; y < LONG; y++)
                    seen[e][k][y] += count_rows(t, "party", s.m.book->banks[k],
                                                events[e], y + 1);
    }
    case_again(&s.c);
    assert_int_equal(case_run(&s.c), OK);
    const Table *t = tables_find(s.c.tables, "pool_events");
    for (size_t i = 0; i < t->rows; i++)
        for (int e = 0; e < 2; e++)
            for (int k = 0; k < BANKS; k++)
                if (strcmp(table_find(t, "event")->s[i], events[e]) == 0 &&
                    strcmp(table_find(t, "party")->s[i], s.m.book->banks[k]) ==
                        0)
                    assert_close(table_find(t, "probability")->d[i] * FUTURES,
                                 seen[e][k][table_find(t, "year")->i[i] - 1],
                                 1e-9);
    told_close(&told);
    scene_close(&s);
}

static void stories_tell_what_was_not_written(void **state)
{
    (void)state;
    check_stories(RICH(TRIPS("in_force_opening"), LEVERAGE));
    check_stories(RICH(TRIPS("in_force_opening") COUNTED, LEVERAGE));
}

/* Without new business a suspension stops nothing, and is told all the same. */
static void stories_tell_suspensions_that_stop_nothing(void **state)
{
    (void)state;
    static const Loan run_off[] = {
        {"A", "F1", "A", NULL, "甲", 1000, 1, 1},
        {"B", "F2", "A", NULL, "乙", 1000, 0, 1},
    };
    Scene s;
    case_open(&s.c);
    case_loans(&s.c, run_off, COUNT(run_off));
    scene_ask(&s.c, "0.1");
    assert_int_equal(case_scheme(&s.c, HEAD BREAKER
                                 "opening = { suspended = ( \"乙\" ); }; };"),
                     OK);
    scene_open(&s);
    case_again(&s.c);
    assert_int_equal(pool_replay(s.c.tables, s.c.portfolio, s.c.factors,
                                 s.c.scheme, &s.c.options, 0, s.c.faults,
                                 &s.c.err),
                     OK);
    const Table *t = tables_find(s.c.tables, "pool_story_events");
    assert_int_equal(t->rows, 3);
    assert_int_equal(count_rows(t, "party", "乙", "suspended_before", 1), 1);
    assert_int_equal(count_rows(t, "party", "甲", "warn", 1), 1);
    assert_int_equal(count_rows(t, "party", "甲", "suspend", 1), 1);
    scene_close(&s);
}

/* Two schemes of one book under one breaker. */
static void loans_of_all_schemes_are_stopped(void **state)
{
    (void)state;
    static const char second[] =
        "scheme = { id = \"b\"; source = \"test\"; share_base = "
        "\"covered\"; cover = \"60%\"; claim_after_months = 16; uncovered = "
        "\"bank\"; parties = ( \"bank\", \"fund\", \"city\" ); layers = ( "
        "{ shares = ( { party = \"fund\"; share = \"1/2\"; }, { party = "
        "\"city\"; share = \"1/2\"; } ); } ); caps = ( { party = \"fund\"; "
        "rate = \"5%\"; denominator = \"released\"; overflow = \"bank\"; } "
        "); recovery = ( { after_months = 0; share = \"1/3\"; }, { "
        "after_months = 15; share = \"2/3\"; } ); };\n";
    check_futures(RICH(TRIPS("in_force_opening"), LEVERAGE), RICH("", LEVERAGE),
                  second, DENOMINATOR_IN_FORCE);
    check_futures(RICH(TRIPS("in_force_opening") OPENS, ""), RICH("", ""),
                  second, DENOMINATOR_IN_FORCE);
}

static void same_tables(const Case *a, const Case *b)
{
    static const struct {
        const char *table, *column;
    } rows[] = {{"pool_figures", "value"},
                {"pool_events", "probability"},
                {"pool_ruin", "probability"},
                {"pool_accounts", "value"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        const Table *x = tables_find(a->tables, rows[i].table);
        const Table *y = tables_find(b->tables, rows[i].table);
        assert_int_equal(x->rows, y->rows);
        assert_memory_equal(table_find(x, rows[i].column)->d,
                            table_find(y, rows[i].column)->d,
                            x->rows * sizeof(double));
    }
}

static void threads_and_rows_change_no_byte(void **state)
{
    (void)state;
    static const int threads[] = {1, 2, 7, 1};
    static const size_t turns[] = {0, 0, 0, 11};
    static const char scheme[] =
        RICH(TRIPS("in_force_opening") OPENS, LEVERAGE);
    Scene first, s;
    fill_rich(&first, 0, NULL);
    assert_int_equal(case_scheme(&first.c, scheme), OK);
    assert_int_equal(case_run(&first.c), OK);
    for (size_t i = 1; i < COUNT(threads); i++) {
        fill_rich(&s, turns[i], NULL);
        s.c.options.threads = threads[i];
        assert_int_equal(case_scheme(&s.c, scheme), OK);
        assert_int_equal(case_run(&s.c), OK);
        same_tables(&first.c, &s.c);
        case_close(&s.c);
    }
    assert_true(isnan(case_figure(&first.c, "total", "el_exact", 0, "value")));
    case_close(&first.c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_suspended_bank_writes_nothing_until_it_resumes),
        cmocka_unit_test(a_bank_resumes_at_the_very_rate),
        cmocka_unit_test(a_bank_suspended_before_resumes_as_any_other),
        cmocka_unit_test(defaults_before_the_opening_count),
        cmocka_unit_test(new_business_of_one_year_is_not_written),
        cmocka_unit_test(the_mean_of_one_year_stays_exact),
        cmocka_unit_test(the_twin_of_one_year_stays),
        cmocka_unit_test(denominators_see_what_was_stopped),
        cmocka_unit_test(a_path_can_be_run_again),
        cmocka_unit_test(futures_are_those_of_a_book_without_what_was_stopped),
        cmocka_unit_test(futures_may_open_without_banks),
        cmocka_unit_test(leverage_and_breakers_stop_together),
        cmocka_unit_test(loans_of_all_schemes_are_stopped),
        cmocka_unit_test(stories_tell_what_was_not_written),
        cmocka_unit_test(stories_tell_suspensions_that_stop_nothing),
        cmocka_unit_test(threads_and_rows_change_no_byte),
    };
    return RUN(tests);
}
