/* written.h - what is told of a rule file's text once its rules stand: texts
 * left blank, examples that prove nothing or nothing new, functions that
 * nothing calls, the date that decides which version counts.
 */
#ifndef POLICY_WRITTEN_H
#define POLICY_WRITTEN_H

#include "policy/inside.h"
#include "policy/reader.h"

void written_check(const Policy *policy, Reader *r);

#endif
