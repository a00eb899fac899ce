/* anytable.h - decision tables at random, as text and as a naive reading of it.
 *
 * Every column counts in steps of its kind: 1 (count), 0.25 (number), 1,234.50
 * yuan (money), 0.25% (ratio), 17 days (date).  A value is a number of fine
 * units, FINE to a step, so that it may stand on a breakpoint, beside it or
 * between two; counts have no room in between.  Words and truths are numbered.
 */
#ifndef TESTS_ANYTABLE_H
#define TESTS_ANYTABLE_H

#include "rules.h"

enum { ANY_COLUMNS = 7, ANY_CELLS = 3, ANY_STEPS = 40, ANY_WORDS = 5 };
enum { FINE = 4, ANY_NULL = -1000 };

typedef enum {
    COUNT_,
    NUMBER_,
    MONEY_,
    RATIO_,
    DATE_,
    WORD_,
    FLAG_,
    LIST_
} Kind;

/* Ends in steps; -1: open. */
typedef struct {
    int low, high, low_open, high_open;
} Span_;

typedef struct {
    int is_any, is_not, is_null;
    size_t n;
    Span_ span[ANY_CELLS];
    unsigned words; /* bits; of flags 1: false, 2: true */
} AnyCell;

typedef struct {
    Kind kind[ANY_COLUMNS];
    size_t columns, rules;
    AnyCell (*cell)[ANY_COLUMNS]; /* [rules] */
    int *output;                  /* [rules] */
} AnyTable;

static uint64_t any_state = UINT64_C(0x9e3779b97f4a7c15);

static int any_draw(int n) /* xorshift64, upper bits */
{
    any_state ^= any_state << 13;
    any_state ^= any_state >> 7;
    any_state ^= any_state << 17;
    return (int)((any_state >> 11) % (uint64_t)n);
}

static inline int any_is_spanned(Kind k)
{
    return k <= DATE_;
}

/* How many values a column of words or flags has. */
static inline int any_size(Kind k)
{
    return k == WORD_ ? ANY_WORDS : 2;
}

static inline Span_ any_span(void)
{
    Span_ s = {any_draw(ANY_STEPS - 8), 0, any_draw(2), any_draw(2)};
    s.high = s.low + 2 + any_draw(6);
    switch (any_draw(6)) {
    case 0:
        s.low = -1;
        break;
    case 1:
        s.high = -1;
        break;
    case 2: /* one value */
        s = (Span_){s.low, s.low, 0, 0};
        break;
    default:
        break;
    }
    return s;
}

static inline AnyCell any_cell(Kind kind)
{
    AnyCell c = {.is_any = any_draw(5) < 2};
    if (c.is_any)
        return c;
    c.is_not = any_draw(5) == 0;
    c.is_null = !c.is_not && any_draw(12) == 0;
    if (any_is_spanned(kind)) {
        c.n = 1 + (size_t)any_draw(ANY_CELLS);
        for (size_t i = 0; i < c.n; i++)
            c.span[i] = any_span();
        return c;
    }
    int size = any_size(kind); /* neither none of the words nor all */
    c.words = 1 + (unsigned)any_draw((1 << size) - 2);
    return c;
}

/* Does the cell let a value through? */
static inline int any_meets(const AnyCell *c, Kind kind, int value)
{
    int in = 0;
    if (c->is_any)
        return 1;
    if (value == ANY_NULL && kind != LIST_)
        return c->is_null;
    if (value == ANY_NULL)
        value = 0; /* a list without words is empty, and has no "a" */
    if (!any_is_spanned(kind))
        in = (int)(c->words >> value & 1);
    for (size_t i = 0; i < c->n; i++) {
        const Span_ *s = &c->span[i];
        int low = s->low * FINE, high = s->high * FINE;
        int above = s->low < 0 || (s->low_open ? value > low : value >= low);
        int below =
            s->high < 0 || (s->high_open ? value < high : value <= high);
        in |= above && below;
    }
    return c->is_not ? !in : in;
}

static inline int any_holds(const AnyTable *t, size_t rule, const int value[])
{
    for (size_t k = 0; k < t->columns; k++)
        if (!any_meets(&t->cell[rule][k], t->kind[k], value[k]))
            return 0;
    return 1;
}

