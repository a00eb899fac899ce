#include "policy/program.h"

#include "core/tr.h"
#include "policy/cliff.h"
#include "policy/constraint.h"
#include "policy/decision.h"
#include "policy/findings.h"
#include "policy/inputs.h"
#include "policy/order.h"
#include "policy/overlap.h"
#include "policy/parse.h"
#include "policy/scorecard.h"
#include "policy/sense.h"
#include "policy/simple.h"
#include "policy/tiers.h"

#include <string.h>

/* Sections, and the kinds of policy that have them; NULL: all. */
static const struct {
    const char *name, *kind;
} sections[] = {
    {"policy", NULL},       {"versions", NULL},      {"inputs", NULL},
    {"parameters", NULL},   {"functions", NULL},     {"facts", NULL},
    {"eligibility", NULL},  {"scorecards", NULL},    {"decisions", NULL},
    {"scales", NULL},       {"constraints", NULL},   {"outputs", NULL},
    {"scenarios", NULL},    {"examples", NULL},      {"fit", NULL},
    {"limits", "subsidy"},  {"stacking", "subsidy"}, {"match", "subsidy"},
    {"budget", "subsidy"},  {"clawback", "subsidy"}, {"rounding", "subsidy"},
    {"recovery", "credit"}, {"price", "credit"},     {"outcome", "credit"},
    {"valuation", "value"}};

enum { SECTIONS = sizeof sections / sizeof *sections };

/* Is it a section that models of that kind of policy know? */
static int program_knows(const char *kind, const char *section)
{
    for (size_t i = 0; i < SECTIONS; i++)
        if (strcmp(sections[i].name, section) == 0)
            return sections[i].kind == NULL ||
                   strcmp(sections[i].kind, kind) == 0;
    return 0;
}

static int is_section(const char *name)
{
    for (size_t i = 0; i < SECTIONS; i++)
        if (strcmp(sections[i].name, name) == 0)
            return 1;
    return 0;
}

/* "sections are policy, versions, ..." of the kind at hand. */
static const char *known_sections(Build *b)
{
    const char *known = NULL;
    for (size_t i = 0; i < SECTIONS; i++)
        if (program_knows(b->kind, sections[i].name))
            known = reader_say(&b->r, "%s%s%s", known != NULL ? known : "",
                               known != NULL ? ", " : "", sections[i].name);
    return reader_say(&b->r, tr("sections are %s"), known);
}

static void check_sections(Build *b, const Doc *root)
{
    const char *names[SECTIONS];
    for (size_t i = 0; i < SECTIONS; i++)
        names[i] = sections[i].name;
    for (const Doc *it = root->first; it != NULL; it = it->next) {
        if (program_knows(b->kind, it->name))
            continue;
        const char *near = text_nearest(it->name, names, SECTIONS);
        if (is_section(it->name))
            reader_fault_node(
                &b->r, it, NULL,
                reader_say(&b->r, tr("a policy of kind '%s' has no '%s'"),
                           b->kind, it->name),
                tr("change the kind, or take the section out"));
        else
            reader_fault_node(
                &b->r, it, NULL,
                reader_say(&b->r, tr("'%s' is not a section of a policy"),
                           it->name),
                near ? reader_say(&b->r, tr("did you mean '%s'?"), near)
                     : known_sections(b));
    }
}

static void read_sections(Build *b, const Doc *root)
{
    check_sections(b, root);
    parse_definitions(root, &b->r);
    inputs_read(b, root);
    parameters_read(b, root);
    facts_read(b, root);
    eligibility_read(b, root);
    scorecards_read(b, root);
    decisions_read(b, root);
    tiers_read(b, root);
    constraints_read(b, root);
}

/* Ids are what reasons and traces say, so each is one rule's. */
static void check_ids(Build *b)
{
    for (size_t i = 0; i < b->n_rules; i++)
        for (size_t j = 0; j < i; j++)
            if (b->rules[i]->id == b->rules[j]->id &&
                (b->rules[i]->n_gives == 0 || b->rules[j]->n_gives == 0))
                reader_fault_node(
                    &b->r, b->rules[i]->node, b->rules[i]->id,
                    reader_say(&b->r,
                               tr("the id '%s' is taken; first on line %zu"),
                               b->rules[i]->id, b->rules[j]->node->line),
                    tr("give it another id"));
}

static void code_rule(Build *b, Rule *rule)
{
    static void (*const coders[])(Build *, Rule *) = {
        [RULE_FACT] = fact_code,
        [RULE_ELIGIBILITY] = eligibility_code,
        [RULE_SCORECARD] = scorecard_code,
        [RULE_DECISION] = decision_code,
        [RULE_SCALE] = tiers_code,
        [RULE_CONSTRAINT] = constraint_code};
    for (size_t i = 0; i < rule->n_exprs && !rule->is_broken; i++)
        rule->is_broken = rule->exprs[i]->node == NULL ||
                          sense_reads_broken(rule->exprs[i]->node);
    if (rule->is_broken)
        return;
    int failed = b->r.failed; /* what others lack hides nothing here */
    b->r.failed = 0;
    coders[rule->kind](b, rule);
    if (!b->r.failed && !b->code.failed)
        sense_check(b, rule);
    b->r.failed |= failed;
    if (rule->kind == RULE_SCALE)
        cliff_check(b, rule);
    if (rule->kind != RULE_DECISION)
        return;
    overlap_check(b, rule);
    findings_check(b, rule);
}

