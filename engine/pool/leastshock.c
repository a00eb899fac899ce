#include "pool/leastshock.h"

#include <math.h>

/* One in SOME futures first, where that leaves LEAST. */
enum { SOME = 16, LEAST = 256 };

typedef struct {
    Looks looks;
    double target;
    int64_t most;
    Err *err;
} Search;

/* Bounds of the figure: which of them is to reach the target. */
typedef enum { VALUE, LOW, HIGH } Bound;

static double bound_of(Figure f, Bound bound)
{
    return bound == VALUE ? f.value : bound == LOW ? f.low : f.high;
}

static int is_enough(const Search *s, Figure f, Bound bound)
{
    double x = bound_of(f, bound);
    return s->looks.asked.is_mean ? x > s->target : x >= s->target;
}

/* The least shock seen that is enough and the largest that is not: from where
 * none is, -1, to the largest there is. */
typedef struct {
    int64_t low, high;
    double below, above; /* the bound there; NaN: not seen */
} Bracket;

static Bracket bracket_of(const Search *s, Bound bound)
{
    Bracket b = {-1, s->most, (double)NAN, (double)NAN};
    for (size_t i = 0; i < s->looks.nseen; i++) {
        int64_t k = s->looks.seen[i].k;
        Figure f = s->looks.seen[i].figure;
        double x = bound_of(f, bound);
        if (is_enough(s, f, bound)) {
            b.above = k <= b.high ? x : b.above;
            b.high = k < b.high ? k : b.high;
        } else if (k > b.low) {
            b.below = x;
            b.low = k;
        }
    }
    return b;
}

/* Where a line through the ends of the bracket meets the target, at least one
 * step inside; its middle where an end is not known. */
static int64_t guess(const Search *s, const Bracket *b)
{
    double part = (s->target - b->below) / (b->above - b->below);
    if (!(part >= 0 && part <= 1))
        part = 0.5;
    int64_t k = b->low + (int64_t)(part * (double)(b->high - b->low) + 0.5);
    return k <= b->low ? b->low + 1 : k >= b->high ? b->high - 1 : k;
}

/* The next shock to look at: first 1, then up by doubling until one is enough,
 * then by turns where the line points to, beside the end that it came near, and
 * in the middle. */
static int64_t next(const Search *s, const Bracket *b, size_t turn)
{
    if (isnan(b->above)) {
        int64_t up = b->low < LOOKS_STEP / 2 ? LOOKS_STEP : 2 * b->low;
        return up < s->most ? up : s->most;
    }
    if (turn % 4 == 3)
        return b->low + (b->high - b->low) / 2;
    if (turn % 4 != 1)
        return guess(s, b);
    int64_t step = (b->high - b->low) / 64 + 1;
    return guess(s, b) - b->low > b->high - guess(s, b) ? b->high - step
                                                        : b->low + step;
}

/* The least shock at which the bound reaches the target. */
static ErrCode search(int64_t *out, Search *s, Bound bound)
{
    ErrCode rc = OK;
    Figure f;
    for (size_t turn = 0;; turn++) {
        Bracket b = bracket_of(s, bound);
        *out = isnan(b.above) ? LEASTSHOCK_NEVER : b.high;
        if (b.low >= (isnan(b.above) ? s->most : b.high - 1))
            return OK;
        TRY(looks_at(&f, &s->looks, next(s, &b, turn), s->err));
    }
done:
    return rc;
}

/* The interval as a part of the futures gives it. */
static ErrCode search_some(LeastShock *out, Search *s, const LooksAsked *asked)
{
    ErrCode rc = OK;
    uint64_t n = asked->done->asked->scenarios / SOME;
    out->low = out->high = LEASTSHOCK_NEVER;
    if (n < LEAST)
        return OK;
    TRY(looks_open(&s->looks, asked, n, s->err));
    TRY(search(&out->low, s, HIGH));
    TRY(search(&out->high, s, LOW));
done:
    looks_close(&s->looks);
    return rc;
}

/* Look beside that interval, where there is one. */
static ErrCode look_beside(Search *s, const LeastShock *some)
{
    ErrCode rc = OK;
    Figure f;
    if (some->low > 0)
        TRY(looks_at(&f, &s->looks, some->low - 1, s->err));
    if (some->high >= 0)
        TRY(looks_at(&f, &s->looks, some->high, s->err));
done:
    return rc;
}

ErrCode leastshock(LeastShock *out, const LooksAsked *asked, double target,
                   int64_t most, Err *err)
{
    ErrCode rc = OK;
    LeastShock some;
    Search s = {.target = target, .most = most, .err = err};
    TRY(search_some(&some, &s, asked));
    TRY(looks_open(&s.looks, asked, asked->done->asked->scenarios, err));
    TRY(look_beside(&s, &some));
    TRY(search(&out->value, &s, VALUE));
    TRY(search(&out->low, &s, HIGH));
    TRY(search(&out->high, &s, LOW));
done:
    looks_close(&s.looks);
    return rc;
}
