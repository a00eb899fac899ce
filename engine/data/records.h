/* records.h - delimited text cut into records and cells, RFC 4180.
 *
 * A record that is broken is reported as such and reading goes on with the
 * next line, so that every fault of a file is found in one pass.
 */
#ifndef DATA_RECORDS_H
#define DATA_RECORDS_H

#include "core/fault.h"
#include "core/text.h"

#include <stddef.h>

enum { RECORD_BYTES = 1 << 20 }; /* of the longest record that is read */

typedef enum {
    RECORD_GOOD,
    RECORD_BARE_QUOTE,  /* a quote inside a cell that does not start with one */
    RECORD_AFTER_QUOTE, /* something between a closing quote and the separator
                         */
    RECORD_OPEN_QUOTE,  /* the file ends inside quotes */
    RECORD_LONG,        /* over RECORD_BYTES: a quote may be missing */
    RECORD_NUL          /* a NUL byte */
} RecordFault;

/* A reader over bytes; all fields are its own, results are those below. */
typedef struct {
    const char *p, *end; /* not read yet */
    char separator;
    int has_nul; /* there are NUL bytes somewhere */
    size_t line; /* of *p */
    char *room;  /* [RECORD_BYTES] for cells with doubled quotes */
    size_t room_used;

    Slice *cells;       /* [capacity] of the record, without their quotes */
    size_t capacity, n; /* n cells there are; those beyond are not kept */
    Slice raw;          /* the record as it stands, without its line end */
    size_t first_line;  /* where it starts */
    RecordFault fault;
    const char *fault_at; /* in the bytes */
} Records;

/* cells [capacity] and room [RECORD_BYTES] are borrowed. */
Records records_of(Slice bytes, char separator, Slice cells[], size_t capacity,
                   char room[]);

/* Read the next record that is not an empty line; 0 at the end.
 * Cost  about 1 ns a byte; no memory. */
int records_next(Records *records);

/* Is the record one of separators alone, as spreadsheets write behind their
 * last row? */
static inline int records_blank(const Records *c)
{
    for (size_t i = 0; i < c->n && i < c->capacity; i++)
        if (c->cells[i].n > 0)
            return 0;
    return 1;
}

/* The separator that the header, the first line of `text`, shows: of comma, tab
 * and semicolon the one it holds most of outside quotes; else the comma. */
char records_separator(Slice text);

/* What a fault says and the way out, without its place. */
Fault records_problem(RecordFault fault);

/* Where cell `i` of the last record starts (its quote, where it has one). */
const char *records_cell(const Records *records, size_t i);

#endif
