/* row.h - one record of a file into one row of its table, with every check. */
#ifndef DATA_ROW_H
#define DATA_ROW_H

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
    Seen *seen;      /* [plan.n] for the columns without doubles */
    const PlanColumn *kind, *ip_id; /* of ip_rights, or NULL */
    char *list;                     /* [RECORD_BYTES] for lists */
    Err *err;
} Row;

/*
 * Fill the row from the record, which is whole and has plan.cells cells.
 * *kept is 0 when the column map leaves it out; reject.is_bad tells whether it
 * has faults, which are listed then.  ERR_MEMORY.
 */
MUST_USE ErrCode row_read(int *kept, Row *row);

#endif
