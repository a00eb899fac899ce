#include "policy/lexer.h"

#include "core/tr.h"

#include <string.h>

enum { PLACES = 9 }; /* decimals of a number literal */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int starts_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* Does `s` stand at byte `at`? */
static int stands(const Lexer *l, size_t at, const char *s)
{
    size_t n = strlen(s);
    return l->text.n - at >= n && memcmp(l->text.bytes + at, s, n) == 0;
}

static Word bad(Word w, const char *problem, const char *way_out)
{
    w.kind = WORD_BAD;
    w.problem = problem;
    w.way_out = way_out;
    return w;
}

/* Units behind the digits: what a number is multiplied by. */
static const struct {
    const char *text;
    int kind;
    int64_t times, per;
} units[] = {
    {"%", WORD_RATIO, 1, 100},          {"％", WORD_RATIO, 1, 100},
    {"‰", WORD_RATIO, 1, 1000},         {"万元", WORD_MONEY, 1000000, 1},
    {"万", WORD_MONEY, 1000000, 1},     {"亿元", WORD_MONEY, 10000000000, 1},
    {"亿", WORD_MONEY, 10000000000, 1}, {"元", WORD_MONEY, 100, 1},
};

static Word with_unit(Lexer *l, Word w)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!stands(l, l->at, units[i].text))
            continue;
        l->at += strlen(units[i].text);
        w.kind = units[i].kind;
        w.number =
            number_divide(number_multiply(w.number, number_int(units[i].times)),
                          number_int(units[i].per));
        break;
    }
    w.text.n = l->at - w.at;
    if (l->at < l->text.n && starts_name(l->text.bytes[l->at]) &&
        text_sign(l->text.bytes + l->at, l->text.n - l->at) == 0)
        return bad(w, TR_NOOP("a name may not follow a number at once"),
                   TR_NOOP("put a space or an operator between them; units are "
                           "万, 亿, 元, ‰ and %"));
    return w;
}

/* "e-3" behind a number's digits: what it is multiplied by. */
static Number exponent(Lexer *l)
{
    size_t at = l->at, left = l->text.n;
    int down = 0, n = 0;
    if (at >= left || (l->text.bytes[at] | 32) != 'e')
        return number_int(1);
    at++;
    if (at < left && strchr("+-", l->text.bytes[at]) != NULL)
        down = l->text.bytes[at++] == '-';
    if (at >= left || !is_digit(l->text.bytes[at]))
        return number_int(1);
    for (; at < left && is_digit(l->text.bytes[at]) && n < 1000; at++)
        n = n * 10 + (l->text.bytes[at] - '0');
    l->at = at;
    return number_power(number_int(10), number_int(down ? -n : n));
}

/* A number of a decision model: what no 128 bits hold is cut behind the point,
 * and refused in front of it. */
static Word feel_number(Lexer *l, Word w)
{
    Exact digits = 0, scale = 1, most = (Exact)INT64_MAX * INT64_C(100000000);
    int has_point = 0;
    for (; l->at < l->text.n; l->at++) {
        char c = l->text.bytes[l->at];
        if (c == '.' && !has_point && l->at + 1 < l->text.n &&
            is_digit(l->text.bytes[l->at + 1])) {
            has_point = 1;
            continue;
        }
        if (!is_digit(c))
            break;
        if (digits > most && !has_point)
            return bad(w, TR_NOOP("a number of more digits than are kept"),
                       TR_NOOP("at most 26 in front of the point"));
        if (digits > most || scale > most)
            continue;
        digits = digits * 10 + (c - '0');
        scale *= has_point ? 10 : 1;
    }
    w.kind = WORD_NUMBER;
    w.number = number_multiply(number_fit(digits, scale), exponent(l));
    w.text.n = l->at - w.at;
    return w;
}

static Word number(Lexer *l, Word w)
{
    Exact digits = 0, scale = 1;
    int places = -1; /* no point yet */
    for (; l->at < l->text.n; l->at++) {
        char c = l->text.bytes[l->at];
        if (c == '.' && places < 0 && l->at + 1 < l->text.n &&
            is_digit(l->text.bytes[l->at + 1])) {
            places = 0;
            continue;
        }
        if (!is_digit(c))
            break;
        digits = digits * 10 + (c - '0');
        scale *= places < 0 ? 1 : 10;
        places += places >= 0;
        if (places > PLACES || digits > (Exact)INT64_MAX)
            return bad(w, TR_NOOP("a number of more digits than are kept"),
                       TR_NOOP("at most 9 decimals and 18 digits"));
    }
    w.kind = WORD_NUMBER;
    w.number = number_fit(digits, scale);
    return with_unit(l, w);
}

