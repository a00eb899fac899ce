/* contracts.h - a policy from text and a table of contracts for tests. */
#ifndef TESTS_CONTRACTS_H
#define TESTS_CONTRACTS_H

#include "check.h"
#include "data/doc.h"
#include "subsidy/subsidy.h"

/* One contract; NULL is null, an amount of -1 too, a score of -1 too. */
typedef struct {
    const char *id, *firm, *day;
    int64_t amount;
    const char *county, *registry, *seller;
    double score;
} Contract;

typedef struct {
    Arena *arena;
    Tables *tables;
    Faults *faults;
    Err err;
} Case;

static inline Case case_open(void)
{
    Case c = {.arena = arena_new()};
    c.tables = tables_new(c.arena);
    c.faults = faults_new(c.arena);
    assert_non_null(c.faults);
    return c;
}

static inline const char *case_text(Case *c, const char *text)
{
    return text != NULL ? texts_put(c->tables->texts, text, strlen(text))
                        : NULL;
}

static inline const Doc *case_doc(Case *c, const char *text)
{
    Source source;
    const Doc *doc = NULL;
    assert_int_equal(source_of(&source, "t.cfg", text, strlen(text), NULL), OK);
    ErrCode rc = doc_read(&doc, c->arena, source, c->faults, &c->err);
    if (rc != OK)
        faults_print(c->faults, stderr);
    assert_int_equal(rc, OK);
    return doc;
}

static inline Policy *case_policy(Case *c, const char *text)
{
    Policy *policy = NULL;
    ErrCode rc = policy_read(&policy, c->arena, c->tables->texts,
                             case_doc(c, text), c->faults, &c->err);
    if (rc != OK)
        faults_print(c->faults, stderr);
    assert_int_equal(rc, OK);
    return policy;
}

/* A policy of the collection. */
static inline Policy *case_rules(Case *c, const char *path)
{
    Source source;
    const Doc *doc = NULL;
    Policy *policy = NULL;
    assert_int_equal(source_read(&source, c->arena, path, &c->err), OK);
    assert_int_equal(doc_read(&doc, c->arena, source, c->faults, &c->err), OK);
    ErrCode rc = policy_read(&policy, c->arena, c->tables->texts, doc,
                             c->faults, &c->err);
    if (rc != OK)
        faults_print(c->faults, stderr);
    assert_int_equal(rc, OK);
    return policy;
}

static inline Column *case_column(Table *t, Field field)
{
    Column *column = NULL;
    assert_int_equal(table_add_field(&column, t, field, NULL), OK);
    return column;
}

static inline int64_t case_day(const char *text)
{
    Date day = {0};
    if (text == NULL)
        return NULL_INT;
    assert_int_equal(date_parse(&day, text, NULL), OK);
    return day.days;
}

static inline Table *case_contracts(Case *c, const char *name,
                                    const Contract rows[], size_t n)
{
    Table *t = NULL;
    assert_int_equal(table_new(&t, c->tables, name, n, NULL), OK);
    Column *id = case_column(t, FIELD_contract_id);
    Column *firm = case_column(t, FIELD_firm_id);
    Column *day = case_column(t, FIELD_registered_on);
    Column *amount = case_column(t, FIELD_amount);
    Column *county = case_column(t, FIELD_county);
    Column *registry = case_column(t, FIELD_registry_no);
    Column *seller = case_column(t, FIELD_seller_id);
    Column *score = case_column(t, FIELD_score);
    for (size_t i = 0; i < n; i++) {
        id->s[i] = case_text(c, rows[i].id);
        firm->s[i] = case_text(c, rows[i].firm);
        day->i[i] = case_day(rows[i].day);
        amount->i[i] = rows[i].amount >= 0 ? rows[i].amount : NULL_INT;
        county->s[i] = case_text(c, rows[i].county);
        registry->s[i] = case_text(c, rows[i].registry);
        seller->s[i] = case_text(c, rows[i].seller);
        score->d[i] = rows[i].score >= 0 ? rows[i].score : (double)NAN;
    }
    return t;
}

/* A cell of the table, by column name. */
static inline int64_t case_fen(const Table *t, const char *column, size_t row)
{
    const Column *c = table_find(t, column);
    assert_non_null(c);
    return c->i[row];
}

static inline const char *case_word(const Table *t, const char *column,
                                    size_t row)
{
    const Column *c = table_find(t, column);
    assert_non_null(c);
    return c->s[row] != NULL ? c->s[row] : "";
}

/* On every row the parts make the whole, to the fen. */
static inline void assert_parts(const Table *t, const char *const payers[],
                                size_t n)
{
    for (size_t i = 0; i < t->rows; i++) {
        int64_t paid = 0, cut = 0;
        char name[64];
        for (size_t p = 0; p < n; p++) {
            snprintf(name, sizeof name, "paid_%s", payers[p]);
            paid += case_fen(t, name, i);
            snprintf(name, sizeof name, "cut_%s", payers[p]);
            cut += case_fen(t, name, i);
        }
        assert_int_equal(case_fen(t, "paid", i), paid);
        assert_int_equal(case_fen(t, "cut_by_budget", i), cut);
        assert_int_equal(case_fen(t, "computed", i),
                         case_fen(t, "cut_by_cap", i) +
                             case_fen(t, "cut_by_rounding", i) + cut + paid);
        assert_true(paid >= 0 && cut >= 0);
        assert_true(case_fen(t, "cut_by_cap", i) >= 0);
    }
}

/* A policy with one award of 20% on `amount`; the rest is added. */
#define POLICY_HEAD                                                            \
    "policy = { id = \"t\"; kind = \"subsidy\";\n"                             \
    "  title = { zh = \"测试\"; en = \"test\"; }; issuer = \"x\";\n"         \
    "  document = \"x\"; source = \"x\"; confidence = \"D\";\n"                \
    "  date_used = \"registered_on\"; };\n"                                    \
    "versions = ( { id = \"1\"; from = \"2020-01-01\"; to = \"2029-12-31\";\n" \
    "  cite = \"x\"; } );\n"                                                   \
    "inputs = ( { name = \"amount\"; type = \"money\"; required = \"yes\"; }," \
    "  { name = \"county\"; type = \"category\"; } );\n"                       \
    "eligibility = ( { id = \"E1\"; require = \"amount >= 100.00\";\n"         \
    "  cite = \"x\"; reason = { zh = \"金额太小\";"                        \
    "  en = \"too small\"; }; } );\n"

#define POLICY_FLAT                                                            \
    POLICY_HEAD                                                                \
    "scales = ( { name = \"city\"; kind = \"marginal_rate\"; on = \"amount\";" \
    "  cite = \"x\"; brackets = ( { from = \"0\"; rate = \"20%\"; } ); } );\n" \
    "outputs = ( \"city\" );\n"                                                \
    "examples = ( { id = \"X\"; of = ( \"city\", \"E1\" ); on = "              \
    "\"2024-01-01\";"                                                          \
    "  given = ( \"amount = 1000.00\" ); gives = ( \"city = 200.00\" ); } "    \
    ");\n"

#define STACK_CITY "stacking = { base = \"amount\"; awards = ( \"city\" ); };\n"

#endif
