#include "policy/show.h"

#include "core/date.h"
#include "data/table.h"

#include <string.h>

static const char *plain(Arena *arena, Number v, Unit unit)
{
    char text[NUMBER_TEXT];
    if (number_is_null(v))
        return "null";
    if (unit == UNIT_RATIO) {
        v = number_multiply(v, number_int(100));
        return text_format(arena, "%s%%", number_format(text, v));
    }
    return text_format(arena, "%s", number_format(text, v));
}

static const char *amount(Arena *arena, Number v)
{
    char text[MONEY_TEXT];
    int64_t fen = number_whole(v, 1);
    if (fen == NULL_INT || fen > MONEY_MAX || fen < -MONEY_MAX)
        return "null";
    return text_format(arena, "%s", money_format(text, (Money){fen}));
}

static const char *day(Arena *arena, Number v)
{
    char text[DATE_TEXT];
    if (number_is_null(v))
        return "null";
    return text_format(arena, "%s",
                       date_format(text, (Date){(int32_t)number_whole(v, 1)}));
}

const char *show_value(Arena *arena, const Slot *slot, const void *values,
                       size_t i, Unit unit)
{
    static const char *const truths[] = {"false", "null", "true"};
    const char *text;
    Number v;
    switch (slot->rep) {
    case REP_TRUTH:
        return truths[((const Truth *)values)[i]];
    case REP_TEXT:
        text = ((const char *const *)values)[i];
        return text == NULL ? "null" : text;
    case REP_WHOLE:
        v = NUMBER_NULL;
        if (((const int64_t *)values)[i] != NULL_INT)
            v = number_scaled(((const int64_t *)values)[i], slot->scale);
        break;
    default:
        v = ((const Number *)values)[i];
    }
    text = unit == UNIT_MONEY  ? amount(arena, v)
           : unit == UNIT_DATE ? day(arena, v)
                               : plain(arena, v, unit);
    return text == NULL ? "" : text;
}

enum { NAMES_MAX = 64 };

typedef struct {
    const Node *nodes[NAMES_MAX];
    size_t n;
} Names;

/* Names of the tree by their place in the text, each place once. */
static void find_names(Names *out, const Node *node)
{
    if (node->kind == NODE_NAME && !node->is_within && out->n < NAMES_MAX) {
        size_t i = out->n;
        while (i > 0 && out->nodes[i - 1]->at > node->at)
            i--;
        if (i > 0 && out->nodes[i - 1]->at == node->at)
            return;
        memmove(out->nodes + i + 1, out->nodes + i,
                (out->n - i) * sizeof *out->nodes);
        out->nodes[i] = node;
        out->n++;
    }
    for (uint32_t i = 0; i < node->count; i++)
        find_names(out, node->args[i]);
}

const char *show_formula(Arena *arena, const Code *code, void *const at[],
                         size_t i, const Node *node, const char *text)
{
    Names names = {.n = 0};
    const char *out = "";
    size_t done = 0;
    find_names(&names, node);
    for (size_t k = 0; k < names.n; k++) {
        const Node *name = names.nodes[k];
        int slot = name->symbol->slot;
        const char *value = "?";
        if (slot >= 0)
            value = show_value(arena, &code->slots[slot], at[slot],
                               code_is_constant(code, slot) ? 0 : i,
                               name->symbol->unit);
        out = text_format(arena, "%s%.*s%s", out, (int)(name->at - done),
                          text + done, value);
        if (out == NULL)
            return "";
        done = name->at + strlen(name->text);
    }
    out = text_format(arena, "%s%s", out, text + done);
    return out == NULL ? "" : out;
}
