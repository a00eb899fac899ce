/* rules.h - policies of tests: read from a text or a file, faults as text. */
#ifndef TESTS_RULES_H
#define TESTS_RULES_H

#include "check.h"
#include "policy/policy.h"

typedef struct {
    Arena *arena;
    Texts *texts;
    Faults *faults;
    Err err;
    Policy *policy;  /* NULL when it did not load */
    char said[8192]; /* what was printed of the faults */
} Ruled;

static inline void ruled_say(Ruled *r)
{
    FILE *f = tmpfile();
    faults_print(r->faults, f);
    rewind(f);
    r->said[fread(r->said, 1, sizeof r->said - 1, f)] = '\0';
    fclose(f);
}

static inline ErrCode ruled_text(Ruled *r, const char *name, const char *text)
{
    Source source;
    const Doc *root = NULL;
    *r = (Ruled){.arena = arena_new()};
    r->texts = texts_new(r->arena);
    r->faults = faults_new(r->arena);
    ErrCode rc = source_of(&source, name, text, strlen(text), &r->err);
    if (rc == OK)
        rc = doc_read(&root, r->arena, source, r->faults, &r->err);
    if (rc == OK)
        rc = policy_read(&r->policy, r->arena, r->texts, root, r->faults,
                         &r->err);
    ruled_say(r);
    return rc;
}

static inline ErrCode ruled_file(Ruled *r, const char *path)
{
    static char text[1 << 16];
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return ruled_text(r, path, text);
}

static inline void ruled_free(Ruled *r)
{
    arena_free(r->arena);
}

#endif
