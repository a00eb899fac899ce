#include "pool/schedule.h"

#include "core/exact.h"

#include <math.h>
#include <string.h>

Schedule schedule_named(const char *word)
{
    static const char *const words[] = {
#define X(name, text) text,
        SCHEDULES(X)
#undef X
    };
    int kind = 0;
    if (word == NULL)
        return SCHEDULE_BULLET;
    while (kind < SCHEDULE_COUNT && strcmp(word, words[kind]) != 0)
        kind++;
    return (Schedule)kind;
}

/* Instalments due from the day after `from` up to `to`: one a month, on the
 * same day of it or its last. */
static int instalments(Date from, Date to)
{
    int n = date_months(from, to);
    int is_cut = date_parts(to).day < date_parts(from).day;
    return is_cut && date_add_months(from, n + 1).days == to.days ? n + 1 : n;
}

/* The same, a part of a month counting as one. */
static int months_up(Date from, Date to)
{
    int n = instalments(from, to);
    return date_add_months(from, n).days < to.days ? n + 1 : n;
}

/* 1 - v^m as the sum of a geometric series would say it, by products alone */
static double paid_down(double v, int m)
{
    double power = 1;
    for (int i = 0; i < m; i++)
        power *= v;
    return 1 - power;
}

int64_t schedule_balance(const ScheduleLoan *loan, Date opening, int months)
{
    Date now = date_add_months(opening, months);
    if (loan->matures && loan->matures_on.days <= now.days)
        return 0;
    int is_new = loan->starts_on.days > opening.days;
    if (is_new && loan->starts_on.days > now.days)
        return 0;
    if (!loan->matures || loan->kind == SCHEDULE_BULLET || months == 0)
        return loan->fen;
    int past = is_new ? instalments(loan->starts_on, now) : months;
    int n = months_up(is_new ? loan->starts_on : opening, loan->matures_on);
    int m = n - past < 1 ? 1 : n - past;
    if (loan->kind == SCHEDULE_EQUAL_PRINCIPAL || loan->rate.billionths == 0)
        return (int64_t)exact_divide((Exact)loan->fen * m, n);
    double v = 1 / (1 + (double)loan->rate.billionths / RATIO_ONE / 12);
    double left = paid_down(v, m) / paid_down(v, n);
    return (int64_t)floor((double)loan->fen * left + 0.5);
}
