#include "credit/design.h"

#include "core/text.h"
#include "credit/factor.h"
#include "data/cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The making of one. */
typedef struct {
    Design *out;
    Arena *arena;
    const Table *table;
    const DesignWish *wish;
    Err *err;
    const size_t *row; /* [n] of the table, those without a null */
    size_t n;
    const Column **terms; /* [out->terms] */
    unsigned char *asked; /* [out->terms] by factor() */
    size_t k;             /* columns so far */
    const double **x;
    const char **name;
    size_t capacity[3];
} Make;

static ErrCode no_memory(Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory for the columns of a regression");
}

/* The column of that name; NULL for no name. */
static ErrCode find(const Column **out, const Make *m, const char *name)
{
    const Table *t = m->table;
    const char **names, *near;
    *out = NULL;
    if (name == NULL || (*out = table_find(t, name)) != NULL)
        return OK;
    names = arena_alloc(m->arena, t->n + 1, sizeof *names);
    if (names == NULL)
        return no_memory(m->err);
    for (size_t j = 0; j < t->n; j++)
        names[j] = t->columns[j]->name;
    near = text_nearest(name, names, t->n);
    if (near != NULL)
        return FAIL(m->err, ERR_USAGE, "%s has no column '%.*s'; is it '%.*s'?",
                    t->file, TEXT_SHORT(name), TEXT_SHORT(near));
    return FAIL(m->err, ERR_USAGE, "%s has no column '%.*s'", t->file,
                TEXT_SHORT(name));
}

/* The next of "a, factor(b)": its name; *at is NULL behind the last. */
static char *next_term(int *is_factor, const char **at, Arena *arena)
{
    static const char factor[] = "factor(";
    const size_t before = sizeof factor - 1;
    const char *comma = strchr(*at, ',');
    Slice word = {*at, comma == NULL ? strlen(*at) : (size_t)(comma - *at)};
    *at = comma == NULL ? NULL : comma + 1;
    word = slice_trim(word);
    *is_factor = word.n > before && memcmp(word.bytes, factor, before) == 0 &&
                 word.bytes[word.n - 1] == ')';
    if (*is_factor)
        word = slice_trim((Slice){word.bytes + before, word.n - before - 1});
    return text_copy(arena, word.bytes, word.n);
}

ErrCode design_words(const char ***out, size_t *n, Arena *arena,
                     const DesignWish *w, Err *err)
{
    size_t most = 2;
    const char **words;
    for (const char *at = w->terms; at != NULL && *at != '\0'; at++)
        most += *at == '(';
    words = arena_alloc(arena, most + 1, sizeof *words);
    if (words == NULL)
        return no_memory(err);
    *n = 0;
    words[(*n)++] = w->target;
    if (w->cluster != NULL)
        words[(*n)++] = w->cluster;
    for (const char *at = w->terms; at != NULL;) {
        int is_factor;
        char *name = next_term(&is_factor, &at, arena);
        if (name == NULL)
            return no_memory(err);
        if (is_factor)
            words[(*n)++] = name;
    }
    *out = words;
    return OK;
}

static int is_named(const Column *c, const DesignWish *w)
{
    const char *others[] = {w->target, w->weight, w->offset, w->cluster};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i] != NULL && strcmp(others[i], c->name) == 0)
            return 1;
    return 0;
}

static ErrCode add_named_terms(Make *m)
{
    ErrCode rc = OK;
    int is_factor;
    const Column *c;
    for (const char *at = m->wish->terms; at != NULL;) {
        char *name = next_term(&is_factor, &at, m->arena);
        if (name == NULL)
            return no_memory(m->err);
        TRY(find(&c, m, name));
        for (size_t i = 0; i < m->out->terms; i++)
            if (m->terms[i] == c)
                TRY(FAIL(m->err, ERR_USAGE, "the term '%.*s' is there twice",
                         TEXT_SHORT(name)));
        if (strcmp(name, m->wish->target) == 0)
            TRY(FAIL(m->err, ERR_USAGE, "the target '%.*s' cannot be a term",
                     TEXT_SHORT(name)));
        m->asked[m->out->terms] = (unsigned char)is_factor;
        m->terms[m->out->terms++] = c;
    }
done:
    return rc;
}

