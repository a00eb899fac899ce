#include "credit/exporttext.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

char *export_real(char out[EXPORT_NUMBER], double x)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, EXPORT_NUMBER, "%.*g", digits, x);
        if (strtod(out, NULL) == x)
            break;
    }
    return out;
}

char *export_points(char out[EXPORT_NUMBER], int64_t points, int64_t parts)
{
    enum { PLACES = 9 };
    int64_t tens = 1;
    int places = 0;
    for (; places < PLACES && points * tens % parts != 0; places++)
        tens *= 10;
    if (points * tens % parts != 0) {
        snprintf(out, EXPORT_NUMBER, "%" PRId64 "/%" PRId64, points, parts);
        return out;
    }
    int64_t all = points * tens / parts, size = all < 0 ? -all : all;
    int n = snprintf(out, EXPORT_NUMBER, "%s%" PRId64 "%s", all < 0 ? "-" : "",
                     size / tens, places > 0 ? "." : "");
    for (tens /= 10; tens > 0; tens /= 10)
        out[n++] = (char)('0' + size / tens % 10);
    out[n] = '\0';
    return out;
}

void export_note(FILE *to, const char *text)
{
    for (const char *p = text; p != NULL && *p != '\0'; p++) {
        putc((unsigned char)*p < ' ' ? ' ' : *p, to);
        if ((p[0] == '*' && p[1] == '/') || (p[0] == '/' && p[1] == '*') ||
            (p[0] == '?' && p[1] == '?'))
            putc(' ', to);
    }
}

void export_quoted(FILE *to, const char *text, char mark)
{
    putc(mark, to);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == mark)
            putc(mark, to);
        putc(*p, to);
    }
    putc(mark, to);
}

static void put_end(FILE *to, const CardInput *input, const char *sign,
                    double x, const RangeStyle *style)
{
    style->input(to, input);
    fputs(sign, to);
    style->value(to, input, x);
}

void export_range(FILE *to, const CardInput *input, const CardBand *b,
                  const RangeStyle *style)
{
    if (b->has_low && b->has_high && b->low == b->high) {
        put_end(to, input, style->equal, b->low, style);
        return;
    }
    if (!b->has_low && !b->has_high)
        style->is_there(to, input);
    if (b->has_low)
        put_end(to, input, b->low_open ? " > " : " >= ", b->low, style);
    fputs(b->has_low && b->has_high ? style->both : "", to);
    if (b->has_high)
        put_end(to, input, b->high_open ? " < " : " <= ", b->high, style);
}

void export_head(FILE *to, const CardView *card, const char *by)
{
    fputs("Scorecard ", to);
    export_note(to, card->name);
    fputs(" of the policy ", to);
    export_note(to, card->policy);
    fputs(", version ", to);
    export_note(to, card->version);
    fprintf(to, ", written by %s", by);
}

const char *export_unit(const CardInput *input)
{
    if (input->kind == CARD_DATE)
        return "days since 1970-01-01";
    switch (input->unit) {
    case UNIT_MONEY:
        return "yuan";
    case UNIT_RATIO:
        return "fraction of 1";
    case UNIT_DAYS:
        return "days";
    case UNIT_MONTHS:
        return "months";
    default:
        return "";
    }
}

static void put_literal(FILE *to, Number v)
{
    char text[EXPORT_NUMBER];
    fputs(export_real(text, number_double(v)), to);
    if (strpbrk(text, ".e") == NULL)
        fputs(".0", to);
}

static void put_call(FILE *to, const char *name, const Node *node,
                     const FormulaStyle *style)
{
    fprintf(to, "%s(", name);
    for (uint32_t i = 0; i < node->count; i++) {
        fputs(i > 0 ? ", " : "", to);
        export_formula(to, node->args[i], style);
    }
    putc(')', to);
}

static void put_infix(FILE *to, char mark, const Node *node,
                      const FormulaStyle *style)
{
    putc('(', to);
    export_formula(to, node->args[0], style);
    fprintf(to, " %c ", mark);
    export_formula(to, node->args[1], style);
    putc(')', to);
}

void export_formula(FILE *to, const Node *node, const FormulaStyle *style)
{
    switch (node->kind) {
    case NODE_NUMBER:
        put_literal(to, node->value);
        break;
    case NODE_NAME:
        fprintf(to, "%s%s%s", style->before, style->score, style->after);
        break;
    case NODE_NEGATE:
        put_call(to, "-", node, style);
        break;
    case NODE_POWER:
        put_call(to, style->power, node, style);
        break;
    case NODE_CALL:
        put_call(to, cardview_is_exp(node) ? style->exp : style->log, node,
                 style);
        break;
    default:
        put_infix(to,
                  node->kind == NODE_ADD        ? '+'
                  : node->kind == NODE_SUBTRACT ? '-'
                  : node->kind == NODE_MULTIPLY ? '*'
                                                : '/',
                  node, style);
    }
}
