#include "policy/decision.h"

#include "core/tr.h"
#include "policy/check.h"
#include "policy/pick.h"
#include "policy/units.h"

#include <string.h>

static const char *const table_names[] = {
    "name",    "hit",   "inputs", "outputs", "cite",
    "default", "rules", "title",  "order",   "aggregate"};
static const char *const row_names[] = {"id",   "when",  "then",
                                        "cite", "title", "reason"};
static const char *const policies[HIT_COUNT] = {
    "UNIQUE",  "ANY",        "PRIORITY",    "FIRST",
    "COLLECT", "RULE ORDER", "OUTPUT ORDER"};
static const char *const aggregates[] = {"list", "sum", "min", "max", "count"};

#define NAMES(list) list, sizeof list / sizeof *list

/* The place of group[name] in names[n]; 0 after a fault. */
static int read_choice(size_t *out, Build *b, const Doc *group,
                       const char *name, const char *const names[], size_t n,
                       const char *id)
{
    const char *text = NULL;
    if (!doc_text(&text, group, name, 1, &b->d))
        return 0;
    if (text == NULL)
        return 1;
    for (size_t i = 0; i < n; i++)
        if (strcmp(text, names[i]) == 0) {
            *out = i;
            return 1;
        }
    const char *near = text_nearest(text, names, n);
    reader_fault_node(
        &b->r, doc_get(group, name), id,
        reader_say(&b->r, tr("'%s' is not a value of '%s'"), text, name),
        near ? reader_say(&b->r, tr("did you mean '%s'?"), near)
             : reader_say(&b->r, tr("write '%s'"), names[0]));
    return 0;
}

/* A list with that many texts (0: any number but none); NULL after a fault. */
static const Doc *read_list(Build *b, const Doc *group, const char *name,
                            size_t n, const char *id)
{
    const Doc *list = doc_get(group, name);
    if (list != NULL && list->kind == DOC_LIST && list->n > 0 &&
        (n == 0 || list->n == n))
        return list;
    if (list == NULL || list->kind != DOC_LIST)
        reader_fault_node(&b->r, list ? list : group, id,
                          reader_say(&b->r, tr("'%s' must be a list"), name),
                          reader_say(&b->r, "%s = ( \"...\" );", name));
    else
        reader_fault_node(
            &b->r, list, id,
            reader_say(&b->r,
                       tr("cells of '%s': %zu; columns of the table: %zu"),
                       name, list->n, n),
            tr("one cell a column; - is anything"));
    return NULL;
}

/* The rules in the order that their bits get: as written, or by the order of
 * their first outputs. */
static const Doc **sorted(Build *b, const Doc *group, const Doc *rules,
                          HitPolicy policy, const char *id)
{
    const Doc **out = reader_alloc(&b->r, rules->n, sizeof *out);
    size_t n = 0;
    if (out == NULL)
        return NULL;
    if (policy != HIT_PRIORITY && policy != HIT_OUTPUT_ORDER) {
        for (const Doc *it = rules->first; it != NULL; it = it->next)
            out[n++] = it;
        return out;
    }
    const Doc *order = read_list(b, group, "order", 0, id);
    for (const Doc *o = order ? order->first : NULL; o != NULL; o = o->next)
        for (const Doc *it = rules->first; it != NULL; it = it->next) {
            const Doc *then = doc_get(it, "then");
            const Doc *first = then ? then->first : NULL;
            if (first != NULL && first->kind == DOC_TEXT && o->text != NULL &&
                strcmp(first->text, o->text) == 0 && n < rules->n)
                out[n++] = it;
        }
    if (order != NULL && n != rules->n)
        reader_fault_node(&b->r, order, id,
                          tr("an output is not in 'order', or twice"),
                          tr("name each value that rules give once"));
    return n == rules->n ? out : NULL;
}

