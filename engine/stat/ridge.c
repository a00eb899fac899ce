#include "stat/ridge.h"

#include "stat/explog.h"
#include "stat/logitpass.h"
#include "stat/solve.h"

#include <math.h>
#include <string.h>

enum { STEPS = 60, HALVES = 40 };

#define CLOSE 1e-12 /* a step that changes no digit that counts */

typedef struct {
    LogitPass pass;
    double *beta, *next, *step, *weight; /* [terms]; weight: of its square */
    double *factor;                      /* [terms * terms] */
    double value;                        /* what is climbed, at beta */
} Climb;

static ErrCode climb_new(Climb *c, Arena *arena, const LogitData *d,
                         double lambda, int threads, Err *err)
{
    ErrCode rc = OK;
    size_t n = d->k + 1;
    TRY(logitpass_new(&c->pass, arena, d, threads < 1 ? 1 : threads, err));
    c->beta = arena_alloc(arena, n, sizeof *c->beta);
    c->next = arena_alloc(arena, n, 3 * sizeof *c->next);
    c->step = arena_alloc(arena, n, sizeof *c->step);
    c->weight = arena_alloc(arena, n, sizeof *c->weight);
    c->factor = arena_alloc(arena, n * n, sizeof *c->factor);
    if (c->beta == NULL || c->next == NULL || c->step == NULL ||
        c->weight == NULL || c->factor == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d->k);
    double rows = 0;
    for (size_t i = 0; i < d->n; i++)
        rows += d->weight == NULL ? 1 : d->weight[i];
    for (size_t j = 0; j < d->k; j++) {
        double unit = c->pass.scale[j] * c->pass.sd[j];
        c->weight[j + 1] = rows * lambda * unit * unit;
    }
done:
    return rc;
}

/* The penalised value at beta; the pass has gradient and information of it. */
static ErrCode look(double *value, Climb *c, const double beta[], Err *err)
{
    ErrCode rc = OK;
    size_t n = c->pass.terms;
    TRY(logitpass_run(&c->pass, beta, err));
    *value = c->pass.log_likelihood;
    for (size_t j = 1; j < n; j++) {
        *value -= c->weight[j] / 2 * beta[j] * beta[j];
        c->pass.gradient[j] -= c->weight[j] * beta[j];
        c->pass.information[j * n + j] += c->weight[j];
    }
done:
    return rc;
}

static ErrCode find_step(Climb *c, Err *err)
{
    size_t n = c->pass.terms;
    memcpy(c->factor, c->pass.information, n * n * sizeof *c->factor);
    size_t column = solve_factor(c->factor, n, 1e-13);
    if (column < n)
        return FAIL(err, ERR_DOMAIN,
                    "the column '%.40s' follows from others; leave one of them "
                    "out",
                    column == 0 ? "" : c->pass.data->name[column - 1]);
    memcpy(c->step, c->pass.gradient, n * sizeof *c->step);
    solve_with(c->step, c->factor, n);
    return OK;
}

static ErrCode take_step(Climb *c, Err *err)
{
    ErrCode rc = OK;
    double value, part = 1;
    for (int i = 0; i < HALVES; i++, part /= 2) {
        for (size_t j = 0; j < c->pass.terms; j++)
            c->next[j] = c->beta[j] + part * c->step[j];
        TRY(look(&value, c, c->next, err));
        if (value >= c->value - 1e-10 * fabs(c->value))
            break;
    }
    memcpy(c->beta, c->next, c->pass.terms * sizeof *c->beta);
    c->value = value;
done:
    return rc;
}

static double largest(const double x[], size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(x[i]));
    return most;
}

static ErrCode climb(int *steps, Climb *c, Err *err)
{
    ErrCode rc = OK;
    double size = INFINITY, last;
    TRY(look(&c->value, c, c->beta, err));
    for (*steps = 0; *steps < STEPS; ++*steps) {
        TRY(find_step(c, err));
        last = size;
        size = largest(c->step, c->pass.terms);
        if (size <= CLOSE || (last < 1e-6 && size >= last / 2))
            return OK;
        TRY(take_step(c, err));
    }
    rc = FAIL(err, ERR_DOMAIN, "no convergence in %d steps", STEPS);
done:
    return rc;
}

static ErrCode make_room(Logit *out, Arena *arena, const LogitData *d, Err *err)
{
    size_t n = d->k + 1;
    *out = (Logit){.terms = n};
    out->estimate = arena_alloc(arena, n, sizeof *out->estimate);
    out->se = arena_alloc(arena, n, sizeof *out->se);
    out->covariance = arena_alloc(arena, n * n, sizeof *out->covariance);
    for (size_t i = 0; i < d->n; i++) {
        double w = d->weight == NULL ? 1 : d->weight[i];
        out->weight += w;
        out->events += d->y[i] ? w : 0;
    }
    double others = out->weight - out->events;
    out->null_log_likelihood = out->events * explog_log(out->events) +
                               others * explog_log(others) -
                               out->weight * explog_log(out->weight);
    return out->estimate == NULL || out->se == NULL || out->covariance == NULL
               ? FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d->k)
               : OK;
}

static void finish(Logit *out, Climb *c)
{
    size_t n = c->pass.terms;
    out->gradient_norm = largest(c->pass.gradient, n) / out->weight;
    out->condition = solve_condition(c->factor, n, c->next);
    out->log_likelihood = c->pass.log_likelihood;
    for (size_t j = 0; j < n; j++)
        c->beta[j] += c->step[j];
    logitpass_plain(out->estimate, &c->pass, c->beta);
    memcpy(out->covariance, c->factor, n * n * sizeof *out->covariance);
    solve_invert(out->covariance, n);
    logitpass_plain_covariance(out->covariance, &c->pass);
    for (size_t j = 0; j < n; j++)
        out->se[j] = sqrt(out->covariance[j * n + j]);
}

ErrCode ridge_fit(Logit *out, Arena *arena, const LogitData *data,
                  double lambda, int threads, Err *err)
{
    ErrCode rc = OK;
    Climb c = {.value = 0};
    TRY(climb_new(&c, arena, data, lambda, threads, err));
    TRY(make_room(out, arena, data, err));
    c.beta[0] = explog_log(out->events) - explog_log(out->weight - out->events);
    TRY(climb(&out->steps, &c, err));
    finish(out, &c);
done:
    return rc;
}
