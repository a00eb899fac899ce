#include "report/grid.h"

#include "core/text.h"
#include "report/html.h"
#include "report/label.h"

#include <inttypes.h>
#include <string.h>

ErrCode grid_column(GridColumn *out, const Table *table, const Column *column,
                    size_t rows, ShowUse use, Arena *arena, Err *err)
{
    out->zh = show_of(table, column, rows, use, REPORT_ZH);
    out->en = show_of(table, column, rows, use, REPORT_EN);
    out->label = label_of_column(column, arena);
    if (out->label.en == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    return OK;
}

static Label unit_of(const GridColumn *c)
{
    return (Label){c->zh.unit.zh, c->en.unit.en};
}

/* A digest is easier read in letters of one width. */
static int is_digest(const char *text)
{
    size_t n = strspn(text, "0123456789abcdef");
    return n >= 32 && text[n] == '\0';
}

/* "余额（元）" and "outstanding (yuan)". */
static ErrCode heading_of(Label *out, const GridColumn *c, Arena *arena,
                          Err *err)
{
    Label unit = unit_of(c);
    *out = c->label;
    if (unit.zh != NULL) {
        out->zh = text_format(arena, "%s（%s）", c->label.zh, unit.zh);
        out->en = text_format(arena, "%s (%s)", c->label.en, unit.en);
    }
    if (out->zh == NULL || out->en == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    return OK;
}

static ErrCode put_heading(FILE *to, const GridColumn *c, Arena *scratch,
                           Err *err)
{
    ErrCode rc = OK;
    Label heading;
    TRY(heading_of(&heading, c, scratch, err));
    fprintf(to, "<th scope=\"col\"%s>", c->zh.is_right ? " class=\"n\"" : "");
    html_label(to, heading);
    fputs("</th>", to);
done:
    return rc;
}

static ErrCode put_cell(FILE *to, const GridColumn *c, size_t row,
                        Arena *scratch, Err *err)
{
    Label text = {show_cell(&c->zh, row, scratch),
                  show_cell(&c->en, row, scratch)};
    const char *kind = "";
    if (text.zh == NULL || text.en == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (c->zh.is_right)
        kind = " class=\"n\"";
    else if (is_digest(text.zh))
        kind = " class=\"code\"";
    else if (text_width(text.zh) > 26 || text_width(text.en) > 26)
        kind = " class=\"long\"";
    fprintf(to, "<td%s>", kind);
    if (*text.zh == '\0' && *text.en == '\0')
        fputs("<span class=\"null\">–</span>", to);
    else
        html_label(to, text);
    fputs("</td>", to);
    return OK;
}

ErrCode grid_write(FILE *to, const GridColumn columns[], size_t n,
                   const size_t rows[], size_t count, Arena *scratch, Err *err)
{
    ErrCode rc = OK;
    fputs("<table>\n<thead><tr>", to);
    for (size_t k = 0; k < n; k++)
        TRY(put_heading(to, &columns[k], scratch, err));
    fputs("</tr></thead>\n<tbody>\n", to);
    for (size_t i = 0; i < count; i++) {
        arena_reset(scratch);
        fputs("<tr>", to);
        for (size_t k = 0; k < n; k++)
            TRY(put_cell(to, &columns[k], rows[i], scratch, err));
        fputs("</tr>\n", to);
    }
done:
    fputs("</tbody>\n</table>", to);
    return rc;
}

static void put_bar(FILE *to, const Table *table, size_t shown, Arena *arena)
{
    fputs("<div class=\"bar\"><h3>", to);
    html_label(to, label_of_table(table, arena));
    fputs("</h3></div>", to);
    if (shown < table->rows)
        fprintf(to,
                "<p class=\"note\"><span class=\"zh\" lang=\"zh-CN\">共 %zu "
                "行，此处列出前 %zu 行</span><span class=\"en\" lang=\"en\">"
                "the first %zu of %zu rows</span></p>",
                table->rows, shown, shown, table->rows);
}

/* All columns but translations of others. */
static ErrCode columns_of(GridColumn **out, size_t *n, const Table *table,
                          size_t rows, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    GridColumn *columns = arena_alloc(arena, table->n + 1, sizeof *columns);
    *n = 0;
    if (columns == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < table->n; k++)
        if (!label_is_translation(table, table->columns[k]))
            TRY(grid_column(&columns[(*n)++], table, table->columns[k], rows,
                            SHOW_COLUMN, arena, err));
    *out = columns;
done:
    return rc;
}

ErrCode grid_block(FILE *to, const Table *table, Arena *arena, Arena *scratch,
                   Err *err)
{
    ErrCode rc = OK;
    size_t shown = table->rows < REPORT_ROWS ? table->rows : REPORT_ROWS, n;
    size_t *rows = arena_alloc(arena, shown + 1, sizeof *rows);
    GridColumn *columns = NULL;
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < shown; i++)
        rows[i] = i;
    TRY(columns_of(&columns, &n, table, shown, arena, err));
    fprintf(to, "<div class=\"block%s\">", shown > 25 ? " long" : "");
    put_bar(to, table, shown, arena);
    fputs("<div class=\"scroll\" tabindex=\"0\">", to);
    TRY(grid_write(to, columns, n, rows, shown, scratch, err));
    fputs("</div></div>\n", to);
done:
    return rc;
}

/* ---- figures ---- */

/* The column x_se, x_low or x_high of a column x, where it is known. */
static const Column *part_of(const Table *table, const Column *column,
                             const char *ending)
{
    const Column *c = show_part(table, column, ending);
    return c != NULL && !cell_is_null(c, 0) ? c : NULL;
}

/* Does a column stand below the figure it is a part of? */
static int is_part(const Table *table, const Column *column)
{
    static const char *const endings[] = {"_se", "_low", "_high"};
    for (size_t k = 0; k < table->n; k++)
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
            if (show_part(table, table->columns[k], endings[i]) == column)
                return 1;
    return 0;
}

static Label both(const GridColumn *c, Arena *arena)
{
    return (Label){show_cell(&c->zh, 0, arena), show_cell(&c->en, 0, arena)};
}

/* The end of an interval in the unit of the figure; "–" where it has none. */
static Label end_of(GridColumn figure, const Column *end, Arena *arena)
{
    figure.zh.column = figure.en.column = end;
    return end == NULL ? (Label){"–", "–"} : both(&figure, arena);
}

/* "11.23% to 11.62%" */
static Label range_of(GridColumn figure, const Column *low, const Column *high,
                      Arena *arena)
{
    Label from = end_of(figure, low, arena), to = end_of(figure, high, arena);
    if (from.zh == NULL || from.en == NULL || to.zh == NULL || to.en == NULL)
        return (Label){NULL, NULL};
    return (Label){text_format(arena, "%s 至 %s", from.zh, to.zh),
                   text_format(arena, "%s to %s", from.en, to.en)};
}

/* What stands small below a figure: its interval, its standard error, or every
 * fen of it. */
static ErrCode put_below(FILE *to, GridColumn figure, const Table *table,
                         Arena *arena, Err *err)
{
    const Column *column = figure.zh.column;
    const Column *error = part_of(table, column, "_se");
    const Column *low = part_of(table, column, "_low");
    const Column *high = part_of(table, column, "_high");
    Label unit = unit_of(&figure), text;
    if (low != NULL || high != NULL) {
        text = range_of(figure, low, high, arena);
    } else if (error != NULL) {
        figure.zh = show_of(table, error, 1, SHOW_FIGURE, REPORT_ZH);
        figure.en = show_of(table, error, 1, SHOW_FIGURE, REPORT_EN);
        unit = unit_of(&figure);
        text = both(&figure, arena);
    } else if (column->type == TYPE_MONEY && figure.zh.factor < 0.01) {
        figure.zh.exact = figure.en.exact = 1;
        unit = (Label){"元", "yuan"};
        text = both(&figure, arena);
    } else {
        return OK;
    }
    if (text.zh == NULL || text.en == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    fputs(low == NULL && high == NULL && error != NULL ? "<dd class=\"se\">± "
                                                       : "<dd class=\"se\">",
          to);
    html_label(to, text);
    fputc(' ', to);
    html_label(to, unit);
    fputs("</dd>", to);
    return OK;
}

static ErrCode put_figure(FILE *to, const Table *table, const Column *column,
                          Arena *arena, Err *err)
{
    ErrCode rc = OK;
    GridColumn figure = {0};
    TRY(grid_column(&figure, table, column, 1, SHOW_FIGURE, arena, err));
    Label text = both(&figure, arena);
    if (text.zh == NULL || text.en == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (*text.zh == '\0')
        text = (Label){"–", "–"};
    fputs("<div><dt>", to);
    html_label(to, figure.label);
    fputs("</dt><dd>", to);
    html_label(to, text);
    if (unit_of(&figure).zh != NULL && *text.zh != '\0') {
        fputs("<small>", to);
        html_label(to, unit_of(&figure));
        fputs("</small>", to);
    }
    fputs("</dd>", to);
    TRY(put_below(to, figure, table, arena, err));
    fputs("</div>\n", to);
done:
    return rc;
}

ErrCode grid_figures(FILE *to, const Table *table, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    if (table->rows == 0)
        return OK;
    fputs("<dl class=\"figures\">\n", to);
    for (size_t k = 0; k < table->n; k++) {
        const Column *c = table->columns[k];
        if (!label_is_translation(table, c) && !is_part(table, c))
            TRY(put_figure(to, table, c, arena, err));
    }
    fputs("</dl>\n", to);
done:
    return rc;
}
