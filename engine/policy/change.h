/* change.h - what differs between two rule documents, found by walking both
 * trees by path; texts are compared by what they say.
 */
#ifndef POLICY_CHANGE_H
#define POLICY_CHANGE_H

#include "core/mem.h"
#include "data/doc.h"

typedef struct {
    const char *path;   /* "limits.claim-cap.cap" */
    const Doc *section; /* of `after`, else of `before` */
    const Doc *before;  /* NULL: added */
    const Doc *after;   /* NULL: removed */
} Change;

typedef struct {
    Arena *arena;
    Change *items; /* [n] in the order of the file */
    size_t n, capacity;
    int failed; /* no memory */
} Changes;

/*
 * Compare all sections that decide something: not examples, scenarios and
 * versions, nor citations, sources and confidence, which go with what they
 * stand at.
 * day_a, day_b  with them, parameters are compared by their values on those
 *               days; NULL: by all their dated values.
 */
void changes_find(Changes *out, const Doc *a, const Date *day_a, const Doc *b,
                  const Date *day_b);

#endif
