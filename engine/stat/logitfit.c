#include "stat/logit.h"

#include "core/text.h"
#include "stat/explog.h"
#include "stat/logitapart.h"
#include "stat/logitname.h"
#include "stat/logitpass.h"
#include "stat/solve.h"

#include <math.h>
#include <string.h>

#define DEPENDENT                                                              \
    1e-13            /* of a column's square is left by those before it:       \
                      * below it is rounding of about 1e-15 a sum */
#define CLOSE  1e-12 /* a step that changes no digit that counts */
#define NEARLY 1e-6  /* steps below it shrink no more: rounding */

/* A fit on its way; vectors [terms] of scaled columns. */
typedef struct {
    LogitPass pass;
    double *beta, *step, *next;
    double *factor;        /* [terms * terms] */
    unsigned char *chosen; /* [k] columns for a message */
    Arena *arena;
    int steps;
} Fit;

static ErrCode no_memory(const LogitData *d, Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d->k);
}

static ErrCode fit_new(Fit *f, Arena *arena, const LogitData *d, int threads,
                       Err *err)
{
    ErrCode rc = OK;
    size_t terms = d->k + 1;
    *f = (Fit){.arena = arena};
    TRY(logitpass_new(&f->pass, arena, d, threads < 1 ? 1 : threads, err));
    f->beta = arena_alloc(arena, terms, sizeof *f->beta);
    f->step = arena_alloc(arena, terms, sizeof *f->step);
    f->next = arena_alloc(arena, terms, 3 * sizeof *f->next);
    f->factor = arena_alloc(arena, terms * terms, sizeof *f->factor);
    f->chosen = arena_alloc(arena, terms, sizeof *f->chosen);
    if (f->beta == NULL || f->step == NULL || f->next == NULL ||
        f->factor == NULL || f->chosen == NULL)
        rc = no_memory(d, err);
done:
    return rc;
}

/* Column `column` - 1 is a sum of others: those with a part in it. */
static ErrCode refuse_dependent(Fit *f, size_t column, Err *err)
{
    char others[LOGITNAME_TEXT];
    const LogitData *d = f->pass.data;
    solve_relation(f->next, f->factor, f->pass.terms, column);
    for (size_t j = 0; j < d->k; j++)
        f->chosen[j] = j + 1 < column && fabs(f->next[j + 1]) > NEARLY;
    logitname_list(others, d, f->chosen);
    return FAIL(err, ERR_DOMAIN,
                "the column '%.*s' follows from others (%s); leave one of them "
                "out",
                TEXT_SHORT(d->name[column - 1]), others);
}

static double largest(const double x[], size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, fabs(x[i]));
    return most;
}

/* The step from where the pass stands. */
static ErrCode find_step(Fit *f, Err *err)
{
    ErrCode rc = OK;
    size_t n = f->pass.terms;
    memcpy(f->factor, f->pass.information, n * n * sizeof *f->factor);
    size_t column = solve_factor(f->factor, n, DEPENDENT);
    if (column < n && f->steps > 0) {
        TRY(logitapart_check(f->step, &f->pass, err));
        TRY(FAIL(err, ERR_DOMAIN,
                 "no convergence: after %d steps the columns cannot be told "
                 "apart",
                 f->steps));
    }
    if (column < n)
        return refuse_dependent(f, column, err);
    memcpy(f->step, f->pass.gradient, n * sizeof *f->step);
    solve_with(f->step, f->factor, n);
done:
    return rc;
}

/* Go along the step, halved until the likelihood does not fall. */
static ErrCode take_step(Fit *f, Err *err)
{
    ErrCode rc = OK;
    double before = f->pass.log_likelihood, part = 1;
    double slack = 1e-10 * fabs(before);
    for (int halved = 0; halved < 40; halved++, part /= 2) {
        for (size_t j = 0; j < f->pass.terms; j++)
            f->next[j] = f->beta[j] + part * f->step[j];
        TRY(logitpass_run(&f->pass, f->next, err));
        if (f->pass.log_likelihood >= before - slack)
            break;
    }
    memcpy(f->beta, f->next, f->pass.terms * sizeof *f->beta);
done:
    return rc;
}

