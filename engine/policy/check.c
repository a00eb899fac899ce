#include "policy/check.h"

#include "core/tr.h"
#include "policy/functions.h"
#include "policy/literal.h"
#include "policy/units.h"

typedef struct {
    Text text;
    Reader *r;
} Checker;

static Unit check(Checker *c, Node *node);

static Unit wrong(Checker *c, size_t at, const char *problem,
                  const char *way_out)
{
    reader_fault(c->r, c->text, at, problem, way_out);
    return UNIT_WRONG;
}

static Unit meet(Checker *c, Node *a, Node *b, size_t at, const char *verb)
{
    return units_meet(a, b, at, verb, c->text, c->r);
}

static int is_number_like(Unit unit)
{
    return unit_is_plain(unit) || unit == UNIT_MONEY || unit == UNIT_NULL;
}

static Unit want_number(Checker *c, const Node *node)
{
    if (is_number_like(node->unit) || node->unit == UNIT_WRONG)
        return node->unit;
    return wrong(c, node->at,
                 reader_say(c->r, tr("%s is not something to reckon with"),
                            units_say(node->unit)),
                 node->kind == NODE_TEXT ? tr("write the number without quotes")
                                         : NULL);
}

static Unit add(Checker *c, Node *node)
{
    Node *a = node->args[0], *b = node->args[1];
    int minus = node->kind == NODE_SUBTRACT;
    if (a->unit == UNIT_DATE && b->unit == UNIT_DATE && minus)
        return UNIT_DAYS;
    if (a->unit == UNIT_DATE &&
        (b->unit == UNIT_DAYS || b->unit == UNIT_COUNT || units_is_whole(b)))
        return UNIT_DATE;
    if (b->unit == UNIT_MONTHS &&
        (a->unit == UNIT_DATE || a->unit == UNIT_MONTHS))
        return a->unit;
    if (a->unit == UNIT_TEXT && b->unit == UNIT_TEXT)
        return wrong(c, node->at, tr("texts cannot be added"),
                     tr("compare them: =, in ( ... ), starts_with()"));
    Unit unit = meet(c, a, b, node->at, minus ? tr("subtracted") : tr("added"));
    if (unit == UNIT_WRONG || is_number_like(unit))
        return unit;
    return wrong(c, node->at,
                 reader_say(c->r, tr("%s is not something to reckon with"),
                            units_say(unit)),
                 tr("reckon with amounts, numbers, dates and durations"));
}

static Unit multiply(Checker *c, Node *node)
{
    const Node *a = node->args[0], *b = node->args[1];
    if (a->unit == UNIT_MONTHS && units_is_whole(b))
        return UNIT_MONTHS;
    Unit x = want_number(c, a), y = want_number(c, b);
    if (x == UNIT_WRONG || y == UNIT_WRONG)
        return UNIT_WRONG;
    if (x == UNIT_MONEY && y == UNIT_MONEY)
        return wrong(c, node->at, tr("money and money cannot be multiplied"),
                     tr("one side must be a ratio or a number"));
    if (x == UNIT_MONEY || y == UNIT_MONEY)
        return UNIT_MONEY;
    if (x == y && x == UNIT_COUNT)
        return x;
    if (units_is_whole(a) && y == UNIT_COUNT)
        return y;
    return units_is_whole(b) && x == UNIT_COUNT ? x : UNIT_NUMBER;
}

static Unit divide(Checker *c, Node *node)
{
    Unit x = want_number(c, node->args[0]), y = want_number(c, node->args[1]);
    if (x == UNIT_WRONG || y == UNIT_WRONG)
        return UNIT_WRONG;
    if (x == UNIT_MONEY && y != UNIT_MONEY)
        return UNIT_MONEY;
    if (y == UNIT_MONEY && x != UNIT_MONEY && x != UNIT_NULL &&
        !units_as_money(node->args[0]))
        return wrong(
            c, node->at,
            reader_say(c->r, tr("%s cannot be divided by money"), units_say(x)),
            tr("divide money by money"));
    return UNIT_NUMBER;
}

static Unit power(Checker *c, Node *node)
{
    Unit x = want_number(c, node->args[0]), y = want_number(c, node->args[1]);
    if (x == UNIT_WRONG || y == UNIT_WRONG)
        return UNIT_WRONG;
    if (x == UNIT_MONEY || y == UNIT_MONEY)
        return wrong(c, node->at, tr("money cannot be raised to a power"),
                     tr("divide it by an amount first"));
    return UNIT_NUMBER;
}

static int check_words(Checker *c, const Node *a, const Node *b)
{
    return literal_word(a->symbol, b, c->text, c->r) &&
           literal_word(b->symbol, a, c->text, c->r);
}

