/* seek.h - facts for what no case has touched: rows of the table with some of
 * their values changed to where rules turn.
 */
#ifndef POLICY_SEEK_H
#define POLICY_SEEK_H

#include "policy/cover.h"

/*
 * texts  [cover->n] for an item that no row touched an entry of `examples`
 *        without its id (sampletext.h), NULL where none was found.
 * table  rows that cover_count() accepted; they are what is changed.
 * Values tried are the literals and parameters of the rules and their
 * neighbours, words, nulls, and parts of another input, in an order that is
 * always the same; what needs more than that is not found.
 * ERR_MEMORY.  Cost: at most 400,000 rows a version.
 */
MUST_USE ErrCode seek_examples(const char **texts, const Cover *cover,
                               const Table *table, Err *err);

#endif
