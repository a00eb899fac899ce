#include "credit/quantity.h"

#include "core/text.h"
#include "core/tr.h"

#include "credit/estimate.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const Date no_day = {INT32_MIN};

/* A parameter's value on a day, whatever its type; NaN when it has none. */
static double parameter_at(const Policy *policy, const char *name, Date day)
{
    Money money = {0};
    Ratio ratio = {0};
    double number = (double)NAN;
    if (policy_ratio(&ratio, policy, name, day, NULL) == OK)
        return estimate_rate(ratio.billionths);
    if (policy_money(&money, policy, name, day, NULL) == OK)
        return estimate_yuan(money.fen);
    return policy_number(&number, policy, name, day, NULL) == OK ? number
                                                                 : (double)NAN;
}

static int is_numeric(const Column *c)
{
    return c->type == TYPE_MONEY || c->type == TYPE_RATIO ||
           c->type == TYPE_REAL || c->type == TYPE_COUNT;
}

/* "did you mean 'lpr_1y'?" of the columns and the parameters of the day, or
 * where the name would have to stand. */
static const char *way_out(char text[120], const QuantityScope *s,
                           const char *name)
{
    const Doc *list = policy_section(s->policy, s->day, "parameters");
    size_t n = 0, most = s->table->n + (list != NULL ? list->n : 0);
    const char **names = arena_alloc(s->arena, most + 1, sizeof *names);
    const Doc *it = list != NULL ? list->first : NULL;
    for (; it != NULL && names != NULL; it = it->next) {
        const Doc *own = doc_get(it, "name");
        if (own != NULL && own->text != NULL)
            names[n++] = own->text;
    }
    for (size_t i = 0; i < s->table->n && names != NULL; i++)
        if (is_numeric(s->table->columns[i]))
            names[n++] = s->table->columns[i]->name;
    const char *near = names != NULL ? text_nearest(name, names, n) : NULL;
    if (near == NULL)
        return tr("list it under outputs, inputs or parameters");
    snprintf(text, 120, tr("did you mean '%s'?"), near);
    return text;
}

static int read_name(Quantity *out, QuantityScope *s, const Doc *node)
{
    out->column = table_find(s->table, node->text);
    if (out->column != NULL && !is_numeric(out->column)) {
        doc_fault(node, 0, "this column holds no figures", NULL, &s->r);
        return 0;
    }
    if (out->column != NULL)
        return 1;
    out->value = parameter_at(s->policy, node->text, s->day);
    if (!isnan(out->value))
        return 1;
    char text[120];
    doc_fault(node, 0, "this is no column, parameter or figure",
              way_out(text, s, node->text), &s->r);
    return 0;
}

static int read_literal(Quantity *out, QuantityScope *s, const Doc *node)
{
    static const char *const problems[] = {TR_NOOP("this is no amount"),
                                           TR_NOOP("this is no rate"),
                                           TR_NOOP("this is no number")};
    static const char *const ways[] = {
        TR_NOOP("write \"1000000.00\" or \"100万\""),
        TR_NOOP("write \"3.5%\" or \"0.035\""), TR_NOOP("write \"24\"")};
    Money money = {0};
    Ratio ratio = {0};
    if (out->unit == QUANTITY_MONEY && doc_money_of(&money, node->text))
        out->value = estimate_yuan(money.fen);
    else if (out->unit == QUANTITY_RATE &&
             ratio_parse(&ratio, node->text, NULL) == OK)
        out->value = estimate_rate(ratio.billionths);
    else if (out->unit != QUANTITY_NUMBER ||
             !doc_real_of(&out->value, node->text)) {
        doc_fault(node, 0, problems[out->unit], ways[out->unit], &s->r);
        return 0;
    }
    return 1;
}

static int read_node(Quantity *out, QuantityScope *s, const Doc *node,
                     QuantityUnit unit)
{
    *out = (Quantity){.unit = unit, .text = node->text};
    if (node->kind == DOC_NUMBER && unit == QUANTITY_NUMBER) {
        out->value = (double)node->number;
        return 1;
    }
    if (node->kind != DOC_TEXT) {
        doc_fault(node, 0, "a figure or a name in quotes was expected here",
                  NULL, &s->r);
        return 0;
    }
    int digit = isdigit((unsigned char)node->text[0]) ||
                (node->text[0] != '\0' && strchr("+-.", node->text[0]) != NULL);
    return digit ? read_literal(out, s, node) : read_name(out, s, node);
}

