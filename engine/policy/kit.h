/* kit.h - values of the decision standard's test kit (its testCases.xsd): what
 * is given to a model, and whether it gave what is expected.
 */
#ifndef POLICY_KIT_H
#define POLICY_KIT_H

#include "policy/dmnmodel.h"

/* A value, component or list below `element`, read as its own xsi:type says,
 * else as one of `type`, else as the kind of `like` (either may be NULL).
 * xsi:nil and what cannot be read are null.  Depth is DMN_DEPTH's. */
Boxed kit_value(Arena *arena, const DmnTypes *types, const DmnType *type,
                const Boxed *like, const Doc *element);

/* Is `got` what is expected?  Numbers within 1e-8, as all runners of the kit
 * compare them. */
int kit_same(const Boxed *got, const Boxed *expected);

/*
 * Run one <testCase>.  Returns NULL when every result node is met, else what
 * is not: a sentence in the arena.  *ignored: the case asks for what is not
 * evaluated here.
 */
const char *kit_run(int *ignored, Arena *arena, const DmnModel *model,
                    const Doc *test_case);

#endif
