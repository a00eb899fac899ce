#include "data/daytime.h"

#include "core/date.h"
#include "core/tr.h"
#include "data/number.h"

#include <stdio.h>
#include <string.h>

static const CellFault no_moment = {
    TR_NOOP("a day with its time"),
    TR_NOOP("write 2026-01-28 09:05 or 2026-01-28T09:05:30, without a zone")};
static const CellFault no_day = {TR_NOOP("a day of the calendar"),
                                 TR_NOOP("write 2026-01-28 09:05")};

typedef struct {
    int hour, minute, second;
    Slice fraction; /* the digits behind the second's point */
} Clock;

/* One or two digits at *p, past which *p moves; -1 when none stands there. */
static int digits(const char **p, const char *end)
{
    const char *start = *p;
    int value = 0;
    for (; *p < end && *p - start < 2 && **p >= '0' && **p <= '9'; ++*p)
        value = value * 10 + (**p - '0');
    return *p == start ? -1 : value;
}

/* The whole text as h:mm, h:mm:ss or h:mm:ss.f with at most six digits. */
static int read_clock(Clock *out, Slice text)
{
    const char *p = text.bytes, *end = p + text.n;
    *out = (Clock){.hour = digits(&p, end)};
    if (p == end || *p++ != ':')
        return 0;
    out->minute = digits(&p, end);
    if (p < end && *p == ':') {
        p++;
        out->second = digits(&p, end);
        if (p < end && *p == '.') {
            out->fraction = (Slice){p + 1, (size_t)(end - p - 1)};
            for (p++; p < end && *p >= '0' && *p <= '9';)
                p++;
        }
    }
    return p == end && out->hour >= 0 && out->hour < 24 && out->minute >= 0 &&
           out->minute < 60 && out->second >= 0 && out->second < 60 &&
           out->fraction.n <= 6;
}

/* Where the clock begins: at the digits before the first colon. */
static size_t clock_start(Slice text)
{
    size_t at = 0;
    while (at < text.n && text.bytes[at] != ':')
        at++;
    if (at == text.n)
        return at;
    for (int k = 0; k < 2 && at > 0; k++, at--)
        if (text.bytes[at - 1] < '0' || text.bytes[at - 1] > '9')
            break;
    return at;
}

static Slice without_mark(Slice day)
{
    if (day.n > 0 && day.bytes[day.n - 1] == 'T')
        day.n--;
    return slice_trim(day);
}

const CellFault *daytime_read(char out[DAYTIME_TEXT], Slice text)
{
    char room[NUMBER_BYTES];
    Clock c = {0};
    Date day;
    if (!number_narrow(&text, room, text))
        return &no_moment;
    size_t at = clock_start(text);
    Slice date = without_mark((Slice){text.bytes, at});
    int timed = at < text.n;
    if (timed && !read_clock(&c, (Slice){text.bytes + at, text.n - at}))
        return &no_moment;
    DateScan scan = date_scan(&day, date.bytes, date.n);
    if (scan != DATE_GOOD)
        return scan == DATE_NO_SUCH_DAY ? &no_day : &no_moment;
    date_format(out, day);
    if (timed)
        snprintf(out + 10, DAYTIME_TEXT - 10, "T%02d:%02d:%02d%s%.*s", c.hour,
                 c.minute, c.second, c.fraction.n > 0 ? "." : "",
                 (int)c.fraction.n, c.fraction.bytes);
    return NULL;
}

int daytime_later(char out[DAYTIME_TEXT], const char *text, int years)
{
    Date day;
    size_t n = strlen(text);
    if (n < 10 || n >= DAYTIME_TEXT || date_scan(&day, text, 10) != DATE_GOOD)
        return 0;
    date_format(out, date_add_months(day, 12 * years));
    memcpy(out + 10, text + 10, n - 9);
    return 1;
}
