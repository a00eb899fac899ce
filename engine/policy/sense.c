#include "policy/sense.h"

#include "core/tr.h"
#include "policy/condition.h"
#include "policy/fold.h"

enum { PAIRS_MAX = 512, CHOICES_MAX = 64 };

/* What came out over all rows. */
typedef struct {
    int is_true, is_not; /* some row; is_not: null is not counted */
} Seen;

/* Do all conditions hold on some row, and do they not on some other? */
static Seen look(Condition *c, const Node *const nodes[], size_t n)
{
    Seen seen = {0, 0};
    for (size_t i = 0; i < n; i++)
        condition_note(c, nodes[i]);
    if (!condition_start(c))
        return (Seen){1, 1};
    do {
        Truth all = IS_TRUE;
        for (size_t i = 0; i < n; i++) {
            Truth one = condition_truth(c, nodes[i]);
            all = one < all ? one : all;
        }
        seen.is_true |= all == IS_TRUE;
        seen.is_not |= all == IS_FALSE;
    } while (condition_next(c) && !(seen.is_true && seen.is_not));
    return seen;
}

static Seen look_at(Build *b, const Node *const nodes[], size_t n)
{
    Seen seen = {1, 1};
    Condition *c = NULL;
    Arena *scratch = arena_new();
    if (scratch != NULL)
        c = arena_alloc(scratch, 1, sizeof *c);
    if (c != NULL) {
        c->b = b;
        c->scratch = scratch;
        seen = look(c, nodes, n);
    }
    arena_free(scratch);
    return seen;
}

/* x >= low and x <= high, as a range and `between` are kept. */
static void check_range(Build *b, const Node *node, Text text)
{
    Number low, high;
    const Node *x = node->args[0], *y = node->args[1];
    if (node->kind != NODE_AND || (x->kind != NODE_GE && x->kind != NODE_GT) ||
        (y->kind != NODE_LE && y->kind != NODE_LT) ||
        x->args[0] != y->args[0] || !fold_number(&low, x->args[1], &b->code) ||
        !fold_number(&high, y->args[1], &b->code) || low.den < 0 ||
        high.den < 0)
        return;
    int order = number_compare(low, high);
    if (order > 0)
        reader_fault(&b->r, text, x->args[1]->at,
                     tr("a range that runs backwards"),
                     tr("write the lower end first"));
    else if (order == 0 && (x->kind == NODE_GT || y->kind == NODE_LT))
        reader_fault(&b->r, text, x->args[1]->at,
                     tr("a range that no value lies in"),
                     tr("write [a..b] to take both ends in"));
}

static void check_division(Build *b, const Node *node, Text text)
{
    Number by;
    const Node *divisor = node->args[1];
    if (node->kind != NODE_DIVIDE || !fold_number(&by, divisor, &b->code) ||
        by.den < 0 || number_compare(by, number_int(0)) != 0)
        return;
    reader_fault(&b->r, text, divisor->at,
                 tr("a division by zero, which is null on every row"),
                 tr("write what it is divided by"));
}

static void walk(Build *b, const Node *node, Text text)
{
    if (node->count == 2) {
        check_range(b, node, text);
        check_division(b, node, text);
    }
    for (uint32_t i = 0; i < node->count; i++)
        walk(b, node->args[i], text);
}

/* The ifs of an expression, and which of their sides rows take. */
typedef struct {
    Condition *c;
    const Node *ifs[CHOICES_MAX];
    int took[CHOICES_MAX][2];
    size_t n;
} Choices;

static void find_choices(Choices *s, const Node *node)
{
    if (node->kind == NODE_IF && s->n < CHOICES_MAX) {
        s->ifs[s->n++] = node;
        condition_note(s->c, node->args[0]);
    }
    for (uint32_t i = 0; i < node->count; i++)
        find_choices(s, node->args[i]);
}

static void take(Choices *s, const Node *node)
{
    if (node->kind != NODE_IF) {
        for (uint32_t i = 0; i < node->count; i++)
            take(s, node->args[i]);
        return;
    }
    int side = condition_truth(s->c, node->args[0]) == IS_TRUE ? 0 : 1;
    for (size_t i = 0; i < s->n; i++)
        if (s->ifs[i] == node)
            s->took[i][side] = 1;
    take(s, node->args[0]);
    take(s, node->args[1 + side]);
}

