#include "report/show.h"

#include "core/text.h"
#include "report/decimals.h"
#include "report/label.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *code;
    Label label;
} units[] = {
    {"day", {"天", "days"}},           {"month", {"月", "months"}},
    {"year", {"年", "years"}},         {"person", {"人", "persons"}},
    {"point", {"分", "points"}},       {"yuan", {"元", "yuan"}},
    {"loan", {"笔", "loans"}},         {"firm", {"户", "firms"}},
    {"contract", {"份", "contracts"}}, {"times", {"倍", "times"}},
};

/* Steps of money: amounts from `from` fen on, in a language and use. */
typedef struct {
    double from, fen;
    int decimals;
    Label unit;
} Step;

static const Step steps[2][4] = {
    {{1e10, 1e10, 4, {"亿元", NULL}},
     {1e6, 1e6, 2, {"万元", NULL}},
     {0, 1e2, 2, {"元", NULL}}},
    {{1e11, 1e11, 3, {NULL, "billion yuan"}},
     {1e8, 1e8, 2, {NULL, "million yuan"}},
     {1e5, 1e5, 2, {NULL, "thousand yuan"}},
     {0, 1e2, 2, {NULL, "yuan"}}},
};

int show_is_number(FieldType type)
{
    return type == TYPE_MONEY || type == TYPE_RATIO || type == TYPE_REAL ||
           type == TYPE_COUNT;
}

/* ---- units ---- */

/* The largest size of a value. */
static double largest_of(const Column *c, size_t rows)
{
    double largest = 0;
    for (size_t i = 0; i < rows; i++) {
        if (cell_is_null(c, i))
            continue;
        double v = fabs(c->type == TYPE_REAL ? c->d[i] : (double)c->i[i]);
        if (v > largest)
            largest = v;
    }
    return largest;
}

static void show_money(Show *s, double largest, ShowUse use)
{
    s->exact = s->column->type == TYPE_MONEY && use == SHOW_COLUMN;
    const Step *step = steps[s->language];
    while (step->from > 0 && (s->exact || largest < step->from))
        step++;
    if (use == SHOW_COLUMN && step->fen > 1e6) /* finer where rows compare */
        step = &steps[s->language][s->language == REPORT_ZH ? 1 : 2];
    s->unit = step->unit;
    s->factor = 1 / step->fen;
    s->decimals = step->decimals;
}

/* Two digits of the largest (three of a share by itself), and two decimals; a
 * share below shows two digits of its own, so that 0.0042% stands beside
 * 11.13%. */
static void show_real(Show *s, size_t rows, double largest)
{
    int percent = strcmp(s->column->unit, "1") == 0;
    s->factor = percent ? 100 : 1;
    s->decimals = decimals_exact(s->column, rows, s->factor, 2);
    s->is_fine = percent && s->decimals < 0;
    s->is_level = s->is_fine && strcmp(s->column->name, "level") == 0;
    if (s->decimals < 0)
        s->decimals =
            decimals_for(largest * (percent && rows == 1 ? 10 : s->factor), 2);
}

static void show_ratio(Show *s, size_t rows)
{
    s->factor = 1e-7; /* billionths as percent */
    s->decimals = decimals_exact(s->column, rows, s->factor, 7);
    assert(s->decimals >= 0); /* a billionth has no more */
}

static Label unit_of(const Column *c)
{
    if (c->type == TYPE_DATE ||
        (c->type == TYPE_COUNT && strcmp(c->unit, "year") == 0))
        return (Label){NULL, NULL};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(c->unit, units[i].code) == 0)
            return units[i].label;
    if (*c->unit == '\0' || strcmp(c->unit, "1") == 0)
        return (Label){NULL, NULL};
    return (Label){c->unit, c->unit};
}

/* Names that others gave stay as they are, though one may be a word of ours;
 * the steps of a trace are named by what they reckon, and so is a `rule` that
 * is a category. */
static int is_key(const Table *table, const Column *c)
{
    static const char *const keys[] = {"id",      "rule", "of",     "example",
                                       "version", "case", "column", "file"};
    size_t n = strlen(c->name);
    if (strcmp(table->name, "trace") == 0)
        return 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(c->name, keys[i]) == 0)
            return strcmp(c->name, "rule") != 0 || c->type == TYPE_TEXT;
    return n > 3 && strcmp(c->name + n - 3, "_id") == 0;
}

