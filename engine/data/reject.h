/* reject.h - what is wrong with one row: listed, and written out with it. */
#ifndef DATA_REJECT_H
#define DATA_REJECT_H

#include "core/fault.h"
#include "data/records.h"

#include <stdio.h>

enum { REJECT_REASONS = 4000 }; /* bytes of a row's reasons; then cut off */

/* The faults of the row at hand; `file`, `faults` and the last four are set
 * once, the rest is zero. */
typedef struct {
    int is_bad;    /* the row has a fault */
    int only_mark; /* that it has is all that is wanted to be known */
    size_t used;
    char reasons[REJECT_REASONS];
    size_t refused; /* rows so far */
    int has_header; /* of the file of rejects */

    const char *file;
    Faults *faults;
    int keep_good_rows;
    FILE *to; /* rejects, or NULL */
    Slice header;
    char separator;
} Reject;

/* A fault of the row at `at`, a place in its bytes.  ERR_MEMORY. */
MUST_USE ErrCode reject_add(Reject *reject, const Records *records,
                            const char *at, Fault fault, Err *err);

/* The row is done: write it out when it is bad, start the next. */
void reject_end_row(Reject *reject, const Records *records);

#endif
