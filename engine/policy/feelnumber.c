#include "policy/feelcall.h"
#include "policy/lexer.h"
#include "policy/moment.h"

#include <string.h>

enum {
    PLACES = 18,       /* decimals that exact fractions can be cut to */
    SCALE_LOW = -6111, /* of the decimals the standard names, */
    SCALE_HIGH = 6176  /* IEEE 754 decimal128 */
};

Number feelcall_number(const char *text)
{
    Lexer lexer = {.text = slice_of(text), .is_feel = 1};
    Word w = lexer_next(&lexer);
    int negative = w.kind == '-';
    if (w.kind == '-' || w.kind == '+')
        w = lexer_next(&lexer);
    Number v = w.number;
    if (w.kind != WORD_NUMBER || lexer_next(&lexer).kind != WORD_END)
        return NUMBER_NULL;
    return negative ? number_negate(v) : v;
}

/* 10^places, places in 0..18 */
static int64_t ten_to(int64_t places)
{
    int64_t v = 1;
    while (places-- > 0)
        v *= 10;
    return v;
}

/* 10^-places, places <= 18; null when that is larger than any number. */
static Number step_of(int64_t places)
{
    if (places >= 0)
        return (Number){1, ten_to(places)};
    if (places >= -PLACES)
        return number_int(ten_to(-places));
    return number_power(number_int(10), number_int(-places));
}

static Boxed round_to(FeelRun *r, const Boxed args[], size_t n,
                      const char *name, RoundMode mode)
{
    if (!feelcall_all(r, args, n, BOX_NUMBER, name))
        return boxed_null;
    Number scale = n < 2 ? number_int(0) : args[1].number;
    int64_t places =
        number_whole(number_round(scale, number_int(1), ROUND_DOWN), 1);
    if (mode != ROUND_HALF_EVEN &&
        number_compare(scale, number_int(places)) != 0)
        return feel_wrong(r, "%s: a scale that is not whole", name);
    if (places < SCALE_LOW || places > SCALE_HIGH)
        return feel_wrong(r, "%s: a scale beyond -6111 to 6176", name);
    if (places > PLACES)
        return args[0];
    Number unit = step_of(places);
    if (!number_is_null(unit))
        return boxed_number(number_round(args[0].number, unit, mode));
    int sign = number_compare(args[0].number, number_int(0));
    int away = mode == ROUND_UP || (mode == ROUND_FLOOR && sign < 0) ||
               (mode == ROUND_CEILING && sign > 0);
    return away && sign != 0
               ? feel_wrong(r, "%s: a number too large to keep", name)
               : boxed_int(0);
}

#define ROUNDING(id, name, mode)                                               \
    Boxed feel_##id(FeelRun *r, const Boxed args[], size_t n)                  \
    {                                                                          \
        return round_to(r, args, n, name, mode);                               \
    }
ROUNDING(decimal, "decimal", ROUND_HALF_EVEN)
ROUNDING(floor, "floor", ROUND_FLOOR)
ROUNDING(ceiling, "ceiling", ROUND_CEILING)
ROUNDING(round_up, "round up", ROUND_UP)
ROUNDING(round_down, "round down", ROUND_DOWN)
ROUNDING(round_half_up, "round half up", ROUND_HALF_AWAY)
ROUNDING(round_half_down, "round half down", ROUND_HALF_TO_ZERO)
#undef ROUNDING

Boxed feel_abs(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed out = args[0];
    if (out.kind != BOX_SECONDS && out.kind != BOX_MONTHS &&
        !feelcall_all(r, args, n, BOX_NUMBER, "abs"))
        return boxed_null;
    out.number = number_abs(out.number);
    return out;
}

/* The remainder has the divisor's sign. */
Boxed feel_modulo(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, n, BOX_NUMBER, "modulo"))
        return boxed_null;
    Number q = number_divide(args[0].number, args[1].number);
    q = number_round(q, number_int(1), ROUND_FLOOR);
    return boxed_number(
        number_subtract(args[0].number, number_multiply(args[1].number, q)));
}

Boxed feel_sqrt(FeelRun *r, const Boxed args[], size_t n)
{
    return feelcall_all(r, args, n, BOX_NUMBER, "sqrt")
               ? boxed_number(number_sqrt(args[0].number))
               : boxed_null;
}

Boxed feel_log(FeelRun *r, const Boxed args[], size_t n)
{
    return feelcall_all(r, args, n, BOX_NUMBER, "log")
               ? boxed_number(number_log(args[0].number))
               : boxed_null;
}

Boxed feel_exp(FeelRun *r, const Boxed args[], size_t n)
{
    return feelcall_all(r, args, n, BOX_NUMBER, "exp")
               ? boxed_number(number_exp(args[0].number))
               : boxed_null;
}

/* 1: odd, 0: even, -1: not whole */
static int parity(Number v)
{
    Number half = number_divide(v, number_int(2));
    Number down = number_round(half, number_int(1), ROUND_FLOOR);
    Number rest = number_subtract(v, number_multiply(down, number_int(2)));
    if (number_compare(rest, number_int(0)) == 0)
        return 0;
    return number_compare(rest, number_int(1)) == 0 ? 1 : -1;
}

Boxed feel_odd(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, n, BOX_NUMBER, "odd") ||
        parity(args[0].number) < 0)
        return boxed_null;
    return boxed_bool(parity(args[0].number));
}

Boxed feel_even(FeelRun *r, const Boxed args[], size_t n)
{
    if (!feelcall_all(r, args, n, BOX_NUMBER, "even") ||
        parity(args[0].number) < 0)
        return boxed_null;
    return boxed_bool(!parity(args[0].number));
}

Boxed feel_not(FeelRun *r, const Boxed args[], size_t n)
{
    (void)r;
    (void)n;
    return args[0].kind == BOX_BOOL ? boxed_bool(!args[0].truth) : boxed_null;
}

/* Is the argument a separator (or left out), and is it one of `allowed`? */
static int separator(char *out, const Boxed *arg, const char *allowed)
{
    *out = '\0';
    if (arg->kind == BOX_NULL)
        return 1;
    if (arg->kind != BOX_TEXT || strlen(arg->text) != 1 ||
        strchr(allowed, arg->text[0]) == NULL)
        return 0;
    *out = arg->text[0];
    return 1;
}

Boxed feel_number(FeelRun *r, const Boxed args[], size_t n)
{
    char group = '\0', point = '\0';
    if (args[0].kind == BOX_NUMBER)
        return args[0];
    if (args[0].kind != BOX_TEXT ||
        (n > 1 && !separator(&group, &args[1], " ,.")) ||
        (n > 2 && !separator(&point, &args[2], ".,")) ||
        (group != '\0' && group == point))
        return feel_wrong(r, "number: these arguments are none");
    size_t used = 0, bytes = strlen(args[0].text);
    char *plain = feel_alloc(r, bytes + 1, 1);
    for (size_t i = 0; plain != NULL && i < bytes; i++) {
        char c = args[0].text[i];
        if (c == '\0' || (group != '\0' && c == group))
            continue;
        plain[used++] = point != '\0' && c == point ? '.' : c;
    }
    return plain == NULL ? boxed_null : boxed_number(feelcall_number(plain));
}
