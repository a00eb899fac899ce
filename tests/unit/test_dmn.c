/* Decision models as files: own small ones, each for one thing that the
 * standard (DMN 1.5, chapters 7, 8 and 10) asks for.  Expected values follow
 * from its text. */
#include "check.h"
#include "data/dmn.h"
#include "policy/dmnmodel.h"
#include "policy/moment.h"

#include <stdarg.h>
#include <stdlib.h>

#define HEAD                                                                   \
    "<definitions name='m' "                                                   \
    "xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/'>"

typedef struct {
    Arena *arena;
    Faults *faults;
    DmnModel *model;
    DmnCase *of;
    const char *problem;
    Err err;
    ErrCode rc;
} Fixture;

static void load(Fixture *f, const char *text)
{
    Source source;
    const Doc *root;
    *f = (Fixture){.arena = arena_new()};
    f->faults = faults_new(f->arena);
    assert_int_equal(source_of(&source, "m.dmn", text, strlen(text), NULL), OK);
    f->rc =
        dmn_read(&root, f->arena, source, "definitions", f->faults, &f->err);
    if (f->rc == OK)
        f->rc = dmnmodel_read(&f->model, f->arena, texts_new(f->arena), root,
                              NULL, f->faults, &f->err);
}

static void give(Fixture *f, const DmnInput inputs[], size_t n)
{
    f->of = dmnmodel_case(f->model, f->arena, inputs, n);
    assert_non_null(f->of);
}

static const char *decide(Fixture *f, const char *name)
{
    Boxed out;
    assert_int_equal(dmnmodel_decide(&out, &f->problem, f->of, name, &f->err),
                     OK);
    return boxed_show(f->arena, &out);
}

/* A table over "n" whose rules and outputs overlap: */
#define RULES                                                                  \
    "<rule><inputEntry><text>&gt;= 60</text></inputEntry>"                     \
    "<outputEntry><text>\"B\"</text></outputEntry>"                            \
    "<outputEntry><text>2.5</text></outputEntry></rule>"                       \
    "<rule><inputEntry><text>[80..100]</text></inputEntry>"                    \
    "<outputEntry><text>\"A\"</text></outputEntry>"                            \
    "<outputEntry><text>4.25</text></outputEntry></rule>"                      \
    "<rule><inputEntry><text>&lt; 20, 90</text></inputEntry>"                  \
    "<outputEntry><text>\"C\"</text></outputEntry>"                            \
    "<outputEntry><text>n / 2</text></outputEntry></rule>"

static const char *table(Fixture *f, const char *hit, int64_t n, int defaults)
{
    char text[4000];
    snprintf(text, sizeof text,
             HEAD
             "<inputData name='n' id='i'><variable name='n' "
             "typeRef='number'/></inputData><decision name='d'><variable "
             "name='d'/><informationRequirement><requiredInput "
             "href='#i'/></informationRequirement><decisionTable %s>"
             "<input><inputExpression><text>n</text></inputExpression>"
             "</input><output name='grade'><outputValues><text>\"A\", "
             "\"B\", \"C\"</text></outputValues>%s</output>"
             "<output name='rate'/>" RULES
             "</decisionTable></decision></definitions>",
             hit,
             defaults ? "<defaultOutputEntry><text>\"none\"</text>"
                        "</defaultOutputEntry>"
                      : "");
    load(f, text);
    assert_int_equal(f->rc, OK);
    DmnInput in = {"n", n < 0 ? boxed_null : boxed_int(n), NULL};
    give(f, &in, 1);
    return decide(f, "d");
}