/* A value of the column: on a breakpoint, beside one, between two, null. */
static inline int any_value(Kind kind)
{
    if (any_draw(16) == 0)
        return ANY_NULL;
    if (!any_is_spanned(kind))
        return any_draw(any_size(kind));
    return kind == COUNT_ ? FINE * any_draw(ANY_STEPS)
                          : any_draw(FINE * ANY_STEPS);
}

/* What a value is in its column: fen, billionths, days, ones.  A fine unit of
 * money beside a breakpoint is a fen. */
static inline int64_t any_whole(Kind kind, int value)
{
    static const int64_t beside[] = {0, 1, 60000, 123449};
    int64_t step = value / FINE, part = value % FINE;
    switch (kind) {
    case COUNT_:
        return step;
    case MONEY_:
        return step * 123450 + beside[part];
    case RATIO_:
        return step * (RATIO_ONE / 400) + beside[part];
    case DATE_:
        return 19723 + step * 17 + part * 5;
    default:
        return value;
    }
}

/* ----- as text ----- */

typedef struct {
    char *bytes;
    size_t n, room;
} AnyText;

static inline void any_put(AnyText *t, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static inline void any_put(AnyText *t, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(t->bytes + t->n, t->room - t->n, fmt, args);
    va_end(args);
    assert_true(n >= 0 && t->n + (size_t)n < t->room);
    t->n += (size_t)n;
}

static inline void any_put_point(AnyText *t, Kind kind, int step)
{
    char day[DATE_TEXT];
    int64_t fen = any_whole(MONEY_, FINE * step);
    switch (kind) {
    case NUMBER_:
        any_put(t, "%d.%02d", step / 4, step % 4 * 25);
        return;
    case MONEY_:
        if (any_draw(2))
            any_put(t, "%d.%06d万", (int)(fen / 1000000), (int)(fen % 1000000));
        else
            any_put(t, "%d.%02d%s", (int)(fen / 100), (int)(fen % 100),
                    any_draw(2) ? "元" : "");
        return;
    case RATIO_:
        if (any_draw(2))
            any_put(t, "%d.%02d%%", step / 4, step % 4 * 25);
        else
            any_put(t, "%d.%d‰", step * 5 / 2, step % 2 * 5);
        return;
    case DATE_:
        date_format(day, (Date){(int32_t)any_whole(DATE_, FINE * step)});
        any_put(t, "date(\\\"%s\\\")", day);
        return;
    default:
        any_put(t, "%d", step);
    }
}

static inline void any_put_span(AnyText *t, Kind kind, const Span_ *s)
{
    if (s->low < 0 || s->high < 0) {
        any_put(t, "%s%s ", s->low < 0 ? "<" : ">",
                (s->low < 0 ? s->high_open : s->low_open) ? "" : "=");
        any_put_point(t, kind, s->low < 0 ? s->high : s->low);
    } else if (s->low == s->high) {
        any_put_point(t, kind, s->low);
    } else {
        any_put(t, "%s", s->low_open ? "(" : "[");
        any_put_point(t, kind, s->low);
        any_put(t, "..");
        any_put_point(t, kind, s->high);
        any_put(t, "%s", s->high_open ? ")" : "]");
    }
}

static inline void any_put_cell(AnyText *t, Kind kind, const AnyCell *c)
{
    const char *between = c->is_null ? "null, " : "";
    any_put(t, "\"%s%s", c->is_any ? "-" : "", c->is_not ? "not(" : "");
    for (size_t i = 0; i < c->n; i++, between = ", ") {
        any_put(t, "%s", between);
        any_put_span(t, kind, &c->span[i]);
    }
    for (int w = 0; w < any_size(kind) && c->words != 0; w++)
        if (c->words >> w & 1) {
            if (kind == WORD_)
                any_put(t, "%s\\\"w%d\\\"", between, w);
            else
                any_put(t, "%s%s", between, w ? "true" : "false");
            between = ", ";
        }
    any_put(t, "%s\"", c->is_not ? ")" : "");
}

static const char *const any_types[] = {"count", "number",   "money",   "ratio",
                                        "date",  "category", "boolean", "list"};

/* Every column's values lie in [0, ANY_STEPS) steps, words in their list. */
static inline void any_put_input(AnyText *t, Kind kind, size_t k)
{
    any_put(t, "%s{ name = \"c%zu\"; type = \"%s\";", k > 0 ? ", " : "", k,
            any_types[kind]);
    if (kind == WORD_)
        any_put(t, " values = ( \"w0\", \"w1\", \"w2\", \"w3\", \"w4\" );");
    if (any_is_spanned(kind) && kind != DATE_) {
        any_put(t, " min = \"");
        any_put_point(t, kind, 0);
        any_put(t, "\"; max = \"");
        any_put_point(t, kind, ANY_STEPS);
        any_put(t, "\";");
    }
    any_put(t, " }");
}

/* A policy of that table.  `head`: hit policy and what it needs; `word`: how
 * an output stands, "%d" in it. */
static inline void any_put_policy(AnyText *t, const AnyTable *a,
                                  const char *head, int says_words)
{
    any_put(t,
            "policy = { id = \"p\"; kind = \"eligibility\"; };\n"
            "inputs = ( ");
    for (size_t k = 0; k < a->columns; k++)
        any_put_input(t, a->kind[k], k);
    any_put(t, " );\ndecisions = ( { name = \"t\"; %s inputs = ( ", head);
    for (size_t k = 0; k < a->columns; k++)
        any_put(t,
                a->kind[k] == LIST_ ? "%s\"\\\"a\\\" in c%zu\"" : "%s\"c%zu\"",
                k > 0 ? ", " : "", k);
    any_put(t, " ); outputs = ( \"o\" ); cite = \"c\"; rules = (");
    for (size_t i = 0; i < a->rules; i++) {
        any_put(t, "%s\n{ id = \"R%zu\"; when = ( ", i > 0 ? "," : "", i);
        for (size_t k = 0; k < a->columns; k++) {
            any_put(t, "%s", k > 0 ? ", " : "");
            any_put_cell(t, a->kind[k], &a->cell[i][k]);
        }
        any_put(t,
                says_words ? " ); then = ( \"\\\"v%d\\\"\" ); }"
                           : " ); then = ( \"%d\" ); }",
                a->output[i]);
    }
    any_put(t,
            " ); } );\noutputs = ( \"o\" );\nexamples = ( { id = \"X\"; "
            "given = ( ); gives = ( \"eligible = true\" ); } );\n");
}

/* ----- as columns ----- */

static inline void any_set(Column *c, Kind kind, size_t row, int value,
                           Texts *texts)
{
    static const char *const lists[] = {"b;ab", "b;a;ab"};
    char word[8];
    snprintf(word, sizeof word, "w%d", value);
    if (kind == WORD_)
        c->s[row] = value == ANY_NULL ? NULL : texts_put(texts, word, 2);
    else if (kind == LIST_)
        c->s[row] = value == ANY_NULL
                        ? NULL
                        : texts_put(texts, lists[value], strlen(lists[value]));
    else if (kind == NUMBER_)
        c->d[row] = value == ANY_NULL ? (double)NAN : value / (4.0 * FINE);
    else
        c->i[row] = value == ANY_NULL ? NULL_INT : any_whole(kind, value);
}

/* Rows of value[rows * ANY_COLUMNS]. */
static inline Table *any_columns(Ruled *r, const AnyTable *a, const char *name,
                                 const int value[], size_t rows)
{
    static const FieldType types[] = {TYPE_COUNT, TYPE_REAL, TYPE_MONEY,
                                      TYPE_RATIO, TYPE_DATE, TYPE_CATEGORY,
                                      TYPE_BOOL,  TYPE_LIST};
    Table *t;
    Tables *tables = tables_new(r->arena);
    tables->texts = r->texts;
    assert_int_equal(table_new(&t, tables, name, rows, NULL), OK);
    for (size_t k = 0; k < a->columns; k++) {
        Column *c;
        char named[24];
        snprintf(named, sizeof named, "c%zu", k);
        assert_int_equal(table_add(&c, t, named, types[a->kind[k]], "", NULL),
                         OK);
        for (size_t i = 0; i < rows; i++)
            any_set(c, a->kind[k], i, value[i * ANY_COLUMNS + k], r->texts);
    }
    return t;
}

#endif
