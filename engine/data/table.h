/* table.h - named tables of typed columns with nulls: what stages read, add to
 * and hand on.
 *
 * A stage reads columns and adds columns; none is changed and none removed.
 * Every cell takes eight bytes.  Everything lives in the arena of `Tables`.
 */
#ifndef DATA_TABLE_H
#define DATA_TABLE_H

#include "core/date.h"
#include "core/money.h"
#include "core/ratio.h"
#include "core/tr.h"
#include "data/fields.h"
#include "data/texts.h"

#include <stddef.h>
#include <stdint.h>

/* What a column holds is told by its type (fields.h):
 *   i  MONEY fen, RATIO billionths, COUNT, DATE days, BOOL 0 or 1
 *   d  REAL
 *   s  TEXT, CATEGORY, LIST (items separated by ';'): interned, NUL-ended
 * Null is NULL_INT, NaN and NULL. */
typedef struct {
    const char *name; /* interned; a name of fields.def, or a rule's own */
    const char *unit; /* "fen", "1", "day", "month", "point", "" ... */
    Label label;      /* for people; {NULL, NULL}: the name */
    FieldType type;
    union {
        int64_t *i;
        double *d;
        const char **s;
    };
} Column;

#define NULL_INT INT64_MIN

typedef struct Tables Tables;

typedef struct {
    Tables *owner;
    const char *name; /* "applications" */
    Label title;
    size_t rows, n;   /* n columns */
    Column **columns; /* in the order they were added; each stays in place */
    const uint32_t *lines; /* [rows] line in `file` of each row, or NULL */
    const char *file;      /* what the rows were read from, or NULL */
    size_t capacity;
} Table;

/* A run's tables, with the arena and the texts they all share. */
struct Tables {
    Arena *arena;
    Texts *texts;
    Table **items;
    size_t n, capacity;
};

Tables *tables_new(Arena *arena); /* NULL when out of memory */

/* A table without columns; ERR_MEMORY.  `name` is interned. */
MUST_USE ErrCode table_new(Table **out, Tables *tables, const char *name,
                           size_t rows, Err *err);
Table *tables_find(const Tables *tables, const char *name); /* or NULL */

/* What the table `words` (name, zh, en) has for a word, or the word itself. */
Label tables_word(const Tables *tables, const char *word);

/* A table that begins with the columns of `from`, cells and all, which must
 * outlive it; what is added to it is its own.  `tables` has the same texts.
 * ERR_MEMORY. */
MUST_USE ErrCode table_share(Table **out, Tables *tables, const Table *from,
                             const char *name, Err *err);

/* Add a column, all zero bytes (so 0, 0.0, or null for texts).
 * ERR_DOMAIN when the table has one of that name; ERR_MEMORY. */
MUST_USE ErrCode table_add(Column **out, Table *table, const char *name,
                           FieldType type, const char *unit, Err *err);

/* The same with a label for people. */
MUST_USE ErrCode table_add_labelled(Column **out, Table *table,
                                    const char *name, FieldType type,
                                    const char *unit, Label label, Err *err);

/* A column of a list, and where it is kept. */
typedef struct {
    Column **column;
    const char *name;
    FieldType type;
    const char *unit;
    Label label;
} TableColumn;

/* The same for a list of them. */
MUST_USE ErrCode table_add_all(Table *table, const TableColumn list[], size_t n,
                               Err *err);

/* The same for a field of the dictionary: its type, unit and label. */
MUST_USE ErrCode table_add_field(Column **out, Table *table, Field field,
                                 Err *err);

/* Add a column with the cells, name and unit of another, which must outlive it,
 * as a type that is stored like its own.  ERR_DOMAIN, ERR_MEMORY. */
MUST_USE ErrCode table_lend(Table *table, FieldType type, const Column *from,
                            Err *err);

const Column *table_find(const Table *table, const char *name); /* or NULL */
const Column *table_field(const Table *table, Field field);     /* or NULL */

/* A column that must be there.  ERR_INPUT naming the file, the field and its
 * aliases; `who` says which stage wants it. */
MUST_USE ErrCode table_need(const Column **out, const Table *table, Field field,
                            const char *who, Err *err);

int cell_is_null(const Column *column, size_t row);

/* ERR_DOMAIN when the amounts of a MONEY column, signs apart, sum beyond
 * MONEY_MAX; else any of its rows can be added up in an int64_t. */
MUST_USE ErrCode column_check_sum(const Table *table, const Column *column,
                                  Err *err);

/* Write a cell as files have it: money "1234.50", ratio "3.5%", dates
 * 2024-03-01, true/false, %.17g without loss shortened; "" for null.
 * Returns `out`, or a text that stands elsewhere: a TEXT cell itself. */
enum { CELL_TEXT = 40 };
const char *cell_format(char out[CELL_TEXT], const Column *column, size_t row);

#endif
