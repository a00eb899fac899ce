#include "data/plan.h"

#include "core/tr.h"

#include <string.h>

/* The work on one plan. */
typedef struct {
    const PlanInput *in;
    Plan *plan;
    Arena *arena;
    size_t capacity;
    unsigned char listed[FIELD_COUNT]; /* fields that belong to the file, */
    unsigned char taken[FIELD_COUNT];  /* and all that it may have */
    Err *err;
} Maker;

static ErrCode no_memory(Maker *m)
{
    return FAIL(m->err, ERR_MEMORY, "%s: no memory for its columns",
                m->in->file);
}

static ErrCode fault(Maker *m, int is_warning, const char *problem,
                     const char *way_out)
{
    if (problem == NULL)
        return no_memory(m);
    return faults_add(m->in->faults,
                      (Fault){.file = m->in->file,
                              .line = m->in->line,
                              .problem = problem,
                              .way_out = way_out,
                              .is_warning = is_warning},
                      m->err);
}

static PlanColumn *find_field(const Plan *plan, Field field)
{
    for (size_t i = 0; i < plan->n; i++)
        if (plan->columns[i].field == field)
            return &plan->columns[i];
    return NULL;
}

static PlanColumn *find_name(const Plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->n; i++)
        if (strcmp(plan->columns[i].name, name) == 0)
            return &plan->columns[i];
    return NULL;
}

static ErrCode add_column(PlanColumn **out, Maker *m, Field field,
                          const CsvColumn *extra)
{
    Plan *plan = m->plan;
    PlanColumn *columns = arena_grow(m->arena, plan->columns, &m->capacity,
                                     plan->n, sizeof *columns);
    if (columns == NULL)
        return no_memory(m);
    plan->columns = columns;
    *out = &columns[plan->n];
    ErrCode rc = plancolumn_make(*out, m->in->tables, m->in->file, m->in->of,
                                 field, extra, m->err);
    plan->n += rc == OK;
    return rc;
}

/* `header` without a unit at its end, and whether that was 万元. */
static Slice without_unit(int *wan, Slice header)
{
    static const struct {
        const char *text;
        int wan;
    } units[] = {{"（万元）", 1}, {"(万元)", 1}, {"（元）", 0}, {"(元)", 0}};
    *wan = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t n = strlen(units[i].text);
        if (header.n > n &&
            memcmp(header.bytes + header.n - n, units[i].text, n) == 0) {
            *wan = units[i].wan;
            return slice_trim((Slice){header.bytes, header.n - n});
        }
    }
    return header;
}

static const CsvColumn *extra_named(const Maker *m, Slice name)
{
    for (size_t i = 0; i < m->in->n_extra; i++)
        if (slice_is(name, m->in->extra[i].name))
            return &m->in->extra[i];
    return NULL;
}

/* The field a header names, of those listed for the file if it can be. */
static Field field_of(const Maker *m, Slice header)
{
    Field field = field_named_among(header.bytes, header.n, m->listed);
    return field < FIELD_COUNT
               ? field
               : field_named_among(header.bytes, header.n, m->taken);
}

/* What a header means; FIELD_COUNT and *extra NULL: nothing we know. */
static Field meaning(const CsvColumn **extra, int *wan, const Maker *m,
                     Slice header)
{
    *wan = 0;
    *extra = NULL;
    Field field = field_of(m, header);
    if (field < FIELD_COUNT || (*extra = extra_named(m, header)) != NULL)
        return field;
    Slice bare = without_unit(wan, header);
    if (bare.n == header.n)
        return FIELD_COUNT;
    field = field_of(m, bare);
    if (field == FIELD_COUNT && (*extra = extra_named(m, bare)) == NULL)
        return FIELD_COUNT;
    FieldType type = *extra == NULL ? field_info(field)->type : (*extra)->type;
    if (type != TYPE_MONEY) { /* a unit of amounts on something else */
        *extra = NULL;
        return FIELD_COUNT;
    }
    return field;
}

