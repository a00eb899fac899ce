#include "credit/cardinfer.h"

#include <stdlib.h>
#include <string.h>

enum { PARCELS = CARDINFER_PARCELS, USE = 0x756e7365 }; /* "unse" */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* cut [PARCELS - 1]: where the tenths of the accepted part. */
static ErrCode find_cuts(double cut[], Arena *arena, const CardChances *c,
                         Err *err)
{
    size_t n = c->n_accepted;
    double *sorted = arena_alloc(arena, n + 1, sizeof *sorted);
    if (sorted == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", n);
    memcpy(sorted, c->accepted, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, by_size);
    for (size_t k = 1; k < PARCELS; k++)
        cut[k - 1] = sorted[k * n / PARCELS];
    return OK;
}

static size_t parcel_of(const double cut[], double pd)
{
    size_t k = 0;
    while (k + 1 < PARCELS && pd >= cut[k])
        k++;
    return k;
}

/* Bad rates of the accepted; of a parcel without any, its neighbour's. */
static void find_rates(double rate[], const double cut[], const CardChances *c)
{
    double rows[PARCELS] = {0}, bads[PARCELS] = {0};
    for (size_t i = 0; i < c->n_accepted; i++) {
        size_t k = parcel_of(cut, c->accepted[i]);
        rows[k]++;
        bads[k] += c->event[i];
    }
    for (size_t k = 0; k < PARCELS; k++)
        rate[k] = rows[k] > 0 ? bads[k] / rows[k] : k > 0 ? rate[k - 1] : 0;
}

static ErrCode parcel(UnseenCase out[], Arena *arena, const CardChances *c,
                      double worse, Err *err)
{
    ErrCode rc = OK;
    double cut[PARCELS - 1], rate[PARCELS];
    size_t *of = arena_alloc(arena, c->n_rejected + 1, sizeof *of);
    if (of == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", c->n_rejected);
    TRY(find_cuts(cut, arena, c, err));
    find_rates(rate, cut, c);
    for (size_t i = 0; i < c->n_rejected; i++)
        of[i] = parcel_of(cut, c->rejected[i]);
    rc = unseen_parcel(out, of, c->n_rejected, rate, PARCELS, worse,
                       stream_new(1, USE, 0), err);
done:
    return rc;
}

ErrCode cardinfer_cases(UnseenCase **out, size_t *n, Arena *arena,
                        const CardChances *c, const FitSpec *spec, Err *err)
{
    *n = spec->infer == INFER_FUZZY ? 2 * c->n_rejected : c->n_rejected;
    *out = arena_alloc(arena, *n + 1, sizeof **out);
    if (*out == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", *n);
    if (spec->infer == INFER_PARCEL)
        return parcel(*out, arena, c, spec->worse, err);
    unseen_fuzzy(*out, c->rejected, c->n_rejected, spec->worse);
    return OK;
}
