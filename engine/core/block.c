#ifdef __linux__
#define _DEFAULT_SOURCE /* madvise() */
#include <sys/mman.h>
#endif

#include "core/block.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static atomic_long fail_from = -1, calls = 0;

void block_fail_from(long n)
{
    atomic_store(&calls, 0);
    atomic_store(&fail_from, n);
}

enum { PAGE = 4096 };

/* Ask for huge pages: a column of a million rows is then a handful of page
 * faults and not thousands, which took longer than what fills it.  Memory that
 * is never touched still costs nothing. */
static void widen(void *memory, size_t bytes)
{
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (memory == NULL || bytes < HUGE_PAGE)
        return;
    uintptr_t first = ((uintptr_t)memory + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    size_t whole = (bytes - PAGE) & ~(size_t)(PAGE - 1);
    (void)madvise((void *)first, whole, MADV_HUGEPAGE); /* a wish */
#else
    (void)memory;
    (void)bytes;
#endif
}

/* Does the next allocation fail, to see what becomes of that? */
static int must_fail(void)
{
    long from = atomic_load(&fail_from);
    return from >= 0 && atomic_fetch_add(&calls, 1) >= from;
}

void block_free(void *memory)
{
    free(memory);
}

void *block_zeroed(size_t n, size_t size)
{
    size_t bytes;
    if (must_fail())
        return NULL;
    if (__builtin_mul_overflow(n, size, &bytes))
        return NULL;
    void *memory = calloc(1, bytes);
    widen(memory, bytes);
    return memory;
}

void block_forget(void *memory, size_t bytes)
{
#if defined(__linux__) && !defined(ARENA_PASSTHROUGH)
    uintptr_t first = ((uintptr_t)memory + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    uintptr_t end = ((uintptr_t)memory + bytes) & ~(uintptr_t)(PAGE - 1);
    if (end > first)
        (void)madvise((void *)first, end - first, MADV_DONTNEED);
#else
    (void)memory;
    (void)bytes;
#endif
}

#if defined(__linux__) && !defined(ARENA_PASSTHROUGH)
/* `bytes`, whole huge pages, from a multiple of their size on: one that a
 * block shares with its neighbour would come as 512 small ones. */
static void *map_pages(size_t bytes)
{
    char *all = mmap(NULL, bytes + HUGE_PAGE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED)
        return NULL;
    size_t before = -(uintptr_t)all & (HUGE_PAGE - 1);
    if (before > 0)
        (void)munmap(all, before);
    (void)munmap(all + before + bytes, HUGE_PAGE - before);
    widen(all + before, bytes + PAGE);
    return all + before;
}

static int is_mapped(const Block *b)
{
    return sizeof *b + b->size >= HUGE_PAGE;
}

/* Mapped blocks that nobody holds. */
static pthread_mutex_t idle_turn = PTHREAD_MUTEX_INITIALIZER;
static Block *idle;
static size_t idle_bytes;
enum { IDLE_MOST = 256 << 20 };

/* An idle block of at least that size and less than twice as much; or NULL. */
static Block *idle_take(size_t size)
{
    pthread_mutex_lock(&idle_turn);
    Block **at = &idle;
    while (*at != NULL && ((*at)->size < size || (*at)->size / 2 >= size))
        at = &(*at)->next;
    Block *b = *at;
    if (b != NULL) {
        *at = b->next;
        idle_bytes -= b->size;
    }
    pthread_mutex_unlock(&idle_turn);
    if (b != NULL) {
        memset(b->data, 0, b->used);
        b->used = 0;
    }
    return b;
}

/* 0 when enough is idle. */
static int idle_keep(Block *b)
{
    pthread_mutex_lock(&idle_turn);
    int keeps = b->size <= IDLE_MOST && idle_bytes <= IDLE_MOST - b->size;
    if (keeps) {
        b->next = idle;
        idle = b;
        idle_bytes += b->size;
    }
    pthread_mutex_unlock(&idle_turn);
    return keeps;
}

Block *block_take(size_t size)
{
    size_t bytes = sizeof(Block) + size;
    if (bytes < HUGE_PAGE) {
        Block *small = block_zeroed(1, bytes);
        if (small != NULL)
            small->size = size;
        return small;
    }
    if (must_fail() || bytes > SIZE_MAX / 2)
        return NULL;
    Block *b = idle_take(size);
    if (b != NULL)
        return b;
    bytes = (bytes + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
    b = map_pages(bytes);
    if (b != NULL)
        b->size = bytes - sizeof *b;
    return b;
}

void block_drop(Block *b)
{
    if (!is_mapped(b))
        free(b);
    else if (!idle_keep(b))
        (void)munmap(b, sizeof *b + b->size);
}
#else
Block *block_take(size_t size)
{
    Block *b = block_zeroed(1, sizeof *b + size);
    if (b != NULL)
        b->size = size;
    return b;
}

void block_drop(Block *b)
{
    free(b);
}
#endif
