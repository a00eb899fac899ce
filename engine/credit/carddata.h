/* carddata.h - the rows that a scorecard is fitted to. */
#ifndef CREDIT_CARDDATA_H
#define CREDIT_CARDDATA_H

#include "data/table.h"

typedef struct {
    const Table *table;   /* columns REAL and CATEGORY */
    const uint8_t *event; /* [table->rows] */
    const double *weight; /* [table->rows] as so many rows, or NULL: 1 */
    const double *offset; /* [table->rows] added with coefficient 1, or NULL */
    const uint32_t *cluster; /* [table->rows] from 0: rows whose errors go
                              * together, or NULL */
    size_t clusters;
    const Table *rejects;        /* the same columns of applicants whose outcome
                                  * nobody knows, or NULL */
    const double *reject_weight; /* [rejects->rows], or NULL: 1 */
} CardData;

#endif