static void every_hit_policy_says_what_the_standard_says(void **state)
{
    (void)state;
    static const struct {
        const char *hit;
        int64_t n;
        const char *value;
        int has_problem;
    } rows[] = {
        {"", 60, "{grade: \"B\", rate: 2.5}", 0},
        {"", 59, "null", 0},
        {"", 80, "null", 1}, /* two rules hold */
        {"hitPolicy='UNIQUE'", 19, "{grade: \"C\", rate: 9.5}", 0},
        {"hitPolicy='UNIQUE'", 20, "null", 0}, /* the end is outside */
        {"hitPolicy='ANY'", 100, "null", 1},   /* unequal hits */
        {"hitPolicy='ANY'", 79, "{grade: \"B\", rate: 2.5}", 0},
        {"hitPolicy='FIRST'", 90, "{grade: \"B\", rate: 2.5}", 0},
        {"hitPolicy='PRIORITY'", 90, "{grade: \"A\", rate: 4.25}", 0},
        {"hitPolicy='RULE ORDER'", 90,
         "[{grade: \"B\", rate: 2.5}, {grade: \"A\", rate: 4.25}, "
         "{grade: \"C\", rate: 45}]",
         0},
        {"hitPolicy='OUTPUT ORDER'", 90,
         "[{grade: \"A\", rate: 4.25}, {grade: \"B\", rate: 2.5}, "
         "{grade: \"C\", rate: 45}]",
         0},
        {"hitPolicy='COLLECT'", 101, "[{grade: \"B\", rate: 2.5}]", 0},
        {"hitPolicy='COLLECT'", 50, "[]", 0},
        {"hitPolicy='COLLECT' aggregation='MAX'", 90,
         "{grade: \"C\", rate: 45}", 0},
        {"hitPolicy='COLLECT' aggregation='MIN'", 90,
         "{grade: \"A\", rate: 2.5}", 0},
        {"hitPolicy='COLLECT' aggregation='COUNT'", 90, "{grade: 3, rate: 3}",
         0},
        {"hitPolicy='FIRST'", -1, "null", 0}, /* null meets no test */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Fixture f;
        const char *got = table(&f, rows[i].hit, rows[i].n, 0);
        if (strcmp(got, rows[i].value) != 0 ||
            (f.problem != NULL) != rows[i].has_problem)
            fail_msg("%s of %d is %s (%s), not %s", rows[i].hit, (int)rows[i].n,
                     got, f.problem == NULL ? "" : f.problem, rows[i].value);
        arena_free(f.arena);
    }
}

static void a_default_stands_where_no_rule_holds(void **state)
{
    (void)state;
    Fixture f;
    assert_string_equal(table(&f, "", 59, 1), "{grade: \"none\", rate: null}");
    arena_free(f.arena);
    assert_string_equal(table(&f, "", 60, 1), "{grade: \"B\", rate: 2.5}");
    arena_free(f.arena);
}

static void any_lets_rules_agree(void **state)
{
    (void)state;
    Fixture f;
    load(&f, HEAD
         "<decision name='d'><decisionTable hitPolicy='ANY'><input>"
         "<inputExpression><text>7</text></inputExpression></input><output/>"
         "<rule><inputEntry><text>&gt; 5</text></inputEntry><outputEntry>"
         "<text>[1, {a: 2}]</text></outputEntry></rule><rule><inputEntry>"
         "<text>-</text></inputEntry><outputEntry><text>[1, {a: 1 + 1}]</text>"
         "</outputEntry></rule></decisionTable></decision></definitions>");
    assert_int_equal(f.rc, OK);
    give(&f, NULL, 0);
    assert_string_equal(decide(&f, "d"), "[1, {a: 2}]");
    assert_null(f.problem);
    arena_free(f.arena);
}

static void sums_are_exact(void **state)
{
    (void)state;
    Fixture f;
    load(&f, HEAD
         "<decision name='d'><decisionTable hitPolicy='COLLECT' "
         "aggregation='SUM'><input><inputExpression><text>\"x\"</text>"
         "</inputExpression></input><output/><rule><inputEntry><text>-</text>"
         "</inputEntry><outputEntry><text>0.1</text></outputEntry></rule><rule>"
         "<inputEntry><text>not(\"y\")</text></inputEntry><outputEntry><text>"
         "0.2</text></outputEntry></rule><rule><inputEntry><text>not(\"x\")"
         "</text></inputEntry><outputEntry><text>7</text></outputEntry></rule>"
         "</decisionTable></decision><decision name='e'><literalExpression>"
         "<text>d = 0.3</text></literalExpression></decision></definitions>");
    assert_int_equal(f.rc, OK);
    give(&f, NULL, 0);
    assert_string_equal(decide(&f, "e"), "true");
    arena_free(f.arena);
}

