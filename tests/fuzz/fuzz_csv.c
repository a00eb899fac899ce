/* Any bytes are read as any of the five files, or refused with faults; what was
 * read is written, read again and the same.  The first byte chooses the file
 * and whether good rows are kept. */
#include "data/csv.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int holds)
{
    if (!holds)
        abort();
}

static ErrCode read_bytes(Table **out, Arena *arena, const char *of,
                          const char *bytes, size_t n, int keep)
{
    Faults *faults = faults_new(arena);
    Tables *tables = tables_new(arena);
    size_t refused = 0;
    Err err = {0};
    check(faults != NULL && tables != NULL);
    FILE *rejects = keep ? tmpfile() : NULL;
    ErrCode rc = csv_read(
        out, &refused, tables,
        (Source){.name = "f.csv", .bytes = bytes, .n = n},
        (CsvOptions){.of = of, .keep_good_rows = keep, .rejects = rejects},
        faults, &err);
    if (rejects != NULL)
        fclose(rejects);
    check(rc == OK || (rc == ERR_INPUT && err.text[0] != '\0'));
    check(rc != OK || faults_count(faults) == 0);
    check(rc == OK || keep || faults_count(faults) > 0);
    for (size_t i = 0; i < faults_count(faults) + faults_warned(faults); i++) {
        const Fault *f = faults_at(faults, i);
        check(f->problem != NULL || (f->value != NULL && f->expected != NULL));
    }
    return rc;
}

/* The bytes that csv_write() makes of a table, NUL-ended. */
static char *written(size_t *n, const Table *table)
{
    FILE *f = tmpfile();
    check(f != NULL && csv_write(f, table, 0, NULL) == OK);
    long size = ftell(f);
    char *bytes = calloc(1, (size_t)size + 1);
    check(bytes != NULL);
    rewind(f);
    *n = fread(bytes, 1, (size_t)size, f);
    fclose(f);
    return bytes;
}

static void check_round_trip(Arena *arena, const Table *table, const char *of)
{
    size_t n, again;
    char *first = written(&n, table);
    Table *copy = NULL;
    if (read_bytes(&copy, arena, of, first, n, 0) == OK) {
        char *second = written(&again, copy);
        check(copy->rows == table->rows && copy->n == table->n);
        check(n == again && memcmp(first, second, n) == 0);
        free(second);
    }
    free(first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const files[] = {"applications", "ip_rights",
                                        "portfolio", "contracts", "outcomes"};
    if (size == 0)
        return 0;
    const char *of = files[data[0] % 5];
    char *bytes = calloc(1, size);
    Arena *arena = arena_new();
    Table *table = NULL;
    check(bytes != NULL && arena != NULL);
    memcpy(bytes, data + 1, size - 1);
    if (read_bytes(&table, arena, of, bytes, size - 1, data[0] & 8) == OK)
        check_round_trip(arena, table, of);
    arena_free(arena);
    free(bytes);
    return 0;
}
