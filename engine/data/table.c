#include "data/table.h"

#include "core/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Tables *tables_new(Arena *arena)
{
    Tables *t = arena_alloc(arena, 1, sizeof *t);
    Texts *texts = texts_new(arena);
    if (t == NULL || texts == NULL)
        return NULL;
    t->arena = arena;
    t->texts = texts;
    return t;
}

ErrCode table_new(Table **out, Tables *tables, const char *name, size_t rows,
                  Err *err)
{
    Arena *arena = tables->arena;
    Table *t = arena_alloc(arena, 1, sizeof *t);
    const char *kept = texts_put(tables->texts, name, strlen(name));
    Table **items = arena_grow(arena, tables->items, &tables->capacity,
                               tables->n, sizeof(Table *));
    if (items != NULL)
        tables->items = items;
    if (t == NULL || kept == NULL || items == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the table %s", name);
    t->owner = tables;
    t->name = kept;
    t->rows = rows;
    items[tables->n++] = t;
    *out = t;
    return OK;
}

Table *tables_find(const Tables *tables, const char *name)
{
    for (size_t i = 0; i < tables->n; i++)
        if (strcmp(tables->items[i]->name, name) == 0)
            return tables->items[i];
    return NULL;
}

Label tables_word(const Tables *tables, const char *word)
{
    const Table *words = tables_find(tables, "words");
    Label found = {word, word};
    for (size_t i = 0; words != NULL && i < words->rows; i++)
        if (strcmp(table_find(words, "name")->s[i], word) == 0)
            found = (Label){table_find(words, "zh")->s[i],
                            table_find(words, "en")->s[i]};
    return found;
}

const Column *table_find(const Table *table, const char *name)
{
    for (size_t i = 0; i < table->n; i++)
        if (strcmp(table->columns[i]->name, name) == 0)
            return table->columns[i];
    return NULL;
}

const Column *table_field(const Table *table, Field field)
{
    return table_find(table, field_info(field)->name);
}

ErrCode table_share(Table **out, Tables *tables, const Table *from,
                    const char *name, Err *err)
{
    Table *t;
    ErrCode rc = table_new(&t, tables, name, from->rows, err);
    if (rc != OK)
        return rc;
    t->columns = arena_alloc(tables->arena, from->n + 1, sizeof(Column *));
    if (t->columns == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the table %s", name);
    for (size_t k = 0; k < from->n; k++)
        t->columns[k] = from->columns[k];
    t->n = from->n;
    t->capacity = from->n + 1;
    t->lines = from->lines;
    t->file = from->file;
    *out = t;
    return OK;
}

/* A column of cells that are there. */
static ErrCode add_cells(Column **out, Table *table, const char *name,
                         FieldType type, const char *unit, int64_t *cells,
                         Err *err)
{
    Tables *tables = table->owner;
    Arena *arena = tables->arena;
    if (table_find(table, name) != NULL)
        return FAIL(err, ERR_DOMAIN, "the table %s has a column %s already",
                    table->name, name);
    Column *c = arena_alloc(arena, 1, sizeof *c);
    const char *kept = texts_put(tables->texts, name, strlen(name));
    const char *of = texts_put(tables->texts, unit, strlen(unit));
    Column **columns = arena_grow(arena, table->columns, &table->capacity,
                                  table->n, sizeof(Column *));
    if (columns != NULL)
        table->columns = columns;
    if (c == NULL || cells == NULL || kept == NULL || of == NULL ||
        columns == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the column %s", name);
    *c = (Column){.name = kept, .unit = of, .type = type, .i = cells};
    columns[table->n++] = c;
    *out = c;
    return OK;
}

ErrCode table_add(Column **out, Table *table, const char *name, FieldType type,
                  const char *unit, Err *err)
{
    int64_t *cells =
        arena_alloc64(table->owner->arena, table->rows, sizeof *cells);
    return add_cells(out, table, name, type, unit, cells, err);
}

ErrCode table_lend(Table *table, FieldType type, const Column *from, Err *err)
{
    Column *to;
    return add_cells(&to, table, from->name, type, from->unit, from->i, err);
}

ErrCode table_add_labelled(Column **out, Table *table, const char *name,
                           FieldType type, const char *unit, Label label,
                           Err *err)
{
    ErrCode rc = table_add(out, table, name, type, unit, err);
    if (rc == OK)
        (*out)->label = label;
    return rc;
}

ErrCode table_add_all(Table *table, const TableColumn list[], size_t n,
                      Err *err)
{
    ErrCode rc = OK;
    for (size_t k = 0; rc == OK && k < n; k++)
        rc = table_add_labelled(list[k].column, table, list[k].name,
                                list[k].type, list[k].unit, list[k].label, err);
    return rc;
}

/* The first of the Chinese headers. */
static const char *first_zh(Tables *tables, const FieldInfo *info)
{
    return texts_put(tables->texts, info->zh, strcspn(info->zh, "|"));
}

ErrCode table_add_field(Column **out, Table *table, Field field, Err *err)
{
    const FieldInfo *info = field_info(field);
    const char *zh = first_zh(table->owner, info);
    if (zh == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the column %s", info->name);
    return table_add_labelled(out, table, info->name, info->type, info->unit,
                              (Label){*zh == '\0' ? NULL : zh, NULL}, err);
}

ErrCode table_need(const Column **out, const Table *table, Field field,
                   const char *who, Err *err)
{
    const FieldInfo *info = field_info(field);
    const Column *found = table_field(table, field);
    if (found == NULL)
        return FAIL(err, ERR_INPUT,
                    "%s: %s needs the column %s (%s), which is missing",
                    table->file == NULL ? table->name : table->file, who,
                    info->name, info->zh);
    *out = found;
    return OK;
}

int cell_is_null(const Column *column, size_t row)
{
    switch (column->type) {
    case TYPE_TEXT:
    case TYPE_CATEGORY:
    case TYPE_LIST:
        return column->s[row] == NULL;
    case TYPE_REAL:
        return isnan(column->d[row]);
    default:
        return column->i[row] == NULL_INT;
    }
}

ErrCode column_check_sum(const Table *table, const Column *column, Err *err)
{
    Exact sum = 0;
    for (size_t i = 0; i < table->rows; i++)
        if (column->i[i] != NULL_INT)
            sum += column->i[i] < 0 ? -column->i[i] : column->i[i];
    if (sum <= MONEY_MAX)
        return OK;
    return FAIL(err, ERR_DOMAIN,
                "%s: the amounts of %s sum beyond 9e15 yuan; check their unit",
                table->file == NULL ? table->name : table->file, column->name);
}

/* Billionths as percent, without zeros at the end: "3.5%". */
static void ratio_text(char out[CELL_TEXT], int64_t billionths)
{
    uint64_t size =
        billionths < 0 ? -(uint64_t)billionths : (uint64_t)billionths;
    int n =
        snprintf(out, CELL_TEXT, "%s%" PRIu64 ".%07" PRIu64,
                 billionths < 0 ? "-" : "", size / 10000000, size % 10000000);
    while (out[n - 1] == '0')
        n--;
    if (out[n - 1] == '.')
        n--;
    out[n] = '%';
    out[n + 1] = '\0';
}

/* The shortest of 15 to 17 digits that reads back as the same number. */
static void real_text(char out[CELL_TEXT], double d)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, CELL_TEXT, "%.*g", digits, d);
        if (strtod(out, NULL) == d)
            return;
    }
}

static const char *number_text(char out[CELL_TEXT], const Column *c, size_t row)
{
    switch (c->type) {
    case TYPE_MONEY:
        return money_format(out, (Money){c->i[row]});
    case TYPE_DATE:
        return date_format(out, (Date){(int32_t)c->i[row]});
    case TYPE_RATIO:
        ratio_text(out, c->i[row]);
        break;
    case TYPE_REAL:
        real_text(out, c->d[row]);
        break;
    case TYPE_BOOL:
        return c->i[row] ? "true" : "false";
    default:
        snprintf(out, CELL_TEXT, "%" PRId64, c->i[row]);
    }
    return out;
}

const char *cell_format(char out[CELL_TEXT], const Column *column, size_t row)
{
    if (cell_is_null(column, row))
        return "";
    if (column->type == TYPE_TEXT || column->type == TYPE_CATEGORY ||
        column->type == TYPE_LIST)
        return column->s[row];
    return number_text(out, column, row);
}
