#include "stat/logit.h"
#include "stat/logitpass.h"

#include <math.h>
#include <string.h>

static ErrCode no_memory(const LogitData *d, Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d->k);
}

/* score [clusters * terms]: of each cluster the sum of w (y - p) (1, x). */
static void add_scores(double score[], const double pd[], const LogitPass *p,
                       const uint32_t cluster[])
{
    const LogitData *d = p->data;
    for (size_t i = 0; i < d->n; i++) {
        double *at = score + cluster[i] * p->terms;
        double w = d->weight == NULL ? 1 : d->weight[i];
        double rest = w * (d->y[i] - pd[i]);
        at[0] += rest;
        for (size_t j = 0; j < d->k; j++)
            at[j + 1] += rest * ((d->x[j][i] - p->shift[j]) * p->scale[j]);
    }
}

/* out = a m a for symmetric a, m [n * n]; work [n * n]. */
static void sandwich(double out[], const double a[], const double m[], size_t n,
                     double work[])
{
    for (int side = 0; side < 2; side++) {
        const double *left = side == 0 ? a : work;
        const double *right = side == 0 ? m : a;
        double *to = side == 0 ? work : out;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++) {
                double sum = 0;
                for (size_t l = 0; l < n; l++)
                    sum += left[i * n + l] * right[l * n + j];
                to[i * n + j] = sum;
            }
    }
}

/* The inverse information of scaled columns, from that of the columns as they
 * came: (1, z) is a linear map of (1, x). */
static void scale_back(double c[], const LogitPass *p)
{
    size_t n = p->terms;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < n; i++) {
            size_t across = side == 0 ? 1 : n, down = side == 0 ? n : 1;
            double *at = c + i * across;
            for (size_t j = 1; j < n; j++) {
                at[0] += p->shift[j - 1] * at[j * down];
                at[j * down] /= p->scale[j - 1];
            }
        }
}

ErrCode logit_cluster(Logit *fit, Arena *arena, const LogitData *d,
                      const uint32_t cluster[], size_t clusters, Err *err)
{
    ErrCode rc = OK;
    LogitPass p;
    size_t n = d->k + 1;
    if (clusters < 2)
        return FAIL(err, ERR_DOMAIN,
                    "errors by cluster want two clusters or more");
    TRY(logitpass_new(&p, arena, d, 1, err));
    double *pd = arena_alloc(arena, d->n, sizeof *pd);
    double *score = arena_alloc(arena, clusters, n * sizeof *score);
    double *meat = arena_alloc(arena, 2 * n * n, sizeof *meat);
    if (pd == NULL || score == NULL || meat == NULL)
        return no_memory(d, err);
    logit_predict(pd, d, fit->estimate);
    add_scores(score, pd, &p, cluster);
    double times = (double)clusters / (double)(clusters - 1);
    for (size_t c = 0; c < clusters; c++)
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                meat[i * n + j] += times * score[c * n + i] * score[c * n + j];
    memcpy(p.information, fit->covariance, n * n * sizeof *meat);
    scale_back(p.information, &p);
    sandwich(fit->covariance, p.information, meat, n, meat + n * n);
    logitpass_plain_covariance(fit->covariance, &p);
    for (size_t j = 0; j < n; j++)
        fit->se[j] = sqrt(fit->covariance[j * n + j]);
done:
    return rc;
}
