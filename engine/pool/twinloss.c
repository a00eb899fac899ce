#include "pool/twinloss.h"

#include "pool/twincf.h"
#include "pool/twinloans.h"
#include "pool/twinmonths.h"
#include "pool/twinspread.h"
#include "stat/fourier.h"
#include "stat/normal.h"

#include <math.h>
#include <string.h>

#define SETTLED      1e-7 /* its square is lost when the step is halved */
#define AGREED       1e-11
#define AGREED_APART 1e-7
#define FIRST_SPREAD 16.0
#define FIRST_STEP   0.4
#define HALVINGS     8
#define CHEAP_UNITS  ((size_t)1 << 20)
#define MOST_UNITS   ((size_t)1 << 24)
#define CHEAP_LOANS  ((size_t)1 << 20) /* one by one */
#define MOST_LOANS   ((size_t)1 << 24)
#define CHEAP_COST   2e10 /* factors of a class */
#define MOST_COST    1e14
#define MOST_MEMORY  ((size_t)1 << 30)

typedef struct {
    const TwinBook *book;
    const PoolOptions *options;
    int is_full, threads;
    SimdIsa isa;
    size_t n;              /* a power of two */
    size_t last;           /* frequency */
    size_t below;          /* losses below nothing that ripples reach */
    double *cosine, *sine; /* [n] */
    double *re, *im;       /* [n] the characteristic function */
    double *spread;        /* [n] of the phases of losses */
    double most_spread;
    double *chance, *before; /* [n] of losses, by two choices of frequencies */
    TwinCf *cf;
    double cost;
    Err *err;
} Twin;

static ErrCode open_twin(Twin *t)
{
    t->below = t->book->units / 4;
    for (t->n = 8; t->n <= t->below + t->book->units; t->n *= 2)
        ;
    t->cosine = mem_new(t->n, sizeof *t->cosine);
    t->sine = mem_new(t->n, sizeof *t->sine);
    t->re = mem_new(t->n, sizeof *t->re);
    t->im = mem_new(t->n, sizeof *t->im);
    t->spread = mem_new(t->n, sizeof *t->spread);
    t->chance = mem_new(t->n, sizeof *t->chance);
    t->before = mem_new(t->n, sizeof *t->before);
    if (t->cosine == NULL || t->sine == NULL || t->re == NULL ||
        t->im == NULL || t->spread == NULL || t->chance == NULL ||
        t->before == NULL)
        return FAIL(t->err, ERR_MEMORY, "no memory for an exact distribution");
    fourier_roots(t->cosine, t->sine, t->n);
    t->last = t->n / 2;
    return OK;
}

static void close_twin(Twin *t)
{
    mem_free(t->cosine);
    mem_free(t->sine);
    mem_free(t->re);
    mem_free(t->im);
    mem_free(t->spread);
    mem_free(t->chance);
    mem_free(t->before);
    twincf_free(t->cf);
}

/* Frequencies that tell whether a step is short enough: 1, 2, 3, 4, 6, 8 ...
 * Without a unit, no more than those that are taken in first. */
static size_t list_probes(uint32_t f[], const Twin *t)
{
    size_t count = 0, last = t->last;
    while (t->book->is_apart && last > 1 && t->spread[last] > FIRST_SPREAD)
        last /= 2;
    for (size_t k = 1; k <= last; k *= 2) {
        f[count++] = (uint32_t)k;
        if (k > 1 && k / 2 * 3 <= last)
            f[count++] = (uint32_t)(k / 2 * 3);
    }
    return count;
}

static int settles(const double re[2][64], const double im[2][64], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fabs(re[0][i] - re[1][i]) + fabs(im[0][i] - im[1][i]) > SETTLED)
            return 0;
    return 1;
}

static double most_cost(const Twin *t)
{
    return t->is_full ? MOST_COST : CHEAP_COST;
}

static int is_too_much(const Twin *t)
{
    return t->cost > most_cost(t);
}

/* The frequencies f[n], rising, unless that would be too much. */
static ErrCode compute(Twin *t, double re[], double im[], const uint32_t f[],
                       size_t n)
{
    ErrCode rc = OK;
    t->cost += twincf_memory(t->cf, f[n - 1]) > MOST_MEMORY
                   ? (double)INFINITY
                   : (double)n * twincf_cost(t->cf);
    if (is_too_much(t))
        return OK;
    TRY(twincf_reach(t->cf, f[n - 1], t->err));
    TRY(twincf_at(t->cf, re, im, f, n, t->options, t->err));
done:
    return rc;
}

