#include "stat/explog.h"
#include "stat/logit.h"
#include "stat/logitcurve.h"
#include "stat/normal.h"
#include "stat/solve.h"

#include <math.h>
#include <string.h>

#define QUANTILE 1.9599639845400542 /* of the normal at 97.5% */
#define SETTLED  1e-13              /* of a scaled coefficient */
#define HIGHER   1e-6               /* of a likelihood: another maximum */

/* PATIENT: so many steps on the information before the curvature is asked */
enum { STEPS = 500, PATIENT = 40, TURNS = 12, SECANTS = 60, FREE = -1 };

typedef struct {
    LogitPass pass;
    double *beta, *next, *step; /* [terms] of scaled columns */
    double *factor, *inverse;   /* [terms * terms] */
    double *index;              /* [n] */
    double *row;                /* [terms] */
    double *curve, *work;       /* [terms * terms] and logitcurve_room() */
    double *better;             /* [terms] as they came: above the maximum */
    double *near; /* [terms] of the profile, inside the interval */
    int has_better;
    double penalised; /* at beta */
    int steps;
} Firth;

static ErrCode no_memory(const LogitData *d, Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d->k);
}

/* The pass at beta and ln |I| / 2 on top of it. */
static ErrCode look(double *penalised, Firth *f, const double beta[], Err *err)
{
    ErrCode rc = OK;
    size_t n = f->pass.terms;
    TRY(logitpass_run(&f->pass, beta, err));
    memcpy(f->factor, f->pass.information, n * n * sizeof *f->factor);
    if (solve_factor(f->factor, n, 0) < n)
        TRY(FAIL(err, ERR_DOMAIN,
                 "no convergence: after %d steps the columns cannot be told "
                 "apart",
                 f->steps));
    *penalised = f->pass.log_likelihood;
    for (size_t j = 0; j < n; j++)
        *penalised += explog_log(f->factor[j * n + j]);
done:
    return rc;
}

/* The gradient gets h (1/2 - p) z of each row, h = w p (1 - p) z' I^-1 z. */
static void add_leverage(Firth *f, const double beta[])
{
    const LogitPass *p = &f->pass;
    const LogitData *d = p->data;
    size_t n = p->terms;
    memcpy(f->inverse, f->factor, n * n * sizeof *f->inverse);
    solve_invert(f->inverse, n);
    logitpass_index(f->index, p, beta);
    for (size_t i = 0; i < d->n; i++) {
        double q = logitpass_chance(p, f->index, i);
        double w = d->weight == NULL ? 1 : d->weight[i], h = 0;
        logitpass_row(f->row, p, i);
        for (size_t j = 0; j < n; j++)
            for (size_t l = 0; l < n; l++)
                h += f->row[j] * f->inverse[j * n + l] * f->row[l];
        h *= w * q * (1 - q);
        for (size_t j = 0; j < n; j++)
            p->gradient[j] += h * (0.5 - q) * f->row[j];
    }
}

/* Newton's step on that matrix, coefficient `held` left where it is; 0 when it
 * is not positive definite. */
static int step_on(Firth *f, const double matrix[], int held)
{
    size_t n = f->pass.terms;
    memcpy(f->factor, matrix, n * n * sizeof *f->factor);
    memcpy(f->step, f->pass.gradient, n * sizeof *f->step);
    if (held != FREE) {
        for (size_t j = 0; j < n; j++)
            f->factor[(size_t)held * n + j] = f->factor[j * n + (size_t)held] =
                0;
        f->factor[(size_t)held * (n + 1)] = 1;
        f->step[held] = 0;
    }
    if (solve_factor(f->factor, n, 0) < n)
        return 0;
    solve_with(f->step, f->factor, n);
    return 1;
}

/* On the information; where that has led nowhere, on the curvature. */
static void find_step(Firth *f, int held)
{
    if (f->steps >= PATIENT) {
        logitcurve_of(f->curve, &f->pass, f->inverse, f->index, f->work);
        if (step_on(f, f->curve, held))
            return;
    }
    (void)step_on(f, f->pass.information, held);
}

static double shorten(double step[], size_t n)
{
    double most = 0;
    for (size_t j = 0; j < n; j++)
        most = fmax(most, fabs(step[j]));
    for (size_t j = 0; most > 2 && j < n; j++)
        step[j] *= 2 / most;
    return fmin(most, 2);
}

