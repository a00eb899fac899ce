/* Any bytes, as an expression and as a table's cell: a tree or a fault, and
 * what parses is checked, coded and run without harm. */
#include "policy/check.h"
#include "policy/emit.h"
#include "policy/parse.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
    const char *name;
    Unit unit;
} names[] = {{"m", UNIT_MONEY}, {"r", UNIT_RATIO}, {"x", UNIT_NUMBER},
             {"c", UNIT_COUNT}, {"d", UNIT_DATE},  {"b", UNIT_BOOL},
             {"t", UNIT_TEXT},  {"l", UNIT_LIST}};

enum { NAMES = sizeof names / sizeof *names };

static void run(Reader *r, Text text, Node *node)
{
    Scope scope = {0};
    Code code = {.arena = r->arena};
    for (size_t i = 0; i < NAMES; i++) {
        Symbol s = {.unit = names[i].unit, .node = text.node};
        s.name = reader_text(r, names[i].name, strlen(names[i].name));
        Symbol *kept = scope_add(&scope, s, r);
        kept->raw = kept->slot = convert_input(&code, s.unit);
    }
    if (!scope_resolve(&scope, node, text, r))
        return;
    Unit unit = check_expression(node, text, r);
    if (unit == UNIT_WRONG)
        return;
    int slot = emit_named(&code, node, unit);
    void **at = code_frame(&code, r->arena, BLOCK_ROWS);
    if (slot == SLOT_NONE || at == NULL)
        abort();
    code_run(&code, at, 3); /* all zeros: dates of 1970, null texts */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    char *bytes =
        size > 4096 ? NULL : text_copy(arena, (const char *)data, size);
    if (bytes != NULL && text_valid(bytes, strlen(bytes)) == strlen(bytes)) {
        Err err = {0};
        Reader r = {.arena = arena,
                    .texts = texts_new(arena),
                    .faults = faults_new(arena),
                    .err = &err};
        Doc doc = {.kind = DOC_TEXT,
                   .file = "f",
                   .line = 1,
                   .column = 1,
                   .text = bytes};
        Text text = {&doc, bytes, "rule"};
        Tests tests;
        Node *node = parse_expression(text, &r);
        if ((node == NULL) != (faults_count(r.faults) > 0))
            abort();
        if (node != NULL)
            run(&r, text, node);
        parse_tests(&tests, text, &r);
    }
    arena_free(arena);
    return 0;
}
