#include "pool/clauses.h"

#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void clause_fault(Clauses *t, const Doc *node, const char *problem,
                  const char *way_out)
{
    doc_fault(node, 0, problem, way_out, &t->r);
}

void clause_say(Clauses *t, const Doc *node, const char *way_out,
                const char *fmt, ...)
{
    char text[240];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    text[text_clip(text, sizeof text - 1)] = '\0';
    doc_fault(node, 0, text, way_out, &t->r);
}

void clause_warn(Clauses *t, const Doc *node, const char *problem,
                 const char *way_out)
{
    Fault f = {.file = node->file,
               .line = node->line,
               .column = node->column,
               .source = node->source,
               .problem = problem,
               .way_out = way_out,
               .is_warning = 1};
    if (!t->r.failed && faults_add(t->r.faults, f, t->r.err) != OK)
        t->r.failed = 1;
}

void *clause_take(Clauses *t, size_t n, size_t size)
{
    void *items = arena_alloc(t->arena, n, size);
    if (items == NULL) {
        t->r.failed = 1;
        (void)FAIL(t->r.err, ERR_MEMORY, "no memory for a scheme");
    }
    return items;
}

const Doc *clause_list(Clauses *t, const Doc *group, const char *name)
{
    const Doc *list = doc_get(group, name);
    if (list == NULL)
        return NULL;
    int bad = list->kind != DOC_LIST;
    for (const Doc *d = bad ? NULL : list->first; d != NULL; d = d->next)
        bad |= d->kind != DOC_GROUP;
    if (!bad)
        return list;
    clause_say(t, list, NULL, tr("'%s' is not a list of groups ( { ... } )"),
               name);
    return NULL;
}

void clause_words(char *out, size_t room, const char *const words[], size_t n)
{
    size_t used = 0;
    *out = '\0';
    for (size_t i = 0; i < n && used + strlen(words[i]) + 5 < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s\"%s\"",
                                 i > 0 ? ", " : "", words[i]);
}

int clause_word(Clauses *t, const Doc *group, const char *name,
                const char *const words[], int n, int absent)
{
    const char *text = NULL;
    if (doc_get(group, name) == NULL && absent >= 0)
        return absent;
    if (!doc_text(&text, group, name, 0, &t->r))
        return 0;
    for (int i = 0; i < n; i++)
        if (strcmp(text, words[i]) == 0)
            return i;
    const char *near = text_nearest(text, words, (size_t)n);
    char way_out[240], list[200];
    clause_words(list, sizeof list, words, (size_t)n);
    snprintf(way_out, sizeof way_out,
             near != NULL ? tr("write \"%s\"") : tr("write one of %s"),
             near != NULL ? near : list);
    clause_say(t, doc_get(group, name), way_out, tr("%s '%.*s' is not known"),
               name, TEXT_SHORT(text));
    return 0;
}

int clause_party(Clauses *t, const Doc *group, const char *name, int absent)
{
    const Scheme *s = t->scheme;
    const char *text = NULL;
    if (doc_get(group, name) == NULL && absent >= -1)
        return absent;
    if (!doc_text(&text, group, name, 0, &t->r))
        return -1;
    for (int j = 0; j < s->n; j++)
        if (strcmp(text, s->party[j]) == 0)
            return j;
    char way_out[120];
    const char *near = text_nearest(text, s->party, (size_t)s->n);
    snprintf(way_out, sizeof way_out, tr("did you mean '%s'?"),
             near != NULL ? near : "");
    clause_say(t, doc_get(group, name), near != NULL ? way_out : NULL,
               tr("'%.*s' is not among the parties"), TEXT_SHORT(text));
    return -1;
}

int clause_fraction(Clauses *t, Fraction *out, const Doc *group,
                    const char *name, int optional)
{
    const char *text = NULL;
    if (doc_get(group, name) == NULL && optional)
        return 0;
    if (!doc_text(&text, group, name, 0, &t->r))
        return 0;
    if (fraction_parse(out, text))
        return 1;
    clause_say(t, doc_get(group, name),
               TR_NOOP("write \"3.5%\", \"0.6‰\", \"0.035\" or \"3/8\""),
               tr("'%.*s' is not a share"), TEXT_SHORT(text));
    return 0;
}

int clause_rate(Clauses *t, Fraction *out, const Doc *group, const char *name,
                int optional)
{
    static const Fraction whole = {1, 1};
    char text[120];
    if (!clause_fraction(t, out, group, name, optional))
        return 0;
    snprintf(text, sizeof text, tr("'%s' is more than 100%%"), name);
    if (fraction_above(*out, whole))
        clause_warn(t, doc_get(group, name), text,
                    TR_NOOP("parts of 100 are written \"1.6%\""));
    return 1;
}

int64_t clause_amount(Clauses *t, const Doc *group, const char *name)
{
    Money amount = {0};
    if (doc_money(&amount, group, name, 0, &t->r) && amount.fen < 0)
        clause_say(t, doc_get(group, name), NULL, tr("'%s' is below 0"), name);
    return amount.fen;
}