/* Can a value of the unit fill a column of the type? */
static int fits(Unit unit, FieldType type)
{
    switch (type) {
    case TYPE_TEXT:
    case TYPE_CATEGORY:
        return unit == UNIT_TEXT;
    case TYPE_REAL:
    case TYPE_RATIO:
    case TYPE_COUNT:
        return unit_is_plain(unit);
    default:
        return unit == unit_of(type);
    }
}

static void add_output(Build *b, Program *p, Symbol *s, const Doc *node)
{
    Output *o = &p->outputs[p->n_outputs];
    *o = (Output){.name = s->name, .symbol = s};
    o->field = field_named(s->name, strlen(s->name));
    o->type = unit_field(s->unit);
    if (s->kind == SYMBOL_VALUE)
        o->title = b->rules[s->owner]->title;
    int is_read = s->reader != NULL;
    if (!is_read)
        s->reader = "outputs";
    if (s->unit == UNIT_WRONG)
        return;
    if (o->field != FIELD_COUNT) {
        o->type = field_info(o->field)->type;
        if (!fits(s->unit, o->type)) {
            reader_fault_node(
                &b->r, node, s->name,
                reader_say(&b->r,
                           tr("'%s' is %s here, but the field of that name is "
                              "%s"),
                           s->name, unit_name(s->unit),
                           unit_name(unit_of(o->type))),
                tr("give it another name"));
            return;
        }
    }
    Unit wanted = unit_is_plain(s->unit) ? unit_of(o->type) : s->unit;
    o->slot = convert_unit(&b->code, s->slot, wanted);
    o->is_gathered = !is_read && o->slot == s->slot && o->slot >= 0 &&
                     b->code.slots[o->slot].of != NULL;
    p->n_outputs++;
}

/* The id of the limit that bound goes with its value; subsidies tell their own.
 */
static void add_binding(Build *b, Program *p, const Symbol *s, const Doc *node)
{
    if (s->kind != SYMBOL_VALUE || strcmp(b->kind, "subsidy") == 0)
        return;
    const Rule *rule = b->rules[s->owner];
    if (rule->kind == RULE_CONSTRAINT && rule->n_gives == 2 &&
        rule->gives[0] == s)
        add_output(b, p, rule->gives[1], node);
}

static Symbol *find_output(Build *b, const Doc *it)
{
    if (it->kind != DOC_TEXT) {
        reader_fault_node(&b->r, it, NULL, tr("an output is a quoted name"),
                          tr("put it in quotes"));
        return NULL;
    }
    const char *name = reader_text(&b->r, it->text, strlen(it->text));
    Symbol *s = name == NULL ? NULL : scope_find(&b->scope, name);
    if (s != NULL && s->kind == SYMBOL_VALUE)
        return s;
    reader_fault_node(&b->r, it, NULL,
                      reader_say(&b->r, tr("no rule makes '%s'"), it->text),
                      scope_maker(&b->scope, it->text, &b->r));
    return NULL;
}

static void read_outputs(Build *b, Program *p, const Doc *root)
{
    const Doc *list = build_section(b, root, "outputs");
    p->outputs =
        reader_alloc(&b->r, 2 * (list ? list->n : 0) + 1, sizeof *p->outputs);
    if (p->outputs == NULL)
        return;
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        Symbol *s = find_output(b, it);
        if (s == NULL)
            continue;
        for (size_t i = 0; i < p->n_outputs; i++)
            if (p->outputs[i].symbol == s)
                reader_fault_node(&b->r, it, NULL,
                                  tr("an output is named twice"),
                                  tr("remove one of them"));
        add_output(b, p, s, it);
        add_binding(b, p, s, it);
    }
}

/* Values of tables that nothing but a column reads: rows do without them. */
static void spare(Build *b, const Program *p)
{
    for (size_t i = 0; i < b->scope.n; i++) {
        const Symbol *s = b->scope.items[i];
        const Slot *slot = s->slot >= 0 ? &b->code.slots[s->slot] : NULL;
        if (s->kind == SYMBOL_VALUE && s->reader == NULL && slot && slot->of)
            b->code.ops[slot->op].is_spare = 1;
    }
    for (size_t i = 0; i < p->n_outputs; i++)
        if (p->outputs[i].is_gathered)
            b->code.ops[b->code.slots[p->outputs[i].slot].op].is_spare = 1;
}

