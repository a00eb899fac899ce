#include "credit/cardfit.h"

#include "core/tr.h"
#include "credit/cardinfer.h"
#include "credit/cardterms.h"
#include "stat/normal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A penalty is picked where no regression was asked for. */
static ErrCode find_ridge(CardWork *f)
{
    const FitSpec *s = f->spec;
    int is_chosen = s->way.kind != LOGIT_PLAIN ||
                    s->way.search != LOGIT_ALL_TERMS || s->cluster != NULL;
    if (s->ridge < 0 && !is_chosen)
        return ridge_pick(&f->fit->ridge, f->arena, f->data, s, f->threads,
                          f->err);
    double lambda = s->ridge < 0 ? 0 : s->ridge;
    f->fit->ridge = (RidgePick){
        .lambda = s->way.kind == LOGIT_PENALTY ? s->way.lambda : lambda,
        .stretch = 1};
    return OK;
}

/* Coefficients times the stretch, and the intercept that belongs to them. */
static ErrCode stretch(CardWork *f, const LogitData *data)
{
    ErrCode rc = OK;
    Logit *l = &f->fit->logit, level;
    double by = f->fit->ridge.stretch;
    double *offset = arena_alloc(f->arena, data->n + 1, sizeof *offset);
    LogitData rest = f->rows;
    if (offset == NULL)
        return cardwork_no_memory(f);
    if (rest.offset != NULL)
        memcpy(offset, rest.offset, rest.n * sizeof *offset);
    rest.offset = offset;
    for (size_t j = 0; j < data->k; j++) {
        l->estimate[j + 1] *= by;
        l->se[j + 1] *= by;
        for (size_t i = 0; i < data->n; i++)
            offset[i] += l->estimate[j + 1] * data->x[j][i];
    }
    TRY(logit_fit(&level, f->arena, &rest,
                  &(LogitOptions){.threads = f->threads}, f->err));
    l->estimate[0] = level.estimate[0];
    l->log_likelihood = level.log_likelihood;
done:
    return rc;
}

static ErrCode fit_data(CardWork *f, const LogitData *data)
{
    ErrCode rc = OK;
    LogitMade made;
    LogitWay way = f->spec->way;
    if (way.kind == LOGIT_PLAIN && f->fit->ridge.lambda > 0)
        way = (LogitWay){.kind = LOGIT_PENALTY, .lambda = f->fit->ridge.lambda};
    TRY(logitway_fit(&made, f->arena, data, &way,
                     &(LogitOptions){.threads = f->threads}, f->err));
    f->fit->logit = made.fit;
    f->fit->is_firth = way.kind == LOGIT_FIRTH;
    f->fit->firth = made.firth;
    if (f->fit->ridge.stretch != 1)
        TRY(stretch(f, data));
done:
    return rc;
}

/* The rows with the columns that are used. */
static ErrCode used_data(LogitData *out, const CardWork *f)
{
    const double **x = arena_alloc(f->arena, f->fit->n, sizeof *x);
    const char **name = arena_alloc(f->arena, f->fit->n, sizeof *name);
    *out = f->rows;
    out->x = x;
    out->name = name;
    if (x == NULL || name == NULL)
        return cardwork_no_memory(f);
    for (size_t i = 0; i < f->fit->n; i++)
        if (f->fit->terms[i].why == NULL) {
            x[out->k] = f->x[i];
            name[out->k++] = f->fit->terms[i].classing.name;
        }
    if (out->k == 0)
        return FAIL(f->err, ERR_DOMAIN,
                    "no column is left for the scorecard; kedan model bin "
                    "tells why");
    return OK;
}

/* Leave out the used terms that are 0 in kept, of those in order. */
static void leave_out(CardWork *f, const unsigned char kept[], const char *why)
{
    size_t at = 0;
    for (size_t i = 0; i < f->fit->n; i++)
        if (f->fit->terms[i].why == NULL && !kept[at++])
            f->fit->terms[i].why = why;
}

static ErrCode search(CardWork *f)
{
    ErrCode rc = OK;
    LogitData data;
    TRY(used_data(&data, f));
    size_t *term = arena_alloc(f->arena, data.k, sizeof *term);
    unsigned char *kept = arena_alloc(f->arena, data.k, 1);
    if (term == NULL || kept == NULL)
        return cardwork_no_memory(f);
    for (size_t j = 0; j < data.k; j++)
        term[j] = j;
    TRY(logitway_search(kept, &data, &f->spec->way, term, data.k, f->threads,
                        f->err));
    leave_out(f, kept, TR_NOOP("the step-wise search leaves it out"));
done:
    return rc;
}

