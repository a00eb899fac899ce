/* Rows a second of rules, one thread, seconds of processor: a random FIRST
 * table of 30 rules over 8 inputs beside SQLite's CASE on the same rows, one of
 * 3,700 rules, and a whole rule file; what looking a table over takes.
 * bench_table.c has a table as people write it.
 *
 * Timed on our side: policy_outputs() from columns in memory to the new column
 * `hit`, its memory included; with trace: policy_apply(), which adds eligible,
 * reasons, missing and trace; the bare table: the program alone, block by block
 * into one block, nothing written.  On SQLite's: stepping through SELECT CASE
 * over an in-memory table, which is filled and prepared before, and reading
 * each answer. */
#include "bench.h"

#include "policy/frame.h"
#include "policy/inside.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 1000000, SQL_ROWS = 100000, TEXT = 1 << 22 };

static uint64_t state = 20240301;

static uint64_t draw(uint64_t n)
{
    return bench_draw(&state) % n;
}

typedef struct {
    Arena *arena, *rows; /* rows: of the last table */
    Texts *texts;
    Tables *tables;
    Policy *policy;
} Run;

static const char *const words[4][4] = {
    {"micro", "small", "medium", "large"},
    {"transfer", "licence", "development", "service"},
    {"c1", "c2", "c3", "c4"},
    {"A", "B", "C", "D"}};
static const char *const categories[4] = {"size", "kind", "county",
                                          "tax_credit_grade"};
static const char *const numbers[4] = {"amount", "rd_expense", "employees",
                                       "term_months"};

static void stop(const char *what, const Faults *faults, const Err *err)
{
    if (faults != NULL)
        faults_print(faults, stderr);
    fprintf(stderr, "%s: %s\n", what, err->text);
    exit(1);
}

static Run load(const char *text)
{
    Run r = {.arena = arena_new()};
    Err err = {0};
    Source source;
    const Doc *root;
    r.texts = texts_new(r.arena);
    Faults *faults = faults_new(r.arena);
    if (source_of(&source, "bench", text, strlen(text), &err) != OK ||
        doc_read(&root, r.arena, source, faults, &err) != OK ||
        policy_read(&r.policy, r.arena, r.texts, root, faults, &err) != OK)
        stop("bench", faults, &err);
    return r;
}

static void free_run(Run *r)
{
    arena_free(r->rows);
    arena_free(r->arena);
}

static const char head[] =
    "policy = { id = \"bench\"; kind = \"eligibility\"; };\n"
    "inputs = ( { name = \"amount\"; }, { name = \"rd_expense\"; },"
    " { name = \"employees\"; }, { name = \"term_months\"; },"
    " { name = \"revenue\"; }, { name = \"rd_staff\"; },"
    " { name = \"total_cost\"; }, { name = \"total_assets\"; },"
    " { name = \"total_liabilities\"; }, { name = \"revenue_prev\"; },"
    " { name = \"size\"; type = \"category\"; },"
    " { name = \"kind\"; type = \"category\"; }, { name = \"county\"; },"
    " { name = \"tax_credit_grade\"; } );\n";

/* One random rule: words of one or two columns, a range of one number. */
typedef struct {
    int word[4];             /* -1: any */
    int64_t low[4], high[4]; /* -1: open */
} Random;

static Random random_rule(int i, int n)
{
    Random r;
    for (int k = 0; k < 4; k++) {
        r.word[k] = draw(3) == 0 ? (int)draw(4) : -1;
        r.low[k] = draw(2) == 0 ? (int64_t)draw(500) * 2 : -1;
        r.high[k] = r.low[k] >= 0 && draw(2) == 0
                        ? r.low[k] + 1 + (int64_t)draw(500)
                        : -1;
    }
    if (i == n - 1)
        for (int k = 0; k < 4; k++)
            r.word[k] = (int)(r.low[k] = r.high[k] = -1);
    return r;
}

