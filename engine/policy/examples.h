/* examples.h - the proof that a rule file carries along. */
#ifndef POLICY_EXAMPLES_H
#define POLICY_EXAMPLES_H

#include "policy/inside.h"
#include "policy/reader.h"

/* Run every example of the file; one that fails is a fault that shows what was
 * expected, what came out and the trace.  0 after faults. */
int examples_run(Policy *policy, Reader *r);

/* The day of an example, the program that judges it, and a frame of that with
 * the facts given in place 0.  0 after faults. */
int examples_given(const Program **program, void ***at, Date *day,
                   Policy *policy, const Doc *group, Reader *r);

#endif