static void read_row(Build *b, Rule *rule, size_t i, const Doc *row)
{
    Decision *d = rule->detail;
    Grid *g = d->grid;
    const char *id = reader_id(row);
    if (row->kind != DOC_GROUP) {
        reader_fault_node(
            &b->r, row, rule->id, tr("a rule is a group"),
            tr("write { id = ...; when = ( ... ); then = ( ... ); }"));
        rule->is_broken = 1;
        return;
    }
    doc_only(row, NAMES(row_names), &b->d);
    id = id == NULL ? rule->id : reader_text(&b->r, id, strlen(id));
    g->ids[i] = id;
    g->nodes[i] = row;
    d->cites[i] = build_cite(b, row, rule->cite, id);
    const Doc *when = read_list(b, row, "when", g->n_inputs, id);
    const Doc *then = read_list(b, row, "then", d->n_outputs, id);
    rule->is_broken |= when == NULL || then == NULL;
    size_t j = 0;
    for (const Doc *it = when ? when->first : NULL; it; it = it->next)
        grid_cell(b, rule, g, i, j++, it, id);
    j = 0;
    for (const Doc *it = then ? then->first : NULL; it; it = it->next)
        d->outputs[i * d->n_outputs + j++] = build_text(b, rule, it, id);
}

static int read_columns(Build *b, Rule *rule, const Doc *group)
{
    Decision *d = rule->detail;
    const Doc *inputs = read_list(b, group, "inputs", 0, rule->id);
    const Doc *outputs = read_list(b, group, "outputs", 0, rule->id);
    const Doc *rules = doc_get(group, "rules");
    if (inputs == NULL || outputs == NULL)
        return 0;
    if (rules == NULL || rules->kind != DOC_LIST || rules->n == 0 ||
        rules->n > ROWS_MAX) {
        reader_fault_node(
            &b->r, rules ? rules : group, rule->id,
            tr("a table has a list of 1 to 16000 rules"),
            tr("rules = ( { id = ...; when = ( ... ); then = ( ... ); } )"));
        return 0;
    }
    d->n_outputs = outputs->n;
    d->grid = grid_new(b, inputs->n, rules->n);
    d->outputs =
        reader_alloc(&b->r, (rules->n + 1) * outputs->n, sizeof *d->outputs);
    d->cites = reader_alloc(&b->r, rules->n, sizeof *d->cites);
    if (d->grid == NULL || d->outputs == NULL || d->cites == NULL)
        return 0;
    size_t j = 0;
    for (const Doc *it = inputs->first; it != NULL; it = it->next)
        d->grid->inputs[j++] = build_text(b, rule, it, rule->id);
    for (const Doc *it = outputs->first; it != NULL; it = it->next)
        if (it->kind == DOC_TEXT)
            build_gives(b, rule, it->text, it);
    const Doc **rows = sorted(b, group, rules, d->policy, rule->id);
    for (size_t i = 0; rows != NULL && i < rules->n; i++)
        read_row(b, rule, i, rows[i]);
    const Doc *rest = doc_get(group, "default");
    if (rest != NULL)
        rest = read_list(b, group, "default", outputs->n, rule->id);
    j = rules->n * d->n_outputs;
    for (const Doc *it = rest ? rest->first : NULL; it != NULL; it = it->next)
        d->outputs[j++] = build_text(b, rule, it, rule->id);
    return rows != NULL;
}

/* What says nothing under the hit policy would be passed over in silence. */
static void check_unused(Build *b, const Doc *group, const Decision *d,
                         const char *id)
{
    int by_order = d->policy == HIT_PRIORITY || d->policy == HIT_OUTPUT_ORDER;
    const Doc *aggregate = doc_get(group, "aggregate");
    const Doc *order = doc_get(group, "order"),
              *rest = doc_get(group, "default");
    if (aggregate != NULL && d->policy != HIT_COLLECT)
        reader_fault_node(&b->r, aggregate, id,
                          tr("'aggregate' needs hit = \"COLLECT\""),
                          tr("change the hit policy, or take it out"));
    if (order != NULL && !by_order)
        reader_fault_node(
            &b->r, order, id,
            tr("'order' needs hit = \"PRIORITY\" or \"OUTPUT ORDER\""),
            tr("change the hit policy, or take it out"));
    if (rest != NULL && d->policy > HIT_FIRST)
        reader_fault_node(
            &b->r, rest, id,
            tr("a table that gathers all its hits has no default"),
            tr("take it out; coalesce(name, value) stands where it is read"));
}

