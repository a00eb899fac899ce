/* value.h - what rights of intellectual property are worth, and can carry.
 *
 * Reads  the inputs of the policy; the terms its section `valuation` names.
 * Adds   the policy's outputs, eligible, reasons, missing, trace (policy.h);
 *        life_years, ip_value, pledge_value.
 * Rules  rule files of kind "value".
 */
#ifndef CREDIT_VALUE_H
#define CREDIT_VALUE_H

#include "credit/valuation.h"

/*
 * Value every row of ip_rights and add them up by application.
 *
 * rights        a row whose rules need a date gets `applied_on`: its
 *               application's, or `as_of` when there is none.
 *               ip_value is null where it cannot be told; pledge_value is 0 for
 *               a right that is not eligible.
 * applications  gets ip_value and pledge_value, sums over its eligible rights
 *               (0 without rights; nulls are left out); NULL: rights alone are
 * valued. ERR_RULE when the policy lacks the section `valuation`, or it is
 * faulty; ERR_INPUT for a missing column; ERR_MEMORY.
 */
MUST_USE ErrCode value_apply(Table *rights, Table *applications,
                             const Policy *policy, Date as_of, Err *err);

/* The section `valuation` as it stood on the scope's day.  ERR_RULE when there
 * is none, or with the first fault; ERR_MEMORY. */
MUST_USE ErrCode value_section(Valuation **out, QuantityScope *scope, Err *err);

/*
 * How one right was valued, as further rows of the table that policy_explain()
 * made: life by law and by use, royalty, discount, what each year brings after
 * its fee, the income method, the value, the haircut.
 *
 * rights       have been through value_apply().
 * ERR_DIFFERS  when the row computed again is not what the run left; ERR_RULE;
 *              ERR_MEMORY.
 */
MUST_USE ErrCode value_explain(Table *trace, const Policy *policy,
                               const Table *rights, size_t row, Date as_of,
                               Err *err);

/*
 * The rights behind an application's ip_value and pledge_value, a row each,
 * with what speaks against those that cannot be pledged.
 *
 * policy        that valued the rights.
 * applications  have been through value_apply() with them.
 * ERR_DIFFERS   when their sums are not those of the run; ERR_INPUT;
 *               ERR_MEMORY.
 */
MUST_USE ErrCode value_explain_rights(Table *trace, const Policy *policy,
                                      const Table *rights,
                                      const Table *applications, size_t row,
                                      Err *err);

/* Read the section of every era between 1990 and 2100 over the inputs and
 * outputs the policy lists, and list the faults of the first that has any, each
 * with its place: what a check of the rule file shows.  ERR_RULE, ERR_MEMORY.
 */
MUST_USE ErrCode value_check(const Policy *policy, Arena *arena, Texts *texts,
                             Faults *faults, Err *err);

#endif
