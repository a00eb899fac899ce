/* credit.h - applications to decisions.
 *
 * Reads  the inputs of the policy; pledge_value where rights were valued.
 * Adds   the policy's outputs (among them pd, grade, credit_limit, binding),
 *        eligible, reasons, missing, trace (policy.h); ead, lgd, expected_loss,
 *        price_floor, outcome.
 * Rules  rule files of kind "credit"; their sections are those of lending.h.
 */
#ifndef CREDIT_CREDIT_H
#define CREDIT_CREDIT_H

#include "policy/whatif.h"

/*
 * Assess every row.
 *
 * ead            the least of the exposures the rules name.
 * lgd            of the lender, by the waterfall of recovery.h.
 * expected_loss  pd x lgd x ead.
 * price_floor    the sum of the parts of the price, rounded up to a step.
 * outcome        incomplete: a required input or a figure is null;
 *                decline: not eligible, a grade the rules refuse, a limit
 *                below their floor;
 *                refer: a grade, a limit below the amount or an asked rate
 *                below the floor that they leave to a person;
 *                else approve.
 * reasons        what led to it, as many as the rules read out: failed
 *                eligibility rows, then scorecard rows by points lost; or the
 *                constraint that bound; null for approve and incomplete.
 *
 * ERR_RULE when the policy lacks the section `outcome` or puts out no pd,
 * credit_limit or grade, or a section is faulty; ERR_INPUT for a column that is
 * absent; ERR_MEMORY.
 */
MUST_USE ErrCode credit_apply(Table *applications, const Policy *policy,
                              Date as_of, Err *err);

/* The same of rows that are judged with one value changed, as whatif_apply() in
 * policy/whatif.h: of[rows]. */
MUST_USE ErrCode credit_variants(Table *variants, const Policy *policy,
                                 Date as_of, const WhatIf of[], Err *err);

/*
 * What the model made of one row, as further rows of the table that
 * policy_explain() made (step, rule, cite, formula, values, result, text): each
 * layer of the recovery, the cover, lgd, expected loss, each part of the price,
 * each test of the outcome, the outcome, and its reasons in words.
 *
 * applications  have been through credit_apply().
 * ERR_DIFFERS   when the row computed again is not what the run left;
 *               ERR_RULE, ERR_INPUT as credit_apply(); ERR_MEMORY.
 */
MUST_USE ErrCode credit_explain(Table *trace, const Policy *policy,
                                const Table *applications, size_t row,
                                Date as_of, Err *err);

/* Read the sections of every era between 1990 and 2100 over the inputs and
 * outputs the policy lists, and list the faults of the first that has any, each
 * with its place: what a check of the rule file shows.  ERR_RULE, ERR_MEMORY.
 */
MUST_USE ErrCode credit_check(const Policy *policy, Arena *arena, Texts *texts,
                              Faults *faults, Err *err);

#endif
