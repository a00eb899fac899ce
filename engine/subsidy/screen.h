/* screen.h - contracts that belong together and want a look before release. */
#ifndef SUBSIDY_SCREEN_H
#define SUBSIDY_SCREEN_H

#include "subsidy/side.h"

/*
 * duplicate  one registry number: all but the first are refused
 * related    buyer and seller are related: refused
 * alike      one buyer, seller, year and claim under several numbers
 * split      one buyer, seller and year: each below a step of the scales,
 *            together at or above it
 * both_ways  two firms that sell to each other in one year
 * The last three are signs only: nothing is refused by them.
 */
#define SCREEN_SIGNS(X)                                                        \
    X(SCREEN_DUPLICATE, "duplicate")                                           \
    X(SCREEN_RELATED, "related-party")                                         \
    X(SCREEN_ALIKE, "alike")                                                   \
    X(SCREEN_SPLIT, "split")                                                   \
    X(SCREEN_BOTH_WAYS, "both_ways")

typedef enum {
#define X(name, word) name,
    SCREEN_SIGNS(X)
#undef X
        SCREENS
} ScreenSign;

const char *screen_word(ScreenSign sign);

typedef struct {
    int64_t day;
    const char *id;
    uint32_t row, buyer; /* buyer: a dense number */
    int64_t claimed;
} ScreenRow;

/* Contracts under one sign, by day, then id. */
typedef struct {
    ScreenSign sign;
    const ScreenRow *rows; /* [n] */
    size_t n;
    int64_t together; /* claimed */
    int64_t step;     /* of a split, else NULL_INT */
} ScreenGroup;

typedef struct {
    ScreenGroup *groups; /* [n] by sign, then day and id of the first */
    size_t n, capacity;
    size_t rows; /* of all groups */
} Screen;

/*
 * Screen the contracts of the baseline.
 * Reads  contract_id; registry_no, seller_id where they are there.
 * ERR_MEMORY.
 * Cost   a few passes over the rows; nothing where no column tells a sign.
 */
MUST_USE ErrCode screen_contracts(Screen *out, Sides *p, Err *err);

#endif