static ErrCode climb(Fit *f, int most, Err *err)
{
    ErrCode rc = OK;
    double size = INFINITY, last;
    TRY(logitpass_run(&f->pass, f->beta, err));
    for (f->steps = 0; f->steps < most; f->steps++) {
        TRY(find_step(f, err));
        last = size;
        size = largest(f->step, f->pass.terms);
        if (size <= CLOSE || (last < NEARLY && size >= last / 2))
            return OK;
        if (f->steps >= 5 && size > 1e-3)
            TRY(logitapart_check(f->step, &f->pass, err));
        TRY(take_step(f, err));
    }
    rc = FAIL(err, ERR_DOMAIN,
              "no convergence in %d steps; the last one changes a coefficient "
              "by %.1e standard deviations",
              most, size);
done:
    return rc;
}

static double start_of(const Logit *fit)
{
    return explog_log(fit->events) - explog_log(fit->weight - fit->events);
}

/* With an offset the null model has no closed form: a fit without columns. */
static ErrCode find_null(Logit *out, const Fit *f, Err *err)
{
    ErrCode rc = OK;
    Fit null;
    LogitData d = *f->pass.data;
    if (d.offset == NULL)
        return OK;
    d.k = 0;
    TRY(fit_new(&null, f->arena, &d, f->pass.threads, err));
    null.beta[0] = f->beta[0];
    TRY(climb(&null, LOGIT_STEPS, err));
    out->null_log_likelihood = null.pass.log_likelihood;
done:
    return rc;
}

static ErrCode check_signs(Fit *f, const Logit *fit, const int sign[], Err *err)
{
    char names[LOGITNAME_TEXT];
    int wrong = 0;
    for (size_t j = 0; j < f->pass.data->k; j++) {
        f->chosen[j] = sign[j] * fit->estimate[j + 1] < 0;
        wrong |= f->chosen[j];
    }
    if (!wrong)
        return OK;
    logitname_list(names, f->pass.data, f->chosen);
    return FAIL(err, ERR_DOMAIN,
                "the wrong sign: %s; leave out or merge what makes it", names);
}

/* The last step is taken with the weights it was found by. */
static void finish(Logit *out, Fit *f)
{
    const LogitPass *p = &f->pass;
    size_t n = p->terms;
    out->gradient_norm = largest(p->gradient, n) / out->weight;
    out->condition = solve_condition(f->factor, n, f->next);
    out->log_likelihood = p->log_likelihood;
    out->steps = f->steps;
    for (size_t j = 0; j < n; j++)
        f->beta[j] += f->step[j];
    logitpass_plain(out->estimate, p, f->beta);
    memcpy(out->covariance, f->factor, n * n * sizeof *out->covariance);
    solve_invert(out->covariance, n);
    logitpass_plain_covariance(out->covariance, p);
    for (size_t j = 0; j < n; j++)
        out->se[j] = sqrt(out->covariance[j * n + j]);
}

ErrCode logit_fit(Logit *out, Arena *arena, const LogitData *data,
                  const LogitOptions *options, Err *err)
{
    ErrCode rc = OK;
    Fit f;
    size_t n = data->k + 1;
    TRY(fit_new(&f, arena, data, options->threads, err));
    *out = (Logit){.terms = n};
    out->estimate = arena_alloc(arena, n, sizeof *out->estimate);
    out->se = arena_alloc(arena, n, sizeof *out->se);
    out->covariance = arena_alloc(arena, n * n, sizeof *out->covariance);
    if (out->estimate == NULL || out->se == NULL || out->covariance == NULL)
        TRY(no_memory(data, err));
    logit_count(out, data);
    f.beta[0] = start_of(out);
    TRY(find_null(out, &f, err));
    TRY(climb(&f, options->steps > 0 ? options->steps : LOGIT_STEPS, err));
    finish(out, &f);
    if (options->sign != NULL)
        rc = check_signs(&f, out, options->sign, err);
done:
    return rc;
}

void logit_predict(double pd[], const LogitData *data, const double estimate[])
{
    for (size_t i = 0; i < data->n; i++)
        pd[i] = estimate[0] + (data->offset == NULL ? 0 : data->offset[i]);
    for (size_t j = 0; j < data->k; j++)
        for (size_t i = 0; i < data->n; i++)
            pd[i] += estimate[j + 1] * data->x[j][i];
    for (size_t i = 0; i < data->n; i++) {
        double s = fmin(fabs(pd[i]), 700);
        double e = explog_exp(-s, 0);
        pd[i] = pd[i] < 0 ? e / (1 + e) : 1 / (1 + e);
    }
}