/* A lending case of two knowledge models: instalment = 12,000 over 12 months
 * at 0 rate is 1,000 a month; income left 2,600 x 0.6 = 1,560 covers it. */
static const char lending[] = HEAD
    "<itemDefinition name='tRisk'><typeRef>string</typeRef><allowedValues>"
    "<text>\"HIGH\", \"LOW\"</text></allowedValues></itemDefinition>"
    "<itemDefinition name='tLoan'><itemComponent name='amount'><typeRef>number"
    "</typeRef></itemComponent><itemComponent name='term in months'><typeRef>"
    "number</typeRef></itemComponent><itemComponent name='Monthly'>"
    "<itemComponent name='Income'><typeRef>feel:number</typeRef>"
    "</itemComponent><itemComponent name='Expenses'><typeRef>number</typeRef>"
    "</itemComponent></itemComponent></itemDefinition>"
    "<inputData id='i1' name='Loan'><variable name='Loan' typeRef='tLoan'/>"
    "</inputData><inputData id='i2' name='Pre-bureau risk'><variable "
    "name='Pre-bureau risk' typeRef='tRisk'/></inputData>"
    "<decision id='d1' name=\"Officer's view\"><variable name=\"Officer's "
    "view\"/></decision>"
    "<decision id='d2' name='Routing'><variable name='Routing' "
    "typeRef='string'/><informationRequirement><requiredDecision href='#d3'/>"
    "</informationRequirement><literalExpression><text>if Affordable then "
    "\"ACCEPT \" + Officer's view else \"REFER\"</text></literalExpression>"
    "</decision>"
    "<decision id='d3' name='Affordable'><variable name='Affordable' "
    "typeRef='boolean'/><informationRequirement><requiredInput href='#i1'/>"
    "</informationRequirement><knowledgeRequirement><requiredKnowledge "
    "href='#b1'/></knowledgeRequirement><invocation><literalExpression><text>"
    "Affordability calculation</text></literalExpression><binding><parameter "
    "name='Risk'/><literalExpression><text>Pre-bureau risk</text>"
    "</literalExpression></binding><binding><parameter name='income left'/>"
    "<literalExpression><text>Loan.Monthly.Income - Loan.Monthly.Expenses"
    "</text></literalExpression></binding><binding><parameter "
    "name='instalment'/><literalExpression><text>Loan.amount / Loan.term in "
    "months</text></literalExpression></binding></invocation></decision>"
    "<businessKnowledgeModel id='b1' name='Affordability calculation'>"
    "<encapsulatedLogic><formalParameter name='income left'/><formalParameter "
    "name='Risk'/><formalParameter name='instalment'/><context><contextEntry>"
    "<variable name='factor'/><literalExpression><text>Contingency(Risk)"
    "</text></literalExpression></contextEntry><contextEntry>"
    "<literalExpression><text>income left * factor &gt; instalment</text>"
    "</literalExpression></contextEntry></context></encapsulatedLogic>"
    "</businessKnowledgeModel>"
    "<businessKnowledgeModel id='b2' name='Contingency'><encapsulatedLogic>"
    "<formalParameter name='Risk'/><decisionTable><input><inputExpression>"
    "<text>Risk</text></inputExpression></input><output/><rule><inputEntry>"
    "<text>\"HIGH\"</text></inputEntry><outputEntry><text>0.6</text>"
    "</outputEntry></rule><rule><inputEntry><text>\"LOW\"</text></inputEntry>"
    "<outputEntry><text>0.8</text></outputEntry></rule></decisionTable>"
    "</encapsulatedLogic></businessKnowledgeModel>"
    "<dmndi:DMNDI xmlns:dmndi='urn:x'><dmndi:DMNDiagram/></dmndi:DMNDI>"
    "</definitions>";

