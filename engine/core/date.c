#include "core/date.h"

#include "core/text.h"
#include "core/tr.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static int is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
    static const int length[] = {31, 28, 31, 30, 31, 30,
                                 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

const char *date_check(DateParts p)
{
    if (p.year < 1 || p.year > 9999)
        return TR_NOOP("a year outside 1 to 9999");
    if (p.month < 1 || p.month > 12)
        return TR_NOOP("a month outside 1 to 12");
    if (p.day < 1 || p.day > month_length(p.year, p.month))
        return TR_NOOP("a day that the month does not have");
    return NULL;
}

enum {
    ERA = 146097,   /* days of 400 years */
    EPOCH = 719468, /* days from 0000-03-01 to 1970-01-01 */
};

/* Years are counted from March, so that the leap day is the last of one; the
 * days before month m of such a year are (153 m + 2) / 5, m = 0 in March. */
Date date_of(DateParts p)
{
    assert(date_check(p) == NULL);
    int year = p.month > 2 ? p.year : p.year - 1;
    int era = year / 400, of_era = year % 400;
    int month = (p.month + 9) % 12;
    int day = (153 * month + 2) / 5 + p.day - 1;
    return (Date){era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + day -
                  EPOCH};
}

DateParts date_parts(Date date)
{
    int days = date.days + EPOCH;
    int era = days / ERA, of_era = days % ERA;
    int year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA - 1)) / 365;
    int of_year = of_era - (365 * year + year / 4 - year / 100);
    int month = (5 * of_year + 2) / 153;
    DateParts p = {.day = of_year - (153 * month + 2) / 5 + 1,
                   .month = month < 10 ? month + 3 : month - 9};
    p.year = era * 400 + year + (p.month <= 2);
    return p;
}

/* One to `most` digits at *p, past which *p moves; -1 when none stands there.
 */
static int digits(const char **p, const char *end, int most)
{
    int value = 0;
    const char *start = *p;
    for (; *p < end && *p - start < most && **p >= '0' && **p <= '9'; ++*p)
        value = value * 10 + (**p - '0');
    return *p == start ? -1 : value;
}

static int passes(const char **p, const char *end, const char *mark)
{
    size_t n = strlen(mark);
    if ((size_t)(end - *p) < n || memcmp(*p, mark, n) != 0)
        return 0;
    *p += n;
    return 1;
}

/* y<first>m<second>d<last>, the whole text. */
static int shaped(DateParts *out, const char *p, const char *end,
                  const char *first, const char *second, const char *last)
{
    const char *start = p;
    out->year = digits(&p, end, 4);
    if (p - start != 4 || !passes(&p, end, first))
        return 0;
    out->month = digits(&p, end, 2);
    if (out->month < 0 || !passes(&p, end, second))
        return 0;
    out->day = digits(&p, end, 2);
    return out->day >= 0 && passes(&p, end, last) && p == end;
}

static int all_digits(DateParts *out, const char *p, const char *end)
{
    if (end - p != 8)
        return 0;
    out->year = digits(&p, end, 4);
    out->month = digits(&p, end, 2);
    out->day = digits(&p, end, 2);
    return p == end;
}

DateScan date_scan(Date *out, const char *bytes, size_t n)
{
    DateParts p;
    const char *q = bytes, *end = bytes + n;
    if (shaped(&p, bytes, end, "-", "-", "") || all_digits(&p, bytes, end) ||
        shaped(&p, bytes, end, "/", "/", "") ||
        shaped(&p, bytes, end, "年", "月", "日")) {
        if (date_check(p) != NULL)
            return DATE_NO_SUCH_DAY;
        *out = date_of(p);
        return DATE_GOOD;
    }
    digits(&q, end, 5);
    int serial = q - bytes >= 4 && (q == end || *q == '.');
    return serial ? DATE_SERIAL : DATE_MALFORMED;
}

ErrCode date_parse(Date *out, const char *text, Err *err)
{
    switch (date_scan(out, text, strlen(text))) {
    case DATE_GOOD:
        return OK;
    case DATE_NO_SUCH_DAY:
        return FAIL(err, ERR_DOMAIN, "'%.*s' is not a day of the calendar",
                    TEXT_SHORT(text));
    case DATE_SERIAL:
        return FAIL(err, ERR_INPUT,
                    "'%.*s' is a spreadsheet's count of days, not a date; "
                    "write 2024-03-01",
                    TEXT_SHORT(text));
    default:
        return FAIL(err, ERR_INPUT, "'%.*s' is not a date; write 2024-03-01",
                    TEXT_SHORT(text));
    }
}

char *date_format(char out[DATE_TEXT], Date date)
{
    DateParts p = date_parts(date);
    const int parts[] = {p.year / 100, p.year % 100, p.month, p.day};
    char *at = out;
    for (int i = 0; i < 4; i++) {
        if (i > 1)
            *at++ = '-';
        *at++ = (char)('0' + parts[i] / 10);
        *at++ = (char)('0' + parts[i] % 10);
    }
    *at = '\0';
    return out;
}

Date date_add_months(Date date, int months)
{
    DateParts p = date_parts(date);
    long count = p.year * 12L + p.month - 1 + months;
    assert(count >= 12 && count < 120000); /* years 1 to 9999 */
    p.year = (int)(count / 12);
    p.month = (int)(count % 12) + 1;
    int last = month_length(p.year, p.month);
    p.day = p.day < last ? p.day : last;
    return date_of(p);
}

int date_months(Date from, Date to)
{
    if (from.days > to.days)
        return -date_months(to, from);
    DateParts a = date_parts(from), b = date_parts(to);
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day);
}
