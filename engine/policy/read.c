#include "policy/policy.h"

#include "core/tr.h"
#include "policy/constraint.h"
#include "policy/decision.h"
#include "policy/examples.h"
#include "policy/inputs.h"
#include "policy/inside.h"
#include "policy/plausible.h"
#include "policy/scorecard.h"
#include "policy/versions.h"
#include "policy/written.h"

#include <string.h>

static const char *const kinds[] = {"credit", "eligibility", "subsidy",
                                    "value"};
static const char *const head_names[] = {"id",     "kind",       "title",
                                         "issuer", "document",   "source",
                                         "url",    "confidence", "date_used"};

#define NAMES(list) list, sizeof list / sizeof *list

static int read_kind(PolicyHead *h, const Doc *group, Reader *r)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(h->kind, kinds[i]) == 0)
            return 1;
    reader_fault_node(
        r, doc_get(group, "kind"), NULL,
        reader_say(r, tr("'%s' is not a kind of policy"), h->kind),
        tr("credit, eligibility, subsidy or value"));
    return 0;
}

/* Files of schemes, factors, maps ... begin with a group of that name. */
static const char *way_to_policy(const Doc *root, Reader *r)
{
    const Doc *first = root->first;
    if (first != NULL && first->kind == DOC_GROUP)
        return reader_say(r,
                          tr("the file begins with '%s'; give one that begins "
                             "with 'policy'"),
                          first->name);
    return tr("policy = { id = \"...\"; kind = \"credit\"; };");
}

static int read_head(PolicyHead *h, const Doc *root, Reader *r)
{
    const Doc *group = doc_get(root, "policy");
    if (group == NULL || group->kind != DOC_GROUP) {
        reader_fault_node(r, group ? group : root, NULL,
                          tr("the group 'policy' is missing"),
                          way_to_policy(root, r));
        return 0;
    }
    DocReader d = reader_doc(r);
    doc_only(group, NAMES(head_names), &d);
    int good = doc_text(&h->id, group, "id", 0, &d) &
               doc_text(&h->kind, group, "kind", 0, &d) &
               doc_label(&h->title, group, "title", 1, &d) &
               doc_text(&h->issuer, group, "issuer", 1, &d) &
               doc_text(&h->document, group, "document", 1, &d) &
               doc_text(&h->source, group, "source", 1, &d) &
               doc_text(&h->confidence, group, "confidence", 1, &d) &
               doc_text(&h->date_used, group, "date_used", 1, &d);
    reader_done(r, &d);
    return good && read_kind(h, group, r);
}

static PolicyInput *find_input(Policy *p, const char *name)
{
    for (size_t i = 0; i < p->n_inputs; i++)
        if (p->inputs[i].name == name)
            return &p->inputs[i];
    return NULL;
}

static int is_required(const Program *p, const Symbol *s)
{
    for (size_t i = 0; i < p->n_required; i++)
        if (p->required[i] == s)
            return 1;
    return 0;
}

/* What all versions together read. */
static void join_inputs(Policy *p, Reader *r)
{
    size_t most = 0;
    for (size_t i = 0; i < p->n_eras; i++)
        most += p->eras[i].program->n_inputs;
    p->inputs = reader_alloc(r, most + 1, sizeof *p->inputs);
    for (size_t i = 0; i < p->n_eras && p->inputs != NULL; i++) {
        const Program *program = p->eras[i].program;
        for (size_t k = 0; k < program->n_inputs; k++) {
            const Symbol *s = program->inputs[k];
            PolicyInput *in = find_input(p, s->name);
            if (in == NULL) {
                in = &p->inputs[p->n_inputs++];
                *in = (PolicyInput){s->name, unit_field(s->unit), 0, s->reader};
            }
            in->required |= is_required(program, s);
        }
    }
}

static void add_reason(Policy *p, size_t *capacity, PolicyReason reason,
                       Reader *r)
{
    if (policy_reason(p, reason.id) != NULL)
        return;
    PolicyReason *reasons =
        reader_grow(r, p->reasons, capacity, p->n_reasons, sizeof *reasons);
    if (reasons == NULL)
        return;
    p->reasons = reasons;
    reasons[p->n_reasons++] = reason;
}

static Label label_of(Label reason, Label title)
{
    return reason.zh || reason.en ? reason : title;
}

static void add_points(Policy *p, size_t *capacity, const Scorecard *card,
                       Reader *r)
{
    for (size_t i = 0; i < card->n; i++)
        add_reason(p, capacity,
                   (PolicyReason){card->attributes[i].id,
                                  label_of(card->attributes[i].reason,
                                           card->attributes[i].title),
                                  card->attributes[i].cite},
                   r);
}

