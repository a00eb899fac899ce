/* Binning of 20 columns of a million numbers, beside the least that has to be
 * done: qsort() of value and outcome, and one loop that counts equal shares. */
#include "bench.h"

#include "credit/classing.h"
#include "stat/normal.h"
#include "stat/stream.h"

#include <omp.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 1000000, COLUMNS = 20, PRE = 100 };

static double *x[COLUMNS];
static uint8_t *event;

/* Normals; every fourth column has few different values. */
static void draw(void)
{
    Stream s = stream_new(1, 20, 0);
    for (size_t k = 0; k < COLUMNS; k++) {
        x[k] = malloc(ROWS * sizeof **x);
        if (x[k] == NULL)
            exit(EXIT_FAILURE);
        normal_draws(SIMD_PORTABLE, x[k], s, k * ROWS, ROWS);
        for (size_t i = 0; i < ROWS && k % 4 == 3; i++)
            x[k][i] = (double)(long)(30 * x[k][i]);
    }
    event = malloc(ROWS);
    if (event == NULL)
        exit(EXIT_FAILURE);
    for (size_t i = 0; i < ROWS; i++) {
        double sum = -2.5;
        for (size_t k = 0; k < COLUMNS; k++)
            sum += (k % 4 == 3 ? .005 : .15) * x[k][i];
        event[i] = normal_uniform(stream_word(s, 21 * ROWS + i)) <
                   1 / (1 + normal_exp(-sum));
    }
}

typedef struct {
    double x;
    uint8_t event;
} Pair;

static int by_value(const void *a, const void *b)
{
    double p = ((const Pair *)a)->x, q = ((const Pair *)b)->x;
    return (p > q) - (p < q);
}

static double plain(size_t rows, size_t columns)
{
    double start = bench_wall();
    Pair *pair = malloc(rows * sizeof *pair);
    uint64_t events = 0;
    if (pair == NULL)
        exit(EXIT_FAILURE);
    for (size_t k = 0; k < columns; k++) {
        uint64_t count[PRE] = {0};
        for (size_t i = 0; i < rows; i++)
            pair[i] = (Pair){x[k][i], event[i]};
        qsort(pair, rows, sizeof *pair, by_value);
        for (size_t i = 0; i < rows; i++)
            count[i * PRE / rows] += pair[i].event;
        events += count[PRE - 1];
    }
    free(pair);
    return bench_wall() - start +
           (events == 0); /* events: it is not left out */
}

static double ours(size_t rows, size_t columns, int threads)
{
    const ClassingRule rule = {.trend = BINS_AUTO,
                               .pre = PRE,
                               .bins_least = 2,
                               .bins_most = 8,
                               .share_least = .01,
                               .events_least = 1,
                               .others_least = 1};
    const BinRows all = {event, NULL, rows};
    double start = bench_wall();
    int failed = 0;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t k = 0; k < columns; k++) {
        Arena *arena = arena_new();
        Classing c;
        const Column column = {.name = "x", .type = TYPE_REAL, .d = x[k]};
        if (arena == NULL ||
            classing_of(&c, arena, &column, &all, &rule, NULL) != OK ||
            c.why != NULL)
#pragma omp atomic write
            failed = 1;
        arena_free(arena);
    }
    if (failed)
        exit(EXIT_FAILURE);
    return bench_wall() - start;
}

static void compare(size_t rows, size_t columns, int threads)
{
    double base = plain(rows, columns), time = ours(rows, columns, threads);
    printf(
        "  %7zu x %2zu, %d thread%s %6.2f s; qsort and a loop %6.2f s, "
        "%.1f times\n",
        rows, columns, threads, threads == 1 ? ": " : "s:", time, base,
        base / time);
}

int main(void)
{
    printf("binning: %d pre-bins, at most 8 bins, trend auto\n", PRE);
    draw();
    compare(ROWS, COLUMNS, omp_get_max_threads());
    compare(ROWS, COLUMNS, 1);
    compare(ROWS / 2, COLUMNS, 1);
    compare(ROWS / 4, COLUMNS, 1);
    compare(ROWS, COLUMNS / 2, 1);
    return EXIT_SUCCESS;
}