static void tell_choices(Build *b, const Choices *s, Text text)
{
    for (size_t i = 0; i < s->n; i++) {
        size_t at = s->ifs[i]->args[0]->at;
        if (!s->took[i][0] && s->took[i][1])
            reader_warn(&b->r, text, at,
                        tr("this condition is true of no row that comes here"),
                        tr("change it, or take this 'if' out"));
        if (!s->took[i][1] && s->took[i][0])
            reader_warn(&b->r, text, at,
                        tr("this condition is true of every row that comes "
                           "here"),
                        tr("change it, or take this 'if' out"));
    }
}

static void check_choices(Build *b, const Expr *e)
{
    Arena *scratch = arena_new();
    Choices *s = scratch ? arena_alloc(scratch, 1, sizeof *s) : NULL;
    Condition *c = s ? arena_alloc(scratch, 1, sizeof *c) : NULL;
    if (c != NULL) {
        c->b = b;
        c->scratch = scratch;
        s->c = c;
        find_choices(s, e->node);
        if (s->n > 0 && s->n < CHOICES_MAX && condition_start(c)) {
            do
                take(s, e->node);
            while (condition_next(c));
            tell_choices(b, s, e->text);
        }
    }
    arena_free(scratch);
}

/* A condition by itself.  Literal true and false are told elsewhere. */
static void check_condition(Build *b, const Rule *rule)
{
    const Expr *e = rule->exprs[0];
    int is_row = rule->kind == RULE_ELIGIBILITY;
    if (e->node->unit != UNIT_BOOL || code_is_constant(&b->code, e->slot))
        return;
    Seen seen = look_at(b, (const Node *const[]){e->node}, 1);
    if (!seen.is_true && is_row)
        reader_fault(&b->r, e->text, 0,
                     tr("no row can meet this: nobody is eligible"),
                     tr("compare it with `min`, `max` and `values` of its "
                        "inputs; \"false\" says that it is meant"));
    else if (!seen.is_true)
        reader_warn(&b->r, e->text, 0, tr("no row can meet this condition"),
                    tr("compare it with `min`, `max` and `values` of its "
                       "inputs; \"false\" says that it is meant"));
    else if (!seen.is_not)
        reader_warn(&b->r, e->text, 0,
                    is_row ? tr("every row with values meets this: nobody is "
                                "refused by it")
                           : tr("every row with values meets this condition"),
                    tr("take it out, or write x != null if a value is all "
                       "that it asks for"));
}

int sense_reads_broken(const Node *node)
{
    if (node->kind == NODE_NAME &&
        (node->symbol == NULL || node->symbol->unit == UNIT_WRONG))
        return 1;
    for (uint32_t i = 0; i < node->count; i++)
        if (sense_reads_broken(node->args[i]))
            return 1;
    return 0;
}

void sense_check(Build *b, const Rule *rule)
{
    for (size_t i = 0; i < rule->n_exprs && !b->r.failed; i++) {
        const Expr *e = rule->exprs[i];
        walk(b, e->node, e->text);
        if (!b->r.failed && !b->code.failed)
            check_choices(b, e);
    }
    if (!b->r.failed && !b->code.failed &&
        (rule->kind == RULE_FACT || rule->kind == RULE_ELIGIBILITY))
        check_condition(b, rule);
}

static int is_row(const Build *b, const Rule *rule)
{
    return rule->kind == RULE_ELIGIBILITY && !rule->is_broken &&
           !code_is_constant(&b->code, rule->slot);
}

static void check_pair(Build *b, const Rule *one, const Rule *other)
{
    const Node *const both[] = {one->exprs[0]->node, other->exprs[0]->node};
    if (look_at(b, both, 2).is_true)
        return;
    reader_fault(&b->r, other->exprs[0]->text, 0,
                 reader_say(&b->r,
                            tr("this and '%s' on line %zu never hold at once: "
                               "nobody is eligible"),
                            one->id, one->node->line),
                 tr("change one of them, or join them by 'or'"));
}

void sense_rows(Build *b)
{
    size_t pairs = 0;
    for (size_t i = 0; i < b->n_rules; i++)
        for (size_t k = 0; k < i && pairs < PAIRS_MAX && !b->r.failed; k++)
            if (is_row(b, b->rules[i]) && is_row(b, b->rules[k])) {
                check_pair(b, b->rules[k], b->rules[i]);
                pairs++;
            }
}
