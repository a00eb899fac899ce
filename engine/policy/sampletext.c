#include "policy/sampletext.h"

#include "policy/line.h"
#include "policy/show.h"

#include <string.h>

typedef struct {
    Line line;
    Arena *arena;
    const Program *program;
    void *const *at;
    size_t row;
    size_t n; /* pairs of the list so far */
    size_t column;
} Sample;

enum { WIDTH = 100, INDENT = 14 };

/* Behind the pairs there are, on a new line where this one is full. */
static void put_pair(Sample *s, const char *name, const char *value)
{
    size_t bytes = strlen(name) + strlen(value) + 7;
    if (s->n > 0)
        line_put(&s->line, ",");
    if (s->n > 0 && s->column + bytes > WIDTH) {
        line_put(&s->line, "\n             ");
        s->column = INDENT;
    }
    line_put(&s->line, " \"");
    line_put(&s->line, name);
    line_put(&s->line, " = ");
    for (const char *p = value; *p != '\0'; p++) {
        char text[3] = {*p, '\0', '\0'};
        if (*p == '"' || *p == '\\')
            memcpy(text, (char[]){'\\', *p, '\0'}, 3);
        line_put(&s->line, text);
    }
    line_put(&s->line, "\"");
    s->column += bytes;
    s->n++;
}

/* A value as rule files write it: words and dates in their marks. */
static const char *literal(Sample *s, int slot, Unit unit)
{
    const Code *code = &s->program->code;
    size_t row = code_is_constant(code, slot) ? 0 : s->row;
    const char *text =
        show_value(s->arena, &code->slots[slot], s->at[slot], row, unit);
    if (strcmp(text, "null") == 0)
        return text;
    if (unit == UNIT_DATE)
        text = text_format(s->arena, "date(\"%s\")", text);
    else if (unit == UNIT_TEXT || unit == UNIT_LIST)
        text = text_format(s->arena, "\"%s\"", text);
    return text == NULL ? "null" : text;
}

static void start(Sample *s, const char *name)
{
    line_put(&s->line, "\n    ");
    line_put(&s->line, name);
    line_put(&s->line, " = (");
    s->n = 0;
    s->column = INDENT;
}

static void put_given(Sample *s)
{
    start(s, "given");
    for (size_t i = 0; i < s->program->n_inputs; i++) {
        const Symbol *in = s->program->inputs[i];
        const char *text = literal(s, in->raw, in->unit);
        if (strcmp(text, "null") != 0)
            put_pair(s, in->name, text);
    }
    line_put(&s->line, " );");
}

static Truth truth_of(const Sample *s, const Rule *rule)
{
    const Truth *t = s->at[rule->slot];
    return t[code_is_constant(&s->program->code, rule->slot) ? 0 : s->row];
}

static void put_gives(Sample *s, const CoverItem *item)
{
    static const char *const truths[] = {"false", "null", "true"};
    const Program *p = s->program;
    Truth all = IS_TRUE;
    start(s, "gives");
    for (size_t i = 0; i < p->n_rows; i++) {
        Truth one = truth_of(s, p->rows[i]);
        all = one < all ? one : all;
    }
    for (size_t i = 0; i < p->n_outputs; i++) {
        const Symbol *out = p->outputs[i].symbol;
        if (out->unit != UNIT_LIST)
            put_pair(s, out->name, literal(s, out->slot, out->unit));
    }
    for (size_t i = 0; i < p->n_rows; i++)
        if (strcmp(p->rows[i]->id, item->rule) == 0)
            put_pair(s, item->rule, truths[truth_of(s, p->rows[i])]);
    put_pair(s, "eligible", truths[all]);
    line_put(&s->line, " ); }");
}

const char *sample_text(Arena *arena, const Era *era, void *const at[],
                        size_t i, const CoverItem *item)
{
    char day[DATE_TEXT];
    Sample s = {.arena = arena, .program = era->program, .at = at, .row = i};
    line_put(&s.line, "of = ( \"");
    line_put(&s.line, item->of);
    line_put(&s.line, "\" );");
    if (era->from.days != INT32_MIN) {
        line_put(&s.line, " on = \"");
        line_put(&s.line, date_format(day, era->from));
        line_put(&s.line, "\";");
    }
    put_given(&s);
    put_gives(&s, item);
    size_t n = s.line.n;
    if (n < 3 || strncmp(s.line.bytes + n - 3, "; }", 3) != 0)
        return NULL; /* cut off */
    return text_copy(arena, s.line.bytes, n);
}