static Boxed loan(int64_t income)
{
    static const char *const of_month[] = {"Income", "Expenses"};
    static const char *const of_loan[] = {"amount", "term in months",
                                          "Monthly"};
    static Boxed month[2], all[3];
    month[0] = boxed_int(income);
    month[1] = boxed_int(1400);
    all[0] = boxed_int(12000);
    all[1] = boxed_int(12);
    all[2] =
        (Boxed){.kind = BOX_CONTEXT, .items = month, .names = of_month, .n = 2};
    return (Boxed){.kind = BOX_CONTEXT, .items = all, .names = of_loan, .n = 3};
}

static void decisions_call_knowledge_and_each_other(void **state)
{
    (void)state;
    Fixture f;
    load(&f, lending);
    assert_int_equal(f.rc, OK);
    assert_string_equal(dmnmodel_name(f.model), "m");
    DmnInput in[] = {{"Loan", loan(4000), NULL},
                     {"Pre-bureau risk", boxed_text("HIGH"), NULL},
                     {"Officer's view", boxed_text("gladly"), NULL},
                     {"nobody knows it", boxed_int(1), NULL}};
    give(&f, in, COUNT(in)); /* a decision without logic is given */
    assert_string_equal(decide(&f, "Routing"), "ACCEPT gladly");
    in[0].value = loan(3066); /* 1,666 x 0.6 = 999.6 */
    give(&f, in, COUNT(in));
    assert_string_equal(decide(&f, "Affordable"), "false");
    assert_string_equal(decide(&f, "Routing"), "REFER");
    in[1].value = boxed_text("MEDIUM"); /* not allowed: null */
    give(&f, in, COUNT(in));
    assert_string_equal(decide(&f, "Affordable"), "null");
    decide(&f, "Pre-bureau risk");
    assert_non_null(f.problem);
    Boxed out;
    assert_int_equal(dmnmodel_decide(&out, &f.problem, f.of, "Nothing", &f.err),
                     ERR_DOMAIN);
    arena_free(f.arena);
}

static void values_become_of_their_type_or_null(void **state)
{
    (void)state;
    Fixture f;
    load(&f, HEAD
         "<itemDefinition name='tList' isCollection='true'><typeRef>number"
         "</typeRef></itemDefinition>"
         "<decision name='a'><variable name='a' typeRef='tList'/>"
         "<literalExpression><text>7</text></literalExpression></decision>"
         "<decision name='b'><variable name='b' typeRef='number'/>"
         "<literalExpression><text>[7]</text></literalExpression></decision>"
         "<decision name='c'><variable name='c' typeRef='number'/>"
         "<literalExpression><text>\"7\"</text></literalExpression></decision>"
         "<decision name='r'><variable name='r'/><relation><column name='x y'/>"
         "<column name='z'/><row><literalExpression><text>1</text>"
         "</literalExpression><literalExpression><text>2</text>"
         "</literalExpression></row></relation></decision>"
         "<decision name='s'><literalExpression><text>r[z = 2].x y</text>"
         "</literalExpression></decision></definitions>");
    assert_int_equal(f.rc, OK);
    give(&f, NULL, 0);
    assert_string_equal(decide(&f, "a"), "[7]");
    assert_string_equal(decide(&f, "b"), "7");
    assert_string_equal(decide(&f, "c"), "null");
    assert_non_null(strstr(f.problem, "not of type number"));
    assert_string_equal(decide(&f, "s"), "[1]");
    arena_free(f.arena);
}

/* One fault in a text: its place and a part of its sentence. */
static void faulty(const char *text, size_t line, size_t column,
                   const char *part)
{
    Fixture f;
    load(&f, text);
    assert_int_equal(f.rc, ERR_RULE);
    const Fault *fault = faults_at(f.faults, 0);
    while (fault != NULL && fault->is_warning)
        fault++;
    assert_non_null(fault);
    if (fault->line != line || fault->column != column ||
        strstr(fault->problem, part) == NULL)
        fail_msg("%zu:%zu: %s; not %zu:%zu: %s", fault->line, fault->column,
                 fault->problem, line, column, part);
    arena_free(f.arena);
}

