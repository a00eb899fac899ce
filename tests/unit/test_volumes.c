#include "scene.h"

/* What rates are parts of: four loans of three firms, worked out on paper, and
 * identities that must hold in every scenario of a large book. */

enum { FIRMS = 120, YEARS = 3 };

static const Date opening = {19783}; /* 2024-03-01 */

typedef struct {
    int year, month, day;
} Day;

static int64_t days(Day d)
{
    return date_of((DateParts){d.year, d.month, d.day}).days;
}

/* Balances 6000 6000 6000 0; 9000 6000 3000 0; 0 5000 5000 5000; 0 0 4000 4000
 * yuan as the years open and as the last one ends. */
static const Loan loans[] = {
    {"A", "F1", "A", NULL, "甲", 600000, 0.01, 1},
    {"B", "F2", "A", NULL, "乙", 900000, 0.02, 1},
    {"C", "F3", "A", NULL, "乙", 500000, 0.03, 1},
    {"D", "F1", "A", NULL, "甲", 400000, 0.01, 1},
};

static const struct {
    Day start, end;
    const char *way;
} terms[] = {{{2022, 6, 1}, {2026, 6, 1}, "bullet"},
             {{2024, 1, 15}, {2027, 3, 1}, "equal_principal"},
             {{2025, 1, 10}, {2028, 1, 10}, "bullet"},
             {{2026, 2, 1}, {2030, 2, 1}, "bullet"}};

static void open_scene(Scene *s, const char *scheme)
{
    case_open(&s->c);
    case_loans(&s->c, loans, COUNT(loans));
    Column *start = case_column(&s->c, FIELD_started_on);
    Column *end = case_column(&s->c, FIELD_matures_on);
    Column *way = case_column(&s->c, FIELD_amortisation);
    for (size_t i = 0; i < COUNT(loans); i++) {
        start->i[i] = days(terms[i].start);
        end->i[i] = days(terms[i].end);
        way->s[i] = case_text(&s->c, terms[i].way);
    }
    s->c.options.years = YEARS;
    s->c.options.as_of = opening;
    assert_int_equal(case_factors(&s->c,
                                  "factors = { groups = ( { asset_correlation "
                                  "= \"0.1\"; } ); };"),
                     OK);
    assert_int_equal(case_scheme(&s->c, scheme), OK);
    scene_open(s);
}

/* F2 defaults in the first year, F1 in the second. */
static const WaterfallPath *play(Scene *s)
{
    return scene_play(s, (const int[]){1, 0}, 2);
}

#define HEAD                                                                   \
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"principal\"; "   \
    "basis = \"net\"; parties = ( \"fund\", \"bank\" );\n"
#define SHARES(party) "shares = ( { party = \"" party "\"; share = \"1\"; } ); "
#define CAP_OF(word, period)                                                   \
    HEAD "layers = ( { " SHARES("fund") "} ); caps = ( { party = \"fund\"; "   \
         "rate = \"50%\"; denominator = \"" word "\"; period = \"" period      \
         "\"; overflow = \"bank\"; } ); "
#define CAP(word, period) CAP_OF(word, period) "};"
#define LAYER_OF(word, period)                                                 \
    HEAD "denominator = \"" word "\"; period = \"" period                      \
         "\"; layers = ( { upto = \"50%\"; " SHARES("fund") "}, { " SHARES(    \
             "bank") "} ); "
#define LAYER(word, period) LAYER_OF(word, period) "};"

/* Claims 9000 and 6000 yuan.  In force 15000, 11000 (A, C), 5000 (C), 5000; new
 * 5000, 4000, 0; released 15000 + 5000 - 11000, 11000 + 4000 - 5000; B and A
 * are the only loans of their cohorts.  Half of each of these, at most. */
static const struct {
    const char *cap, *layer;
    int64_t first, second;
} rates[] = {
#define RATE(word, period, first, second)                                      \
    {                                                                          \
        CAP(word, period), LAYER(word, period), first, second                  \
    }
    RATE("opening_balance", "year", 750000, 550000),
    RATE("in_force_opening", "year", 750000, 550000),
    RATE("opening_book", "year", 750000, 600000),
    RATE("in_force_average", "year", 650000, 400000),
    RATE("new_business", "year", 250000, 200000),
    RATE("released", "year", 450000, 500000),
    RATE("cohort", "year", 450000, 300000),
    RATE("opening_balance", "life", 750000, 0),
    RATE("new_business", "life", 250000, 200000),
    RATE("released", "life", 450000, 500000),
    RATE("cohort", "life", 450000, 300000),
};

