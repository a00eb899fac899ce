#include "policy/scale.h"

#include "data/table.h"

#include <assert.h>

const char *scale_check(const Scale *scale)
{
    const Bracket *b = scale->brackets;
    if (scale->n == 0)
        return TR_NOOP("a scale without brackets");
    if (scale->n > SCALE_BRACKETS)
        return TR_NOOP("a scale of more than 64 brackets");
    if (b[0].from.fen != 0)
        return TR_NOOP(
            "the first bracket does not start at 0; write from = \"0\"");
    for (size_t i = 0; i < scale->n; i++) {
        if (i > 0 && b[i].from.fen <= b[i - 1].from.fen)
            return TR_NOOP("the brackets do not rise; write the lowest first");
        if (b[i].from.fen > MONEY_MAX || b[i].amount.fen > MONEY_MAX)
            return TR_NOOP("an amount beyond 9e15 yuan");
        if (scale->kind == SCALE_SINGLE_AMOUNT && b[i].amount.fen < 0)
            return TR_NOOP("an amount below 0");
        if (scale->kind != SCALE_SINGLE_AMOUNT &&
            (b[i].rate.billionths < 0 || b[i].rate.billionths > RATIO_ONE))
            return TR_NOOP(
                "a rate outside 0% to 100%; write \"20%\" or \"0.2\"");
    }
    return NULL;
}

size_t scale_bracket(const Scale *scale, Money value)
{
    size_t k = 0;
    for (size_t j = 1; j < scale->n; j++)
        k += value.fen >= scale->brackets[j].from.fen;
    return k;
}

/*
 * One bracket made ready: for a value v that reaches it the exact sum is
 *     whole + rest * 1e-9 + (v - origin) * rate * 1e-9     fen,
 * rest < 1e9.  With v - origin = q * 1e9 + r its rounded value is
 *     whole + q * rate + floor((r * rate + rest + 5e8) / 1e9),
 * every term below 2^63 because rates are at most 1e9 and r is below 1e9.
 */
typedef struct {
    int64_t from[SCALE_BRACKETS];
    int64_t origin[SCALE_BRACKETS], rate[SCALE_BRACKETS];
    int64_t whole[SCALE_BRACKETS], rest[SCALE_BRACKETS];
    size_t n;
} Steps;

static void make_steps(Steps *out, const Scale *scale)
{
    const Bracket *b = scale->brackets;
    Exact base = 0; /* of the marginal brackets below, fen * 1e-9 */
    out->n = scale->n;
    for (size_t k = 0; k < scale->n; k++) {
        int is_marginal = scale->kind == SCALE_MARGINAL_RATE;
        int is_amount = scale->kind == SCALE_SINGLE_AMOUNT;
        if (k > 0 && is_marginal)
            base += (Exact)(b[k].from.fen - b[k - 1].from.fen) *
                    b[k - 1].rate.billionths;
        out->from[k] = b[k].from.fen;
        out->origin[k] = is_marginal ? b[k].from.fen : 0;
        out->rate[k] = is_amount ? 0 : b[k].rate.billionths;
        out->whole[k] =
            is_amount ? b[k].amount.fen : (int64_t)(base / RATIO_ONE);
        out->rest[k] = (int64_t)(base % RATIO_ONE);
    }
}

static inline int64_t step_of(const Steps *s, int64_t value)
{
    uint64_t v = value > 0 ? (uint64_t)value : 0;
    size_t k = 0;
    for (size_t j = 1; j < s->n; j++)
        k += (int64_t)v >= s->from[j];
    uint64_t rate = (uint64_t)s->rate[k], over = v - (uint64_t)s->origin[k];
    uint64_t q = over / RATIO_ONE, r = over % RATIO_ONE;
    uint64_t part = r * rate + (uint64_t)s->rest[k] + RATIO_ONE / 2;
    return s->whole[k] + (int64_t)(q * rate + part / RATIO_ONE);
}

Money scale_of(const Scale *scale, Money value)
{
    assert(scale->n > 0 && value.fen <= MONEY_MAX);
    const Bracket *b = scale->brackets;
    size_t k = scale_bracket(scale, value);
    Exact sum = 0; /* fen * 1e-9 */
    if (scale->kind == SCALE_SINGLE_AMOUNT)
        return b[k].amount;
    if (value.fen <= 0)
        return (Money){0};
    for (size_t j = 0; scale->kind == SCALE_MARGINAL_RATE && j < k; j++)
        sum +=
            (Exact)(b[j + 1].from.fen - b[j].from.fen) * b[j].rate.billionths;
    int64_t origin = scale->kind == SCALE_MARGINAL_RATE ? b[k].from.fen : 0;
    sum += (Exact)(value.fen - origin) * b[k].rate.billionths;
    return (Money){(int64_t)((sum + RATIO_ONE / 2) / RATIO_ONE)};
}

void scale_apply(int64_t out[], const Scale *scale, const int64_t value[],
                 size_t n)
{
    assert(scale_check(scale) == NULL);
    Steps steps;
    make_steps(&steps, scale);
    for (size_t i = 0; i < n; i++) {
        int64_t v = value[i];
        int64_t amount = step_of(&steps, v);
        out[i] = v == NULL_INT ? NULL_INT : amount;
    }
}