static Unit compare(Checker *c, Node *node)
{
    Node *a = node->args[0], *b = node->args[1];
    int equality =
        node->kind == NODE_EQ || node->kind == NODE_NE || node->kind == NODE_IN;
    Unit unit = meet(c, a, b, node->at, tr("compared"));
    if (unit == UNIT_WRONG || !check_words(c, a, b))
        return UNIT_WRONG;
    literal_check(a, b->unit, c->text, c->r);
    literal_check(b, a->unit, c->text, c->r);
    int null_test = a->kind == NODE_NULL || b->kind == NODE_NULL;
    if (!equality && (unit == UNIT_TEXT || unit == UNIT_BOOL))
        return wrong(c, node->at,
                     reader_say(c->r, tr("%s has no order"), units_say(unit)),
                     tr("use = or in"));
    if (unit == UNIT_LIST && !null_test)
        return wrong(c, node->at, tr("lists cannot be compared"),
                     tr("write \"word\" in list"));
    return UNIT_BOOL;
}

static Unit in_list(Checker *c, Node *node)
{
    const Node *x = node->args[0];
    if (node->args[1]->unit != UNIT_LIST)
        return compare(c, node);
    if (x->unit == UNIT_WRONG)
        return UNIT_WRONG;
    if (x->unit != UNIT_TEXT)
        return wrong(c, x->at,
                     reader_say(c->r, tr("%s cannot be in a list of words"),
                                units_say(x->unit)),
                     tr("write the words in quotes"));
    return check_words(c, x, node->args[1]) ? UNIT_BOOL : UNIT_WRONG;
}

/* What to write instead of a text. */
static const char *unquoted(Checker *c, const Node *node, Unit unit)
{
    if (node->kind != NODE_TEXT)
        return NULL;
    if (unit == UNIT_DATE)
        return reader_say(c->r, tr("write date(\"%s\")"), node->text);
    return node->text[0] < '0' || node->text[0] > '9'
               ? NULL
               : reader_say(c->r, tr("figures stand without quotes: %s"),
                            node->text);
}

static int want(Checker *c, const Node *node, Unit unit, const char *what)
{
    if (node->unit == unit || node->unit == UNIT_WRONG ||
        node->unit == UNIT_NULL)
        return node->unit != UNIT_WRONG;
    wrong(c, node->at,
          reader_say(c->r, tr("%s must be %s, not %s"), what, units_say(unit),
                     units_say(node->unit)),
          unquoted(c, node, unit));
    return 0;
}

static Unit logic(Checker *c, Node *node)
{
    int good = 1;
    static const char *const names[] = {TR_NOOP("what 'not' turns"),
                                        TR_NOOP("each side of 'and'"),
                                        TR_NOOP("each side of 'or'")};
    const char *what = names[node->kind == NODE_NOT   ? 0
                             : node->kind == NODE_AND ? 1
                                                      : 2];
    for (uint32_t i = 0; i < node->count; i++)
        good &= want(c, node->args[i], UNIT_BOOL, tr(what));
    return good ? UNIT_BOOL : UNIT_WRONG;
}

/* One unit for all of args[from..]. */
static Unit common(Checker *c, Node *node, uint32_t from)
{
    Unit unit = node->args[from]->unit;
    Node *first = node->args[from];
    for (uint32_t i = from + 1; i < node->count; i++) {
        unit = meet(c, first, node->args[i], node->args[i]->at,
                    tr("of one result"));
        if (unit == UNIT_WRONG)
            return unit;
        if (first->unit == UNIT_NULL || node->args[i]->unit == UNIT_MONEY)
            first = node->args[i];
    }
    for (uint32_t i = from; unit == UNIT_MONEY && i < node->count; i++)
        units_as_money(node->args[i]);
    return unit;
}

static Unit choose(Checker *c, Node *node)
{
    if (!want(c, node->args[0], UNIT_BOOL, tr("the condition of 'if'")))
        return UNIT_WRONG;
    return common(c, node, 1);
}

static Unit same(Checker *c, Node *node)
{
    Unit unit = common(c, node, 0);
    if (unit == UNIT_WRONG || node->function->id == FN_coalesce)
        return unit;
    if (is_number_like(unit) ||
        ((unit == UNIT_DATE || unit == UNIT_MONTHS) &&
         (node->function->id == FN_min || node->function->id == FN_max)))
        return unit;
    return wrong(c, node->at,
                 reader_say(c->r, tr("%s has no %s"), units_say(unit),
                            node->function->name),
                 tr("give it a number or an amount"));
}

static Unit round_to(Checker *c, Node *node)
{
    Unit unit = want_number(c, node->args[0]);
    Node *to = node->count > 1 ? node->args[1] : NULL;
    if (unit == UNIT_WRONG || to == NULL)
        return unit;
    if (to->kind != NODE_NUMBER || number_compare(to->value, number_int(0)) < 0)
        return wrong(c, to->at, tr("what to round to must be a literal"),
                     tr("decimals, or a multiple such as 1万"));
    if (to->unit == UNIT_MONEY && number_whole(to->value, 1) == 0)
        return wrong(c, to->at, tr("there are no multiples of 0"),
                     tr("decimals, or a multiple such as 1万"));
    if (to->unit == UNIT_MONEY ? unit == UNIT_MONEY : units_is_whole(to))
        return unit;
    return wrong(c, to->at,
                 reader_say(c->r, tr("%s cannot be rounded to %s"),
                            units_say(unit), units_say(to->unit)),
                 tr("decimals, or a multiple such as 1万"));
}