static void rates_are_of_what_they_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(rates); i++)
        for (int is_layer = 0; is_layer < 2; is_layer++) {
            Scene s;
            int is_life = strstr(rates[i].cap, "\"life\"") != NULL;
            open_scene(&s, is_layer ? rates[i].layer : rates[i].cap);
            const WaterfallPath *p = play(&s);
            if (p->year[0].paid[0] != rates[i].first)
                print_error("%s\n", is_layer ? rates[i].layer : rates[i].cap);
            assert_int_equal(p->year[0].paid[0], rates[i].first);
            assert_int_equal(p->year[0].paid[1], 900000 - rates[i].first);
            if (!is_layer || !is_life) /* a layer counts claims, not payments */
                assert_int_equal(p->year[1].paid[0], rates[i].second);
            scene_close(&s);
        }
}

/* As above, with 2000 yuan before: new business 7000 and 4000 of the years,
 * 7000 and 11000 for life; released 11000 and 10000, 11000 and 21000.  Half of
 * it, less what a cap for life has paid; a layer for life is full of the first
 * 9000 yuan of claims, or 1500 short of it. */
static void what_was_before_counts_in_the_period_under_way(void **state)
{
    (void)state;
#define BEFORE(word, period)                                                   \
    "opening = { denominators = ( { denominator = \"" word                     \
    "\"; period = \"" period                                                   \
    "\"; amount = \"1999.99\"; }, { denominator "                              \
    "= \"" word "\"; period = \"" period "\"; amount = \"0.01\"; } ); }; };"
#define ROW(word, period, first, cap, layer)                                   \
    {                                                                          \
        {CAP_OF(word, period) BEFORE(word, period),                            \
         LAYER_OF(word, period) BEFORE(word, period)},                         \
            first,                                                             \
        {                                                                      \
            cap, layer                                                         \
        }                                                                      \
    }
    static const struct {
        const char *scheme[2];
        int64_t first, second[2];
    } rows[] = {ROW("new_business", "year", 350000, 200000, 200000),
                ROW("released", "year", 550000, 500000, 500000),
                ROW("new_business", "life", 350000, 200000, 0),
                ROW("released", "life", 550000, 500000, 150000)};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int k = 0; k < 2; k++) {
            Scene s;
            open_scene(&s, rows[i].scheme[k]);
            const WaterfallPath *p = play(&s);
            assert_int_equal(p->year[0].paid[0], rows[i].first);
            assert_int_equal(p->year[1].paid[0], rows[i].second[k]);
            scene_close(&s);
        }
}

/* 13000 and 8000 yuan on average: half of the mean of both is less than what
 * the fund has paid in the first year. */
static void the_average_for_life_is_of_all_years(void **state)
{
    (void)state;
    Scene s;
    open_scene(&s, CAP("in_force_average", "life"));
    const WaterfallPath *p = play(&s);
    assert_int_equal(p->year[0].paid[0], 650000);
    assert_int_equal(p->year[1].paid[0], 0);
    scene_close(&s);
}

/* 9000 yuan of the second bank's loans fail, and of these 9000 are in force as
 * the year opens, 7000 on average, 5000 new, 9000 released, 9000 of B's year.
 */
static void breakers_have_the_same_words(void **state)
{
    (void)state;
#define BREAKER(word)                                                          \
    HEAD "layers = ( { " SHARES("fund") "} ); breakers = ( { by = \"bank\"; "  \
         "suspend = \"110%\"; denominator = \"" word "\"; } ); };"
    static const struct {
        const char *scheme;
        uint64_t trips;
    } rows[] = {{BREAKER("opening_balance"), 0},  {BREAKER("opening_book"), 0},
                {BREAKER("in_force_average"), 1}, {BREAKER("new_business"), 1},
                {BREAKER("released"), 0},         {BREAKER("cohort"), 0}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Scene s;
        open_scene(&s, rows[i].scheme);
        play(&s);
        tally_banks(&s.k.tally, s.m.dues, &s.m.scheme->breaker,
                    dues_banks(&s.k.table, 0),
                    (VolumesGone){dues_banks_gone(&s.k.table, 0), 0});
        assert_string_equal(s.m.book->banks[0], "乙");
        assert_int_equal(s.k.tally.suspended[0], rows[i].trips);
        scene_close(&s);
    }
}

