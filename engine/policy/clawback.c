#include "policy/clawback.h"

#include "core/tr.h"
#include "policy/known.h"
#include "policy/names.h"

#include <string.h>

/* Is it one of the file's outputs? */
static int is_output(const Reading *in, const char *name)
{
    const Doc *list = policy_section(in->policy, in->day, "outputs");
    for (const Doc *d = list ? list->first : NULL; d != NULL; d = d->next)
        if (d->text != NULL && strcmp(d->text, name) == 0)
            return 1;
    return 0;
}

/* What the rules put out that is true or false. */
static void check_when(Reading *in, const Doc *name)
{
    if (in->policy == NULL || name == NULL || name->text == NULL)
        return;
    const Unknown *u =
        known_check(in->policy, in->day, name->text, TYPE_BOOL, in->arena);
    if (u != NULL)
        doc_fault(name, 0, u->problem, u->way_out, &in->r);
    else if (!is_output(in, name->text))
        doc_fault(name, 0, tr("the rules do not put it out"),
                  tr("make it a fact, and name that in `outputs`"), &in->r);
}

static void read_one(Clawback *out, Reading *in, const Doc *group)
{
    static const char *const known[] = {"id",    "when",   "share",     "cite",
                                        "title", "source", "confidence"};
    const char *id, *when, *cite;
    doc_only(group, known, sizeof known / sizeof *known, &in->r);
    (void)doc_text(&cite, group, "cite", 0, &in->r);
    out->share = (Ratio){RATIO_ONE};
    if (doc_get(group, "share") != NULL) {
        reading_ratio(&out->share, in, group, "share");
        if (out->share.billionths <= 0 || out->share.billionths > RATIO_ONE)
            reading_refuse(in, group, "share",
                           TR_NOOP("is no part of what was paid"),
                           TR_NOOP("write 50%, or leave it out for all"));
    }
    if (doc_text(&id, group, "id", 0, &in->r))
        out->id = names_keep(in, id);
    if (doc_text(&when, group, "when", 0, &in->r))
        out->when = names_keep(in, when);
    check_when(in, doc_get(group, "when"));
}

const Clawback *clawback_read(size_t *n, Reading *in, const Doc *list)
{
    Clawback *c = reading_take(in, list->n, sizeof *c);
    *n = 0;
    if (c == NULL)
        return NULL;
    for (const Doc *d = list->first; d != NULL; d = d->next, ++*n) {
        read_one(&c[*n], in, d);
        for (size_t i = 0; i < *n; i++)
            if (c[i].id == c[*n].id && c[i].id != NULL)
                reading_fault(in, d, TR_NOOP("the id stands twice"));
    }
    return c;
}
