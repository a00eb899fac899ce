/* duration.h - durations as text: "P1Y6M" is 18 months, "P2W" and "P14D" are
 * 14 days (ISO 8601, 4.4.3.2).
 */
#ifndef POLICY_DURATION_H
#define POLICY_DURATION_H

#include "core/text.h"
#include "policy/ast.h"

/* *unit is UNIT_MONTHS or UNIT_DAYS.  NULL when the text is one, else what is
 * wrong, in static storage: years or months with days have no length of their
 * own, hours and minutes are not kept. */
const char *duration_parse(int64_t *out, Unit *unit, Slice text);

#endif