static void a_firm_in_default_gets_no_new_loan(void **state)
{
    (void)state;
    Scene s;
    static const uint32_t bit = 1;
    open_scene(&s, CAP("released", "year"));
    VolumesGone path = dues_gone(&s.k.table, 0);
    dues_clear(&s.k.table, 0, 1);
    dues_take(&s.k.table,
              &(EventsTile){.rows = 1,
                            .year = 0,
                            .words = 1,
                            .bits = &bit}); /* F1 before it gets D */
    assert_int_equal(volumes_of(s.m.dues->volumes, DENOMINATOR_NEW_BUSINESS, 1,
                                0, &path, 0, 1),
                     0);
    assert_int_equal(
        volumes_of(s.m.dues->volumes, DENOMINATOR_RELEASED, 0, 0, &path, 0, 1),
        900000); /* A, and a third of B */
    scene_close(&s);
}

static void a_cohort_needs_the_day_of_its_loans(void **state)
{
    (void)state;
    Case c;
    case_open(&c);
    case_loans(&c, loans, COUNT(loans));
    Column *start = case_column(&c, FIELD_started_on);
    for (size_t i = 0; i < COUNT(loans); i++)
        start->i[i] = i == 2 ? NULL_INT : days(terms[0].start);
    assert_int_equal(case_factors(&c,
                                  "factors = { groups = ( { "
                                  "asset_correlation = \"0.1\"; } ); };"),
                     OK);
    assert_int_equal(case_scheme(&c, CAP("cohort", "year")), OK);
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "loan 'C' has no started_on, and is of no cohort");
    case_close(&c);
}

static void rates_of_no_new_business_are_told(void **state)
{
    (void)state;
    Case c;
    case_open(&c);
    case_loans(&c, loans, 2);
    assert_int_equal(case_factors(&c,
                                  "factors = { groups = ( { "
                                  "asset_correlation = \"0.1\"; } ); };"),
                     OK);
    assert_int_equal(case_scheme(&c, CAP("new_business", "year")), OK);
    c.options.scenarios = 2;
    assert_int_equal(case_run(&c), OK);
    assert_int_equal(faults_warned(c.faults), 1);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "no loan starts within the horizon, so all rates of "
                        "new business are rates of 0");
    case_close(&c);
}

/* A book of six years of loans, one of them new business, and every word. */
static const char every_word[] =
    "scheme = { id = \"e\"; source = \"test\"; share_base = \"covered\";\n"
    "  cover = \"80%\"; denominator = \"cohort\";\n"
    "  parties = ( \"a\", \"b\", \"c\", \"d\", \"e\", \"bank\" );\n"
    "  layers = ( { upto = \"6%\"; shares = ( { party = \"a\"; share = "
    "\"1/7\"; "
    "}, { party = \"b\"; share = \"2/7\"; }, { party = \"c\"; share = \"3/7\"; "
    "}, { party = \"d\"; share = \"1/7\"; } ); },\n"
    "  { shares = ( { party = \"e\"; share = \"2/3\"; }, { party = \"c\"; "
    "share = \"1/3\"; } ); } );\n"
    "  caps = ( { party = \"a\"; rate = \"1.37%\"; period = \"year\";\n"
    "    denominator = \"in_force_average\"; overflow = \"bank\"; },\n"
    "    { party = \"b\"; rate = \"1.37%\"; period = \"life\";\n"
    "    denominator = \"new_business\"; overflow = \"bank\"; },\n"
    "    { party = \"c\"; rate = \"1.37%\"; period = \"life\";\n"
    "    denominator = \"cohort\"; overflow = \"bank\"; },\n"
    "    { party = \"d\"; rate = \"1.37%\"; period = \"year\";\n"
    "    denominator = \"released\"; overflow = \"bank\"; } );\n"
    "  balances = ( { party = \"e\"; opening = \"12345.67\"; overflow = \"c\"; "
    "}, { party = \"c\"; opening = \"34567.89\"; overflow = \"bank\"; } );\n"
    "  breakers = ( { by = \"bank\"; suspend = \"6%\"; denominator = "
    "\"cohort\"; } );\n"
    "  recovery = ( { after_months = 12; share = \"2/3\"; }, { after_months = "
    "24; share = \"1/3\"; } ); };\n";

