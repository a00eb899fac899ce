/* figures.h - quantities in a story: the names and the numbers of a formula. */
#ifndef CREDIT_FIGURES_H
#define CREDIT_FIGURES_H

#include "credit/quantity.h"
#include "policy/story.h"

/* A figure in its unit: "1234.50", "3.5%", "24"; "null" for NaN. */
const char *figures_show(Story *story, double value, QuantityUnit unit);

/* What the rules call it; the figure that stands in where they say nothing. */
const char *figures_name(Story *story, const Quantity *quantity);
const char *figures_at(Story *story, const Quantity *quantity, size_t row);

/* All of them with `between` them. */
const char *figures_names(Story *story, const Quantities *q,
                          const char *between);
const char *figures_values(Story *story, const Quantities *q, size_t row,
                           const char *between);

/* `cite` and `title` of a group of the rules; nothing where it has none. */
const char *figures_cite(const Doc *group);
Label figures_title(const Doc *group);

/* What a run left in a cell must be what is recomputed now: ERR_DIFFERS names
 * both.  A column that is absent is passed over. */
MUST_USE ErrCode figures_same(const Table *table, Field field, size_t row,
                              int64_t value, Err *err);
MUST_USE ErrCode figures_same_real(const Table *table, Field field, size_t row,
                                   double value, Err *err);

#endif