/* Maximise from beta on. */
static ErrCode climb(Firth *f, int held, Err *err)
{
    ErrCode rc = OK;
    ErrCode tried = OK;
    double size = INFINITY, last, there;
    size_t n = f->pass.terms;
    TRY(look(&f->penalised, f, f->beta, err));
    for (f->steps = 0; f->steps < STEPS; f->steps++) {
        add_leverage(f, f->beta);
        find_step(f, held);
        last = size;
        size = shorten(f->step, n);
        if (size <= SETTLED || (last < 1e-9 && size >= last))
            return look(&f->penalised, f, f->beta, err);
        for (int halved = 0; halved < 30; halved++) {
            for (size_t j = 0; j < n; j++)
                f->next[j] = f->beta[j] + ldexp(f->step[j], -halved);
            tried = look(&there, f, f->next, NULL);
            if (tried == OK &&
                there >= f->penalised - 1e-11 * fabs(f->penalised))
                break;
        }
        if (tried != OK)
            return look(&there, f, f->next, err);
        f->penalised = there;
        memcpy(f->beta, f->next, n * sizeof *f->beta);
    }
    rc = FAIL(err, ERR_DOMAIN,
              "no convergence in %d steps; the last one changes a coefficient "
              "by %.1e standard deviations",
              STEPS, size);
done:
    return rc;
}

/* Signed root of twice the fall of the profile at coefficient j = to, as it
 * came: near (to - estimate) / se.  `mode` [terms] is the maximum. */
static ErrCode root_at(double *out, Firth *f, size_t j, double to,
                       const LogitFirth *best, const double mode[], Err *err)
{
    ErrCode rc = OK;
    const LogitPass *p = &f->pass;
    double side = to < best->fit.estimate[j] ? -1 : 1;
    memcpy(f->beta, mode, p->terms * sizeof *f->beta);
    f->beta[j] = j == 0 ? to : to / p->scale[j - 1];
    TRY(climb(f, (int)j, err));
    if (f->penalised > best->penalised + HIGHER) {
        f->has_better = 1;
        logitpass_plain(f->better, p, f->beta);
    }
    *out = side * sqrt(fmax(0, 2 * (best->penalised - f->penalised)));
done:
    return rc;
}

/* A guess between the ends that are known; `outside` may be infinite, which is
 * then approached by steps that grow from the estimate on, by that factor. */
static double guard(double guess, double inside, double outside, double from,
                    double factor)
{
    double reach = from + factor * factor * (inside - from);
    if (isfinite(outside))
        return (guess - inside) * (guess - outside) < 0
                   ? guess
                   : inside / 2 + outside / 2;
    return (guess - inside) * (guess - reach) < 0
               ? guess
               : from + factor * (inside - from);
}

/* Where the root is `wanted`: secants from Wald's end, held within what is
 * known to lie inside and outside.  Where that comes to no end, the others have
 * more than one maximum there: from then on they start from where they were
 * inside. NaN where no point can be told to be it. */
static ErrCode find_end(double *out, Firth *f, size_t j, double wanted,
                        const LogitFirth *best, const double mode[], Err *err)
{
    double from = best->fit.estimate[j], a = from, fa = -wanted, fb = INFINITY;
    double b = from + wanted * best->fit.se[j], inside = from;
    double outside = copysign(INFINITY, wanted);
    memcpy(f->near, mode, f->pass.terms * sizeof *f->near);
    for (int i = 0; i < SECANTS && !f->has_better; i++) {
        if (i == TURNS) {
            outside = copysign(INFINITY, wanted);
            b = guard((double)NAN, inside, outside, from, 1.1);
        }
        ErrCode rc =
            root_at(&fb, f, j, b, best, i < TURNS ? mode : f->near, NULL);
        if (rc == ERR_MEMORY)
            return no_memory(f->pass.data, err);
        if (rc != OK) { /* too far to be seen */
            outside = b;
            b = inside / 2 + outside / 2;
            fb = INFINITY;
            continue;
        }
        fb -= wanted;
        if (fabs(fb) < 1e-10 || fb == fa)
            break;
        *(fb * wanted < 0 ? &inside : &outside) = b;
        if (inside == b)
            memcpy(f->near, f->beta, f->pass.terms * sizeof *f->near);
        double guess = b - fb * (b - a) / (fb - fa);
        a = b;
        fa = fb;
        b = guard(guess, inside, outside, from, i < TURNS ? 2 : 1.1);
    }
    *out = fabs(fb) < 1e-6 ? b : (double)NAN;
    return OK;
}

static ErrCode profile(LogitFirth *out, Firth *f, size_t j, const double mode[],
                       Err *err)
{
    ErrCode rc = OK;
    double root = (double)NAN;
    TRY(find_end(&out->low[j], f, j, -QUANTILE, out, mode, err));
    TRY(find_end(&out->high[j], f, j, QUANTILE, out, mode, err));
    if (root_at(&root, f, j, 0, out, mode, NULL) == ERR_MEMORY)
        return no_memory(f->pass.data, err);
    out->p[j] = 2 * normal_cdf(-fabs(root));
done:
    return rc;
}

