#include "pool/shock.h"

#include <string.h>

/* Keys of a stress beside what it does. */
static const char *const others[] = {"id", "title", "source", "confidence"};

enum { OTHERS = sizeof others / sizeof *others };

static int does_something(const PoolShock *s)
{
    for (size_t i = 0; i < SHOCK_COUNT; i++)
        if (s->said[i] != NULL && i != SHOCK_pledge_product)
            return 1;
    return 0;
}

static void read_one(PoolShock *s, const Doc *d, DocReader *r)
{
    const char *known[OTHERS + SHOCK_COUNT], *text;
    memcpy(known, others, sizeof others);
    for (size_t i = 0; i < SHOCK_COUNT; i++)
        known[OTHERS + i] = shock_name(i);
    *s = SHOCK_NONE;
    doc_only(d, known, OTHERS + SHOCK_COUNT, r);
    if (d->kind != DOC_GROUP)
        return;
    (void)doc_text(&s->name, d, "id", 0, r);
    (void)doc_label(&s->title, d, "title", 1, r);
    (void)doc_text(&s->source, d, "source", 0, r);
    (void)doc_confidence(&s->confidence, d, 0, r);
    for (size_t i = 0; i < SHOCK_COUNT; i++) {
        const Doc *at = doc_get(d, shock_name(i));
        if (at == NULL || !doc_text(&text, d, shock_name(i), 0, r))
            continue;
        const char *way_out = shock_take(s, i, text);
        if (way_out != NULL)
            doc_fault(at, 0, tr("not a shock that can be read"), tr(way_out),
                      r);
    }
    if (!does_something(s))
        doc_fault(d, 0, tr("a stress that does nothing"),
                  tr("give it pd, lgd, factor or pledge_value"), r);
}

static int is_named(const PoolShock shocks[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (shocks[i].name != NULL && shocks[n].name != NULL &&
            strcmp(shocks[i].name, shocks[n].name) == 0)
            return 1;
    return 0;
}

static void read_all(PoolShock shocks[], size_t *n, const Doc *list,
                     DocReader *r)
{
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        if (*n == SHOCKS_MOST) {
            doc_fault(d, 0, tr("more than 15 stresses"),
                      tr("put the others into a file of their own"), r);
            return;
        }
        read_one(&shocks[*n], d, r);
        if (is_named(shocks, *n))
            doc_fault(d, 0, tr("a stress of that id stands there already"),
                      NULL, r);
        ++*n;
    }
}

ErrCode shocks_read(PoolShock **out, size_t *n, Arena *arena, const Doc *root,
                    Faults *faults, Err *err)
{
    static const char *const top[] = {"stresses"};
    DocReader r = {faults, err, 0};
    PoolShock *shocks = arena_alloc(arena, SHOCKS_MOST, sizeof *shocks);
    const Doc *list = doc_get(root, "stresses");
    if (shocks == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for stresses");
    *n = 0;
    doc_only(root, top, 1, &r);
    if (list == NULL || list->kind != DOC_LIST || list->n == 0)
        doc_fault(list == NULL ? root : list, 0, tr("no list of stresses"),
                  tr("write stresses = ( { id = \"...\"; pd = \"x2\"; source = "
                     "\"...\"; confidence = \"UNKNOWN\"; } );"),
                  &r);
    else
        read_all(shocks, n, list, &r);
    *out = shocks;
    return faults_end(faults, ERR_RULE, root->file, err);
}
