#include "policy/ops.h"

#include "core/date.h"
#include "data/table.h"

#include <string.h>

#define UNARY(name, To, From, value)                                           \
    static void run_##name(const Op *o, void *const at[], size_t n)            \
    {                                                                          \
        To *d = at[o->d];                                                      \
        const From *a = at[o->a];                                              \
        for (size_t i = 0; i < n; i++) {                                       \
            From x = a[i];                                                     \
            d[i] = (value);                                                    \
        }                                                                      \
    }

#define BINARY(name, To, From, value)                                          \
    static void run_##name(const Op *o, void *const at[], size_t n)            \
    {                                                                          \
        To *d = at[o->d];                                                      \
        const From *a = at[o->a], *b = at[o->b];                               \
        size_t sa = o->step[0], sb = o->step[1];                               \
        for (size_t i = 0; i < n; i++) {                                       \
            From x = a[i * sa], y = b[i * sb];                                 \
            d[i] = (value);                                                    \
        }                                                                      \
    }

/* c ? a : b, whatever is in the cells; null and false take b. */
#define CHOICE(name, Type)                                                     \
    static void run_##name(const Op *o, void *const at[], size_t n)            \
    {                                                                          \
        Type *d = at[o->d];                                                    \
        const Type *a = at[o->a], *b = at[o->b];                               \
        const Truth *c = at[o->c];                                             \
        size_t sa = o->step[0], sb = o->step[1], sc = o->step[2];              \
        for (size_t i = 0; i < n; i++)                                         \
            d[i] = c[i * sc] == IS_TRUE ? a[i * sa] : b[i * sb];               \
    }

#define TRUTH(condition) ((Truth)((condition) ? IS_TRUE : IS_FALSE))
#define EITHER_NULL_N    (x.den < 0 || y.den < 0)
#define EITHER_NULL_I    (x == NULL_INT || y == NULL_INT)
#define COMPARE_N(sign)                                                        \
    (EITHER_NULL_N ? (Truth)IS_NULL : TRUTH(number_compare(x, y) sign 0))
#define COMPARE_I(sign) (EITHER_NULL_I ? (Truth)IS_NULL : TRUTH(x sign y))

typedef const char *Words;

BINARY(ADD_N, Number, Number, number_add(x, y))
BINARY(SUBTRACT_N, Number, Number, number_subtract(x, y))
BINARY(MULTIPLY_N, Number, Number, number_multiply(x, y))
BINARY(DIVIDE_N, Number, Number, number_divide(x, y))
BINARY(POWER_N, Number, Number, number_power(x, y))
BINARY(MIN_N, Number, Number, number_lesser(x, y))
BINARY(MAX_N, Number, Number, number_greater(x, y))
UNARY(NEGATE_N, Number, Number, number_negate(x))
UNARY(ABS_N, Number, Number, number_abs(x))
UNARY(SQRT_N, Number, Number, number_sqrt(x))
UNARY(EXP_N, Number, Number, number_exp(x))
UNARY(LOG_N, Number, Number, number_log(x))
UNARY(ROUND_N, Number, Number,
      number_round(x, ((const Rounding *)o->aux)->unit,
                   ((const Rounding *)o->aux)->mode))

/* aux: the scale, an int64_t */
UNARY(NUMBER_OF_I, Number, int64_t,
      x == NULL_INT ? NUMBER_NULL : number_scaled(x, *(const int64_t *)o->aux))
UNARY(WHOLE_OF_N, int64_t, Number, number_whole(x, *(const int64_t *)o->aux))

BINARY(LT_N, Truth, Number, COMPARE_N(<))
BINARY(LE_N, Truth, Number, COMPARE_N(<=))
BINARY(EQ_N, Truth, Number, COMPARE_N(==))
BINARY(LT_I, Truth, int64_t, COMPARE_I(<))
BINARY(LE_I, Truth, int64_t, COMPARE_I(<=))
BINARY(EQ_I, Truth, int64_t, COMPARE_I(==))
BINARY(EQ_B, Truth, Truth,
       x == IS_NULL || y == IS_NULL ? (Truth)IS_NULL : TRUTH(x == y))
BINARY(EQ_T, Truth, Words,
       x == NULL || y == NULL ? (Truth)IS_NULL : TRUTH(x == y))

