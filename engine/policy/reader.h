/* reader.h - what the parts of the rule compiler share while a file is read. */
#ifndef POLICY_READER_H
#define POLICY_READER_H

#include "core/fault.h"
#include "data/texts.h"
#include "policy/ast.h"

#include <stddef.h>

struct Definitions;

typedef struct {
    Arena *arena;
    Texts *texts;
    Faults *faults;
    Err *err;
    int failed; /* a fault was listed (not a warning), or memory ran out */
    struct Definitions *definitions; /* `functions` of the file, or NULL */
} Reader;

/* `n` zeroed items, or NULL with the failure noted. */
void *reader_alloc(Reader *r, size_t n, size_t size);
void *reader_grow(Reader *r, void *items, size_t *capacity, size_t n,
                  size_t size);
const char *reader_text(Reader *r, const char *bytes, size_t n); /* interned */

/* A fault at byte `at` of a text; the same fault is listed once. */
void reader_fault(Reader *r, Text where, size_t at, const char *problem,
                  const char *way_out);
void reader_warn(Reader *r, Text where, size_t at, const char *problem,
                 const char *way_out);

/* A fault at a node as a whole. */
void reader_fault_node(Reader *r, const Doc *node, const char *rule,
                       const char *problem, const char *way_out);

/* A composed sentence in the arena; "" when memory ran out. */
const char *reader_say(Reader *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* For the data layer's readers of documents. */
DocReader reader_doc(Reader *r);
void reader_done(Reader *r, const DocReader *d); /* takes its failure over */

/* The child of a list called `name` or with that id, or at that index. */
const char *reader_id(const Doc *group); /* its id, else its name, else NULL */

/* Is a text of the node, or of what stands in it, that name and nothing else?
 */
int reader_names(const Doc *node, const char *name);

#endif
