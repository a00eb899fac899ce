#include "policy/code.h"

#include "data/table.h"
#include "policy/functions.h"

#include <string.h>

static const int64_t one = 1, billion = RATIO_ONE;

size_t rep_bytes(const Slot *slot)
{
    static const size_t bytes[] = {
        [REP_NUMBER] = sizeof(Number),     [REP_WHOLE] = sizeof(int64_t),
        [REP_TRUTH] = sizeof(Truth),       [REP_TEXT] = sizeof(const char *),
        [REP_INDEX] = sizeof(int32_t),     [REP_SEGMENT] = sizeof(uint16_t),
        [REP_MASK] = sizeof(uint64_t)};
    return bytes[slot->rep] * (slot->rep == REP_MASK ? slot->words : 1);
}

static int out_of_memory(Code *c)
{
    c->failed = 1;
    return SLOT_NONE;
}

static int new_slot(Code *c, Slot slot)
{
    Slot *slots = arena_grow(c->arena, c->slots, &c->slot_capacity, c->n_slots,
                             sizeof *slots);
    if (slots == NULL)
        return out_of_memory(c);
    c->slots = slots;
    slot.as_number = SLOT_NONE;
    slots[c->n_slots] = slot;
    return (int)c->n_slots++;
}

/* A buffer of that many bytes a row: a free one, or a new one. */
static int take_buffer(Code *c, size_t bytes, uint32_t *out)
{
    for (size_t i = 0; i < c->n_buffers; i++)
        if (c->is_free[i] && c->buffers[i] == bytes) {
            c->is_free[i] = 0;
            *out = (uint32_t)i;
            return 1;
        }
    size_t *buffers = arena_grow(c->arena, c->buffers, &c->buffer_capacity,
                                 c->n_buffers, sizeof *buffers);
    unsigned char *is_free =
        arena_grow(c->arena, c->is_free, &c->free_capacity, c->n_buffers, 1);
    if (buffers == NULL || is_free == NULL)
        return 0;
    c->buffers = buffers;
    c->is_free = is_free;
    buffers[c->n_buffers] = bytes;
    is_free[c->n_buffers] = 0;
    *out = (uint32_t)c->n_buffers++;
    return 1;
}

static int row_slot(Code *c, Rep rep, int64_t scale, size_t words, int is_part)
{
    Slot s = {.rep = rep, .scale = scale, .words = words, .is_part = is_part};
    if (!take_buffer(c, rep_bytes(&s), &s.buffer))
        return out_of_memory(c);
    return new_slot(c, s);
}

int code_slot(Code *c, Rep rep, int64_t scale, size_t words)
{
    return row_slot(c, rep, scale, words, 0);
}

static int constant(Code *c, Rep rep, int64_t scale, const void *value)
{
    Slot s = {.rep = rep, .scale = scale, .words = 1};
    size_t bytes = rep_bytes(&s);
    s.value = arena_alloc(c->arena, 1, bytes);
    if (s.value == NULL)
        return out_of_memory(c);
    memcpy(s.value, value, bytes);
    return new_slot(c, s);
}

int code_number(Code *c, Number value)
{
    return constant(c, REP_NUMBER, 1, &value);
}

int code_whole(Code *c, int64_t value, int64_t scale)
{
    return constant(c, REP_WHOLE, scale, &value);
}

int code_text(Code *c, const char *interned)
{
    return constant(c, REP_TEXT, 1, &interned);
}

int code_is_constant(const Code *c, int slot)
{
    return c->slots[slot].value != NULL;
}

Number code_constant(const Code *c, int slot)
{
    const Slot *s = &c->slots[slot];
    if (s->rep == REP_NUMBER)
        return *(const Number *)s->value;
    int64_t v = *(const int64_t *)s->value;
    return v == NULL_INT ? NUMBER_NULL : number_scaled(v, s->scale);
}

static void release(Code *c, int slot)
{
    if (slot >= 0 && c->slots[slot].is_part && c->slots[slot].value == NULL)
        c->is_free[c->slots[slot].buffer] = 1;
}

static int is_fixed(const Code *c, int slot)
{
    return slot < 0 || c->slots[slot].value != NULL;
}

