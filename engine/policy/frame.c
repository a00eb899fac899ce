#include "policy/frame.h"

#include <math.h>

#define LOAD(name, Type, value)                                                \
    static void name(void *values, const Column *c, const uint32_t rows[],     \
                     size_t n)                                                 \
    {                                                                          \
        Type *d = values;                                                      \
        for (size_t i = 0; i < n; i++) {                                       \
            size_t r = rows[i];                                                \
            d[i] = (value);                                                    \
        }                                                                      \
    }

LOAD(whole, int64_t, c->i[r])
LOAD(billionths, int64_t, number_whole(number_real(c->d[r]), RATIO_ONE))
LOAD(real, Number, number_real(c->d[r]))
LOAD(count, Number, c->i[r] == NULL_INT ? NUMBER_NULL : number_int(c->i[r]))
LOAD(ratio, Number,
     c->i[r] == NULL_INT ? NUMBER_NULL : number_scaled(c->i[r], RATIO_ONE))
LOAD(truth, Truth,
     c->i[r] == NULL_INT ? (Truth)IS_NULL
                         : (Truth)(c->i[r] ? IS_TRUE : IS_FALSE))
LOAD(text, const char *, c->s[r])

static LoadFn load_number(FieldType type)
{
    switch (type) {
    case TYPE_REAL:
        return real;
    case TYPE_COUNT:
        return count;
    case TYPE_RATIO:
        return ratio;
    default:
        return NULL;
    }
}

LoadFn frame_load(Unit unit, FieldType type)
{
    switch (unit) {
    case UNIT_NUMBER:
        return load_number(type);
    case UNIT_RATIO:
        return type == TYPE_RATIO  ? whole
               : type == TYPE_REAL ? billionths
                                   : NULL;
    case UNIT_COUNT:
    case UNIT_DAYS:
    case UNIT_MONTHS:
        return type == TYPE_COUNT ? whole : NULL;
    case UNIT_MONEY:
        return type == TYPE_MONEY ? whole : NULL;
    case UNIT_DATE:
        return type == TYPE_DATE ? whole : NULL;
    case UNIT_BOOL:
        return type == TYPE_BOOL ? truth : NULL;
    case UNIT_TEXT:
        return type == TYPE_TEXT || type == TYPE_CATEGORY ? text : NULL;
    case UNIT_LIST:
        return type <= TYPE_LIST ? text : NULL;
    default:
        return NULL;
    }
}

void *frame_view(Unit unit, const Column *c, size_t first)
{
    LoadFn load = frame_load(unit, c->type);
    if (load == whole)
        return c->i + first;
    return load == text ? (void *)(c->s + first) : NULL;
}

#define STORE(cells, Type, value)                                              \
    do {                                                                       \
        const Type *v = values;                                                \
        for (size_t i = 0; i < n; i++) {                                       \
            Type x = v[i * step];                                              \
            cells[rows[i]] = (value);                                          \
        }                                                                      \
    } while (0)

void frame_store(Column *c, const uint32_t rows[], size_t n, const void *values,
                 size_t step)
{
    typedef const char *Words;
    switch (c->type) {
    case TYPE_REAL:
        STORE(c->d, Number, number_double(x));
        break;
    case TYPE_BOOL:
        STORE(c->i, Truth, x == IS_NULL ? NULL_INT : x == IS_TRUE);
        break;
    case TYPE_TEXT:
    case TYPE_CATEGORY:
    case TYPE_LIST:
        STORE(c->s, Words, x);
        break;
    default:
        STORE(c->i, int64_t, x);
    }
}

Column *frame_cells(Arena *arena, FieldType type, const void *of, size_t n)
{
    Column *c = arena_alloc(arena, 1, sizeof *c);
    uint32_t *rows = arena_alloc(arena, n + 1, sizeof *rows);
    int64_t *cells = arena_alloc(arena, n + 1, sizeof *cells);
    if (c == NULL || rows == NULL || cells == NULL)
        return NULL;
    *c = (Column){.type = type, .i = cells};
    for (size_t i = 0; i < n; i++)
        rows[i] = (uint32_t)i;
    frame_store(c, rows, n, of, 1);
    return c;
}

#define GATHER(cells)                                                          \
    for (size_t i = 0; i < n; i++)                                             \
    c->cells[rows[i]] = from->cells[index[i]]

void frame_gather(Column *c, const uint32_t rows[], size_t n,
                  const Column *from, const int32_t index[])
{
    if (c->type == TYPE_REAL)
        GATHER(d);
    else if (c->type <= TYPE_LIST)
        GATHER(s);
    else
        GATHER(i);
}

void frame_clear(Column *c, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        if (c->type == TYPE_REAL)
            c->d[i] = NAN;
        else if (c->type <= TYPE_LIST)
            c->s[i] = NULL;
        else
            c->i[i] = NULL_INT;
}
