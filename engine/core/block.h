/* block.h - what arenas are made of: zeroed memory from the system, or again.
 */
#ifndef CORE_BLOCK_H
#define CORE_BLOCK_H

#include <stddef.h>

typedef struct Block Block;
struct Block {
    Block *next;
    size_t used, size;
    max_align_t data[];
};

enum { HUGE_PAGE = 2 << 20 };

/* As mem_new(), mem_free() and mem_fail_from(), which are for everybody. */
void *block_zeroed(size_t n, size_t size);
void block_free(void *memory);
void block_fail_from(long n);

/* A block with room for `size` bytes or more, all zero; NULL when out of
 * memory.  Any thread may take and drop. */
Block *block_take(size_t size);

/* Give a block back, of which all but the first `used` bytes are zero.  Large
 * ones wait for the next who takes one of their size, 256 MiB in all at most:
 * a page that is new costs more than one that is made zero. */
void block_drop(Block *block);

/* The system gets back whatever whole pages lie within, and has zeros there for
 * who touches them again. */
void block_forget(void *memory, size_t bytes);

#endif
