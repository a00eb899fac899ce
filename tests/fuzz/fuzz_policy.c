/* Any bytes as a rule file: a policy, or faults that say why not. */
#include "policy/policy.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_new();
    char *bytes = size > 65536 ? NULL : arena_alloc(arena, size + 1, 1);
    if (bytes == NULL) {
        arena_free(arena);
        return 0;
    }
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)data[i];
    Err err = {0};
    Source source;
    const Doc *root;
    Policy *policy = NULL;
    Faults *faults = faults_new(arena);
    ErrCode rc = source_of(&source, "f", bytes, size, &err);
    if (rc == OK)
        rc = doc_read(&root, arena, source, faults, &err);
    if (rc == OK)
        rc = policy_read(&policy, arena, texts_new(arena), root, faults, &err);
    if (rc == OK ? policy == NULL : faults_count(faults) == 0)
        abort();
    arena_free(arena);
    return 0;
}
