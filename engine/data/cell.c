#include "data/cell.h"

#include "core/date.h"
#include "core/money.h"
#include "core/ratio.h"
#include "core/tr.h"
#include "data/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FAULT(name, expected, way_out)                                         \
    static const CellFault name = {expected, way_out}

FAULT(no_amount, TR_NOOP("an amount in yuan"),
      TR_NOOP("write 1234567.89, 1,234,567.89 or 12.5万"));
FAULT(percent_amount, TR_NOOP("an amount in yuan"),
      TR_NOOP("a percentage belongs into a column of ratios"));
FAULT(fine_amount, TR_NOOP("an amount to the fen"),
      TR_NOOP("round it to 0.01 yuan"));
FAULT(huge_amount, TR_NOOP("an amount up to 9e15 yuan"),
      TR_NOOP("check its unit"));
FAULT(twice_wan, TR_NOOP("an amount with one unit"),
      TR_NOOP("the header says 万元 already: leave 万 or 亿 out"));
FAULT(scientific, TR_NOOP("a number written in full"),
      TR_NOOP("a spreadsheet shortened it: format the column as a number"));
FAULT(no_ratio, TR_NOOP("a ratio"), TR_NOOP("write 3.5%, 0.6‰, 0.035 or 1/3"));
FAULT(fine_ratio, TR_NOOP("a ratio to a billionth"),
      TR_NOOP("round it to nine decimals"));
FAULT(huge_ratio, TR_NOOP("a ratio up to 9e9"), NULL);
FAULT(no_count, TR_NOOP("a whole number"), NULL);
FAULT(no_real, TR_NOOP("a number"), TR_NOOP("write 0.035 or 3.5%"));
FAULT(no_date, TR_NOOP("a date"), TR_NOOP("write 2024-03-01"));
FAULT(no_day, TR_NOOP("a day of the calendar"), TR_NOOP("write 2024-03-01"));
FAULT(serial, TR_NOOP("a date"),
      TR_NOOP("a spreadsheet's count of days: format the column as "
              "yyyy-mm-dd and save again"));
FAULT(list_date, TR_NOOP("a single date"),
      TR_NOOP("one cell holds one date; write 2024-03-01"));
FAULT(no_bool, TR_NOOP("true or false"),
      TR_NOOP("write true, false, 是 or 否"));

/* Powers of ten that an amount's suffix means; -1 when it is none. */
static int money_suffix(Slice rest)
{
    if (rest.n == 0)
        return 0;
    if (slice_is(rest, "万"))
        return 4;
    return slice_is(rest, "亿") ? 8 : -1;
}

static const CellFault *amount(int64_t *out, Slice text, int wan)
{
    char room[NUMBER_BYTES];
    Number n;
    if (!number_find(&n, room, &text))
        return &no_amount;
    int power = money_suffix(n.rest);
    if (power < 0 && (slice_is(n.rest, "%") || slice_is(n.rest, "‰")))
        return &percent_amount;
    if (power < 0)
        return number_is_scientific(n.rest) ? &scientific : &no_amount;
    if (wan && power > 0)
        return &twice_wan;
    power += (wan ? 4 : 0) + 2 - n.places; /* fen: two more */
    if (n.whole_cut)
        return &huge_amount;
    Exact fen = n.digits;
    if (power >= 0) {
        fen *= number_tens[power];
    } else {
        if (n.cut || n.digits % number_tens[-power] != 0)
            return &fine_amount;
        fen /= number_tens[-power];
    }
    if (fen > MONEY_MAX)
        return &huge_amount;
    *out = (int64_t)(n.negative ? -fen : fen);
    return NULL;
}

/* digits[.d[d]] of at most 17 bytes, as most amounts are, in fen; -1: another
 * shape, which amount() looks at. */
static int64_t plain_fen(Slice text)
{
    const char *p = text.bytes, *end = p + text.n, *start = p;
    int64_t yuan = 0;
    if (text.n == 0 || text.n > 17)
        return -1;
    for (unsigned d; p < end && (d = (unsigned)*p - '0') <= 9; p++)
        yuan = yuan * 10 + (int64_t)d;
    if (p == start)
        return -1;
    if (p == end)
        return yuan <= MONEY_MAX / 100 ? yuan * 100 : -1;
    unsigned tenths = end - p >= 2 && *p == '.' ? (unsigned)p[1] - '0' : 10;
    unsigned rest = end - p == 3 ? (unsigned)p[2] - '0' : 0;
    if (end - p > 3 || tenths > 9 || rest > 9)
        return -1;
    return yuan * 100 + (int64_t)(tenths * 10 + rest);
}