/* Run an operator over constants: its result becomes one. */
static int fold(Code *c, Op *op)
{
    void *at[4] = {NULL};
    Slot *d = &c->slots[op->d];
    uint32_t *operands[] = {&op->a, &op->b, &op->c};
    d->value = arena_alloc(c->arena, 1, rep_bytes(d));
    if (d->value == NULL)
        return out_of_memory(c);
    c->is_free[d->buffer] = 1;
    at[0] = d->value;
    int slot = (int)op->d;
    for (uint32_t i = 0; i < 3; i++) {
        if (*operands[i] != (uint32_t)SLOT_NONE)
            at[i + 1] = c->slots[*operands[i]].value;
        *operands[i] = i + 1;
    }
    op->d = 0;
    op->fn(op, at, 1);
    return slot;
}

static int append(Code *c, Op op)
{
    Op *ops =
        arena_grow(c->arena, c->ops, &c->op_capacity, c->n_ops, sizeof *ops);
    if (ops == NULL)
        return out_of_memory(c);
    c->ops = ops;
    ops[c->n_ops++] = op;
    return (int)op.d;
}

void code_append(Code *c, OpFn fn, int d, int a, const void *aux)
{
    Op op = {fn, (uint32_t)d, (uint32_t)a, 0, 0, {!is_fixed(c, a), 0, 0}, aux};
    if (!c->failed && d >= 0)
        append(c, op);
}

int code_op(Code *c, OpFn fn, int d, int a, int b, int k, const void *aux)
{
    Op op = {fn, (uint32_t)d, (uint32_t)a, (uint32_t)b, (uint32_t)k,
             {!is_fixed(c, a), !is_fixed(c, b), !is_fixed(c, k)}, aux};
    if (c->failed || d < 0)
        return SLOT_NONE;
    if (is_fixed(c, a) && is_fixed(c, b) && is_fixed(c, k))
        return fold(c, &op);
    append(c, op);
    release(c, a);
    release(c, b);
    release(c, k);
    return d;
}

/* d is a new part of an expression. */
static int part(Code *c, OpId id, Rep rep, int64_t scale, int a, int b, int k,
                const void *aux)
{
    if (c->failed)
        return SLOT_NONE;
    int d = row_slot(c, rep, scale, 1, 1);
    return code_op(c, op_function(id), d, a, b, k, aux);
}

int code_as_number(Code *c, int slot)
{
    if (c->failed || c->slots[slot].rep == REP_NUMBER)
        return slot;
    if (c->slots[slot].as_number >= 0)
        return c->slots[slot].as_number;
    const int64_t *scale = c->slots[slot].scale == 1 ? &one : &billion;
    int is_part = c->slots[slot].is_part;
    int d = part(c, OP_NUMBER_OF_I, REP_NUMBER, 1, slot, SLOT_NONE, SLOT_NONE,
                 scale);
    if (!c->failed && !is_part) { /* a name's: the next reader takes it too */
        c->slots[d].is_part = 0;
        c->slots[slot].as_number = d;
    }
    return d;
}

static int64_t unit_scale(Unit unit)
{
    return unit == UNIT_RATIO ? RATIO_ONE : 1;
}

static Rep unit_rep(Unit unit)
{
    switch (unit) {
    case UNIT_BOOL:
        return REP_TRUTH;
    case UNIT_TEXT:
    case UNIT_LIST:
        return REP_TEXT;
    case UNIT_NUMBER:
    case UNIT_NULL:
    case UNIT_WRONG:
        return REP_NUMBER;
    default:
        return REP_WHOLE;
    }
}

int code_input(Code *c, Unit unit)
{
    return code_slot(c, unit_rep(unit), unit_scale(unit), 1);
}

static int as_whole(Code *c, int slot, int64_t scale)
{
    if (c->failed || (c->slots[slot].rep == REP_WHOLE &&
                      c->slots[slot].scale == scale))
        return slot;
    slot = code_as_number(c, slot);
    return part(c, OP_WHOLE_OF_N, REP_WHOLE, scale, slot, SLOT_NONE, SLOT_NONE,
                scale == 1 ? &one : &billion);
}

int code_as_unit(Code *c, int slot, Unit unit)
{
    Rep rep = unit_rep(unit);
    if (c->failed)
        return SLOT_NONE;
    if (rep == REP_WHOLE)
        slot = as_whole(c, slot, unit_scale(unit));
    else if (rep == REP_NUMBER)
        slot = code_as_number(c, slot);
    if (!c->failed)
        c->slots[slot].is_part = 0;
    return slot;
}

