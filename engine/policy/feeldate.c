#include "core/date.h"
#include "policy/feelcall.h"
#include "policy/moment.h"

Boxed feel_date(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed out = args[0];
    if (n == 3) {
        for (size_t i = 0; i < 3; i++)
            if (args[i].kind != BOX_NUMBER)
                return feel_wrong(r, "date: a part that is no number");
        out = moment_of_parts(args[0].number, args[1].number, args[2].number);
    } else if (n == 1 && out.kind == BOX_TEXT) {
        out = moment_date(out.text);
    } else if (n == 1 && out.kind == BOX_MOMENT) {
        out = (Boxed){.kind = BOX_DATE, .days = out.days};
    } else if (n != 1 || out.kind != BOX_DATE) {
        out = boxed_null;
    }
    return out.kind == BOX_NULL ? feel_wrong(r, "date: this is no day") : out;
}

static Boxed time_of_parts(const Boxed args[], size_t n)
{
    static const int64_t unit[] = {3600, 60, 1}, most[] = {23, 59, 60};
    Boxed out = {.kind = BOX_TIME, .number = number_int(0)};
    for (size_t i = 0; i < 3; i++) {
        Number v = args[i].number;
        if (args[i].kind != BOX_NUMBER ||
            number_compare(v, number_int(0)) < 0 ||
            number_compare(v, number_int(most[i])) > (i == 2 ? -1 : 0))
            return boxed_null;
        out.number =
            number_add(out.number, number_multiply(v, number_int(unit[i])));
    }
    if (n > 3 && args[3].kind != BOX_NULL) {
        if (args[3].kind != BOX_SECONDS)
            return boxed_null;
        out.has_offset = 1;
        out.offset = (int)number_whole(args[3].number, 1);
    }
    return out;
}

Boxed feel_time(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed out = args[0];
    if (n >= 3) {
        out = time_of_parts(args, n);
    } else if (n == 1 && out.kind == BOX_TEXT) {
        out = moment_time(out.text);
    } else if (n == 1 && out.kind == BOX_MOMENT) {
        out.kind = BOX_TIME;
        out.days = 0;
    } else if (n != 1 || out.kind != BOX_TIME) {
        out = boxed_null;
    }
    return out.kind == BOX_NULL ? feel_wrong(r, "time: this is no time") : out;
}

Boxed feel_date_and_time(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed out = boxed_null;
    int is_day = args[0].kind == BOX_DATE || args[0].kind == BOX_MOMENT;
    if (n == 1 && args[0].kind == BOX_TEXT)
        out = moment_date_time(args[0].text);
    else if (n == 1 && is_day)
        out = args[0];
    else if (n == 2 && is_day && args[1].kind == BOX_TIME)
        out = args[1];
    if (out.kind == BOX_NULL)
        return feel_wrong(r, "date and time: this is none");
    out.kind = BOX_MOMENT;
    if (n == 2)
        out.days = args[0].days;
    if (n == 1 && args[0].kind == BOX_DATE)
        out.number = number_int(0);
    return out;
}

Boxed feel_duration(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    Boxed out = args[0];
    if (out.kind == BOX_TEXT)
        out = moment_duration(out.text);
    return out.kind == BOX_SECONDS || out.kind == BOX_MONTHS
               ? out
               : feel_wrong(r, "duration: this is none");
}

/* Whole calendar months between, towards zero. */
Boxed feel_years_and_months_duration(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    for (int i = 0; i < 2; i++)
        if (args[i].kind != BOX_DATE && args[i].kind != BOX_MOMENT)
            return feel_wrong(r, "years and months duration: no two dates");
    Date from = {(int32_t)args[0].days}, to = {(int32_t)args[1].days};
    return (Boxed){.kind = BOX_MONTHS,
                   .number = number_int(date_months(from, to))};
}
