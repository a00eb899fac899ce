/* Applications a second from CSV through rules, score and limit into the
 * ledger, beside the least that has to be done: the same file read line by
 * line and its rows put into SQLite, nothing judged, nothing hashed. */
#include "flow/engine.h"

#include <sqlite3.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { COPIES = 334 }; /* of the 3,000 bundled applications */

static const char bundled[] = "datasets/applications.csv";
static char folder[] = "build/benchXXXXXX", csv[64], db[64], plain[64];

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Of all threads, in the program and in the system for it. */
static double cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

/* Stages as the engine tells of them; each lasts until the next one. */
typedef struct {
    const char *name;
    double at, cpu; /* the clocks when it began */
} Stage;

typedef struct {
    Stage items[8];
    size_t n;
} Stages;

static int note_stage(void *to, const char *stage, double part)
{
    Stages *s = to;
    (void)part;
    if (s->n < 7 && (s->n == 0 || strcmp(s->items[s->n - 1].name, stage) != 0))
        s->items[s->n++] = (Stage){stage, seconds(), cpu_seconds()};
    return 0;
}

static void print_stages(const Stages *s)
{
    for (size_t i = 0; i + 1 < s->n; i++) {
        const Stage *from = &s->items[i], *to = from + 1;
        printf("  %-7s %5.2f s, %5.2f s of CPU\n", from->name,
               to->at - from->at, to->cpu - from->cpu);
    }
}

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
    double start = seconds();
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
    return seconds() - start;
}

static double assess(Stages *stages, Err *err)
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
        .out = nowhere, .notes = stderr, .progress = note_stage, .to = stages};
    size_t rejected;
    double start = seconds();
    ErrCode rc = engine_run(&rejected, "assess", options,
                            sizeof options / sizeof *options, &user, err);
    double took = seconds() - start;
    note_stage(stages, "", 1);
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
    struct rusage used;
    Stages stages = {.n = 0};
    if (mkdtemp(folder) == NULL)
        return EXIT_FAILURE;
    snprintf(csv, sizeof csv, "%s/a.csv", folder);
    snprintf(db, sizeof db, "%s/a.db", folder);
    snprintf(plain, sizeof plain, "%s/plain.db", folder);
    size_t rows = multiply();
    double before = cpu_seconds(), base = put_plain(), base_cpu = cpu_seconds(),
           took = assess(&stages, &err), cpu = cpu_seconds() - base_cpu;
    base_cpu -= before;
    getrusage(RUSAGE_SELF, &used);
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
        rows, took, cpu, (double)rows / took, (double)used.ru_maxrss / 1024,
        (double)rows / base, base_cpu, base / took, base_cpu / cpu);
    print_stages(&stages);
    return EXIT_SUCCESS;
}