#define TEXT(text)                                                             \
    "<literalExpression><text>" text "</text></literalExpression>"

static void loops_filters_and_services_may_be_boxes(void **state)
{
    (void)state;
    Fixture f;
    load(&f, HEAD
         "<decision name='rows' id='r'>" TEXT(
             "[{p: 1, q w: 5}, {p: 2, q w: 6}, {p: 3, q w: 7}]") "</decision>"
         "<decision name='doubled' id='d'><for iteratorVariable='a row'><in>"
         TEXT("rows") "</in><return>" TEXT("a row.p * 2 + count(partial)")
         "</return></for></decision>"
         "<decision name='some over' id='s'><some iteratorVariable='x'><in>"
         TEXT("[1, 2, 3]") "</in><satisfies>" TEXT("x &gt; 2")
         "</satisfies></some></decision>"
         "<decision name='every over' id='e'><every iteratorVariable='x'><in>"
         TEXT("[1, 2, 3]") "</in><satisfies>" TEXT("x &gt; 2")
         "</satisfies></every></decision>"
         "<decision name='kept' id='k'><filter><in>" TEXT("rows") "</in><match>"
         TEXT("q w &gt; 5 and item.p &lt; 3") "</match></filter></decision>"
         "<decisionService name='both' id='b'><outputDecision href='#s'/>"
         "<outputDecision href='#e'/></decisionService>"
         "<decisionService name='one' id='o'><outputDecision href='#d'/>"
         "</decisionService></definitions>");
    assert_int_equal(f.rc, OK);
    give(&f, NULL, 0);
    assert_string_equal(decide(&f, "doubled"), "[2, 5, 8]");
    assert_string_equal(decide(&f, "some over"), "true");
    assert_string_equal(decide(&f, "every over"), "false");
    assert_string_equal(decide(&f, "kept"), "[{p: 2, q w: 6}]");
    assert_string_equal(decide(&f, "both"),
                        "{some over: true, every over: false}");
    assert_string_equal(decide(&f, "one"), "[2, 5, 8]");
    arena_free(f.arena);
    faulty(HEAD "<decision name='d'><for><in>" TEXT("[1]") "</in></for>"
                "</decision></definitions>",
           1, 95, "a loop without a variable");
    faulty(HEAD "<decision name='d'><filter><in>" TEXT(
               "[1]") "</in></filter></decision></definitions>",
           1, 95, "no 'match' stands here");
}

/* A table over "d": what a day, no day and no date meet. */
static const char *of_day(Fixture *f, Boxed day)
{
    load(f, HEAD
         "<inputData name='d' id='i'><variable name='d'/></inputData>"
         "<decision name='t'><decisionTable hitPolicy='FIRST'><input>"
         "<inputExpression><text>d</text></inputExpression></input><output/>"
         "<rule><inputEntry><text>[@\"2024-01-01\"..@\"2024-12-31\")</text>"
         "</inputEntry><outputEntry><text>\"2024\"</text></outputEntry></rule>"
         "<rule><inputEntry><text>&lt; date(\"2024-01-01\")</text>"
         "</inputEntry><outputEntry><text>\"before\"</text></outputEntry>"
         "</rule><rule><inputEntry><text>null</text></inputEntry><outputEntry>"
         "<text>\"no day\"</text></outputEntry></rule></decisionTable>"
         "</decision></definitions>");
    assert_int_equal(f->rc, OK);
    DmnInput in = {"d", day, NULL};
    give(f, &in, 1);
    return decide(f, "t");
}

static void days_lie_in_intervals_with_their_ends(void **state)
{
    (void)state;
    static const struct {
        const char *day, *value;
    } rows[] = {{"2023-12-31", "before"},
                {"2024-01-01", "2024"},
                {"2024-02-29", "2024"},
                {"2024-12-31", "null"}};
    Fixture f;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(of_day(&f, moment_date(rows[i].day)),
                            rows[i].value);
        arena_free(f.arena);
    }
    assert_string_equal(of_day(&f, boxed_null), "no day");
    arena_free(f.arena);
    assert_string_equal(of_day(&f, boxed_int(20240101)), "null");
    arena_free(f.arena);
    assert_string_equal(of_day(&f, boxed_text("2024-01-01")), "null");
    arena_free(f.arena);
}

