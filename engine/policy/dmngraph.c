#include "policy/dmngraph.h"

#include <string.h>

const DmnElement *dmngraph_named(const DmnModel *m, const char *name)
{
    for (size_t i = 0; i < m->n; i++)
        if (strcmp(m->elements[i].name, name) == 0)
            return &m->elements[i];
    return NULL;
}

/* Does a reference of `n` bytes in front of "#" mean the element's model? */
static int means(const DmnModel *m, const DmnElement *e, const char *space,
                 size_t n)
{
    const char *own = e->home->space;
    if (n == 0 || (m->space == NULL && e->home == m))
        return e->home == m;
    return own != NULL && strlen(own) == n && memcmp(own, space, n) == 0;
}

DmnElement *dmngraph_referred(const DmnModel *m, const char *href)
{
    const char *id = href == NULL ? NULL : strrchr(href, '#');
    for (size_t i = 0; id != NULL && i < m->n; i++) {
        DmnElement *e = &m->elements[i];
        if (e->id != NULL && strcmp(e->id, id + 1) == 0 &&
            means(m, e, href, (size_t)(id - href)))
            return e;
    }
    return NULL;
}
