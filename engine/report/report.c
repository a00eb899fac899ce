#include "report/report.h"

#include <string.h>

static void list_cell(Json *j, const char *list)
{
    json_array(j, JSON_LINE);
    while (*list != '\0') {
        size_t n = strcspn(list, ";");
        json_slice(j, list, n);
        list += n + (list[n] == ';');
    }
    json_close(j);
}

static void real_cell(Json *j, const Column *column, double value)
{
    if (strcmp(column->unit, "fen") == 0)
        json_fen(j, value);
    else
        json_real(j, value);
}

void report_cell(Json *j, const Column *column, size_t row)
{
    char text[CELL_TEXT];
    if (cell_is_null(column, row)) {
        json_null(j);
        return;
    }
    switch (column->type) {
    case TYPE_MONEY:
        json_money(j, (Money){column->i[row]});
        break;
    case TYPE_RATIO:
        json_ratio(j, (Ratio){column->i[row]});
        break;
    case TYPE_REAL:
        real_cell(j, column, column->d[row]);
        break;
    case TYPE_COUNT:
        json_integer(j, column->i[row]);
        break;
    case TYPE_BOOL:
        json_boolean(j, column->i[row] != 0);
        break;
    case TYPE_LIST:
        list_cell(j, column->s[row]);
        break;
    case TYPE_DATE:
        json_text(j, cell_format(text, column, row));
        break;
    default:
        json_text(j, column->s[row]);
    }
}

static void report_rows(Json *j, const Table *table)
{
    json_array(j, JSON_LINES);
    for (size_t i = 0; i < table->rows; i++) {
        json_object(j, JSON_LINES);
        for (size_t k = 0; k < table->n; k++) {
            json_key(j, table->columns[k]->name);
            report_cell(j, table->columns[k], i);
        }
        json_close(j);
    }
    json_close(j);
}

ErrCode report_json(FILE *to, const Table *table, int indent, Err *err)
{
    Json j;
    json_begin(&j, to, JSON_PLAIN);
    j.indent = indent;
    report_rows(&j, table);
    return json_flush(&j, err);
}
