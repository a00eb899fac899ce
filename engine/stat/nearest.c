#include "stat/nearest.h"

#include <gsl/gsl_eigen.h>

#include <math.h>
#include <string.h>

enum { MOST_ROUNDS = 10000 };

#define SETTLED 1e-14 /* a round's change beside the matrix */

/* Room for one matrix of n rows: what GSL's solver works in, and what
 * Higham's rounds keep. */
typedef struct {
    Arena *arena;
    size_t n;
    double *copy, *vectors; /* [n * n] */
    double *values;         /* [n] */
    double *x, *correction; /* [n * n] */
    gsl_eigen_symmv_workspace gsl;
} Room;

static ErrCode room_open(Room *r, size_t n, Err *err)
{
    *r = (Room){.arena = arena_new(), .n = n, .gsl = {.size = n}};
    double *all = r->arena == NULL
                      ? NULL
                      : arena_alloc(r->arena, 4 * n * n + 5 * n, sizeof *all);
    if (all == NULL) {
        arena_free(r->arena);
        return FAIL(err, ERR_MEMORY, "no memory for a matrix");
    }
    double *lists = all + 4 * n * n;
    r->copy = all;
    r->vectors = all + n * n;
    r->x = all + 2 * n * n;
    r->correction = all + 3 * n * n;
    r->values = lists;
    r->gsl.d = lists + n;
    r->gsl.sd = lists + 2 * n;
    r->gsl.gc = lists + 3 * n;
    r->gsl.gs = lists + 4 * n;
    return OK;
}

/* Eigenvalues and vectors, these as columns. */
static ErrCode decompose(Room *r, const double a[], Err *err)
{
    size_t n = r->n;
    memcpy(r->copy, a, n * n * sizeof *a);
    gsl_matrix_view m = gsl_matrix_view_array(r->copy, n, n);
    gsl_matrix_view vectors = gsl_matrix_view_array(r->vectors, n, n);
    gsl_vector_view values = gsl_vector_view_array(r->values, n);
    if (gsl_eigen_symmv(&m.matrix, &values.vector, &vectors.matrix, &r->gsl) !=
        0)
        return FAIL(err, ERR_DOMAIN, "a matrix has no eigenvalues");
    return OK;
}

ErrCode nearest_least(double *out, const double a[], size_t n, Err *err)
{
    Room r;
    ErrCode rc = room_open(&r, n, err);
    if (rc != OK)
        return rc;
    rc = decompose(&r, a, err);
    for (size_t i = 0; rc == OK && i < n; i++)
        *out = i == 0 || r.values[i] < *out ? r.values[i] : *out;
    arena_free(r.arena);
    return rc;
}

/* x: what r was decomposed from, its eigenvalues below 0 left out. */
static void keep_positive(double x[], const Room *r)
{
    size_t n = r->n;
    memset(x, 0, n * n * sizeof *x);
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; r->values[k] > 0 && i < n; i++)
            for (size_t j = 0; j < n; j++)
                x[i * n + j] += r->values[k] * r->vectors[i * n + k] *
                                r->vectors[j * n + k];
}

/* One round: y becomes the next matrix of ones on the diagonal; the square of
 * its change. */
static ErrCode next_round(double *change, double y[], Room *r, Err *err)
{
    size_t n = r->n;
    for (size_t i = 0; i < n * n; i++)
        y[i] -= r->correction[i];
    ErrCode rc = decompose(r, y, err);
    if (rc != OK)
        return rc;
    *change = 0;
    for (size_t i = 0; i < n * n; i++)
        r->copy[i] = y[i] + r->correction[i];
    keep_positive(r->x, r);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            size_t at = i * n + j;
            r->correction[at] = r->x[at] - y[at];
            y[at] = i == j ? 1 : (r->x[at] + r->x[j * n + i]) / 2;
            *change += (y[at] - r->copy[at]) * (y[at] - r->copy[at]);
        }
    return OK;
}

static double rounded(double x)
{
    return floor(x * 1e12 + 0.5) / 1e12;
}

ErrCode nearest_correlation(double out[], double *distance, const double a[],
                            size_t n, Err *err)
{
    Room r;
    ErrCode rc = room_open(&r, n, err);
    double change = INFINITY, sum = 0;
    if (rc != OK)
        return rc;
    memcpy(out, a, n * n * sizeof *a);
    for (int i = 0; i < MOST_ROUNDS && change > SETTLED * SETTLED; i++)
        TRY(next_round(&change, out, &r, err));
    if (change > SETTLED * SETTLED * 1e4)
        TRY(FAIL(err, ERR_DOMAIN,
                 "no nearest correlation matrix is found in 10000 rounds"));
    for (size_t i = 0; i < n * n; i++) {
        out[i] = rounded(out[i]);
        sum += (out[i] - a[i]) * (out[i] - a[i]);
    }
    *distance = rounded(sqrt(sum));
done:
    arena_free(r.arena);
    return rc;
}

void nearest_root(double root[], const double a[], size_t n)
{
    memset(root, 0, n * n * sizeof *root);
    for (size_t j = 0; j < n; j++) {
        double left = a[j * n + j];
        for (size_t k = 0; k < j; k++)
            left -= root[j * n + k] * root[j * n + k];
        if (left < NEAREST_NOTHING) /* those before it make it up */
            continue;
        root[j * n + j] = sqrt(left);
        for (size_t i = j + 1; i < n; i++) {
            double rest = a[i * n + j];
            for (size_t k = 0; k < j; k++)
                rest -= root[i * n + k] * root[j * n + k];
            root[i * n + j] = rest / root[j * n + j];
        }
    }
}