static void faults_stand_where_they_are(void **state)
{
    (void)state;
    faulty("<a", 1, 1, "unclosed token");
    faulty("<a></b>", 1, 1, "is not 'definitions'");
    faulty("<!DOCTYPE a [<!ENTITY x 'y'>]><definitions/>", 1, 13, "DOCTYPE");
    faulty("<definitions>\n <x></y>", 2, 7, "mismatched");
    faulty("<definitions>&x;</definitions>", 1, 14, "undefined entity");
    faulty("\xFF<definitions/>", 1, 1, "not UTF-8");
    faulty(HEAD "<import name='x'/></definitions>", 1, 76, "not here");
    faulty(HEAD "<import namespace='x'/></definitions>", 1, 76, "a name");
    faulty(HEAD
           "<import name='x' importType='http://www.dmg.org/PMML-4_2'/>"
           "</definitions>",
           1, 76, "no decision model");
    faulty(HEAD
           "\n<decision name='d'><literalExpression>\n"
           "<text>1 &lt; 2 &lt;\n  and 担 </text>"
           "</literalExpression></decision></definitions>",
           4, 3, "'and'");
    faulty(HEAD
           "\n<decision name='d'><literalExpression>\n"
           "<text>&#x62C5; &gt;= )</text>"
           "</literalExpression></decision></definitions>",
           3, 7, "no name");
    faulty(HEAD
           "<decision name='a' id='a'><informationRequirement>"
           "<requiredDecision href='#b'/></informationRequirement>"
           "</decision>\n<decision name='b' id='b'><informationRequirement>"
           "<requiredDecision href='#a'/></informationRequirement>"
           "</decision></definitions>",
           1, 76, "a > b > a");
    faulty(HEAD
           "<decisionService name='s'><inputData href='#none'/>"
           "</decisionService></definitions>",
           1, 102, "not in the model");
    faulty(HEAD
           "<decision name='d'><decisionTable hitPolicy='BEST'><output/>"
           "</decisionTable></decision></definitions>",
           1, 95, "hit policy");
    faulty(HEAD
           "<decision name='d'><decisionTable><output/><rule/>"
           "</decisionTable></decision></definitions>",
           1, 119, "0 entries, not 1");
    char deep[3000] = "<definitions>";
    for (int i = 0; i < 64; i++)
        snprintf(deep + strlen(deep), 4, "<a>");
    faulty(deep, 1, 203, "64 levels");
}

static void blanks_between_elements_are_no_text(void **state)
{
    (void)state;
    static const char text[] =
        "<definitions>\n          <a>x</a>\n  <b>y</b>"
        "\n \n <c> </c>\n</definitions>";
    Arena *arena = arena_new();
    Source source;
    const Doc *root;
    assert_int_equal(source_of(&source, "m.dmn", text, strlen(text), NULL), OK);
    assert_int_equal(
        dmn_read(&root, arena, source, "definitions", faults_new(arena), NULL),
        OK);
    assert_int_equal(root->n, 3); /* a, b, c: longer blanks came before */
    for (const Doc *d = root->first; d != NULL; d = d->next)
        assert_int_equal(d->kind, DOC_GROUP);
    assert_string_equal(dmn_text(root, "c")->text, " ");
    arena_free(arena);
}

static void what_is_well_written_runs_beside_faults(void **state)
{
    (void)state;
    Fixture f;
    load(&f, HEAD
         "<decision name='good'><literalExpression><text>1.5 * 3</text>"
         "</literalExpression></decision><decision name='bad'>"
         "<literalExpression><text>1 +</text></literalExpression></decision>"
         "</definitions>");
    assert_int_equal(f.rc, ERR_RULE);
    give(&f, NULL, 0);
    assert_string_equal(decide(&f, "good"), "4.5");
    assert_string_equal(decide(&f, "bad"), "null");
    assert_non_null(f.problem);
    arena_free(f.arena);
}

