/* scored.h - scored cases with their outcomes out of a file of any headers, by
 * the options --target --bad --pd --score --card --challenger
 * --challenger-card --weight --grade --segment --month --base --rho.
 */
#ifndef FLOW_SCORED_H
#define FLOW_SCORED_H

#include "credit/validation.h"
#include "flow/job.h"

enum { SCORED_NAMED = 8 };

typedef struct {
    Table *sheet;
    Table *base;      /* of --base, or NULL */
    Validation of;    /* without its order */
    uint64_t samples; /* of the bootstrap: --bootstrap, first 999 */
    const char *named[SCORED_NAMED]; /* columns with a part to play, or NULL */
} Scored;

/*
 * Rows whose target is null are left out, and their number is said.  Scores
 * are a column, or what the rules of a card put out: its pd, else its score,
 * and its grade where there is no --grade.
 * ERR_USAGE for an option that is missing or names no column; ERR_INPUT naming
 * the line of a row without a score, or with a PD that is none.
 */
MUST_USE ErrCode scored_read(Scored *out, Job *job, Err *err);

/* The column of numbers that an option names; *out NULL when it is not given.
 * ERR_USAGE. */
MUST_USE ErrCode scored_number(const Column **out, const Job *job,
                               const Table *sheet, const char *option,
                               Err *err);

/* The same of any column. */
MUST_USE ErrCode scored_column(const Column **out, const Job *job,
                               const Table *sheet, const char *option,
                               Err *err);

/* Scores of rows[n], turned so that a higher one is riskier.  ERR_INPUT naming
 * the line of one that is missing, or no PD. */
MUST_USE ErrCode scored_scores(const double **out, const Table *sheet,
                               const Column *c, int is_pd,
                               const uint32_t rows[], size_t n, Err *err);

/* Rows of which the target is known, and whether it is a default. */
MUST_USE ErrCode scored_outcomes(uint32_t **rows, size_t *n, uint8_t **bad,
                                 const Job *job, const Table *sheet,
                                 const Column *target, Err *err);

/* Is the target's cell, which is not null, a default: the value `bad`, or,
 * where that is NULL, 1, true, yes, bad ...? */
int scored_is_bad(const Column *target, size_t row, const char *bad);

/* The file of an option as a sheet, the columns words[n] not as numbers;
 * faults are printed. */
MUST_USE ErrCode scored_sheet(Table **out, Job *job, const char *option,
                              const char *const words[], size_t n, Err *err);

#endif
