#include "data/sheet.h"

#include "core/tr.h"
#include "data/cell.h"
#include "data/encoding.h"
#include "data/sheetrows.h"

#include <stdio.h>
#include <string.h>

enum { MOST_CELLS = 4096 }; /* of a record */

typedef struct {
    Slice cells[MOST_CELLS];
    char room[RECORD_BYTES];
} Scratch;

typedef struct {
    Tables *tables;
    Source source;
    SheetOptions options;
    Faults *faults;
    Err *err;
    Slice text;
    Table *table;
    SheetRows rows;
} Sheet;

static ErrCode put_fault(const Sheet *s, size_t line, Fault fault)
{
    fault.file = s->source.name;
    fault.line = line;
    return faults_add(s->faults, fault, s->err);
}

static int is_listed(const char *const list[], size_t n, Slice text)
{
    for (size_t i = 0; i < n; i++)
        if (slice_is(text, list[i]))
            return 1;
    return 0;
}

static ErrCode add_column(Sheet *s, Slice header)
{
    Column *c;
    ErrCode rc = OK;
    char *name = text_copy(s->tables->arena, header.bytes, header.n);
    if (name == NULL)
        return FAIL(s->err, ERR_MEMORY, "%s: no memory for its columns",
                    s->source.name);
    if (header.n == 0 || table_find(s->table, name) != NULL)
        return put_fault(
            s, s->rows.records.first_line,
            (Fault){.value = name,
                    .problem = header.n == 0
                                   ? TR_NOOP("a header is empty")
                                   : TR_NOOP("a header stands there twice"),
                    .way_out = TR_NOOP("give each column a name of its own")});
    TRY(table_add(&c, s->table, name, TYPE_REAL, "", s->err));
    s->rows.is_word[s->table->n - 1] =
        is_listed(s->options.words, s->options.n_words, header) != 0;
done:
    return rc;
}

/* Runs of blanks as one tab, none at the ends of lines; 0: no memory. */
static int join_blanks(Slice *text, Arena *arena)
{
    char *start = arena_alloc(arena, text->n + 1, 1), *to = start;
    int open = 0, blank = 0; /* the line has a cell; blanks follow it */
    for (size_t i = 0; start != NULL && i < text->n; i++) {
        char c = text->bytes[i];
        if (c == ' ' || c == '\r') {
            blank = open;
            continue;
        }
        if (blank && c != '\n')
            *to++ = '\t';
        *to++ = c;
        open = c != '\n';
        blank = 0;
    }
    *text = (Slice){start, (size_t)(to - start)};
    return start != NULL;
}

static int has_mark(Slice text)
{
    size_t i = 0;
    while (i < text.n && text.bytes[i] != '\n' &&
           (text.bytes[i] == '\0' || strchr(",\t;", text.bytes[i]) == NULL))
        i++;
    return i < text.n && text.bytes[i] != '\n';
}

static int has_number(const Records *c)
{
    double number;
    for (size_t i = 0; i < c->n; i++) {
        Slice cell = slice_trim(c->cells[i]);
        if (cell.n > 0 && cell_real(&number, cell) == NULL)
            return 1;
    }
    return 0;
}

static ErrCode add_numbered(Sheet *s, size_t i)
{
    char name[24];
    snprintf(name, sizeof name, "V%zu", i + 1);
    return add_column(s, slice_of(name));
}

static size_t most_rows(Slice text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.n; i++)
        lines += text.bytes[i] == '\n';
    return lines;
}

static ErrCode read_header(Sheet *s)
{
    ErrCode rc = OK;
    Records *c = &s->rows.records, start = *c;
    if (!records_next(c) || c->fault != RECORD_GOOD || c->n > MOST_CELLS)
        return put_fault(
            s, c->first_line,
            (Fault){.problem = TR_NOOP("the header cannot be read"),
                    .way_out = TR_NOOP("its first line names the columns")});
    size_t rows = most_rows(s->text);
    TRY(table_new(&s->table, s->tables, "sheet", rows, s->err));
    s->rows.table = s->table;
    s->rows.lines = arena_alloc(s->tables->arena, rows, sizeof(uint32_t));
    s->rows.is_word = arena_alloc(s->tables->arena, c->n + 1, 1);
    if (s->rows.lines == NULL || s->rows.is_word == NULL)
        return FAIL(s->err, ERR_MEMORY, "%s: no memory for its rows",
                    s->source.name);
    int is_row = s->options.is_bare && has_number(c);
    for (size_t i = 0; i < c->n; i++)
        TRY(is_row ? add_numbered(s, i)
                   : add_column(s, slice_trim(c->cells[i])));
    if (is_row)
        *c = start;
done:
    return rc;
}

