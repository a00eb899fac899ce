/* Any bytes, as a decision model and as an expression of one: a tree or
 * faults; what was read is evaluated without harm. */
#include "data/dmn.h"
#include "policy/dmnmodel.h"
#include "policy/feelcall.h"
#include "policy/kit.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void run_model(Arena *arena, const DmnModel *model, const Doc *root)
{
    Err err = {0};
    DmnInput in = {"n", boxed_int(7), NULL};
    DmnCase *of = dmnmodel_case(model, arena, &in, 1);
    for (const Doc *d = root->first; of != NULL && d != NULL; d = d->next) {
        Boxed out;
        const char *problem, *name = dmn_attribute(d, "name");
        if (name != NULL &&
            dmnmodel_decide(&out, &problem, of, name, &err) == OK)
            boxed_show(arena, &out);
    }
}

static void as_document(Arena *arena, const char *bytes, size_t n)
{
    static const char *const roots[] = {"definitions", "testCases"};
    for (int i = 0; i < 2; i++) {
        Err err = {0};
        Source source = {.name = "f", .bytes = bytes, .n = n};
        Faults *faults = faults_new(arena);
        const Doc *root;
        DmnModel *model = NULL;
        if (dmn_read(&root, arena, source, roots[i], faults, &err) != OK)
            continue;
        ErrCode rc = dmnmodel_read(&model, arena, texts_new(arena), root, NULL,
                                   faults, &err);
        if ((rc == ERR_RULE) != (faults_count(faults) > 0))
            abort();
        const DmnModel *first = model;
        DmnShelf shelf = {&first, 1, NULL, 0};
        if (model != NULL &&
            dmnmodel_read(&model, arena, texts_new(arena), root, &shelf, faults,
                          &err) == ERR_MEMORY)
            abort(); /* it may import itself as it stands */
        if (model != NULL && i == 0)
            run_model(arena, model, root);
        for (const Doc *d = root->first; model != NULL && d != NULL;
             d = d->next) {
            int ignored;
            if (strcmp(d->name, "testCase") == 0)
                kit_run(&ignored, arena, model, d);
        }
    }
}

static void as_expression(Arena *arena, const char *bytes)
{
    Err err = {0};
    Reader r = {.arena = arena,
                .texts = texts_new(arena),
                .faults = faults_new(arena),
                .err = &err};
    FeelNames names = {0}, members = {0};
    Doc doc = {.kind = DOC_TEXT, .file = "f", .line = 1, .column = 1};
    doc.text = bytes;
    Text text = {&doc, bytes, "rule"};
    feelcall_names(&names, &r);
    Node *node = feel_expression(text, &names, &members, &r);
    FeelRun run = {.arena = arena};
    run.steps = RUN_STEPS - 20000;
    if ((node == NULL) != (faults_count(r.faults) > 0))
        abort();
    if (node != NULL) {
        Boxed value = feel_run(&run, node, NULL);
        boxed_show(arena, &value);
    }
    Node *tests = feel_tests(text, &names, &members, &r);
    Boxed seven = boxed_int(7);
    if (tests != NULL)
        feel_passes(&run, tests, &seven, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    char *bytes =
        size > 8192 ? NULL : text_copy(arena, (const char *)data, size);
    if (bytes != NULL) {
        as_document(arena, bytes, size);
        if (text_valid(bytes, strlen(bytes)) == strlen(bytes))
            as_expression(arena, bytes);
    }
    arena_free(arena);
    return 0;
}
