#include "policy/feelcall.h"

#include <string.h>

enum { FORM_MAX = 8 }; /* parameters of one form */

static const FeelFunction functions[] = {
#define FEEL(id, name, params, least, most)                                    \
    {name, params, least, most, feel_##id},
#include "policy/feelcall.def"
#undef FEEL
};

enum { FUNCTIONS = sizeof functions / sizeof *functions };

const FeelFunction *feelcall_named(const char *name)
{
    for (int i = 0; i < FUNCTIONS; i++)
        if (strcmp(functions[i].name, name) == 0)
            return &functions[i];
    return NULL;
}

int feelcall_names(FeelNames *names, Reader *r)
{
    for (int i = 0; i < FUNCTIONS; i++) {
        const char *name = functions[i].name;
        if (!feelname_add(names, reader_text(r, name, strlen(name)), r))
            return 0;
    }
    return 1;
}

/* The place of a parameter in a form that ends at '|' or NUL; -1: none. */
static int place_of(const char *form, const char *name)
{
    size_t bytes = strlen(name);
    for (int i = 0; i < FORM_MAX; i++) {
        size_t n = strcspn(form, ",|");
        if (n == bytes && memcmp(form, name, n) == 0)
            return i;
        form += n;
        if (*form != ',')
            return -1;
        form++;
    }
    return -1;
}

/* Put named arguments into the order of one form; how many places that takes,
 * 0 when the form does not have them all, or not the required ones. */
static size_t by_form(Boxed out[FORM_MAX], const char *form, size_t least,
                      const Boxed args[], const char *const names[], size_t n)
{
    size_t used = 0;
    int has[FORM_MAX] = {0};
    for (size_t i = 0; i < FORM_MAX; i++)
        out[i] = boxed_null;
    for (size_t i = 0; i < n; i++) {
        int at = names[i] == NULL ? -1 : place_of(form, names[i]);
        if (at < 0 || has[at])
            return 0;
        has[at] = 1;
        out[at] = args[i];
        if ((size_t)at + 1 > used)
            used = (size_t)at + 1;
    }
    for (size_t i = 0; i < least && i < FORM_MAX; i++)
        if (!has[i])
            return 0;
    return used;
}

/* A list of one value stands for it where a single value is wanted (DMN 1.5,
 * 10.3.2.9.4); functions of lists and of anything take it as it is. */
static void unwrap(Boxed out[FORM_MAX], const FeelFunction *f, size_t n)
{
    if (strstr(f->params, "list") != NULL || strstr(f->params, "item") ||
        strcmp(f->params, "value") == 0 || strcmp(f->name, "string") == 0)
        return;
    for (size_t i = 0; i < n; i++)
        if (out[i].kind == BOX_LIST && out[i].n == 1)
            out[i] = out[i].items[0];
}

int feelcall_all(FeelRun *r, const Boxed args[], size_t n, BoxKind kind,
                 const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (args[i].kind != kind) {
            feel_wrong(r, "%s: argument %zu is %s%s, not a %s", name, i + 1,
                       args[i].kind == BOX_NULL ? "" : "a ",
                       boxed_kind(args[i].kind), boxed_kind(kind));
            return 0;
        }
    return 1;
}

/* "1 argument, not 2", "3 arguments, not 1 to 2" */
static Boxed not_so_many(FeelRun *r, const FeelFunction *f, size_t n)
{
    const char *of = n == 1 ? "argument" : "arguments";
    return f->least == f->most
               ? feel_wrong(r, "%s: %zu %s, not %zu", f->name, n, of, f->least)
               : feel_wrong(r, "%s: %zu %s, not %zu to %zu", f->name, n, of,
                            f->least, f->most);
}

/* "date: its parameters are from, or year, month, day" */
static Boxed not_so_named(FeelRun *r, const FeelFunction *f)
{
    char text[100];
    size_t n = 0;
    for (const char *p = f->params; *p != '\0' && n < sizeof text - 6; p++) {
        const char *between = *p == ',' ? ", " : *p == '|' ? ", or " : NULL;
        size_t bytes = between == NULL ? 1 : strlen(between);
        memcpy(text + n, between == NULL ? p : between, bytes);
        n += bytes;
    }
    text[n] = '\0';
    return feel_wrong(r, "%s: its parameters are %s", f->name, text);
}

Boxed feelcall_run(FeelRun *r, const FeelFunction *f, const Boxed args[],
                   const char *const names[], size_t n)
{
    Boxed ordered[FORM_MAX];
    int is_named = n > 0 && names[0] != NULL;
    if (is_named) {
        size_t used = 0;
        for (const char *form = f->params; form != NULL && used == 0;) {
            used = by_form(ordered, form, f->least, args, names, n);
            form = strchr(form, '|');
            form = form == NULL ? NULL : form + 1;
        }
        if (used == 0)
            return not_so_named(r, f);
        unwrap(ordered, f, used);
        return f->fn(r, ordered, used);
    }
    if (n < f->least || n > f->most)
        return not_so_many(r, f, n);
    if (f->most > FORM_MAX)
        return f->fn(r, args, n);
    for (size_t i = 0; i < n; i++)
        ordered[i] = args[i];
    unwrap(ordered, f, n);
    return f->fn(r, ordered, n);
}
