/* Logistic regression of 1,000,000 rows on 20 columns, beside a plain loop of
 * the same work: libm's exp, and the sums of each row one by one.
 */
#include "bench.h"

#include "core/mem.h"
#include "stat/logit.h"
#include "stat/normal.h"
#include "stat/setup.h"
#include "stat/solve.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS = 1000000, COLUMNS = 40, TERMS = COLUMNS + 1, SHOWN = 20 };

typedef struct {
    double *x[COLUMNS];
    const double *columns[COLUMNS];
    const char *names[COLUMNS];
    uint8_t *y;
} Made;

/* Normal columns, one row in ten an event. */
static void make(Made *m, Arena *arena, size_t columns)
{
    double *index = mem_new(ROWS, sizeof *index);
    m->y = arena_alloc(arena, ROWS, sizeof *m->y);
    for (size_t j = 0; j < columns; j++) {
        m->x[j] = arena_alloc(arena, ROWS, sizeof(double));
        if (m->x[j] == NULL || m->y == NULL || index == NULL)
            abort();
        normal_draws(simd_isa(), m->x[j], stream_new(20, (uint32_t)j, 0), 0,
                     ROWS);
        for (size_t i = 0; i < ROWS; i++)
            index[i] += m->x[j][i] * (j % 2 == 0 ? 0.3 : -0.2);
        m->columns[j] = m->x[j];
        m->names[j] = "x";
    }
    Stream u = stream_new(21, 0, 0);
    for (size_t i = 0; i < ROWS; i++)
        m->y[i] =
            normal_uniform(stream_word(u, i)) < 1 / (1 + exp(2.6 - index[i]));
    mem_free(index);
}

static double fit(Logit *out, const Made *m, size_t n, size_t k, int threads)
{
    Err err = {0};
    Arena *arena = arena_new();
    const LogitData d = {m->columns, m->names, m->y, NULL, NULL, n, k};
    double start = bench_wall();
    if (arena == NULL ||
        logit_fit(out, arena, &d, &(LogitOptions){.threads = threads}, &err)) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    double took = bench_wall() - start;
    arena_free(arena);
    return took;
}

/* Sums of one step in `h` (lower triangle) and `g`, row by row. */
static void plain_pass(double h[], double g[], const double b[], const Made *m,
                       size_t n, size_t k)
{
    double row[TERMS] = {1};
    memset(h, 0, (k + 1) * (k + 1) * sizeof *h);
    memset(g, 0, (k + 1) * sizeof *g);
    for (size_t i = 0; i < n; i++) {
        double index = b[0];
        for (size_t j = 0; j < k; j++) {
            row[j + 1] = m->columns[j][i];
            index += b[j + 1] * row[j + 1];
        }
        double p = 1 / (1 + exp(-index)), w = p * (1 - p);
        for (size_t j = 0; j <= k; j++) {
            g[j] += (m->y[i] - p) * row[j];
            for (size_t l = 0; l <= j; l++)
                h[j * (k + 1) + l] += w * row[j] * row[l];
        }
    }
}

static double plain_fit(double b[], const Made *m, size_t n, size_t k,
                        int steps)
{
    static double h[TERMS * TERMS], g[TERMS];
    double start = bench_wall();
    memset(b, 0, TERMS * sizeof *b);
    for (int s = 0; s < steps; s++) {
        plain_pass(h, g, b, m, n, k);
        if (solve_factor(h, k + 1, 0) <= k)
            exit(1);
        solve_with(g, h, k + 1);
        for (size_t j = 0; j <= k; j++)
            b[j] += g[j];
    }
    return bench_wall() - start;
}

int main(void)
{
    static Made m;
    static double b[TERMS];
    Logit f;
    Arena *arena = arena_new();
    stat_setup();
    int cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
    make(&m, arena, SHOWN);
    double took = fit(&f, &m, ROWS, SHOWN, cores);
    double peak = bench_peak_mib(), one = fit(&f, &m, ROWS, SHOWN, 1);
    double plain = plain_fit(b, &m, ROWS, SHOWN, f.steps + 1);
    printf(
        "logit, %d rows, %d columns, %d looks at the rows: %.3f s on %d "
        "cores, %.3f s on one; peak %.0f MB, of it data %.0f MB\n"
        "  a plain loop of as many looks: %.3f s, %.1f and %.1f times\n",
        ROWS, SHOWN, f.steps + 1, took, cores, one, peak,
        (8. * SHOWN + 1) * ROWS / 1048576, plain, plain / took, plain / one);
    for (size_t n = ROWS / 8; n <= ROWS; n *= 2) {
        took = fit(&f, &m, n, SHOWN, 1);
        printf("  %7zu rows: %.3f s on one core, %.1f ns a row and look\n", n,
               took, took / (double)n / (f.steps + 1) * 1e9);
    }
    arena_reset(arena);
    make(&m, arena, COLUMNS);
    for (size_t k = 5; k <= COLUMNS; k *= 2) {
        took = fit(&f, &m, ROWS, k, 1);
        printf("  %7zu columns: %.3f s on one core, %.1f ns a row and look\n",
               k, took, took / ROWS / (f.steps + 1) * 1e9);
    }
    arena_free(arena);
    return 0;
}
