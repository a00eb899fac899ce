/* answers.h - what the tables of a section come to, in a few sentences that
 * stand first on its page.
 */
#ifndef FLOW_ANSWERS_H
#define FLOW_ANSWERS_H

#include "data/table.h"

/* The results that a page is made of, by name. */
typedef struct {
    const Table *const *items;
    size_t n;
} PageResults;

const Table *page_result(const PageResults *results, const char *name);

/* The answer of the section `id`, made of figures of its tables; {NULL, NULL}
 * where it has none.  0 when out of memory. */
MUST_USE int answer_of(Label *out, const char *id, const PageResults *results,
                       Arena *arena);

#endif