static void open_large(Scene *s)
{
    static Loan book[2 * FIRMS];
    static char ids[2 * FIRMS][8], firms[FIRMS][8];
    static const char *const banks[] = {"甲", "乙", "丙"};
    for (size_t i = 0; i < COUNT(book); i++) {
        snprintf(ids[i], sizeof ids[i], "L%zu", i);
        snprintf(firms[i % FIRMS], sizeof *firms, "F%zu", i % FIRMS);
        book[i] = (Loan){ids[i],       firms[i % FIRMS],
                         "A",          NULL,
                         banks[i % 3], 238500 + 12345 * (int64_t)(i % 17),
                         0.06,         0.385};
    }
    case_open(&s->c);
    case_loans(&s->c, book, COUNT(book));
    Column *start = case_column(&s->c, FIELD_started_on);
    Column *end = case_column(&s->c, FIELD_matures_on);
    Column *way = case_column(&s->c, FIELD_amortisation);
    for (size_t i = 0; i < COUNT(book); i++) {
        start->i[i] = opening.days - 4 * 365 + (int64_t)(i * 211 % (6 * 365));
        end->i[i] = start->i[i] + 1000 + (int64_t)(i * 97 % 900);
        way->s[i] = case_text(&s->c, i % 2 ? "equal_payment" : "bullet");
    }
    s->c.options.years = YEARS;
    s->c.options.as_of = opening;
    s->c.options.scenarios = 3000;
    assert_int_equal(case_factors(&s->c,
                                  "factors = { groups = ( { asset_correlation "
                                  "= \"0.2\"; } ); };"),
                     OK);
    assert_int_equal(case_scheme(&s->c, every_word), OK);
    scene_open(s);
}

/* In force as a year opens, and new, is released or in force as it ends. */
static void check_volumes(const Scene *s, size_t q)
{
    const Volumes *v = s->m.dues->volumes;
    VolumesGone path = dues_gone(&s->k.table, q);
    for (size_t c = 0; c < v->classes; c++)
        for (int y = 0; y < YEARS; y++) {
            int64_t in = volumes_of(v, DENOMINATOR_IN_FORCE, y, 0, &path, c, 1);
            int64_t out =
                volumes_of(v, DENOMINATOR_IN_FORCE, y + 1, 0, &path, c, 1);
            int64_t new =
                volumes_of(v, DENOMINATOR_NEW_BUSINESS, y, 0, &path, c, 1);
            int64_t released =
                volumes_of(v, DENOMINATOR_RELEASED, y, 0, &path, c, 1);
            assert_true(in >= 0 && out >= 0 && new >= 0 && released >= 0);
            assert_int_equal(in + new - released, out);
        }
}

/* Claims are paid to the fen; a fund has what it opened with and what came back
 * less what it paid; the parties bear the loss of the whole. */
