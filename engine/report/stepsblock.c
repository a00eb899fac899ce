#include "report/stepsblock.h"

#include "report/grid.h"
#include "report/html.h"
#include "report/label.h"

#include <string.h>

enum { STEP, RULE, RESULT, TEXT, FORMULA, VALUES, CITE, PARTS };
typedef enum { OUTCOME, DIFFER, WHY } Pass;

typedef struct {
    FILE *to;
    const Table *trace;
    const Column *columns[PARTS]; /* NULL where absent */
    GridColumn shown[PARTS];
    Arena *scratch;
    int failed; /* no memory for a text */
} Steps;

int steps_is_trace(const Table *table)
{
    return strcmp(table->name, "trace") == 0;
}

static const char *raw(Steps *s, int part, size_t row)
{
    const Column *c = s->columns[part];
    return c == NULL || c->s[row] == NULL ? "" : c->s[row];
}

static Label said(Steps *s, int part, size_t row)
{
    if (s->columns[part] == NULL)
        return (Label){"", ""};
    Show zh = s->shown[part].zh, en = s->shown[part].en;
    if ((part == RULE || part == FORMULA) &&
        label_is_verbatim(raw(s, STEP, row)))
        zh.words = en.words = NULL;
    Label text = {show_cell(&zh, row, s->scratch),
                  show_cell(&en, row, s->scratch)};
    s->failed |= text.zh == NULL || text.en == NULL;
    return text;
}

static int is_said(Label text)
{
    return (text.zh != NULL && *text.zh != '\0') ||
           (text.en != NULL && *text.en != '\0');
}

static void put_part(Steps *s, const char *open, Label text, const char *close)
{
    if (!is_said(text))
        return;
    fputs(open, s->to);
    html_label(s->to, text);
    fputs(close, s->to);
}

static Pass pass_of(Steps *s, size_t row)
{
    if (*raw(s, RULE, row) == '\0')
        return OUTCOME;
    return strcmp(raw(s, STEP, row), "to differ") == 0 ? DIFFER : WHY;
}

/* Steps of a name and a value alone stand side by side. */
static int is_short(Steps *s, size_t row)
{
    for (int part = TEXT; part < PARTS; part++)
        if (*raw(s, part, row) != '\0')
            return 0;
    return 1;
}

static void put_step(Steps *s, size_t row)
{
    Label rule = said(s, RULE, row), result = said(s, RESULT, row);
    fputs(is_short(s, row) ? "<li class=\"short\"><p>" : "<li><p>", s->to);
    put_part(s, "<b>", rule, "</b>");
    put_part(s, is_said(rule) ? " = <strong>" : "<strong>", result,
             "</strong>");
    put_part(s, " <span class=\"said\">", said(s, TEXT, row), "</span>");
    fputs("</p>", s->to);
    put_part(s, "<p><code>", said(s, FORMULA, row), "</code></p>");
    if (strcmp(raw(s, FORMULA, row), raw(s, VALUES, row)) != 0)
        put_part(s, "<p><code>= ", said(s, VALUES, row), "</code></p>");
    put_part(s, "<p class=\"note\">", said(s, CITE, row), "</p>");
    fputs("</li>\n", s->to);
}

/* What it comes to, side by side; what came to nothing is left out. */
static void put_outcome(Steps *s, size_t rows)
{
    fputs("<ol>\n", s->to);
    for (size_t i = 0; i < rows; i++) {
        arena_reset(s->scratch);
        if (*raw(s, RULE, i) != '\0' || *raw(s, RESULT, i) == '\0')
            continue;
        put_part(s, "<li class=\"short\"><p><b>", said(s, STEP, i), "</b>");
        put_part(s, " = <strong>", said(s, RESULT, i), "</strong></p></li>\n");
    }
    fputs("</ol>\n", s->to);
}

/* The steps of one pass, those of one kind in one list. */
static void put_pass(Steps *s, size_t rows, Pass pass)
{
    const char *kind = NULL;
    for (size_t i = 0; i < rows; i++) {
        arena_reset(s->scratch);
        if (pass_of(s, i) != pass)
            continue;
        if (kind == NULL || strcmp(kind, raw(s, STEP, i)) != 0) {
            put_part(s, kind == NULL ? "<h4>" : "</ol>\n<h4>", said(s, STEP, i),
                     "</h4>\n<ol>\n");
            kind = raw(s, STEP, i);
        }
        put_step(s, i);
    }
    if (kind != NULL)
        fputs("</ol>\n", s->to);
}

ErrCode steps_block(FILE *to, const Table *trace, Arena *arena, Arena *scratch,
                    Err *err)
{
    static const char *const names[PARTS] = {
        "step", "rule", "result", "text", "formula", "values", "cite"};
    ErrCode rc = OK;
    Steps s = {.to = to, .trace = trace, .scratch = scratch};
    size_t rows = trace->rows < REPORT_ROWS ? trace->rows : REPORT_ROWS;
    for (int part = 0; part < PARTS; part++) {
        s.columns[part] = table_find(trace, names[part]);
        if (s.columns[part] != NULL)
            TRY(grid_column(&s.shown[part], trace, s.columns[part], rows,
                            SHOW_COLUMN, arena, err));
    }
    fputs("<div class=\"block steps\"><div class=\"bar\"><h3>", to);
    html_label(to, label_of_table(trace, arena));
    fputs("</h3></div>\n", to);
    put_outcome(&s, rows);
    put_pass(&s, rows, DIFFER);
    put_pass(&s, rows, WHY);
    fputs("</div>\n", to);
    if (s.failed)
        rc = FAIL(err, ERR_MEMORY, "out of memory");
done:
    return rc;
}