static size_t rule_text(char *out, size_t size, const Random *r, int i)
{
    size_t n = (size_t)snprintf(out, size, "%s{ id = \"R%d\"; when = ( ",
                                i ? ",\n" : "", i);
    for (int k = 0; k < 4; k++)
        n += r->word[k] < 0
                 ? (size_t)snprintf(out + n, size - n, "\"-\", ")
                 : (size_t)snprintf(out + n, size - n, "\"\\\"%s\\\"\", ",
                                    words[k][r->word[k]]);
    for (int k = 0; k < 4; k++) {
        const char *end = k < 3 ? ", " : " ); then = ( ";
        if (r->low[k] < 0)
            n += (size_t)snprintf(out + n, size - n, "\"-\"%s", end);
        else if (r->high[k] < 0)
            n += (size_t)snprintf(out + n, size - n, "\">= %lld\"%s",
                                  (long long)r->low[k], end);
        else
            n += (size_t)snprintf(out + n, size - n, "\"[%lld..%lld)\"%s",
                                  (long long)r->low[k], (long long)r->high[k],
                                  end);
    }
    return n + (size_t)snprintf(out + n, size - n, "\"%d\" ); }", i);
}

static void table_text(char *out, const Random rules[], int n)
{
    size_t at = (size_t)snprintf(
        out, TEXT,
        "%sdecisions = ( { name = \"table\"; hit = \"FIRST\"; cite = \"c\";"
        " inputs = ( \"size\", \"kind\", \"county\", \"tax_credit_grade\", "
        "\"amount\", \"rd_expense\", \"employees\", \"term_months\" );"
        " outputs = ( \"hit\" ); rules = ( ",
        head);
    for (int i = 0; i < n; i++)
        at += rule_text(out + at, TEXT - at, &rules[i], i);
    snprintf(out + at, TEXT - at,
             " ); } );\noutputs = ( \"hit\" );\n"
             "examples = ( { id = \"X\"; of = ( \"table\" ); given = ( ); "
             "gives = ( \"eligible = true\" ); } );\n");
}

static Column *add(Table *t, const char *name, FieldType type)
{
    Column *c;
    Err err = {0};
    if (table_add(&c, t, name, type, "", &err) != OK)
        stop(name, NULL, &err);
    return c;
}

static Table *rows_of(Run *r, size_t n)
{
    Table *t;
    Err err = {0};
    static const char *const money[] = {"revenue", "total_cost", "total_assets",
                                        "total_liabilities", "revenue_prev"};
    arena_free(r->rows); /* the next has its memory: no page is new */
    r->rows = arena_new();
    r->tables = tables_new(r->rows);
    r->tables->texts = r->texts;
    if (table_new(&t, r->tables, "rows", n, &err) != OK)
        stop("rows", NULL, &err);
    for (int k = 0; k < 4; k++) {
        Column *c = add(t, categories[k], TYPE_CATEGORY);
        for (size_t i = 0; i < n; i++) {
            const char *w = words[k][draw(4)];
            c->s[i] = texts_put(r->texts, w, strlen(w));
        }
    }
    for (int k = 0; k < 4; k++) {
        Column *c = add(t, numbers[k], k < 2 ? TYPE_MONEY : TYPE_COUNT);
        for (size_t i = 0; i < n; i++)
            c->i[i] = (int64_t)draw(k < 2 ? 120000 : 1200);
    }
    for (int k = 0; k < 5; k++) {
        Column *c = add(t, money[k], TYPE_MONEY);
        for (size_t i = 0; i < n; i++)
            c->i[i] = (int64_t)draw(2000000000) + 1;
    }
    Column *staff = add(t, "rd_staff", TYPE_COUNT);
    for (size_t i = 0; i < n; i++)
        staff->i[i] = (int64_t)draw(300);
    return t;
}

typedef ErrCode Judge(Table *, const Policy *, Date, Err *);

/* Seconds of one pass over the rows; the best of five. */
static double apply_seconds(Run *r, size_t n, Judge *judge, Table **kept)
{
    double best = 1e9;
    for (int pass = 0; pass < 5; pass++) {
        state = 7;
        Table *t = rows_of(r, n);
        Err err = {0};
        double start = bench_cpu();
        if (judge(t, r->policy, (Date){19000}, &err) != OK)
            stop("apply", NULL, &err);
        double took = bench_cpu() - start;
        best = took < best ? took : best;
        *kept = t;
    }
    return best;
}

/* The program alone on whole blocks of rows. */
static double bare_seconds(const Run *r, const Table *t)
{
    const Program *p = r->policy->eras[0].program;
    Arena *arena = arena_new();
    void **at = code_frame(&p->code, arena, BLOCK_ROWS);
    double best = 1e9;
    for (int pass = 0; pass < 5; pass++) {
        double start = bench_cpu();
        for (size_t i = 0; i + BLOCK_ROWS <= t->rows; i += BLOCK_ROWS) {
            for (size_t k = 0; k < p->n_inputs; k++) {
                const Symbol *s = p->inputs[k];
                at[s->raw] = frame_view(s->unit, table_find(t, s->name), i);
            }
            code_run(&p->code, at, BLOCK_ROWS);
        }
        double took = bench_cpu() - start;
        best = took < best ? took : best;
    }
    arena_free(arena);
    return best;
}

