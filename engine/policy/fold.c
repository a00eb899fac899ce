#include "policy/fold.h"

static int parameter(Number *out, const Symbol *s, const Code *code)
{
    if (s == NULL || s->kind != SYMBOL_PARAMETER || s->slot < 0 ||
        s->unit == UNIT_TEXT || !code_is_constant(code, s->slot))
        return 0;
    *out = code_constant(code, s->slot);
    return 1;
}

static int binary(Number *out, const Node *node, const Code *code)
{
    static Number (*const how[])(Number,
                                 Number) = {[NODE_ADD] = number_add,
                                            [NODE_SUBTRACT] = number_subtract,
                                            [NODE_MULTIPLY] = number_multiply,
                                            [NODE_DIVIDE] = number_divide};
    Number a, b;
    if (!fold_number(&a, node->args[0], code) ||
        !fold_number(&b, node->args[1], code))
        return 0;
    *out = how[node->kind](a, b);
    return 1;
}

int fold_number(Number *out, const Node *node, const Code *code)
{
    switch (node->kind) {
    case NODE_NUMBER:
        *out = node->value;
        return 1;
    case NODE_NAME:
        return parameter(out, node->symbol, code);
    case NODE_NEGATE:
        if (!fold_number(out, node->args[0], code))
            return 0;
        *out = number_negate(*out);
        return 1;
    case NODE_ADD:
    case NODE_SUBTRACT:
    case NODE_MULTIPLY:
    case NODE_DIVIDE:
        return binary(out, node, code);
    default:
        return 0;
    }
}
