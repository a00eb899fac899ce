#include "data/colmap.h"

#include "core/date.h"
#include "core/tr.h"

#include <string.h>

/* The work on one map. */
typedef struct {
    Arena *arena;
    ColumnMap *map;
    DocReader r;
} Maker;

static void set_failed(Maker *m, ErrCode rc)
{
    m->r.failed |= rc != OK;
}

/* Compile the text of a child as an expression; a missing one is left out. */
static void read_expr(const Arith **out, Maker *m, const Doc *group,
                      const char *name, int wants_truth)
{
    const char *text = NULL;
    ArithFault fault = {0};
    if (!doc_text(&text, group, name, 1, &m->r) || text == NULL)
        return;
    ErrCode rc =
        arith_compile(out, &fault, m->arena, text, wants_truth, m->r.err);
    set_failed(m, rc);
    if (rc == OK && fault.problem != NULL)
        doc_fault(doc_get(group, name), fault.offset, fault.problem, NULL,
                  &m->r);
}

/* "yes" or "no". */
static void read_answer(int *out, Maker *m, const Doc *group, const char *name)
{
    const char *text = *out ? "yes" : "no";
    if (!doc_text(&text, group, name, 1, &m->r))
        return;
    if (strcmp(text, "yes") != 0 && strcmp(text, "no") != 0)
        doc_fault(doc_get(group, name), 0, TR_NOOP("neither yes nor no"), NULL,
                  &m->r);
    *out = strcmp(text, "yes") == 0;
}

/* "m/d/y": each letter once, one character between two of them. */
static void read_date(MapDate *out, Maker *m, const Doc *group)
{
    const char *t = NULL;
    if (!doc_text(&t, group, "date", 1, &m->r) || t == NULL)
        return;
    int good = strlen(t) == 5 && strchr(t, 'y') != NULL &&
               strchr(t, 'm') != NULL && strchr(t, 'd') != NULL;
    for (int i = 0; i < 5 && good; i += 2)
        good = strchr("ymd", t[i]) != NULL;
    for (int i = 1; i < 5 && good; i += 2)
        good = strchr("/-. ", t[i]) != NULL;
    if (!good) {
        doc_fault(doc_get(group, "date"), 0, TR_NOOP("no order of a date"),
                  TR_NOOP("write y-m-d, m/d/y, d.m.y or the like"), &m->r);
        return;
    }
    *out = (MapDate){{t[0], t[2], t[4]}, {t[1], t[3]}};
}

static void read_encoding(Maker *m, const Doc *group)
{
    const char *name = NULL;
    if (!doc_text(&name, group, "encoding", 1, &m->r) || name == NULL)
        return;
    int encoding = encoding_named(name);
    if (encoding < 0)
        doc_fault(doc_get(group, "encoding"), 0, TR_NOOP("no known encoding"),
                  TR_NOOP("write utf-8 or gb18030"), &m->r);
    else
        m->map->encoding = (Encoding)encoding;
}

static void read_values(MapColumn *c, Maker *m, const Doc *group)
{
    static const char *const names[] = {"from", "to"};
    const Doc *list = doc_get(group, "values");
    if (list == NULL)
        return;
    MapValue *values = arena_alloc(m->arena, list->n + 1, sizeof *values);
    if (list->kind != DOC_LIST || values == NULL) {
        doc_fault(list, 0, TR_NOOP("a list of { from; to; } is needed here"),
                  NULL, &m->r);
        return;
    }
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        MapValue *v = &values[c->n_values];
        doc_only(d, names, 2, &m->r);
        if (doc_text(&v->from, d, "from", 0, &m->r) &&
            doc_text(&v->to, d, "to", 0, &m->r))
            c->n_values++;
    }
    c->values = values;
}