void decisions_read(Build *b, const Doc *root)
{
    const Doc *list = build_section(b, root, "decisions");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        Rule *rule = build_rule(b, it, RULE_DECISION, "name");
        Decision *d = reader_alloc(&b->r, 1, sizeof *d);
        size_t policy = HIT_UNIQUE, aggregate = ALL_LIST;
        if (rule == NULL || d == NULL)
            continue;
        rule->detail = d;
        doc_only(it, NAMES(table_names), &b->d);
        doc_text(&rule->cite, it, "cite", 1, &b->d);
        rule->is_broken |=
            !read_choice(&policy, b, it, "hit", NAMES(policies), rule->id) ||
            !read_choice(&aggregate, b, it, "aggregate", NAMES(aggregates),
                         rule->id);
        d->policy = (HitPolicy)policy;
        d->aggregate = (Aggregate)aggregate;
        check_unused(b, it, d, rule->id);
        d->first = d->mask = SLOT_NONE;
        if (!read_columns(b, rule, it))
            rule->is_broken = 1;
    }
}

/* The one unit of an output column: UNIT_WRONG after faults. */
static Unit column_unit(Build *b, const Decision *d, size_t column)
{
    Expr *first = NULL;
    Unit unit = UNIT_NULL;
    for (size_t i = 0; i <= d->grid->n_rules; i++) {
        Expr *e = d->outputs[i * d->n_outputs + column];
        if (e == NULL)
            continue;
        if (check_expression(e->node, e->text, &b->r) == UNIT_WRONG)
            return UNIT_WRONG;
        if (first != NULL)
            unit = units_meet(first->node, e->node, e->node->at,
                              tr("of one column"), e->text, &b->r);
        else
            unit = e->node->unit;
        if (unit == UNIT_WRONG)
            return unit;
        if (first == NULL || first->node->unit == UNIT_NULL)
            first = e;
    }
    return unit == UNIT_NULL ? UNIT_NUMBER : unit;
}

/* Slots of all outputs of a column, in its unit. */
static int *column_slots(Build *b, const Decision *d, size_t column, Unit unit)
{
    size_t n = d->grid->n_rules + 1;
    int *slots = reader_alloc(&b->r, n, sizeof *slots);
    if (slots == NULL)
        return NULL;
    const Node null = {.kind = NODE_NULL, .unit = UNIT_NULL, .depth = 1};
    for (size_t i = 0; i < n; i++) {
        const Expr *e = d->outputs[i * d->n_outputs + column];
        if (e != NULL &&
            !check_want(e->node, unit, tr("the output"), e->text, &b->r))
            return NULL;
        slots[i] = emit_named(&b->code, e ? e->node : &null, unit);
        if (slots[i] == SLOT_NONE)
            return NULL;
    }
    return slots;
}

/* The words of all rules that hold, as a list. */
typedef struct {
    Texts *texts;
    size_t n, words;
    const char **of; /* [n] */
} Listing;

static void run_list(const Op *o, void *const at[], size_t n)
{
    const Listing *l = o->aux;
    const uint64_t *mask = at[o->a];
    const char **d = at[o->d];
    char text[4096];
    for (size_t i = 0; i < n; i++) {
        size_t used = 0;
        for (size_t k = 0; k < l->n; k++) {
            if ((mask[i * l->words + k / 64] >> k % 64 & 1) == 0 ||
                l->of[k] == NULL)
                continue;
            size_t bytes = strlen(l->of[k]);
            if (used + bytes + 2 > sizeof text)
                break;
            if (used > 0)
                text[used++] = ';';
            memcpy(text + used, l->of[k], bytes);
            used += bytes;
        }
        d[i] = used > 0 ? texts_put(l->texts, text, used) : NULL;
    }
}

