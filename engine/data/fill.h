/* fill.h - the text of one cell into its column, with the checks of the column.
 *
 * A fault is listed with its place and marks the row as bad; the functions fail
 * only when memory runs out.
 */
#ifndef DATA_FILL_H
#define DATA_FILL_H

#include "data/plan.h"
#include "data/records.h"
#include "data/reject.h"
#include "data/seen.h"
#include "data/texts.h"

#include <stdint.h>

/* The reader of rows; whoever reads the file sets it up. */
typedef struct {
    Texts *texts;
    Plan plan;
    Records records; /* at the record to be read */
    Reject reject;   /* collects what is wrong with it */
    size_t row;      /* of the table, to be filled */
    uint32_t *lines; /* [rows] where each row starts */
    Seen *seen;      /* [plan.n] for the columns without doubles; NULL: they are
                      * looked for later */
    const PlanColumn *kind, *ip_id; /* of ip_rights, or NULL */
    char *list;                     /* [RECORD_BYTES] for lists */
    Slice *later; /* the next free texts are put here, not interned; or NULL */
    Err *err;
} Row;

/* Store a cell's text, without spaces around it, as the column's type. */
MUST_USE ErrCode fill_cell(Row *row, PlanColumn *column, Slice text);
MUST_USE ErrCode fill_null(Row *row, PlanColumn *column);

/* Intern the row's free texts, which fill_cell() only put down. */
MUST_USE ErrCode fill_texts(Row *row);

/* Store those of a row that was read with `later`, which went on by one for
 * each column of free text, interned; NULL is one without, or stored before. */
void fill_later(Row *row, const char *const texts[]);

/* List a fault of a cell, whose text is `value`. */
MUST_USE ErrCode fill_fault(Row *row, const PlanColumn *column, Slice value,
                            Fault fault);

/* The start of a cell for a message, NUL-ended, whole characters. */
void fill_shown(char out[64], Slice text);

Slice fill_trimmed(Slice text); /* slice_trim(), quick where nothing is to do */

#endif
