#include "core/text.h"
#include "policy/feelcall.h"

#include <string.h>

static Boxed text_of(FeelRun *r, const char *bytes, size_t n)
{
    char *copy = feel_alloc(r, n + 1, 1);
    if (copy == NULL)
        return boxed_null;
    memcpy(copy, bytes, n);
    return boxed_text(copy);
}

Boxed feel_string(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    if (args[0].kind == BOX_NULL)
        return boxed_null;
    const char *text = boxed_show(r->arena, &args[0]);
    r->failed |= text == NULL;
    return boxed_text(text);
}

Boxed feel_string_length(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, n, BOX_TEXT, "string length"))
        return boxed_null;
    const char *text = args[0].text;
    return boxed_int((int64_t)text_count(text, strlen(text)));
}

/* The byte where character `i` starts. */
static size_t byte_of(const char *text, size_t i)
{
    size_t at = 0, n = strlen(text), width;
    for (; i > 0 && at < n; i--) {
        text_char(&width, text + at, n - at);
        at += width;
    }
    return at;
}

Boxed feel_substring(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, 1, BOX_TEXT, "substring") ||
        args[1].kind != BOX_NUMBER ||
        (n > 2 && args[2].kind != BOX_NUMBER && args[2].kind != BOX_NULL))
        return feel_wrong(r, "substring: these arguments are none");
    const char *text = args[0].text;
    int64_t count = (int64_t)text_count(text, strlen(text));
    int64_t from = number_whole(args[1].number, 1), length = count;
    if (n > 2 && args[2].kind == BOX_NUMBER)
        length = number_whole(args[2].number, 1);
    if (from == 0 || from > count || from < -count || length < 1)
        return feel_wrong(r, "substring: a position outside of the string");
    from = from > 0 ? from - 1 : count + from;
    if (length > count - from)
        length = count - from;
    size_t start = byte_of(text, (size_t)from);
    return text_of(r, text + start, byte_of(text + start, (size_t)length));
}

/* ASCII letters alone have cases here. */
static Boxed in_case(FeelRun *r, const Boxed *arg, char first, int shift)
{
    Boxed out = text_of(r, arg->text, strlen(arg->text));
    char *p = feel_alloc(r, strlen(arg->text) + 1, 1);
    if (out.kind == BOX_NULL || p == NULL)
        return boxed_null;
    for (size_t i = 0; out.text[i] != '\0'; i++) {
        char c = out.text[i];
        p[i] = c >= first && c < first + 26 ? (char)(c + shift) : c;
    }
    return boxed_text(p);
}

Boxed feel_upper_case(FeelRun *r, const Boxed args[], size_t n)
{
    return feelcall_all(r, args, n, BOX_TEXT, "upper case")
               ? in_case(r, args, 'a', -32)
               : boxed_null;
}

Boxed feel_lower_case(FeelRun *r, const Boxed args[], size_t n)
{
    return feelcall_all(r, args, n, BOX_TEXT, "lower case")
               ? in_case(r, args, 'A', 32)
               : boxed_null;
}

Boxed feel_substring_before(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, n, BOX_TEXT, "substring before"))
        return boxed_null;
    const char *at = strstr(args[0].text, args[1].text);
    return text_of(r, args[0].text,
                   at == NULL ? 0 : (size_t)(at - args[0].text));
}

Boxed feel_substring_after(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, n, BOX_TEXT, "substring after"))
        return boxed_null;
    const char *at = strstr(args[0].text, args[1].text);
    return boxed_text(at == NULL ? "" : at + strlen(args[1].text));
}

Boxed feel_contains(FeelRun *r, const Boxed args[], size_t n)
{
    return feelcall_all(r, args, n, BOX_TEXT, "contains")
               ? boxed_bool(strstr(args[0].text, args[1].text) != NULL)
               : boxed_null;
}

Boxed feel_starts_with(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, n, BOX_TEXT, "starts with"))
        return boxed_null;
    size_t bytes = strlen(args[1].text);
    return boxed_bool(strncmp(args[0].text, args[1].text, bytes) == 0);
}

Boxed feel_ends_with(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, n, BOX_TEXT, "ends with"))
        return boxed_null;
    size_t all = strlen(args[0].text), end = strlen(args[1].text);
    return boxed_bool(end <= all &&
                      strcmp(args[0].text + all - end, args[1].text) == 0);
}

/* Nulls in the list are left out. */
Boxed feel_string_join(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = feel_as_list(r, args[0]);
    const char *between = "", *text = NULL;
    if (n > 1 && args[1].kind != BOX_NULL) {
        if (args[1].kind != BOX_TEXT)
            return feel_wrong(r,
                              "string join: argument 2 is a %s, not a string",
                              boxed_kind(args[1].kind));
        between = args[1].text;
    }
    for (size_t i = 0; i < list.n; i++) {
        const Boxed *item = &list.items[i];
        if (item->kind == BOX_NULL)
            continue;
        if (item->kind != BOX_TEXT)
            return feel_wrong(r, "string join: a %s among strings",
                              boxed_kind(item->kind));
        text = text == NULL
                   ? item->text
                   : text_format(r->arena, "%s%s%s", text, between, item->text);
        r->failed |= text == NULL;
    }
    return boxed_text(text == NULL ? "" : text);
}