static int code_list(Build *b, const Decision *d, const int slots[],
                     const Rule *rule)
{
    size_t n = d->grid->n_rules;
    Listing *l = reader_alloc(&b->r, 1, sizeof *l);
    const char **of = reader_alloc(&b->r, n, sizeof *of);
    if (l == NULL || of == NULL)
        return SLOT_NONE;
    for (size_t i = 0; i < n; i++) {
        const Slot *s = &b->code.slots[slots[i]];
        if (s->rep != REP_TEXT || s->value == NULL) {
            reader_fault_node(&b->r, rule->node, rule->id,
                              tr("a table that lists its hits has words as "
                                 "outputs"),
                              tr("write them in quotes, or add them up with "
                                 "aggregate = \"sum\""));
            return SLOT_NONE;
        }
        of[i] = *(const char **)s->value;
    }
    *l = (Listing){b->r.texts, n, d->grid->hit->words, of};
    int slot = code_slot(&b->code, REP_TEXT, 1, 1);
    code_append(&b->code, run_list, slot, d->mask, l);
    return slot;
}

static int code_all(Build *b, const Decision *d, int slots[], Unit *unit,
                    const Rule *rule)
{
    static const PickAll how[] = {[ALL_SUM] = PICK_SUM,
                                  [ALL_MIN] = PICK_MIN,
                                  [ALL_MAX] = PICK_MAX,
                                  [ALL_COUNT] = PICK_COUNT};
    if (d->policy != HIT_COLLECT || d->aggregate == ALL_LIST) {
        *unit = UNIT_LIST;
        return code_list(b, d, slots, rule);
    }
    if (d->aggregate == ALL_COUNT)
        *unit = UNIT_COUNT;
    else if (!unit_is_plain(*unit) && *unit != UNIT_MONEY) {
        reader_fault_node(&b->r, rule->node, rule->id,
                          tr("these outputs cannot be added up"),
                          tr("add amounts or numbers; words can be counted"));
        return SLOT_NONE;
    }
    for (size_t i = 0; i < d->grid->n_rules && d->aggregate != ALL_COUNT; i++)
        slots[i] = convert_number(&b->code, slots[i]);
    int slot =
        pick_all(&b->code, d->mask, how[d->aggregate], slots, d->grid->n_rules);
    return slot == SLOT_NONE ? slot : convert_unit(&b->code, slot, *unit);
}

/* Words that the column may hold, for those who test it. */
static void note_words(Build *b, const Decision *d, size_t column,
                       const int slots[], Symbol *symbol)
{
    size_t n = d->grid->n_rules + 1;
    const char **words = reader_alloc(&b->r, n, sizeof *words);
    if (words == NULL || symbol->unit != UNIT_TEXT)
        return;
    (void)column;
    for (size_t i = 0; i < n; i++) {
        const Slot *s = &b->code.slots[slots[i]];
        if (s->value == NULL) {
            symbol->n = 0; /* reckoned: any word */
            return;
        }
        const char *word = *(const char **)s->value;
        if (word != NULL)
            words[symbol->n++] = word;
    }
    symbol->values = words;
}

static void code_column(Build *b, Rule *rule, size_t column)
{
    Decision *d = rule->detail;
    Unit unit = column_unit(b, d, column);
    int *slots = unit == UNIT_WRONG ? NULL : column_slots(b, d, column, unit);
    if (slots == NULL)
        return;
    Symbol *s = rule->gives[column];
    if (d->mask != SLOT_NONE)
        s->slot = code_all(b, d, slots, &unit, rule);
    else
        s->slot = pick_value(&b->code, d->first, slots, d->grid->n_rules + 1);
    if (s->slot != SLOT_NONE)
        s->unit = unit;
    if (d->mask == SLOT_NONE)
        note_words(b, d, column, slots, s);
}

void decision_code(Build *b, Rule *rule)
{
    Decision *d = rule->detail;
    if (!grid_code(b, d->grid))
        return;
    if (d->policy <= HIT_FIRST)
        d->first = hit_first(&b->code, d->grid->hit);
    else
        d->mask = hit_mask(&b->code, d->grid->hit);
    for (size_t j = 0; j < d->n_outputs && !b->code.failed; j++)
        code_column(b, rule, j);
}