static void add_limits(Policy *p, size_t *capacity, const Constraint *c,
                       Reader *r)
{
    for (size_t i = 0; i < c->n; i++)
        add_reason(p, capacity,
                   (PolicyReason){c->limits[i].id, c->limits[i].title,
                                  c->limits[i].cite},
                   r);
}

static void join_reasons(Policy *p, Reader *r)
{
    size_t capacity = 0;
    static const PolicyReason outside = {
        "not-in-force",
        {"该日期没有生效的政策", "no version of the policy is in force"},
        NULL};
    add_reason(p, &capacity, outside, r);
    for (size_t i = p->n_eras; i-- > 0;) { /* the latest text stands */
        const Program *program = p->eras[i].program;
        for (size_t k = 0; k < program->n_rules; k++) {
            const Rule *rule = program->rules[k];
            if (rule->kind == RULE_ELIGIBILITY)
                add_reason(p, &capacity,
                           (PolicyReason){rule->id,
                                          label_of(rule->reason, rule->title),
                                          rule->cite},
                           r);
            if (rule->kind == RULE_SCORECARD)
                add_points(p, &capacity, rule->detail, r);
            if (rule->kind == RULE_CONSTRAINT)
                add_limits(p, &capacity, rule->detail, r);
        }
    }
}

static void read_scenarios(Policy *p, Reader *r)
{
    static const char *const names[] = {"id", "title", "changes", "cite"};
    const Doc *list = doc_get(p->root, "scenarios");
    if (list == NULL || list->kind != DOC_LIST)
        return;
    p->scenarios = reader_alloc(r, list->n + 1, sizeof *p->scenarios);
    DocReader d = reader_doc(r);
    for (const Doc *it = list->first; it != NULL && p->scenarios;
         it = it->next) {
        const char *id;
        doc_only(it, NAMES(names), &d);
        if (!doc_text(&id, it, "id", 0, &d))
            continue;
        p->scenarios[p->n_scenarios++] = id;
        if (p->head.scenario != NULL && strcmp(id, p->head.scenario) == 0)
            doc_label(&p->head.scenario_title, it, "title", 1, &d);
    }
    reader_done(r, &d);
}

/* What is read, and what is laid over it. */
typedef struct {
    const Doc *root;
    const char *scenario;
    const Doc *changes;
} Layers;

/* Everything but examples; NULL after faults. */
static Policy *compile(Arena *arena, Texts *texts, Layers of, Reader *r)
{
    Policy *p = reader_alloc(r, 1, sizeof *p);
    if (p == NULL)
        return NULL;
    *p = (Policy){
        .arena = arena, .texts = texts, .root = of.root, .changes = of.changes};
    if (!read_head(&p->head, of.root, r))
        return NULL;
    p->head.scenario = of.scenario;
    read_scenarios(p, r);
    if (!versions_read(p, r) || !versions_compile(p, r))
        return NULL;
    join_inputs(p, r);
    join_reasons(p, r);
    return p;
}

static ErrCode finish(const Reader *r, const char *what)
{
    if (r->err != NULL && r->err->code == ERR_MEMORY)
        return ERR_MEMORY;
    return faults_end(r->faults, ERR_RULE, what, r->err);
}

ErrCode policy_read(Policy **out, Arena *arena, Texts *texts, const Doc *root,
                    Faults *faults, Err *err)
{
    Reader r = {.arena = arena, .texts = texts, .faults = faults, .err = err};
    Policy *p = compile(arena, texts, (Layers){root, NULL, NULL}, &r);
    if (p != NULL)
        plausible_check(p, &r);
    if (p != NULL)
        written_check(p, &r);
    if (p != NULL)
        examples_run(p, &r);
    for (size_t i = 0; p != NULL && !r.failed && i < p->n_scenarios; i++)
        compile(arena, texts, (Layers){root, p->scenarios[i], NULL}, &r);
    ErrCode rc = finish(&r, root->file);
    if (rc == OK && (p == NULL || r.failed))
        rc = FAIL(err, ERR_MEMORY, "no memory to read the policy");
    if (rc == OK)
        *out = p;
    return rc;
}