static int is_required(Build *b, const Symbol *s)
{
    const char *text = "no";
    doc_text(&text, s->node, "required", 1, &b->d);
    if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0)
        reader_fault_node(&b->r, doc_get(s->node, "required"), s->name,
                          tr("write \"yes\" or \"no\""), NULL);
    return strcmp(text, "yes") == 0;
}

/* Do the models' sections name it? */
static int models_read(const Doc *root, const char *name)
{
    for (const Doc *it = root->first; it != NULL; it = it->next)
        for (size_t i = 0; i < SECTIONS; i++)
            if (strcmp(it->name, sections[i].name) == 0 &&
                sections[i].kind != NULL && reader_names(it, name))
                return 1;
    return 0;
}

static int is_unread(const Build *b, const Symbol *s, const Doc *root)
{
    if (s->reader != NULL || models_read(root, s->name))
        return 0;
    return s->kind != SYMBOL_VALUE || b->rules[s->owner]->kind == RULE_FACT;
}

static void sort_inputs(Build *b, Program *p, const Doc *root)
{
    p->inputs = reader_alloc(&b->r, b->scope.n + 1, sizeof *p->inputs);
    p->required = reader_alloc(&b->r, b->scope.n + 1, sizeof *p->required);
    p->unread = reader_alloc(&b->r, b->scope.n + 1, sizeof *p->unread);
    if (p->inputs == NULL || p->required == NULL || p->unread == NULL)
        return;
    for (size_t i = 0; i < b->scope.n; i++) {
        Symbol *s = b->scope.items[i];
        int required = s->kind == SYMBOL_INPUT && is_required(b, s);
        if (required)
            p->required[p->n_required++] = s;
        if (s->kind == SYMBOL_INPUT && (s->reader != NULL || required))
            p->inputs[p->n_inputs++] = s;
        else if (is_unread(b, s, root))
            p->unread[p->n_unread++] = s;
    }
}

static void sort_rows(Build *b, Program *p)
{
    p->rows = reader_alloc(&b->r, b->n_rules + 1, sizeof *p->rows);
    for (size_t i = 0; p->rows != NULL && i < b->n_rules; i++)
        if (b->rules[i]->kind == RULE_ELIGIBILITY)
            p->rows[p->n_rows++] = b->rules[i];
}

static int is_null(const Code *code, int slot)
{
    const Slot *s = &code->slots[slot];
    if (s->rep == REP_TEXT)
        return *(const char *const *)s->value == NULL;
    return number_is_null(code_constant(code, slot));
}

/* A parameter that is read before its first value. */
static const char *lacking(const Build *b)
{
    for (size_t i = 0; i < b->scope.n; i++) {
        const Symbol *s = b->scope.items[i];
        if (s->kind == SYMBOL_PARAMETER && s->reader != NULL && s->slot >= 0 &&
            is_null(&b->code, s->slot))
            return s->name;
    }
    return NULL;
}

static void compile(Build *b, Program *p, const Doc *root)
{
    p->rules = reader_alloc(&b->r, b->n_rules + 1, sizeof *p->rules);
    if (p->rules == NULL || !order_rules(p->rules, b))
        return;
    p->lacks = lacking(b);
    for (size_t i = 0; i < b->n_rules && p->lacks == NULL; i++)
        code_rule(b, p->rules[i]);
    if (p->lacks != NULL)
        return;
    sense_rows(b);
    read_outputs(b, p, root);
    losses_new(&p->losses, b, p->rules);
}

Program *program_new(const Doc *root, const char *kind, Date day, Reader r,
                     int *failed)
{
    Build *b = reader_alloc(&r, 1, sizeof *b);
    Program *p = reader_alloc(&r, 1, sizeof *p);
    if (b == NULL || p == NULL) {
        *failed = 1;
        return NULL;
    }
    b->r = r;
    b->d = reader_doc(&r);
    b->code.arena = r.arena;
    b->kind = kind;
    b->day = day;
    read_sections(b, root);
    check_ids(b);
    compile(b, p, root);
    if (p->lacks == NULL && !b->code.failed) {
        spare(b, p);
        sort_inputs(b, p, root);
    }
    sort_rows(b, p);
    p->n_rules = b->n_rules;
    p->code = b->code;
    p->scope = b->scope;
    p->definitions = b->r.definitions;
    if (b->code.failed) {
        FAIL(r.err, ERR_MEMORY, "no memory to compile the rules");
        b->r.failed = 1;
    }
    *failed = b->r.failed || b->d.failed;
    return *failed ? NULL : p;
}

const Rule *program_rule(const Program *p, const char *name)
{
    for (size_t i = 0; i < p->n_rules; i++) {
        const Rule *rule = p->rules[i];
        if (strcmp(rule->id, name) == 0)
            return rule;
        for (size_t j = 0; j < rule->n_gives; j++)
            if (strcmp(rule->gives[j]->name, name) == 0)
                return rule;
    }
    return NULL;
}
