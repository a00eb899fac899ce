#include "core/text.h"
#include "stat/logit.h"
#include "stat/logitpass.h"
#include "stat/solve.h"

#include <math.h>
#include <string.h>

#define SETTLED 1e-13 /* of a scaled coefficient */

enum { SWEEPS = 100000 };

typedef struct {
    LogitPass pass;
    const LogitNet *net;
    double weight;
    double *size;               /* [terms] sd of the scaled columns */
    double *beta, *next, *rest; /* [terms] */
    double *factor; /* [terms * terms] of the penalised information of a ridge;
                     * NULL: no ridge */
} Net;

static double penalty(const Net *n, const double beta[])
{
    double sum = 0;
    for (size_t j = 1; j < n->pass.terms; j++) {
        double b = fabs(beta[j]) * n->size[j];
        sum += (1 - n->net->alpha) / 2 * b * b + n->net->alpha * b;
    }
    return n->net->lambda * sum;
}

static double objective(const Net *n, const double beta[])
{
    return penalty(n, beta) - n->pass.log_likelihood / n->weight;
}

/* The minimum along coordinate j of the quadratic whose gradient is `rest`. */
static double best_of(const Net *n, size_t j, double now, double curve)
{
    double pull = curve * now + n->rest[j];
    if (j == 0)
        return pull / curve;
    double edge = n->net->lambda * n->net->alpha * n->size[j];
    double ridge =
        n->net->lambda * (1 - n->net->alpha) * n->size[j] * n->size[j];
    double beyond = fabs(pull) - edge;
    return beyond <= 0 ? 0 : copysign(beyond, pull) / (curve + ridge);
}

/* Newton's quadratic and a ridge's penalty: L of the sum's second derivatives,
 * next = the minimum. */
static ErrCode solve(Net *n, Err *err)
{
    const LogitPass *p = &n->pass;
    size_t terms = p->terms;
    memcpy(n->factor, p->information, terms * terms * sizeof *n->factor);
    memcpy(n->rest, p->gradient, terms * sizeof *n->rest);
    for (size_t j = 1; j < terms; j++) {
        double pull = n->weight * n->net->lambda * n->size[j] * n->size[j];
        n->factor[j * terms + j] += pull;
        n->rest[j] -= pull * n->beta[j];
    }
    size_t column = solve_factor(n->factor, terms, 1e-13);
    if (column < terms)
        return FAIL(err, ERR_DOMAIN,
                    "the column '%.*s' follows from others; leave one of them "
                    "out",
                    TEXT_SHORT(column == 0 ? "" : p->data->name[column - 1]));
    solve_with(n->rest, n->factor, terms);
    for (size_t j = 0; j < terms; j++)
        n->next[j] = n->beta[j] + n->rest[j];
    return OK;
}

/* next = the minimum of Newton's quadratic and the penalty. */
static void descend(Net *n)
{
    const LogitPass *p = &n->pass;
    memcpy(n->next, n->beta, p->terms * sizeof *n->next);
    for (size_t j = 0; j < p->terms; j++)
        n->rest[j] = p->gradient[j] / n->weight;
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        double moved = 0;
        for (size_t j = 0; j < p->terms; j++) {
            const double *row = p->information + j * p->terms;
            double to = best_of(n, j, n->next[j], row[j] / n->weight);
            double by = to - n->next[j];
            n->next[j] = to;
            moved = fmax(moved, fabs(by));
            for (size_t l = 0; by != 0 && l < p->terms; l++)
                n->rest[l] -= row[l] / n->weight * by;
        }
        if (moved < SETTLED / 10)
            return;
    }
}

/* How far the conditions of a minimum are from holding at beta. */
static double violation(const Net *n)
{
    double most = 0;
    for (size_t j = 0; j < n->pass.terms; j++) {
        double g = n->pass.gradient[j] / n->weight, size = n->size[j];
        double edge = n->net->lambda * n->net->alpha * size;
        double b = n->beta[j];
        if (j > 0)
            g -= n->net->lambda * (1 - n->net->alpha) * size * size * b;
        if (j > 0 && b != 0)
            g -= copysign(edge, b);
        else if (j > 0)
            g = fmax(fabs(g) - edge, 0);
        most = fmax(most, fabs(g));
    }
    return most;
}

