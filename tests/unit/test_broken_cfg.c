/* Every tests/broken/NAME.cfg is refused with the first line of NAME.msg. */
#include "check.h"
#include "core/mem.h"
#include "data/doc.h"

#include <glob.h>
#include <stdlib.h>

static void first_line(char out[512], FILE *f)
{
    out[0] = '\0';
    rewind(f);
    assert_non_null(fgets(out, 512, f));
}

/* "DIR/a.cfg" to "DIR/a.msg". */
static FILE *open_message(const char *path)
{
    char name[256];
    int n =
        snprintf(name, sizeof name, "%.*s.msg", (int)strlen(path) - 4, path);
    assert_in_range(n, 1, sizeof name - 1);
    return fopen(name, "r");
}

static int says_what_is_wrong(const char *path)
{
    char got[512], want[512];
    Arena *arena = arena_new();
    Faults *faults = faults_new(arena);
    Source source = {0};
    Err err = {0};
    const Doc *root = NULL;
    assert_int_equal(source_read(&source, arena, path, &err), OK);
    source.name = strrchr(path, '/') + 1;
    ErrCode rc = doc_read(&root, arena, source, faults, &err);
    FILE *printed = tmpfile(), *message = open_message(path);
    assert_non_null(printed);
    assert_non_null(message);
    faults_print(faults, printed);
    first_line(got, printed);
    first_line(want, message);
    int same = rc == ERR_RULE && strcmp(got, want) == 0;
    if (!same)
        print_error("%s\n got  %s want %s", path, got, want);
    fclose(printed);
    fclose(message);
    arena_free(arena);
    return same;
}

static void every_broken_document_is_refused_with_its_message(void **state)
{
    (void)state;
    glob_t found;
    size_t failed = 0;
    assert_int_equal(glob("tests/broken/*.cfg", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        failed += !says_what_is_wrong(found.gl_pathv[i]);
    assert_true(found.gl_pathc >= 11);
    globfree(&found);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_broken_document_is_refused_with_its_message),
    };
    return RUN(tests);
}
