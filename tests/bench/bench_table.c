/* A table such as a bureau writes, 30 rules over 8 inputs, FIRST, on a million
 * contracts, beside SQLite's CASE on the same rows.
 *
 * The table pays by kind of firm and contract, size of the contract, share of
 * research, county and grade, and ends in a rule that takes every other row.
 * Rows are drawn as such contracts come: amounts from 5,000 yuan to 20 million
 * by their logarithm, shares of research by a gamma distribution, most of the
 * staff small.  So the rule that holds is the 22nd in the mean and one row in
 * five goes to the last: on a random table, whose first rules take most rows, a
 * CASE looks at fewer of them and is three times as fast.
 *
 * Seconds of processor, one thread, the best of ROUNDS.  Ours: from columns in
 * memory to the new column `hit`, its memory included (policy_outputs()); with
 * trace: eligible, reasons, missing and trace beside it (policy_apply()).
 * SQLite's: stepping through SELECT CASE over a table in memory, prepared
 * before, and reading each answer. */
#include "bench.h"

#include "policy/policy.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 1000000, SQL_ROWS = 200000, ROUNDS = 5, TEXT = 1 << 16 };
enum { WORDS = 4, NUMBERS = 4, ANY = -1 };

/* Words by their bit, 0: any; [low, high) of a number, ANY: open. */
typedef struct {
    unsigned words[WORDS];
    long long low[NUMBERS], high[NUMBERS];
} Rule;

enum { SMALL = 1, HIGHTECH = 2, STARTUP = 4, LARGE = 8 };
enum { TRANSFER = 1, LICENCE = 2, DEVELOP = 4, CONSULT = 8, SERVICE = 16 };
enum { URBAN = 7, RURAL = 240 };
enum { A = 1, B = 2, C = 4, D = 8 };
enum { T = TRANSFER | LICENCE, TD = T | DEVELOP };

#define ALL                                                                    \
    {                                                                          \
        ANY, ANY, ANY, ANY                                                     \
    }
#define RULE(firm, kind, county, grade, from, to, rd, staff, below, years,     \
             until)                                                            \
    {                                                                          \
        {firm, kind, county, grade}, {from, rd, staff, years},                 \
        {                                                                      \
            to, ANY, below, until                                              \
        }                                                                      \
    }

/* Amounts in thousands of yuan, shares in percent. */
static const Rule rules[] = {
    RULE(0, 0, 0, D, ANY, ANY, ANY, ANY, ANY, 0, 10),
    RULE(LARGE, 0, 0, 0, ANY, ANY, ANY, 1000, ANY, ANY, ANY),
    RULE(0, CONSULT | SERVICE, 0, 0, 0, 10, ANY, ANY, ANY, ANY, ANY),
    RULE(HIGHTECH, T, 0, A | B, 5000, ANY, 5, ANY, ANY, ANY, ANY),
    RULE(HIGHTECH, T, 0, A | B, 1000, 5000, 5, ANY, ANY, ANY, ANY),
    RULE(HIGHTECH, T, 0, A | B | C, 500, 1000, 5, ANY, ANY, ANY, ANY),
    RULE(HIGHTECH, TD, 0, 0, 100, 500, 3, ANY, ANY, ANY, ANY),
    RULE(HIGHTECH, TD, 0, 0, 0, 100, 3, ANY, ANY, ANY, ANY),
    RULE(STARTUP, TD, URBAN, 0, 500, 1000, ANY, ANY, ANY, 0, 3),
    RULE(STARTUP, TD, RURAL, 0, 500, 1000, ANY, ANY, ANY, 0, 3),
    RULE(STARTUP, TD, URBAN, 0, 100, 500, ANY, ANY, ANY, 0, 5),
    RULE(STARTUP, TD, RURAL, 0, 100, 500, ANY, ANY, ANY, 0, 5),
    RULE(STARTUP, 0, 0, 0, 0, 100, ANY, 0, 100, 0, 5),
    RULE(SMALL, T, 0, A, 5000, ANY, ANY, 0, 300, ANY, ANY),
    RULE(SMALL, T, 0, A | B, 1000, 5000, ANY, 0, 300, ANY, ANY),
    RULE(SMALL, TD, 0, A | B, 500, 1000, ANY, 0, 300, ANY, ANY),
    RULE(SMALL, TD, RURAL, 0, 100, 500, 1, ANY, ANY, ANY, ANY),
    RULE(SMALL, TD, 0, 0, 100, 500, 2, ANY, ANY, ANY, ANY),
    RULE(SMALL, 0, 0, A | B | C, 0, 100, 1, ANY, ANY, ANY, ANY),
    RULE(0, DEVELOP, 0, A | B, 1000, ANY, 8, ANY, ANY, ANY, ANY),
    RULE(0, DEVELOP, 0, 0, 200, 1000, 6, ANY, ANY, ANY, ANY),
    RULE(0, CONSULT, 0, A | B, 300, ANY, ANY, 0, 500, ANY, ANY),
    RULE(0, CONSULT, 0, 0, 50, 300, ANY, ANY, ANY, 2, ANY),
    RULE(0, SERVICE, URBAN, A, 400, ANY, ANY, ANY, ANY, ANY, ANY),
    RULE(0, SERVICE, 0, 0, 50, 400, 4, ANY, ANY, ANY, ANY),
    RULE(LARGE, T, 0, A, 2000, ANY, 6, ANY, ANY, ANY, ANY),
    RULE(LARGE, T, RURAL, 0, 1000, ANY, ANY, ANY, ANY, ANY, ANY),
    RULE(0, 0, RURAL, A | B | C, 20, ANY, ANY, ANY, ANY, ANY, ANY),
    RULE(0, 0, 0, 0, 3000, ANY, ANY, ANY, ANY, ANY, ANY),
    {{0}, ALL, ALL}};