/* "8.48", "-1,000.00", "1.5e-08" or "2.73%"; *has_part: more than digits. */
static int is_figure(const char *text, int *has_part)
{
    static const char digits[] = "0123456789,";
    const char *at = text + (*text == '-');
    size_t n = strspn(at, digits);
    n += at[n] == '.' ? 1 + strspn(at + n + 1, digits) : 0;
    *has_part |= strcspn(text, ",.%e") < strlen(text);
    at += n;
    if (n > 0 && *at == 'e' && (at[1] == '-' || at[1] == '+'))
        at += 2 + strspn(at + 2, digits);
    return n > 0 && at[*at == '%'] == '\0';
}

/* Texts that are all figures; whole numbers alone may be names. */
static int is_figures(const Column *c, size_t rows)
{
    int has_part = 0;
    if (c->type != TYPE_TEXT)
        return 0;
    for (size_t i = 0; i < rows; i++)
        if (c->s[i] != NULL && !is_figure(c->s[i], &has_part))
            return 0;
    return has_part;
}

Show show_of(const Table *table, const Column *column, size_t rows, ShowUse use,
             ReportLanguage language)
{
    Show s = {.column = column, .language = language, .factor = 1};
    double largest = 0;
    s.words = is_key(table, column) ? NULL : label_words(table);
    if (column->type == TYPE_TEXT || column->type == TYPE_CATEGORY)
        s.titles = label_titles(table, column);
    if (language == REPORT_ZH)
        s.chinese = label_chinese(table, column);
    s.unit = unit_of(column);
    s.is_right = show_is_number(column->type) || is_figures(column, rows);
    if (show_is_number(column->type))
        largest = largest_of(column, rows);
    if (column->type == TYPE_MONEY ||
        (column->type == TYPE_REAL && strcmp(column->unit, "fen") == 0))
        show_money(&s, largest, use);
    else if (column->type == TYPE_REAL)
        show_real(&s, rows, largest);
    else if (column->type == TYPE_RATIO)
        show_ratio(&s, rows);
    return s;
}

const Column *show_part(const Table *table, const Column *column,
                        const char *ending)
{
    char name[80];
    int n = snprintf(name, sizeof name, "%s%s", column->name, ending);
    const Column *c = n < (int)sizeof name ? table_find(table, name) : NULL;
    return c != NULL && show_is_number(c->type) ? c : NULL;
}

/* ---- cells ---- */

/* Digits in groups of three before the point; "-0.00" loses its sign. */
static const char *grouped(Arena *arena, const char *digits)
{
    int negative = *digits == '-';
    digits += negative;
    size_t whole = strspn(digits, "0123456789"), n = 0;
    const char *tail = digits[whole] == '\0' ? "" : digits + whole + 1;
    char *out = arena_alloc(arena, strlen(digits) + whole / 3 + 2, 1);
    if (out == NULL)
        return NULL;
    if (negative && strspn(digits, "0.,") < strlen(digits))
        out[n++] = '-';
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            out[n++] = ',';
        out[n++] = digits[i];
    }
    if (*tail != '\0') { /* any locale's point has become ours */
        out[n++] = '.';
        memcpy(out + n, tail, strlen(tail));
    }
    return out;
}

static const char *real_text(double value, int decimals, Arena *arena)
{
    char digits[64];
    if (!isfinite(value) || fabs(value) >= 1e18)
        return text_format(arena, "%.6g", value);
    snprintf(digits, sizeof digits, "%.*f", decimals, value);
    return grouped(arena, digits);
}

static const char *money_text(int64_t fen, Arena *arena)
{
    char digits[MONEY_TEXT];
    return grouped(arena, money_format(digits, (Money){fen}));
}

static const char *count_text(const Show *s, int64_t value, Arena *arena)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    if (strcmp(s->column->unit, "year") == 0) /* 2024, not 2,024 */
        return text_format(arena, "%s", digits);
    return grouped(arena, digits);
}

static const char *percent_text(const Show *s, double value, Arena *arena)
{
    double shown = value * s->factor;
    int decimals = s->is_level  ? decimals_of_level(shown)
                   : s->is_fine ? decimals_for(fabs(shown), s->decimals)
                                : s->decimals;
    const char *digits = real_text(shown, decimals, arena);
    return digits == NULL ? NULL : text_format(arena, "%s%%", digits);
}