/* Which columns are terms: those named, else all that are left. */
static ErrCode add_terms(Make *m)
{
    const Table *t = m->table;
    m->terms = arena_alloc(m->arena, t->n + 1, sizeof *m->terms);
    m->out->title = arena_alloc(m->arena, t->n + 1, sizeof *m->out->title);
    m->asked = arena_alloc(m->arena, t->n + 1, 1);
    if (m->terms == NULL || m->out->title == NULL || m->asked == NULL)
        return no_memory(m->err);
    if (m->wish->terms != NULL)
        return add_named_terms(m);
    for (size_t j = 0; j < t->n; j++)
        if (!is_named(t->columns[j], m->wish))
            m->terms[m->out->terms++] = t->columns[j];
    return OK;
}

/* The rows of the table without a null in a column that is used. */
static ErrCode add_rows(Make *m)
{
    ErrCode rc = OK;
    const DesignWish *w = m->wish;
    const char *others[] = {w->target, w->weight, w->offset, w->cluster};
    const Column *c;
    unsigned char *left_out = arena_alloc(m->arena, m->table->rows + 1, 1);
    size_t *row = arena_alloc(m->arena, m->table->rows + 1, sizeof *row);
    if (left_out == NULL || row == NULL)
        return no_memory(m->err);
    for (size_t j = 0; j < m->out->terms + 4; j++) {
        c = NULL;
        if (j >= 4)
            c = m->terms[j - 4];
        else
            TRY(find(&c, m, others[j]));
        for (size_t i = 0; c != NULL && i < m->table->rows; i++)
            left_out[i] = left_out[i] || cell_is_null(c, i);
    }
    for (size_t i = 0; i < m->table->rows; i++)
        if (!left_out[i])
            row[m->n++] = i;
    m->row = row;
    m->out->left_out = m->table->rows - m->n;
done:
    return rc;
}

static ErrCode add_column(double **out, Make *m, const char *name, size_t term)
{
    const double **x =
        arena_grow(m->arena, m->x, &m->capacity[0], m->k, sizeof *x);
    const char **names =
        arena_grow(m->arena, m->name, &m->capacity[1], m->k, sizeof *names);
    size_t *of =
        arena_grow(m->arena, m->out->term, &m->capacity[2], m->k, sizeof *of);
    *out = arena_alloc(m->arena, m->n + 1, sizeof **out);
    if (x == NULL || names == NULL || of == NULL || *out == NULL ||
        name == NULL)
        return no_memory(m->err);
    m->x = x;
    m->name = names;
    m->out->term = of;
    x[m->k] = *out;
    names[m->k] = name;
    of[m->k++] = term;
    return OK;
}

/* Many levels of a column that nobody called a factor: a number with a typing
 * error in it, most likely. */
static ErrCode check_levels(const Make *m, const Column *c, size_t term,
                            size_t n)
{
    double number;
    size_t i = 0;
    if (n < 2)
        return FAIL(m->err, ERR_DOMAIN,
                    "the column '%.*s' is the same in all rows; leave it out",
                    TEXT_SHORT(c->name));
    if (n <= DESIGN_LEVELS || m->asked[term])
        return OK;
    while (i + 1 < m->n &&
           cell_real(&number, slice_of(c->s[m->row[i]])) == NULL)
        i++;
    return FAIL(m->err, ERR_INPUT,
                "%s:%u: '%.*s' is not a number, and the column '%.*s' has %zu "
                "values; correct it, or write factor(...)",
                m->table->file, m->table->lines[m->row[i]],
                TEXT_SHORT(c->s[m->row[i]]), TEXT_SHORT(c->name), n);
}

static ErrCode add_factor(Make *m, const Column *c, size_t term)
{
    ErrCode rc = OK;
    size_t n;
    double *x;
    const char **level = factor_levels(&n, m->arena, c, m->row, m->n);
    if (level == NULL)
        return no_memory(m->err);
    TRY(check_levels(m, c, term, n));
    for (size_t l = 1; l < n; l++) {
        TRY(add_column(&x, m, text_format(m->arena, "%s%s", c->name, level[l]),
                       term));
        for (size_t i = 0; i < m->n; i++)
            x[i] = c->s[m->row[i]] == level[l];
    }
done:
    return rc;
}

static ErrCode add_term(Make *m, const Column *c, size_t term)
{
    double *x;
    m->out->title[term] = c->name;
    if (c->type == TYPE_CATEGORY)
        return add_factor(m, c, term);
    ErrCode rc = add_column(&x, m, c->name, term);
    for (size_t i = 0; rc == OK && i < m->n; i++)
        x[i] = c->d[m->row[i]];
    return rc;
}

