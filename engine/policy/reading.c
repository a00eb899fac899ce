#include "policy/reading.h"

#include "core/text.h"

#include <string.h>

void *reading_take(Reading *reading, size_t n, size_t size)
{
    void *items = arena_alloc(reading->arena, n > 0 ? n : 1, size);
    if (items == NULL) {
        reading->r.failed = 1;
        (void)FAIL(reading->r.err, ERR_MEMORY, "out of memory");
    }
    return items;
}

void reading_fault(Reading *reading, const Doc *node, const char *problem)
{
    if (problem != NULL)
        doc_fault(node, 0, problem, NULL, &reading->r);
}

void reading_refuse(Reading *reading, const Doc *group, const char *name,
                    const char *problem, const char *way_out)
{
    const Doc *node = doc_get(group, name);
    const char *text = node->text != NULL ? node->text : "";
    doc_fault(
        node, 0,
        text_format(reading->arena, "'%.*s' %s", TEXT_SHORT(text), tr(problem)),
        way_out, &reading->r);
}

int reading_word(Reading *reading, const Doc *group, const char *name,
                 const char *const words[], size_t n)
{
    const char *text = words[0];
    if (!doc_text(&text, group, name, 1, &reading->r))
        return 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], text) == 0)
            return (int)i;
    const char *near = text_nearest(text, words, n);
    reading_refuse(reading, group, name, TR_NOOP("is not a word known here"),
                   text_format(reading->arena, tr("write %s"),
                               near != NULL ? near : words[0]));
    return 0;
}

/* The parameter that a child names instead of standing for itself, or NULL. */
static const char *parameter(const Reading *reading, const Doc *group,
                             const char *name)
{
    const Doc *node = doc_get(group, name);
    if (reading->policy == NULL || node == NULL || node->kind != DOC_TEXT ||
        strchr("0123456789+-.", node->text[0]) != NULL)
        return NULL;
    return node->text;
}

/* A name that is no parameter of that type on that day: why, and the nearest
 * one. */
static void refuse_name(Reading *reading, const Doc *node, const char *why)
{
    const Doc *list =
        policy_section(reading->policy, reading->day, "parameters");
    const char **names =
        reading_take(reading, list != NULL ? list->n : 0, sizeof *names);
    size_t n = 0;
    for (const Doc *it = list ? list->first : NULL; it && names; it = it->next)
        if (doc_get(it, "name") != NULL && doc_get(it, "name")->text != NULL)
            names[n++] = doc_get(it, "name")->text;
    const char *near = names ? text_nearest(node->text, names, n) : NULL;
    doc_fault(node, 0, why,
              near != NULL && strcmp(near, node->text) != 0
                  ? text_format(reading->arena, tr("did you mean '%s'?"), near)
                  : tr("write the figure, or the name of a parameter that has "
                       "a value then"),
              &reading->r);
}

void reading_money(Money *out, Reading *reading, const Doc *group,
                   const char *name, int optional)
{
    const char *by_name = parameter(reading, group, name);
    Err err = {0};
    if (by_name == NULL)
        (void)doc_money(out, group, name, optional, &reading->r);
    else if (policy_money(out, reading->policy, by_name, reading->day, &err) !=
             OK)
        refuse_name(reading, doc_get(group, name), err.text);
}

void reading_ratio(Ratio *out, Reading *reading, const Doc *group,
                   const char *name)
{
    const char *by_name = parameter(reading, group, name);
    Err err = {0};
    if (by_name == NULL)
        (void)doc_ratio(out, group, name, 0, &reading->r);
    else if (policy_ratio(out, reading->policy, by_name, reading->day, &err) !=
             OK)
        refuse_name(reading, doc_get(group, name), err.text);
}

const Scale *reading_scale(Reading *reading, const Doc *group)
{
    static const char *const kinds[] = {"marginal_rate", "single_rate",
                                        "single_amount"};
    const Doc *list = doc_get(group, "brackets");
    size_t n = list != NULL ? list->n : 0, i = 0;
    Scale *scale = reading_take(reading, 1, sizeof *scale);
    Bracket *bracket = reading_take(reading, n, sizeof *bracket);
    if (scale == NULL || bracket == NULL)
        return NULL;
    scale->kind = (ScaleKind)reading_word(reading, group, "kind", kinds, 3);
    for (const Doc *d = n > 0 ? list->first : NULL; d != NULL; d = d->next) {
        reading_money(&bracket[i].from, reading, d, "from", 0);
        if (scale->kind == SCALE_SINGLE_AMOUNT)
            reading_money(&bracket[i].amount, reading, d, "amount", 0);
        else
            reading_ratio(&bracket[i].rate, reading, d, "rate");
        i++;
    }
    scale->n = n;
    scale->brackets = bracket;
    reading_fault(reading, group, scale_check(scale));
    return scale;
}
