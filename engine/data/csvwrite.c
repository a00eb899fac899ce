#include "data/csv.h"

#include "core/outfile.h"

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

/* An estimate of an amount is told in yuan, as amounts are; half a fen goes
 * away from zero. */
static const char *format(char room[CELL_TEXT], const Column *c, size_t row)
{
    double fen = c->type == TYPE_REAL ? c->d[row] : 0;
    if (c->type != TYPE_REAL || c->unit == NULL ||
        strcmp(c->unit, "fen") != 0 || !(fen > -MONEY_MAX && fen < MONEY_MAX))
        return cell_format(room, c, row);
    Money a = {(int64_t)(fen < 0 ? fen - 0.5 : fen + 0.5)};
    return money_format(room, a);
}

static void write_row(FILE *to, const Table *table, size_t row)
{
    char room[CELL_TEXT];
    for (size_t i = 0; i < table->n; i++) {
        if (i > 0)
            fputc(',', to);
        write_text(to, format(room, table->columns[i], row));
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
    const char *why = outfile_flush(to);
    if (why != NULL)
        return FAIL(err, ERR_IO, "the table %s cannot be written: %s",
                    table->name, why);
    return OK;
}
