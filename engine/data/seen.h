/* seen.h - has this text stood in this column before? */
#ifndef DATA_SEEN_H
#define DATA_SEEN_H

#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

/* Rows by their interned text.  `Seen seen = {.arena = arena};` is ready. */
typedef struct {
    Arena *arena;
    uint32_t *rows; /* [mask + 1] row + 1, or 0 */
    size_t mask, n;
} Seen;

/*
 * Enter `row`, whose text is column[row], an interned one.
 * *first gets the row that has the text already, or `row` itself.
 * Returns 0 when out of memory.
 */
int seen_add(size_t *first, Seen *seen, const char *const column[], size_t row);

/* The row that has this interned text; SIZE_MAX when none was entered. */
size_t seen_find(const Seen *seen, const char *const column[],
                 const char *text);

/* Say that this text will be entered soon, as texts_expect(). */
void seen_expect(const Seen *seen, const char *text);

#endif
