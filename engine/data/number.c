#include "data/number.h"

#include <string.h>

const int64_t number_tens[NUMBER_DIGITS + 1] = {1,
                                                10,
                                                100,
                                                1000,
                                                10000,
                                                100000,
                                                1000000,
                                                10000000,
                                                100000000,
                                                1000000000,
                                                10000000000,
                                                100000000000,
                                                1000000000000,
                                                10000000000000,
                                                100000000000000,
                                                1000000000000000,
                                                10000000000000000,
                                                100000000000000000,
                                                1000000000000000000};

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void take_digit(Number *n, char c, int is_decimal)
{
    if (n->digits >= number_tens[NUMBER_DIGITS - 1] ||
        n->places == NUMBER_DIGITS) {
        if (!n->full)
            n->next = c - '0';
        n->full = 1;
        n->cut |= c != '0' || !is_decimal;
        n->whole_cut |= !is_decimal;
        return;
    }
    n->digits = n->digits * 10 + (c - '0');
    n->places += is_decimal;
}

/* Digits with thousands: 1 to 3, then groups of 3.  0 when it is neither. */
static int read_whole(Number *n, const char **p, const char *end)
{
    const char *group = *p;
    int commas = 0;
    for (; *p < end; ++*p) {
        if (is_digit(**p)) {
            take_digit(n, **p, 0);
        } else if (**p == ',') {
            long size = *p - group;
            if (size < 1 || size > 3 || (commas > 0 && size != 3))
                return 0;
            group = *p + 1;
            commas++;
        } else {
            break;
        }
    }
    return *p > group && (commas == 0 || *p - group == 3);
}

int number_read(Number *out, Slice s)
{
    Number n = {0};
    const char *p = s.bytes, *end = p + s.n;
    if (p < end && (*p == '-' || *p == '+'))
        n.negative = *p++ == '-';
    if (!read_whole(&n, &p, end))
        return 0;
    if (p < end && *p == '.') {
        const char *first = ++p;
        for (; p < end && is_digit(*p); p++)
            take_digit(&n, *p, 1);
        if (p == first)
            return 0;
    }
    n.rest = (Slice){p, (size_t)(end - p)};
    *out = n;
    return 1;
}

int number_narrow(Slice *out, char room[NUMBER_BYTES], Slice text)
{
    size_t n = 0, width;
    for (size_t i = 0; i < text.n; i += width) {
        uint32_t c = text_char(&width, text.bytes + i, text.n - i);
        if (c >= 0xFF01 && c <= 0xFF5E) /* ！ to ～ mirror ! to ~ */
            c -= 0xFF01 - '!';
        else if (c == 0x2212) /* the minus sign of typesetters */
            c = '-';
        if (n + width > NUMBER_BYTES)
            return 0;
        if (c < 0x80)
            room[n++] = (char)c;
        else
            memcpy(room + n, text.bytes + i, width), n += width;
    }
    *out = (Slice){room, n};
    return 1;
}

/* The number at the start of *text, which becomes ASCII in `room` where it has
 * full-width marks. */
int number_find(Number *out, char room[NUMBER_BYTES], Slice *text)
{
    const char wide_lead = '\xEF'; /* the first byte of a full-width mark */
    if (number_read(out, *text) &&
        (out->rest.n == 0 || out->rest.bytes[0] != wide_lead))
        return 1;
    return number_narrow(text, room, *text) && number_read(out, *text);
}

/* A sign of how a number went wrong: "1.2E+15". */
int number_is_scientific(Slice rest)
{
    return rest.n >= 2 && (rest.bytes[0] == 'e' || rest.bytes[0] == 'E') &&
           (is_digit(rest.bytes[1]) || rest.bytes[1] == '+' ||
            rest.bytes[1] == '-');
}
