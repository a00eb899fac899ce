/* enumerated.h - every path of a small book of four parties through its scheme,
 * with its chance, and figures of them beside those computed elsewhere.
 * Amounts are in units of UNIT fen.
 */
#ifndef TESTS_ENUMERATED_H
#define TESTS_ENUMERATED_H

#include "check.h"

#include "book.h"
#include "pool/model.h"

#define UNIT 1e12

/* What is known of the book: means by party, chances of the first three years
 * by which the pool (party 3) runs dry and the re-guarantor's (2) cap binds,
 * and the guarantor's (1) tail. */
typedef struct {
    double gross[4], net[4], dry[3], capped[3];
    struct {
        double level, var, es;
    } tail[3];
} Known;

static const char *const enumerated_parties[] = {"bank", "guarantor",
                                                 "reguarantor", "pool"};

typedef struct {
    int64_t loss; /* the guarantor's, net */
    double chance;
} Outcome;

typedef struct {
    double gross[4], net[4], dry[3], capped[3];
    Outcome *outcomes; /* [n] */
    size_t n;
} Sums;

/* The slot of each loan: the order is by pd. */
static inline uint32_t enumerated_slot(const Model *m, size_t loan)
{
    for (size_t k = 0; k < m->book->nloans; k++)
        if (m->book->loans[k].row == loan)
            return m->book->loans[k].slot;
    fail();
    return 0;
}

/* The scenario in the worker's table, of that chance, through the scheme. */
static inline void enumerated_add(Sums *s, const Model *m, Worker *k,
                                  double chance)
{
    int was_dry = 0;
    model_path(m, k, 0);
    for (int y = 0; y < 3; y++) {
        s->dry[y] += !was_dry && k->path.year[y].dry >> 3 & 1 ? chance : 0;
        was_dry |= (int)(k->path.year[y].dry >> 3 & 1);
        s->capped[y] += k->path.year[y].capped >> 2 & 1 ? chance : 0;
    }
    for (int j = 0; j < 4; j++) {
        s->gross[j] += chance * (double)k->path.gross[j] / UNIT;
        s->net[j] += chance * (double)k->path.net[j] / UNIT;
    }
    s->outcomes[s->n++] = (Outcome){k->path.net[1], chance};
}

static inline int enumerated_order(const void *a, const void *b)
{
    const Outcome *x = a, *y = b;
    return x->loss < y->loss ? -1 : x->loss > y->loss;
}

/* VaR: the first loss at which `level` is reached; ES beyond it. */
static inline void enumerated_tail(const Sums *s, double level, double var,
                                   double es)
{
    const Outcome *o = s->outcomes;
    double sum = 0, beyond = 0;
    size_t at = 0;
    while (sum + o[at].chance < level - 1e-12)
        sum += o[at++].chance;
    for (size_t i = at; i < s->n; i++)
        beyond += o[i].chance * (double)(o[i].loss - o[at].loss) / UNIT;
    assert_close((double)o[at].loss / UNIT, var, 1e-12);
    assert_close((double)o[at].loss / UNIT + beyond / (1 - level), es, 1e-11);
}

/* All paths together are what is known. */
static inline void enumerated_check(Sums *s, const Known *want)
{
    for (int j = 0; j < 4; j++) {
        assert_close(s->gross[j], want->gross[j], 1e-11);
        assert_close(s->net[j], want->net[j], 1e-11);
    }
    for (int y = 0; y < 3; y++) {
        assert_close(s->dry[y], want->dry[y], 1e-11);
        assert_close(s->capped[y], want->capped[y], 1e-11);
    }
    qsort(s->outcomes, s->n, sizeof *s->outcomes, enumerated_order);
    for (size_t i = 0; i < COUNT(want->tail); i++)
        enumerated_tail(s, want->tail[i].level, want->tail[i].var,
                        want->tail[i].es);
}

static inline void is_near(double got, double want, double se)
{
    if (!(fabs(got - want) < 4 * se))
        print_error("%.12g is not near %.12g, error %.3g\n", got, want, se);
    assert_true(fabs(got - want) < 4 * se);
}

/* A simulation of the book is what is known within four of its errors, the
 * exact mean to the last digits. */
static inline void enumerated_near(const Case *c, const Known *want)
{
    double sum = 0;
    for (int j = 0; j < 4; j++) {
        const char *p = enumerated_parties[j];
        sum += want->net[j];
        is_near(case_figure(c, p, "gross_el", 0, "value") / UNIT,
                want->gross[j], case_figure(c, p, "gross_el", 0, "se") / UNIT);
        is_near(case_figure(c, p, "el", 0, "value") / UNIT, want->net[j],
                case_figure(c, p, "el", 0, "se") / UNIT);
    }
    for (int y = 0; y < 3; y++) {
        is_near(case_chance(c, "pool_ruin", "pool", y + 1, "probability"),
                want->dry[y], case_chance(c, "pool_ruin", "pool", y + 1, "se"));
        is_near(
            case_chance(c, "pool_events", "reguarantor", y + 1, "probability"),
            want->capped[y],
            case_chance(c, "pool_events", "reguarantor", y + 1, "se"));
    }
    assert_close(case_figure(c, "total", "el_exact", 0, "value") / UNIT, sum,
                 1e-12);
}

#endif
