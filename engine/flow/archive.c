#include "flow/archive.h"

#include "core/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A text that grows in an arena. */
typedef struct {
    Arena *arena;
    char *bytes;
    size_t n, capacity;
    int failed;
} Out;

static void put(Out *o, const char *bytes, size_t n)
{
    if (o->n + n + 1 > o->capacity) {
        size_t capacity = 2 * (o->n + n + 64);
        char *grown = arena_alloc(o->arena, capacity, 1);
        if (grown == NULL) {
            o->failed = 1;
            return;
        }
        if (o->n > 0)
            memcpy(grown, o->bytes, o->n);
        o->bytes = grown;
        o->capacity = capacity;
    }
    memcpy(o->bytes + o->n, bytes, n);
    o->n += n;
}

static void put_text(Out *o, const char *text)
{
    if (text == NULL) {
        put(o, "\\0", 2);
        return;
    }
    for (; *text != '\0'; text++) {
        if (*text == '\t')
            put(o, "\\t", 2);
        else if (*text == '\n')
            put(o, "\\n", 2);
        else if (*text == '\\')
            put(o, "\\\\", 2);
        else
            put(o, text, 1);
    }
}

static void put_int(Out *o, int64_t value)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%" PRId64, value);
    put(o, text, (size_t)n);
}

static int is_text(FieldType type)
{
    return type == TYPE_TEXT || type == TYPE_CATEGORY || type == TYPE_LIST;
}

static void put_cell(Out *o, const Column *c, size_t row)
{
    char text[40];
    if (cell_is_null(c, row))
        put(o, "\\0", 2);
    else if (is_text(c->type))
        put_text(o, c->s[row]);
    else if (c->type == TYPE_REAL)
        put(o, text, (size_t)snprintf(text, sizeof text, "%a", c->d[row]));
    else
        put_int(o, c->i[row]);
}

ErrCode archive_write(const char **out, Arena *arena, const Table *t, Err *err)
{
    Out o = {.arena = arena};
    put_text(&o, t->name);
    put(&o, "\t", 1);
    put_text(&o, t->title.zh);
    put(&o, "\t", 1);
    put_text(&o, t->title.en);
    put(&o, "\t", 1);
    put_int(&o, (int64_t)t->rows);
    put(&o, "\t", 1);
    put_int(&o, (int64_t)t->n);
    put(&o, "\n", 1);
    for (size_t j = 0; j < t->n; j++) {
        const Column *c = t->columns[j];
        const char *parts[] = {c->name, c->unit, c->label.zh, c->label.en};
        for (size_t k = 0; k < 4; k++) {
            put_text(&o, parts[k]);
            put(&o, "\t", 1);
        }
        put_int(&o, c->type);
        put(&o, "\n", 1);
    }
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->n; j++) {
            put_cell(&o, t->columns[j], i);
            put(&o, j + 1 < t->n ? "\t" : "\n", 1);
        }
    put(&o, "", 1);
    if (o.failed)
        return FAIL(err, ERR_MEMORY, "no memory to archive a table");
    *out = o.bytes;
    return OK;
}

/* What is left of an archive, and whether it held so far. */
typedef struct {
    const char *p;
    Tables *tables;
    int broken;
} In;

/* The next cell, interned, past its tab or newline; NULL for null. */
static const char *next_text(In *in)
{
    size_t n = strcspn(in->p, "\t\n");
    const char *cell = in->p;
    char *plain = arena_alloc(in->tables->arena, n + 1, 1);
    if (plain == NULL || cell[n] == '\0') {
        in->broken = 1;
        return NULL;
    }
    in->p = cell + n + 1;
    if (n == 2 && cell[0] == '\\' && cell[1] == '0')
        return NULL;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        char c = cell[i];
        if (c == '\\' && i + 1 < n) {
            c = cell[++i];
            c = c == 't' ? '\t' : c == 'n' ? '\n' : c;
        }
        plain[m++] = c;
    }
    return texts_put(in->tables->texts, plain, m);
}

static int64_t next_int(In *in)
{
    char *end;
    long long value = strtoll(in->p, &end, 10);
    if (end == in->p || (*end != '\t' && *end != '\n')) {
        in->broken = 1;
        return 0;
    }
    in->p = end + 1;
    return value;
}

static double next_real(In *in)
{
    char *end;
    double value = strtod(in->p, &end);
    if (end == in->p || (*end != '\t' && *end != '\n')) {
        in->broken = 1;
        return 0;
    }
    in->p = end + 1;
    return value;
}

static int next_null(In *in)
{
    if (strncmp(in->p, "\\0", 2) != 0 || (in->p[2] != '\t' && in->p[2] != '\n'))
        return 0;
    in->p += 3;
    return 1;
}

static void next_cell(In *in, Column *c, size_t row)
{
    if (is_text(c->type))
        c->s[row] = next_text(in);
    else if (c->type == TYPE_REAL)
        c->d[row] = next_null(in) ? (double)NAN : next_real(in);
    else
        c->i[row] = next_null(in) ? NULL_INT : next_int(in);
}

static ErrCode next_column(Table *t, In *in, Err *err)
{
    ErrCode rc = OK;
    Column *c;
    const char *name = next_text(in), *unit = next_text(in);
    Label label = {.zh = next_text(in)};
    label.en = next_text(in);
    int64_t type = next_int(in);
    if (in->broken || name == NULL || unit == NULL || type < 0 ||
        type > TYPE_BOOL)
        return FAIL(err, ERR_INPUT, "a result of the ledger cannot be read");
    TRY(table_add(&c, t, name, (FieldType)type, unit, err));
    c->label = label;
done:
    return rc;
}

ErrCode archive_read(Table **out, Tables *tables, const char *text, Err *err)
{
    ErrCode rc = OK;
    In in = {.p = text, .tables = tables};
    Table *t;
    const char *name = next_text(&in);
    Label title = {.zh = next_text(&in)};
    title.en = next_text(&in);
    int64_t rows = next_int(&in), n = next_int(&in);
    size_t bytes = strlen(text); /* a cell takes one or more */
    if (in.broken || name == NULL || rows < 0 || n < 0 || (size_t)n > bytes ||
        (size_t)rows > (n == 0 ? bytes : bytes / (size_t)n))
        return FAIL(err, ERR_INPUT, "a result of the ledger cannot be read");
    TRY(table_new(&t, tables, name, (size_t)rows, err));
    t->title = title;
    for (int64_t j = 0; j < n; j++)
        TRY(next_column(t, &in, err));
    for (size_t i = 0; i < t->rows; i++)
        for (size_t j = 0; j < t->n; j++)
            next_cell(&in, t->columns[j], i);
    if (in.broken || *in.p != '\0')
        TRY(FAIL(err, ERR_INPUT, "a result of the ledger cannot be read"));
    *out = t;
done:
    return rc;
}
