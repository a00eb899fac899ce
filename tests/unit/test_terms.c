#include "contracts.h"
#include "policy/terms.h"

#include <string.h>

/* Read the sections of a document without a policy: literals only. */
static ErrCode read_terms(const Terms **out, TermsBook *book, Case *c,
                          const char *text)
{
    const Doc *doc = case_doc(c, text);
    const TermsSource source = {.stacking = doc_get(doc, "stacking"),
                                .scales = doc_get(doc, "scales"),
                                .limits = doc_get(doc, "limits"),
                                .match = doc_get(doc, "match"),
                                .budget = doc_get(doc, "budget"),
                                .rounding = doc_get(doc, "rounding"),
                                .clawback = doc_get(doc, "clawback")};
    return terms_read(out, book, c->arena, c->tables->texts, &source, c->faults,
                      &c->err);
}

static void what_is_not_said_has_a_default(void **state)
{
    (void)state;
    Case c = case_open();
    TermsBook book = {0};
    const Terms *t = NULL;
    assert_int_equal(read_terms(&t, &book, &c, STACK_CITY), OK);
    assert_string_equal(t->base, "amount");
    assert_int_equal(t->rule, STACK_CUMULATIVE);
    assert_int_equal(t->awards, 1);
    assert_int_equal(t->n_match, 1);
    assert_string_equal(book.payers.name[t->match[0].payer[0]], "fund");
    assert_int_equal(t->n_budget, 0);
    assert_int_equal(t->rounding.unit.fen, 1);
    assert_null(t->limit[0]);
    arena_free(c.arena);
}

static void every_word_of_the_sections_is_read(void **state)
{
    (void)state;
    Case c = case_open();
    TermsBook book = {0};
    const Terms *t = NULL;
    assert_int_equal(
        read_terms(
            &t, &book, &c,
            "stacking = { base = \"paid_amount\"; on = \"firm_year\";\n"
            "  awards = ( \"a\", \"b\" ); rule = \"top_up\";\n"
            "  scope = \"firm_year\"; };\n"
            "scales = ( { name = \"b\"; kind = \"single_amount\"; brackets = "
            "(\n"
            "  { from = \"0\"; amount = \"5万\"; } ); },\n"
            "  { name = \"a\"; kind = \"single_rate\"; brackets = (\n"
            "  { from = \"0\"; rate = \"1%\"; },\n"
            "  { from = \"10万\"; rate = \"2%\"; } ); } );\n"
            "limits = ( { id = \"x\"; scope = \"count_year\"; count = 5;\n"
            "  queue = \"score\"; cite = \"c\"; }, { id = \"y\"; award = "
            "\"b\";\n"
            "  scope = \"claim\"; floor = \"1000\"; cap = \"2万\"; cite = "
            "\"c\";\n"
            "  } );\n"
            "match = ( { counties = ( \"随县\" ); payers = ( { payer = \"p\";\n"
            "  share = \"1/4\"; }, { payer = \"q\"; share = \"75%\"; } ); },\n"
            "  { payers = ( { payer = \"q\"; } ); } );\n"
            "budget = ( { payer = \"q\"; county = \"随县\"; amount = \"7亿\";\n"
            "  allocation = \"lottery\"; seed = 11; cite = \"c\"; },\n"
            "  { payer = \"p\"; amount = \"3\"; allocation = \"pro_rata\";\n"
            "  remainder = \"keep\"; last = \"skip\"; order = "
            "\"submitted_at\";\n"
            "  cite = \"c\"; } );\n"
            "rounding = { unit = \"100.00\"; mode = \"down\"; when = \"paid\";"
            " };\n"),
        OK);
    assert_true(t->is_annual && t->is_firm_year);
    assert_int_equal(t->rule, STACK_TOP_UP);
    assert_int_equal(t->awards, 3);
    assert_int_equal(t->scale[0]->kind, SCALE_SINGLE_RATE);
    assert_int_equal(t->scale[0]->brackets[1].from.fen, 10000000);
    assert_int_equal(t->scale[1]->brackets[0].amount.fen, 5000000);
    assert_int_equal(t->limit[0]->count, 5);
    assert_int_equal(t->limit[0]->queue, QUEUE_SCORE);
    assert_int_equal(t->limit[1]->award, 1);
    assert_int_equal(t->limit[1]->floor.fen, 100000);
    assert_int_equal(t->match[0].share[0].billionths, 250000000);
    assert_int_equal(t->match[1].share[0].billionths, RATIO_ONE);
    assert_string_equal(t->match[0].counties[0], "随县");
    assert_int_equal(t->budget[0].amount.fen, INT64_C(70000000000));
    assert_int_equal(t->budget[0].allocation, BUDGET_LOTTERY);
    assert_int_equal(t->budget[0].seed, 11);
    assert_string_equal(t->budget[0].county, "随县");
    assert_int_equal(t->budget[1].remainder, REMAINDER_KEEP);
    assert_int_equal(t->budget[1].last, LAST_SKIP);
    assert_true(t->budget[1].by_submission);
    assert_int_equal(t->rounding.unit.fen, 10000);
    assert_int_equal(t->rounding.when, ROUND_PAID);
    arena_free(c.arena);
}

