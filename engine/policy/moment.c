#include "policy/moment.h"

#include "core/date.h"
#include "core/text.h"

#include <string.h>

enum { DAY = 86400, YEARS = 9999, DIGITS = 9 };

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `n` digits exactly. */
static int digits(int *out, const char **p, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++, ++*p) {
        if (!is_digit(**p))
            return 0;
        v = v * 10 + (**p - '0');
    }
    *out = v;
    return 1;
}

static int take(const char **p, char c)
{
    if (**p != c)
        return 0;
    ++*p;
    return 1;
}

static int read_date(int64_t *days, const char **p)
{
    DateParts d;
    if (!digits(&d.year, p, 4) || !take(p, '-') || !digits(&d.month, p, 2) ||
        !take(p, '-') || !digits(&d.day, p, 2) || date_check(d) != NULL)
        return 0;
    *days = date_of(d).days;
    return 1;
}

/* ".25" behind whole seconds, at most nine digits kept. */
static Number read_fraction(const char **p)
{
    int64_t v = 0, scale = 1;
    if (**p != '.' || !is_digit((*p)[1]))
        return number_int(0);
    for (++*p; is_digit(**p); ++*p) {
        if (scale >= 1000000000)
            continue;
        v = v * 10 + (**p - '0');
        scale *= 10;
    }
    return (Number){v, scale};
}

static int read_offset(Boxed *out, const char **p)
{
    int h, m, s = 0, sign = **p == '-' ? -1 : 1;
    if (take(p, 'Z')) {
        out->has_offset = 1;
        return 1;
    }
    if (**p != '+' && **p != '-')
        return 1; /* none */
    ++*p;
    if (!digits(&h, p, 2) || !take(p, ':') || !digits(&m, p, 2) || h > 18 ||
        m > 59)
        return 0;
    if (take(p, ':') && (!digits(&s, p, 2) || s > 59))
        return 0;
    out->has_offset = 1;
    out->offset = sign * (h * 3600 + m * 60 + s);
    return 1;
}

static int read_time(Boxed *out, const char **p)
{
    int h, m, s;
    if (!digits(&h, p, 2) || !take(p, ':') || !digits(&m, p, 2) ||
        !take(p, ':') || !digits(&s, p, 2) || h > 24 || m > 59 || s > 59 ||
        (h == 24 && (m > 0 || s > 0)))
        return 0;
    out->number = number_int(h * 3600 + m * 60 + s);
    out->number = number_add(out->number, read_fraction(p));
    return read_offset(out, p);
}

Boxed moment_date(const char *text)
{
    Boxed out = {.kind = BOX_DATE};
    return read_date(&out.days, &text) && *text == '\0' ? out : boxed_null;
}

Boxed moment_time(const char *text)
{
    Boxed out = {.kind = BOX_TIME};
    take(&text, 'T');
    return read_time(&out, &text) && *text == '\0' ? out : boxed_null;
}

Boxed moment_date_time(const char *text)
{
    Boxed out = {.kind = BOX_MOMENT, .number = number_int(0)};
    if (!read_date(&out.days, &text))
        return boxed_null;
    if (*text == '\0')
        return out;
    return take(&text, 'T') && read_time(&out, &text) && *text == '\0'
               ? out
               : boxed_null;
}

/* "12Y": the digits in front of a unit; 0 when there are none. */
static int read_part(Number *out, char *unit, const char **p)
{
    int64_t v = 0;
    int n = 0;
    for (; is_digit(**p) && n <= DIGITS; ++*p, n++)
        v = v * 10 + (**p - '0');
    if (n == 0 || n > DIGITS)
        return 0;
    *out = number_int(v);
    if (**p == '.') {
        *out = number_add(*out, read_fraction(p));
        if (**p != 'S')
            return 0;
    }
    *unit = **p;
    *p += **p != '\0';
    return *unit != '\0';
}

/* The parts in their order; `units` are those that may still come, `worth`
 * what each is. */
static int read_parts(Number *sum, const char **p, const char *units,
                      const int64_t worth[])
{
    int found = 0;
    Number part;
    char unit;
    while (is_digit(**p)) {
        const char *start = *p;
        if (!read_part(&part, &unit, p))
            return -1;
        const char *at = strchr(units, unit);
        if (at == NULL) {
            *p = start;
            break;
        }
        *sum = number_add(*sum,
                          number_multiply(part, number_int(worth[at - units])));
        worth += at + 1 - units;
        units = at + 1;
        found++;
    }
    return found;
}

