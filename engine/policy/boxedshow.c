#include "policy/boxed.h"

#include "core/text.h"
#include "policy/moment.h"

enum { SHOW_DEPTH = 16 };

static const char *show(Arena *arena, const Boxed *v, int depth);

/* "[1, 2]", "{a: 1}" */
static const char *show_items(Arena *arena, const Boxed *v, int depth)
{
    const char *text = "";
    for (size_t i = 0; i < v->n && text != NULL; i++) {
        const char *item = show(arena, &v->items[i], depth);
        const char *name = v->kind == BOX_CONTEXT ? v->names[i] : NULL;
        if (item == NULL)
            return NULL;
        text = text_format(arena, "%s%s%s%s%s", text, i > 0 ? ", " : "",
                           name == NULL ? "" : name, name == NULL ? "" : ": ",
                           item);
    }
    if (text == NULL)
        return NULL;
    return text_format(arena, v->kind == BOX_CONTEXT ? "{%s}" : "[%s]", text);
}

static const char *show_range(Arena *arena, const Boxed *v, int depth)
{
    const char *low = show(arena, &v->items[0], depth);
    const char *high = show(arena, &v->items[1], depth);
    if (low == NULL || high == NULL)
        return NULL;
    return text_format(arena, "%c%s..%s%c", v->low_open ? '(' : '[', low, high,
                       v->high_open ? ')' : ']');
}

static const char *show(Arena *arena, const Boxed *v, int depth)
{
    char number[NUMBER_TEXT];
    if (depth > SHOW_DEPTH)
        return "...";
    switch (v->kind) {
    case BOX_NULL:
        return "null";
    case BOX_BOOL:
        return v->truth ? "true" : "false";
    case BOX_NUMBER:
        return text_format(arena, "%s", number_format(number, v->number));
    case BOX_TEXT:
        return depth == 0 ? v->text : text_format(arena, "\"%s\"", v->text);
    case BOX_LIST:
    case BOX_CONTEXT:
        return show_items(arena, v, depth + 1);
    case BOX_RANGE:
        return show_range(arena, v, depth + 1);
    case BOX_FUNCTION:
        return "function";
    default:
        return moment_show(arena, v);
    }
}

const char *boxed_show(Arena *arena, const Boxed *v)
{
    return show(arena, v, 0);
}
