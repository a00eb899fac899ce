#include "flow/pick.h"

#include <math.h>

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

ErrCode pick_rows(Table **out, Tables *owner, const Table *from,
                  const char *name, const size_t rows[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *c;
    TRY(table_new(&t, owner, name, n, err));
    t->title = from->title;
    t->file = from->file;
    for (size_t j = 0; j < from->n; j++) {
        TRY(like(&c, t, from->columns[j], err));
        for (size_t i = 0; i < n; i++)
            copy_cell(c, i, from->columns[j], rows[i]);
    }
    if (from->lines != NULL) {
        uint32_t *lines = arena_alloc(owner->arena, n + 1, sizeof *lines);
        if (lines == NULL)
            TRY(FAIL(err, ERR_MEMORY, "no memory for %zu rows", n));
        for (size_t i = 0; i < n; i++)
            lines[i] = from->lines[rows[i]];
        t->lines = lines;
    }
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
    for (size_t i = 0; i < from->rows; i++)
        copy_cell(out, rows[i], c, i);
done:
    return rc;
}