Boxed moment_duration(const char *text)
{
    static const int64_t of_year[] = {12, 1}, of_day[] = {DAY},
                         of_hour[] = {3600, 60, 1};
    Number months = number_int(0), seconds = number_int(0);
    int negative = take(&text, '-');
    if (!take(&text, 'P'))
        return boxed_null;
    int years = read_parts(&months, &text, "YM", of_year);
    int days = read_parts(&seconds, &text, "D", of_day), hours = 0;
    if (take(&text, 'T')) {
        hours = read_parts(&seconds, &text, "HMS", of_hour);
        if (hours <= 0)
            return boxed_null;
    }
    if (*text != '\0' || years < 0 || days < 0 ||
        (years > 0) == (days + hours > 0))
        return boxed_null;
    Boxed out = {.kind = years > 0 ? BOX_MONTHS : BOX_SECONDS};
    out.number = years > 0 ? months : seconds;
    if (negative)
        out.number = number_negate(out.number);
    return out;
}

Boxed moment_of(const char *text)
{
    Boxed out = moment_date(text);
    if (out.kind == BOX_NULL)
        out = moment_date_time(text);
    if (out.kind == BOX_NULL)
        out = moment_time(text);
    return out.kind == BOX_NULL ? moment_duration(text) : out;
}

Boxed moment_of_parts(Number year, Number month, Number day)
{
    Number of[3] = {year, month, day};
    int part[3];
    for (int i = 0; i < 3; i++) {
        int64_t v = number_whole(of[i], 1);
        if (v < 0 || v > YEARS || number_compare(of[i], number_int(v)) != 0)
            return boxed_null;
        part[i] = (int)v;
    }
    DateParts d = {part[0], part[1], part[2]};
    if (date_check(d) != NULL)
        return boxed_null;
    return (Boxed){.kind = BOX_DATE, .days = date_of(d).days};
}

Boxed moment_add_months(Boxed of, int64_t months)
{
    if (months > 12 * YEARS || months < -12 * YEARS)
        return boxed_null;
    DateParts d = date_parts((Date){(int32_t)of.days});
    int64_t month = (int64_t)d.year * 12 + d.month - 1 + months;
    if (month < 12 || month >= (YEARS + 1) * 12)
        return boxed_null;
    of.days = date_add_months((Date){(int32_t)of.days}, (int)months).days;
    return of;
}

Boxed moment_add_seconds(Boxed of, Number seconds)
{
    static const Number day = {DAY, 1};
    Number sum = number_add(of.number, seconds);
    Number whole =
        number_round(number_divide(sum, day), number_int(1), ROUND_FLOOR);
    if (of.kind == BOX_DATE) {
        sum = seconds;
        whole =
            number_round(number_divide(sum, day), number_int(1), ROUND_FLOOR);
    }
    int64_t n = number_whole(whole, 1);
    if (n == INT64_MIN || n > 4000000 || n < -4000000)
        return boxed_null;
    if (of.kind != BOX_DATE)
        of.number = number_subtract(sum, number_int(n * DAY));
    if (of.kind == BOX_TIME)
        return of;
    int64_t first = date_of((DateParts){1, 1, 1}).days;
    int64_t last = date_of((DateParts){YEARS, 12, 31}).days;
    of.days += n;
    return of.days < first || of.days > last ? boxed_null : of;
}

Boxed moment_between(const Boxed *a, const Boxed *b)
{
    if (a->kind != BOX_DATE && b->kind != BOX_DATE &&
        a->has_offset != b->has_offset)
        return boxed_null;
    Number zero = number_int(0);
    Number x = a->kind == BOX_DATE ? zero : a->number;
    Number y = b->kind == BOX_DATE ? zero : b->number;
    Number days = number_int((a->days - b->days) * DAY);
    Number s = number_add(days, number_subtract(x, y));
    s = number_subtract(s, number_int(a->offset - b->offset));
    return (Boxed){.kind = BOX_SECONDS, .number = s};
}