/* Loan by loan, what is known before: twice the first spread and twice that
 * again are asked for, at half the first step. */
static double least_cost(const Twin *t)
{
    size_t n = 0;
    while (t->book->is_apart && n < t->last && t->spread[n] < 4 * FIRST_SPREAD)
        n++;
    return 2 * (double)n * twincf_cost(t->cf);
}

/* Halve the step until that changes nothing; *found says whether it did. */
static ErrCode find_step(Twin *t, int *found)
{
    ErrCode rc = OK;
    uint32_t probes[64];
    double re[2][64], im[2][64], step = FIRST_STEP;
    size_t n = list_probes(probes, t);
    *found = 0;
    for (int i = 0; i <= HALVINGS && !*found; i++, step /= 2) {
        twincf_free(t->cf);
        TRY(twincf_new(&t->cf, t->book, t->n, t->cosine, t->sine, step, t->isa,
                       t->threads, t->err));
        if (i == 0 && least_cost(t) > most_cost(t))
            t->cost = INFINITY;
        TRY(compute(t, re[i % 2], im[i % 2], probes, n));
        if (is_too_much(t))
            break;
        *found = i > 0 &&
                 settles((const double(*)[64])re, (const double(*)[64])im, n);
    }
done:
    return rc;
}

/* Compute the frequencies f[n] and put them in their places. */
static ErrCode compute_all(Twin *t, const uint32_t f[], size_t n)
{
    ErrCode rc = OK;
    double re[TWIN_FREQUENCIES], im[TWIN_FREQUENCIES];
    TRY(compute(t, re, im, f, n));
    for (size_t i = 0; i < n && !is_too_much(t); i++) {
        t->re[f[i]] = re[i];
        t->im[f[i]] = im[i];
    }
done:
    return rc;
}

/* All frequencies up to the last with a spread in [from, to). */
static ErrCode compute_spread(Twin *t, double from, double to)
{
    uint32_t list[TWIN_FREQUENCIES];
    ErrCode rc = OK;
    size_t n = 0;
    for (size_t f = 0; f <= t->last && !is_too_much(t); f++) {
        if (t->spread[f] >= from && t->spread[f] < to)
            list[n++] = (uint32_t)f;
        if (n < TWIN_FREQUENCIES && !(f == t->last && n > 0))
            continue;
        TRY(compute_all(t, list, n));
        n = 0;
    }
done:
    return rc;
}

/* 1 up to a quarter of the bound, 0 from the bound on, all derivatives being
 * continuous: what such a taper leaves out of a distribution stays where it
 * was, and moments stay as they are. */
static double taper(double spread, double bound)
{
    double x = (spread / bound - 0.25) / 0.75;
    if (x < 0.002)
        return 1;
    if (x > 0.998)
        return 0;
    double a = normal_exp(-1 / x), b = normal_exp(-1 / (1 - x));
    return b / (a + b);
}

/* Whether no frequency is left beyond a bound; without a unit they have no end.
 */
static int takes_all(const Twin *t, double bound)
{
    return !t->book->is_apart && bound > t->most_spread;
}

/* The distribution by the frequencies below a bound of the spread. */
static ErrCode invert(Twin *t, double bound)
{
    double *re = mem_new(t->n, sizeof *re), *im = mem_new(t->n, sizeof *im);
    if (re != NULL && im != NULL) {
        for (size_t f = 0; f <= t->n / 2; f++) {
            size_t mirror = (t->n - f) % t->n;
            double w = takes_all(t, bound) ? 1 : taper(t->spread[f], bound);
            re[f] = re[mirror] = w * t->re[f];
            im[f] = w * t->im[f];
            im[mirror] = -im[f];
        }
        im[0] = im[t->n / 2] = 0;
        fourier_transform(re, im, t->n, t->cosine, t->sine);
        for (size_t i = 0; i < t->n; i++)
            t->chance[i] = re[i] / (double)t->n;
    }
    int ok = re != NULL && im != NULL;
    mem_free(re);
    mem_free(im);
    return ok ? OK
              : FAIL(t->err, ERR_MEMORY, "no memory for an exact distribution");
}

