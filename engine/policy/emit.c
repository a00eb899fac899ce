#include "policy/emit.h"

#include "data/table.h"
#include "policy/convert.h"
#include "policy/functions.h"

static int expression(Code *c, const Node *node);

/* The value of an operand whose neighbours make `unit` of it. */
static int operand(Code *c, const Node *node, Unit unit)
{
    if (node->unit == UNIT_NULL)
        return convert_null(c, unit);
    return expression(c, node);
}

static int literal(Code *c, const Node *node)
{
    const Truth truth = node->value.num ? IS_TRUE : IS_FALSE;
    switch (node->kind) {
    case NODE_TEXT:
        return code_text(c, node->text);
    case NODE_BOOL:
        return code_constant_of(c, REP_TRUTH, 1, &truth);
    case NODE_NULL:
        return convert_null(c, UNIT_NULL);
    default:
        if (node->unit == UNIT_DATE || node->unit == UNIT_MONTHS)
            return code_whole(c, node->value.num, 1);
        return code_number(c, node->value);
    }
}

static int as_number(Code *c, const Node *node)
{
    int slot = operand(c, node, UNIT_NUMBER);
    return c->failed ? SLOT_NONE : convert_number(c, slot);
}

/* A date and months: the same day, or the last of its month. */
static int months_on(Code *c, const Node *node)
{
    int a = operand(c, node->args[0], UNIT_DATE);
    int b = operand(c, node->args[1], UNIT_MONTHS);
    if (!c->failed && node->kind == NODE_SUBTRACT)
        b = convert_part(c, OP_NEGATE_N, REP_NUMBER, 1, convert_number(c, b),
                         SLOT_NONE, SLOT_NONE, NULL);
    b = c->failed ? SLOT_NONE : convert_whole(c, b, 1);
    return convert_part(c, OP_ADD_MONTHS_I, REP_WHOLE, 1, a, b, SLOT_NONE,
                        NULL);
}

static int arithmetic(Code *c, const Node *node)
{
    static const OpId ops[] = {
        [NODE_NEGATE] = OP_NEGATE_N,     [NODE_ADD] = OP_ADD_N,
        [NODE_SUBTRACT] = OP_SUBTRACT_N, [NODE_MULTIPLY] = OP_MULTIPLY_N,
        [NODE_DIVIDE] = OP_DIVIDE_N,     [NODE_POWER] = OP_POWER_N};
    if (node->unit == UNIT_DATE && node->args[1]->unit == UNIT_MONTHS)
        return months_on(c, node);
    int a = as_number(c, node->args[0]);
    int b = node->count > 1 ? as_number(c, node->args[1]) : SLOT_NONE;
    int d =
        convert_part(c, ops[node->kind], REP_NUMBER, 1, a, b, SLOT_NONE, NULL);
    int is_whole = node->unit == UNIT_DATE || node->unit == UNIT_MONTHS;
    return is_whole && !c->failed ? convert_whole(c, d, 1) : d;
}

