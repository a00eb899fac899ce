/* teller.h - one application's story: loss, price and outcome in turn. */
#ifndef CREDIT_TELLER_H
#define CREDIT_TELLER_H

#include "credit/figures.h"
#include "credit/verdict.h"

typedef struct {
    Story story;
    const Policy *policy;
    const Table *table;
    size_t row;
    Lending *lending;
    VerdictInputs in;
    Verdict j;
} Teller;

/* Each tells its steps; `j` holds what verdict_outcome() found. */
void teller_loss(Teller *t);    /* exposure, recovery, cover, lgd, loss */
void teller_price(Teller *t);   /* each part, the floor */
void teller_outcome(Teller *t); /* each test, the outcome, what is missing */

/* An id, its citation and its words for each item of a list in that column. */
void teller_list(Teller *t, const char *step, const char *column);

#endif
