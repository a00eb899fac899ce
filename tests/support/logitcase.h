/* logitcase.h - 400 rows on columns of very different size, by whole-number
 * formulas which a reference in another language can make again.
 */
#ifndef TESTS_LOGITCASE_H
#define TESTS_LOGITCASE_H

#include "check.h"
#include "core/mem.h"
#include "stat/logit.h"

enum { LOGIT_ROWS = 400, LOGIT_COLUMNS = 4, LOGIT_TERMS = 5 };

typedef struct {
    Arena *arena;
    double x[LOGIT_COLUMNS][LOGIT_ROWS], weight[LOGIT_ROWS], offset[LOGIT_ROWS];
    uint8_t y[LOGIT_ROWS];
    const double *columns[LOGIT_COLUMNS];
    LogitData plain, weighted; /* the second has offsets too */
    Err err;
} LogitCase;

static inline int logit_set_up(void **state)
{
    static LogitCase c;
    static const char *const names[] = {"share", "year", "amount", "tech"};
    c.arena = arena_new();
    c.err = (Err){0};
    for (int i = 0; i < LOGIT_ROWS; i++) {
        int share = (i * 7919 + 13) % 101, year = 2000 + i * 31 % 24;
        int millions = 1 + i * 104729 % 977, tech = i * 17 % 5 == 0;
        c.x[0][i] = share;
        c.x[1][i] = year;
        c.x[2][i] = millions * 1e6;
        c.x[3][i] = tech;
        c.y[i] = (i * i * 37 + i * 11) % 211 + share + (millions - 1) / 10 +
                     20 * tech >
                 230;
        c.weight[i] = 1 + i * 5 % 4;
        c.offset[i] = (i * 13 % 7 - 3) / 8.;
    }
    for (int j = 0; j < LOGIT_COLUMNS; j++)
        c.columns[j] = c.x[j];
    c.plain = (LogitData){c.columns, names,      c.y,          NULL,
                          NULL,      LOGIT_ROWS, LOGIT_COLUMNS};
    c.weighted = c.plain;
    c.weighted.weight = c.weight;
    c.weighted.offset = c.offset;
    *state = &c;
    return c.arena == NULL;
}

static inline int logit_tear_down(void **state)
{
    LogitCase *c = *state;
    arena_free(c->arena);
    return 0;
}

#define LOGIT_TEST(f)                                                          \
    cmocka_unit_test_setup_teardown(f, logit_set_up, logit_tear_down)

#endif
