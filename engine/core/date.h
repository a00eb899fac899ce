/* date.h - days of the proleptic Gregorian calendar, 0001-01-01 to 9999-12-31.
 */
#ifndef CORE_DATE_H
#define CORE_DATE_H

#include "core/err.h"

#include <stddef.h>
#include <stdint.h>

typedef struct {
    int32_t days; /* since 1970-01-01 */
} Date;

typedef struct {
    int year, month, day; /* month and day count from 1 */
} DateParts;

enum { DATE_TEXT = 11 }; /* "2024-03-01" and its NUL */

/* NULL when `parts` is a day of the calendar, else the reason, static. */
const char *date_check(DateParts parts);

Date date_of(DateParts parts); /* date_check(parts) == NULL */
DateParts date_parts(Date date);

/*
 * Read 2024-03-01, 2024/3/1, 20240301 or 2024年3月1日, whole.
 * ERR_INPUT when text is none of these (a bare spreadsheet serial is told
 * apart in the message); ERR_DOMAIN for a day that does not exist.
 */
MUST_USE ErrCode date_parse(Date *out, const char *text, Err *err);

typedef enum {
    DATE_GOOD,
    DATE_MALFORMED,
    DATE_SERIAL,     /* a spreadsheet's bare count of days, "45352" */
    DATE_NO_SUCH_DAY /* well-formed, but not in the calendar */
} DateScan;

/* The same for bytes[n], without a message: *out only when DATE_GOOD. */
DateScan date_scan(Date *out, const char *bytes, size_t n);

/* Write "2024-03-01" and return `out`. */
char *date_format(char out[DATE_TEXT], Date date);

/* The same day `months` later (or earlier), the month's last day when it is
 * too short: 2024-01-31 + 1 = 2024-02-29.  Stays within 0001 to 9999. */
Date date_add_months(Date date, int months);

/* Whole calendar months from `from` to `to`, towards zero: a month is full on
 * the same day of the month.  2024-01-31 to 2024-02-29 is 0. */
int date_months(Date from, Date to);

#endif
