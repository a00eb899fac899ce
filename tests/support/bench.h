/* bench.h - clocks, memory and draws of the benchmarks. */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static inline double bench_clock(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline double bench_wall(void)
{
    return bench_clock(CLOCK_MONOTONIC);
}

/* Seconds of processor of all threads, in the program and in the system for
 * it: what a busy machine does not blur. */
static inline double bench_cpu(void)
{
    return bench_clock(CLOCK_PROCESS_CPUTIME_ID);
}

static inline double bench_peak_mib(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double)used.ru_maxrss / 1024;
}

/* SplitMix64 (Steele, Lea and Flood, 2014), so that every run is alike. */
static inline uint64_t bench_draw(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Stages as the engine tells of them; each lasts until the next one. */
typedef struct {
    const char *name;
    double at, cpu; /* the clocks when it began */
} BenchStage;

typedef struct {
    BenchStage items[8];
    size_t n;
} BenchStages;

/* A job's progress; `to` are BenchStages. */
static inline int bench_stage(void *to, const char *stage, double part)
{
    BenchStages *s = to;
    (void)part;
    if (s->n < 7 && (s->n == 0 || strcmp(s->items[s->n - 1].name, stage) != 0))
        s->items[s->n++] = (BenchStage){stage, bench_wall(), bench_cpu()};
    return 0;
}

static inline void bench_print(const BenchStages *s)
{
    for (size_t i = 0; i + 1 < s->n; i++)
        printf("  %-7s %5.2f s, %5.2f s of CPU\n", s->items[i].name,
               s->items[i + 1].at - s->items[i].at,
               s->items[i + 1].cpu - s->items[i].cpu);
}

#endif
