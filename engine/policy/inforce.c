#include "policy/inside.h"

#include "data/doc.h"

#include <string.h>

int policy_version(PolicyVersion *out, const Policy *p, size_t i)
{
    if (i >= p->n_versions)
        return 0;
    const Version *v = &p->versions[i];
    *out = (PolicyVersion){v->id, v->cite, v->from, v->to};
    return 1;
}

/* The value of a dated parameter that holds on a day, or NULL. */
static const Doc *value_on(const Doc *parameter, Date day)
{
    const Doc *values = doc_get(parameter, "values"), *found = NULL;
    for (const Doc *v = values ? values->first : NULL; v; v = v->next) {
        Date from;
        const Doc *text = doc_get(v, "from");
        if (text == NULL || (date_parse(&from, text->text, NULL) == OK &&
                             from.days <= day.days))
            found = v;
    }
    return found;
}

static const Doc *parameters_on(const Policy *p, Date day)
{
    const Doc *list = policy_section(p, day, "parameters");
    return list == NULL ? NULL : list->first;
}

enum { CELLS = 7 };

static const struct {
    const char *name;
    Label label;
} columns[CELLS] = {
    {"policy", {"规则", "policy"}}, {"name", {"参数", "parameter"}},
    {"value", {"数值", "value"}},   {"since", {"起", "since"}},
    {"source", {"来源", "source"}}, {"confidence", {"可信度", "confidence"}},
    {"cite", {"依据", "cite"}}};

/* The text of a child, of its parent where it has none; NULL: neither. */
static const char *text_of(const Doc *value, const Doc *parameter,
                           const char *name)
{
    const Doc *text = value ? doc_get(value, name) : NULL;
    if (text == NULL)
        text = doc_get(parameter, name);
    return text == NULL ? NULL : text->text;
}

static void fill(Column *const to[CELLS], size_t row, const Policy *p,
                 const Doc *parameter, Date day)
{
    const Doc *value = value_on(parameter, day);
    const Doc *number = value ? doc_get(value, "value") : NULL;
    const Doc *from = value ? doc_get(value, "from") : NULL;
    to[0]->s[row] = p->head.id;
    to[1]->s[row] = text_of(NULL, parameter, "name");
    to[2]->s[row] = number == NULL ? NULL : number->text;
    to[3]->s[row] = from == NULL ? NULL : from->text;
    to[4]->s[row] = text_of(value, parameter, "source");
    to[5]->s[row] = text_of(value, parameter, "confidence");
    to[6]->s[row] = text_of(value, parameter, "cite");
}

ErrCode policy_parameters(Table **out, Tables *tables,
                          const Policy *const policies[], size_t n, Date day,
                          Err *err)
{
    ErrCode rc = OK;
    size_t rows = 0, row = 0;
    Column *to[CELLS];
    for (size_t i = 0; i < n; i++)
        for (const Doc *d = parameters_on(policies[i], day); d; d = d->next)
            rows++;
    TRY(table_new(out, tables, "rule_parameters", rows, err));
    (*out)->title = (Label){"当日参数", "Parameters of that day"};
    for (size_t k = 0; k < CELLS; k++)
        TRY(table_add_labelled(&to[k], *out, columns[k].name, TYPE_TEXT, "",
                               columns[k].label, err));
    for (size_t i = 0; i < n; i++)
        for (const Doc *d = parameters_on(policies[i], day); d; d = d->next)
            fill(to, row++, policies[i], d, day);
done:
    return rc;
}