BINARY(AND_B, Truth, Truth, x < y ? x : y)
BINARY(OR_B, Truth, Truth, x > y ? x : y)
UNARY(NOT_B, Truth, Truth, (Truth)(IS_TRUE - x))

UNARY(IS_NULL_N, Truth, Number, TRUTH(x.den < 0))
UNARY(IS_NULL_I, Truth, int64_t, TRUTH(x == NULL_INT))
UNARY(IS_NULL_B, Truth, Truth, TRUTH(x == IS_NULL))
UNARY(IS_NULL_T, Truth, Words, TRUTH(x == NULL))

CHOICE(IF_N, Number)
CHOICE(IF_I, int64_t)
CHOICE(IF_B, Truth)
CHOICE(IF_T, Words)

BINARY(COALESCE_N, Number, Number, x.den < 0 ? y : x)
BINARY(COALESCE_I, int64_t, int64_t, x == NULL_INT ? y : x)
BINARY(COALESCE_B, Truth, Truth, x == IS_NULL ? y : x)
BINARY(COALESCE_T, Words, Words, x == NULL ? y : x)

static Date date(int64_t days)
{
    return (Date){(int32_t)days};
}

#define PART(field) (x == NULL_INT ? NULL_INT : date_parts(date(x)).field)

BINARY(MONTHS_I, int64_t, int64_t,
       EITHER_NULL_I ? NULL_INT : date_months(date(x), date(y)))
BINARY(YEARS_I, int64_t, int64_t,
       EITHER_NULL_I ? NULL_INT : date_months(date(x), date(y)) / 12)
UNARY(YEAR_I, int64_t, int64_t, PART(year))
UNARY(MONTH_I, int64_t, int64_t, PART(month))
UNARY(DAY_I, int64_t, int64_t, PART(day))

enum { MONTHS_MAX = 120000 }; /* all the years of the calendar */

static int64_t add_months(int64_t day, int64_t months)
{
    if (day == NULL_INT || months < -MONTHS_MAX || months > MONTHS_MAX)
        return NULL_INT;
    DateParts p = date_parts(date(day));
    int64_t year = p.year + (p.month - 1 + months) / 12;
    if (year < 2 || year > 9998)
        return NULL_INT;
    return date_add_months(date(day), (int)months).days;
}

BINARY(ADD_MONTHS_I, int64_t, int64_t, add_months(x, y))

/* Words of a list, which ';' separates. */
static int64_t count_words(const char *list)
{
    int64_t n = list != NULL && *list != '\0';
    for (; n > 0 && (list = strchr(list, ';')) != NULL; list++)
        n++;
    return n;
}

static int has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    while (list != NULL) {
        if (strncmp(list, word, n) == 0 && (list[n] == ';' || list[n] == '\0'))
            return 1;
        list = strchr(list, ';');
        list += list != NULL;
    }
    return 0;
}

UNARY(COUNT_T, int64_t, Words, count_words(x))
BINARY(CONTAINS_T, Truth, Words,
       y == NULL ? (Truth)IS_NULL : TRUTH(has_word(x, y)))
BINARY(STARTS_T, Truth, Words,
       x == NULL || y == NULL ? (Truth)IS_NULL
                              : TRUTH(strncmp(x, y, strlen(y)) == 0))

/* a where it lies between b and c, which may be null; else null */
#define WITHIN(name, Type, null, below)                                        \
    static void run_##name(const Op *o, void *const at[], size_t n)            \
    {                                                                          \
        Type *d = at[o->d];                                                    \
        const Type *a = at[o->a];                                              \
        Type low = *(const Type *)at[o->b], high = *(const Type *)at[o->c];    \
        for (size_t i = 0; i < n; i++)                                         \
            d[i] = below(a[i], low) || below(high, a[i]) ? (null) : a[i];      \
    }

static int below_i(int64_t x, int64_t y)
{
    return x != NULL_INT && y != NULL_INT && x < y;
}

static int below_n(Number x, Number y)
{
    return x.den >= 0 && y.den >= 0 && number_compare(x, y) < 0;
}

WITHIN(WITHIN_I, int64_t, NULL_INT, below_i)
WITHIN(WITHIN_N, Number, NUMBER_NULL, below_n)

OpFn op_function(OpId id)
{
    static const OpFn functions[] = {
#define OP(name) run_##name,
#include "policy/ops.def"
#undef OP
    };
    return functions[id];
}