enum { RULES = sizeof rules / sizeof *rules };

/* How many of 100 rows have the word. */
typedef struct {
    const char *word;
    int share;
} Share;

static const struct {
    const char *name;
    size_t n;
    Share of[8];
} words[WORDS] = {
    {"firm_kind",
     4,
     {{"small", 45}, {"hightech", 30}, {"startup", 15}, {"large", 10}}},
    {"contract_kind",
     5,
     {{"transfer", 20},
      {"licence", 15},
      {"develop", 30},
      {"consult", 15},
      {"service", 20}}},
    {"place",
     8,
     {{"Yuhang", 13},
      {"Xihu", 13},
      {"Binjiang", 12},
      {"Xiaoshan", 12},
      {"Fuyang", 13},
      {"Linan", 12},
      {"Tonglu", 13},
      {"Chunan", 12}}},
    {"class", 4, {{"A", 30}, {"B", 40}, {"C", 20}, {"D", 10}}}};

/* A number's name, type, unit in a cell, and how many of the column's own units
 * (fen, billionths) one of it is. */
static const struct {
    const char *name, *type, *unit;
    FieldType kind;
    long long scale;
} numbers[NUMBERS] = {{"amount", "money", "000", TYPE_MONEY, 100000},
                      {"research", "ratio", "%", TYPE_RATIO, RATIO_ONE / 100},
                      {"staff", "count", "", TYPE_COUNT, 1},
                      {"years", "count", "", TYPE_COUNT, 1}};

static uint64_t state;

static double draw(void) /* (0, 1) */
{
    return ((double)(bench_draw(&state) >> 11) + 0.5) * 0x1p-53;
}

static void stop(const char *what, const Faults *faults, const Err *err)
{
    if (faults != NULL)
        faults_print(faults, stderr);
    fprintf(stderr, "%s: %s\n", what, err->text);
    exit(1);
}

/* Text that grows in place. */
typedef struct {
    char bytes[TEXT];
    size_t n;
} Text;

#define PUT(t, ...)                                                            \
    ((t)->n +=                                                                 \
     (size_t)snprintf((t)->bytes + (t)->n, TEXT - (t)->n, __VA_ARGS__))

static void put_words(Text *t, size_t k, unsigned set, const char *quote)
{
    const char *between = "";
    for (size_t w = 0; w < words[k].n; w++)
        if (set >> w & 1) {
            PUT(t, "%s%s%s%s", between, quote, words[k].of[w].word, quote);
            between = ", ";
        }
}

static void put_range(Text *t, size_t k, long long low, long long high)
{
    const char *unit = numbers[k].unit;
    if (low == ANY && high == ANY)
        PUT(t, "-");
    else if (high == ANY)
        PUT(t, ">= %lld%s", low, unit);
    else
        PUT(t, "[%lld%s..%lld%s)", low, unit, high, unit);
}

static void put_rule(Text *t, size_t i)
{
    const Rule *r = &rules[i];
    PUT(t, "%s\n{ id = \"R%zu\"; when = ( ", i > 0 ? "," : "", i);
    for (size_t k = 0; k < WORDS; k++) {
        PUT(t, "\"%s", r->words[k] == 0 ? "-" : "");
        put_words(t, k, r->words[k], "\\\"");
        PUT(t, "\", ");
    }
    for (size_t k = 0; k < NUMBERS; k++) {
        PUT(t, "\"");
        put_range(t, k, r->low[k], r->high[k]);
        PUT(t, "\"%s", k + 1 < NUMBERS ? ", " : "");
    }
    PUT(t, " ); then = ( \"%zu\" ); }", i);
}

