#include "data/csv.h"

#include "core/outfile.h"
#include "core/tr.h"
#include "data/encoding.h"
#include "data/row.h"
#include "data/stretches.h"

#include <assert.h>
#include <string.h>

enum { MOST_CELLS = 4096 }; /* of a record */

/* The reading of one file. */
typedef struct {
    Tables *tables;
    Source source;
    CsvOptions options;
    Faults *faults;
    Err *err;

    FileKind of;
    Slice text; /* the file as UTF-8 */
    Row row;
    Table *table;
} Reader;

static ErrCode no_memory(const Reader *r)
{
    return FAIL(r->err, ERR_MEMORY, "%s: no memory for its rows",
                r->source.name);
}

static ErrCode file_fault(const Reader *r, size_t line, int is_warning,
                          const char *problem, const char *way_out)
{
    return faults_add(r->faults,
                      (Fault){.file = r->source.name,
                              .line = line,
                              .problem = problem,
                              .way_out = way_out,
                              .is_warning = is_warning},
                      r->err);
}

/* What broke the record, as a fault of its row. */
static ErrCode record_fault(Reader *r)
{
    const Records *c = &r->row.records;
    return reject_add(&r->row.reject, c, c->fault_at, records_problem(c->fault),
                      r->err);
}

/* Another mark of the three in an unquoted header: perhaps the true one. */
static ErrCode check_separators(const Reader *r)
{
    const Records *c = &r->row.records;
    for (size_t i = 0; i < c->n; i++) {
        Slice cell = c->cells[i];
        for (const char *mark = ",\t;"; *mark != '\0'; mark++) {
            const char *at = memchr(cell.bytes, *mark, cell.n);
            if (*mark == c->separator || at == NULL ||
                *records_cell(c, i) == '"')
                continue;
            return faults_add(
                r->faults,
                (Fault){.file = r->source.name,
                        .line = c->first_line,
                        .column = text_count(c->raw.bytes,
                                             (size_t)(at - c->raw.bytes)) +
                                  1,
                        .problem = "the header has two kinds of separators",
                        .way_out = "use one of comma, tab and semicolon"},
                r->err);
        }
    }
    return OK;
}

static ErrCode read_header(Reader *r)
{
    ErrCode rc = OK;
    Records *c = &r->row.records;
    if (r->text.n == 0 || !records_next(c))
        return file_fault(r, 0, 0, "the file is empty",
                          "its first line names the columns");
    r->row.reject.header = c->raw;
    if (c->fault != RECORD_GOOD)
        return record_fault(r);
    if (c->n > MOST_CELLS)
        return file_fault(r, c->first_line, 0, "more than 4096 columns", NULL);
    if (memchr(c->raw.bytes, '\r', c->raw.n) != NULL)
        return file_fault(r, c->first_line, 0, "the lines end with CR alone",
                          "save the file with LF or CRLF line ends");
    size_t before = faults_count(r->faults);
    TRY(check_separators(r));
    if (faults_count(r->faults) > before)
        return OK;
    TRY(plan_make(&r->row.plan,
                  &(PlanInput){.tables = r->tables,
                               .file = r->source.name,
                               .of = r->of,
                               .map = r->options.map,
                               .extra = r->options.extra,
                               .n_extra = r->options.n_extra,
                               .headers = c->cells,
                               .n = c->n,
                               .line = c->first_line,
                               .faults = r->faults},
                  r->err));
done:
    return rc;
}

/* At most so many rows: one a line, and each cell but one takes a byte. */
static size_t most_rows(const Reader *r)
{
    const Records *c = &r->row.records;
    size_t bytes = (size_t)(c->end - c->p);
    size_t lines = text_occurs(c->p, bytes, '\n') + 1;
    size_t room = bytes / r->row.plan.cells + 1;
    return lines < room ? lines : room;
}

/* The columns of the plan, and where special ones are. */
static ErrCode add_columns(Reader *r)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < r->row.plan.n; i++) {
        PlanColumn *c = &r->row.plan.columns[i];
        if (c->field < FIELD_COUNT)
            TRY(table_add_field(&c->column, r->table, c->field, r->err));
        else
            TRY(table_add(&c->column, r->table, c->name, c->type, "", r->err));
        if (c->field == FIELD_kind && r->of == FILE_ip_rights)
            r->row.kind = c;
        if (c->field == FIELD_ip_id)
            r->row.ip_id = c;
    }
done:
    return rc;
}

static ErrCode make_table(Reader *r)
{
    ErrCode rc = OK;
    size_t rows = most_rows(r), n = r->row.plan.n;
    Arena *arena = r->tables->arena;
    if (rows >= UINT32_MAX)
        return file_fault(r, 0, 0, "more than 4 billion lines", NULL);
    TRY(table_new(&r->table, r->tables, file_name(r->of), rows, r->err));
    TRY(add_columns(r));
    r->row.lines = arena_alloc(arena, rows, sizeof *r->row.lines);
    r->row.seen = arena_alloc(arena, n + 1, sizeof *r->row.seen);
    if (r->row.lines == NULL || r->row.seen == NULL)
        return no_memory(r);
    for (size_t i = 0; i < n; i++)
        r->row.seen[i].arena = arena;
    r->table->file = r->source.name;
done:
    return rc;
}