/* A null of the representation that its neighbour has. */
static int null_like(Code *c, Unit unit)
{
    const Truth truth = IS_NULL;
    const char *text = NULL;
    const Number number = NUMBER_NULL;
    switch (unit_rep(unit)) {
    case REP_TRUTH:
        return constant(c, REP_TRUTH, 1, &truth);
    case REP_TEXT:
        return constant(c, REP_TEXT, 1, &text);
    case REP_WHOLE:
        return code_whole(c, NULL_INT, unit_scale(unit));
    default:
        return constant(c, REP_NUMBER, 1, &number);
    }
}

static int expression(Code *c, const Node *node);

/* The value of an operand whose neighbours make `unit` of it. */
static int operand(Code *c, const Node *node, Unit unit)
{
    if (node->unit == UNIT_NULL)
        return null_like(c, unit);
    return expression(c, node);
}

static int literal(Code *c, const Node *node)
{
    const Truth truth = node->value.num ? IS_TRUE : IS_FALSE;
    switch (node->kind) {
    case NODE_TEXT:
        return code_text(c, node->text);
    case NODE_BOOL:
        return constant(c, REP_TRUTH, 1, &truth);
    case NODE_NULL:
        return null_like(c, UNIT_NULL);
    default:
        if (node->unit == UNIT_DATE)
            return code_whole(c, node->value.num, 1);
        return code_number(c, node->value);
    }
}

static int as_number(Code *c, const Node *node)
{
    int slot = operand(c, node, UNIT_NUMBER);
    return c->failed ? SLOT_NONE : code_as_number(c, slot);
}

static int arithmetic(Code *c, const Node *node)
{
    static const OpId ops[] = {[NODE_NEGATE] = OP_NEGATE_N,
                               [NODE_ADD] = OP_ADD_N,
                               [NODE_SUBTRACT] = OP_SUBTRACT_N,
                               [NODE_MULTIPLY] = OP_MULTIPLY_N,
                               [NODE_DIVIDE] = OP_DIVIDE_N,
                               [NODE_POWER] = OP_POWER_N};
    int a = as_number(c, node->args[0]);
    int b = node->count > 1 ? as_number(c, node->args[1]) : SLOT_NONE;
    int d = part(c, ops[node->kind], REP_NUMBER, 1, a, b, SLOT_NONE, NULL);
    return node->unit == UNIT_DATE && !c->failed ? as_whole(c, d, 1) : d;
}