static void check_path(const Scene *s, size_t q)
{
    const Dues *d = s->m.dues;
    const WaterfallPath *p = &s->k.path;
    size_t each = d->classes * (size_t)d->parts;
    int64_t balance[SCHEME_PARTIES], net = 0;
    for (int j = 0; j < s->m.scheme->n; j++)
        balance[j] = s->m.scheme->fund[j].opening;
    for (int t = 0; t < s->m.waterfall->run; t++) {
        int64_t claims = 0, paid = 0;
        const int64_t *part = s->k.table.part + (q * YEARS + (size_t)t) * each;
        for (size_t i = 0; t < YEARS && i < each; i += (size_t)d->parts)
            claims += part[i + DUE_SHARED] + part[i + DUE_KEPT];
        for (int j = 0; j < s->m.scheme->n; j++) {
            paid += p->year[t].paid[j];
            balance[j] += p->year[t].back[j] - p->year[t].paid[j];
            assert_true(p->year[t].paid[j] >= 0);
            if (s->m.scheme->fund[j].exists) {
                assert_int_equal(p->year[t].balance[j], balance[j]);
                assert_true(balance[j] >= 0);
            }
        }
        assert_int_equal(claims, paid);
    }
    for (int j = 0; j < s->m.scheme->n; j++)
        net += p->net[j];
    assert_int_equal(net, model_total(&s->m, &s->k.table, q, 0));
}

static void identities_hold_in_every_scenario(void **state)
{
    (void)state;
    Scene s;
    open_large(&s);
    assert_true(s.m.dues->classes >= 6);
    for (uint64_t first = 0; first < 3000; first += 500) {
        dues_clear(&s.k.table, 0, 500);
        events_run(s.k.work, s.m.events, first, 500, dues_take, &s.k.table);
        for (size_t q = 0; q < 500; q++) {
            model_path(&s.m, &s.k, q);
            check_volumes(&s, q);
            check_path(&s, q);
        }
    }
    scene_close(&s);
}

static void threads_change_no_byte(void **state)
{
    (void)state;
    static const int threads[] = {2, 7};
    Scene s;
    Sample want, got;
    open_large(&s);
    assert_int_equal(model_run(&want, &s.m, &s.c.options, &s.c.err), OK);
    for (size_t i = 0; i < COUNT(threads); i++) {
        size_t parties = (size_t)want.parties;
        s.c.options.threads = threads[i];
        assert_int_equal(model_run(&got, &s.m, &s.c.options, &s.c.err), OK);
        assert_memory_equal(got.net, want.net,
                            want.n * parties * sizeof *want.net);
        assert_memory_equal(got.tally.capped, want.tally.capped,
                            (size_t)want.tally.run * parties *
                                sizeof *want.tally.capped);
        sample_free(&got);
    }
    for (size_t j = 0; j < 4; j++) /* each cap binds now and then */
        assert_in_range(want.tally.capped[j] +
                            want.tally.capped[(size_t)want.parties + j],
                        1, 2 * want.n - 1);
    sample_free(&want);
    scene_close(&s);
}

/* What hangs on the defaults of the year has no exact twin, and says so; the
 * whole has one. */
static void the_exact_twin_says_why_it_is_not(void **state)
{
    (void)state;
    static const struct {
        const char *scheme;
        int is_exact;
    } rows[] = {{CAP("opening_balance", "year"), 1},
                {CAP("new_business", "year"), 1},
                {CAP("released", "year"), 0},
                {CAP("in_force_average", "year"), 0},
                {CAP("cohort", "year"), 0}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        Scene s;
        open_scene(&s, rows[i].scheme);
        s.c.options.years = 1;
        s.c.options.scenarios = 100;
        s.c.options.exact = POOL_EXACT_CHEAP;
        assert_int_equal(case_run(&s.c), OK);
        const Table *why = tables_find(s.c.tables, "pool_exact_reason");
        assert_non_null(tables_find(s.c.tables, "pool_exact"));
        assert_true((why == NULL) == rows[i].is_exact);
        if (why != NULL)
            assert_non_null(strstr(table_find(why, "reason")->s[0],
                                   "what defaults leave in force"));
        scene_close(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_of_what_they_say),
        cmocka_unit_test(what_was_before_counts_in_the_period_under_way),
        cmocka_unit_test(the_average_for_life_is_of_all_years),
        cmocka_unit_test(breakers_have_the_same_words),
        cmocka_unit_test(a_firm_in_default_gets_no_new_loan),
        cmocka_unit_test(a_cohort_needs_the_day_of_its_loans),
        cmocka_unit_test(rates_of_no_new_business_are_told),
        cmocka_unit_test(identities_hold_in_every_scenario),
        cmocka_unit_test(threads_change_no_byte),
        cmocka_unit_test(the_exact_twin_says_why_it_is_not),
    };
    return RUN(tests);
}
