#include "policy/names.h"

#include "core/text.h"
#include "core/tr.h"

#include <string.h>

const char *names_keep(Reading *in, const char *text)
{
    const char *kept = texts_put(in->texts, text, strlen(text));
    if (kept == NULL)
        (void)FAIL(in->r.err, ERR_MEMORY, "out of memory");
    return kept;
}

int names_place(Names *names, Reading *in, const char *name, size_t most)
{
    const char *text = names_keep(in, name);
    for (size_t i = 0; i < names->n; i++)
        if (names->name[i] == text)
            return (int)i;
    if (text == NULL || names->n == most)
        return -1;
    names->name[names->n++] = text;
    return (int)names->n - 1;
}

int names_award(Reading *in, const Names *awards, unsigned given,
                const Doc *group)
{
    const char *name = NULL;
    if (doc_get(group, "award") == NULL ||
        !doc_text(&name, group, "award", 0, &in->r))
        return -1;
    for (size_t i = 0; i < awards->n; i++)
        if (strcmp(awards->name[i], name) == 0 && (given >> i & 1) != 0)
            return (int)i;
    const char *near = text_nearest(name, awards->name, awards->n);
    if (near == NULL && awards->n > 0)
        near = awards->name[0];
    reading_refuse(in, group, "award",
                   TR_NOOP("is not an award of the stacking"),
                   near ? text_format(in->arena, tr("write %s"), near) : NULL);
    return -1;
}
