/* texts.h - every text once: equal texts are one pointer. */
#ifndef DATA_TEXTS_H
#define DATA_TEXTS_H

#include "core/text.h"

#include <stddef.h>

typedef struct Texts Texts;

Texts *texts_new(Arena *arena); /* NULL when out of memory */

/* The one copy of bytes[n], NUL-ended, that lives as long as the arena; NULL
 * when out of memory.  Equal bytes give the same pointer.  Cost: one hash. */
const char *texts_put(Texts *texts, const char *bytes, size_t n);

/* Put many in one turn; one of no bytes gives NULL.  0 when out of memory. */
int texts_put_all(const char *out[], Texts *texts, const Slice items[],
                  size_t n);

/* Say that the text will be put soon: of a million texts the place of one is
 * seldom in the cache, and fetching it takes longer than all the rest.
 * Not while texts are shared. */
void texts_expect(Texts *texts, const char *bytes, size_t n);

/* The same, but NULL when the text was never put. */
const char *texts_find(Texts *texts, const char *bytes, size_t n);

/* 1: several threads may put and find from now on, each waiting for its turn,
 * as long as nobody else asks the arena; 0: one thread at a time, as at first.
 */
void texts_share(Texts *texts, int is_shared);

#endif