static Word text(Lexer *l, Word w)
{
    size_t start = ++l->at;
    while (l->at < l->text.n && l->text.bytes[l->at] != '"')
        l->at +=
            l->is_feel && l->text.bytes[l->at] == '\\' && l->at + 1 < l->text.n
                ? 2
                : 1;
    w.kind = WORD_TEXT;
    w.text = (Slice){l->text.bytes + start, l->at - start};
    if (l->at == l->text.n)
        return bad(w, TR_NOOP("a text that is not closed"),
                   TR_NOOP("write a quote at its end"));
    l->at++;
    return w;
}

static Word name(Lexer *l, Word w)
{
    while (
        l->at < l->text.n &&
        (starts_name(l->text.bytes[l->at]) || is_digit(l->text.bytes[l->at])) &&
        (l->is_feel ||
         text_sign(l->text.bytes + l->at, l->text.n - l->at) == 0))
        l->at++;
    w.kind = WORD_NAME;
    w.text.n = l->at - w.at;
    return w;
}

static const struct {
    char text[3];
    int kind;
} pairs[] = {
    {"**", WORD_POWER}, {"!=", WORD_NE},   {"<=", WORD_LE},
    {">=", WORD_GE},    {"..", WORD_DOTS},
};

/* Of other languages. */
static const struct {
    const char *text, *way_out;
} strange[] = {
    {"==", TR_NOOP("write =")},
    {"<>", TR_NOOP("write !=")},
    {"&", TR_NOOP("write and")},
    {"|", TR_NOOP("write or")},
    {"!", TR_NOOP("write != or not(...)")},
    {"'", TR_NOOP("a text stands in double quotes: \\\"transfer\\\"")},
    {"%", TR_NOOP("a percent sign follows a number: 30%")},
    {"^", TR_NOOP("write **")},
};

static const char *strange_way_out(const Lexer *l)
{
    for (size_t i = 0; i < sizeof strange / sizeof *strange && !l->is_feel; i++)
        if (!stands(l, l->at, "!=") && stands(l, l->at, strange[i].text))
            return strange[i].way_out;
    return NULL;
}

static Word sign(Lexer *l, Word w)
{
    const char *way_out = strange_way_out(l);
    if (way_out != NULL) {
        l->at++;
        w.text.n = 1;
        return bad(w, TR_NOOP("a sign that expressions do not have"), way_out);
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (stands(l, l->at, pairs[i].text)) {
            l->at += 2;
            w.text.n = 2;
            w.kind = pairs[i].kind;
            return w;
        }
    char c = l->text.bytes[l->at++];
    w.text.n = 1;
    w.kind = c;
    const char *signs = l->is_feel ? "+-*/()[],<>={}:.?@" : "+-*/()[],<>=.";
    if (c == '\0' || strchr(signs, c) == NULL)
        return bad(w, TR_NOOP("a sign that expressions do not have"), NULL);
    return w;
}

static void skip_blank(Lexer *l)
{
    while (l->at < l->text.n &&
           strchr(" \t\n\r", l->text.bytes[l->at]) != NULL &&
           l->text.bytes[l->at] != '\0')
        l->at++;
}

/* Blanks, and the comments of decision models. */
static void skip(Lexer *l)
{
    for (skip_blank(l); l->is_feel; skip_blank(l)) {
        const char *end = stands(l, l->at, "//") ? "\n" : "*/";
        if (*end == '*' && !stands(l, l->at, "/*"))
            return;
        l->at += 2;
        while (l->at < l->text.n && !stands(l, l->at, end))
            l->at++;
        l->at += l->at < l->text.n ? strlen(end) : 0;
    }
}

Word lexer_next(Lexer *l)
{
    skip(l);
    Word w = {WORD_END, l->at, {l->text.bytes + l->at, 0}, {0, 0}, NULL, NULL};
    if (l->at == l->text.n)
        return w;
    const char *s = l->text.bytes + l->at;
    size_t left = l->text.n - l->at;
    if (is_digit(*s) || (*s == '.' && left > 1 && is_digit(s[1])))
        return l->is_feel ? feel_number(l, w) : number(l, w);
    if (*s == '"')
        return text(l, w);
    w.text.n = l->is_feel ? 0 : text_sign(s, left);
    if (w.text.n > 0) {
        l->at += w.text.n;
        return bad(w, TR_NOOP("a sign that is not the keyboard's plain one"),
                   TR_NOOP("write 1 2 3, ( ) [ ] , ; : % \" and >= <= != * /"));
    }
    if (starts_name(*s))
        return name(l, w);
    return sign(l, w);
}
