#include "scene.h"

/* Premium, reserves, yield and leverage: one path worked out by a few lines of
 * Python with exact fractions (scripts of the definitions in funding.h, written
 * for this test), and identities in every scenario. */

static const Loan loans[] = {
    {"L1", "F1", "A", NULL, "甲", 612345, 0.01, 0.4},
    {"L2", "F1", "A", NULL, "乙", 387654, 0.01, 0.4},
    {"L3", "F2", "A", NULL, "甲", 1012347, 0.02, 0.4},
};

static const char scheme[] =
    "scheme = { id = \"a\"; source = \"test\"; share_base = \"principal\";\n"
    "  parties = ( \"bank\", \"fund\" );\n"
    "  layers = ( { shares = ( { party = \"bank\"; share = \"20%\"; },\n"
    "    { party = \"fund\"; share = \"80%\"; } ); } );\n"
    "  balances = ( { party = \"fund\"; opening = \"9012.34\";\n"
    "    yield = \"2%\"; overflow = \"bank\"; } );\n"
    "  premium = { party = \"fund\"; rate = \"1.5%\"; };\n"
    "  reserves = { party = \"fund\"; unearned = \"50%\";\n"
    "    compensation = \"1%\"; ceiling = \"10%\"; };\n"
    "  opening = { reserves = { unearned = \"300.00\";\n"
    "    compensation = \"3456.78\"; }; };\n"
    "  leverage_limit = { party = \"fund\"; multiple = \"10\";\n"
    "    net_assets = \"2123.45\"; }; };\n";

static void open_model(Scene *s, const char *text)
{
    scene_ask(&s->c, "0.2");
    assert_int_equal(case_scheme(&s->c, text), OK);
    scene_open(s);
}

/* F1 defaults in year `first`, F2 in year `second`; -1 is never. */
static const WaterfallPath *play(Scene *s, int first, int second)
{
    return scene_play(s, (const int[]){first, second}, 2);
}

/* F1 fails in the first year and F2 in the second; all comes back a year on. */
static void one_path_as_python_has_it(void **state)
{
    (void)state;
    static const struct {
        int levered, is_short;
        int64_t paid, back, premium, yield, fund, unearned, reserve, assets;
    } want[] = {
        {0, 1, 799999, 0, 30185, 18025, 149445, 15093, 10123, -188982},
        {1, 1, 644629, 479999, 15185, 2989, 2989, 7593, 0, -317815},
        {0, 0, 0, 386777, 0, 60, 389826, 0, 0, 76615},
        {0, 0, 0, 0, 0, 7797, 397623, 0, 0, 84412},
    };
    Scene s;
    case_open(&s.c);
    case_loans(&s.c, loans, COUNT(loans));
    open_model(&s, scheme);
    const WaterfallPath *p = play(&s, 0, 1);
    assert_int_equal(s.m.waterfall->run, COUNT(want));
    for (size_t t = 0; t < COUNT(want); t++) {
        const WaterfallYear *y = &p->year[t];
        const int64_t(*a)[SCHEME_PARTIES] = p->account[t];
        assert_int_equal(y->is_levered, want[t].levered);
        assert_int_equal(y->is_unreserved, want[t].is_short);
        assert_int_equal(y->paid[1], want[t].paid);
        assert_int_equal(y->back[1], want[t].back);
        assert_int_equal(y->balance[1], want[t].fund);
        assert_int_equal(a[ACCOUNT_PREMIUM][1], want[t].premium);
        assert_int_equal(a[ACCOUNT_YIELD][1], want[t].yield);
        assert_int_equal(a[ACCOUNT_BALANCE][1], want[t].fund);
        assert_int_equal(a[ACCOUNT_UNEARNED][1], want[t].unearned);
        assert_int_equal(a[ACCOUNT_COMPENSATION][1], want[t].reserve);
        assert_int_equal(a[ACCOUNT_NET_ASSETS][1], want[t].assets);
    }
    scene_close(&s);
}

/* Nobody fails: 1% of 20,123.46 a year until 10% of it is reached; 1,900.00
 * were there, so the first year adds 112.35 of 201.23. */
