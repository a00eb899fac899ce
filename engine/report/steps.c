#include "report/report.h"

#include "core/outfile.h"
#include "core/text.h"
#include "report/label.h"
#include "report/show.h"

#include <string.h>

enum { WIDE = 14 }; /* columns of the step's name */

/* The columns of a trace, each as shown; `column` NULL where it is absent. */
typedef struct {
    Show step, rule, cite, formula, values, result, text;
    Arena *scratch;
} Steps;

static Show column_of(const Table *t, const char *name, ReportLanguage language)
{
    const Column *c = table_find(t, name);
    return c == NULL ? (Show){0}
                     : show_of(t, c, t->rows, SHOW_COLUMN, language);
}

static const char *cell(const Steps *s, const Show *show, size_t row)
{
    const char *text =
        show->column == NULL ? "" : show_cell(show, row, s->scratch);
    return text == NULL ? "" : text;
}

/* A name of the rule file stays as it stands there; others are words. */
static const char *named(const Steps *s, const Show *show, size_t row)
{
    const Column *step = s->step.column;
    Show plain = *show;
    if (step != NULL && step->s[row] != NULL && label_is_verbatim(step->s[row]))
        plain.words = NULL;
    return cell(s, &plain, row);
}

static void put_pair(FILE *to, const char *before, const char *text)
{
    if (text[0] != '\0')
        fprintf(to, "%*s %s%s\n", WIDE, "", before, text);
}

/* "fact           growth = 0.108
 *                 revenue / revenue_prev - 1
 *                 = 21906506.04 / 19762731.56 - 1
 *                 [article]" */
static void put_step(FILE *to, const Steps *s, size_t row)
{
    const char *step = cell(s, &s->step, row), *rule = named(s, &s->rule, row);
    const char *formula = named(s, &s->formula, row);
    const char *values = cell(s, &s->values, row);
    const char *result = cell(s, &s->result, row);
    const char *text = cell(s, &s->text, row);
    size_t used = text_width(step);
    fprintf(to, "%s%*s %s", step, used < WIDE ? (int)(WIDE - used) : 0, "",
            rule);
    if (result[0] != '\0')
        fprintf(to, "%s%s", rule[0] != '\0' ? " = " : "", result);
    if (text[0] != '\0')
        fprintf(to, "  (%s)", text);
    fputc('\n', to);
    put_pair(to, "", formula);
    if (strcmp(formula, values) != 0)
        put_pair(to, "= ", values);
    const char *cite = cell(s, &s->cite, row);
    if (cite[0] != '\0')
        fprintf(to, "%*s [%s]\n", WIDE, "", cite);
}

ErrCode report_steps(FILE *to, const Table *t, ReportLanguage language,
                     Err *err)
{
    Arena *scratch = arena_new();
    if (scratch == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    Steps s = {.step = column_of(t, "step", language),
               .rule = column_of(t, "rule", language),
               .cite = column_of(t, "cite", language),
               .formula = column_of(t, "formula", language),
               .values = column_of(t, "values", language),
               .result = column_of(t, "result", language),
               .text = column_of(t, "text", language),
               .scratch = scratch};
    for (size_t i = 0; i < t->rows; i++) {
        put_step(to, &s, i);
        arena_reset(scratch);
    }
    arena_free(scratch);
    const char *why = outfile_flush(to);
    if (why != NULL)
        return FAIL(err, ERR_IO, "the report cannot be written: %s", why);
    return OK;
}