/* A record of another number of cells than the header. */
static ErrCode fault_cells(Reader *r)
{
    const Records *c = &r->row.records;
    char problem[96];
    snprintf(problem, sizeof problem, tr("%zu cells where the header has %zu"),
             c->n, r->row.plan.cells);
    return reject_add(
        &r->row.reject, c, c->raw.bytes,
        (Fault){.problem = problem,
                .way_out =
                    c->n > r->row.plan.cells
                        ? TR_NOOP("a separator inside a cell needs quotes")
                        : TR_NOOP("is the line cut off?")},
        r->err);
}

static ErrCode read_record(Reader *r)
{
    const Records *c = &r->row.records;
    int kept = 0;
    ErrCode rc = OK;
    if (c->fault != RECORD_GOOD)
        rc = record_fault(r);
    else if (records_blank(c))
        return OK;
    else if (c->n != r->row.plan.cells)
        rc = fault_cells(r);
    else
        rc = row_read(&kept, &r->row);
    if (r->row.reject.is_bad)
        reject_end_row(&r->row.reject, c);
    else if (kept)
        r->row.row++;
    return rc;
}

static ErrCode read_rows(Reader *r)
{
    ErrCode rc = OK;
    int is_read =
        r->options.threads > 1 && stretches_read(&r->row, r->table->rows);
    while (!is_read && records_next(&r->row.records))
        TRY(read_record(r));
    if (r->row.row == 0 && !r->row.reject.refused)
        TRY(file_fault(r, 0, 1, "the file has no rows", NULL));
    r->table->rows = r->row.row;
    r->table->lines = r->row.lines;
done:
    return rc;
}

/* Where texts and cells stand while they are read; gone afterwards. */
typedef struct {
    Slice cells[MOST_CELLS];
    char room[RECORD_BYTES], list[RECORD_BYTES];
} Scratch;

static ErrCode read_all(Reader *r, Scratch *scratch)
{
    ErrCode rc = OK;
    size_t before = faults_count(r->faults);
    int good = 0;
    const ColumnMap *map = r->options.map;
    TRY(encoding_decode(&r->text, &good, r->tables->arena, r->source,
                        map == NULL ? ENCODING_FOUND : map->encoding, r->faults,
                        r->err));
    if (!good)
        return OK;
    r->row.records = records_of(r->text, records_separator(r->text),
                                scratch->cells, MOST_CELLS, scratch->room);
    r->row.reject.separator = r->row.records.separator;
    r->row.list = scratch->list;
    TRY(read_header(r));
    /* rows are looked at though a column is missing, so that all is listed */
    int has_faults = faults_count(r->faults) > before;
    if (r->row.reject.is_bad || r->row.plan.n == 0 ||
        (has_faults && map != NULL))
        return OK;
    if (map != NULL && !map->check_ids)
        TRY(file_fault(r, 0, 1, "identifiers are not checked, as the map says",
                       NULL));
    TRY(make_table(r));
    TRY(read_rows(r));
done:
    return rc;
}

/* What the reading comes to: a table, or none and the number of faults. */
static ErrCode conclude(Table **out, size_t *refused, Reader *r, size_t before)
{
    const char *file = r->source.name;
    size_t n = faults_count(r->faults) - before;
    const char *why =
        r->options.rejects == NULL ? NULL : outfile_flush(r->options.rejects);
    if (why != NULL)
        return FAIL(r->err, ERR_IO,
                    "%s: its refused rows cannot be written: %s", file, why);
    if (n > 0)
        return FAIL(r->err, ERR_INPUT,
                    n == 1 ? "%s: %zu fault" : "%s: %zu faults", file, n);
    if (r->table == NULL) /* a broken header that was only to be left out */
        return FAIL(r->err, ERR_INPUT, "%s: its header cannot be read", file);
    *out = r->table;
    *refused = r->row.reject.refused;
    return OK;
}

ErrCode csv_read(Table **out, size_t *refused, Tables *tables, Source source,
                 CsvOptions options, Faults *faults, Err *err)
{
    size_t before = faults_count(faults), tables_before = tables->n;
    Scratch *scratch = mem_new(1, sizeof *scratch);
    Reader r = {.tables = tables,
                .source = source,
                .options = options,
                .faults = faults,
                .err = err,
                .of = file_named(options.of),
                .row = {.texts = tables->texts, .err = err}};
    assert(r.of < FILE_KINDS);
    r.row.reject = (Reject){.file = source.name,
                            .faults = faults,
                            .keep_good_rows = options.keep_good_rows,
                            .to = options.rejects};
    ErrCode rc = scratch == NULL ? no_memory(&r) : read_all(&r, scratch);
    if (rc == OK)
        rc = conclude(out, refused, &r, before);
    if (rc != OK)
        tables->n = tables_before; /* no table is half there */
    mem_free(scratch);
    return rc;
}
