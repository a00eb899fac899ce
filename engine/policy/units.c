#include "policy/units.h"

#include "core/tr.h"

/* A unit as a sentence says it. */
const char *units_say(Unit unit)
{
    static const char *const names[] = {[UNIT_WRONG] = TR_NOOP("a wrong value"),
                                        [UNIT_NULL] = TR_NOOP("null"),
                                        [UNIT_NUMBER] = TR_NOOP("a number"),
                                        [UNIT_RATIO] = TR_NOOP("a ratio"),
                                        [UNIT_COUNT] = TR_NOOP("a count"),
                                        [UNIT_DAYS] = TR_NOOP("days"),
                                        [UNIT_MONEY] = TR_NOOP("money"),
                                        [UNIT_DATE] = TR_NOOP("a date"),
                                        [UNIT_BOOL] = TR_NOOP("a boolean"),
                                        [UNIT_TEXT] = TR_NOOP("text"),
                                        [UNIT_LIST] = TR_NOOP("a list"),
                                        [UNIT_MONTHS] =
                                            TR_NOOP("a duration in months")};
    return tr(names[unit]);
}

int units_is_whole(const Node *node)
{
    return node->kind == NODE_NUMBER && node->is_bare && node->value.den == 1;
}

/* Turn bare number literals below into amounts in yuan; 0 when other things
 * stand among them. */
int units_as_money(Node *node)
{
    if (node->unit == UNIT_MONEY || node->unit == UNIT_NULL)
        return 1;
    if (!node->is_bare)
        return 0;
    node->unit = UNIT_MONEY;
    node->is_bare = 0;
    if (node->kind == NODE_NUMBER)
        node->value = number_multiply(node->value, number_int(100));
    for (uint32_t i = node->kind == NODE_IF; i < node->count; i++)
        units_as_money(node->args[i]);
    return 1;
}

/* How many, and what part of: only a plain number fits both. */
static int are_count_and_ratio(const Node *a, const Node *b)
{
    int x = a->unit == UNIT_COUNT || a->unit == UNIT_DAYS;
    int y = b->unit == UNIT_COUNT || b->unit == UNIT_DAYS;
    return (x && b->unit == UNIT_RATIO) || (y && a->unit == UNIT_RATIO);
}

static Unit meet_plain(const Node *a, const Node *b)
{
    if (units_is_whole(a))
        return b->unit == UNIT_RATIO ? UNIT_NUMBER : b->unit;
    if (units_is_whole(b))
        return a->unit == UNIT_RATIO ? UNIT_NUMBER : a->unit;
    return UNIT_NUMBER;
}

/* A hint for two units that do not meet. */
static const char *hint(const Node *a, const Node *b, Reader *r)
{
    const Node *text = a->kind == NODE_TEXT   ? a
                       : b->kind == NODE_TEXT ? b
                                              : NULL;
    Unit other = text == a ? b->unit : a->unit;
    if (text != NULL && other == UNIT_DATE)
        return reader_say(r, tr("write date(\"%s\")"), text->text);
    if (text != NULL && (unit_is_plain(other) || other == UNIT_MONEY) &&
        text->text[0] >= '0' && text->text[0] <= '9')
        return tr("write the number without quotes");
    if (text != NULL && unit_is_plain(other))
        return tr("a word stands in quotes of its own: \\\"A\\\"");
    if ((a->unit == UNIT_MONEY && unit_is_plain(b->unit)) ||
        (b->unit == UNIT_MONEY && unit_is_plain(a->unit)))
        return tr(
            "multiply them, or write an amount as money: 300万, "
            "2000.00元");
    if ((a->unit == UNIT_MONTHS && b->unit == UNIT_COUNT) ||
        (b->unit == UNIT_MONTHS && a->unit == UNIT_COUNT))
        return tr("write years and months duration(from, to)");
    if (are_count_and_ratio(a, b))
        return tr("write a whole number, or divide two counts: a / b >= 30%");
    if (a->unit == UNIT_LIST || b->unit == UNIT_LIST)
        return tr("write \"word\" in list");
    return NULL;
}

Unit units_meet(Node *a, Node *b, size_t at, const char *verb, Text text,
                Reader *r)
{
    if (a->unit == UNIT_WRONG || b->unit == UNIT_WRONG)
        return UNIT_WRONG;
    if (a->unit == b->unit || b->unit == UNIT_NULL)
        return a->unit;
    if (a->unit == UNIT_NULL)
        return b->unit;
    if (unit_is_plain(a->unit) && unit_is_plain(b->unit) &&
        !are_count_and_ratio(a, b))
        return meet_plain(a, b);
    if ((a->unit == UNIT_MONEY && units_as_money(b)) ||
        (b->unit == UNIT_MONEY && units_as_money(a)))
        return UNIT_MONEY;
    reader_fault(r, text, at,
                 reader_say(r, tr("%s and %s cannot be %s"), units_say(a->unit),
                            units_say(b->unit), verb),
                 hint(a, b, r));
    return UNIT_WRONG;
}
