/* Every rule file under rules loads: it compiles, each row has a citation, and
 * its examples hold.  PROVES: rules */
#include "check.h"
#include "core/mem.h"
#include "policy/policy.h"

#include <glob.h>

static void load(const char *path)
{
    Arena *arena = arena_new();
    Tables *tables = tables_new(arena);
    Faults *faults = faults_new(arena);
    Err err = {0};
    Source source = {0};
    const Doc *root = NULL;
    Policy *policy = NULL;
    if (source_read(&source, arena, path, &err) != OK ||
        doc_read(&root, arena, source, faults, &err) != OK ||
        policy_read(&policy, arena, tables->texts, root, faults, &err) != OK) {
        faults_print(faults, stderr);
        fail_msg("%s: %s", path, err.text);
    }
    const PolicyHead *head = policy_head(policy);
    assert_true(policy_examples(policy) >= 2);
    assert_non_null(head->title.zh);
    assert_non_null(head->title.en);
    assert_non_null(head->document);
    assert_non_null(head->source);
    assert_non_null(head->confidence);
    arena_free(arena);
}

/* Every folder but schemes, which are the pool's. */
static void every_rule_file_loads_and_its_examples_hold(void **state)
{
    (void)state;
    glob_t found;
    size_t n = 0;
    assert_int_equal(glob("rules/*/*.cfg", 0, NULL, &found), 0);
    assert_int_equal(glob("rules/*/*/*.cfg", GLOB_APPEND, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (strncmp(found.gl_pathv[i], "rules/schemes/", 14) != 0) {
            load(found.gl_pathv[i]);
            n++;
        }
    assert_true(n >= 9);
    globfree(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_file_loads_and_its_examples_hold),
    };
    return RUN(tests);
}
