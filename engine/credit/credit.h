/* credit.h - applications to decisions.
 *
 * Reads  the inputs of the policy; pledge_value where rights were valued.
 * Adds   the policy's outputs (score, pd, grade ...), lgd, ead, expected_loss,
 *        credit_limit, binding, price_floor, outcome, reasons, trace.
 * Rules  rule files of kind "credit".
 */
#ifndef CREDIT_CREDIT_H
#define CREDIT_CREDIT_H

#include "policy/policy.h"

/*
 * Assess every row.  Outcomes: incomplete (a required input is null), decline
 * (not eligible, or a grade the rules refuse), refer (a grade or a limit below
 * the amount that the rules leave to a person), approve.
 * ERR_RULE when the policy lacks a section it needs, or a column is absent;
 * ERR_MEMORY.
 */
MUST_USE ErrCode credit_apply(Table *applications, const Policy *policy,
                              Date as_of, Err *err);

#endif
