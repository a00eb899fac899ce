/* tabled.h - result tables made from a list of their columns. */
#ifndef CREDIT_TABLED_H
#define CREDIT_TABLED_H

#include "data/table.h"

typedef struct {
    const char *name, *unit;
    FieldType type;
    Label label;
} TabledColumn;

/* A table with a title and the columns of `list` [n], columns[k] the kth.
 * ERR_MEMORY. */
MUST_USE ErrCode tabled_new(Table **out, Column *columns[], Tables *tables,
                            const char *name, Label title, size_t rows,
                            const TabledColumn list[], size_t n, Err *err);

/* A figure that went through libm, kept to 12 digits: its last bits are the
 * processor's. */
double tabled_figure(double value);

#endif