const CellFault *cell_money(int64_t *out, Slice text)
{
    int64_t fen = plain_fen(text);
    if (fen < 0)
        return amount(out, text, 0);
    *out = fen;
    return NULL;
}

const CellFault *cell_money_wan(int64_t *out, Slice text)
{
    return amount(out, text, 1);
}

/* The powers of ten of "%" and "‰" or nothing, negative; 1 when malformed. */
static int ratio_suffix(Slice rest)
{
    if (rest.n == 0)
        return 0;
    if (slice_is(rest, "%"))
        return -2;
    return slice_is(rest, "‰") ? -3 : 1;
}

/* "1/3": the number before the stroke divided by the whole one behind it. */
static const CellFault *fraction(int64_t *out, Number above)
{
    Number below;
    Slice rest = {above.rest.bytes + 1, above.rest.n - 1};
    if (above.places > 0 || above.cut || !number_read(&below, rest) ||
        below.rest.n > 0 || below.places > 0 || below.cut ||
        below.digits == 0 || below.negative)
        return &no_ratio;
    Exact value = exact_divide((Exact)above.digits * RATIO_ONE, below.digits);
    if (value > (Exact)9 * RATIO_ONE * RATIO_ONE)
        return &huge_ratio;
    *out = (int64_t)(above.negative ? -value : value);
    return NULL;
}

const CellFault *cell_ratio(int64_t *out, Slice text)
{
    char room[NUMBER_BYTES];
    Number n;
    if (!number_find(&n, room, &text))
        return &no_ratio;
    if (n.rest.n > 1 && n.rest.bytes[0] == '/')
        return fraction(out, n);
    int power = ratio_suffix(n.rest);
    if (power > 0)
        return number_is_scientific(n.rest) ? &scientific : &no_ratio;
    if (n.whole_cut)
        return &huge_ratio;
    power += 9 - n.places; /* billionths */
    Exact value = n.digits;
    if (power >= 0) {
        value *= number_tens[power];
    } else {
        int64_t by =
            number_tens[-power < NUMBER_DIGITS ? -power : NUMBER_DIGITS];
        if (n.cut || n.digits % by != 0)
            return &fine_ratio;
        value /= by;
    }
    if (value > (Exact)9 * RATIO_ONE * RATIO_ONE)
        return &huge_ratio;
    *out = (int64_t)(n.negative ? -value : value);
    return NULL;
}