/* The child; NULL when there is none, a fault unless `optional`. */
static const Doc *find(const Doc *group, const char *name, int optional,
                       QuantityScope *s)
{
    char problem[80];
    const Doc *node = doc_get(group, name);
    if (node == NULL && !optional) {
        snprintf(problem, sizeof problem, tr("'%s' is missing here"), name);
        doc_fault(group, 0, problem, NULL, &s->r);
    }
    return node;
}

int quantity_read(Quantity *out, QuantityScope *s, const Doc *group,
                  const char *name, QuantityUnit unit, const double *otherwise)
{
    const Doc *node = find(group, name, otherwise != NULL, s);
    if (node != NULL)
        return read_node(out, s, node, unit);
    *out = (Quantity){.unit = unit};
    if (otherwise != NULL)
        out->value = *otherwise;
    return otherwise != NULL;
}

int quantities_read(Quantities *out, QuantityScope *s, const Doc *group,
                    const char *name, QuantityUnit unit, int optional)
{
    const Doc *node = find(group, name, optional, s);
    *out = (Quantities){NULL, 0};
    if (node == NULL)
        return optional;
    size_t n = node->kind == DOC_LIST ? node->n : 1;
    out->items = arena_alloc(s->arena, n, sizeof *out->items);
    if (out->items == NULL) {
        s->r.failed = 1;
        (void)FAIL(s->r.err, ERR_MEMORY, "no memory for a policy's section");
        return 0;
    }
    if (node->kind != DOC_LIST)
        return read_node(&out->items[out->n++], s, node, unit);
    int good = 1;
    for (const Doc *d = node->first; d != NULL; d = d->next)
        good &= read_node(&out->items[out->n++], s, d, unit);
    return good;
}

static double cell_at(const Column *c, size_t row)
{
    if (c->type == TYPE_MONEY)
        return estimate_yuan(c->i[row]);
    if (c->type == TYPE_RATIO)
        return estimate_rate(c->i[row]);
    if (c->type == TYPE_REAL)
        return c->d[row];
    return c->i[row] == NULL_INT ? (double)NAN : (double)c->i[row];
}

double quantity_at(const Quantity *q, size_t row)
{
    return q->column != NULL ? cell_at(q->column, row) : q->value;
}

double quantities_sum(const Quantities *q, size_t row)
{
    double sum = 0;
    for (size_t i = 0; i < q->n; i++)
        sum += quantity_at(&q->items[i], row);
    return sum;
}

double quantities_product(const Quantities *q, size_t row)
{
    double product = 1;
    for (size_t i = 0; i < q->n; i++)
        product *= quantity_at(&q->items[i], row);
    return product;
}

double quantities_least(const Quantities *q, size_t row)
{
    double least = (double)NAN;
    for (size_t i = 0; i < q->n; i++) {
        double x = quantity_at(&q->items[i], row);
        if (!(x >= least)) /* also when there is none yet */
            least = isnan(x) ? least : x;
    }
    return least;
}

ErrCode quantity_end(const QuantityScope *s, Err *err)
{
    if (!s->r.failed)
        return OK;
    const Fault *f = faults_at(s->r.faults, 0);
    if (f == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a policy's section");
    if (f->problem == NULL)
        return FAIL(err, ERR_RULE, "%s:%zu:%zu: '%s' is not %s", f->file,
                    f->line, f->column, f->value, f->expected);
    return FAIL(err, ERR_RULE, "%s:%zu:%zu: %s", f->file, f->line, f->column,
                f->problem);
}

const Column *quantity_days(const Table *table, const Policy *policy)
{
    const char *name = policy_head(policy)->date_used;
    return name != NULL ? table_find(table, name) : NULL;
}

Date quantity_day(const Column *days, size_t row, Date as_of)
{
    if (days == NULL)
        return as_of;
    return days->i[row] == NULL_INT ? no_day : (Date){(int32_t)days->i[row]};
}

int quantity_has_day(Date day)
{
    return day.days != no_day.days;
}
