#include "policy/convert.h"

#include "data/table.h"

static const int64_t one = 1, billion = RATIO_ONE;

/* d is a new part of an expression. */
int convert_part(Code *c, OpId id, Rep rep, int64_t scale, int a, int b, int k,
                 const void *aux)
{
    if (c->failed)
        return SLOT_NONE;
    int d = code_part(c, rep, scale, 1, 1);
    return code_op(c, op_function(id), d, a, b, k, aux);
}

int convert_number(Code *c, int slot)
{
    if (c->failed || c->slots[slot].rep == REP_NUMBER)
        return slot;
    if (c->slots[slot].as_number >= 0)
        return c->slots[slot].as_number;
    const int64_t *scale = c->slots[slot].scale == 1 ? &one : &billion;
    int is_part = c->slots[slot].is_part;
    int d = convert_part(c, OP_NUMBER_OF_I, REP_NUMBER, 1, slot, SLOT_NONE,
                         SLOT_NONE, scale);
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

int convert_input(Code *c, Unit unit)
{
    return code_slot(c, unit_rep(unit), unit_scale(unit), 1);
}

int convert_whole(Code *c, int slot, int64_t scale)
{
    if (c->failed ||
        (c->slots[slot].rep == REP_WHOLE && c->slots[slot].scale == scale))
        return slot;
    slot = convert_number(c, slot);
    return convert_part(c, OP_WHOLE_OF_N, REP_WHOLE, scale, slot, SLOT_NONE,
                        SLOT_NONE, scale == 1 ? &one : &billion);
}

int convert_unit(Code *c, int slot, Unit unit)
{
    Rep rep = unit_rep(unit);
    if (c->failed)
        return SLOT_NONE;
    if (rep == REP_WHOLE)
        slot = convert_whole(c, slot, unit_scale(unit));
    else if (rep == REP_NUMBER)
        slot = convert_number(c, slot);
    if (!c->failed)
        c->slots[slot].is_part = 0;
    return slot;
}

/* A null of the representation that its neighbour has. */
int convert_null(Code *c, Unit unit)
{
    const Truth truth = IS_NULL;
    const char *text = NULL;
    const Number number = NUMBER_NULL;
    switch (unit_rep(unit)) {
    case REP_TRUTH:
        return code_constant_of(c, REP_TRUTH, 1, &truth);
    case REP_TEXT:
        return code_constant_of(c, REP_TEXT, 1, &text);
    case REP_WHOLE:
        return code_whole(c, NULL_INT, unit_scale(unit));
    default:
        return code_constant_of(c, REP_NUMBER, 1, &number);
    }
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
OpId convert_meet(Code *c, int *a, int *b, OpId on_whole, OpId on_number)
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
    *a = convert_number(c, *a);
    *b = convert_number(c, *b);
    return on_number;
}

/* Both in one representation, which is returned. */
Rep convert_agree(Code *c, int *a, int *b)
{
    if (c->failed)
        return REP_NUMBER;
    const Slot *x = &c->slots[*a], *y = &c->slots[*b];
    if (x->rep == y->rep && (x->rep != REP_WHOLE || x->scale == y->scale))
        return x->rep;
    *a = convert_number(c, *a);
    *b = convert_number(c, *b);
    return REP_NUMBER;
}
