/* carry.h - what a budget that is carried over has in a year. */
#ifndef SUBSIDY_CARRY_H
#define SUBSIDY_CARRY_H

#include "policy/terms.h"

/* Whose terms the years between are read from. */
typedef struct {
    const Policy *policy;
    const TermsBook *book; /* knows the budget's payer */
    Arena *arena;
    Texts *texts; /* has the budget's county */
} CarrySource;

/*
 * The budget's own amount, what `left` stayed of it in the year `before`, and
 * all that it had in the years between, which had no claims: the amount of the
 * last day of each, nothing where no such budget was in force.  A policy
 * without dates has the same amount every year.
 *
 * ERR_DOMAIN beyond 9e15 yuan; ERR_RULE when terms do not hold together;
 * ERR_MEMORY.
 */
MUST_USE ErrCode carry_amount(Money *out, CarrySource source,
                              const Budget *budget, int64_t left, int before,
                              int year, Err *err);

#endif
