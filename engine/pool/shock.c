#include "pool/shock.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[SHOCK_COUNT] = {
#define X(name) #name,
    SHOCKS(X)
#undef X
};

const char *shock_name(size_t which)
{
    return names[which];
}

static const char *skip_spaces(const char *text)
{
    return text + strspn(text, " ");
}

/* A plain decimal with or without a sign, and where it ends; NULL: none. */
static const char *read_number(double *out, const char *text)
{
    char copy[32];
    size_t sign = *text == '-' || *text == '+';
    size_t n = sign + strspn(text + sign, "0123456789.");
    if (n >= sizeof copy)
        return NULL;
    memcpy(copy, text, n);
    copy[n] = '\0';
    return doc_real_of(out, copy + (*copy == '+')) ? text + n : NULL;
}

/* "x1.5", and where it ends. */
static const char *read_times(double *out, const char *text)
{
    if (*text != 'x' || text[1] < '0' || text[1] > '9')
        return NULL;
    return read_number(out, text + 1);
}

static const char *take_pd(PoolShock *s, const char *text)
{
    const char *end = read_times(&s->pd, text);
    if (end == NULL || *end != '\0' || s->pd > 1000)
        return TR_NOOP("write what multiplies every pd, x0 to x1000, as x1.5");
    return NULL;
}

/* "x1.2", "+10pp" or both. */
static const char *take_lgd(PoolShock *s, const char *text)
{
    const char *at = text;
    int good = *text != '\0';
    if (*at == 'x') {
        at = read_times(&s->lgd, at);
        good = at != NULL && s->lgd <= 100;
        at = good ? skip_spaces(at) : "";
    }
    if (*at != '\0') {
        good = *at == '+' || *at == '-';
        at = good ? read_number(&s->points, at) : NULL;
        good = at != NULL && strcmp(skip_spaces(at), "pp") == 0;
        s->points /= 100;
    }
    if (!good || s->points < -1 || s->points > 1)
        return TR_NOOP(
            "write what multiplies lgd, what is added to it or "
            "both: x1.2, +10pp (of 100) or \"x0.92 +8pp\"");
    return NULL;
}

/* "-2" or "-2, -1". */
static const char *take_factor(PoolShock *s, const char *text)
{
    static const char way_out[] = TR_NOOP(
        "write by how many standard deviations the factors shift, -6 "
        "to 6, or a list by year: -2 or -2,-1");
    size_t n = 0;
    for (const char *at = skip_spaces(text);; at = skip_spaces(at + 1)) {
        double g = 0;
        at = n < SHOCK_YEARS ? read_number(&g, at) : NULL;
        if (at == NULL || g < -6 || g > 6)
            return way_out;
        at = skip_spaces(at);
        for (size_t y = n++; y < SHOCK_YEARS; y++)
            s->factor[y] = g;
        s->shifts = n;
        if (*at == '\0')
            return NULL;
        if (*at != ',')
            return way_out;
    }
}

static const char *take_pledge(PoolShock *s, const char *text)
{
    Ratio r;
    if (strchr(text, '%') == NULL || ratio_parse(&r, text, NULL) != OK ||
        r.billionths < -RATIO_ONE || r.billionths > RATIO_ONE)
        return TR_NOOP(
            "write how much pledges rise or fall, -100% to 100%, as "
            "-30%");
    s->pledge = (double)r.billionths / (double)RATIO_ONE;
    return NULL;
}

const char *shock_take(PoolShock *s, size_t which, const char *text)
{
    s->said[which] = text;
    switch (which) {
    case SHOCK_pd:
        return take_pd(s, text);
    case SHOCK_lgd:
        return take_lgd(s, text);
    case SHOCK_factor:
        return take_factor(s, text);
    case SHOCK_pledge_value:
        return take_pledge(s, text);
    default:
        s->product = text;
        return *text != '\0' ? NULL
                             : TR_NOOP(
                                   "write a product of the portfolio, as "
                                   "ip-pledge-loan");
    }
}

const char *shock_said(Arena *arena, const PoolShock *s)
{
    const char *text = "";
    for (size_t i = 0; text != NULL && i < SHOCK_COUNT; i++)
        if (s->said[i] != NULL)
            text = text_format(arena, "%s%s%s %s", text, *text ? ", " : "",
                               names[i], s->said[i]);
    return text;
}
