#include "policy/feelrun.h"

#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void *feel_alloc(FeelRun *r, size_t n, size_t size)
{
    void *p = arena_alloc(r->arena, n, size);
    r->failed |= p == NULL;
    return p;
}

Boxed feel_wrong(FeelRun *r, const char *fmt, ...)
{
    char text[200];
    va_list args;
    if (r->problem != NULL)
        return boxed_null;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    size_t bytes = n < 0 ? 0 : text_clip(text, sizeof text - 1);
    r->problem = text_copy(r->arena, text, bytes);
    r->failed |= r->problem == NULL;
    return boxed_null;
}

Boxed feel_as_list(FeelRun *r, Boxed value)
{
    if (value.kind == BOX_LIST)
        return value;
    Boxed *item = feel_alloc(r, 1, sizeof *item);
    if (item == NULL || value.kind == BOX_NULL)
        return boxed_list(item, 0);
    *item = value;
    return boxed_list(item, 1);
}

int feel_is_kind(const Boxed *value, const char *type)
{
    static const struct {
        const char *name;
        BoxKind kind;
    } others[] = {{"dateTime", BOX_MOMENT},
                  {"days and time duration", BOX_SECONDS},
                  {"dayTimeDuration", BOX_SECONDS},
                  {"years and months duration", BOX_MONTHS},
                  {"yearMonthDuration", BOX_MONTHS}};
    if (strcmp(type, "Any") == 0)
        return value->kind != BOX_NULL;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(type, others[i].name) == 0)
            return value->kind == others[i].kind;
    return strcmp(type, boxed_kind(value->kind)) == 0;
}
