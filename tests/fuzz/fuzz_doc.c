/* Any bytes are either a tree whose nodes stand where they say, or refused with
 * a reason. */
#include "data/doc.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libconfig 1.5 leaks 64 bytes on some syntax errors. */
const char *__lsan_default_suppressions(void)
{
    return "leak:strbuf_append";
}

static void check_node(const Doc *d, size_t lines, int depth)
{
    if (depth > 33 || d->line == 0 || d->line > lines ||
        (d->parent != NULL && d->line < d->parent->line))
        abort();
    size_t n = 0;
    for (const Doc *child = d->first; child != NULL; child = child->next, n++) {
        if (child->parent != d)
            abort();
        check_node(child, lines, depth + 1);
    }
    if (n != d->n || (d->kind == DOC_TEXT) != (d->text != NULL))
        abort();
    if (d->kind == DOC_NUMBER && llabs(d->number) > 999999999)
        abort();
}

/* Every look at every child, wanted or not, gives a value or a fault. */
static void look(const Doc *d, DocReader *r)
{
    Money money = {0};
    Ratio ratio = {0};
    Date date = {0};
    int64_t count = 0;
    double real = 0;
    Label label = {NULL, NULL};
    if (d->kind != DOC_GROUP)
        return;
    for (const Doc *c = d->first; c != NULL; c = c->next) {
        (void)doc_money(&money, d, c->name, 1, r);
        (void)doc_ratio(&ratio, d, c->name, 1, r);
        (void)doc_date(&date, d, c->name, 1, r);
        (void)doc_count(&count, d, c->name, 1, r);
        (void)doc_real(&real, d, c->name, 1, r);
        (void)doc_label(&label, d, c->name, 1, r);
        doc_fault(c, 3, "here", NULL, r);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    Faults *faults = arena != NULL ? faults_new(arena) : NULL;
    char *text = calloc(1, size + 1);
    Err err = {0};
    Source source = {0};
    const Doc *root = NULL;
    if (faults == NULL || text == NULL)
        abort();
    memcpy(text, data, size);
    size_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += text[i] == '\n';
    if (source_of(&source, "fuzz", text, size, &err) != OK)
        abort();
    if (doc_read(&root, arena, source, faults, &err) == OK) {
        DocReader r = {faults, &err, 0};
        check_node(root, lines, 0);
        look(root, &r);
    } else if (faults_count(faults) == 0 || err.text[0] == '\0') {
        abort();
    }
    arena_free(arena);
    free(text);
    return 0;
}
