/* segment.h - in which segment of a column each value of a block lies. */
#ifndef POLICY_SEGMENT_H
#define POLICY_SEGMENT_H

#include "policy/column.h"

/* Append the operator that looks the values of `slot` up; its REP_SEGMENT
 * slot, SLOT_NONE without memory. */
int segment_code(Code *code, const HitColumn *column, int slot);

#endif