static void the_reserve_stops_at_its_ceiling(void **state)
{
    (void)state;
    Scene s;
    case_open(&s.c);
    case_loans(&s.c, loans, COUNT(loans));
    open_model(&s,
               "scheme = { id = \"a\"; source = \"test\"; share_base = "
               "\"principal\"; parties = ( \"bank\", \"fund\" ); layers = ( { "
               "shares = ( { party = \"fund\"; share = \"1\"; } ); } ); "
               "reserves = { party = \"fund\"; unearned = \"50%\"; "
               "compensation = \"1%\"; ceiling = \"10%\"; }; opening = { "
               "reserves = { unearned = \"0\"; compensation = \"1900.00\"; }; "
               "}; };");
    const WaterfallPath *p = play(&s, -1, -1);
    for (int t = 0; t < 3; t++)
        assert_int_equal(p->account[t][ACCOUNT_COMPENSATION][1], 201235);
    scene_close(&s);
}

enum { FIRMS = 90 };

/* A book with new business in each year, and hardly any net assets. */
static void open_large(Scene *s, const char *assets)
{
    static Loan book[2 * FIRMS];
    static char ids[2 * FIRMS][8], firms[FIRMS][8], text[2400];
    for (size_t i = 0; i < COUNT(book); i++) {
        snprintf(ids[i], sizeof ids[i], "L%zu", i);
        snprintf(firms[i % FIRMS], sizeof *firms, "F%zu", i % FIRMS);
        book[i] = (Loan){ids[i], firms[i % FIRMS],
                         "A",    NULL,
                         "甲",   238500 + 12345 * (int64_t)(i % 17),
                         0.05,   0.385};
    }
    case_open(&s->c);
    case_loans(&s->c, book, COUNT(book));
    Column *start = case_column(&s->c, FIELD_started_on);
    Column *end = case_column(&s->c, FIELD_matures_on);
    int32_t opening = date_of((DateParts){2024, 3, 1}).days;
    for (size_t i = 0; i < COUNT(book); i++) {
        start->i[i] = opening - 365 + (int64_t)(i * 211 % (3 * 365));
        end->i[i] = start->i[i] + 700 + (int64_t)(i * 97 % 900);
    }
    s->c.options.scenarios = 2000;
    snprintf(
        text, sizeof text,
        "scheme = { id = \"a\"; source = \"test\"; share_base = \"covered\"; "
        "cover = \"80%%\"; claim_after_months = 12; parties = ( \"bank\", "
        "\"fund\", \"city\" );\n"
        "layers = ( { shares = ( { party = \"fund\"; share = \"2/3\"; }, { "
        "party = \"city\"; share = \"1/3\"; } ); } );\n"
        "balances = ( { party = \"fund\"; opening = \"%s\"; yield = "
        "\"1.5%%\"; replenish = ( { on = \"2025-06-01\"; amount = "
        "\"1234.56\"; } ); overflow = \"city\"; } );\n"
        "premium = ( { party = \"fund\"; rate = \"1.2%%\"; }, { party = "
        "\"city\"; rate = \"0.15%%\"; } );\n"
        "reserves = { party = \"fund\"; unearned = \"50%%\"; compensation = "
        "\"1%%\"; ceiling = \"10%%\"; };\n"
        "opening = { receivables = ( { party = \"fund\"; year = 2; amount = "
        "\"1000.00\"; } ); reserves = { unearned = \"700.00\"; compensation = "
        "\"2000.00\"; }; };\n"
        "leverage_limit = { party = \"fund\"; multiple = \"15\"; weight = "
        "\"75%%\"; net_assets = \"%s\"; };\n"
        "breakers = ( { by = \"bank\"; warn = \"4%%\"; suspend = \"9%%\"; "
        "resume = \"1%%\"; } );\n"
        "recovery = ( { after_months = 0; share = \"1/3\"; }, { after_months = "
        "12; share = \"2/3\"; } ); };\n",
        assets, assets);
    open_model(s, text);
}

/* The fund: opening + income - payments + recoveries.  Net assets and reserves
 * change by the same, but for receivables, which were assets already. */
static void check_cash(const Scene *s)
{
    const WaterfallPath *p = &s->k.path;
    const Scheme *of = s->m.scheme;
    int64_t fund = of->fund[1].opening;
    int64_t own = of->leverage.net_assets + of->opening.unearned +
                  of->opening.compensation;
    for (int t = 0; t < s->m.waterfall->run; t++) {
        const int64_t(*a)[SCHEME_PARTIES] = p->account[t];
        int64_t cash = a[ACCOUNT_PREMIUM][1] + a[ACCOUNT_YIELD][1] +
                       s->m.waterfall->paid_in[t * 3 + 1] - p->year[t].paid[1] +
                       p->year[t].back[1];
        own += cash;
        fund += cash + a[ACCOUNT_RECEIVED][1];
        assert_int_equal(p->year[t].balance[1], fund);
        assert_int_equal(a[ACCOUNT_NET_ASSETS][1] + a[ACCOUNT_UNEARNED][1] +
                             a[ACCOUNT_COMPENSATION][1],
                         own);
        assert_true(fund >= 0 && a[ACCOUNT_COMPENSATION][1] >= 0);
    }
}

