#include "stat/logitpass.h"

#include "core/text.h"
#include "stat/explog.h"

#include <math.h>

/* sum of w (x - shift)^power, in eight lanes */
static double moment(const LogitData *d, const double x[], double shift,
                     int power)
{
    double sum[8] = {0};
    for (size_t i = 0; i < d->n; i++) {
        double z = x == NULL ? 1 : x[i] - shift;
        double w = d->weight == NULL ? 1 : d->weight[i];
        sum[i % 8] += power == 2 ? w * z * z : w * z;
    }
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) +
           ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

static ErrCode refuse_value(const char *what, const double x[], size_t n,
                            Err *err)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]))
            return FAIL(err, ERR_DOMAIN,
                        "'%.*s' is not a finite number in row %zu",
                        TEXT_SHORT(what), i + 1);
    return FAIL(err, ERR_DOMAIN, "'%.*s' has values too large to add up",
                TEXT_SHORT(what));
}

/* The column's shift and scale, and whether it can be used. */
static ErrCode scale_column(LogitPass *p, size_t j, double weight, Err *err)
{
    const LogitData *d = p->data;
    int exponent;
    double mean = moment(d, d->x[j], 0, 1) / weight;
    double var = moment(d, d->x[j], mean, 2) / weight;
    if (!isfinite(mean) || !isfinite(var))
        return refuse_value(d->name[j], d->x[j], d->n, err);
    p->shift[j] = mean;
    p->sd[j] = sqrt(var);
    if (p->sd[j] <= 1e-13 * fabs(mean) || var == 0)
        return FAIL(err, ERR_DOMAIN,
                    "the column '%.*s' is the same in all rows; leave it out",
                    TEXT_SHORT(d->name[j]));
    frexp(p->sd[j], &exponent);
    p->scale[j] = ldexp(1, 1 - exponent);
    return OK;
}

static ErrCode check_rows(const LogitData *d, Err *err)
{
    double events = 0, others = 0;
    for (size_t i = 0; i < d->n; i++) {
        double w = d->weight == NULL ? 1 : d->weight[i];
        if (!(w >= 0 && isfinite(w)))
            return FAIL(err, ERR_DOMAIN,
                        "row %zu has the weight %g; weights are finite and "
                        "not negative",
                        i + 1, w);
        if (d->offset != NULL && !isfinite(d->offset[i]))
            return FAIL(err, ERR_DOMAIN, "row %zu has no finite offset", i + 1);
        *(d->y[i] ? &events : &others) += w;
    }
    if (!(events > 0))
        return FAIL(err, ERR_DOMAIN,
                    "the event happened in none of %zu rows; a fit needs both "
                    "outcomes",
                    d->n);
    if (!(others > 0))
        return FAIL(err, ERR_DOMAIN,
                    "the event happened in all of %zu rows; a fit needs both "
                    "outcomes",
                    d->n);
    return OK;
}

static ErrCode no_memory(const LogitData *d, Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d->k);
}

ErrCode logitpass_new(LogitPass *p, Arena *arena, const LogitData *d,
                      int threads, Err *err)
{
    ErrCode rc = OK;
    size_t terms = d->k + 1;
    TRY(check_rows(d, err));
    *p = (LogitPass){.data = d, .terms = terms, .threads = threads};
    p->isa = simd_isa();
    p->shift = arena_alloc(arena, terms, sizeof *p->shift);
    p->scale = arena_alloc(arena, terms, sizeof *p->scale);
    p->sd = arena_alloc(arena, terms, sizeof *p->sd);
    p->gradient = arena_alloc(arena, terms, sizeof *p->gradient);
    p->information = arena_alloc(arena, terms * terms, sizeof *p->information);
    p->partial = logitpass_partial(arena, d->n, terms);
    if (p->shift == NULL || p->scale == NULL || p->sd == NULL ||
        p->gradient == NULL || p->information == NULL || p->partial == NULL)
        return no_memory(d, err);
    double weight = moment(d, NULL, 0, 1);
    for (size_t j = 0; j < d->k; j++)
        TRY(scale_column(p, j, weight, err));
done:
    return rc;
}

void logitpass_index(double index[], const LogitPass *p, const double beta[])
{
    const LogitData *d = p->data;
    for (size_t i = 0; i < d->n; i++)
        index[i] = beta[0];
    for (size_t j = 0; j < d->k; j++)
        for (size_t i = 0; i < d->n; i++)
            index[i] +=
                beta[j + 1] * ((d->x[j][i] - p->shift[j]) * p->scale[j]);
}

void logitpass_scaled(double beta[], const LogitPass *p,
                      const double estimate[])
{
    beta[0] = estimate[0];
    for (size_t j = 0; j < p->data->k; j++) {
        beta[0] += estimate[j + 1] * p->shift[j];
        beta[j + 1] = estimate[j + 1] / p->scale[j];
    }
}

void logitpass_plain(double estimate[], const LogitPass *p, const double beta[])
{
    estimate[0] = beta[0];
    for (size_t j = 0; j < p->data->k; j++) {
        estimate[j + 1] = beta[j + 1] * p->scale[j];
        estimate[0] -= estimate[j + 1] * p->shift[j];
    }
}

/* C becomes T C T', where row 0 of T is (1, -shift scale) and the others put
 * the scale back. */
void logitpass_plain_covariance(double c[], const LogitPass *p)
{
    size_t n = p->terms;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < n; i++) {
            size_t across = side == 0 ? 1 : n, down = side == 0 ? n : 1;
            double *at = c + i * across;
            for (size_t j = 1; j < n; j++) {
                at[j * down] *= p->scale[j - 1];
                at[0] -= p->shift[j - 1] * at[j * down];
            }
        }
}

void logit_count(Logit *fit, const LogitData *d)
{
    fit->weight = fit->events = 0;
    for (size_t i = 0; i < d->n; i++) {
        double w = d->weight == NULL ? 1 : d->weight[i];
        fit->weight += w;
        fit->events += d->y[i] ? w : 0;
    }
    double others = fit->weight - fit->events;
    fit->null_log_likelihood = d->offset != NULL
                                   ? (double)NAN
                                   : fit->events * explog_log(fit->events) +
                                         others * explog_log(others) -
                                         fit->weight * explog_log(fit->weight);
}
