#include "policy/examples.h"

#include "core/tr.h"
#include "policy/check.h"
#include "policy/choice.h"
#include "policy/literal.h"
#include "policy/parse.h"
#include "policy/pattern.h"
#include "policy/show.h"

#include <string.h>

static const char *const names[] = {"id",    "of",    "on",
                                    "given", "gives", "title"};

typedef struct {
    Policy *policy;
    const Program *program;
    Reader *r;
    const char *id;
    void **at;
    Code constants; /* where the values of given and gives are reckoned */
} Example;

/* "name = value" cut in two, the value a constant; 0 after a fault. */
static int read_pair(Example *e, const Doc *text, Node **name, Node **value)
{
    Text where = {text, text->text, e->id};
    Node *node = NULL;
    if (text->kind == DOC_TEXT)
        node = parse_expression(where, e->r);
    if (text->kind == DOC_TEXT && node == NULL)
        return 0;
    if (node == NULL || node->kind != NODE_EQ ||
        node->args[0]->kind != NODE_NAME) {
        reader_fault_node(e->r, text, e->id, tr("an example says name = value"),
                          tr("given = ( \"amount = 100万\" )"));
        return 0;
    }
    *name = node->args[0];
    *value = node->args[1];
    return 1;
}

/* The slot of a value among the constants, as a value of that unit. */
static int value_slot(Example *e, const Doc *text, Node *value, Unit unit)
{
    Text where = {text, text->text, e->id};
    const Scope none = {0};
    if (unit == UNIT_LIST && value->unit == UNIT_TEXT)
        unit = UNIT_TEXT;
    if (!scope_resolve(&none, value, where, e->r) ||
        check_expression(value, where, e->r) == UNIT_WRONG ||
        !check_want(value, unit, tr("the value"), where, e->r))
        return SLOT_NONE;
    return emit_named(&e->constants, value, unit);
}

static Symbol *find_input(Example *e, const Doc *text, const Node *name)
{
    Symbol *s = scope_find(&e->program->scope, name->text);
    if (s != NULL && s->kind == SYMBOL_INPUT)
        return s;
    const char *near = scope_nearest(&e->program->scope, 1, name->text, e->r);
    reader_fault(e->r, (Text){text, text->text, e->id}, name->at,
                 reader_say(e->r, tr("'%s' is not an input"), name->text),
                 near ? near : tr("name it in 'inputs'"));
    return NULL;
}

/* Did a text of the list before this one give the name? */
static int is_given(Example *e, const Doc *text, const char *name)
{
    size_t n = strlen(name);
    for (const Doc *it = text->parent->first; it != text; it = it->next)
        if (it->text != NULL && strncmp(it->text, name, n) == 0 &&
            (it->text[n] == ' ' || it->text[n] == '=')) {
            reader_fault_node(e->r, text, e->id,
                              reader_say(e->r, tr("'%s' is given twice"), name),
                              tr("take one of them out"));
            return 1;
        }
    return 0;
}

static int give(Example *e, const Doc *text)
{
    Node *name, *value;
    if (!read_pair(e, text, &name, &value))
        return 0;
    Symbol *s = find_input(e, text, name);
    if (s == NULL ||
        !literal_word(s, value, (Text){text, text->text, e->id}, e->r))
        return 0;
    int slot = value_slot(e, text, value, s->unit);
    if (slot == SLOT_NONE || is_given(e, text, name->text))
        return 0;
    memcpy(e->at[s->raw], e->constants.slots[slot].value,
           rep_bytes(&e->program->code.slots[s->raw]));
    return 1;
}

/* Every input null, until given. */
static void clear_inputs(Example *e)
{
    for (size_t i = 0; i < e->program->scope.n; i++) {
        const Symbol *s = e->program->scope.items[i];
        if (s->kind != SYMBOL_INPUT)
            continue;
        const Slot *slot = &e->program->code.slots[s->raw];
        choice_put(slot, e->at[s->raw], 0, choice_null(slot));
    }
}

/* What came out under a name. */
typedef struct {
    Slot slot;
    const void *value;
    Unit unit;
    Truth truth;
    const char *text;
} Got;

