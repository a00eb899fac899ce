/* happen.h - what may happen in a scenario, whichever year: a fund runs dry, a
 * cap binds, a breaker trips.
 */
#ifndef POOL_HAPPEN_H
#define POOL_HAPPEN_H

#include "pool/model.h"

/* X(name, word), in the order of rows; `who` is a party, or a bank. */
#define HAPPENINGS(X)                                                          \
    X(RUNS_DRY, "runs_dry") /* its fund or its layers do not suffice */        \
    X(CAP_BINDS, "cap_binds")                                                  \
    X(LEVERAGE_BINDS, "leverage_binds")                                        \
    X(RESERVE_SHORT, "reserve_short")                                          \
    X(WARN, "warn")                                                            \
    X(SUSPEND, "suspend")

typedef enum {
#define X(name, word) HAPPEN_##name,
    HAPPENINGS(X)
#undef X
        HAPPEN_COUNT
} Happen;

typedef struct {
    Happen kind;
    size_t at; /* party or bank */
    const char *who;
} Happening;

typedef struct {
    const Model *model;
    size_t scenarios, n;
    Happening *list; /* [n] what may happen under the model's scheme */
    uint8_t *seen;   /* [n][scenarios] whether it did */
} Happenings;

const char *happen_word(Happen kind);

/* Nothing seen yet; happen_close() in any case.  ERR_MEMORY. */
MUST_USE ErrCode happen_open(Happenings *out, const Model *model,
                             uint64_t scenarios, Err *err);
void happen_close(Happenings *h);

ModelSeen happen_see; /* `to` is a Happenings */

/* [scenarios]; NULL when it is not among what may happen. */
const uint8_t *happen_find(const Happenings *h, Happen kind, const char *who);

#endif