ErrCode inside_again(Policy **out, Arena *arena, const Policy *base,
                     const char *scenario, const Doc *changes, Faults *faults,
                     Err *err)
{
    Reader r = {
        .arena = arena, .texts = base->texts, .faults = faults, .err = err};
    Policy *p = compile(arena, base->texts,
                        (Layers){base->root, scenario, changes}, &r);
    ErrCode rc = finish(&r, base->root->file);
    if (rc == OK && (p == NULL || r.failed))
        rc = FAIL(err, ERR_MEMORY, "no memory to read the policy again");
    if (rc == OK)
        *out = p;
    return rc;
}

ErrCode policy_scenario(Policy **out, const Policy *base, const char *id,
                        Faults *faults, Err *err)
{
    char known[160] = "";
    size_t used = 0;
    int found = 0;
    for (size_t i = 0; i < base->n_scenarios; i++) {
        found |= strcmp(base->scenarios[i], id) == 0;
        size_t n = strlen(base->scenarios[i]);
        if (used + n + 3 < sizeof known) {
            memcpy(known + used, used ? ", " : "", used ? 2 : 0);
            used += used ? 2 : 0;
            memcpy(known + used, base->scenarios[i], n + 1);
            used += n;
        }
    }
    if (!found)
        return FAIL(err, ERR_USAGE, "policy '%s' has no scenario '%s'; %s%s",
                    base->head.id, id,
                    used ? tr("it has: ") : tr("it has none"), known);
    return inside_again(out, base->arena, base, id, NULL, faults, err);
}

const PolicyHead *policy_head(const Policy *p)
{
    return &p->head;
}

size_t policy_inputs(const PolicyInput **out, const Policy *p)
{
    *out = p->inputs;
    return p->n_inputs;
}

size_t policy_examples(const Policy *p)
{
    return p->n_examples;
}

size_t policy_example_list(const PolicyExample **out, const Policy *p)
{
    *out = p->examples;
    return p->n_examples;
}

int policy_in_force(const Policy *p, Date day)
{
    return inside_era(p, day) != NULL;
}

size_t policy_eras(const Policy *p)
{
    return p->n_eras;
}

int policy_era(const Policy *p, Date day)
{
    const Era *era = inside_era(p, day);
    return era == NULL ? -1 : (int)(era - p->eras);
}

const Doc *policy_section(const Policy *p, Date day, const char *name)
{
    const Era *era = inside_era(p, day);
    return era == NULL ? NULL : doc_get(era->version->root, name);
}

const PolicyReason *policy_reason(const Policy *p, const char *id)
{
    for (size_t i = 0; i < p->n_reasons; i++)
        if (strcmp(p->reasons[i].id, id) == 0)
            return &p->reasons[i];
    return NULL;
}

/* The constant of a parameter on a day. */
static ErrCode parameter(Number *out, const Policy *p, const char *name,
                         Date day, Unit unit, Err *err)
{
    char text[DATE_TEXT];
    const Era *era = inside_era(p, day);
    const char *interned = texts_find(p->texts, name, strlen(name));
    const Symbol *s =
        era && interned ? scope_find(&era->program->scope, interned) : NULL;
    if (s == NULL || s->kind != SYMBOL_PARAMETER)
        return FAIL(err, ERR_RULE, "policy '%s' has no parameter '%s' on %s",
                    p->head.id, name, date_format(text, day));
    if (s->unit != unit && !(unit == UNIT_NUMBER && unit_is_plain(s->unit)))
        return FAIL(err, ERR_RULE,
                    "parameter '%s' of policy '%s' is %s, not %s", name,
                    p->head.id, unit_name(s->unit), unit_name(unit));
    *out = code_constant(&era->program->code, s->slot);
    if (number_is_null(*out))
        return FAIL(err, ERR_RULE,
                    "parameter '%s' of policy '%s' has no value on %s", name,
                    p->head.id, date_format(text, day));
    return OK;
}

ErrCode policy_money(Money *out, const Policy *p, const char *name, Date day,
                     Err *err)
{
    Number v;
    ErrCode rc = parameter(&v, p, name, day, UNIT_MONEY, err);
    if (rc == OK)
        out->fen = number_whole(v, 1);
    return rc;
}

ErrCode policy_ratio(Ratio *out, const Policy *p, const char *name, Date day,
                     Err *err)
{
    Number v;
    ErrCode rc = parameter(&v, p, name, day, UNIT_RATIO, err);
    if (rc == OK)
        out->billionths = number_whole(v, RATIO_ONE);
    return rc;
}

ErrCode policy_number(double *out, const Policy *p, const char *name, Date day,
                      Err *err)
{
    Number v;
    ErrCode rc = parameter(&v, p, name, day, UNIT_NUMBER, err);
    if (rc == OK)
        *out = number_double(v);
    return rc;
}
