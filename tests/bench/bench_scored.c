/* Rows a second from a CSV file through a fitted card into the ledger, score,
 * PD and four reasons each, beside SQLite's bare insert of the rows that the
 * ledger keeps of it; how it grows with rows and columns.
 *
 * Ours: `kedan model score` whole: the file read and hashed, numbers and words
 * found, every row scored, rows hashed and, with the file's own bytes, on the
 * disk when it returns.  Bare: the same keys, scores and reasons from memory,
 * one prepared statement, one transaction, on the same settings. */
#include "bench.h"

#include "flow/engine.h"
#include "store/ledger.h"

#include <sqlite3.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FIT_ROWS = 20000, PATH = 64 };

static char folder[] = "build/benchXXXXXX";
static char data[PATH], small[PATH], card[PATH], db[PATH], plain[PATH];

static BenchStages stages; /* of the last run */
static uint64_t state;

static uint64_t draw(uint64_t n)
{
    return bench_draw(&state) % n;
}

/* Columns x1, x2 ...: of five one of words, one of whole numbers and three with
 * four decimals, a cell of twenty empty; `bad` follows all of them a little. */
static void write_rows(const char *path, size_t rows, size_t columns)
{
    static const char *const words[] = {"C26", "I65", "C38", "C35", "M73"};
    FILE *to = fopen(path, "wb");
    if (to == NULL)
        exit(EXIT_FAILURE);
    state = 1;
    fputs("application_id", to);
    for (size_t k = 0; k < columns; k++)
        fprintf(to, ",x%zu", k + 1);
    fputs(",bad\n", to);
    for (size_t i = 0; i < rows; i++) {
        uint64_t sum = 0;
        fprintf(to, "A%07zu", i);
        for (size_t k = 0; k < columns; k++) {
            uint64_t x = draw(10000);
            sum += x;
            if (draw(20) == 0)
                putc(',', to);
            else if (k % 5 == 0)
                fprintf(to, ",%s", words[x / 2000]);
            else if (k % 5 == 1)
                fprintf(to, ",%u", (unsigned)x / 5);
            else
                fprintf(to, ",0.%04u", (unsigned)x);
        }
        fprintf(to, ",%d\n", draw(10000 * columns) > sum);
    }
    fclose(to);
}

static double run(const char *command, const EngineOption options[], size_t n)
{
    Err err = {0};
    FILE *nowhere = fopen("/dev/null", "w");
    const EngineUser user = {.out = nowhere,
                             .notes = nowhere,
                             .progress = bench_stage,
                             .to = &stages};
    size_t rejected;
    stages.n = 0;
    double start = bench_wall();
    ErrCode rc = engine_run(&rejected, command, options, n, &user, &err);
    double took = bench_wall() - start;
    bench_stage(&stages, "", 1);
    fclose(nowhere);
    if (rc != OK) {
        fprintf(stderr, "%s: %s\n", command, err.text);
        exit(EXIT_FAILURE);
    }
    return took;
}

static void fit(size_t columns)
{
    const EngineOption options[] = {{"data", small},
                                    {"target", "bad"},
                                    {"lambda", "0"},
                                    {"output", card},
                                    {"ledger", db}};
    write_rows(small, FIT_ROWS, columns);
    run("model fit", options, sizeof options / sizeof *options);
}

static void drop(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char name[PATH + 8];
    for (size_t i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

/* The rows of the run just made into a data base of their own. */
static double insert_bare(void)
{
    Ledger *ledger;
    LedgerRow *rows;
    Err err = {0};
    Arena *arena = arena_new();
    size_t n;
    int64_t last;
    sqlite3 *to = NULL;
    sqlite3_stmt *st = NULL;
    if (ledger_open(&ledger, db, LEDGER_READ, &err) != OK ||
        ledger_last(&last, ledger, &err) != OK ||
        ledger_rows(&rows, &n, arena, ledger, last, &err) != OK ||
        sqlite3_open(plain, &to) != SQLITE_OK)
        exit(EXIT_FAILURE);
    ledger_close(ledger);
    double start = bench_wall();
    sqlite3_exec(to,
                 "PRAGMA page_size=16384; PRAGMA journal_mode=WAL;"
                 "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
                 "CREATE TABLE scores(key TEXT, outcome TEXT, line INTEGER,"
                 " trace TEXT) STRICT; BEGIN",
                 NULL, NULL, NULL);
    sqlite3_prepare_v2(to, "INSERT INTO scores VALUES(?,?,?,?)", -1, &st, NULL);
    for (size_t i = 0; i < n; i++) {
        sqlite3_bind_text(st, 1, rows[i].key, -1, SQLITE_STATIC);
        sqlite3_bind_text(st, 2, rows[i].outcome, -1, SQLITE_STATIC);
        sqlite3_bind_int64(st, 3, rows[i].line);
        sqlite3_bind_text(st, 4, rows[i].trace, -1, SQLITE_STATIC);
        sqlite3_step(st);
        sqlite3_reset(st);
    }
    sqlite3_exec(to, "COMMIT", NULL, NULL, NULL);
    sqlite3_wal_checkpoint_v2(to, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    double took = bench_wall() - start;
    sqlite3_finalize(st);
    sqlite3_close(to);
    arena_free(arena);
    return took;
}

static void bench(size_t rows, size_t columns)
{
    const EngineOption options[] = {
        {"data", data}, {"card", card}, {"ledger", db}};
    fit(columns);
    write_rows(data, rows, columns);
    double before = bench_cpu(),
           took = run("model score", options, sizeof options / sizeof *options),
           cpu = bench_cpu() - before, bare = insert_bare();
    printf(
        "read, score, write, %7zu rows x %2zu: %.0f rows/s (%.2f s of CPU"
        " a million); bare insert %.0f rows/s; ratio %.2f\n",
        rows, columns, (double)rows / took, cpu / (double)rows * 1e6,
        (double)rows / bare, bare / took);
    bench_print(&stages);
    drop(db);
    drop(plain);
    unlink(data);
    unlink(small);
    unlink(card);
}

int main(void)
{
    if (mkdtemp(folder) == NULL)
        return EXIT_FAILURE;
    snprintf(data, PATH, "%s/rows.csv", folder);
    snprintf(small, PATH, "%s/small.csv", folder);
    snprintf(card, PATH, "%s/card.cfg", folder);
    snprintf(db, PATH, "%s/a.db", folder);
    snprintf(plain, PATH, "%s/plain.db", folder);
    bench(100000, 10);
    bench(1000000, 5);
    bench(1000000, 10);
    bench(1000000, 20);
    rmdir(folder);
    return EXIT_SUCCESS;
}
