#include "stat/transitions.h"

#include <gsl/gsl_linalg.h>
#include <string.h>

enum { TERMS = 20 }; /* 1 / 20! is 4e-19 */

void transitions_count(double moves[], double years[], size_t k,
                       const Spell spells[], size_t n, const double weight[])
{
    memset(moves, 0, k * k * sizeof *moves);
    memset(years, 0, k * sizeof *years);
    for (size_t i = 0; i < n; i++) {
        const Spell *s = &spells[i];
        double w = weight == NULL ? 1 : weight[s->firm];
        moves[s->from * k + s->to] += w;
        years[s->from] += w * s->years;
    }
}

void transitions_shares(double p[], const double moves[], size_t k)
{
    for (size_t i = 0; i < k; i++) {
        double sum = 0;
        for (size_t j = 0; j < k; j++)
            sum += moves[i * k + j];
        int moved = sum > 0 && i + 1 < k;
        for (size_t j = 0; j < k; j++)
            p[i * k + j] = moved ? moves[i * k + j] / sum : i == j;
    }
}

void transitions_rates(double q[], const double moves[], const double years[],
                       size_t k)
{
    memset(q, 0, k * k * sizeof *q);
    for (size_t i = 0; i + 1 < k; i++) {
        double out = 0;
        for (size_t j = 0; j < k; j++) {
            if (i == j || !(years[i] > 0))
                continue;
            q[i * k + j] = moves[i * k + j] / years[i];
            out += q[i * k + j];
        }
        q[i * k + i] = -out;
    }
}

static void multiply(double out[], const double a[], const double b[], size_t k)
{
    memset(out, 0, k * k * sizeof *out);
    for (size_t i = 0; i < k; i++)
        for (size_t m = 0; m < k; m++)
            for (size_t j = 0; j < k; j++)
                out[i * k + j] += a[i * k + m] * b[m * k + j];
}

static void sum_to_one(double p[], size_t k)
{
    for (size_t i = 0; i < k; i++) {
        double sum = 0;
        for (size_t j = 0; j < k; j++)
            sum += p[i * k + j];
        for (size_t j = 0; j < k; j++)
            p[i * k + j] /= sum;
    }
}

static void be_one(double p[], size_t k)
{
    for (size_t i = 0; i < k * k; i++)
        p[i] = i % (k + 1) == 0;
}

/* The chances of a single step of the chain whose steps come u times. */
static void one_step(double step[], const double q[], size_t k, double most)
{
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++) {
            double rate = q[i * k + j];
            step[i * k + j] = i == j ? (most + rate) / most : rate / most;
        }
}

void transitions_exp(double p[], const double q[], size_t k, double t,
                     double work[])
{
    double *step = work, *next = &work[k * k], most = 0;
    int halved = 0;
    for (size_t i = 0; i < k; i++)
        most = -q[i * k + i] > most ? -q[i * k + i] : most;
    be_one(p, k);
    if (!(most * t > 0))
        return;
    double u = most * t;
    for (; u > 1; u /= 2)
        halved++;
    one_step(step, q, k, most);
    for (int m = TERMS; m > 0; m--) { /* Horner */
        multiply(next, step, p, k);
        for (size_t i = 0; i < k * k; i++)
            p[i] = (i % (k + 1) == 0) + u / m * next[i];
    }
    sum_to_one(p, k);
    for (; halved > 0; halved--) {
        multiply(next, p, p, k);
        memcpy(p, next, k * k * sizeof *p);
        sum_to_one(p, k);
    }
}

void transitions_defaults(double pd[], size_t years, const double p[], size_t k)
{
    for (size_t i = 0; i < k; i++)
        pd[i] = p[i * k + k - 1];
    for (size_t y = 1; y < years; y++)
        for (size_t i = 0; i < k; i++) {
            double sum = 0;
            for (size_t j = 0; j < k; j++)
                sum += p[i * k + j] * pd[(y - 1) * k + j];
            pd[y * k + i] = sum < 1 ? sum : 1;
        }
}

double transitions_mobility(const double p[], size_t k, double work[])
{
    double sum = 0;
    gsl_matrix_view a = gsl_matrix_view_array(work, k, k);
    gsl_matrix_view v = gsl_matrix_view_array(&work[k * k], k, k);
    gsl_vector_view s = gsl_vector_view_array(&work[2 * k * k], k);
    for (size_t i = 0; i < k * k; i++)
        work[i] = p[i] - (i % (k + 1) == 0);
    gsl_linalg_SV_decomp_jacobi(&a.matrix, &v.matrix, &s.vector);
    for (size_t i = 0; i < k; i++)
        sum += gsl_vector_get(&s.vector, i);
    return sum / (double)k;
}
