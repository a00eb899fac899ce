/* Rates of the subsidy engine: scales and the allocation of budgets. */
#include "policy/scale.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { N = 1000000, ROUNDS = 7 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t state = UINT64_C(88172645463325252);

static uint64_t next_number(void) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* Six brackets, 10% falling to 1%, from 500,000 yuan each time doubled. */
static const Bracket brackets[] = {
    {{0}, {100000000}, {0}},        {{50000000}, {80000000}, {0}},
    {{100000000}, {60000000}, {0}}, {{200000000}, {40000000}, {0}},
    {{400000000}, {20000000}, {0}}, {{800000000}, {10000000}, {0}},
};
static const Scale scale = {SCALE_MARGINAL_RATE, 6, brackets};

/* The plain way: 128 bits, bracket by bracket. */
static int64_t plain(int64_t value)
{
    Exact sum = 0;
    for (size_t k = 0; k < scale.n; k++) {
        int64_t from = brackets[k].from.fen;
        int64_t to = k + 1 < scale.n ? brackets[k + 1].from.fen : INT64_MAX;
        int64_t top = value < to ? value : to;
        if (top > from)
            sum += (Exact)(top - from) * brackets[k].rate.billionths;
    }
    return (int64_t)((sum + RATIO_ONE / 2) / RATIO_ONE);
}

static void show(const char *what, double best)
{
    printf("%s: %.1f million amounts/s\n", what, N / best * 1e-6);
}

static void bench_scale(int64_t out[], const int64_t value[])
{
    double best[2] = {1e9, 1e9};
    int64_t off = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        scale_apply(out, &scale, value, N);
        double middle = seconds();
        for (size_t i = 0; i < N; i++)
            off += out[i] != plain(value[i]);
        double end = seconds();
        best[0] = middle - start < best[0] ? middle - start : best[0];
        best[1] = end - middle < best[1] ? end - middle : best[1];
    }
    show("scale_apply, 6 brackets", best[0]);
    show("128-bit loop over the brackets", best[1]);
    printf("rows where they differ: %lld\n", (long long)off);
}

int main(void)
{
    static int64_t value[N], out[N];
    for (size_t i = 0; i < N; i++)
        value[i] = (int64_t)(next_number() % 1500000000);
    bench_scale(out, value);
    return EXIT_SUCCESS;
}