static ErrCode take_step(double *moved, Net *n, Err *err)
{
    ErrCode rc = OK;
    double before = objective(n, n->beta);
    for (int halved = 0; halved < 40; halved++) {
        TRY(logitpass_run(&n->pass, n->next, err));
        if (objective(n, n->next) <= before + 1e-14 * fabs(before))
            break;
        for (size_t j = 0; j < n->pass.terms; j++)
            n->next[j] = (n->next[j] + n->beta[j]) / 2;
    }
    *moved = 0;
    for (size_t j = 0; j < n->pass.terms; j++) {
        *moved = fmax(*moved, fabs(n->next[j] - n->beta[j]));
        n->beta[j] = n->next[j];
    }
done:
    return rc;
}

static ErrCode minimise(int *steps, Net *n, Err *err)
{
    ErrCode rc = OK;
    int most = n->net->steps > 0 ? n->net->steps : 2 * LOGIT_STEPS;
    double moved = INFINITY, last;
    TRY(logitpass_run(&n->pass, n->beta, err));
    for (*steps = 0; *steps < most; ++*steps) {
        last = moved;
        if (n->factor != NULL)
            TRY(solve(n, err));
        else
            descend(n);
        TRY(take_step(&moved, n, err));
        if (moved <= SETTLED || (last < 1e-7 && moved >= last / 2))
            return OK;
    }
    rc = FAIL(err, ERR_DOMAIN,
              "no convergence in %d steps; the last one changes a coefficient "
              "by %.1e standard deviations",
              most, moved);
done:
    return rc;
}

/* A ridge's errors, of the weights it ends with. */
static ErrCode finish_ridge(Logit *out, Net *n, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    size_t terms = n->pass.terms;
    TRY(solve(n, err));
    double *work = arena_alloc(arena, 3 * terms, sizeof *work);
    if (work == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", terms);
    out->condition = solve_condition(n->factor, terms, work);
    out->covariance = n->factor;
    solve_invert(out->covariance, terms);
    logitpass_plain_covariance(out->covariance, &n->pass);
    for (size_t j = 0; j < terms; j++)
        out->se[j] = sqrt(out->covariance[j * terms + j]);
done:
    return rc;
}

static ErrCode net_new(Net *n, Logit *out, Arena *arena, const LogitData *d,
                       const LogitNet *net, Err *err)
{
    ErrCode rc = OK;
    size_t terms = d->k + 1;
    double *room = arena_alloc(arena, terms, 6 * sizeof *room);
    *n = (Net){.net = net};
    *out = (Logit){.terms = terms, .condition = (double)NAN};
    if (!(net->lambda >= 0 && net->alpha >= 0 && net->alpha <= 1))
        return FAIL(err, ERR_DOMAIN,
                    "a penalty wants lambda >= 0 and alpha in [0, 1], not %g "
                    "and %g",
                    net->lambda, net->alpha);
    if (net->alpha == 0)
        n->factor = arena_alloc(arena, terms * terms, sizeof *n->factor);
    if (room == NULL || (net->alpha == 0 && n->factor == NULL))
        return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d->k);
    TRY(logitpass_new(&n->pass, arena, d, net->threads < 1 ? 1 : net->threads,
                      err));
    n->size = room;
    n->beta = room + terms;
    n->next = room + 2 * terms;
    n->rest = room + 3 * terms;
    out->estimate = room + 4 * terms;
    out->se = room + 5 * terms;
    for (size_t j = 1; j < terms; j++)
        n->size[j] = n->pass.sd[j - 1] * n->pass.scale[j - 1];
    for (size_t j = 0; j < terms; j++)
        out->se[j] = (double)NAN;
    logit_count(out, d);
    n->weight = out->weight;
done:
    return rc;
}

ErrCode logit_net(Logit *out, double *least, Arena *arena, const LogitData *d,
                  const LogitNet *net, Err *err)
{
    ErrCode rc = OK;
    Net n;
    TRY(net_new(&n, out, arena, d, net, err));
    TRY(minimise(&out->steps, &n, err));
    *least = objective(&n, n.beta);
    out->log_likelihood = n.pass.log_likelihood;
    out->gradient_norm = violation(&n);
    if (n.factor != NULL)
        TRY(finish_ridge(out, &n, arena, err));
    logitpass_plain(out->estimate, &n.pass, n.beta);
done:
    return rc;
}
