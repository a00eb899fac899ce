#include "policy/boxed.h"

#include <string.h>

const Boxed boxed_null = {.kind = BOX_NULL};

const char *boxed_kind(BoxKind kind)
{
    static const char *const names[] = {"null",
                                        "boolean",
                                        "number",
                                        "string",
                                        "date",
                                        "time",
                                        "date and time",
                                        "days and time duration",
                                        "years and months duration",
                                        "list",
                                        "context",
                                        "range",
                                        "function"};
    return names[kind];
}

Boxed boxed_bool(int truth)
{
    return (Boxed){.kind = BOX_BOOL, .truth = truth != 0};
}

Boxed boxed_number(Number number)
{
    if (number_is_null(number))
        return boxed_null;
    return (Boxed){.kind = BOX_NUMBER, .number = number};
}

Boxed boxed_int(int64_t v)
{
    return boxed_number(number_int(v));
}

Boxed boxed_text(const char *text)
{
    return text == NULL ? boxed_null : (Boxed){.kind = BOX_TEXT, .text = text};
}

Boxed boxed_list(const Boxed *items, size_t n)
{
    return (Boxed){.kind = BOX_LIST, .items = items, .n = n};
}

const Boxed *boxed_entry(const Boxed *context, const char *name)
{
    for (size_t i = 0; context->kind == BOX_CONTEXT && i < context->n; i++)
        if (strcmp(context->names[i], name) == 0)
            return &context->items[i];
    return NULL;
}

/* Seconds since 1970 in UTC where an offset is known. */
static Number instant(const Boxed *a)
{
    Number day = number_multiply(number_int(a->days), number_int(86400));
    Number s = a->kind == BOX_TIME ? a->number : number_add(day, a->number);
    return number_subtract(s, number_int(a->has_offset ? a->offset : 0));
}

int boxed_compare(int *out, const Boxed *a, const Boxed *b)
{
    if (a->kind != b->kind)
        return 0;
    switch (a->kind) {
    case BOX_NUMBER:
    case BOX_SECONDS:
    case BOX_MONTHS:
        *out = number_compare(a->number, b->number);
        return 1;
    case BOX_TEXT:
        *out = strcmp(a->text, b->text);
        *out = (*out > 0) - (*out < 0);
        return 1;
    case BOX_DATE:
        *out = (a->days > b->days) - (a->days < b->days);
        return 1;
    case BOX_TIME:
    case BOX_MOMENT:
        if (a->has_offset != b->has_offset)
            return 0;
        *out = number_compare(instant(a), instant(b));
        return 1;
    default:
        return 0;
    }
}

static int equal_lists(const Boxed *a, const Boxed *b)
{
    if (a->n != b->n)
        return 0;
    for (size_t i = 0; i < a->n; i++) {
        int same = boxed_equal(&a->items[i], &b->items[i]);
        if (same != 1)
            return 0;
    }
    return 1;
}

static int equal_contexts(const Boxed *a, const Boxed *b)
{
    if (a->n != b->n)
        return 0;
    for (size_t i = 0; i < a->n; i++) {
        const Boxed *other = boxed_entry(b, a->names[i]);
        if (other == NULL || boxed_equal(&a->items[i], other) != 1)
            return 0;
    }
    return 1;
}

int boxed_equal(const Boxed *a, const Boxed *b)
{
    int order;
    if (a->kind == BOX_NULL || b->kind == BOX_NULL)
        return a->kind == b->kind;
    if (a->kind != b->kind)
        return -1;
    switch (a->kind) {
    case BOX_BOOL:
        return a->truth == b->truth;
    case BOX_LIST:
        return equal_lists(a, b);
    case BOX_CONTEXT:
        return equal_contexts(a, b);
    case BOX_RANGE:
        return a->low_open == b->low_open && a->high_open == b->high_open &&
               equal_lists(a, b);
    case BOX_FUNCTION:
        return a->function == b->function;
    default:
        return boxed_compare(&order, a, b) ? order == 0 : 0;
    }
}

int boxed_in_range(const Boxed *range, const Boxed *value)
{
    int order;
    const Boxed *low = &range->items[0], *high = &range->items[1];
    if (low->kind == BOX_NULL && high->kind == BOX_NULL)
        return -1;
    if (low->kind != BOX_NULL) {
        if (!boxed_compare(&order, value, low))
            return -1;
        if (order < 0 || (order == 0 && range->low_open))
            return 0;
    }
    if (high->kind != BOX_NULL) {
        if (!boxed_compare(&order, value, high))
            return -1;
        if (order > 0 || (order == 0 && range->high_open))
            return 0;
    }
    return 1;
}
