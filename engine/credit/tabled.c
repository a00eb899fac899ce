#include "credit/tabled.h"

#include <stdio.h>
#include <stdlib.h>

ErrCode tabled_new(Table **out, Column *columns[], Tables *tables,
                   const char *name, Label title, size_t rows,
                   const TabledColumn list[], size_t n, Err *err)
{
    ErrCode rc = OK;
    TRY(table_new(out, tables, name, rows, err));
    (*out)->title = title;
    for (size_t k = 0; k < n; k++)
        TRY(table_add_labelled(&columns[k], *out, list[k].name, list[k].type,
                               list[k].unit, list[k].label, err));
done:
    return rc;
}

double tabled_figure(double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.12g", value);
    return strtod(text, NULL);
}
