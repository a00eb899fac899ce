/* way.h - the way of a row through a program as a short key: how each
 * eligibility row came out, which band, rule and limit held, which required
 * inputs are null.
 */
#ifndef POLICY_WAY_H
#define POLICY_WAY_H

#include "policy/program.h"
#include "policy/scorecard.h"

typedef enum {
    PART_ROWS,
    PART_BAND,
    PART_HIT,
    PART_MASK,
    PART_LIMIT,
    PART_NULLS
} PartKind;

/* One key word of a row, or several for a mask. */
typedef struct {
    PartKind kind;
    size_t first, n; /* PART_ROWS, PART_NULLS: items; PART_MASK: n words */
    const Rule *rule;
    const Attribute *attribute;
    int slot;
} Part;

typedef struct {
    Arena *arena;
    const Program *program;
    Part *parts; /* [n_parts]: rows, then nulls, then rule by rule */
    size_t n_parts, part_capacity;
    size_t words;    /* of a key */
    size_t *strides; /* [words] a key is sum of word * stride, below cells */
    size_t cells;    /* 0: too many to number them */
} Way;

enum { WAY_CELLS = 1 << 16 };

int way_init(Way *way, Arena *arena, const Program *program); /* 0: no memory */

size_t way_words(const Part *part); /* of the key */

/* Where there are few ways: at[n], each row's number, below way->cells. */
void way_number(uint32_t at[], const Way *way, void *const frame[], size_t n);

/* key[n * way->words] of rows [0, n) of a frame that has been run. */
void way_fill(uint16_t key[], const Way *way, void *const at[], size_t n);

#endif
