#include "flow/carded.h"

#include "core/text.h"
#include "data/cell.h"
#include "flow/columns.h"

#include <math.h>
#include <string.h>

static Date last_start(const Policy *policy)
{
    PolicyVersion v = {0};
    for (size_t i = 0; policy_version(&v, policy, i); i++)
        continue;
    return v.from;
}

ErrCode carded_read(Carded *out, Job *job, const char *option, Err *err)
{
    ErrCode rc = OK;
    *out = (Carded){.option = option, .path = job_option(job, option)};
    if (out->path == NULL)
        return OK;
    TRY(job_rules(&out->policy, job, option, out->path, err));
    out->day = last_start(out->policy);
    if (job_option(job, "as-of") != NULL)
        rc = job_as_of(&out->day, job, err);
done:
    return rc;
}

/* What the rules read of a row, the date that selects the version too. */
static ErrCode inputs_of(CsvColumn **out, size_t *n, Arena *arena,
                         const Carded *card, Err *err)
{
    Policy *policy = card->policy;
    return columns_of(out, n, arena, &(Rulebook){&policy, 1}, err);
}

static int is_word(FieldType type)
{
    return type == TYPE_TEXT || type == TYPE_CATEGORY || type == TYPE_LIST ||
           type == TYPE_DATE;
}

ErrCode carded_words(const char *const **out, size_t *count, Arena *arena,
                     const Carded cards[], size_t n, Err *err)
{
    ErrCode rc = OK;
    const char **words = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t k = 0; k < n; k++) {
        CsvColumn *inputs;
        size_t m = 0;
        if (cards[k].policy != NULL)
            TRY(inputs_of(&inputs, &m, arena, &cards[k], err));
        for (size_t j = 0; j < m; j++) {
            if (!is_word(inputs[j].type))
                continue;
            words = arena_grow(arena, words, &capacity, *count, sizeof *words);
            if (words == NULL)
                return FAIL(err, ERR_MEMORY, "no memory for a run");
            words[(*count)++] = inputs[j].name;
        }
    }
    *out = words;
done:
    return rc;
}

static const CellFault *read_whole(int64_t *out, FieldType type, Slice cell)
{
    switch (type) {
    case TYPE_MONEY:
        return cell_money(out, cell);
    case TYPE_RATIO:
        return cell_ratio(out, cell);
    case TYPE_COUNT:
        return cell_count(out, cell);
    case TYPE_DATE:
        return cell_date(out, cell);
    default:
        return cell_bool(out, cell);
    }
}

/* A number that is 0 or more with no more decimals than the type keeps: the
 * double nearest to whole / scale, which is what its text would give; 0 when it
 * is not so simple. */
static int is_plain(int64_t *out, FieldType type, double x)
{
    double scale = type == TYPE_MONEY   ? 100
                   : type == TYPE_RATIO ? 1e9
                   : type == TYPE_COUNT ? 1
                                        : 0;
    double whole = nearbyint(x * scale);
    if (scale == 0 || !(whole >= 0 && whole <= 9e15) || whole / scale != x)
        return 0;
    *out = (int64_t)whole;
    return 1;
}

/* The cell of `from` as the type of `to`; NULL, or why it is none. */
static const CellFault *read_cell(Column *to, const Column *from, size_t i)
{
    char text[CELL_TEXT];
    int is_null = cell_is_null(from, i);
    if (to->type == TYPE_REAL && from->type == TYPE_REAL)
        to->d[i] = from->d[i];
    else if (to->type == TYPE_REAL && !is_null)
        return cell_real(&to->d[i], slice_of(from->s[i]));
    else if (to->type == TYPE_REAL)
        to->d[i] = (double)NAN;
    else if (is_word(to->type) && to->type != TYPE_DATE)
        to->s[i] = from->s[i];
    else if (is_null)
        to->i[i] = NULL_INT;
    else if (from->type != TYPE_REAL ||
             !is_plain(&to->i[i], to->type, from->d[i]))
        return read_whole(&to->i[i], to->type,
                          slice_of(cell_format(text, from, i)));
    return NULL;
}

static ErrCode read_column(Column *to, const Table *sheet, const Column *from,
                           Err *err)
{
    char text[CELL_TEXT];
    for (size_t i = 0; i < sheet->rows; i++) {
        const CellFault *why = read_cell(to, from, i);
        if (why == NULL)
            continue;
        const char *cell = cell_format(text, from, i);
        return FAIL(err, ERR_INPUT, "%s:%u: %.*s is '%.*s', not %s",
                    sheet->file, sheet->lines[i], TEXT_SHORT(from->name),
                    TEXT_SHORT(cell), tr(why->expected));
    }
    return OK;
}

/* Can the rules read the sheet's own cells? */
static int is_ready(const Column *from, FieldType type)
{
    return type == TYPE_REAL ? from->type == TYPE_REAL
                             : is_word(type) && type != TYPE_DATE &&
                                   from->type == TYPE_CATEGORY;
}

static ErrCode add_input(Table *t, const Table *sheet, const CsvColumn *input,
                         Err *err)
{
    ErrCode rc = OK;
    Column *to;
    const Column *from = table_find(sheet, input->name);
    Field field = field_named(input->name, strlen(input->name));
    if (from == NULL) /* columns_check() will say so */
        return OK;
    if (is_ready(from, input->type))
        return table_lend(t, input->type, from, err);
    if (field < FIELD_COUNT &&
        strcmp(field_info(field)->name, input->name) == 0)
        TRY(table_add_field(&to, t, field, err));
    else
        TRY(table_add(&to, t, input->name, input->type, "", err));
    rc = read_column(to, sheet, from, err);
done:
    return rc;
}

ErrCode carded_inputs(Table **out, Job *job, const Carded *card,
                      const Table *sheet, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    CsvColumn *inputs;
    size_t m;
    TRY(table_new(&t, job->tables, card->option, sheet->rows, err));
    t->file = sheet->file;
    t->lines = sheet->lines;
    TRY(inputs_of(&inputs, &m, job->arena, card, err));
    for (size_t j = 0; j < m; j++)
        TRY(add_input(t, sheet, &inputs[j], err));
    TRY(columns_check(job, t, card->policy, err));
    TRY(job_found(job, OK, ERR_INPUT, sheet->file, err));
    *out = t;
done:
    return rc;
}

ErrCode carded_apply(Table **out, Job *job, const Carded *card,
                     const Table *sheet, Err *err)
{
    ErrCode rc = carded_inputs(out, job, card, sheet, err);
    return rc != OK ? rc : policy_outputs(*out, card->policy, card->day, err);
}
