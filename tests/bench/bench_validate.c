/* Validation of scored cases, seconds of processor, one thread: the AUC with
 * DeLong's error, KS, the Brier score, calibration line and groups; then one
 * bootstrap sample.  Beside it the least that an AUC takes: qsort() of score
 * and outcome and one walk over ranks.  How it grows with the cases. */
#include "bench.h"

#include "credit/validation.h"
#include "stat/bootstrap.h"
#include "stat/brier.h"
#include "stat/calibration.h"
#include "stat/normal.h"
#include "stat/roc.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST = 1000000 };

static double pd[MOST];
static uint8_t bad[MOST];

/* PDs of two digits after the fourth, so that some are equal. */
static void draw(void)
{
    Stream s = stream_new(3, 77, 0);
    for (size_t i = 0; i < MOST; i++) {
        double u = normal_uniform(stream_word(s, 2 * i));
        pd[i] = (double)(long)(1 + 199999 * u * u) / 1e6;
        bad[i] = normal_uniform(stream_word(s, 2 * i + 1)) < pd[i];
    }
}

typedef struct {
    double pd;
    uint8_t bad;
} Pair;

static int by_pd(const void *a, const void *b)
{
    double x = ((const Pair *)a)->pd, y = ((const Pair *)b)->pd;
    return (x > y) - (x < y);
}

static double plain(size_t n, double *seconds)
{
    double start = bench_cpu(), ranks = 0, bads = 0;
    Pair *pair = malloc(n * sizeof *pair);
    if (pair == NULL)
        exit(EXIT_FAILURE);
    for (size_t i = 0; i < n; i++)
        pair[i] = (Pair){pd[i], bad[i]};
    qsort(pair, n, sizeof *pair, by_pd);
    for (size_t i = 0, j; i < n; i = j) {
        double in = 0;
        for (j = i; j < n && pair[j].pd == pair[i].pd; j++)
            in += pair[j].bad;
        ranks += in * ((double)(i + j) + 1) / 2;
        bads += in;
    }
    free(pair);
    *seconds = bench_cpu() - start;
    return (ranks - bads * (bads + 1) / 2) / (bads * ((double)n - bads));
}

static void stop(const Err *err)
{
    fprintf(stderr, "%s\n", err->text);
    exit(EXIT_FAILURE);
}

/* Everything of one model; one bootstrap sample apart. */
static double ours(size_t n, double *seconds, double *sample)
{
    Err err = {0};
    RocPair p;
    CalibrationLine line;
    CalibrationGroup groups[10];
    double start = bench_cpu(), stats[VALIDATION_STATS];
    Arena *arena = arena_new();
    Validation v = {.cases = {pd, bad, NULL, n}, .is_pd = 1};
    double *count = arena_alloc(arena, n, sizeof *count);
    if (count == NULL || cases_order(&v.order, arena, &v.cases, &err) != OK ||
        roc_compare(&p, arena, &v.cases, pd, &err) != OK ||
        calibration_line(&line, arena, &v.cases, &err) != OK)
        stop(&err);
    validation_stats(stats, &v, NULL);
    calibration_groups(groups, 10, &v.cases, &v.order);
    *seconds = bench_cpu() - start;
    start = bench_cpu();
    bootstrap_draw(count, n, stream_new(1, BOOTSTRAP_USE, 0), 1);
    validation_stats(stats, &v, count);
    *sample = bench_cpu() - start;
    arena_free(arena);
    return p.auc[0];
}

int main(void)
{
    draw();
    printf(
        "validation, one thread: cases, all figures of a model, one "
        "bootstrap sample; AUC alone by qsort\n");
    for (size_t n = MOST / 100; n <= MOST; n *= 10) {
        double all, sample, sorted;
        double a = ours(n, &all, &sample), b = plain(n, &sorted);
        printf("%8zu  %.4f s  %.4f s  %.4f s  (%.1f times that)%s\n", n, all,
               sample, sorted, all / sorted,
               a - b < 1e-12 && b - a < 1e-12 ? "" : "  AUCs differ!");
    }
    return 0;
}