static void circles_at_run_time_end(void **state)
{
    (void)state;
    Fixture f;
    load(&f, HEAD
         "<decision name='a'><literalExpression><text>b + 1</text>"
         "</literalExpression></decision><decision name='b'>"
         "<literalExpression><text>a + 1</text></literalExpression></decision>"
         "</definitions>"); /* undeclared requirements */
    assert_int_equal(f.rc, OK);
    give(&f, NULL, 0);
    assert_string_equal(decide(&f, "a"), "null");
    decide(&f, "b");
    assert_non_null(strstr(f.problem, "requires itself"));
    arena_free(f.arena);
}

/* A model that is imported and one that imports it: */
static const char shelf_text[] =
    "<definitions name='s' namespace='urn:s' "
    "xmlns='https://www.omg.org/spec/DMN/20230324/MODEL/'>"
    "<itemDefinition name='tSum'><itemComponent name='of it'>"
    "<typeRef>tPart</typeRef></itemComponent></itemDefinition>"
    "<itemDefinition name='tPart'><typeRef>number</typeRef><allowedValues>"
    "<text>[0..9]</text></allowedValues></itemDefinition>"
    "<inputData name='n' id='n'><variable name='n' typeRef='tPart'/>"
    "</inputData>"
    "<decision name='limit' id='a'><variable name='limit'/>"
    "<literalExpression><text>n + 2.385</text></literalExpression></decision>"
    "<businessKnowledgeModel name='at most' id='b'><variable name='at most'/>"
    "<encapsulatedLogic><formalParameter name='x'/><literalExpression>"
    "<text>min(x.of it, limit)</text></literalExpression></encapsulatedLogic>"
    "</businessKnowledgeModel></definitions>";
static const char asker_text[] = HEAD
    "<import name='S' namespace='urn:s'/>"
    "<inputData name='x' id='a'><variable name='x' typeRef='S.tSum'/>"
    "</inputData>"
    "<decision name='limit' id='b'><variable name='limit'/>"
    "<informationRequirement><requiredDecision href='urn:s#a'/>"
    "</informationRequirement><literalExpression>"
    "<text>S.limit</text></literalExpression></decision>"
    "<decision name='d' id='d'><variable name='d'/>"
    "<literalExpression><text>S.at most(x)</text></literalExpression>"
    "</decision></definitions>";

/* "d" of the model that imports, for x.of it and the other model's n. */
static ErrCode import_and_decide(Fixture *f, const char **out, int64_t x,
                                 int64_t n)
{
    static const char *const texts[] = {shelf_text, asker_text};
    static const char *const names[] = {"of it"};
    DmnModel *models[2] = {NULL, NULL};
    Texts *pool = texts_new(f->arena);
    Boxed value, item = boxed_int(x);
    f->faults = pool == NULL ? NULL : faults_new(f->arena);
    if (f->faults == NULL)
        return ERR_MEMORY;
    for (int i = 0; i < 2; i++) {
        Source source;
        const Doc *root;
        const DmnModel *first = models[0];
        DmnShelf shelf = {&first, 1, NULL, 0};
        f->rc = source_of(&source, "m.dmn", texts[i], strlen(texts[i]), NULL);
        if (f->rc == OK)
            f->rc = dmn_read(&root, f->arena, source, "definitions", f->faults,
                             &f->err);
        if (f->rc == OK)
            f->rc = dmnmodel_read(&models[i], f->arena, pool, root,
                                  i == 0 ? NULL : &shelf, f->faults, &f->err);
        if (f->rc != OK)
            return f->rc;
    }
    const DmnInput in[] = {
        {"x",
         {.kind = BOX_CONTEXT, .items = &item, .names = names, .n = 1},
         NULL},
        {"n", boxed_int(n), "urn:s"},
        {"limit", boxed_int(1), "urn:other"}};
    f->of = dmnmodel_case(models[1], f->arena, in, COUNT(in));
    if (f->of == NULL)
        return ERR_MEMORY;
    f->rc = dmnmodel_decide(&value, &f->problem, f->of, "d", &f->err);
    if (f->rc == OK)
        *out = boxed_show(f->arena, &value);
    return f->rc;
}

