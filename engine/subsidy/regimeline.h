/* regimeline.h - a simulated year's claims in line, each with what its payers
 * are to pay before budgets.
 */
#ifndef SUBSIDY_REGIMELINE_H
#define SUBSIDY_REGIMELINE_H

#include "subsidy/regime.h"

/* The year's claims that go on, in line: row[i] of the regime, number[i] of the
 * year. */
typedef struct {
    uint32_t *row, *number; /* [n] */
    size_t n;
} RegimeLine;

/*
 * Line up rows[n] of regime_rows() and take them through all that stands before
 * budgets.
 *
 * claims  [line->n] in that order: firm, county, score, paid by payer.
 * ERR_DOMAIN as subsidy_apply(); ERR_MEMORY.
 */
MUST_USE ErrCode regime_line(RegimeLine *line, Claims *claims, const Regime *r,
                             const uint32_t rows[], size_t n, Arena *arena,
                             Err *err);

/* What the queues of budgets go by, for claims_spend(): id and time of
 * submission of those claims.  ERR_MEMORY. */
MUST_USE ErrCode regime_queues(Claims *claims, const Regime *r,
                               const RegimeLine *line, Arena *arena, Err *err);

#endif