/* A line that is no row: broken, or of too many or too few cells. */
static ErrCode fault_line(const Sheet *s)
{
    const Records *c = &s->rows.records;
    char problem[96];
    if (c->fault != RECORD_GOOD)
        return put_fault(s, c->first_line, records_problem(c->fault));
    snprintf(problem, sizeof problem, tr("%zu cells where the header has %zu"),
             c->n, s->table->n);
    return put_fault(
        s, c->first_line,
        (Fault){.problem = problem,
                .way_out =
                    c->n > s->table->n
                        ? TR_NOOP("a separator inside a cell needs quotes")
                        : TR_NOOP("is the line cut off?")});
}

/* Record by record: numbers, and what is no row told; then words. */
static ErrCode each_row(Sheet *s, int has_words)
{
    ErrCode rc = OK;
    size_t row = 0;
    SheetRows *r = &s->rows;
    while (records_next(&r->records)) {
        const Records *c = &r->records;
        if (c->fault != RECORD_GOOD || c->n != s->table->n)
            TRY(has_words ? OK : fault_line(s));
        else if (!has_words)
            sheetrows_numbers(r, row++);
        else if (!sheetrows_words(r, row++))
            TRY(FAIL(s->err, ERR_MEMORY, "%s: no memory for its texts",
                     s->source.name));
    }
    s->table->rows = row;
done:
    return rc;
}

static ErrCode read_rows(Sheet *s)
{
    ErrCode rc = OK;
    const Records first = s->rows.records;
    if (s->options.threads > 1 && sheetrows_stretches(&s->rows))
        return OK;
    s->rows.records = first;
    TRY(each_row(s, 0));
    sheetrows_settle(&s->rows);
    s->rows.records = first;
    TRY(each_row(s, 1));
done:
    return rc;
}

static ErrCode read_all(Sheet *s, Scratch *scratch)
{
    ErrCode rc = OK;
    int good = 0;
    size_t before = faults_count(s->faults);
    TRY(encoding_decode(&s->text, &good, s->tables->arena, s->source,
                        ENCODING_FOUND, s->faults, s->err));
    if (!good)
        return OK;
    if (s->options.is_bare && !has_mark(s->text) &&
        !join_blanks(&s->text, s->tables->arena))
        TRY(FAIL(s->err, ERR_MEMORY, "%s: no memory for its rows",
                 s->source.name));
    s->rows.records = records_of(s->text, records_separator(s->text),
                                 scratch->cells, MOST_CELLS, scratch->room);
    TRY(read_header(s));
    if (faults_count(s->faults) > before)
        return OK;
    TRY(read_rows(s));
    s->table->lines = s->rows.lines;
    s->table->file = s->source.name;
done:
    return rc;
}

ErrCode sheet_read(Table **out, Tables *tables, Source source,
                   SheetOptions options, Faults *faults, Err *err)
{
    size_t before = faults_count(faults), tables_before = tables->n;
    Scratch *scratch = mem_new(1, sizeof *scratch);
    Sheet s = {
        .tables = tables,
        .source = source,
        .options = options,
        .faults = faults,
        .err = err,
        .rows = {.missing = options.missing, .n_missing = options.n_missing}};
    ErrCode rc =
        scratch == NULL
            ? FAIL(err, ERR_MEMORY, "%s: no memory for its rows", source.name)
            : read_all(&s, scratch);
    mem_free(scratch);
    size_t n = faults_count(faults) - before;
    if (rc == OK && n > 0)
        rc = FAIL(err, ERR_INPUT, n == 1 ? "%s: %zu fault" : "%s: %zu faults",
                  source.name, n);
    if (rc != OK)
        tables->n = tables_before; /* no table is half there */
    else
        *out = s.table;
    return rc;
}