/* Claims of what is written are paid to the fen, each a year later. */
static void check_claims(const Scene *s, size_t q)
{
    const Dues *d = s->m.dues;
    const WaterfallPath *p = &s->k.path;
    size_t parts = (size_t)d->parts, each = d->classes * parts;
    int64_t net = 0;
    for (int j = 0; j < 3; j++)
        net += p->net[j];
    assert_int_equal(net, model_total(&s->m, &s->k.table, q, p->stopped));
    for (int t = 0; t < 3; t++) {
        const int64_t *part = s->k.table.part + (q * 3 + (size_t)t) * each;
        int64_t claims = 0, paid = 0;
        for (size_t c = 0; c < d->classes; c++)
            claims += p->stopped >> c & 1 ? 0
                                          : part[c * parts + DUE_SHARED] +
                                                part[c * parts + DUE_KEPT];
        for (int j = 0; j < 3; j++)
            paid += p->year[t + 1].paid[j];
        assert_int_equal(claims, paid);
    }
}

static void identities_hold_in_every_scenario(void **state)
{
    (void)state;
    Scene s;
    size_t stopped = 0, grown = 0;
    open_large(&s, "9000.00");
    for (uint64_t first = 0; first < 2000; first += 500) {
        dues_clear(&s.k.table, first, 500);
        events_run(s.k.work, s.m.events, first, 500, dues_take, &s.k.table);
        for (size_t q = 0; q < 500; q++) {
            model_path(&s.m, &s.k, q);
            check_cash(&s);
            check_claims(&s, q);
            stopped += s.k.path.stopped != 0;
            grown += s.k.path.stopped == 0;
        }
    }
    assert_true(stopped > 0 && grown > 0);
    scene_close(&s);
}

static double cell(const Case *c, const char *table, const char *measure,
                   int64_t year, const char *column)
{
    const Table *t = tables_find(c->tables, table);
    const Column *word = table_find(t, "measure");
    word = word == NULL ? table_find(t, "event") : word;
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(word->s[i], measure) == 0 &&
            table_find(t, "year")->i[i] == year)
            return table_find(t, column)->d[i];
    return NAN;
}

/* Means and errors against the sums of all paths in doubles. */
static void means_have_their_errors(void **state)
{
    (void)state;
    Scene s;
    double sum = 0, squares = 0;
    open_large(&s, "9000.00");
    for (uint64_t q = 0; q < 2000; q++) {
        dues_clear(&s.k.table, q, 1);
        events_run(s.k.work, s.m.events, q, 1, dues_take, &s.k.table);
        model_path(&s.m, &s.k, 0);
        double x = (double)s.k.path.account[1][ACCOUNT_NET_ASSETS][1];
        sum += x;
        squares += x * x;
    }
    double mean = sum / 2000;
    double se = sqrt((squares / 2000 - mean * mean) / 1999);
    assert_int_equal(case_run(&s.c), OK);
    assert_close(cell(&s.c, "pool_accounts", "net_assets", 2, "value"), mean,
                 1e-12);
    assert_close(cell(&s.c, "pool_accounts", "net_assets", 2, "se"), se, 1e-7);
    assert_true(cell(&s.c, "pool_accounts", "premium", 1, "se") == 0);
    assert_true(isnan(case_figure(&s.c, "total", "el_exact", 0, "value")));
    scene_close(&s);
}

/* Without net assets nothing new is written; with plenty nothing is stopped. */
static void the_limit_of_leverage_stops_new_business(void **state)
{
    (void)state;
    Scene s;
    open_large(&s, "1000.00");
    assert_int_equal(case_run(&s.c), OK);
    assert_close(cell(&s.c, "pool_events", "leverage_binds", 1, "probability"),
                 1, 0);
    double stopped = case_figure(&s.c, "total", "el", 0, "value");
    scene_close(&s);
    open_large(&s, "5000000.00");
    assert_int_equal(case_run(&s.c), OK);
    for (int y = 1; y <= 3; y++)
        assert_close(
            cell(&s.c, "pool_events", "leverage_binds", y, "probability"), 0,
            0);
    assert_true(case_figure(&s.c, "total", "el", 0, "value") > 1.2 * stopped);
    scene_close(&s);
}