const CellFault *cell_count(int64_t *out, Slice text)
{
    char room[NUMBER_BYTES];
    Number n;
    if (!number_find(&n, room, &text))
        return &no_count;
    if (n.rest.n > 0)
        return number_is_scientific(n.rest) ? &scientific : &no_count;
    if (n.cut || n.digits % number_tens[n.places] != 0)
        return &no_count;
    *out = (n.negative ? -n.digits : n.digits) / number_tens[n.places];
    return NULL;
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Any decimal that C reads and that is no word, hexadecimal or infinite. */
static int read_long(double *out, Slice text, int power)
{
    char room[NUMBER_BYTES + 8];
    if (text.n >= NUMBER_BYTES || text.n == 0)
        return 0;
    for (size_t i = 0; i < text.n; i++)
        if (!is_digit(text.bytes[i]) &&
            memchr("+-.eE", text.bytes[i], 5) == NULL)
            return 0;
    memcpy(room, text.bytes, text.n);
    room[text.n] = '\0';
    if (power < 0) { /* a unit that a power of ten stands for */
        if (strpbrk(room, "eE") != NULL)
            return 0;
        memcpy(room + text.n, power == -2 ? "e-2" : "e-3", 4);
    }
    char *end;
    *out = strtod(room, &end);
    return *end == '\0' && isfinite(*out) && is_digit(room[text.n - 1]);
}

/* All powers of ten that a double holds exactly. */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

const CellFault *cell_real(double *out, Slice text)
{
    char room[NUMBER_BYTES];
    Number n;
    double d;
    if (!number_find(&n, room, &text))
        return &no_real;
    int unit = ratio_suffix(n.rest);
    if (unit <= 0 && !n.full && n.digits <= INT64_C(1) << 53) {
        d = (double)n.digits / powers[n.places - unit]; /* rounded once */
        *out = n.negative ? -d : d;
        return NULL;
    }
    if (unit < 0)
        text.n -= n.rest.n;
    if (!read_long(&d, text, unit))
        return &no_real;
    *out = d;
    return NULL;
}

const CellFault *cell_decimal(int64_t *mantissa, int *places, Slice text)
{
    char room[NUMBER_BYTES];
    Number n;
    if (!number_find(&n, room, &text))
        return &no_real;
    if (n.rest.n > 0)
        return number_is_scientific(n.rest) ? &scientific : &no_real;
    if (n.whole_cut)
        return &no_real;
    int64_t digits = n.digits + (n.full && n.next >= 5);
    *mantissa = n.negative ? -digits : digits;
    *places = n.places;
    return NULL;
}

/* Two digits, or something above 99. */
static int two(const char *p)
{
    unsigned a = (unsigned)p[0] - '0', b = (unsigned)p[1] - '0';
    return a > 9 || b > 9 ? 100 : (int)(a * 10 + b);
}

const CellFault *cell_date(int64_t *out, Slice text)
{
    char room[NUMBER_BYTES];
    const char *t = text.bytes;
    Date d;
    if (text.n == 10 && t[4] == '-' && t[7] == '-') { /* the usual way */
        int high = two(t), low = two(t + 2), month = two(t + 5),
            day = two(t + 8);
        if (high < 100 && low < 100 && month < 100 && day < 100) {
            DateParts p = {high * 100 + low, month, day};
            if (date_check(p) != NULL)
                return &no_day;
            *out = date_of(p).days;
            return NULL;
        }
    }
    DateScan scan = date_scan(&d, text.bytes, text.n);
    if (scan == DATE_MALFORMED && number_narrow(&text, room, text))
        scan = date_scan(&d, text.bytes, text.n);
    if (scan == DATE_GOOD) {
        *out = d.days;
        return NULL;
    }
    if (scan == DATE_MALFORMED)
        return memchr(text.bytes, ';', text.n) != NULL ? &list_date : &no_date;
    return scan == DATE_SERIAL ? &serial : &no_day;
}

const CellFault *cell_bool(int64_t *out, Slice text)
{
    static const char *const words[][8] = {
        {"0", "false", "no", "n", "否", "False", "FALSE", "N"},
        {"1", "true", "yes", "y", "是", "True", "TRUE", "Y"},
    };
    for (int value = 0; value < 2; value++)
        for (int i = 0; i < 8; i++)
            if (slice_is(text, words[value][i])) {
                *out = value;
                return NULL;
            }
    return &no_bool;
}

int cell_list_is_plain(Slice text)
{
    if (text.n > 0 && (text.bytes[0] == ';' || text.bytes[text.n - 1] == ';'))
        return 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c == ' ' || c == '\t' || c == 0xEF || c == 0xE3 ||
            (c == ';' && text.bytes[i + 1] == ';'))
            return 0; /* perhaps a full-width mark; cell_list() will see */
    }
    return 1;
}

/* Bytes of the mark that separates items at `text`; 0 when none does. */
static size_t separator(Slice text)
{
    static const char wide[] = "；";
    if (text.bytes[0] == ';')
        return 1;
    return text.n >= sizeof wide - 1 &&
                   memcmp(text.bytes, wide, sizeof wide - 1) == 0
               ? sizeof wide - 1
               : 0;
}

size_t cell_list(char out[], Slice text)
{
    size_t used = 0, start = 0, mark = 0;
    for (size_t i = 0; i <= text.n; i++) {
        Slice here = {text.bytes + i, text.n - i};
        if (i < text.n && (mark = separator(here)) == 0)
            continue;
        Slice item = slice_trim((Slice){text.bytes + start, i - start});
        if (item.n > 0 && used > 0)
            out[used++] = ';';
        memmove(out + used, item.bytes, item.n);
        used += item.n;
        start = i + mark;
        i += i < text.n ? mark - 1 : 0;
    }
    return used;
}