static int find_got(Example *e, Got *got, const char *name,
                    const Pattern *pattern)
{
    const Symbol *s = scope_find(&e->program->scope, name);
    *got = (Got){.slot = {.rep = REP_TEXT}, .unit = UNIT_TEXT};
    got->value = &got->text;
    if (s != NULL) {
        got->slot = e->program->code.slots[s->slot];
        got->value = e->at[s->slot];
        got->unit = s->unit;
        return 1;
    }
    const Rule *row = program_rule(e->program, name);
    if (strcmp(name, "eligible") == 0 ||
        (row != NULL && row->kind == RULE_ELIGIBILITY)) {
        got->truth = row ? *(const Truth *)e->at[row->slot]
                         : (Truth)(pattern ? pattern->eligible : IS_NULL);
        got->slot.rep = REP_TRUTH;
        got->value = &got->truth;
        got->unit = UNIT_BOOL;
        return 1;
    }
    if (strcmp(name, "reasons") == 0)
        got->text = pattern->reasons;
    else if (strcmp(name, "missing") == 0)
        got->text = pattern->missing;
    else if (strcmp(name, "trace") == 0)
        got->text = pattern->trace;
    else
        return 0;
    return 1;
}

/* Decimals that a literal was written with: what it claims to be exact to. */
static int decimals(const char *text)
{
    const char *point = strrchr(text, '.');
    int n = 0;
    for (const char *p = point; p && p[1] >= '0' && p[1] <= '9'; p++)
        n++;
    if (strstr(text, "%") != NULL)
        n += 2;
    return n + 3 * (strstr(text, "‰") != NULL);
}

static int same_number(Number got, Number want, const char *text)
{
    if (got.den < 0 || want.den < 0)
        return got.den < 0 && want.den < 0;
    Number half = number_divide(number_int(1), number_int(2));
    Number last = number_power(number_int(10), number_int(-decimals(text)));
    Number off = number_abs(number_subtract(got, want));
    return number_compare(off, number_multiply(half, last)) <= 0;
}

static int same(const Slot *a, const void *x, const Slot *b, const void *y,
                const char *text)
{
    if (a->rep == REP_TRUTH)
        return *(const Truth *)x == *(const Truth *)y;
    if (a->rep == REP_TEXT)
        return *(const char *const *)x == *(const char *const *)y;
    if (a->rep == REP_WHOLE && b->rep == REP_WHOLE)
        return *(const int64_t *)x == *(const int64_t *)y;
    return same_number(*(const Number *)x, *(const Number *)y, text);
}

static int expect(Example *e, const Doc *text, const Pattern *pattern)
{
    Node *name, *value;
    Got got;
    if (!read_pair(e, text, &name, &value))
        return 0;
    Text where = {text, text->text, e->id};
    const Symbol *input = scope_find(&e->program->scope, name->text);
    if (input != NULL && input->kind == SYMBOL_INPUT && !input->has_min &&
        !input->has_max)
        reader_warn(e->r, where, name->at,
                    reader_say(e->r, tr("'%s' is given: this proves nothing"),
                               name->text),
                    tr("name what rules make of it"));
    if (!find_got(e, &got, name->text, pattern)) {
        reader_fault(e->r, where, name->at,
                     reader_say(e->r, tr("no rule makes '%s'"), name->text),
                     scope_maker(&e->program->scope, name->text, e->r));
        return 0;
    }
    int slot = value_slot(e, text, value, got.unit);
    if (slot == SLOT_NONE)
        return 0;
    const Slot *want = &e->constants.slots[slot];
    if (same(&got.slot, got.value, want, want->value, text->text))
        return 1;
    reader_fault(
        e->r, where, name->at,
        reader_say(e->r, tr("example '%s' expects %s = %s and got %s [%s]"),
                   e->id, name->text,
                   show_value(e->r->arena, want, want->value, 0, got.unit),
                   show_value(e->r->arena, &got.slot, got.value, 0, got.unit),
                   pattern->trace ? pattern->trace : ""),
        tr("correct the example or the rules"));
    return 0;
}

/* All texts of a list, each looked at; 0 after faults. */
static int each(Example *e, const Doc *group, const char *name,
                const Pattern *pattern)
{
    const Doc *list = doc_get(group, name);
    int good = 1;
    if (list == NULL || list->kind != DOC_LIST) {
        reader_fault_node(e->r, list ? list : group, e->id,
                          reader_say(e->r, tr("'%s' must be a list"), name),
                          reader_say(e->r, "%s = ( \"name = value\" );", name));
        return 0;
    }
    for (const Doc *it = list->first; it != NULL; it = it->next)
        good &= pattern ? expect(e, it, pattern) : give(e, it);
    return good;
}

/* The day of the example: `on`, else the given date_used, else the last day of
 * which there is a program. */
static int find_day(const Policy *p, const Doc *group, Date *day, Reader *r)
{
    DocReader d = reader_doc(r);
    *day = p->eras[p->n_eras - 1].from;
    int good = doc_date(day, group, "on", 1, &d);
    reader_done(r, &d);
    return good;
}

