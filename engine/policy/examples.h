/* examples.h - the proof that a rule file carries along. */
#ifndef POLICY_EXAMPLES_H
#define POLICY_EXAMPLES_H

#include "policy/inside.h"
#include "policy/reader.h"

/* Run every example of the file; one that fails is a fault that shows what was
 * expected, what came out and the trace.  0 after faults. */
int examples_run(Policy *policy, Reader *r);

#endif