/* The first fault of each faulty section, word for word. */
static void faults_name_the_place_and_the_reason(void **state)
{
    (void)state;
#define LIMIT(text) STACK_CITY "limits = ( { " text " } );\n"
#define MATCH(text) STACK_CITY "match = ( { " text " } );\n"
#define BUDGET(text)                                                           \
    STACK_CITY                                                                 \
    "match = ( { payers = ( { payer = \"p\"; } ); } );\n"                      \
    "budget = ( { cite = \"c\"; " text " } );\n"
    static const struct {
        const char *text;
        size_t line;
        const char *problem;
    } rows[] = {
        {"stacking = { base = \"amount\"; };\n", 1,
         "the stacking lists no awards"},
        {"stacking = { base = \"amount\"; awards = ( \"a\", \"a\" ); };\n", 1,
         "the award stands twice"},
        {"stacking = { base = \"amount\"; awards = ( 3 ); };\n", 1,
         "an award is named by a text"},
        {"stacking = { awards = ( \"a\" ); };\n", 1, "'base' is missing here"},
        {"stacking = { base = \"amount\"; awards = ( \"a\" );\n"
         "  rule = \"hihgest_only\"; };\n",
         2, "'hihgest_only' is not a word known here"},
        {"stacking = { base = \"amount\"; awards = ( \"a\" );\n"
         "  on = \"firm_year\"; };\n",
         1, "an award on a firm's year is a scale"},
        {LIMIT("id = \"L\"; scope = \"firm\"; cap = \"1\"; cite = \"c\";"), 2,
         "'firm' is not a scope of limits"},
        {LIMIT("id = \"L\"; scope = \"claim\"; cap = \"1\"; floor = \"2\";"
               " cite = \"c\";"),
         2, "the floor is above the cap; write the lower amount into floor"},
        {LIMIT("id = \"L\"; scope = \"claim\"; cap = \"1\";"), 2,
         "'cite' is missing here"},
        {LIMIT("id = \"L\"; scope = \"claim\"; cite = \"c\";"), 2,
         "the limit has neither floor nor cap; write one of them"},
        {LIMIT("id = \"L\"; scope = \"claim\"; cap = \"1\"; cite = \"c\";"
               " award = \"town\";"),
         2, "'town' is not an award of the stacking"},
        {LIMIT("id = \"L\"; scope = \"claim\"; cap = \"1\"; cite = \"c\"; },"
               " { id = \"L\"; scope = \"claim\"; cap = \"2\"; cite = \"c\";"),
         2, "'L' is the id of a limit before it"},
        {MATCH("award = \"city\";"), 2,
         "a match without payers; name one with its share"},
        {MATCH("payers = ( { payer = \"p\"; share = \"60%\"; },"
               " { payer = \"q\"; share = \"39.9%\"; } );"),
         2,
         "the shares of the payers do not sum to 100%; "
         "change one of them"},
        {MATCH("payers = ( { payer = \"p\"; share = \"60%\"; },"
               " { payer = \"p\"; share = \"40%\"; } );"),
         2, "a payer stands twice in a match; add its shares up"},
        {MATCH("counties = ( \"x\" ); payers = ( { payer = \"p\"; } );"), 2,
         "nobody pays 'city' in the other counties"},
        {BUDGET("payer = \"p\"; amount = \"-1\";"), 3, "the budget is below 0"},
        {BUDGET("payer = \"q\"; amount = \"1\";"), 3, "'q' pays nothing here"},
        {BUDGET("payer = \"p\"; amount = \"1\"; allocation = \"lottery\";"), 3,
         "'seed' is missing here"},
        {BUDGET("payer = \"p\"; amount = \"1\"; }, { payer = \"p\";"
                " amount = \"2\"; cite = \"c\";"),
         3, "the payer has a budget before it"},
        {STACK_CITY "rounding = { unit = \"0\"; };\n", 2,
         "a unit of rounding below one fen"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Case c = case_open();
        TermsBook book = {0};
        const Terms *t = NULL;
        assert_int_equal(read_terms(&t, &book, &c, rows[i].text), ERR_RULE);
        assert_null(t);
        const Fault *f = faults_at(c.faults, 0);
        assert_string_equal(f->problem, rows[i].problem);
        assert_int_equal(f->line, rows[i].line);
        arena_free(c.arena);
    }
}

static void a_policy_without_stacking_is_refused(void **state)
{
    (void)state;
    Case c = case_open();
    TermsBook book = {0};
    const Terms *t = NULL;
    assert_int_equal(read_terms(&t, &book, &c, "limits = ();\n"), ERR_RULE);
    assert_string_equal(c.err.text,
                        "the policy has no 'stacking' section: it "
                        "must say the base and the awards");
    arena_free(c.arena);
}

static void memory_that_runs_out_is_an_error(void **state)
{
    (void)state;
    int done = 0;
    for (long n = 0; !done; n++) {
        Case c = case_open();
        TermsBook book = {0};
        const Terms *t = NULL;
        const Doc *doc = case_doc(&c, LIMIT("id = \"L\"; scope = \"claim\";"
                                            " cap = \"1\"; cite = \"c\";"));
        const TermsSource source = {.stacking = doc_get(doc, "stacking"),
                                    .limits = doc_get(doc, "limits")};
        mem_fail_from(n);
        ErrCode rc = terms_read(&t, &book, c.arena, c.tables->texts, &source,
                                c.faults, &c.err);
        mem_fail_from(-1);
        assert_true(rc == OK || rc == ERR_MEMORY);
        done = rc == OK;
        arena_free(c.arena);
    }
}

static void what_is_returned_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *why;
    } wrong[] = {
        {"( { id = \"a\"; when = \"b\"; cite = \"x\"; },"
         " { id = \"a\"; when = \"c\"; cite = \"x\"; } )",
         "the id stands twice"},
        {"( { id = \"a\"; when = \"b\"; cite = \"x\"; share = \"0%\"; } )",
         "'0%' is no part of what was paid"},
        {"( { id = \"a\"; when = \"b\"; } )", "cite"},
        {"( { id = \"a\"; cite = \"x\"; } )", "when"},
        {"{ id = \"a\"; }", "'clawback' is a list of groups"}};
    Case c = case_open();
    TermsBook book = {0};
    const Terms *t = NULL;
    assert_int_equal(read_terms(&t, &book, &c,
                                STACK_CITY
                                "clawback = ( { id = \"a\"; when = \"b\";"
                                " cite = \"x\"; }, { id = \"c\"; when = \"d\";"
                                " share = \"12.5%\"; cite = \"x\"; } );"),
                     OK);
    assert_int_equal(t->n_clawback, 2);
    assert_string_equal(t->clawback[0].id, "a");
    assert_string_equal(t->clawback[1].when, "d");
    assert_int_equal(t->clawback[0].share.billionths, RATIO_ONE);
    assert_int_equal(t->clawback[1].share.billionths, RATIO_ONE / 8);
    arena_free(c.arena);
    for (size_t k = 0; k < COUNT(wrong); k++) {
        char text[400];
        Case bad = case_open();
        snprintf(text, sizeof text, STACK_CITY "clawback = %s;", wrong[k].text);
        assert_int_equal(read_terms(&t, &book, &bad, text), ERR_RULE);
        const Fault *f = faults_at(bad.faults, 0);
        assert_non_null(strstr(f->problem, wrong[k].why));
        arena_free(bad.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_said_has_a_default),
        cmocka_unit_test(every_word_of_the_sections_is_read),
        cmocka_unit_test(faults_name_the_place_and_the_reason),
        cmocka_unit_test(a_policy_without_stacking_is_refused),
        cmocka_unit_test(memory_that_runs_out_is_an_error),
        cmocka_unit_test(what_is_returned_is_read),
    };
    return RUN(tests);
}
