#include "report/report.h"

#include "core/outfile.h"
#include "core/text.h"
#include "report/label.h"
#include "report/show.h"

#include <string.h>

/* A column ready for the terminal. */
typedef struct {
    Show show;
    const char *heading;
    size_t width;
} Strip;

/* A text without control characters, which a terminal would obey. */
static const char *tame(const char *text, Arena *arena)
{
    size_t i = 0;
    if (text == NULL)
        return NULL;
    while ((unsigned char)text[i] >= 0x20 && text[i] != 0x7f)
        i++;
    if (text[i] == '\0')
        return text;
    char *out = text_copy(arena, text, strlen(text));
    for (; out != NULL && out[i] != '\0'; i++)
        if ((unsigned char)out[i] < 0x20 || out[i] == 0x7f)
            out[i] = ' ';
    return out;
}

static const char *plain_cell(const Strip *s, size_t row, Arena *arena)
{
    const char *text = tame(show_cell(&s->show, row, arena), arena);
    return text != NULL && *text == '\0' ? "-" : text;
}

static const char *heading_of(const Strip *s, Arena *arena)
{
    ReportLanguage language = s->show.language;
    const char *unit = label_say(s->show.unit, language);
    const char *label = tame(
        label_say(label_of_column(s->show.column, arena), language), arena);
    if (label == NULL || *unit == '\0')
        return label;
    return text_format(arena, language == REPORT_ZH ? "%s（%s）" : "%s (%s)",
                       label, unit);
}

/* The columns to show, each with its heading. */
static ErrCode strips_of(Strip **out, size_t *n, const Table *table,
                         ReportLanguage language, Arena *arena, Err *err)
{
    Strip *strips = arena_alloc(arena, table->n, sizeof *strips);
    size_t shown = 0;
    if (strips == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < table->n; k++) {
        const Column *c = table->columns[k];
        if (label_is_translation(table, c))
            continue;
        Strip *s = &strips[shown++];
        s->show = show_of(table, c, table->rows, SHOW_COLUMN, language);
        s->heading = heading_of(s, arena);
        if (s->heading == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        s->width = text_width(s->heading);
    }
    *out = strips;
    *n = shown;
    return OK;
}

static void put(FILE *to, const char *text, size_t width, int right, int last)
{
    size_t own = text_width(text);
    int gap = width > own ? (int)(width - own) : 0;
    fprintf(to, "%*s%s%*s%s", right ? gap : 0, "", text,
            right || last ? 0 : gap, "", last ? "\n" : "  ");
}

static void put_head(FILE *to, const Strip strips[], size_t n)
{
    for (size_t k = 0; k < n; k++)
        put(to, strips[k].heading, strips[k].width, strips[k].show.is_right,
            k + 1 == n);
    for (size_t k = 0; k < n; k++) {
        for (size_t i = 0; i < strips[k].width; i++)
            fputc('-', to);
        fputs(k + 1 == n ? "\n" : "  ", to);
    }
}

/* Rows under their headings: once to measure, once to print. */
static ErrCode put_rows(FILE *to, Strip strips[], size_t n, size_t rows,
                        Arena *scratch, Err *err)
{
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1)
            put_head(to, strips, n);
        for (size_t i = 0; i < rows; i++) {
            arena_reset(scratch);
            for (size_t k = 0; k < n; k++) {
                const char *text = plain_cell(&strips[k], i, scratch);
                if (text == NULL)
                    return FAIL(err, ERR_MEMORY, "out of memory");
                if (pass == 1)
                    put(to, text, strips[k].width, strips[k].show.is_right,
                        k + 1 == n);
                else if (text_width(text) > strips[k].width)
                    strips[k].width = text_width(text);
            }
        }
    }
    return OK;
}

static void put_more(FILE *to, size_t rows, ReportLanguage language)
{
    fprintf(to,
            language == REPORT_ZH
                ? "……另有 %zu 行，用 --format csv|json|html 可得全表\n"
                : "... %zu more rows: --format csv|json|html has them all\n",
            rows);
}

/* A table of one row: a line for each column. */
static ErrCode put_down(FILE *to, const Strip strips[], size_t n,
                        ReportLanguage language, Arena *arena, Err *err)
{
    size_t width = 0, wide = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < n; k++) {
            const Show *s = &strips[k].show;
            int is_number = show_is_number(s->column->type);
            const char *text = plain_cell(&strips[k], 0, arena);
            const char *label = tame(
                label_say(label_of_column(s->column, arena), language), arena);
            if (text == NULL || label == NULL)
                return FAIL(err, ERR_MEMORY, "out of memory");
            const char *unit = label_say(s->unit, language);
            if (pass == 1) {
                put(to, label, width, 0, 0);
                put(to, text, is_number ? wide : 0, 1, *unit == '\0');
                if (*unit != '\0')
                    put(to, unit, 0, 0, 1);
                continue;
            }
            if (text_width(label) > width)
                width = text_width(label);
            if (is_number && text_width(text) > wide)
                wide = text_width(text);
        }
    return OK;
}

ErrCode report_text(FILE *to, const Table *table, ReportLanguage language,
                    Err *err)
{
    ErrCode rc = OK;
    Arena *arena = arena_new(), *scratch = arena_new();
    Strip *strips = NULL;
    size_t n = 0, rows = table->rows;
    if (rows > REPORT_LINES)
        rows = REPORT_LINES;
    if (arena == NULL || scratch == NULL) {
        rc = FAIL(err, ERR_MEMORY, "out of memory");
        goto done;
    }
    TRY(strips_of(&strips, &n, table, language, arena, err));
    const char *title =
        tame(label_say(label_of_table(table, arena), language), arena);
    fprintf(to, "%s\n", title != NULL ? title : table->name);
    if (table->rows == 0)
        fputs(language == REPORT_ZH ? "（无）\n" : "(none)\n", to);
    else if (table->rows == 1)
        TRY(put_down(to, strips, n, language, scratch, err));
    else
        TRY(put_rows(to, strips, n, rows, scratch, err));
    if (rows < table->rows)
        put_more(to, table->rows - rows, language);
    const char *why = outfile_flush(to);
    if (why != NULL)
        rc = FAIL(err, ERR_IO, "the report cannot be written: %s", why);
done:
    arena_free(arena);
    arena_free(scratch);
    return rc;
}
