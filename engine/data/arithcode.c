#include "data/arithcode.h"

#include "core/tr.h"

#include <string.h>

static const CellFault beyond = {
    TR_NOOP("the expression's value has more than 37 digits"),
    TR_NOOP("round the columns it reads")};

static const ArithValue null_value = {1, {0, 1}};

static ArithValue truth(int is_true)
{
    return (ArithValue){0, {is_true != 0, 1}};
}

static Slice text_of(ArithText text, const Slice cells[])
{
    return text.column < 0 ? slice_of(text.literal) : cells[text.column];
}

/* Whether two texts are equal; an empty cell is null and equals nothing. */
static ArithValue same(const ArithOp *op, const Slice cells[])
{
    Slice a = text_of(op->texts[0], cells), b = text_of(op->texts[1], cells);
    if ((a.n == 0 && op->texts[0].column >= 0) ||
        (b.n == 0 && op->texts[1].column >= 0))
        return null_value;
    int equal = a.n == b.n && memcmp(a.bytes, b.bytes, a.n) == 0;
    return truth(equal == (op->code == OP_SAME));
}

static const CellFault *push_cell(ArithValue *out, Slice cell)
{
    int64_t mantissa;
    int places;
    *out = null_value;
    if (cell.n == 0)
        return NULL;
    const CellFault *why = cell_decimal(&mantissa, &places, cell);
    if (why == NULL)
        *out = (ArithValue){0, rational_of(mantissa, places)};
    return why;
}

/* Kleene's and; `a or b` is not (not a and not b). */
static ArithValue both(ArithValue a, ArithValue b)
{
    if ((!a.is_null && a.number.above == 0) ||
        (!b.is_null && b.number.above == 0))
        return truth(0);
    return a.is_null || b.is_null ? null_value : truth(1);
}

static ArithValue negated(ArithValue a)
{
    return a.is_null ? a : truth(a.number.above == 0);
}

static ArithValue compared(ArithOpCode code, Rational a, Rational b)
{
    int c = rational_compare(a, b);
    switch (code) {
    case OP_EQUAL:
        return truth(c == 0);
    case OP_UNEQUAL:
        return truth(c != 0);
    case OP_LESS:
        return truth(c < 0);
    case OP_LESS_EQUAL:
        return truth(c <= 0);
    case OP_MORE:
        return truth(c > 0);
    default:
        return truth(c >= 0);
    }
}

/* a op b; 0 when the result is out of range. */
static int combined(ArithValue *out, ArithOpCode code, ArithValue a,
                    ArithValue b)
{
    *out = null_value;
    if (code == OP_AND)
        *out = both(a, b);
    else if (code == OP_OR)
        *out = negated(both(negated(a), negated(b)));
    else if (a.is_null || b.is_null)
        return 1;
    else if (code >= OP_EQUAL)
        *out = compared(code, a.number, b.number);
    else if (code == OP_DIVIDE && b.number.above == 0)
        return 1;
    else {
        out->is_null = 0;
        if (code == OP_MULTIPLY)
            return rational_multiply(&out->number, a.number, b.number);
        if (code == OP_DIVIDE)
            return rational_divide(&out->number, a.number, b.number);
        if (code == OP_SUBTRACT)
            b.number.above = -b.number.above;
        return rational_add(&out->number, a.number, b.number);
    }
    return 1;
}

const CellFault *arith_eval(ArithValue *out, size_t *culprit,
                            const Arith *arith, const Slice cells[])
{
    ArithValue stack[ARITH_STACK] = {null_value};
    size_t n = 0;
    for (const ArithOp *op = arith->code; op < arith->code + arith->n; op++) {
        const CellFault *why = NULL;
        if (op->code == OP_NUMBER) {
            stack[n++] = (ArithValue){0, op->number};
        } else if (op->code == OP_CELL) {
            *culprit = (size_t)op->column;
            why = push_cell(&stack[n++], cells[op->column]);
        } else if (op->code == OP_SAME || op->code == OP_DIFFER) {
            stack[n++] = same(op, cells);
        } else if (op->code == OP_NEGATE) {
            stack[n - 1].number.above = -stack[n - 1].number.above;
        } else if (op->code == OP_NOT) {
            stack[n - 1] = negated(stack[n - 1]);
        } else {
            n--;
            *culprit = arith->n_columns;
            if (!combined(&stack[n - 1], op->code, stack[n - 1], stack[n]))
                why = &beyond;
        }
        if (why != NULL)
            return why;
    }
    *out = stack[0];
    return NULL;
}