/* What a lasso has pressed to zero; how many. */
static size_t drop_zeros(CardWork *f, unsigned char kept[])
{
    size_t zeros = 0;
    const Logit *l = &f->fit->logit;
    for (size_t j = 1; j < l->terms; j++) {
        kept[j - 1] = l->estimate[j] != 0;
        zeros += !kept[j - 1];
    }
    leave_out(f, kept, TR_NOOP("the penalty leaves nothing of it"));
    return zeros;
}

static ErrCode fit_used(CardWork *f)
{
    ErrCode rc = OK;
    LogitData data;
    unsigned char *kept = arena_alloc(f->arena, f->fit->n, 1);
    if (kept == NULL)
        return cardwork_no_memory(f);
    do {
        TRY(used_data(&data, f));
        TRY(fit_data(f, &data));
    } while (drop_zeros(f, kept) > 0);
done:
    return rc;
}

/* Put the estimates where they belong; the used term of the lowest z among
 * those of the wrong sign, or n. */
static size_t put_estimates(CardFit *fit)
{
    size_t worst = fit->n, at = 0;
    double lowest = 0;
    for (size_t i = 0; i < fit->n; i++) {
        CardTerm *t = &fit->terms[i];
        if (t->why != NULL)
            continue;
        at++;
        t->estimate = fit->logit.estimate[at];
        t->se = fit->logit.se[at];
        t->p = 2 * normal_cdf(-fabs(t->estimate / t->se));
        t->low = t->high = (double)NAN;
        if (fit->is_firth) {
            t->low = fit->firth.low[at];
            t->high = fit->firth.high[at];
            t->p = fit->firth.p[at];
        }
        double z = isnan(t->se) ? t->estimate : t->estimate / t->se;
        if (t->estimate <= 0 && (worst == fit->n || z < lowest)) {
            worst = i;
            lowest = z;
        }
    }
    return worst;
}

static ErrCode refuse_signs(const CardWork *f)
{
    char names[160] = "";
    size_t used = 0;
    for (size_t i = 0; i < f->fit->n; i++) {
        const CardTerm *t = &f->fit->terms[i];
        if (t->why == NULL && t->estimate <= 0 && used < sizeof names)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                     used > 0 ? ", " : "", t->classing.name);
    }
    return FAIL(
        f->err, ERR_DOMAIN,
        "wrong sign, more points for more events: %s; skip them, or say "
        "wrong_sign = \"drop\"",
        names);
}

static ErrCode fit_signs(CardWork *f)
{
    ErrCode rc = OK;
    for (;;) {
        TRY(fit_used(f));
        size_t worst = put_estimates(f->fit);
        if (worst == f->fit->n)
            return OK;
        if (f->spec->refuse_wrong_sign)
            return refuse_signs(f);
        f->fit->terms[worst].why = TR_NOOP(
            "wrong sign: beside the others, more points for more "
            "events");
    }
done:
    return rc;
}

/* ---- rejects ---- */

/* Minus the weights of evidence of the rejects, as f->x of the others. */
static ErrCode reject_weights(double **z, CardWork *f)
{
    const Table *rejects = f->data->rejects;
    for (size_t i = 0; i < f->fit->n; i++) {
        const Classing *c = &f->fit->terms[i].classing;
        if (f->fit->terms[i].why != NULL)
            continue;
        z[i] = arena_alloc(f->arena, rejects->rows + 1, sizeof **z);
        if (z[i] == NULL)
            return cardwork_no_memory(f);
        classing_woes(z[i], c, table_find(rejects, c->name), rejects->rows);
        for (size_t k = 0; k < rejects->rows; k++)
            z[i][k] = -z[i][k];
    }
    return OK;
}

static ErrCode chances(const double **out, CardWork *f, double **x, size_t n)
{
    double *pd = arena_alloc(f->arena, n + 1, sizeof *pd);
    if (pd == NULL)
        return cardwork_no_memory(f);
    for (size_t i = 0; i < n; i++)
        pd[i] = cardpoints_chance(f->fit, x, i);
    *out = pd;
    return OK;
}

static double weight_of(const CardData *d, const UnseenCase *c)
{
    return c->weight *
           (d->reject_weight == NULL ? 1 : d->reject_weight[c->row]);
}

