#include "stat/logitapart.h"

#include "stat/logitname.h"

#include <math.h>
#include <string.h>

#define SLACK 1e-6 /* of the range: what is left of other directions */

/* Whether no row without the event stands above one with it. */
static int is_apart(const double along[], const LogitData *d)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (size_t i = 0; i < d->n; i++) {
        int y = d->y[i] != 0;
        if (d->weight != NULL && d->weight[i] == 0)
            continue;
        low[y] = fmin(low[y], along[i]);
        high[y] = fmax(high[y], along[i]);
    }
    double range = fmax(high[0], high[1]) - fmin(low[0], low[1]);
    return range > 0 && low[1] - high[0] >= -SLACK * range;
}

/* The step without what it can do without, the smallest parts first. */
static void thin_out(double step[], double along[], unsigned char kept[],
                     const LogitPass *p)
{
    size_t k = p->data->k;
    memset(kept, 1, k);
    for (size_t tried = 0; tried < k; tried++) {
        size_t j = k;
        for (size_t c = 0; c < k; c++)
            if (kept[c] == 1 &&
                (j == k || fabs(step[c + 1]) < fabs(step[j + 1])))
                j = c;
        double part = step[j + 1];
        step[j + 1] = 0;
        logitpass_index(along, p, step);
        kept[j] = 0;
        if (!is_apart(along, p->data)) {
            step[j + 1] = part;
            kept[j] = 2;
        }
    }
}

ErrCode logitapart_check(double step[], const LogitPass *p, Err *err)
{
    ErrCode rc = OK;
    char names[LOGITNAME_TEXT];
    const LogitData *d = p->data;
    double *along = mem_new(d->n, sizeof *along);
    unsigned char *kept = mem_new(d->k + 1, sizeof *kept);
    if (along == NULL || kept == NULL) {
        rc = FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d->k);
        goto done;
    }
    logitpass_index(along, p, step);
    if (!is_apart(along, d))
        goto done;
    thin_out(step, along, kept, p);
    logitname_list(names, d, kept);
    rc =
        FAIL(err, ERR_DOMAIN,
             "no finite estimate: the outcomes are separated by %s; leave out, "
             "merge levels, or use a penalty (Firth's)",
             names);
done:
    mem_free(along);
    mem_free(kept);
    return rc;
}
