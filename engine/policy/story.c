#include "policy/story.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { CELLS = 8 };

void story_tell(Story *s, StoryStep step)
{
    StoryStep *steps =
        arena_grow(s->arena, s->steps, &s->capacity, s->n, sizeof *steps);
    if (steps == NULL) {
        s->failed = 1;
        return;
    }
    s->steps = steps;
    steps[s->n++] = step;
}

const char *story_say(Story *s, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    char *text = n < 0 ? NULL : arena_alloc(s->arena, (size_t)n + 1, 1);
    if (text == NULL) {
        s->failed = 1;
        return "";
    }
    va_start(args, fmt);
    vsnprintf(text, (size_t)n + 1, fmt, args);
    va_end(args);
    return text;
}

const char *story_money(Story *s, int64_t fen)
{
    char text[MONEY_TEXT];
    if (fen == NULL_INT)
        return "null";
    return story_say(s, "%s", money_format(text, (Money){fen}));
}

const char *story_rate(Story *s, double rate)
{
    char text[64];
    if (!(fabs(rate) < 1e9))
        return "null";
    size_t n = (size_t)snprintf(text, sizeof text, "%.8f", rate * 100);
    while (text[n - 1] == '0')
        n--;
    n -= text[n - 1] == '.';
    return story_say(s, "%.*s%%", (int)n, text);
}

const char *story_number(Story *s, double number)
{
    return isnan(number) ? "null" : story_say(s, "%.10g", number);
}

static const char *cell_of(const StoryStep *s, size_t k)
{
    const char *cells[CELLS] = {s->step,    s->rule,    s->result, s->text.en,
                                s->text.zh, s->formula, s->values, s->cite};
    return cells[k] != NULL && *cells[k] != '\0' ? cells[k] : NULL;
}

/* The cells of a column for the story's rows, from `cells` on. */
static ErrCode fill(const char *cells[], Texts *texts, const Story *s, size_t k,
                    Err *err)
{
    for (size_t i = 0; i < s->n; i++) {
        const char *text = cell_of(&s->steps[i], k);
        cells[i] = text == NULL ? NULL : texts_put(texts, text, strlen(text));
        if (text != NULL && cells[i] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory to explain");
    }
    return OK;
}

ErrCode story_table(Table **out, Tables *tables, const Story *s, Err *err)
{
    static const struct {
        const char *name;
        FieldType type;
        Label label;
    } columns[CELLS] = {
        {"step", TYPE_CATEGORY, {"步骤", "step"}},
        {"rule", TYPE_TEXT, {"规则", "rule"}},
        {"result", TYPE_TEXT, {"结果", "result"}},
        {"text", TYPE_TEXT, {"说明", "in words"}},
        {"text_zh", TYPE_TEXT, {"说明", "in words"}},
        {"formula", TYPE_TEXT, {"公式", "formula"}},
        {"values", TYPE_TEXT, {"代入", "values"}},
        {"cite", TYPE_TEXT, {"依据", "cite"}},
    };
    ErrCode rc = OK;
    Table *table;
    if (s->failed)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    TRY(table_new(&table, tables, "trace", s->n, err));
    table->title = (Label){"判定步骤", "Steps"};
    for (size_t k = 0; k < CELLS; k++) {
        Column *column;
        TRY(table_add(&column, table, columns[k].name, columns[k].type, "",
                      err));
        column->label = columns[k].label;
        TRY(fill(column->s, tables->texts, s, k, err));
    }
    *out = table;
done:
    return rc;
}

ErrCode story_append(Table *trace, const Story *s, Err *err)
{
    ErrCode rc = OK;
    const char **cells[CELLS];
    size_t rows = trace->rows + s->n;
    for (size_t k = 0; k < CELLS; k++) {
        cells[k] = arena_alloc(trace->owner->arena, rows + 1, sizeof **cells);
        if (s->failed || cells[k] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory to explain");
        if (trace->rows > 0)
            memcpy(cells[k], trace->columns[k]->s,
                   trace->rows * sizeof **cells);
        TRY(fill(cells[k] + trace->rows, trace->owner->texts, s, k, err));
    }
    for (size_t k = 0; k < CELLS; k++)
        trace->columns[k]->s = cells[k];
    trace->rows = rows;
done:
    return rc;
}