static void put_policy(Text *t)
{
    PUT(t, "policy = { id = \"bench\"; kind = \"eligibility\"; };\ninputs = (");
    for (size_t k = 0; k < WORDS; k++)
        PUT(t, " { name = \"%s\"; type = \"category\"; },", words[k].name);
    for (size_t k = 0; k < NUMBERS; k++)
        PUT(t, " { name = \"%s\"; type = \"%s\"; }%s", numbers[k].name,
            numbers[k].type, k + 1 < NUMBERS ? "," : "");
    PUT(t,
        " );\ndecisions = ( { name = \"table\"; hit = \"FIRST\"; cite = "
        "\"c\"; outputs = ( \"hit\" ); inputs = (");
    for (size_t k = 0; k < WORDS; k++)
        PUT(t, " \"%s\",", words[k].name);
    for (size_t k = 0; k < NUMBERS; k++)
        PUT(t, " \"%s\"%s", numbers[k].name, k + 1 < NUMBERS ? "," : "");
    PUT(t, " ); rules = (");
    for (size_t i = 0; i < RULES; i++)
        put_rule(t, i);
    PUT(t,
        " ); } );\noutputs = ( \"hit\" );\nexamples = ( { id = \"X\"; of = "
        "( \"table\" ); given = ( ); gives = ( \"hit = 29\" ); } );\n");
}

static void put_case(Text *t)
{
    PUT(t, "SELECT CASE");
    for (size_t i = 0; i < RULES; i++) {
        const Rule *r = &rules[i];
        PUT(t, " WHEN 1");
        for (size_t k = 0; k < WORDS; k++)
            if (r->words[k] != 0) {
                PUT(t, " AND %s IN (", words[k].name);
                put_words(t, k, r->words[k], "'");
                PUT(t, ")");
            }
        for (size_t k = 0; k < NUMBERS; k++) {
            if (r->low[k] != ANY)
                PUT(t, " AND %s >= %lld", numbers[k].name,
                    r->low[k] * numbers[k].scale);
            if (r->high[k] != ANY)
                PUT(t, " AND %s < %lld", numbers[k].name,
                    r->high[k] * numbers[k].scale);
        }
        PUT(t, " THEN %zu", i);
    }
    PUT(t, " END FROM contracts");
}

static size_t draw_word(size_t k)
{
    int at = (int)(100 * draw());
    size_t w = 0;
    while (w + 1 < words[k].n && (at -= words[k].of[w].share) >= 0)
        w++;
    return w;
}

static int64_t draw_number(size_t k)
{
    switch (k) {
    case 0:
        return 100 * (int64_t)exp(log(5e3) + draw() * log(2e7 / 5e3));
    case 1: /* gamma of shape 2 and scale 2.5: a sum of two exponentials */
        return (int64_t)(-25 * log(draw() * draw())) * (RATIO_ONE / 1000);
    case 2:
        return (int64_t)exp(draw() * log(1500));
    default:
        return (int64_t)(30 * draw());
    }
}

static Table *contracts_of(Arena *arena, Texts *texts)
{
    Table *t;
    Column *c;
    Err err = {0};
    Tables *tables = tables_new(arena);
    const char *interned[8];
    state = 20240607;
    tables->texts = texts;
    if (table_new(&t, tables, "contracts", ROWS, &err) != OK)
        stop("contracts", NULL, &err);
    for (size_t k = 0; k < WORDS; k++) {
        for (size_t w = 0; w < words[k].n; w++)
            interned[w] = texts_put(texts, words[k].of[w].word,
                                    strlen(words[k].of[w].word));
        if (table_add(&c, t, words[k].name, TYPE_CATEGORY, "", &err) != OK)
            stop(words[k].name, NULL, &err);
        for (size_t i = 0; i < ROWS; i++)
            c->s[i] = interned[draw_word(k)];
    }
    for (size_t k = 0; k < NUMBERS; k++) {
        if (table_add(&c, t, numbers[k].name, numbers[k].kind, "", &err) != OK)
            stop(numbers[k].name, NULL, &err);
        for (size_t i = 0; i < ROWS; i++)
            c->i[i] = draw_number(k);
    }
    return t;
}

/* The policy, and the milliseconds its reading took: of the text, then of the
 * rules with all their checks; the best of ROUNDS. */
