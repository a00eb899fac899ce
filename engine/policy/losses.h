/* losses.h - the attributes that cost a row the most points: reason codes in
 * bulk.
 *
 * Every loss that a scorecard can inflict has a rank, so that rank and
 * attribute are one whole number, and the greatest four of a row are kept by
 * lesser-and- greater alone: no branch looks at a row, and any instruction set
 * gives the same codes.
 */
#ifndef POLICY_LOSSES_H
#define POLICY_LOSSES_H

#include "data/table.h"
#include "policy/build.h"

enum { LOSSES_TOP = 4, LOSSES_ATTRIBUTES = 1023 };

typedef struct Losses Losses;

/* Of all scorecards among the rules, which are coded; nothing after faults.
 * *out stays NULL where they have more than LOSSES_ATTRIBUTES attributes.  Sets
 * code.failed without memory. */
void losses_new(const Losses **out, Build *b, Rule *const rules[]);

/* The columns reason_1 to reason_4 of a table. */
MUST_USE ErrCode losses_columns(Column *codes[LOSSES_TOP], Table *table,
                                Err *err);

/*
 * Into them, at rows[0 .. n): ids of the attributes that lost the most points
 * in rows [0, n) of a frame that has been run, n <= BLOCK_ROWS; reason_k is
 * NULL when fewer than k lost any.  Equal losses go by the order of the file;
 * of several ways to earn points the best counts; an attribute without a band
 * for the value is none.
 * Cost  about 0.5 ns an attribute and row with AVX2.
 */
void losses_store(Column *const codes[LOSSES_TOP], const Losses *losses,
                  void *const at[], const uint32_t rows[], size_t n);

#endif
