#include "policy/plausible.h"

#include "core/tr.h"

#include <string.h>

/* A figure of the file, whatever its unit; 0 when it is none. */
static double figure_of(const Doc *node)
{
    Money m;
    Ratio q;
    if (node == NULL || node->kind != DOC_TEXT)
        return 0;
    if (doc_money_of(&m, node->text))
        return (double)m.fen / 100;
    return ratio_parse(&q, node->text, NULL) == OK
               ? (double)q.billionths / (double)RATIO_ONE
               : 0;
}

/* The same figure in each item of a list, beside the one before. */
static void check_list(const Doc *list, const char *name, const char *rule,
                       Reader *r)
{
    const Doc *last = NULL;
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        const Doc *node = doc_get(it, name);
        double now = figure_of(node), before = figure_of(last);
        if (now > 0 && before > 0 &&
            (now / before >= PLAUSIBLE_TIMES ||
             before / now >= PLAUSIBLE_TIMES))
            reader_warn(r, (Text){node, node->text, rule}, 0,
                        reader_say(r,
                                   tr("'%s' beside '%s': over a thousand times "
                                      "apart"),
                                   node->text, last->text),
                        tr("is a unit missing, 万 or 亿"));
        if (now > 0)
            last = node;
    }
}

static void check_figures(const Doc *root, Reader *r)
{
    const Doc *parameters = doc_get(root, "parameters");
    const Doc *scales = doc_get(root, "scales");
    for (const Doc *it = parameters ? parameters->first : NULL; it;
         it = it->next)
        check_list(doc_get(it, "values"), "value", reader_id(it), r);
    for (const Doc *it = scales ? scales->first : NULL; it; it = it->next) {
        check_list(doc_get(it, "brackets"), "from", reader_id(it), r);
        check_list(doc_get(it, "brackets"), "rate", reader_id(it), r);
        check_list(doc_get(it, "brackets"), "amount", reader_id(it), r);
    }
}

/* Ids of one list are what traces say, so each is one row's. */
static void check_ids(const Doc *list, Reader *r)
{
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        const Doc *id = doc_get(it, "id"), *first = list->first;
        if (id == NULL || id->kind != DOC_TEXT)
            continue;
        while (first != it &&
               (doc_get(first, "id") == NULL || reader_id(first) == NULL ||
                strcmp(reader_id(first), id->text) != 0))
            first = first->next;
        if (first != it)
            reader_fault_node(
                r, id, id->text,
                reader_say(r, tr("the id '%s' is taken; first on line %zu"),
                           id->text, first->line),
                tr("give it another id"));
    }
}

static void check_tables(const Doc *root, Reader *r)
{
    static const struct {
        const char *section, *rows;
    } tables[] = {{"decisions", "rules"},
                  {"scorecards", "attributes"},
                  {"constraints", "of"}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        const Doc *list = doc_get(root, tables[i].section);
        for (const Doc *it = list ? list->first : NULL; it; it = it->next)
            check_ids(doc_get(it, tables[i].rows), r);
    }
    check_ids(doc_get(root, "limits"), r);
    check_ids(doc_get(root, "examples"), r);
}

void plausible_check(const Policy *policy, Reader *r)
{
    for (size_t i = 0; i < policy->n_versions; i++) {
        check_figures(policy->versions[i].root, r);
        check_tables(policy->versions[i].root, r);
    }
}