static Policy *load(Arena *arena, Texts *texts, const Text *text, double ms[2])
{
    Policy *policy = NULL;
    ms[0] = ms[1] = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        Err err = {0};
        Source source;
        const Doc *root;
        Faults *faults = faults_new(arena);
        double t0 = bench_cpu();
        if (source_of(&source, "bench", text->bytes, text->n, &err) != OK ||
            doc_read(&root, arena, source, faults, &err) != OK)
            stop("bench", faults, &err);
        double t1 = bench_cpu();
        if (policy_read(&policy, arena, texts, root, faults, &err) != OK)
            stop("bench", faults, &err);
        double t2 = bench_cpu();
        ms[0] = fmin(ms[0], (t1 - t0) * 1e3);
        ms[1] = fmin(ms[1], (t2 - t1) * 1e3);
    }
    return policy;
}

typedef ErrCode Judge(Table *, const Policy *, Date, Err *);

/* Seconds a row.  Each round gives its memory to the next, so that no page is
 * new to the machine; the last stays. */
static double judge_seconds(Arena **arena, Table **t, const Policy *policy,
                            Texts *texts, Judge *judge)
{
    double best = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        Err err = {0};
        arena_free(*arena);
        *arena = arena_new();
        *t = contracts_of(*arena, texts);
        double start = bench_cpu();
        if (judge(*t, policy, (Date){19000}, &err) != OK)
            stop("judge", NULL, &err);
        best = fmin(best, bench_cpu() - start);
    }
    return best / ROWS;
}

static void must(int rc, sqlite3 *db)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return;
    fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static void fill(sqlite3 *db, const Table *t)
{
    sqlite3_stmt *st;
    must(sqlite3_exec(db,
                      "CREATE TABLE contracts(firm_kind TEXT, contract_kind "
                      "TEXT, place TEXT, class TEXT, amount INT, research INT, "
                      "staff INT, years INT); BEGIN",
                      NULL, NULL, NULL),
         db);
    must(sqlite3_prepare_v2(db, "INSERT INTO contracts VALUES(?,?,?,?,?,?,?,?)",
                            -1, &st, NULL),
         db);
    for (size_t i = 0; i < SQL_ROWS; i++) {
        for (int k = 0; k < WORDS; k++)
            sqlite3_bind_text(st, k + 1, t->columns[k]->s[i], -1,
                              SQLITE_STATIC);
        for (int k = 0; k < NUMBERS; k++)
            sqlite3_bind_int64(st, WORDS + k + 1, t->columns[WORDS + k]->i[i]);
        must(sqlite3_step(st), db);
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), db);
}

/* Seconds a row, and the rows in which SQLite says another rule. */
static double case_seconds(const Table *t, long *differ)
{
    static Text sql;
    sqlite3 *db;
    sqlite3_stmt *st;
    const Column *hit = table_find(t, "hit");
    double best = 1e9;
    put_case(&sql);
    must(sqlite3_open(":memory:", &db), db);
    fill(db, t);
    must(sqlite3_prepare_v2(db, sql.bytes, -1, &st, NULL), db);
    for (int round = 0; round < ROUNDS; round++) {
        *differ = 0;
        double start = bench_cpu();
        for (size_t i = 0; sqlite3_step(st) == SQLITE_ROW; i++)
            *differ += sqlite3_column_double(st, 0) != hit->d[i];
        best = fmin(best, bench_cpu() - start);
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return best / SQL_ROWS;
}

static void tell_rows(const Table *t)
{
    const Column *hit = table_find(t, "hit");
    double depth = 0, last = 0;
    for (size_t i = 0; i < ROWS; i++) {
        depth += hit->d[i] + 1;
        last += hit->d[i] == RULES - 1;
    }
    printf(
        "%d rules, %d rows: the rule that holds is number %.1f in the mean, "
        "the last in %.1f%% of rows\n",
        RULES, ROWS, depth / ROWS, 100 * last / ROWS);
}

int main(void)
{
    static Text text;
    Arena *arena = arena_new(), *rows = NULL;
    Texts *texts = texts_new(arena);
    Table *t;
    double ms[2];
    long differ;
    put_policy(&text);
    const Policy *policy = load(arena, texts, &text, ms);
    double traced = judge_seconds(&rows, &t, policy, texts, policy_apply);
    double plain = judge_seconds(&rows, &t, policy, texts, policy_outputs);
    double sql = case_seconds(t, &differ);
    tell_rows(t);
    printf("reading the text %.1f ms; rules and analysis %.1f ms\n", ms[0],
           ms[1]);
    printf(
        "one rule a row: %.1f M rows/s, %.1f times SQLite's CASE at %.2f M "
        "rows/s; %ld differ\n",
        1e-6 / plain, sql / plain, 1e-6 / sql, differ);
    printf("with trace: %.1f M rows/s, %.2f times the time\n", 1e-6 / traced,
           traced / plain);
    arena_free(rows);
    arena_free(arena);
    return EXIT_SUCCESS;
}
