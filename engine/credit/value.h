/* value.h - what rights of intellectual property are worth, and can carry.
 *
 * Reads  the inputs of the policy; the terms its section `valuation` names.
 * Adds   the policy's outputs, eligible, reasons, missing, trace (policy.h);
 *        life_years, ip_value, pledge_value.
 * Rules  rule files of kind "value".
 */
#ifndef CREDIT_VALUE_H
#define CREDIT_VALUE_H

#include "policy/policy.h"

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

#endif
