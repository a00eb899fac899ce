/* exporttext.h - the pieces that exports of scorecards are put together from.
 */
#ifndef CREDIT_EXPORTTEXT_H
#define CREDIT_EXPORTTEXT_H

#include "policy/cardview.h"

#include <stdio.h>

enum { EXPORT_NUMBER = 48 }; /* two numbers of 64 bits, a sign between */

/* As few digits as give the double again. */
char *export_real(char out[EXPORT_NUMBER], double x);

/* Parts as points: "12.5", or "1/3" where they are no short decimal. */
char *export_points(char out[EXPORT_NUMBER], int64_t points, int64_t parts);

/* Text for a comment: marks that end one are parted, and controls blank. */
void export_note(FILE *to, const char *text);

/* Text between two marks; one within is written twice, as in SQL. */
void export_quoted(FILE *to, const char *text, char mark);

/* What a value is measured in: "yuan", "days since 1970-01-01", "fraction of
 * 1"; "" for words and plain numbers. */
const char *export_unit(const CardInput *input);

/* How a language writes that a value lies in a band. */
typedef struct {
    void (*input)(FILE *to, const CardInput *input);
    void (*value)(FILE *to, const CardInput *input, double x);
    void (*is_there)(FILE *to, const CardInput *input); /* it is not missing */
    const char *equal, *both;                           /* " = ", " AND " */
} RangeStyle;

/* Of a BAND_RANGE: both ends as far as it has them, or one value alone. */
void export_range(FILE *to, const CardInput *input, const CardBand *band,
                  const RangeStyle *style);

/* "Scorecard NAME of the policy ID, version V, written by BY". */
void export_head(FILE *to, const CardView *card, const char *by);

/* How a language writes what formulas are made of. */
typedef struct {
    const char *before, *score, *after; /* the name of the score */
    const char *power, *exp, *log;
} FormulaStyle;

/* A formula in brackets, every number with a point. */
void export_formula(FILE *to, const Node *node, const FormulaStyle *style);

#endif