/* Of the file's own columns, the name nearest to a header; or NULL. */
static const char *nearest_name(const Maker *m, const char *header)
{
    const char *names[FIELD_COUNT];
    size_t n = 0;
    for (Field f = 0; f < FIELD_COUNT; f++)
        if (m->listed[f] && find_field(m->plan, f) == NULL)
            names[n++] = field_info(f)->name;
    return text_nearest(header, names, n);
}

static ErrCode warn_unknown(Maker *m, Slice header, size_t i)
{
    if (header.n == 0)
        return fault(m, 1,
                     text_format(m->arena,
                                 tr("column %zu has no name and is ignored"),
                                 i + 1),
                     NULL);
    const char *name = text_copy(m->arena, header.bytes, header.n);
    const char *near = name == NULL ? NULL : nearest_name(m, name);
    if (name == NULL)
        return no_memory(m);
    return fault(
        m, 1,
        text_format(m->arena,
                    tr("the column '%.*s' is no column of %s and is ignored"),
                    TEXT_SHORT(name), file_name(m->in->of)),
        near == NULL ? NULL
                     : text_format(m->arena, tr("did you mean %s?"), near));
}

static ErrCode plan_header(Maker *m, Slice header, size_t i)
{
    const CsvColumn *extra;
    PlanColumn *c;
    int wan;
    Field field = meaning(&extra, &wan, m, header);
    if (field == FIELD_COUNT && extra == NULL)
        return warn_unknown(m, header, i);
    c = extra == NULL ? find_field(m->plan, field)
                      : find_name(m->plan, extra->name);
    if (c != NULL)
        return fault(m, 0,
                     text_format(m->arena,
                                 tr("columns %ld and %zu are both %s"),
                                 c->cell + 1, i + 1, c->name),
                     "leave one of them out");
    ErrCode rc = add_column(&c, m, field, extra);
    if (rc == OK) {
        c->cell = (long)i;
        c->wan = wan;
    }
    return rc;
}

/* The cell with this header, or PLAN_NO_CELL. */
static long cell_named(const Maker *m, const char *header)
{
    for (size_t i = 0; i < m->in->n; i++)
        if (slice_is(slice_trim(m->in->headers[i]), header))
            return (long)i;
    return PLAN_NO_CELL;
}

static ErrCode fault_no_source(Maker *m, const Doc *at, const char *header)
{
    const char *problem = text_format(
        m->arena, tr("the column '%.*s' that the map reads is not in %s"),
        TEXT_SHORT(header), m->in->file);
    if (problem == NULL)
        return no_memory(m);
    return faults_add(m->in->faults,
                      (Fault){.file = m->in->map->file,
                              .line = at == NULL ? 0 : at->line,
                              .problem = problem},
                      m->err);
}

/* The cells that an expression reads. */
static ErrCode bind(const long **out, size_t *n, Maker *m, const Arith *arith,
                    const Doc *at)
{
    ErrCode rc = OK;
    *n = arith->n_columns;
    long *cells = arena_alloc(m->arena, *n + 1, sizeof *cells);
    if (cells == NULL)
        return no_memory(m);
    for (size_t i = 0; i < *n && rc == OK; i++) {
        cells[i] = cell_named(m, arith->columns[i]);
        if (cells[i] == PLAN_NO_CELL)
            rc = fault_no_source(m, at, arith->columns[i]);
    }
    *out = cells;
    return rc;
}

static ErrCode plan_mapped(Maker *m, const MapColumn *map)
{
    PlanColumn *c;
    ErrCode rc = add_column(&c, m, map->field, NULL);
    if (rc != OK)
        return rc;
    c->map = map;
    c->wan = map->is_wan;
    if (map->expr != NULL)
        return bind(&c->expr_cells, &c->n_expr, m, map->expr, map->at);
    if (map->from == NULL)
        return OK;
    c->cell = cell_named(m, map->from);
    return c->cell == PLAN_NO_CELL ? fault_no_source(m, map->at, map->from)
                                   : OK;
}