static int has_id(const Doc *node, const char *id)
{
    const Doc *own = doc_get(node, "id");
    if (node->kind == DOC_GROUP && own != NULL && own->kind == DOC_TEXT &&
        strcmp(own->text, id) == 0)
        return 1;
    for (const Doc *it = node->first; it != NULL; it = it->next)
        if (has_id(it, id))
            return 1;
    return 0;
}

/* Is it the id of an attribute, a decision's row, a limit? */
static int is_row(const Program *program, const char *id)
{
    for (size_t i = 0; i < program->n_rules; i++)
        if (has_id(program->rules[i]->node, id))
            return 1;
    return 0;
}

static void check_of(Example *e, const Doc *group)
{
    const Doc *of = doc_get(group, "of");
    for (const Doc *it = of ? of->first : NULL; it != NULL; it = it->next)
        if (it->kind != DOC_TEXT ||
            (program_rule(e->program, it->text) == NULL &&
             !is_row(e->program, it->text)))
            reader_fault_node(e->r, it, e->id,
                              tr("this is not the id of a rule"),
                              scope_nearest(&e->program->scope, 0,
                                            it->text ? it->text : "", e->r));
}

/* The program that judges an example, and a frame for it. */
static int start(Example *e, const Doc *group, Date *day, Reader *r)
{
    e->r = r;
    e->id = reader_id(group);
    if (!find_day(e->policy, group, day, r))
        return 0;
    const Era *era = inside_era(e->policy, *day);
    if (era == NULL) {
        reader_fault_node(r, doc_get(group, "on"), e->id,
                          tr("no version is in force that day"),
                          tr("write a day from the `from` to the `to` of one"));
        return 0;
    }
    e->program = era->program;
    e->constants.arena = r->arena;
    e->at = code_frame(&e->program->code, r->arena, BLOCK_ROWS);
    if (e->at == NULL) {
        FAIL(r->err, ERR_MEMORY, "no memory to run the examples");
        r->failed = 1;
        return 0;
    }
    clear_inputs(e);
    return 1;
}

/* "E1, E2": the ids that an example is about. */
static const char *ids_of(const Doc *group, Reader *r)
{
    const char *text = "";
    const Doc *of = doc_get(group, "of");
    for (const Doc *it = of ? of->first : NULL; it != NULL; it = it->next)
        text = reader_say(r, "%s%s%s", text, *text ? ", " : "",
                          it->text ? it->text : "");
    return text;
}

static void keep(Policy *p, const Doc *group, Date day, Reader *r)
{
    PolicyExample *list = reader_grow(r, p->examples, &p->example_capacity,
                                      p->n_examples, sizeof *list);
    if (list == NULL)
        return;
    p->examples = list;
    list[p->n_examples++] =
        (PolicyExample){reader_id(group), ids_of(group, r), group->line, day};
}

static int run_example(Policy *p, const Doc *group, Reader *r)
{
    Date day;
    Example e = {.policy = p};
    DocReader d = reader_doc(r);
    const char *id;
    doc_only(group, names, sizeof names / sizeof *names, &d);
    int good = doc_text(&id, group, "id", 0, &d);
    reader_done(r, &d);
    if (!good || !start(&e, group, &day, r))
        return 0;
    check_of(&e, group);
    if (!each(&e, group, "given", NULL))
        return 0;
    code_run(&e.program->code, e.at, 1);
    const Pattern *pattern;
    Patterns *patterns = patterns_new(r->arena, r->texts, e.program);
    if (patterns == NULL || !patterns_find(&pattern, patterns, e.at, 1)) {
        FAIL(r->err, ERR_MEMORY, "no memory to run the examples");
        r->failed = 1;
        return 0;
    }
    good = each(&e, group, "gives", pattern);
    if (good)
        keep(p, group, day, r);
    return good;
}

int examples_run(Policy *p, Reader *r)
{
    const Doc *list = doc_get(p->root, "examples");
    int good = 1;
    if (list == NULL || list->kind != DOC_LIST || list->n == 0) {
        reader_fault_node(r, list ? list : p->root, NULL,
                          tr("a policy without examples is not loaded"),
                          tr("add examples = ( { id; given; gives } )"));
        return 0;
    }
    for (const Doc *it = list->first; it != NULL && p->n_eras > 0;
         it = it->next)
        good &= run_example(p, it, r);
    return good;
}

int examples_given(const Program **program, void ***at, Date *day, Policy *p,
                   const Doc *group, Reader *r)
{
    Example e = {.policy = p};
    if (!start(&e, group, day, r) || !each(&e, group, "given", NULL))
        return 0;
    *program = e.program;
    *at = e.at;
    return 1;
}