static void read_unit(MapColumn *c, Maker *m, const Doc *group)
{
    const char *unit = "yuan";
    if (!doc_text(&unit, group, "unit", 1, &m->r))
        return;
    c->is_wan = strcmp(unit, "wan") == 0;
    const char *problem = NULL;
    if (!c->is_wan && strcmp(unit, "yuan") != 0)
        problem = TR_NOOP("no unit of amounts: write yuan or wan");
    else if (c->field < FIELD_COUNT && doc_get(group, "unit") != NULL &&
             field_info(c->field)->type != TYPE_MONEY)
        problem = TR_NOOP("only amounts have a unit");
    if (problem != NULL)
        doc_fault(doc_get(group, "unit"), 0, problem, NULL, &m->r);
}

/* "did you mean ...?" of the file's columns, or NULL. */
static const char *hint(const Maker *m, const char *name)
{
    const char *names[FIELD_COUNT];
    size_t n = 0;
    for (Field f = 0; f < FIELD_COUNT; f++)
        if (file_takes(m->map->of, f))
            names[n++] = field_info(f)->name;
    const char *near = text_nearest(name, names, n);
    return near == NULL ? NULL
                        : text_format(m->arena, tr("did you mean %s?"), near);
}

/* The field, which the file must have and no column before may give. */
static void read_field(MapColumn *c, Maker *m, const Doc *group)
{
    const char *name = NULL;
    c->field = FIELD_COUNT;
    if (!doc_text(&name, group, "field", 0, &m->r))
        return;
    Field f = field_named(name, strlen(name));
    const Doc *at = doc_get(group, "field");
    if (f == FIELD_COUNT || !file_takes(m->map->of, f)) {
        doc_fault(at, 0,
                  text_format(m->arena, tr("'%.*s' is no column of %s"),
                              TEXT_SHORT(name), file_name(m->map->of)),
                  hint(m, name), &m->r);
        return;
    }
    for (size_t i = 0; i < m->map->n; i++)
        if (m->map->columns[i].field == f)
            doc_fault(at, 0, TR_NOOP("an earlier column gives this field"),
                      NULL, &m->r);
    c->field = f;
}

/* Whether an expression can make such a column. */
static int is_number(Field field)
{
    FieldType type = field_info(field)->type;
    return type == TYPE_MONEY || type == TYPE_RATIO || type == TYPE_REAL ||
           type == TYPE_COUNT;
}

static void read_column(MapColumn *c, Maker *m, const Doc *group)
{
    static const char *const names[] = {"field", "from",   "expr", "const",
                                        "take",  "values", "unit"};
    int64_t take = 0;
    c->at = group;
    doc_only(group, names, sizeof names / sizeof *names, &m->r);
    read_field(c, m, group);
    (void)doc_text(&c->from, group, "from", 1, &m->r);
    (void)doc_text(&c->constant, group, "const", 1, &m->r);
    read_expr(&c->expr, m, group, "expr", 0);
    if (doc_count(&take, group, "take", 1, &m->r) && take < 0)
        doc_fault(doc_get(group, "take"), 0,
                  TR_NOOP("a number of characters is needed here"), NULL,
                  &m->r);
    c->take = (size_t)take;
    read_values(c, m, group);
    read_unit(c, m, group);
    int ways = (c->from != NULL) + (c->constant != NULL) +
               (doc_get(group, "expr") != NULL);
    if (ways != 1)
        doc_fault(group, 0, TR_NOOP("a column has either from, expr or const"),
                  NULL, &m->r);
    if (c->from == NULL && (take > 0 || c->n_values > 0))
        doc_fault(group, 0, TR_NOOP("take and values need from"), NULL, &m->r);
    if (c->expr != NULL && c->field < FIELD_COUNT && !is_number(c->field))
        doc_fault(doc_get(group, "expr"), 0,
                  TR_NOOP("an expression gives a number, the field is none"),
                  TR_NOOP("use from with values"), &m->r);
}