static int logic(Code *c, const Node *node)
{
    int a = operand(c, node->args[0], UNIT_BOOL), b = SLOT_NONE;
    if (node->kind != NODE_NOT)
        b = operand(c, node->args[1], UNIT_BOOL);
    OpId id = node->kind == NODE_NOT   ? OP_NOT_B
              : node->kind == NODE_AND ? OP_AND_B
                                       : OP_OR_B;
    return convert_part(c, id, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int is_null(Code *c, const Node *node)
{
    static const OpId ops[] = {[REP_NUMBER] = OP_IS_NULL_N,
                               [REP_WHOLE] = OP_IS_NULL_I,
                               [REP_TRUTH] = OP_IS_NULL_B,
                               [REP_TEXT] = OP_IS_NULL_T};
    int a = expression(c, node);
    if (c->failed)
        return SLOT_NONE;
    return convert_part(c, ops[c->slots[a].rep], REP_TRUTH, 1, a, SLOT_NONE,
                        SLOT_NONE, NULL);
}

static int equal(Code *c, const Node *node)
{
    const Node *x = node->args[0], *y = node->args[1];
    if (y->unit == UNIT_NULL)
        return is_null(c, x);
    if (x->unit == UNIT_NULL)
        return is_null(c, y);
    int a = expression(c, x), b = expression(c, y);
    if (c->failed)
        return SLOT_NONE;
    OpId id = x->unit == UNIT_BOOL ? OP_EQ_B
              : x->unit == UNIT_TEXT
                  ? OP_EQ_T
                  : convert_meet(c, &a, &b, OP_EQ_I, OP_EQ_N);
    return convert_part(c, id, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int negated(Code *c, int slot)
{
    return convert_part(c, OP_NOT_B, REP_TRUTH, 1, slot, SLOT_NONE, SLOT_NONE,
                        NULL);
}

static int unequal(Code *c, const Node *node)
{
    int slot = equal(c, node);
    return c->failed ? SLOT_NONE : negated(c, slot);
}

static int in_order(Code *c, const Node *node)
{
    int turned = node->kind == NODE_GT || node->kind == NODE_GE;
    int strict = node->kind == NODE_LT || node->kind == NODE_GT;
    int a = operand(c, node->args[turned], node->args[!turned]->unit);
    int b = operand(c, node->args[!turned], node->args[turned]->unit);
    if (c->failed)
        return SLOT_NONE;
    OpId id = convert_meet(c, &a, &b, strict ? OP_LT_I : OP_LE_I,
                           strict ? OP_LT_N : OP_LE_N);
    return convert_part(c, id, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int contains(Code *c, const Node *list, const Node *word)
{
    int a = expression(c, list), b = operand(c, word, UNIT_TEXT);
    return convert_part(c, OP_CONTAINS_T, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int in_list(Code *c, const Node *node)
{
    if (node->args[1]->unit == UNIT_LIST)
        return contains(c, node->args[1], node->args[0]);
    return equal(c, node);
}

static int choose(Code *c, const Node *node)
{
    static const OpId ops[] = {[REP_NUMBER] = OP_IF_N,
                               [REP_WHOLE] = OP_IF_I,
                               [REP_TRUTH] = OP_IF_B,
                               [REP_TEXT] = OP_IF_T};
    int k = operand(c, node->args[0], UNIT_BOOL);
    int a = operand(c, node->args[1], node->unit);
    int b = operand(c, node->args[2], node->unit);
    Rep rep = convert_agree(c, &a, &b);
    if (c->failed)
        return SLOT_NONE;
    return convert_part(c, ops[rep], rep, c->slots[a].scale, a, b, k, NULL);
}

static int coalesce(Code *c, const Node *node)
{
    static const OpId ops[] = {[REP_NUMBER] = OP_COALESCE_N,
                               [REP_WHOLE] = OP_COALESCE_I,
                               [REP_TRUTH] = OP_COALESCE_B,
                               [REP_TEXT] = OP_COALESCE_T};
    int a = operand(c, node->args[0], node->unit);
    for (uint32_t i = 1; i < node->count && !c->failed; i++) {
        int b = operand(c, node->args[i], node->unit);
        Rep rep = convert_agree(c, &a, &b);
        if (!c->failed)
            a = convert_part(c, ops[rep], rep, c->slots[a].scale, a, b,
                             SLOT_NONE, NULL);
    }
    return a;
}

/* min, max, sum, and functions of one number. */
static int fold_numbers(Code *c, const Node *node, OpId id)
{
    int a = as_number(c, node->args[0]);
    if (node->count == 1 && id != OP_MIN_N && id != OP_MAX_N && id != OP_ADD_N)
        return convert_part(c, id, REP_NUMBER, 1, a, SLOT_NONE, SLOT_NONE,
                            NULL);
    for (uint32_t i = 1; i < node->count && !c->failed; i++)
        a = convert_part(c, id, REP_NUMBER, 1, a, as_number(c, node->args[i]),
                         SLOT_NONE, NULL);
    int is_whole = node->unit == UNIT_DATE || node->unit == UNIT_MONTHS;
    return is_whole && !c->failed ? convert_whole(c, a, 1) : a;
}

/* What is rounded to, in the value's own small unit. */
static Number rounding_unit(const Node *node)
{
    Number unit = number_int(node->unit == UNIT_MONEY ? 100 : 1);
    const Node *to = node->count > 1 ? node->args[1] : NULL;
    if (to == NULL)
        return unit;
    if (to->unit == UNIT_MONEY)
        return to->value;
    return number_multiply(
        unit, number_power(number_int(10), number_negate(to->value)));
}

static int rounded(Code *c, const Node *node, RoundMode mode)
{
    Rounding *aux = arena_alloc(c->arena, 1, sizeof *aux);
    if (aux == NULL)
        return (c->failed = 1, SLOT_NONE);
    *aux = (Rounding){rounding_unit(node), mode};
    int a = as_number(c, node->args[0]);
    return convert_part(c, OP_ROUND_N, REP_NUMBER, 1, a, SLOT_NONE, SLOT_NONE,
                        aux);
}

static int on_dates(Code *c, const Node *node, OpId id)
{
    int a = operand(c, node->args[0], UNIT_DATE), b = SLOT_NONE;
    if (node->count > 1) {
        b = operand(c, node->args[1], UNIT_DATE);
        b = c->failed ? SLOT_NONE : convert_whole(c, b, 1);
    }
    return convert_part(c, id, REP_WHOLE, 1, a, b, SLOT_NONE, NULL);
}

static int on_texts(Code *c, const Node *node)
{
    int a = operand(c, node->args[0], UNIT_TEXT);
    if (node->function->id == FN_count)
        return convert_part(c, OP_COUNT_T, REP_WHOLE, 1, a, SLOT_NONE,
                            SLOT_NONE, NULL);
    int b = operand(c, node->args[1], UNIT_TEXT);
    return convert_part(c, OP_STARTS_T, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int contains_any(Code *c, const Node *node)
{
    int any = contains(c, node->args[0], node->args[1]);
    for (uint32_t i = 2; i < node->count && !c->failed; i++)
        any = convert_part(c, OP_OR_B, REP_TRUTH, 1, any,
                           contains(c, node->args[0], node->args[i]), SLOT_NONE,
                           NULL);
    return any;
}

static int call(Code *c, const Node *node)
{
    static const OpId ops[FN_COUNT] = {
        [FN_min] = OP_MIN_N,     [FN_max] = OP_MAX_N,
        [FN_sum] = OP_ADD_N,     [FN_abs] = OP_ABS_N,
        [FN_sqrt] = OP_SQRT_N,   [FN_exp] = OP_EXP_N,
        [FN_log] = OP_LOG_N,     [FN_months] = OP_MONTHS_I,
        [FN_years] = OP_YEARS_I, [FN_years_and_months_duration] = OP_MONTHS_I,
        [FN_year] = OP_YEAR_I,   [FN_month] = OP_MONTH_I,
        [FN_day] = OP_DAY_I,     [FN_add_months] = OP_ADD_MONTHS_I};
    static const RoundMode modes[FN_COUNT] = {
        [FN_round] = ROUND_HALF_AWAY,
        [FN_round_half_up] = ROUND_HALF_AWAY,
        [FN_decimal] = ROUND_HALF_EVEN,
        [FN_round_half_down] = ROUND_HALF_TO_ZERO,
        [FN_round_half_even] = ROUND_HALF_EVEN,
        [FN_round_up] = ROUND_UP,
        [FN_round_down] = ROUND_DOWN,
        [FN_floor] = ROUND_FLOOR,
        [FN_ceiling] = ROUND_CEILING};
    FunctionId id = node->function->id;
    if (id == FN_coalesce)
        return coalesce(c, node);
    switch (node->function->typing) {
    case TYPING_SAME:
    case TYPING_REAL:
        return fold_numbers(c, node, ops[id]);
    case TYPING_ROUND:
        return rounded(c, node, modes[id]);
    case TYPING_ANY_OF:
        return contains_any(c, node);
    case TYPING_LIST:
    case TYPING_TEXTS:
        return on_texts(c, node);
    default:
        return on_dates(c, node, ops[id]);
    }
}

static int name(Code *c, const Node *node)
{
    (void)c;
    return node->symbol->slot;
}

static int expression(Code *c, const Node *node)
{
    static int (*const rules[])(Code *,
                                const Node *) = {[NODE_NUMBER] = literal,
                                                 [NODE_TEXT] = literal,
                                                 [NODE_BOOL] = literal,
                                                 [NODE_NULL] = literal,
                                                 [NODE_NAME] = name,
                                                 [NODE_NEGATE] = arithmetic,
                                                 [NODE_NOT] = logic,
                                                 [NODE_ADD] = arithmetic,
                                                 [NODE_SUBTRACT] = arithmetic,
                                                 [NODE_MULTIPLY] = arithmetic,
                                                 [NODE_DIVIDE] = arithmetic,
                                                 [NODE_POWER] = arithmetic,
                                                 [NODE_LT] = in_order,
                                                 [NODE_LE] = in_order,
                                                 [NODE_GT] = in_order,
                                                 [NODE_GE] = in_order,
                                                 [NODE_EQ] = equal,
                                                 [NODE_NE] = unequal,
                                                 [NODE_AND] = logic,
                                                 [NODE_OR] = logic,
                                                 [NODE_IF] = choose,
                                                 [NODE_IN] = in_list,
                                                 [NODE_CALL] = call};
    return c->failed ? SLOT_NONE : rules[node->kind](c, node);
}

int emit_expression(Code *c, const Node *node)
{
    int slot = expression(c, node);
    return c->failed ? SLOT_NONE : slot;
}

int emit_named(Code *c, const Node *node, Unit unit)
{
    int slot = operand(c, node, unit);
    return c->failed ? SLOT_NONE : convert_unit(c, slot, unit);
}
