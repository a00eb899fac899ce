#include "data/csv.h"

#include <string.h>

/* A text that would be read as something else stands in quotes. */
static void write_text(FILE *to, const char *text)
{
    size_t n = strlen(text);
    int spaced = n > 0 && (text[0] == ' ' || text[n - 1] == ' ');
    if (strpbrk(text, ",\"\r\n") == NULL && !spaced) {
        fwrite(text, 1, n, to);
        return;
    }
    fputc('"', to);
    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '"')
            fputc('"', to);
        fputc(*p, to);
    }
    fputc('"', to);
}

static void write_row(FILE *to, const Table *table, size_t row)
{
    char room[CELL_TEXT];
    for (size_t i = 0; i < table->n; i++) {
        if (i > 0)
            fputc(',', to);
        write_text(to, cell_format(room, table->columns[i], row));
    }
    fputc('\n', to);
}

ErrCode csv_write(FILE *to, const Table *table, int with_bom, Err *err)
{
    if (with_bom)
        fputs("\xEF\xBB\xBF", to);
    for (size_t i = 0; i < table->n; i++) {
        if (i > 0)
            fputc(',', to);
        write_text(to, table->columns[i]->name);
    }
    fputc('\n', to);
    for (size_t row = 0; row < table->rows && !ferror(to); row++)
        write_row(to, table, row);
    if (fflush(to) != 0 || ferror(to))
        return FAIL(err, ERR_IO, "the table %s cannot be written", table->name);
    return OK;
}