/* What is not written is in no bank's book: new business of the first year that
 * is always stopped, or that is of nothing. */
static void breakers_do_not_see_what_was_stopped(void **state)
{
    (void)state;
    static const char *const events[] = {"warn", "suspend"};
    double stopped[4], absent[4], whole[4];
    int32_t opening = date_of((DateParts){2024, 3, 1}).days;
    for (int way = 0; way < 3; way++) {
        Scene s;
        double *got = way == 0 ? stopped : way == 1 ? absent : whole;
        open_large(&s, way == 0 ? "1000.00" : "5000000.00");
        Column *fen =
            (Column *)(uintptr_t)table_field(s.c.portfolio, FIELD_outstanding);
        const Column *start = table_field(s.c.portfolio, FIELD_started_on);
        for (size_t i = 0; way == 1 && i < s.c.portfolio->rows; i++)
            if (start->i[i] > opening && start->i[i] <= opening + 365)
                fen->i[i] = 0;
        assert_int_equal(case_run(&s.c), OK);
        for (int i = 0; i < 4; i++)
            got[i] = cell(&s.c, "pool_events", events[i / 2], 1 + i % 2,
                          "probability");
        scene_close(&s);
    }
    for (int i = 0; i < 4; i++)
        assert_true(stopped[i] == absent[i]);
    assert_true(stopped[1] > 0 && stopped[1] < 1 && stopped[1] != whole[1]);
}

static void threads_change_no_byte(void **state)
{
    (void)state;
    static const int threads[] = {1, 2, 7};
    const Table *want[2] = {0};
    Scene s;
    open_large(&s, "9000.00");
    for (size_t i = 0; i < COUNT(threads); i++) {
        const Table *got[2];
        case_again(&s.c);
        s.c.options.threads = threads[i];
        assert_int_equal(case_run(&s.c), OK);
        got[0] = tables_find(s.c.tables, "pool_accounts");
        got[1] = tables_find(s.c.tables, "pool_events");
        for (size_t k = 0; k < 2 && i > 0; k++) {
            const char *name = k == 0 ? "value" : "probability";
            assert_memory_equal(table_find(got[k], name)->d,
                                table_find(want[k], name)->d,
                                want[k]->rows * sizeof(double));
            assert_memory_equal(table_find(got[k], "se")->d,
                                table_find(want[k], "se")->d,
                                want[k]->rows * sizeof(double));
        }
        memcpy(want, got, sizeof want);
    }
    scene_close(&s);
}

/* Only loans that were written stand in a story, and its parts add up. */
static void a_story_leaves_out_what_was_not_written(void **state)
{
    (void)state;
    Scene s;
    open_large(&s, "1000.00");
    size_t told = 0;
    for (uint64_t q = 0; q < 20; q++) {
        int64_t sum = 0;
        case_again(&s.c);
        assert_int_equal(pool_replay(s.c.tables, s.c.portfolio, s.c.factors,
                                     s.c.scheme, &s.c.options, q, s.c.faults,
                                     &s.c.err),
                         OK);
        const Table *t = tables_find(s.c.tables, "pool_story");
        for (size_t i = 0; i < t->rows; i++)
            sum += table_find(t, "claim")->i[i] + table_find(t, "kept")->i[i];
        t = tables_find(s.c.tables, "pool_story_parties");
        for (size_t i = 0; i < t->rows; i++)
            sum -= table_find(t, "paid")->i[i];
        assert_int_equal(sum, 0);
        t = tables_find(s.c.tables, "pool_story_events");
        for (size_t i = 0; i < t->rows; i++)
            told += strcmp(table_find(t, "event")->s[i], "leverage_binds") == 0;
    }
    assert_true(told >= 20);
    scene_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_path_as_python_has_it),
        cmocka_unit_test(the_reserve_stops_at_its_ceiling),
        cmocka_unit_test(identities_hold_in_every_scenario),
        cmocka_unit_test(means_have_their_errors),
        cmocka_unit_test(the_limit_of_leverage_stops_new_business),
        cmocka_unit_test(breakers_do_not_see_what_was_stopped),
        cmocka_unit_test(threads_change_no_byte),
        cmocka_unit_test(a_story_leaves_out_what_was_not_written),
    };
    return RUN(tests);
}
