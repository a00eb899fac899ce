/* scored.h - sixty cases with ties by whole-number formulas, which a reference
 * in another language can make again.
 */
#ifndef TESTS_SCORED_H
#define TESTS_SCORED_H

#include "check.h"
#include "stat/cases.h"

enum { SCORED = 60 };

typedef struct {
    Arena *arena;
    double score[SCORED], second[SCORED], weight[SCORED];
    uint8_t bad[SCORED];
    Cases cases, weighted;
} Scored;

static inline int scored_set_up(void **state)
{
    static Scored s;
    s.arena = arena_new();
    for (int i = 0; i < SCORED; i++) {
        int score = (i * 7919 + 13) % 23;
        s.score[i] = score;
        s.second[i] = (i * 104729 + 5) % 31;
        s.weight[i] = 1 + i * 5 % 4;
        s.bad[i] = (i * 31 + i * i % 17 + score) % 10 >= 6;
    }
    s.cases = (Cases){s.score, s.bad, NULL, SCORED};
    s.weighted = (Cases){s.score, s.bad, s.weight, SCORED};
    *state = &s;
    return s.arena == NULL;
}

static inline int scored_tear_down(void **state)
{
    Scored *s = *state;
    arena_free(s->arena);
    return 0;
}

#define SCORED_TEST(f)                                                         \
    cmocka_unit_test_setup_teardown(f, scored_set_up, scored_tear_down)

#endif