/* Whether both distributions agree from the lowest quantile asked for, or the
 * median, on. */
static int agrees(const Twin *t)
{
    double level = 0.5, sum = 0, other = 0;
    double agreed = t->book->is_apart ? AGREED_APART : AGREED;
    for (size_t i = 0; i < t->options->nlevels; i++)
        if (t->options->levels[i] < level)
            level = t->options->levels[i];
    for (size_t i = 0; i < t->below + t->book->units + 1; i++) {
        size_t at = (t->n + i - t->below) % t->n;
        sum += t->chance[at];
        other += t->before[at];
        if (sum > level && fabs(sum - other) > agreed)
            return 0;
    }
    return 1;
}

/* Take in frequencies until twice the spread changes nothing, or all. */
static ErrCode find_chances(Twin *t, int *found)
{
    ErrCode rc = OK;
    int is_whole = t->is_full || t->n <= TWIN_FREQUENCIES;
    double from = -INFINITY, bound = is_whole && !t->book->is_apart
                                         ? 2 * t->most_spread + 1
                                         : FIRST_SPREAD;
    for (*found = 0; !*found; from = bound, bound *= 2) {
        TRY(compute_spread(t, from, bound));
        if (is_too_much(t))
            break;
        double *before = t->before;
        t->before = t->chance;
        t->chance = before;
        TRY(invert(t, bound));
        *found = takes_all(t, bound) || (bound > FIRST_SPREAD && agrees(t));
        if (!*found && bound > t->most_spread)
            break;
    }
done:
    return rc;
}

static ErrCode take_chances(TwinLoss *out, const Twin *t)
{
    out->below = t->below;
    out->n = t->below + t->book->units + 1;
    out->chance = mem_new(out->n, sizeof *out->chance);
    if (out->chance == NULL)
        return FAIL(t->err, ERR_MEMORY, "no memory for an exact distribution");
    for (size_t i = 0; i < out->n; i++)
        out->chance[i] = t->chance[(t->n + i - t->below) % t->n];
    return OK;
}

static ErrCode open_book(Twin *t, const char **reason, const Model *m,
                         TwinOf of)
{
    ErrCode rc = OK;
    int is_full = t->is_full;
    size_t most = is_full ? MOST_UNITS : CHEAP_UNITS;
    *reason = twinbook_refuses(m);
    if (*reason != NULL)
        return OK;
    if (twinmonths_are(m, of))
        return twinmonths_new(&t->book, m, of, most, t->err);
    TRY(twinbook_new(&t->book, m, of, most, t->err));
    if (t->book != NULL)
        return OK;
    if (m->book->nloans > (is_full ? MOST_LOANS : CHEAP_LOANS))
        *reason = is_full ? TWIN_TOO_MUCH : TWIN_TOO_LONG;
    else
        TRY(twinloans_new(&t->book, m, of, t->err));
done:
    return rc;
}

ErrCode twinloss_new(TwinLoss *out, const char **reason, const Model *m,
                     TwinOf of, const PoolOptions *o, Err *err)
{
    ErrCode rc = OK;
    int settled = 0, found = 0;
    Twin t = {.options = o,
              .is_full = o->exact == POOL_EXACT_FULL,
              .threads = model_threads(o),
              .isa = simd_isa(),
              .err = err};
    *out = (TwinLoss){0};
    TRY(open_book(&t, reason, m, of));
    if (*reason != NULL)
        return OK;
    out->book = t.book;
    TRY(open_twin(&t));
    t.most_spread =
        twinspread_fill(t.spread, &t.last, t.book, t.n, t.cosine, t.sine, t.im);
    TRY(find_step(&t, &settled));
    if (settled)
        TRY(find_chances(&t, &found));
    if (found)
        TRY(take_chances(out, &t));
    else if (t.book->is_apart && !is_too_much(&t))
        *reason = TWIN_FEW;
    else
        *reason = t.is_full ? TWIN_TOO_MUCH : TWIN_TOO_LONG;
done:
    close_twin(&t);
    return rc;
}

void twinloss_free(TwinLoss *loss)
{
    mem_free(loss->chance);
}
