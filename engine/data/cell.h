/* cell.h - the text of one cell as a number, a date or a word.
 *
 * Numbers: 1234567.89, 1,234,567.89, full-width digits and marks, 3.5%, 0.6‰,
 * amounts that end in 万 or 亿.  Dates as date.h.  No allocation.
 */
#ifndef DATA_CELL_H
#define DATA_CELL_H

#include "core/text.h"

#include <stdint.h>

/* Why a cell is refused; static storage, English. */
typedef struct {
    const char *expected, *way_out; /* as in Fault */
} CellFault;

/*
 * Read text[n], without spaces around it and not empty.
 * *out is untouched when a reason is returned; NULL: it is good.
 */
typedef const CellFault *CellRead(int64_t *out, Slice text);

CellRead cell_money;     /* fen */
CellRead cell_money_wan; /* the header says 万元: 1.5 is 15000 yuan */
CellRead cell_ratio;     /* billionths; also 1/3, then rounded */
CellRead cell_count;     /* whole; "12.0" is */
CellRead cell_date;      /* days */
CellRead cell_bool;      /* true false yes no y n 1 0 是 否 */

/* A double, also 3.5%, 0.6‰ and 1.2e-5; correctly rounded. */
const CellFault *cell_real(double *out, Slice text);

/*
 * digits[.digits] with an optional sign, thousands and full-width digits, and
 * nothing else: mantissa * 10^-places, |mantissa| < 10^18; what is finer is
 * rounded half away from zero.
 */
const CellFault *cell_decimal(int64_t *mantissa, int *places, Slice text);

/* Whether a list needs cell_list() to be as tables have it. */
int cell_list_is_plain(Slice text);

/* Items of a list, trimmed, separated by single ';', empty ones left out.
 * out has room for text.n bytes; returns the bytes used. */
size_t cell_list(char out[], Slice text);

#endif