static void read_columns(Maker *m, const Doc *group)
{
    const Doc *list = doc_get(group, "columns");
    if (list == NULL || list->kind != DOC_LIST) {
        doc_fault(list == NULL ? group : list, 0,
                  TR_NOOP("columns = ( { field; from; }, ... ) is missing"),
                  NULL, &m->r);
        return;
    }
    MapColumn *columns = arena_alloc(m->arena, list->n + 1, sizeof *columns);
    if (columns == NULL) {
        set_failed(m, FAIL(m->r.err, ERR_MEMORY, "no memory for a map"));
        return;
    }
    m->map->columns = columns;
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        read_column(&columns[m->map->n], m, d);
        m->map->n++;
    }
}

static void read_map(Maker *m, const Doc *group)
{
    static const char *const names[] = {"of",      "encoding", "date",
                                        "columns", "keep_if",  "check_ids"};
    const char *of = NULL;
    ColumnMap *map = m->map;
    doc_only(group, names, sizeof names / sizeof *names, &m->r);
    if (!doc_text(&of, group, "of", 0, &m->r))
        return;
    map->of = file_named(of);
    if (map->of == FILE_KINDS) {
        doc_fault(doc_get(group, "of"), 0, TR_NOOP("no kind of file"),
                  "write applications, ip_rights, portfolio, contracts or "
                  "outcomes",
                  &m->r);
        return;
    }
    read_encoding(m, group);
    read_date(&map->date, m, group);
    read_answer(&map->check_ids, m, group, "check_ids");
    read_columns(m, group);
    read_expr(&map->keep_if, m, group, "keep_if", 1);
}

ErrCode colmap_read(const ColumnMap **out, Arena *arena, const Doc *root,
                    Faults *faults, Err *err)
{
    ColumnMap *map = arena_alloc(arena, 1, sizeof *map);
    if (map == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a map");
    size_t before = faults_count(faults);
    Maker m = {.arena = arena,
               .map = map,
               .r = {.faults = faults, .err = err, .failed = 0}};
    const Doc *group = doc_get(root, "map");
    *map = (ColumnMap){.file = root->file, .check_ids = 1};
    if (group == NULL || group->kind != DOC_GROUP)
        doc_fault(root, 0, TR_NOOP("map = { ... } is missing"), NULL, &m.r);
    else
        read_map(&m, group);
    if (!m.r.failed) {
        *out = map;
        return OK;
    }
    if (err != NULL && err->code == ERR_MEMORY)
        return ERR_MEMORY;
    size_t n = faults_count(faults) - before;
    if (n == 1)
        return FAIL(err, ERR_INPUT, "%s: 1 fault in the column map",
                    root->file);
    return FAIL(err, ERR_INPUT, "%s: %zu faults in the column map", root->file,
                n);
}

static int digits(const char **p, const char *end, int most)
{
    int value = 0;
    const char *start = *p;
    for (; *p < end && *p - start < most && **p >= '0' && **p <= '9'; ++*p)
        value = value * 10 + (**p - '0');
    return *p == start ? -1 : value;
}

const CellFault *colmap_date(int64_t *out, MapDate shape, Slice text)
{
    static const CellFault malformed = {TR_NOOP("a date of the map's shape"),
                                        TR_NOOP("see `date` in the map")};
    static const CellFault no_day = {TR_NOOP("a day of the calendar"),
                                     TR_NOOP("see `date` in the map")};
    DateParts parts = {0};
    const char *p = text.bytes, *end = p + text.n;
    if (shape.order[0] == '\0')
        return cell_date(out, text);
    for (int i = 0; i < 3; i++) {
        char part = shape.order[i];
        const char *start = p;
        int value = digits(&p, end, part == 'y' ? 4 : 2);
        if (value < 0 || (part == 'y' && p - start != 4) ||
            (i < 2 && (p == end || *p++ != shape.mark[i])))
            return &malformed;
        *(part == 'y'   ? &parts.year
          : part == 'm' ? &parts.month
                        : &parts.day) = value;
    }
    if (p != end)
        return &malformed;
    if (date_check(parts) != NULL)
        return &no_day;
    *out = date_of(parts).days;
    return NULL;
}
