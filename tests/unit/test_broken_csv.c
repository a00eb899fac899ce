/* Every tests/broken/csv/KIND.NAME.csv and tests/broken/maps/NAME.cfg is
 * refused with the messages in the .msg beside it.  KEDAN_ACCEPT=1 in the
 * environment writes those anew; read the difference before committing it. */
#include "check.h"
#include "core/mem.h"
#include "data/csv.h"
#include "data/doc.h"

#include <glob.h>
#include <stdlib.h>

enum { MOST = 8192 };

/* "DIR/a.csv" to "DIR/a.msg". */
static void message_path(char out[256], const char *path)
{
    int n = snprintf(out, 256, "%.*s.msg", (int)strlen(path) - 4, path);
    assert_in_range(n, 1, 255);
}

static void read_whole(char out[MOST], FILE *f)
{
    assert_non_null(f);
    out[fread(out, 1, MOST - 1, f)] = '\0';
    fclose(f);
}

/* What a user is told: the findings, then the outcome. */
static void told(char out[MOST], const Faults *faults, const Err *err)
{
    FILE *f = tmpfile();
    assert_non_null(f);
    faults_print(faults, f);
    fprintf(f, "%s\n", err->text);
    rewind(f);
    read_whole(out, f);
}

static int is_golden(const char *path, const char *got)
{
    char name[256], want[MOST];
    message_path(name, path);
    if (getenv("KEDAN_ACCEPT") != NULL) {
        FILE *f = fopen(name, "w");
        assert_non_null(f);
        fputs(got, f);
        assert_int_equal(fclose(f), 0);
        return 1;
    }
    read_whole(want, fopen(name, "r"));
    if (strcmp(got, want) != 0)
        print_error("%s\n got:\n%s want:\n%s", path, got, want);
    return strcmp(got, want) == 0;
}

static int csv_is_golden(const char *path)
{
    char got[MOST], kind[32];
    Arena *arena = arena_new();
    Faults *faults = faults_new(arena);
    Tables *tables = tables_new(arena);
    Source source = {0};
    Table *table = NULL;
    size_t refused = 0;
    Err err = {0};
    assert_int_equal(source_read(&source, arena, path, &err), OK);
    source.name = strrchr(path, '/') + 1;
    snprintf(kind, sizeof kind, "%.*s", (int)strcspn(source.name, "."),
             source.name);
    ErrCode rc = csv_read(&table, &refused, tables, source,
                          (CsvOptions){.of = kind}, faults, &err);
    told(got, faults, &err);
    int good = rc == ERR_INPUT && table == NULL && tables->n == 0 &&
               is_golden(path, got);
    arena_free(arena);
    return good;
}

static int map_is_golden(const char *path)
{
    char got[MOST];
    Arena *arena = arena_new();
    Faults *faults = faults_new(arena);
    Source source = {0};
    const Doc *root;
    const ColumnMap *map = NULL;
    Err err = {0};
    assert_int_equal(source_read(&source, arena, path, &err), OK);
    source.name = strrchr(path, '/') + 1;
    assert_int_equal(doc_read(&root, arena, source, faults, &err), OK);
    ErrCode rc = colmap_read(&map, arena, root, faults, &err);
    told(got, faults, &err);
    int good = rc == ERR_INPUT && map == NULL && is_golden(path, got);
    arena_free(arena);
    return good;
}

static void all_are_golden(const char *pattern, size_t least,
                           int (*is_good)(const char *))
{
    glob_t found;
    size_t failed = 0;
    assert_int_equal(glob(pattern, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (!is_good(found.gl_pathv[i])) {
            print_error("%s is not as expected\n", found.gl_pathv[i]);
            failed++;
        }
    assert_true(found.gl_pathc >= least);
    globfree(&found);
    assert_int_equal(failed, 0);
}

static void every_broken_file_is_refused_with_its_messages(void **state)
{
    (void)state;
    all_are_golden("tests/broken/csv/*.csv", 45, csv_is_golden);
}

static void every_broken_map_is_refused_with_its_messages(void **state)
{
    (void)state;
    all_are_golden("tests/broken/maps/*.cfg", 12, map_is_golden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_broken_file_is_refused_with_its_messages),
        cmocka_unit_test(every_broken_map_is_refused_with_its_messages),
    };
    return RUN(tests);
}