/* Until one of them meets a point above the maximum.  mode [2 * terms]: the
 * second half is scratch. */
static ErrCode profiles(LogitFirth *out, Firth *f, double mode[], Err *err)
{
    ErrCode rc = OK;
    size_t n = f->pass.terms, bytes = (n - 1) * sizeof *f->pass.shift;
    for (size_t j = 1; j < n && !f->has_better; j++)
        TRY(profile(out, f, j, mode, err));
    if (f->has_better)
        return OK;
    /* the intercept is a coordinate of columns that are not shifted, whose
     * information has the same determinant; far from 0 it may be lost there */
    memcpy(mode + n, f->pass.shift, bytes);
    memset(f->pass.shift, 0, bytes);
    mode[0] = out->fit.estimate[0];
    rc = profile(out, f, 0, mode, err);
    memcpy(f->pass.shift, mode + n, bytes);
done:
    return rc;
}

static ErrCode firth_new(Firth *f, LogitFirth *out, Arena *arena,
                         const LogitData *d, int threads, Err *err)
{
    ErrCode rc = OK;
    size_t n = d->k + 1;
    *f = (Firth){0};
    *out = (LogitFirth){.fit = {.terms = n}};
    TRY(logitpass_new(&f->pass, arena, d, threads < 1 ? 1 : threads, err));
    double *room = arena_alloc(arena, 11 * n, sizeof *room);
    double *squares =
        arena_alloc(arena, 4 * n * n + logitcurve_room(n), sizeof *squares);
    f->index = arena_alloc(arena, d->n + 1, sizeof *f->index);
    if (room == NULL || squares == NULL || f->index == NULL)
        return no_memory(d, err);
    f->beta = room;
    f->next = room + n;
    f->step = room + 2 * n;
    f->row = room + 3 * n;
    out->fit.estimate = room + 4 * n;
    out->fit.se = room + 5 * n;
    out->low = room + 6 * n;
    out->high = room + 7 * n;
    out->p = room + 8 * n;
    f->better = room + 9 * n;
    f->near = room + 10 * n;
    f->factor = squares;
    f->inverse = squares + n * n;
    out->fit.covariance = squares + 2 * n * n;
    f->curve = squares + 3 * n * n;
    f->work = squares + 4 * n * n;
done:
    return rc;
}

/* The fit at beta, the pass and the factor being those of it. */
static void finish(LogitFirth *out, Firth *f, double work[])
{
    const LogitPass *p = &f->pass;
    size_t n = p->terms;
    Logit *fit = &out->fit;
    fit->steps = f->steps;
    fit->log_likelihood = p->log_likelihood;
    fit->condition = solve_condition(f->factor, n, work);
    add_leverage(f, f->beta);
    fit->gradient_norm = 0;
    for (size_t j = 0; j < n; j++)
        fit->gradient_norm =
            fmax(fit->gradient_norm, fabs(p->gradient[j]) / fit->weight);
    logitpass_plain(fit->estimate, p, f->beta);
    memcpy(fit->covariance, f->inverse, n * n * sizeof *fit->covariance);
    logitpass_plain_covariance(fit->covariance, p);
    for (size_t j = 0; j < n; j++)
        fit->se[j] = sqrt(fit->covariance[j * n + j]);
    out->penalised = f->penalised;
}

ErrCode logit_firth(LogitFirth *out, Arena *arena, const LogitData *d,
                    int threads, Err *err)
{
    ErrCode rc = OK;
    Firth f;
    TRY(firth_new(&f, out, arena, d, threads, err));
    size_t n = d->k + 1;
    double *mode = arena_alloc(arena, 4 * n, sizeof *mode);
    if (mode == NULL)
        return no_memory(d, err);
    logit_count(&out->fit, d);
    f.beta[0] = explog_log(out->fit.events) -
                explog_log(out->fit.weight - out->fit.events);
    TRY(look(&f.penalised, &f, f.beta, err));
    do { /* the likelihood may have more than one maximum */
        f.has_better = 0;
        TRY(climb(&f, FREE, err));
        finish(out, &f, mode + n);
        memcpy(mode, f.beta, n * sizeof *mode);
        TRY(profiles(out, &f, mode, err));
        logitpass_scaled(f.beta, &f.pass, f.better);
    } while (f.has_better);
    for (size_t j = 0; j < d->k; j++) /* of the columns as they came */
        out->penalised -= explog_log(f.pass.scale[j]);
done:
    return rc;
}