/* The rows, and cases[n] behind them. */
static ErrCode join(CardWork *f, double **z, const UnseenCase cases[], size_t n)
{
    size_t rows = f->rows.n, all = rows + n;
    uint8_t *y = arena_alloc(f->arena, all, sizeof *y);
    double *weight = arena_alloc(f->arena, all, sizeof *weight);
    if (y == NULL || weight == NULL)
        return cardwork_no_memory(f);
    for (size_t i = 0; i < all; i++) {
        y[i] = i < rows ? f->rows.y[i] : cases[i - rows].bad;
        weight[i] = i >= rows ? weight_of(f->data, &cases[i - rows])
                    : f->rows.weight == NULL ? 1
                                             : f->rows.weight[i];
    }
    for (size_t k = 0; k < f->fit->n; k++) {
        double *x = z[k] == NULL ? NULL : arena_alloc(f->arena, all, sizeof *x);
        if (z[k] == NULL)
            continue;
        if (x == NULL)
            return cardwork_no_memory(f);
        memcpy(x, f->x[k], rows * sizeof *x);
        for (size_t i = 0; i < n; i++)
            x[rows + i] = z[k][cases[i].row];
        f->x[k] = x;
    }
    f->rows = (LogitData){.y = y, .weight = weight, .n = all};
    return OK;
}

static void keep_accepted(CardFit *fit, const CardData *data,
                          const UnseenCase cases[], size_t n)
{
    fit->accepted = fit->logit.estimate[0];
    for (size_t i = 0; i < fit->n; i++)
        fit->terms[i].accepted = fit->terms[i].estimate;
    for (size_t i = 0; i < n; i++)
        fit->reject_bads += cases[i].bad ? weight_of(data, &cases[i]) : 0;
}

static ErrCode infer(CardWork *f)
{
    ErrCode rc = OK;
    const Table *rejects = f->data->rejects;
    double **z = arena_alloc(f->arena, f->fit->n, sizeof *z);
    CardChances c = {.event = f->data->event, .n_accepted = f->table->rows};
    UnseenCase *cases;
    size_t n;
    if (f->spec->infer == INFER_NONE || rejects == NULL || rejects->rows == 0)
        return OK;
    if (z == NULL)
        return cardwork_no_memory(f);
    f->fit->rejects = c.n_rejected = rejects->rows;
    TRY(reject_weights(z, f));
    TRY(chances(&c.accepted, f, f->x, c.n_accepted));
    TRY(chances(&c.rejected, f, z, c.n_rejected));
    TRY(cardinfer_cases(&cases, &n, f->arena, &c, f->spec, f->err));
    keep_accepted(f->fit, f->data, cases, n);
    TRY(join(f, z, cases, n));
    TRY(fit_signs(f));
done:
    return rc;
}

/* Errors that rows of a cluster share, in the place of the plain ones. */
static ErrCode cluster(CardWork *f)
{
    ErrCode rc = OK;
    LogitData data;
    if (f->data->cluster == NULL)
        return OK;
    TRY(used_data(&data, f));
    TRY(logit_cluster(&f->fit->logit, f->arena, &data, f->data->cluster,
                      f->data->clusters, f->err));
    (void)put_estimates(f->fit);
done:
    return rc;
}

ErrCode cardfit_fit(CardFit *out, Arena *arena, const CardData *data,
                    const FitSpec *spec, int threads, Err *err)
{
    ErrCode rc = OK;
    CardWork f = {.fit = out,
                  .arena = arena,
                  .data = data,
                  .table = data->table,
                  .spec = spec,
                  .threads = threads,
                  .rows = {.y = data->event,
                           .weight = data->weight,
                           .offset = data->offset,
                           .n = data->table->rows},
                  .err = err};
    *out = (CardFit){.spec = spec, .rows = data->table->rows};
    const BinRows rows = {data->event, data->weight, out->rows};
    BinCount all = {0, 0};
    for (size_t i = 0; i < out->rows; i++) {
        out->events += data->event[i];
        all = bin_add(all, bin_row(&rows, i));
    }
    out->weight = bin_rows(all);
    out->weight_events = all.events;
    TRY(cardterms_make(&f));
    TRY(find_ridge(&f));
    if (spec->way.search != LOGIT_ALL_TERMS)
        TRY(search(&f));
    TRY(fit_signs(&f));
    TRY(infer(&f));
    TRY(cluster(&f));
    TRY(cardpoints_make(out, arena, err));
    TRY(cardpoints_measure(out, arena, data, f.x, err));
done:
    return rc;
}
