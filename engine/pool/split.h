/* split.h - what a party loses, told apart by firm, industry, county or bank,
 * and summed over the scenarios of its tail.
 */
#ifndef POOL_SPLIT_H
#define POOL_SPLIT_H

#include "pool/tail.h"

typedef struct {
    const char *by;          /* "firm" */
    size_t n, parties;       /* parts; who loses */
    const uint32_t *of;      /* [nloans] the part of a loan */
    const char *const *name; /* [n] NULL: the loans that name none */
    double *sum, *square;    /* [parties][n] weighted by tail_weight() */
    double *near;            /* [parties][n] where tail_is_near() */
    double *now;             /* [n] of the scenario at hand, 0 between them */
    uint32_t *touched;       /* [ntouched] parts that have any of it */
    uint8_t *is_touched;     /* [n] */
    size_t ntouched;
} Split;

/* By a column of texts of the portfolio; or by firm, where it is NULL.
 * ERR_MEMORY. */
MUST_USE ErrCode split_open(Split *split, Arena *arena, const Book *book,
                            const Column *column, size_t parties, Err *err);

/* A loan loses so much in the scenario at hand. */
static inline void split_add(Split *s, uint32_t loan, double fen)
{
    uint32_t part = s->of[loan];
    if (!s->is_touched[part]) {
        s->is_touched[part] = 1;
        s->touched[s->ntouched++] = part;
    }
    s->now[part] += fen;
}

/* The scenario at hand is that of a party, and has cost it `loss`. */
void split_end(Split *s, size_t party, const Tail *tail, int64_t loss);

/* A part's contribution to a party's expected shortfall, with its error. */
Figure split_figure(const Split *s, size_t party, const Tail *tail,
                    size_t part);

#endif
