/* What authors of rule files do wrong: each tests/rules/mistakes/NN-x.cfg is
 * 00-right.cfg with one mistake, and is told with the line in NN-x.msg, some as
 * a warning; none is taken without a word. */
#include "rules.h"

#include "subsidy/subsidy.h"

#include <glob.h>
#include <stdlib.h>

static void read_line(char out[512], const char *cfg)
{
    char name[256];
    snprintf(name, sizeof name, "%.*s.msg", (int)strlen(cfg) - 4, cfg);
    FILE *f = fopen(name, "r");
    assert_non_null(f);
    assert_non_null(fgets(out, 512, f));
    fclose(f);
}

/* The text of a file under its own name, so that messages name no folder. */
static ErrCode read_policy(Ruled *r, const char *path)
{
    static char text[1 << 14];
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    ErrCode rc = ruled_text(r, strrchr(path, '/') + 1, text);
    if (rc == OK)
        rc = subsidy_check(r->policy, r->arena, r->texts, r->faults, &r->err);
    ruled_say(r);
    return rc;
}

static int is_told(const char *path)
{
    char want[512];
    Ruled r;
    ErrCode rc = read_policy(&r, path);
    read_line(want, path);
    int told = strstr(r.said, want) != NULL &&
               (rc != OK) == (strstr(want, ": warning: ") == NULL);
    if (!told)
        print_error("%s\n got  %s want %s", path, r.said, want);
    ruled_free(&r);
    return told;
}

static void every_mistake_is_told_with_its_place(void **state)
{
    (void)state;
    glob_t found;
    size_t silent = 0;
    assert_int_equal(glob("tests/rules/mistakes/[0-9]*.msg", 0, NULL, &found),
                     0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        memcpy(strrchr(found.gl_pathv[i], '.'), ".cfg", 4);
        silent += !is_told(found.gl_pathv[i]);
    }
    assert_true(found.gl_pathc >= 20);
    globfree(&found);
    assert_int_equal(silent, 0);
}

static void the_file_without_a_mistake_loads(void **state)
{
    (void)state;
    Ruled r;
    assert_int_equal(read_policy(&r, "tests/rules/mistakes/00-right.cfg"), OK);
    ruled_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_is_told_with_its_place),
        cmocka_unit_test(the_file_without_a_mistake_loads),
    };
    return RUN(tests);
}
