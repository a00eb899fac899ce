#include "policy/dmntable.h"

#include "core/tr.h"
#include "data/dmn.h"

#include <string.h>

enum { TABLE_RULES = 16000, TABLE_COLUMNS = 200 };

typedef struct {
    const Doc *element;
    const char *rule;
    const FeelNames *names;
    FeelNames *members;
    Reader *r;
} Read;

static size_t count_of(const Doc *of, const char *name)
{
    size_t n = 0;
    for (const Doc *d = of->first; d != NULL; d = d->next)
        n += strcmp(d->name, name) == 0;
    return n;
}

/* The next child of that name, behind `last` or the first. */
static const Doc *next_of(const Doc *of, const Doc *last, const char *name)
{
    const Doc *d = last == NULL ? of->first : last->next;
    while (d != NULL && strcmp(d->name, name) != 0)
        d = d->next;
    return d;
}

static const Node *expression(const Read *read, const Doc *text)
{
    return feel_expression((Text){text, text->text, read->rule}, read->names,
                           read->members, read->r);
}

/* The tests of an element's <text>; NULL when it has none. */
static const Node *tests(const Read *read, const Doc *of)
{
    const Doc *text = dmn_text(of, "text");
    if (text == NULL || text->text[strspn(text->text, " \t\n")] == '\0')
        return NULL;
    return feel_tests((Text){text, text->text, read->rule}, read->names,
                      read->members, read->r);
}

static void read_hit(DmnTable *t, const Read *read)
{
    static const char *const hits[] = {"UNIQUE",      "ANY",     "PRIORITY",
                                       "FIRST",       "COLLECT", "RULE ORDER",
                                       "OUTPUT ORDER"};
    static const char *const folds[] = {"", "SUM", "MIN", "MAX", "COUNT"};
    const char *hit = dmn_attribute(read->element, "hitPolicy");
    const char *fold = dmn_attribute(read->element, "aggregation");
    int is_known = hit == NULL;
    for (int i = 0; hit != NULL && i <= DMN_OUTPUT_ORDER; i++)
        if (strcmp(hits[i], hit) == 0) {
            t->hit = (DmnHit)i;
            is_known = 1;
        }
    if (!is_known)
        reader_fault_node(
            read->r, read->element, read->rule,
            tr("a hit policy the standard does not have"),
            tr("write UNIQUE, ANY, PRIORITY, FIRST, COLLECT, RULE "
               "ORDER or OUTPUT ORDER"));
    is_known = fold == NULL;
    for (int i = 1; fold != NULL && i <= DMN_COUNT; i++)
        if (strcmp(folds[i], fold) == 0) {
            t->fold = (DmnFold)i;
            is_known = 1;
        }
    if (!is_known)
        reader_fault_node(read->r, read->element, read->rule,
                          tr("an aggregation the standard does not have"),
                          tr("write SUM, MIN, MAX or COUNT"));
}

static void read_inputs(DmnTable *t, const Read *read)
{
    size_t i = 0;
    const Doc *d = NULL;
    while ((d = next_of(read->element, d, "input")) != NULL) {
        const Doc *text = dmn_text(doc_get(d, "inputExpression"), "text");
        if (text == NULL)
            reader_fault_node(read->r, d, read->rule,
                              tr("an input without an expression"),
                              tr("add <inputExpression>"));
        else
            t->inputs[i] = expression(read, text);
        t->in_allowed[i++] = tests(read, doc_get(d, "inputValues"));
    }
}

static void read_outputs(DmnTable *t, const Read *read, const DmnTypes *types,
                         const DmnType *type)
{
    size_t i = 0;
    const Doc *d = NULL;
    while ((d = next_of(read->element, d, "output")) != NULL) {
        const char *name = dmn_attribute(d, "name");
        const char *reference = dmntype_reference(d);
        const Doc *text = dmn_text(doc_get(d, "defaultOutputEntry"), "text");
        if (name == NULL && t->n_outputs > 1)
            reader_fault_node(read->r, d, read->rule,
                              tr("one of several outputs without a name"),
                              tr("add name = \"...\" to each"));
        name = name == NULL ? "" : name;
        t->out_names[i] = feelname_clean(read->r, name, strlen(name));
        if (t->n_outputs > 1)
            feelname_add(read->members, t->out_names[i], read->r);
        t->out_values[i] = tests(read, doc_get(d, "outputValues"));
        const DmnType *own = dmntype_named(types, reference);
        if (own == NULL && t->n_outputs == 1)
            own = type;
        if (own == NULL && type != NULL)
            own = dmntype_part(types, type, t->out_names[i]);
        if (t->out_values[i] == NULL)
            t->out_values[i] = dmntype_allowed(types, own);
        if (text != NULL)
            t->out_default[i] = expression(read, text);
        i++;
    }
}