static void names_of_an_imported_model_are_its_own(void **state)
{
    (void)state;
    static const struct {
        int64_t x, n;
        const char *value;
    } rows[] = {{9, 4, "6.385"},  /* 4 + 2.385, not the asker's limit */
                {5, 4, "5"},      /* below it */
                {10, 4, "null"},  /* not a part of a sum: 0 to 9 */
                {9, 10, "null"}}; /* nor is n */
    for (size_t i = 0; i < COUNT(rows); i++) {
        Fixture f = {.arena = arena_new()};
        const char *value = NULL;
        assert_int_equal(import_and_decide(&f, &value, rows[i].x, rows[i].n),
                         OK);
        assert_string_equal(value, rows[i].value);
        arena_free(f.arena);
    }
}

static void memory_may_run_out_in_imports(void **state)
{
    (void)state;
    for (long n = 0; n < 100000; n++) {
        Fixture f = {0};
        const char *value = NULL;
        mem_fail_from(n);
        f.arena = arena_new();
        ErrCode rc =
            f.arena == NULL ? ERR_MEMORY : import_and_decide(&f, &value, 9, 4);
        mem_fail_from(-1);
        if (rc == OK && value != NULL) {
            assert_string_equal(value, "6.385");
            arena_free(f.arena);
            assert_true(n > 0);
            return;
        }
        assert_true(rc == ERR_MEMORY || rc == OK);
        arena_free(f.arena);
    }
    fail();
}

/* Any allocation may fail: an error, never a wrong value. */
static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    Boxed out;
    Source source;
    assert_int_equal(
        source_of(&source, "m.dmn", lending, strlen(lending), NULL), OK);
    for (long n = 0; n < 100000; n++) {
        Fixture f = {0};
        const Doc *root;
        mem_fail_from(n);
        f.arena = arena_new();
        Texts *texts = f.arena == NULL ? NULL : texts_new(f.arena);
        f.faults = texts == NULL ? NULL : faults_new(f.arena);
        f.rc = f.faults == NULL ? ERR_MEMORY
                                : dmn_read(&root, f.arena, source,
                                           "definitions", f.faults, &f.err);
        if (f.rc == OK)
            f.rc = dmnmodel_read(&f.model, f.arena, texts, root, NULL, f.faults,
                                 &f.err);
        DmnInput in[] = {{"Loan", loan(4000), NULL},
                         {"Pre-bureau risk", boxed_text("LOW"), NULL}};
        f.of = f.rc == OK ? dmnmodel_case(f.model, f.arena, in, 2) : NULL;
        if (f.rc == OK && f.of == NULL)
            f.rc = ERR_MEMORY;
        if (f.rc == OK)
            f.rc =
                dmnmodel_decide(&out, &f.problem, f.of, "Affordable", &f.err);
        mem_fail_from(-1);
        if (f.rc == OK) {
            assert_string_equal(boxed_show(f.arena, &out), "true");
            arena_free(f.arena);
            assert_true(n > 0);
            return;
        }
        assert_int_equal(f.rc, ERR_MEMORY);
        arena_free(f.arena);
    }
    fail();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hit_policy_says_what_the_standard_says),
        cmocka_unit_test(a_default_stands_where_no_rule_holds),
        cmocka_unit_test(any_lets_rules_agree),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(decisions_call_knowledge_and_each_other),
        cmocka_unit_test(values_become_of_their_type_or_null),
        cmocka_unit_test(faults_stand_where_they_are),
        cmocka_unit_test(loops_filters_and_services_may_be_boxes),
        cmocka_unit_test(days_lie_in_intervals_with_their_ends),
        cmocka_unit_test(blanks_between_elements_are_no_text),
        cmocka_unit_test(what_is_well_written_runs_beside_faults),
        cmocka_unit_test(circles_at_run_time_end),
        cmocka_unit_test(names_of_an_imported_model_are_its_own),
        cmocka_unit_test(memory_may_run_out_in_imports),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return RUN(tests);
}
