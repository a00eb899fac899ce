/* moment.h - dates, times and durations as the standard writes them (ISO
 * 8601): "2024-03-01", "14:30:00+08:00", "2024-03-01T14:30:00", "P1DT2H",
 * "P1Y2M".
 */
#ifndef POLICY_MOMENT_H
#define POLICY_MOMENT_H

#include "policy/boxed.h"

/* Null when the text is not one, or no day of the calendar. */
Boxed moment_date(const char *text);
Boxed moment_time(const char *text);
Boxed moment_date_time(const char *text); /* a date alone is its midnight */
Boxed moment_duration(const char *text);  /* of either kind */

/* Any of them, as "@" literals are: by its form. */
Boxed moment_of(const char *text);

/* A date from three whole numbers; null when there is no such day. */
Boxed moment_of_parts(Number year, Number month, Number day);

/* Whole months added, the last day of the month where it is too short; null
 * beyond the years 1 to 9999. */
Boxed moment_add_months(Boxed of, int64_t months);

/* Seconds added to a time or a moment; to a date: whole days. */
Boxed moment_add_seconds(Boxed of, Number seconds);

/* a - b of two of one kind; null where one offset is unknown. */
Boxed moment_between(const Boxed *a, const Boxed *b);

/* A named part ("year", "day", "hours", "weekday" ...), or null. */
Boxed moment_part(Arena *arena, const Boxed *of, const char *name);

/* As it is written; NULL without memory. */
const char *moment_show(Arena *arena, const Boxed *of);

#endif