/* Items of a list, each by its word, joined as the language does. */
static const char *list_text(const Show *s, const char *list, Arena *arena)
{
    const char *out = "";
    while (out != NULL && *list != '\0') {
        size_t n = strcspn(list, ";");
        const char *word =
            label_say(label_word(s->words, list, n), s->language);
        int wide = *word != '\0' ? (int)strlen(word) : (int)n;
        const char *gap = s->language == REPORT_ZH ? "；" : "; ";
        out = text_format(arena, "%s%s%.*s", out, *out != '\0' ? gap : "", wide,
                          *word != '\0' ? word : list);
        list += n + (list[n] == ';');
    }
    return out;
}

static const char *number_text(const Show *s, size_t row, Arena *arena)
{
    const Column *c = s->column;
    switch (c->type) {
    case TYPE_RATIO:
        return percent_text(s, (double)c->i[row], arena);
    case TYPE_REAL:
        if (strcmp(c->unit, "1") == 0)
            return percent_text(s, c->d[row], arena);
        return real_text(c->d[row] * s->factor, s->decimals, arena);
    case TYPE_MONEY:
        if (s->exact)
            return money_text(c->i[row], arena);
        return real_text((double)c->i[row] * s->factor, s->decimals, arena);
    default:
        return count_text(s, c->i[row], arena);
    }
}

static const char *word_text(const Show *s, const char *word)
{
    const char *known = label_say(label_title(s->titles, word), s->language);
    if (*known != '\0')
        return known;
    known = label_say(label_word(s->words, word, strlen(word)), s->language);
    return *known != '\0' ? known : word;
}

const char *show_cell(const Show *s, size_t row, Arena *arena)
{
    const Column *c = s->column;
    char text[CELL_TEXT];
    if (s->chinese != NULL && !cell_is_null(s->chinese, row))
        return s->chinese->s[row];
    if (cell_is_null(c, row))
        return "";
    if (show_is_number(c->type))
        return number_text(s, row, arena);
    if (c->type == TYPE_BOOL && s->language == REPORT_ZH)
        return c->i[row] ? "是" : "否";
    if (c->type == TYPE_BOOL)
        return c->i[row] ? "yes" : "no";
    if (c->type == TYPE_LIST)
        return list_text(s, c->s[row], arena);
    if (c->type == TYPE_DATE)
        return text_format(arena, "%s", cell_format(text, c, row));
    return word_text(s, c->s[row]);
}

/* ---- a cell by itself ---- */

/* The column as if it began with that row. */
static Column from_row(const Column *c, size_t row)
{
    Column one = *c;
    one.i = c->i + row; /* every cell takes eight bytes */
    return one;
}

/* " (11.23% to 11.62%)" in the unit of s; "" where no interval is known. */
static const char *range_said(Show s, const Table *table, const Column *c,
                              size_t row, Arena *arena)
{
    const Column *low = show_part(table, c, "_low");
    const Column *high = show_part(table, c, "_high");
    int is_figure =
        strcmp(c->name, "value") == 0 || strcmp(c->name, "probability") == 0;
    if (low == NULL && is_figure) {
        low = table_find(table, "low");
        high = table_find(table, "high");
    }
    if (low == NULL || high == NULL || cell_is_null(low, row) ||
        cell_is_null(high, row))
        return "";
    s.column = low;
    const char *from = show_cell(&s, row, arena);
    s.column = high;
    const char *to = show_cell(&s, row, arena);
    if (from == NULL || to == NULL)
        return NULL;
    return text_format(arena,
                       s.language == REPORT_ZH ? "（%s 至 %s）" : " (%s to %s)",
                       from, to);
}

static const char *said_in(const Table *table, const Column *c, size_t row,
                           ReportLanguage language, Arena *arena)
{
    Column one = from_row(c, row);
    Show s = show_of(table, &one, 1, SHOW_FIGURE, language);
    s.column = c;
    const char *cell = show_cell(&s, row, arena);
    const char *unit = label_say(s.unit, language);
    const char *range = range_said(s, table, c, row, arena);
    if (cell == NULL || range == NULL)
        return NULL;
    return text_format(arena, "%s%s%s%s", cell, *unit == '\0' ? "" : " ", unit,
                       range);
}

Label show_said(const Table *table, const char *column, size_t row,
                Arena *arena)
{
    const Column *c = table == NULL ? NULL : table_find(table, column);
    if (c == NULL || row >= table->rows || cell_is_null(c, row))
        return (Label){"–", "–"};
    return (Label){said_in(table, c, row, REPORT_ZH, arena),
                   said_in(table, c, row, REPORT_EN, arena)};
}
