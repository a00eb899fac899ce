#include "subsidy/turns.h"

#include "core/tr.h"

#include <omp.h>

typedef struct {
    size_t at; /* the number of pieces while none has failed */
    Err why;
} First;

static void take(First *first, void *of, size_t k, TurnsDo *piece, Arena *arena)
{
    Err mine = {0};
    ErrCode rc = arena == NULL ? FAIL(&mine, ERR_MEMORY, "out of memory")
                               : piece(of, k, arena, &mine);
#pragma omp critical(first_failure)
    if (rc != OK && k < first->at)
        *first = (First){k, mine};
    if (arena != NULL)
        arena_reset(arena);
}

ErrCode turns_take(void *of, size_t n, int threads, TurnsDo *piece, Err *err)
{
    First first = {.at = n};
#pragma omp parallel num_threads(threads) if (n > 1)
    {
        Arena *arena = arena_new();
#pragma omp for schedule(dynamic, 1)
        for (size_t k = 0; k < n; k++)
            take(&first, of, k, piece, arena);
        arena_free(arena);
    }
    if (first.at < n && err != NULL)
        *err = first.why;
    return first.at < n ? first.why.code : OK;
}
