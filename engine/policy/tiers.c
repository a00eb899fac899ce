#include "policy/tiers.h"

#include "core/tr.h"
#include "policy/check.h"

#include <string.h>

static const char *const scale_names[] = {"name",     "kind",  "on",    "cite",
                                          "brackets", "title", "cliffs"};
static const char *const bracket_names[] = {"from", "rate", "amount", "title",
                                            "cite"};
static const char *const kinds[] = {"marginal_rate", "single_rate",
                                    "single_amount"};

#define NAMES(list) list, sizeof list / sizeof *list

static int read_kind(Build *b, const Doc *group, ScaleKind *out, const char *id)
{
    const char *text;
    if (!doc_text(&text, group, "kind", 0, &b->d))
        return 0;
    for (int i = 0; i < 3; i++)
        if (strcmp(text, kinds[i]) == 0) {
            *out = (ScaleKind)i;
            return 1;
        }
    const char *near = text_nearest(text, kinds, 3);
    reader_fault_node(
        &b->r, doc_get(group, "kind"), id,
        reader_say(&b->r, tr("'%s' is not a kind of scale"), text),
        near ? reader_say(&b->r, tr("did you mean '%s'?"), near)
             : tr("marginal_rate, single_rate or "
                  "single_amount"));
    return 0;
}

/* A rate where amounts are paid, or the other way round. */
static void check_pay(Build *b, const Doc *bracket, const char *pay,
                      const char *other, const char *id)
{
    if (doc_get(bracket, other) != NULL)
        reader_fault_node(
            &b->r, doc_get(bracket, other), id,
            reader_say(&b->r, tr("a bracket of this scale has a '%s', no '%s'"),
                       pay, other),
            tr("kind = \"single_amount\" pays amounts, the other kinds "
               "rates"));
}

static void read_brackets(Build *b, Rule *rule, Tiers *t, const Doc *list)
{
    int amounts = t->scale.kind == SCALE_SINGLE_AMOUNT;
    const char *pay = amounts ? "amount" : "rate";
    const char *other = amounts ? "rate" : "amount";
    t->from = reader_alloc(&b->r, list->n, sizeof *t->from);
    t->pay = reader_alloc(&b->r, list->n, sizeof *t->pay);
    if (t->from == NULL || t->pay == NULL)
        return;
    for (const Doc *it = list->first; it != NULL; it = it->next) {
        doc_only(it, NAMES(bracket_names), &b->d);
        check_pay(b, it, pay, other, rule->id);
        t->from[t->scale.n] = build_expr(b, rule, it, "from", rule->id);
        t->pay[t->scale.n++] = build_expr(b, rule, it, pay, rule->id);
    }
}

/* cliffs = "known": the document has them, and they are not told. */
static int read_cliffs(Build *b, const Doc *group, const char *id)
{
    const char *text = NULL;
    if (!doc_text(&text, group, "cliffs", 1, &b->d) || text == NULL)
        return 0;
    if (strcmp(text, "known") != 0)
        reader_fault_node(&b->r, doc_get(group, "cliffs"), id,
                          tr("write \"known\", or leave it out"), NULL);
    return 1;
}

void tiers_read(Build *b, const Doc *root)
{
    const Doc *list = build_section(b, root, "scales");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        Rule *rule = build_rule(b, it, RULE_SCALE, "name");
        Tiers *t = reader_alloc(&b->r, 1, sizeof *t);
        if (rule == NULL || t == NULL)
            continue;
        rule->detail = t;
        doc_only(it, NAMES(scale_names), &b->d);
        rule->cite = build_cite(b, it, NULL, rule->id);
        build_gives(b, rule, rule->id, it);
        t->on = build_expr(b, rule, it, "on", rule->id);
        t->has_known_cliffs = read_cliffs(b, it, rule->id);
        const Doc *brackets = doc_get(it, "brackets");
        if (!read_kind(b, it, &t->scale.kind, rule->id)) {
            rule->is_broken = 1;
        } else if (brackets == NULL || brackets->kind != DOC_LIST) {
            reader_fault_node(
                &b->r, brackets ? brackets : it, rule->id,
                tr("a scale has a list of brackets"),
                tr("brackets = ( { from = \"0\"; rate = ...; } )"));
            rule->is_broken = 1;
        } else {
            read_brackets(b, rule, t, brackets);
        }
    }
}

static void run_scale(const Op *o, void *const at[], size_t n)
{
    const Scale *scale = o->aux;
    const int64_t *value = at[o->a];
    int64_t *d = at[o->d];
    if (o->step[0] == 1)
        scale_apply(d, scale, value, n);
    else
        for (size_t i = 0; i < n; i++)
            scale_apply(d + i, scale, value, 1);
}

/* A null rate pays nothing and hides it: it is a fault. */
static int known(Build *b, const Expr *e, Number v)
{
    if (v.den >= 0)
        return 1;
    reader_fault(&b->r, e->text, 0,
                 tr("a scale needs a value that is not null"),
                 tr("is the parameter in force on that day?"));
    return 0;
}

static int code_brackets(Build *b, Tiers *t)
{
    int good = 1, pays = t->scale.kind == SCALE_SINGLE_AMOUNT;
    Bracket *brackets = reader_alloc(&b->r, t->scale.n + 1, sizeof *brackets);
    if (brackets == NULL)
        return 0;
    for (size_t i = 0; i < t->scale.n; i++) {
        Number from, pay;
        if (!build_constant(&from, b, t->from[i], UNIT_MONEY,
                            tr("the start of a bracket")) ||
            !build_constant(&pay, b, t->pay[i], pays ? UNIT_MONEY : UNIT_RATIO,
                            tr("what a bracket pays")) ||
            !known(b, t->from[i], from) || !known(b, t->pay[i], pay)) {
            good = 0;
            continue;
        }
        brackets[i].from.fen = number_whole(from, 1);
        if (pays)
            brackets[i].amount.fen = number_whole(pay, 1);
        else
            brackets[i].rate.billionths = number_whole(pay, RATIO_ONE);
    }
    t->scale.brackets = brackets;
    return good;
}

void tiers_code(Build *b, Rule *rule)
{
    Tiers *t = rule->detail;
    Unit unit = build_code(b, t->on);
    int good = code_brackets(b, t);
    if (unit == UNIT_WRONG ||
        !check_want(t->on->node, UNIT_MONEY, tr("what a scale is applied to"),
                    t->on->text, &b->r) ||
        !good)
        return;
    const char *why = scale_check(&t->scale);
    if (why != NULL) {
        reader_fault_node(&b->r, doc_get(rule->node, "brackets"), rule->id,
                          tr(why), NULL);
        return;
    }
    t->value = convert_unit(&b->code, t->on->slot, UNIT_MONEY);
    int d = code_slot(&b->code, REP_WHOLE, 1, 1);
    code_append(&b->code, run_scale, d, t->value, &t->scale);
    rule->gives[0]->slot = d;
    rule->gives[0]->unit = d == SLOT_NONE ? UNIT_WRONG : UNIT_MONEY;
}