/* The units that a function wants, argument by argument; the last repeats. */
static const struct {
    Unit args[2], result;
} typings[] = {[TYPING_DATES] = {{UNIT_DATE, UNIT_DATE}, UNIT_COUNT},
               [TYPING_SPAN] = {{UNIT_DATE, UNIT_DATE}, UNIT_MONTHS},
               [TYPING_PART] = {{UNIT_DATE, UNIT_DATE}, UNIT_COUNT},
               [TYPING_SHIFT] = {{UNIT_DATE, UNIT_COUNT}, UNIT_DATE},
               [TYPING_LIST] = {{UNIT_LIST, UNIT_LIST}, UNIT_COUNT},
               [TYPING_ANY_OF] = {{UNIT_LIST, UNIT_TEXT}, UNIT_BOOL},
               [TYPING_TEXTS] = {{UNIT_TEXT, UNIT_TEXT}, UNIT_BOOL}};

static Unit fixed(Checker *c, Node *node)
{
    int good = 1;
    for (uint32_t i = 0; i < node->count; i++) {
        Unit unit = typings[node->function->typing].args[i > 0];
        if (unit == UNIT_COUNT && units_is_whole(node->args[i]))
            continue;
        good &= want(c, node->args[i], unit,
                     reader_say(c->r, tr("argument %d of %s"), (int)i + 1,
                                node->function->name));
    }
    return good ? typings[node->function->typing].result : UNIT_WRONG;
}

static Unit call(Checker *c, Node *node)
{
    Unit unit;
    switch (node->function->typing) {
    case TYPING_SAME:
        return same(c, node);
    case TYPING_ROUND:
        return round_to(c, node);
    case TYPING_REAL:
        unit = want_number(c, node->args[0]);
        if (unit == UNIT_MONEY)
            return wrong(
                c, node->at,
                reader_say(c->r, tr("money has no %s"), node->function->name),
                tr("divide it by an amount first"));
        return unit == UNIT_WRONG ? unit : UNIT_NUMBER;
    default:
        return fixed(c, node);
    }
}

static Unit leaf(Checker *c, const Node *node)
{
    (void)c;
    if (node->kind != NODE_NAME)
        return node->unit;
    return node->symbol == NULL ? UNIT_WRONG : node->symbol->unit;
}

static Unit negate(Checker *c, Node *node)
{
    return want_number(c, node->args[0]);
}

static Unit of_node(Checker *c, Node *node)
{
    static Unit (*const rules[])(Checker *, Node *) = {
        [NODE_NEGATE] = negate,     [NODE_NOT] = logic,
        [NODE_ADD] = add,           [NODE_SUBTRACT] = add,
        [NODE_MULTIPLY] = multiply, [NODE_DIVIDE] = divide,
        [NODE_POWER] = power,       [NODE_LT] = compare,
        [NODE_LE] = compare,        [NODE_GT] = compare,
        [NODE_GE] = compare,        [NODE_EQ] = compare,
        [NODE_NE] = compare,        [NODE_AND] = logic,
        [NODE_OR] = logic,          [NODE_IF] = choose,
        [NODE_IN] = in_list,        [NODE_CALL] = call};
    return node->kind <= NODE_NAME ? leaf(c, node) : rules[node->kind](c, node);
}

/* Does the value consist of bare literals alone? */
static int stays_bare(const Node *node)
{
    if (node->kind < NODE_NEGATE || node->kind > NODE_CALL)
        return node->is_bare;
    if (node->unit != UNIT_NUMBER && node->unit != UNIT_COUNT)
        return 0;
    if (node->kind == NODE_CALL && node->function->typing != TYPING_SAME)
        return 0;
    if (node->kind >= NODE_MULTIPLY && node->kind != NODE_IF &&
        node->kind != NODE_CALL)
        return 0;
    for (uint32_t i = node->kind == NODE_IF; i < node->count; i++)
        if (!node->args[i]->is_bare && node->args[i]->kind != NODE_NULL)
            return 0;
    return 1;
}

static Unit check(Checker *c, Node *node)
{
    if (node->kind >= NODE_NEGATE && node->unit != UNIT_WRONG)
        return node->unit; /* shared by two comparisons */
    int good = 1;
    for (uint32_t i = 0; i < node->count; i++)
        good &= check(c, node->args[i]) != UNIT_WRONG;
    if (!good)
        return UNIT_WRONG;
    node->unit = of_node(c, node);
    node->is_bare = stays_bare(node);
    return node->unit;
}

Unit check_expression(Node *node, Text text, Reader *r)
{
    Checker c = {text, r};
    return check(&c, node);
}

int check_want(Node *node, Unit wanted, const char *what, Text text, Reader *r)
{
    Checker c = {text, r};
    if (wanted == UNIT_MONEY && units_as_money(node))
        return 1;
    if (unit_is_plain(wanted) && unit_is_plain(node->unit))
        return 1;
    return want(&c, node, wanted, what);
}
