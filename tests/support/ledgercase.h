/* ledgercase.h - a ledger in a folder of its own, and runs to put in. */
#ifndef TESTS_LEDGERCASE_H
#define TESTS_LEDGERCASE_H

#include "check.h"
#include "store/ledger.h"

#include <sqlite3.h>

#include <stdlib.h>
#include <unistd.h>

enum { N = 2500, BIG = 2500000 }; /* links of 1,024, 1,024, 452 rows; 3 parts */

typedef struct {
    char folder[32], path[48];
    Ledger *ledger;
    Arena *arena;
} Case;

static LedgerRow rows[N];
static char big[BIG];
static LedgerFile files[2];
static const LedgerResult results[] = {{"summary", "{\n}\n"},
                                       {"total", "科担 2385.00"}};

/* Fill the four; once, before the tests. */
static inline void case_fill(void)
{
    static char keys[N][16];
    for (int i = 0; i < N; i++) {
        snprintf(keys[i], sizeof keys[i], "L%05d", i);
        rows[i] = (LedgerRow){keys[i], i % 3 ? "approve" : "decline",
                              INT64_C(238517) * i - 4711, (uint32_t)i + 2,
                              "IPG-2024/4.2 E1"};
    }
    for (size_t i = 0; i < BIG; i++)
        big[i] = (char)(i * 2654435761u >> 13);
    files[0].role = "applications";
    files[1].role = "rules";
    if (source_of(&files[0].source, "a.csv", big, BIG, NULL) != OK ||
        source_of(&files[1].source, "ip.cfg", "policy = {};\n", 13, NULL) != OK)
        abort();
}

static inline LedgerRun run_of(size_t n)
{
    return (LedgerRun){.command = "assess",
                       .version = "0.1.0",
                       .options = "as-of=2024-03-01\n",
                       .seed = UINT64_C(0xfedcba9876543210),
                       .started = 1709251200,
                       .files = files,
                       .nfiles = COUNT(files),
                       .results = results,
                       .nresults = COUNT(results),
                       .rows = rows,
                       .nrows = n};
}

static inline int case_set_up(void **state)
{
    static Case c;
    c = (Case){.folder = "build/ledgerXXXXXX", .arena = arena_new()};
    if (c.arena == NULL || mkdtemp(c.folder) == NULL)
        return -1;
    snprintf(c.path, sizeof c.path, "%s/a.db", c.folder);
    *state = &c;
    return ledger_open(&c.ledger, c.path, LEDGER_WRITE, NULL) == OK ? 0 : -1;
}

/* Remove the file and those beside it; a program that is killed while it makes
 * the file leaves a -journal. */
static inline void case_remove(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char beside[128];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(beside, sizeof beside, "%.100s%s", path, endings[i]);
        unlink(beside);
    }
}

static inline int case_tear_down(void **state)
{
    Case *c = *state;
    ledger_close(c->ledger);
    arena_free(c->arena);
    case_remove(c->path);
    return rmdir(c->folder);
}

static inline int64_t append(Ledger *ledger, LedgerRun run)
{
    int64_t number = 0;
    Err err = {0};
    if (ledger_append(&number, ledger, &run, &err) != OK)
        fail_msg("%s", err.text);
    return number;
}

/* What a stranger does to the file with a tool of his own. */
static inline void tamper(const Case *c, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    assert_int_equal(sqlite3_open(c->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

/* The number a query gives to that stranger. */
static inline int64_t number(const Case *c, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    assert_int_equal(sqlite3_open(c->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &st, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    int64_t got = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    sqlite3_close(db);
    return got;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, case_set_up, case_tear_down)

#endif