static void case_text(char *sql, const Random rules[], int n)
{
    size_t at = (size_t)snprintf(sql, TEXT, "SELECT CASE");
    for (int i = 0; i < n; i++) {
        at += (size_t)snprintf(sql + at, TEXT - at, " WHEN 1");
        for (int k = 0; k < 4; k++) {
            if (rules[i].word[k] >= 0)
                at +=
                    (size_t)snprintf(sql + at, TEXT - at, " AND %s='%s'",
                                     categories[k], words[k][rules[i].word[k]]);
            long long fen = k < 2 ? 100 : 1;
            if (rules[i].low[k] >= 0)
                at += (size_t)snprintf(sql + at, TEXT - at, " AND %s>=%lld",
                                       numbers[k],
                                       (long long)rules[i].low[k] * fen);
            if (rules[i].high[k] >= 0)
                at += (size_t)snprintf(sql + at, TEXT - at, " AND %s<%lld",
                                       numbers[k],
                                       (long long)rules[i].high[k] * fen);
        }
        at += (size_t)snprintf(sql + at, TEXT - at, " THEN %d", i);
    }
    snprintf(sql + at, TEXT - at, " END FROM rows");
}

static void must(int rc, sqlite3 *db)
{
    if (rc == SQLITE_OK || rc == SQLITE_DONE || rc == SQLITE_ROW)
        return;
    fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(db));
    exit(1);
}

/* The same rows in SQLite: seconds of the CASE, and its answers counted
 * against ours. */
static double case_seconds(const Table *t, const Random rules[], int n,
                           long *differ)
{
    static char sql[TEXT];
    sqlite3 *db;
    sqlite3_stmt *st;
    const Column *hit = table_find(t, "hit");
    must(sqlite3_open(":memory:", &db), db);
    must(sqlite3_exec(db,
                      "CREATE TABLE rows(size TEXT, kind TEXT, county TEXT,"
                      " tax_credit_grade TEXT, amount INT, rd_expense INT,"
                      " employees INT, term_months INT); BEGIN",
                      NULL, NULL, NULL),
         db);
    must(sqlite3_prepare_v2(db, "INSERT INTO rows VALUES(?,?,?,?,?,?,?,?)", -1,
                            &st, NULL),
         db);
    for (size_t i = 0; i < SQL_ROWS; i++) {
        for (int k = 0; k < 4; k++) {
            sqlite3_bind_text(st, k + 1, table_find(t, categories[k])->s[i], -1,
                              SQLITE_STATIC);
            sqlite3_bind_int64(st, k + 5, table_find(t, numbers[k])->i[i]);
        }
        must(sqlite3_step(st), db);
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), db);
    case_text(sql, rules, n);
    must(sqlite3_prepare_v2(db, sql, -1, &st, NULL), db);
    double best = 1e9;
    for (int pass = 0; pass < 3; pass++) {
        *differ = 0;
        double start = bench_cpu();
        for (size_t i = 0; sqlite3_step(st) == SQLITE_ROW; i++)
            *differ += sqlite3_column_double(st, 0) != hit->d[i];
        best = bench_cpu() - start < best ? bench_cpu() - start : best;
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    sqlite3_close(db);
    return best;
}

static void bench_table(int n, size_t rows, int with_sql)
{
    static char text[TEXT];
    static Random rules[4000];
    Table *t;
    long differ;
    state = 42;
    for (int i = 0; i < n; i++)
        rules[i] = random_rule(i, n);
    table_text(text, rules, n);
    double start = bench_cpu();
    Run r = load(text);
    double loaded = bench_cpu() - start;
    double traced = apply_seconds(&r, rows, policy_apply, &t);
    double took = apply_seconds(&r, rows, policy_outputs, &t);
    double bare = bare_seconds(&r, t);
    printf(
        "table of %4d rules: %.1f M rows/s, %.1f ns a row; with trace %.1f "
        "M rows/s (%.2f times); bare table %.1f M rows/s; load and analysis "
        "%.1f ms\n",
        n, (double)rows / took / 1e6, took / (double)rows * 1e9,
        (double)rows / traced / 1e6, traced / took, (double)rows / bare / 1e6,
        loaded * 1e3);
    if (with_sql) {
        double sql = case_seconds(t, rules, n, &differ) / SQL_ROWS;
        printf(
            "  SQLite CASE: %.2f M rows/s; ratio %.1f, with trace %.1f, bare "
            "table %.1f; %ld differ\n",
            1e-6 / sql, sql / (took / (double)rows),
            sql / (traced / (double)rows), sql / (bare / (double)rows), differ);
    }
    free_run(&r);
}

