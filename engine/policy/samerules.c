#include "policy/change.h"
#include "policy/inside.h"
#include "policy/reader.h"

#include "core/text.h"

#include <string.h>

/* What two policies may differ in. */
typedef struct {
    const char *const *sections; /* [n] */
    size_t n;
} Aside;

static int is_section(const Aside *aside, const char *name)
{
    for (size_t k = 0; k < aside->n; k++)
        if (strcmp(aside->sections[k], name) == 0)
            return 1;
    return 0;
}

/* Does another section name the parameter?  Those that decide nothing may. */
static int is_named_elsewhere(const Doc *root, const char *name,
                              const Aside *aside)
{
    static const char *const idle[] = {"parameters", "examples", "scenarios"};
    const Aside nothing = {idle, sizeof idle / sizeof *idle};
    for (const Doc *it = root->first; it != NULL; it = it->next)
        if (!is_section(&nothing, it->name) && !is_section(aside, it->name) &&
            reader_names(it, name))
            return 1;
    return 0;
}

/* Does no rule read the parameter? */
static int is_unread(const Policy *p, const char *name, const Aside *aside)
{
    const char *interned = texts_find(p->texts, name, strlen(name));
    for (size_t e = 0; interned != NULL && e < p->n_eras; e++) {
        const Symbol *s = scope_find(&p->eras[e].program->scope, interned);
        if ((s != NULL && s->reader != NULL) ||
            is_named_elsewhere(p->eras[e].version->root, name, aside))
            return 0;
    }
    return interned != NULL;
}

/* "parameters.cap.values.0.value": the parameter's own name; NULL for another
 * section, or out of memory. */
static const char *parameter_of(const char *path, Arena *arena)
{
    static const char start[] = "parameters.";
    if (strncmp(path, start, strlen(start)) != 0)
        return NULL;
    path += strlen(start);
    return text_copy(arena, path, strcspn(path, "."));
}

static int is_aside(const Change *c, const Policy *a, const Policy *b,
                    const Aside *aside, Arena *arena)
{
    const char *parameter = parameter_of(c->path, arena);
    if (parameter != NULL)
        return is_unread(a, parameter, aside) && is_unread(b, parameter, aside);
    return c->section != NULL && is_section(aside, c->section->name);
}

static int same_version(const Policy *a, const Policy *b, size_t v,
                        const Aside *aside, Arena *arena)
{
    Changes changes = {.arena = arena};
    const Version *x = &a->versions[v], *y = &b->versions[v];
    if (x->from.days != y->from.days || x->to.days != y->to.days)
        return 0;
    changes_find(&changes, x->root, NULL, y->root, NULL);
    for (size_t i = 0; i < changes.n; i++)
        if (!is_aside(&changes.items[i], a, b, aside, arena))
            return 0;
    return !changes.failed;
}

int policy_same_rules(const Policy *a, const Policy *b,
                      const char *const sections[], size_t n)
{
    Arena *arena = arena_new();
    const Aside aside = {sections, n};
    int same = arena != NULL && a->n_versions == b->n_versions &&
               a->n_eras == b->n_eras;
    for (size_t v = 0; same && v < a->n_versions; v++)
        same = same_version(a, b, v, &aside, arena);
    for (size_t e = 0; same && e < a->n_eras; e++)
        same = a->eras[e].from.days == b->eras[e].from.days &&
               a->eras[e].to.days == b->eras[e].to.days;
    arena_free(arena);
    return same;
}
