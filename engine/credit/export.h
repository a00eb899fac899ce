/* export.h - a scorecard written for those who do not run kedan: a data base, a
 * core banking system in C, a scoring engine of another vendor, a spreadsheet.
 *
 * Each has the points as whole numbers that are added exactly, and compares
 * with breaks as doubles, so that what it gives is the engine's score to the
 * last digit (tests/unit/test_export.c compiles and runs them).  Facts that are
 * reckoned from the score alone, as a PD is, go with it; their exp and pow are
 * those of the other system, equal to about 1e-15 of the value.
 */
#ifndef CREDIT_EXPORT_H
#define CREDIT_EXPORT_H

#include "data/table.h"
#include "policy/cardview.h"

#include <stdio.h>

/*
 * One SELECT of standard SQL (2003): all columns of
 * `table`, points and rank of losses by row of the card, "score", its formulas
 * and reason_1 to reason_4, as policy_scores() has them.  Money is in yuan,
 * dates are DATE or text like 2024-03-01, booleans what CASE WHEN takes. by
 * "kedan 0.1.0", into the head.
 */
void export_sql(FILE *to, const CardView *card, const char *table,
                const char *by);

/* A C99 file without globals: struct POLICY_input, double
 * POLICY_score(const struct POLICY_input *), size_t POLICY_score_reasons(const
 * char *reason[], size_t most, const struct POLICY_input *) with the ids of the
 * rows that lost the most points, as policy_scores() ranks them, and a function
 * for each formula.
 */
void export_c(FILE *to, const CardView *card, const char *by);

/*
 * A Scorecard of PMML 4.4 with reason codes: the points below an attribute's
 * most, as kedan ranks them.
 * Source  Data Mining Group, PMML 4.4.1, elements Scorecard (initialScore,
 *         reasonCodeAlgorithm pointsBelow), CompoundPredicate, OutputField.
 */
void export_pmml(FILE *to, const CardView *card, const char *by);

/*
 * A row for the base, for each stretch of values that earns points, in the
 * order in which the first that holds counts, and for each formula: part (base,
 * points, formula), attribute, input, unit, band (missing, range, true, false,
 * word, other), from, from_open, to, to_open, word, points, title, reason.
 */
MUST_USE ErrCode export_table(Table **out, Tables *tables, const CardView *card,
                              int chinese, Err *err);

/*
 * Run the rules beside the card's picks on every break, its neighbours, every
 * word, another one and nothing, each by itself and at random beside others.
 * Not for cards whose inputs are facts.
 * rows  how many were looked at.
 * ERR_DIFFERS with both scores; ERR_MEMORY.  Cost: about a millisecond.
 */
MUST_USE ErrCode export_check(size_t *rows, Arena *arena, const CardView *card,
                              const Policy *policy, Err *err);

#endif
