/* lending.h - the sections `recovery`, `price` and `outcome` of a policy of
 * kind "credit".
 *
 *   recovery = {
 *     exposure = ( "amount", "credit_limit" );        # the least
 *     covered = "guarantee_share"; covered_months = "3";
 *     unsecured = "10%"; unsecured_months = "36"; discount = "lpr_1y";
 *     floor = "10%";
 *     sources = ( { id = "R1"; value = "pledge_value"; haircut = "50%";
 *                   cost = "10%"; months = "24"; cite = "..."; } ); };
 *   price = { step = "0.01%";                          # rounded up to it
 *     parts = ( { id = "P1"; product = ( "lpr_1y" ); cite = "..."; },
 *               { id = "P2"; product = ( "pd", "lgd" ); cite = "..."; } ); };
 *   outcome = { grade = "grade"; decline = ( "E" ); refer = ( "D" );
 *     limit_floor = "100000.00"; limit_short = "refer"; price_short = "refer";
 *     reasons_at_most = 4; };
 *
 * Figures are literals, parameters or columns (quantity.h).  A source whose
 * value is null is worth nothing; any other null makes the figure null.
 */
#ifndef CREDIT_LENDING_H
#define CREDIT_LENDING_H

#include "credit/sections.h"

enum { LENDING_REASONS = 16 }; /* the most that are read out */

/* The sections as they stood on the day of the scope, with all its era;
 * `recovery` and `price` may be NULL, their figures are null then. */
typedef struct {
    const Doc *recovery, *price, *outcome;
} LendingSections;

/* Read and check them.  ERR_RULE with the first fault; ERR_MEMORY. */
MUST_USE ErrCode lending_read(Lending **out, LendingSections sections,
                              QuantityScope *scope, Err *err);

/* Exposure at default in yuan, >= 0; NaN when it cannot be told. */
double lending_exposure(const Lending *lending, size_t row);

/* The recovery of a row with an exposure > 0, its sources in sources
 * [SECTIONS_ITEMS]. */
RecoveryCase lending_case(Lending *lending,
                          RecoverySource sources[SECTIONS_ITEMS], size_t row,
                          double ead);

/* Loss given default of an exposure > 0; NaN when it cannot be told. */
double lending_lgd(Lending *lending, size_t row, double ead);

/* The lowest rate that covers all parts of the price, rounded up to the step;
 * NaN when it cannot be told. */
double lending_price(const Lending *lending, size_t row);

const OutcomeRules *lending_rules(const Lending *lending);

/* What the rules say of the row's grade; -1 when it has none. */
int lending_by_grade(const Lending *lending, size_t row);

/* How many reasons are read out, 1 to LENDING_REASONS. */
size_t lending_reasons(const Lending *lending);

#endif