static int logic(Code *c, const Node *node)
{
    int a = operand(c, node->args[0], UNIT_BOOL), b = SLOT_NONE;
    if (node->kind != NODE_NOT)
        b = operand(c, node->args[1], UNIT_BOOL);
    OpId id = node->kind == NODE_NOT   ? OP_NOT_B
              : node->kind == NODE_AND ? OP_AND_B
                                       : OP_OR_B;
    return part(c, id, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

/* Can the constant stand beside whole numbers of that scale? */
static int to_scale(Code *c, int slot, int64_t scale)
{
    if (c->slots[slot].rep != REP_NUMBER || c->slots[slot].value == NULL)
        return slot;
    Number v = *(const Number *)c->slots[slot].value;
    Number scaled = number_multiply(v, number_int(scale));
    if (scaled.den <= 0 || scaled.num % scaled.den != 0)
        return slot;
    return code_whole(c, scaled.num / scaled.den, scale);
}

/* Whole numbers of one scale are compared as they are, all else exactly. */
static OpId meet(Code *c, int *a, int *b, OpId on_whole, OpId on_number)
{
    if (c->slots[*a].rep == REP_WHOLE)
        *b = to_scale(c, *b, c->slots[*a].scale);
    else if (c->slots[*b].rep == REP_WHOLE)
        *a = to_scale(c, *a, c->slots[*b].scale);
    if (c->failed)
        return on_number;
    const Slot *x = &c->slots[*a], *y = &c->slots[*b];
    if (x->rep == REP_WHOLE && y->rep == REP_WHOLE && x->scale == y->scale)
        return on_whole;
    *a = code_as_number(c, *a);
    *b = code_as_number(c, *b);
    return on_number;
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
    return part(c, ops[c->slots[a].rep], REP_TRUTH, 1, a, SLOT_NONE, SLOT_NONE,
                NULL);
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
    OpId id = x->unit == UNIT_BOOL   ? OP_EQ_B
              : x->unit == UNIT_TEXT ? OP_EQ_T
                                     : meet(c, &a, &b, OP_EQ_I, OP_EQ_N);
    return part(c, id, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int negated(Code *c, int slot)
{
    return part(c, OP_NOT_B, REP_TRUTH, 1, slot, SLOT_NONE, SLOT_NONE, NULL);
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
    OpId id = meet(c, &a, &b, strict ? OP_LT_I : OP_LE_I,
                   strict ? OP_LT_N : OP_LE_N);
    return part(c, id, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int contains(Code *c, const Node *list, const Node *word)
{
    int a = expression(c, list), b = operand(c, word, UNIT_TEXT);
    return part(c, OP_CONTAINS_T, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int in_list(Code *c, const Node *node)
{
    if (node->args[1]->unit == UNIT_LIST)
        return contains(c, node->args[1], node->args[0]);
    return equal(c, node);
}

/* Both in one representation, which is returned. */
static Rep agree(Code *c, int *a, int *b)
{
    if (c->failed)
        return REP_NUMBER;
    const Slot *x = &c->slots[*a], *y = &c->slots[*b];
    if (x->rep == y->rep && (x->rep != REP_WHOLE || x->scale == y->scale))
        return x->rep;
    *a = code_as_number(c, *a);
    *b = code_as_number(c, *b);
    return REP_NUMBER;
}

static int choose(Code *c, const Node *node)
{
    static const OpId ops[] = {[REP_NUMBER] = OP_IF_N, [REP_WHOLE] = OP_IF_I,
                               [REP_TRUTH] = OP_IF_B, [REP_TEXT] = OP_IF_T};
    int k = operand(c, node->args[0], UNIT_BOOL);
    int a = operand(c, node->args[1], node->unit);
    int b = operand(c, node->args[2], node->unit);
    Rep rep = agree(c, &a, &b);
    if (c->failed)
        return SLOT_NONE;
    return part(c, ops[rep], rep, c->slots[a].scale, a, b, k, NULL);
}

static int coalesce(Code *c, const Node *node)
{
    static const OpId ops[] = {
        [REP_NUMBER] = OP_COALESCE_N, [REP_WHOLE] = OP_COALESCE_I,
        [REP_TRUTH] = OP_COALESCE_B, [REP_TEXT] = OP_COALESCE_T};
    int a = operand(c, node->args[0], node->unit);
    for (uint32_t i = 1; i < node->count && !c->failed; i++) {
        int b = operand(c, node->args[i], node->unit);
        Rep rep = agree(c, &a, &b);
        if (!c->failed)
            a = part(c, ops[rep], rep, c->slots[a].scale, a, b, SLOT_NONE,
                     NULL);
    }
    return a;
}

/* min, max, sum, and functions of one number. */
static int fold_numbers(Code *c, const Node *node, OpId id)
{
    int a = as_number(c, node->args[0]);
    if (node->count == 1 && id != OP_MIN_N && id != OP_MAX_N && id != OP_ADD_N)
        return part(c, id, REP_NUMBER, 1, a, SLOT_NONE, SLOT_NONE, NULL);
    for (uint32_t i = 1; i < node->count && !c->failed; i++)
        a = part(c, id, REP_NUMBER, 1, a, as_number(c, node->args[i]),
                 SLOT_NONE, NULL);
    return node->unit == UNIT_DATE && !c->failed ? as_whole(c, a, 1) : a;
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
    return number_multiply(unit,
                           number_power(number_int(10),
                                        number_negate(to->value)));
}

static int rounded(Code *c, const Node *node, RoundMode mode)
{
    Rounding *aux = arena_alloc(c->arena, 1, sizeof *aux);
    if (aux == NULL)
        return out_of_memory(c);
    *aux = (Rounding){rounding_unit(node), mode};
    int a = as_number(c, node->args[0]);
    return part(c, OP_ROUND_N, REP_NUMBER, 1, a, SLOT_NONE, SLOT_NONE, aux);
}

static int on_dates(Code *c, const Node *node, OpId id)
{
    int a = operand(c, node->args[0], UNIT_DATE), b = SLOT_NONE;
    if (node->count > 1) {
        b = operand(c, node->args[1], UNIT_DATE);
        b = c->failed ? SLOT_NONE : as_whole(c, b, 1);
    }
    return part(c, id, REP_WHOLE, 1, a, b, SLOT_NONE, NULL);
}

static int on_texts(Code *c, const Node *node)
{
    int a = operand(c, node->args[0], UNIT_TEXT);
    if (node->function->id == FN_count)
        return part(c, OP_COUNT_T, REP_WHOLE, 1, a, SLOT_NONE, SLOT_NONE, NULL);
    int b = operand(c, node->args[1], UNIT_TEXT);
    return part(c, OP_STARTS_T, REP_TRUTH, 1, a, b, SLOT_NONE, NULL);
}

static int contains_any(Code *c, const Node *node)
{
    int any = contains(c, node->args[0], node->args[1]);
    for (uint32_t i = 2; i < node->count && !c->failed; i++)
        any = part(c, OP_OR_B, REP_TRUTH, 1, any,
                   contains(c, node->args[0], node->args[i]), SLOT_NONE, NULL);
    return any;
}

static int call(Code *c, const Node *node)
{
    static const OpId ops[FN_COUNT] = {
        [FN_min] = OP_MIN_N,        [FN_max] = OP_MAX_N,
        [FN_sum] = OP_ADD_N,        [FN_abs] = OP_ABS_N,
        [FN_sqrt] = OP_SQRT_N,      [FN_exp] = OP_EXP_N,
        [FN_log] = OP_LOG_N,        [FN_months] = OP_MONTHS_I,
        [FN_years] = OP_YEARS_I,    [FN_year] = OP_YEAR_I,
        [FN_month] = OP_MONTH_I,    [FN_day] = OP_DAY_I,
        [FN_add_months] = OP_ADD_MONTHS_I};
    static const RoundMode modes[FN_COUNT] = {
        [FN_round] = ROUND_HALF_AWAY, [FN_round_half_even] = ROUND_HALF_EVEN,
        [FN_round_up] = ROUND_UP,     [FN_round_down] = ROUND_DOWN,
        [FN_floor] = ROUND_FLOOR,     [FN_ceiling] = ROUND_CEILING};
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
    static int (*const rules[])(Code *, const Node *) = {
        [NODE_NUMBER] = literal,      [NODE_TEXT] = literal,
        [NODE_BOOL] = literal,        [NODE_NULL] = literal,
        [NODE_NAME] = name,           [NODE_NEGATE] = arithmetic,
        [NODE_NOT] = logic,           [NODE_ADD] = arithmetic,
        [NODE_SUBTRACT] = arithmetic, [NODE_MULTIPLY] = arithmetic,
        [NODE_DIVIDE] = arithmetic,   [NODE_POWER] = arithmetic,
        [NODE_LT] = in_order,         [NODE_LE] = in_order,
        [NODE_GT] = in_order,         [NODE_GE] = in_order,
        [NODE_EQ] = equal,            [NODE_NE] = unequal,
        [NODE_AND] = logic,           [NODE_OR] = logic,
        [NODE_IF] = choose,           [NODE_IN] = in_list,
        [NODE_CALL] = call};
    return c->failed ? SLOT_NONE : rules[node->kind](c, node);
}

int code_expression(Code *c, const Node *node)
{
    int slot = expression(c, node);
    return c->failed ? SLOT_NONE : slot;
}

int code_named(Code *c, const Node *node, Unit unit)
{
    int slot = operand(c, node, unit);
    return c->failed ? SLOT_NONE : code_as_unit(c, slot, unit);
}

void **code_frame(const Code *c, Arena *arena)
{
    void **at = arena_alloc(arena, c->n_slots + 1, sizeof *at);
    void **buffers = arena_alloc(arena, c->n_buffers + 1, sizeof *buffers);
    if (at == NULL || buffers == NULL)
        return NULL;
    for (size_t i = 0; i < c->n_buffers; i++) {
        buffers[i] = arena_alloc64(arena, BLOCK_ROWS, c->buffers[i]);
        if (buffers[i] == NULL)
            return NULL;
    }
    for (size_t i = 0; i < c->n_slots; i++)
        at[i] = c->slots[i].value ? c->slots[i].value
                                  : buffers[c->slots[i].buffer];
    return at;
}

void code_run(const Code *c, void *const at[], size_t rows)
{
    for (size_t i = 0; i < c->n_ops; i++)
        c->ops[i].fn(&c->ops[i], at, rows);
}
