/* Applications a second from CSV through rules, score and limit into the
 * ledger, beside the least that has to be done: the same file read line by
 * line and its rows put into SQLite, nothing judged, nothing hashed. */
#include "bench.h"

#include "flow/engine.h"

#include <sqlite3.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COPIES = 334 }; /* of the 3,000 bundled applications */

static const char bundled[] = "datasets/applications.csv";
static char folder[] = "build/benchXXXXXX", csv[64], db[64], plain[64];

static char *whole_file(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    if (f == NULL)
        return NULL;
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    if (size > 0 && (bytes = malloc((size_t)size + 1)) != NULL &&
        fread(bytes, 1, (size_t)size, f) == (size_t)size)
        *n = (size_t)size;
    if (bytes != NULL)
        bytes[size] = '\0';
    fclose(f);
    return bytes;
}

/* The bundled rows again and again, each with a number of its own in front of
 * the application_id, which is the first column.  Returns rows. */
static size_t multiply(void)
{
    size_t n = 0, rows = 0;
    char *bytes = whole_file(bundled, &n);
    FILE *to = fopen(csv, "wb");
    if (bytes == NULL || to == NULL)
        exit(EXIT_FAILURE);
    char *body = strchr(bytes, '\n') + 1;
    fwrite(bytes, 1, (size_t)(body - bytes), to);
    for (int copy = 0; copy < COPIES; copy++)
        for (char *line = body, *end; line < bytes + n; line = end) {
            end = strchr(line, '\n');
            end = end == NULL ? bytes + n : end + 1;
            fprintf(to, "%d-", copy);
            fwrite(line, 1, (size_t)(end - line), to);
            rows++;
        }
    fclose(to);
    free(bytes);
    return rows;
}

/* The baseline: getline, the first two cells, one insert a row. */
static double put_plain(void)
{
    double start = bench_wall();
    sqlite3 *to = NULL;
    sqlite3_stmt *st = NULL;
    char *line = NULL;
    size_t room = 0;
    FILE *f = fopen(csv, "rb");
    if (f == NULL || sqlite3_open(plain, &to) != SQLITE_OK)
        exit(EXIT_FAILURE);
    sqlite3_exec(to,
                 "PRAGMA page_size=16384; PRAGMA journal_mode=WAL;"
                 "PRAGMA synchronous=FULL; CREATE TABLE d(id TEXT, line TEXT)"
                 " STRICT; BEGIN",
                 NULL, NULL, NULL);
    sqlite3_prepare_v2(to, "INSERT INTO d VALUES(?1, ?2)", -1, &st, NULL);
    for (ssize_t n; (n = getline(&line, &room, f)) > 0;) {
        int id = (int)strcspn(line, ",");
        sqlite3_bind_text(st, 1, line, id, SQLITE_STATIC);
        sqlite3_bind_text(st, 2, line, (int)n, SQLITE_STATIC);
        sqlite3_step(st);
        sqlite3_reset(st);
    }
    sqlite3_exec(to, "COMMIT", NULL, NULL, NULL);
    sqlite3_finalize(st);
    sqlite3_close(to);
    fclose(f);
    free(line);
    return bench_wall() - start;
}

static double assess(BenchStages *stages, Err *err)
{
    const EngineOption options[] = {
        {"applications", csv},
        {"rules", "rules/credit"},
        {"ip-rights", "datasets/ip_rights.csv"},
        {"value-rules", "rules/value/ip-income.cfg"},
        {"as-of", "2025-12-31"},
        {"ledger", db},
    };
    FILE *nowhere = fopen("/dev/null", "w");
    const EngineUser user = {
        .out = nowhere, .notes = stderr, .progress = bench_stage, .to = stages};
    size_t rejected;
    double start = bench_wall();
    ErrCode rc = engine_run(&rejected, "assess", options,
                            sizeof options / sizeof *options, &user, err);
    double took = bench_wall() - start;
    bench_stage(stages, "", 1);
    fclose(nowhere);
    return rc == OK ? took : -1;
}

static void clean_up(void)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    char path[80];
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", db, ends[i]);
        unlink(path);
        snprintf(path, sizeof path, "%s%s", plain, ends[i]);
        unlink(path);
    }
    unlink(csv);
    rmdir(folder);
}

int main(void)
{
    Err err = {0};
    BenchStages stages = {.n = 0};
    if (mkdtemp(folder) == NULL)
        return EXIT_FAILURE;
    snprintf(csv, sizeof csv, "%s/a.csv", folder);
    snprintf(db, sizeof db, "%s/a.db", folder);
    snprintf(plain, sizeof plain, "%s/plain.db", folder);
    size_t rows = multiply();
    double before = bench_cpu(), base = put_plain(), base_cpu = bench_cpu(),
           took = assess(&stages, &err), cpu = bench_cpu() - base_cpu;
    base_cpu -= before;
    double peak = bench_peak_mib();
    clean_up();
    if (took < 0) {
        fprintf(stderr, "%s\n", err.text);
        return EXIT_SUCCESS; /* a benchmark fails no build */
    }
    printf(
        "assess: %zu applications in %.2f s (%.2f s of CPU), %.0f a second,"
        " peak %.0f MiB\n"
        "  getline into SQLite, nothing judged: %.0f a second (%.2f s of CPU);"
        " ratio %.2f, of CPU %.2f\n",
        rows, took, cpu, (double)rows / took, peak, (double)rows / base,
        base_cpu, base / took, base_cpu / cpu);
    bench_print(&stages);
    return EXIT_SUCCESS;
}
