/* define.h - what a rule file names once to use it often: business knowledge
 * as functions of parameters, and ranges and lists of values.
 *
 * Rules  functions = ( { name; parameters = ( names ); expr; cite },
 *                      { name; is = "[18..60), 65"; cite } );
 * A call is replaced by its expression, an argument wherever its parameter
 * stands, so that nothing is evaluated in another way than the rest.
 */
#ifndef POLICY_DEFINE_H
#define POLICY_DEFINE_H

#include "policy/reader.h"

enum { DEFINE_PARAMETERS = 16 };

typedef struct {
    const char *name;                          /* interned */
    const char *parameters[DEFINE_PARAMETERS]; /* [n], interned */
    uint32_t n;
    Text text;    /* of `expr`, or of `is` */
    int is_tests; /* a range or a list, behind "in" and in cells */
    int is_used;  /* by a rule, or by what a rule uses */
} Definition;

typedef struct Definitions {
    Definition *items; /* [n] */
    size_t n;
} Definitions;

/* The section of a file; NULL when there is none.  Faults are listed. */
Definitions *define_read(const Doc *root, Reader *r);

/* The definition of that name, or NULL. */
const Definition *define_named(const Reader *r, Slice name);

void define_use(Reader *r, const Definition *d); /* something calls it */

#endif