static void bench_file(void)
{
    static char text[TEXT];
    Table *t;
    size_t at = (size_t)snprintf(text, TEXT, "%sfacts = (", head);
    static const char *const facts[] = {
        "rd_staff / employees",       "rd_expense / revenue",
        "rd_expense / total_cost",    "total_liabilities / total_assets",
        "revenue / revenue_prev - 1", "0.3 * amount",
        "amount + rd_expense",        "min(amount, 500.00)",
        "revenue / employees",        "term_months / 12"};
    for (int i = 0; i < 10; i++)
        at += (size_t)snprintf(text + at, TEXT - at,
                               "%s{ name = \"f%d\"; expr = \"%s\"; cite = "
                               "\"c\"; }",
                               i ? ", " : "", i, facts[i]);
    at += (size_t)snprintf(text + at, TEXT - at, ");\neligibility = (");
    static const char *const requires[] = {
        "employees <= 500", "revenue <= 2亿", "total_assets <= 2亿",
        "f3 <= 70%",        "f4 >= 5%",       "tax_credit_grade != \\\"D\\\"",
        "f5 <= f6",         "f8 > 100.00"};
    for (int i = 0; i < 8; i++)
        at += (size_t)snprintf(text + at, TEXT - at,
                               "%s{ id = \"E%d\"; require = \"%s\"; cite = "
                               "\"c\"; }",
                               i ? ", " : "", i, requires[i]);
    at += (size_t)snprintf(text + at, TEXT - at,
                           ");\nscorecards = ( { name = \"score\"; "
                           "cite = \"c\"; attributes = (");
    for (int i = 0; i < 6; i++)
        at += (size_t)snprintf(
            text + at, TEXT - at,
            "%s{ id = \"S%d\"; on = \"f%d\"; bands = ( { from = \"%s\"; points "
            "= \"20\"; }, { from = \"%s\"; points = \"12.5\"; }, { from = "
            "\"%s\"; points = \"6\"; }, { otherwise = \"yes\"; points = "
            "\"0\"; } ); }",
            i ? ", " : "", i, i, i == 5 ? "300.00" : "30%",
            i == 5 ? "200.00" : "20%", i == 5 ? "100.00" : "10%");
    snprintf(
        text + at, TEXT - at,
        "); } );\ndecisions = ( { name = \"g\"; hit = \"FIRST\"; cite = "
        "\"c\"; inputs = ( \"score\" ); outputs = ( \"grade\" ); rules = ("
        " { when = ( \">= 70\" ); then = ( \"\\\"A\\\"\" ); },"
        " { when = ( \">= 40\" ); then = ( \"\\\"B\\\"\" ); } ); default "
        "= ( \"\\\"C\\\"\" ); },\n"
        "{ name = \"l\"; hit = \"UNIQUE\"; cite = \"c\"; inputs = ( "
        "\"grade\", \"f9\" ); outputs = ( \"cap\" ); rules = ("
        " { when = ( \"\\\"A\\\"\", \"< 3\" ); then = ( \"1000万\" ); },"
        " { when = ( \"\\\"A\\\"\", \">= 3\" ); then = ( \"500万\" ); },"
        " { when = ( \"not(\\\"A\\\")\", \"-\" ); then = ( \"f7\" ); } ); }"
        " );\noutputs = ( \"score\", \"grade\", \"cap\" );\n"
        "examples = ( { id = \"X\"; of = ( \"g\" ); given = ( ); gives = ("
        " \"grade = \\\"C\\\"\" ); } );\n");
    Run r = load(text);
    double took = apply_seconds(&r, ROWS, policy_apply, &t);
    printf(
        "rule file (10 facts, 8 rows, 6 attributes, 2 tables): %.3f us a "
        "row\n",
        took / ROWS * 1e6);
    free_run(&r);
}

int main(void)
{
    bench_table(30, ROWS, 1);
    bench_table(3700, ROWS, 0);
    bench_file();
    return 0;
}
