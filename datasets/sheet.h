/* sheet.h - delimited text written cell by cell; its header comes from the
 * dictionary of fields, by the same calls as its rows.
 */
#ifndef DATASETS_SHEET_H
#define DATASETS_SHEET_H

#include "core/err.h"
#include "data/fields.h"

#include "draw.h"

#include <iconv.h>
#include <stdio.h>

/* SHEET_ZH: as a Chinese spreadsheet exports it: GB18030, Chinese headers,
 * amounts in 万元, dates 2025/3/1. */
typedef enum { SHEET_EN, SHEET_ZH } SheetStyle;

typedef struct {
    FILE *to;
    SheetStyle style;
    int in_header; /* the next row's names are written, not its cells */
    iconv_t gb;
    size_t n; /* bytes of the line so far */
    char line[4000];
} Sheet;

MUST_USE ErrCode sheet_open(Sheet *s, const char *folder, const char *name,
                            SheetStyle style, Err *err);
MUST_USE ErrCode sheet_close(Sheet *s, Err *err);

/* A cell each; `is_null` leaves it empty. */
void sheet_text(Sheet *s, Field field, const char *text); /* NULL: empty */
void sheet_money(Sheet *s, Field field, Money amount, int is_null);
void sheet_date(Sheet *s, Field field, Date day, int is_null);
void sheet_count(Sheet *s, Field field, int64_t n, int is_null);
void sheet_bool(Sheet *s, Field field, int yes, int is_null);

/* `value` rounded to `decimals`, as it stands or as a percentage. */
void sheet_real(Sheet *s, Field field, double value, int decimals, int is_null);
void sheet_percent(Sheet *s, Field field, double value, int decimals,
                   int is_null);

/* End of a row, the header first; a row without cells leaves no line. */
void sheet_end_row(Sheet *s);

#endif