/* Fields that the file may have, and those that extra columns name. */
static void set_among(Maker *m)
{
    for (Field f = 0; f < FIELD_COUNT; f++) {
        m->listed[f] = file_needs(m->in->of, f) >= 0;
        m->taken[f] = file_takes(m->in->of, f) != 0;
    }
    for (size_t i = 0; i < m->in->n_extra; i++) {
        const char *name = m->in->extra[i].name;
        Field f = field_named(name, strlen(name));
        if (f < FIELD_COUNT && strcmp(field_info(f)->name, name) == 0)
            m->taken[f] = 1;
    }
}

static ErrCode fault_missing(Maker *m, Field field)
{
    const FieldInfo *info = field_info(field);
    return fault(m, 0,
                 text_format(m->arena,
                             tr("the required column %s (%s) is missing"),
                             info->name, info->zh),
                 NULL);
}

/* "pd or grade": what a missing choice is called. */
static ErrCode fault_missing_choice(Maker *m)
{
    const char *list = "";
    for (Field f = 0; f < FIELD_COUNT && list != NULL; f++)
        if (m->listed[f] && (file_needs(m->in->of, f) & COLUMN_ONE_OF) &&
            file_needs(m->in->of, f) >= 0)
            list =
                text_format(m->arena, *list == '\0' ? "%s%s" : tr("%s or %s"),
                            list, field_info(f)->name);
    if (list == NULL)
        return no_memory(m);
    return fault(
        m, 0, text_format(m->arena, tr("a column %s is missing"), list), NULL);
}

static ErrCode check_complete(Maker *m)
{
    ErrCode rc = OK;
    int has_choice = 0, found = 0;
    for (Field f = 0; f < FIELD_COUNT && rc == OK; f++) {
        int needs = file_needs(m->in->of, f);
        if (needs < 0)
            continue;
        int there = find_field(m->plan, f) != NULL;
        if ((needs & COLUMN_REQUIRED) && !there)
            rc = fault_missing(m, f);
        has_choice |= (needs & COLUMN_ONE_OF) != 0;
        found |= (needs & COLUMN_ONE_OF) && there;
    }
    /* what a map leaves out a later stage may add */
    return rc == OK && has_choice && !found && m->in->map == NULL
               ? fault_missing_choice(m)
               : rc;
}

/* Beside a map, columns that rules read under the very name the file has. */
static ErrCode plan_own(Maker *m)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < m->in->n_extra; i++) {
        PlanColumn *c;
        long cell = cell_named(m, m->in->extra[i].name);
        if (cell == PLAN_NO_CELL || find_name(m->plan, m->in->extra[i].name))
            continue;
        TRY(add_column(&c, m, FIELD_COUNT, &m->in->extra[i]));
        c->cell = cell;
    }
done:
    return rc;
}

ErrCode plan_make(Plan *out, const PlanInput *in, Err *err)
{
    ErrCode rc = OK;
    Plan plan = {.of = in->of, .map = in->map, .cells = in->n};
    Maker m = {.in = in, .plan = &plan, .arena = in->tables->arena, .err = err};
    set_among(&m);
    if (in->map == NULL) {
        for (size_t i = 0; i < in->n; i++)
            TRY(plan_header(&m, slice_trim(in->headers[i]), i));
    } else {
        for (size_t i = 0; i < in->map->n; i++)
            TRY(plan_mapped(&m, &in->map->columns[i]));
        TRY(plan_own(&m));
        if (in->map->keep_if != NULL)
            TRY(bind(&plan.keep_cells, &plan.n_keep, &m, in->map->keep_if,
                     NULL));
    }
    TRY(check_complete(&m));
    *out = plan;
done:
    return rc;
}
