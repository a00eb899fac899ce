/* verdict.h - one application's estimates and outcome, from its columns. */
#ifndef CREDIT_VERDICT_H
#define CREDIT_VERDICT_H

#include "credit/lending.h"

/* The columns it reads; missing, rate and binding may be NULL. */
typedef struct {
    const Column *amount, *eligible, *missing, *pd, *limit, *binding, *rate;
} VerdictInputs;

/* ERR_INPUT for a column that is absent; ERR_RULE for an output the policy must
 * have. */
MUST_USE ErrCode verdict_inputs(VerdictInputs *out, const Table *applications,
                                const Policy *policy, Err *err);

typedef struct {
    double ead, lgd;                  /* yuan; part of it */
    int64_t ead_fen, loss_fen, price; /* as credit.h has them */
    OutcomeFacts facts;
    Cause cause;
    Outcome outcome;
} Verdict;

/* Exposure and loss of a row; the rest of *out is zero. */
void verdict_loss(Verdict *out, const VerdictInputs *in, Lending *lending,
                  size_t row);

/* Then price and outcome: the parts of a price may name the columns that have
 * got the figures of verdict_loss(). */
void verdict_outcome(Verdict *out, const VerdictInputs *in,
                     const Lending *lending, size_t row);

/* The sections of a policy as they stood on the scope's day.  ERR_RULE when
 * there is no `outcome`, or with the first fault; ERR_MEMORY. */
MUST_USE ErrCode verdict_sections(Lending **out, QuantityScope *scope,
                                  Err *err);

#endif