static void wrong_width(const Read *read, const Doc *rule, size_t got,
                        size_t want)
{
    reader_fault_node(
        read->r, rule, read->rule,
        reader_say(read->r, tr("a rule of %zu entries, not %zu"), got, want),
        NULL);
}

static void read_rule(DmnTable *t, const Read *read, const Doc *rule, size_t i)
{
    const Doc *d = NULL;
    size_t ins = count_of(rule, "inputEntry");
    size_t outs = count_of(rule, "outputEntry");
    if (ins != t->n_inputs || outs != t->n_outputs) {
        wrong_width(read, rule, ins + outs, t->n_inputs + t->n_outputs);
        return;
    }
    for (size_t k = 0; (d = next_of(rule, d, "inputEntry")) != NULL; k++)
        t->cells[i * t->n_inputs + k] = tests(read, d);
    for (size_t k = 0; (d = next_of(rule, d, "outputEntry")) != NULL; k++) {
        const Doc *text = dmn_text(d, "text");
        if (text == NULL)
            reader_fault_node(read->r, d, read->rule,
                              tr("an entry without a text"),
                              tr("write <text>null</text> for none"));
        else
            t->outputs[i * t->n_outputs + k] = expression(read, text);
    }
}

/* Room for `n` nodes. */
static const Node **room(const Read *read, size_t n)
{
    return reader_alloc(read->r, n + 1, sizeof(Node *));
}

static DmnTable *table_of(const Read *read)
{
    size_t ins = count_of(read->element, "input");
    size_t outs = count_of(read->element, "output");
    size_t rules = count_of(read->element, "rule");
    if (outs == 0 || rules > TABLE_RULES || ins + outs > TABLE_COLUMNS) {
        reader_fault_node(read->r, read->element, read->rule,
                          outs == 0 ? tr("a table without outputs")
                                    : tr("a table of more than 16,000 rules or "
                                         "200 columns"),
                          tr("add <output>"));
        return NULL;
    }
    DmnTable *t = reader_alloc(read->r, 1, sizeof *t);
    if (t == NULL)
        return NULL;
    *t = (DmnTable){.n_inputs = ins,
                    .n_outputs = outs,
                    .n_rules = rules,
                    .inputs = room(read, ins),
                    .in_allowed = room(read, ins),
                    .out_names = reader_alloc(read->r, outs, sizeof(char *)),
                    .out_values = room(read, outs),
                    .out_default = room(read, outs),
                    .cells = room(read, rules * ins),
                    .outputs = room(read, rules * outs)};
    int has_all = t->inputs && t->in_allowed && t->out_names && t->out_values &&
                  t->out_default && t->cells && t->outputs;
    return has_all ? t : NULL;
}

Node *dmntable_read(const Doc *element, const char *rule, const DmnTypes *types,
                    const DmnType *type, const FeelNames *names,
                    FeelNames *members, Reader *r)
{
    Read read = {element, rule, names, members, r};
    size_t i = 0;
    int failed = r->failed; /* before; a fault told already is not told again */
    r->failed = 0;
    DmnTable *t = table_of(&read);
    Node *node = t == NULL ? NULL : reader_alloc(r, 1, sizeof *node);
    if (node == NULL)
        return NULL;
    read_hit(t, &read);
    read_inputs(t, &read);
    read_outputs(t, &read, types, type);
    for (const Doc *d = NULL; (d = next_of(element, d, "rule")) != NULL; i++)
        read_rule(t, &read, d, i);
    *node = (Node){.kind = NODE_TABLE, .table = t, .depth = 1};
    int is_good = !r->failed;
    r->failed |= failed;
    return is_good ? node : NULL;
}
