#include "flow/pick.h"

#include <math.h>
#include <string.h>

enum { ALIGNED_ROWS = 64 / sizeof(int64_t) }; /* as columns are */

static int is_real(const Column *c)
{
    return c->type == TYPE_REAL;
}

static int is_int(const Column *c)
{
    return c->type >= TYPE_MONEY && c->type != TYPE_REAL;
}

static void copy_cell(Column *to, size_t i, const Column *from, size_t j)
{
    if (is_real(from))
        to->d[i] = from->d[j];
    else if (is_int(from))
        to->i[i] = from->i[j];
    else
        to->s[i] = from->s[j];
}

/* Are the rows one stretch, at a place of the columns that is as well aligned
 * as their start? */
static int is_stretch(const size_t rows[], size_t n)
{
    if (n == 0 || rows[0] % ALIGNED_ROWS != 0)
        return 0;
    for (size_t i = 1; i < n; i++)
        if (rows[i] != rows[0] + i)
            return 0;
    return 1;
}

static void clear(Column *c, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        if (is_real(c))
            c->d[i] = (double)NAN;
        else if (is_int(c))
            c->i[i] = NULL_INT;
}

static ErrCode like(Column **out, Table *t, const Column *c, Err *err)
{
    return table_add_labelled(out, t, c->name, c->type, c->unit, c->label, err);
}

/* The columns of `from` from row `first` on, as they stand: none is changed, so
 * none need be copied. */
static ErrCode share(Table *t, const Table *from, size_t first, Err *err)
{
    Arena *arena = t->owner->arena;
    Column *columns = arena_alloc(arena, from->n + 1, sizeof *columns);
    t->columns = arena_alloc(arena, from->n + 1, sizeof(Column *));
    if (columns == NULL || t->columns == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", t->rows);
    for (size_t j = 0; j < from->n; j++) {
        columns[j] = *from->columns[j];
        columns[j].i += first; /* of eight bytes, whatever the type */
        t->columns[j] = &columns[j];
    }
    t->n = t->capacity = from->n;
    t->lines = from->lines == NULL ? NULL : from->lines + first;
    return OK;
}

static ErrCode copy(Table *t, const Table *from, const size_t rows[], Err *err)
{
    ErrCode rc = OK;
    Column *c;
    size_t n = t->rows;
    for (size_t j = 0; j < from->n; j++) {
        TRY(like(&c, t, from->columns[j], err));
        for (size_t i = 0; i < n; i++)
            copy_cell(c, i, from->columns[j], rows[i]);
    }
    if (from->lines != NULL) {
        uint32_t *lines = arena_alloc(t->owner->arena, n + 1, sizeof *lines);
        if (lines == NULL)
            TRY(FAIL(err, ERR_MEMORY, "no memory for %zu rows", n));
        for (size_t i = 0; i < n; i++)
            lines[i] = from->lines[rows[i]];
        t->lines = lines;
    }
done:
    return rc;
}

ErrCode pick_rows(Table **out, Tables *owner, const Table *from,
                  const char *name, const size_t rows[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    TRY(table_new(&t, owner, name, n, err));
    t->title = from->title;
    t->file = from->file;
    if (is_stretch(rows, n))
        TRY(share(t, from, rows[0], err));
    else
        TRY(copy(t, from, rows, err));
    *out = t;
done:
    return rc;
}

/* The column of a table that is being filled, added when it is not there. */
static ErrCode target(Column **out, Table *to, const Column *c, Err *err)
{
    for (size_t j = 0; j < to->n; j++)
        if (to->columns[j]->name == c->name) {
            *out = to->columns[j];
            return OK;
        }
    ErrCode rc = like(out, to, c, err);
    if (rc == OK)
        clear(*out, to->rows);
    return rc;
}

ErrCode pick_back(Table *to, const Table *from, const char *name,
                  const size_t rows[], Err *err)
{
    ErrCode rc = OK;
    const Column *c = table_find(from, name);
    Column *out;
    if (c == NULL)
        return OK;
    TRY(target(&out, to, c, err));
    if (is_stretch(rows, from->rows))
        memcpy(out->i + rows[0], c->i, from->rows * sizeof *c->i);
    else
        for (size_t i = 0; i < from->rows; i++)
            copy_cell(out, rows[i], c, i);
done:
    return rc;
}
