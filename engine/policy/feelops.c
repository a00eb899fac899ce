#include "policy/feelops.h"

#include "core/text.h"
#include "policy/moment.h"

static int is_duration(const Boxed *a)
{
    return a->kind == BOX_SECONDS || a->kind == BOX_MONTHS;
}

/* A date, time or duration with a duration. */
static Boxed shifted(const Boxed *a, const Boxed *b)
{
    Boxed out = *a;
    if (a->kind == b->kind) {
        out.number = number_add(a->number, b->number);
        return out;
    }
    if (is_duration(a))
        return is_duration(b) ? boxed_null : shifted(b, a);
    if (a->kind != BOX_DATE && a->kind != BOX_TIME && a->kind != BOX_MOMENT)
        return boxed_null;
    if (b->kind == BOX_SECONDS)
        return moment_add_seconds(*a, b->number);
    return a->kind == BOX_TIME
               ? boxed_null
               : moment_add_months(*a, number_whole(b->number, 1));
}

Boxed feelops_add(FeelRun *r, const Boxed *a, const Boxed *b)
{
    if (a->kind == BOX_NUMBER && b->kind == BOX_NUMBER)
        return boxed_number(number_add(a->number, b->number));
    if (a->kind == BOX_TEXT && b->kind == BOX_TEXT) {
        const char *text = text_format(r->arena, "%s%s", a->text, b->text);
        r->failed |= text == NULL;
        return boxed_text(text);
    }
    if (is_duration(a) || is_duration(b))
        return shifted(a, b);
    return boxed_null;
}

Boxed feelops_subtract(FeelRun *r, const Boxed *a, const Boxed *b)
{
    int a_is_day = a->kind == BOX_DATE || a->kind == BOX_MOMENT;
    int b_is_day = b->kind == BOX_DATE || b->kind == BOX_MOMENT;
    if (a->kind == BOX_NUMBER && b->kind == BOX_NUMBER)
        return boxed_number(number_subtract(a->number, b->number));
    if ((a_is_day && b_is_day) || (a->kind == BOX_TIME && b->kind == BOX_TIME))
        return moment_between(a, b);
    if (!is_duration(b))
        return boxed_null;
    Boxed back = *b;
    back.number = number_negate(b->number);
    return is_duration(a) && a->kind != b->kind ? boxed_null
                                                : feelops_add(r, a, &back);
}

Boxed feelops_multiply(const Boxed *a, const Boxed *b)
{
    if (is_duration(b) && a->kind == BOX_NUMBER)
        return feelops_multiply(b, a);
    if (b->kind != BOX_NUMBER || (a->kind != BOX_NUMBER && !is_duration(a)))
        return boxed_null;
    Boxed out = *a;
    out.number = number_multiply(a->number, b->number);
    return number_is_null(out.number) ? boxed_null : out;
}

Boxed feelops_divide(FeelRun *r, const Boxed *a, const Boxed *b)
{
    int same = is_duration(a) && a->kind == b->kind;
    if (!same &&
        (b->kind != BOX_NUMBER || (a->kind != BOX_NUMBER && !is_duration(a))))
        return boxed_null;
    Boxed out = *a;
    out.number = number_divide(a->number, b->number);
    if (number_is_null(out.number))
        return feel_wrong(r, "a division by zero");
    return same ? boxed_number(out.number) : out;
}

/* -1 where the two cannot be compared. */
int feelops_compare(NodeKind kind, const Boxed *a, const Boxed *b)
{
    int order;
    if (kind == NODE_EQ || kind == NODE_NE) {
        int same = boxed_equal(a, b);
        return same < 0 ? -1 : same == (kind == NODE_EQ);
    }
    if (!boxed_compare(&order, a, b))
        return -1;
    return kind == NODE_LT   ? order < 0
           : kind == NODE_LE ? order <= 0
           : kind == NODE_GT ? order > 0
                             : order >= 0;
}
