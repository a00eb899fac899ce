/* kit.h - values of the decision standard's test kit (its testCases.xsd): what
 * is given to a model, and whether it gave what is expected.
 */
#ifndef POLICY_KIT_H
#define POLICY_KIT_H

#include "policy/dmnmodel.h"

/*
 * Run one <testCase>.  Returns NULL when every result node is met, else what
 * is not: a sentence in the arena.  *ignored: the case asks for what is not
 * evaluated here.
 */
const char *kit_run(int *ignored, Arena *arena, const DmnModel *model,
                    const Doc *test_case);

#endif
