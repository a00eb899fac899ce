#include "policy/duration.h"

#include "core/tr.h"

#include <string.h>

enum { LONGEST = 1000000 }; /* of months or days */

/* What the letters mean, in the order they stand. */
static const struct {
    char letter;
    Unit unit;
    int64_t times;
} parts[] = {{'Y', UNIT_MONTHS, 12},
             {'M', UNIT_MONTHS, 1},
             {'W', UNIT_DAYS, 7},
             {'D', UNIT_DAYS, 1}};

enum { PARTS = sizeof parts / sizeof *parts };

/* The digits at *at, which then stands behind them; -1 for none or too many. */
static int64_t digits(Slice s, size_t *at)
{
    int64_t v = -1;
    for (; *at < s.n && s.bytes[*at] >= '0' && s.bytes[*at] <= '9'; (*at)++)
        v = v > LONGEST ? v : (v < 0 ? 0 : v) * 10 + (s.bytes[*at] - '0');
    return v > LONGEST ? -1 : v;
}

const char *duration_parse(int64_t *out, Unit *unit, Slice s)
{
    size_t at = 0, part = 0;
    int64_t sum = 0;
    int sign = s.n > 0 && s.bytes[0] == '-' ? -1 : 1;
    Unit of = UNIT_WRONG;
    at += sign < 0;
    if (at + 2 > s.n || s.bytes[at++] != 'P')
        return TR_NOOP("a duration begins with P");
    if (memchr(s.bytes, 'T', s.n) != NULL)
        return TR_NOOP("hours and minutes are not kept");
    while (at < s.n) {
        int64_t v = digits(s, &at);
        while (part < PARTS && at < s.n && parts[part].letter != s.bytes[at])
            part++;
        if (v < 0 || part == PARTS || at++ == s.n)
            return TR_NOOP("not a duration");
        if (of != UNIT_WRONG && of != parts[part].unit)
            return TR_NOOP("months and days together have no fixed length");
        of = parts[part].unit;
        sum += v * parts[part++].times;
    }
    *out = sign * sum;
    *unit = of;
    return NULL;
}