static ErrCode add_target(Make *m)
{
    ErrCode rc = OK;
    const Column *c;
    const DesignWish *w = m->wish;
    size_t n, at = 1;
    uint8_t *y = arena_alloc(m->arena, m->n + 1, sizeof *y);
    TRY(find(&c, m, w->target));
    const char **level = factor_levels(&n, m->arena, c, m->row, m->n);
    if (level == NULL || y == NULL)
        return no_memory(m->err);
    if (n != 2)
        return FAIL(m->err, ERR_INPUT,
                    "%s: values of the target '%.*s': %zu; it wants two, such "
                    "as 0 and 1",
                    m->table->file, TEXT_SHORT(w->target), n);
    if (w->event != NULL)
        for (at = 0; at < n && strcmp(level[at], w->event) != 0;)
            at++;
    if (at == n)
        return FAIL(m->err, ERR_USAGE,
                    "--event: the target '%.*s' is '%.*s' or '%.*s', never "
                    "'%.*s'",
                    TEXT_SHORT(w->target), TEXT_SHORT(level[0]),
                    TEXT_SHORT(level[1]), TEXT_SHORT(w->event));
    for (size_t i = 0; i < m->n; i++)
        y[i] = c->s[m->row[i]] == level[at];
    m->out->event = level[at];
    m->out->data.y = y;
done:
    return rc;
}

/* A column of numbers that is no term; NULL when nobody named one. */
static ErrCode add_plain(const double **out, const Make *m, const char *name)
{
    ErrCode rc = OK;
    const Column *c;
    double *x, number;
    size_t i = 0;
    *out = NULL;
    TRY(find(&c, m, name));
    if (c == NULL)
        return OK;
    if (c->type != TYPE_REAL) {
        while (i + 1 < m->n &&
               cell_real(&number, slice_of(c->s[m->row[i]])) == NULL)
            i++;
        return FAIL(m->err, ERR_INPUT, "%s:%u: '%.*s' in '%.*s' is no number",
                    m->table->file, m->table->lines[m->row[i]],
                    TEXT_SHORT(c->s[m->row[i]]), TEXT_SHORT(name));
    }
    x = arena_alloc(m->arena, m->n + 1, sizeof *x);
    if (x == NULL)
        return no_memory(m->err);
    for (; i < m->n; i++)
        x[i] = c->d[m->row[i]];
    *out = x;
done:
    return rc;
}

static ErrCode add_cluster(Make *m)
{
    ErrCode rc = OK;
    const Column *c;
    size_t n;
    TRY(find(&c, m, m->wish->cluster));
    if (c == NULL)
        return OK;
    const char **level = factor_levels(&n, m->arena, c, m->row, m->n);
    uint32_t *of = arena_alloc(m->arena, m->n + 1, sizeof *of);
    if (level == NULL || of == NULL)
        return no_memory(m->err);
    for (size_t i = 0; i < m->n; i++) {
        const char **at =
            bsearch(&c->s[m->row[i]], level, n, sizeof *level, factor_compare);
        of[i] = (uint32_t)(at - level);
    }
    m->out->cluster = of;
    m->out->clusters = n;
done:
    return rc;
}

ErrCode design_make(Design *out, Arena *arena, const Table *table,
                    const DesignWish *wish, Err *err)
{
    ErrCode rc = OK;
    *out = (Design){0};
    Make m = {
        .out = out, .arena = arena, .table = table, .wish = wish, .err = err};
    TRY(add_terms(&m));
    TRY(add_rows(&m));
    TRY(add_target(&m));
    for (size_t i = 0; i < out->terms; i++)
        TRY(add_term(&m, m.terms[i], i));
    TRY(add_plain(&out->data.weight, &m, wish->weight));
    TRY(add_plain(&out->data.offset, &m, wish->offset));
    TRY(add_cluster(&m));
    out->data.x = out->x = m.x;
    out->data.name = out->name = m.name;
    out->data.n = m.n;
    out->data.k = m.k;
done:
    return rc;
}

void design_keep(Design *d, const unsigned char kept[])
{
    size_t k = 0;
    for (size_t j = 0; j < d->data.k; j++) {
        if (!kept[d->term[j]])
            continue;
        d->x[k] = d->x[j];
        d->name[k] = d->name[j];
        d->term[k++] = d->term[j];
    }
    d->data.k = k;
}
