/* daytime.h - the text of one cell as a moment: a day and a time of it.
 *
 * A date as date.h, then T, spaces or nothing, then 9:05, 9:05:30 or
 * 9:05:30.25; full-width digits and marks count as the ASCII ones.  A day alone
 * is the first moment of it.  Zones are refused: moments are compared as they
 * stand.
 */
#ifndef DATA_DAYTIME_H
#define DATA_DAYTIME_H

#include "data/cell.h"

enum { DAYTIME_TEXT = 32 }; /* the longest, with its NUL */

/*
 * Write "2026-01-28T09:05:30", so that texts stand in the order of time; of a
 * day alone "2026-01-28".
 *
 * out   unchanged when a reason is returned; NULL: it is good.
 * text  without spaces around it.
 */
const CellFault *daytime_read(char out[DAYTIME_TEXT], Slice text);

/* The same moment `years` later, the month's last day when it is too short;
 * 0 when `text` is no such text, and `out` is left alone. */
int daytime_later(char out[DAYTIME_TEXT], const char *text, int years);

#endif
