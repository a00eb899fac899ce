#include "flow/command.h"

#include "core/text.h"
#include "credit/lowbook.h"
#include "flow/scored.h"
#include "stat/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEVELS = 16 };

typedef struct {
    LowbookGrade *grades;
    size_t n;
    double levels[LEVELS];
    LowbookOptions options;
} LowPd;

/* Levels between commas; they rise. */
static ErrCode read_levels(LowPd *s, const Job *job, Err *err)
{
    const char *text = job_option(job, "levels");
    ErrCode rc = OK;
    for (const char *at = text == NULL ? "0.5,0.75,0.9" : text; *at != '\0';) {
        size_t n = strcspn(at, ",");
        char *one = text_copy(job->arena, at, n);
        Level level;
        if (one == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
        TRY(level_parse(&level, one, err));
        if (s->options.nlevels == LEVELS)
            return FAIL(err, ERR_USAGE, "--levels: at most %d", LEVELS);
        s->levels[s->options.nlevels++] = level_value(level);
        at += n + (at[n] == ',');
    }
    s->options.levels = s->levels;
    if (s->options.nlevels == 0)
        rc = FAIL(err, ERR_USAGE, "--levels is empty; write 0.5,0.9");
done:
    return rc;
}

static ErrCode correlation(double *out, const Job *job, const char *name,
                           Err *err)
{
    const char *text = job_option(job, name);
    char *end;
    *out = text == NULL ? 0 : strtod(text, &end);
    if (text != NULL &&
        (end == text || *end != '\0' || !(*out >= 0 && *out < 1)))
        return FAIL(err, ERR_USAGE,
                    "--%s: '%.*s' is no correlation; write 0.12", name,
                    TEXT_SHORT(text));
    return OK;
}

static ErrCode need(const Column **out, const Table *sheet, const char *name,
                    FieldType type, Err *err)
{
    *out = table_find(sheet, name);
    if (*out == NULL)
        return FAIL(err, ERR_INPUT,
                    "%s: no column '%s'; the file has grade, obligors and "
                    "defaults, the best grade first",
                    sheet->file, name);
    if (type == TYPE_REAL && (*out)->type != type)
        return FAIL(err, ERR_INPUT, "%s: '%s' has cells that are no numbers",
                    sheet->file, name);
    return OK;
}

static ErrCode grade_at(LowbookGrade *out, const Table *sheet,
                        const Column *grade, const Column *n, const Column *d,
                        size_t row, Err *err)
{
    char text[CELL_TEXT];
    const char *word = cell_format(text, grade, row);
    double of = n->d[row], bad = d->d[row];
    if (!(of >= 1 && of <= 1e9 && of == floor(of) && bad >= 0 && bad <= of &&
          bad == floor(bad)))
        return FAIL(err, ERR_INPUT,
                    "%s:%u: %g of %g obligors in default; both are whole, the "
                    "first at most the second, the second from 1 to 1e9",
                    sheet->file, sheet->lines[row], bad, of);
    *out = (LowbookGrade){texts_put(sheet->owner->texts, word, strlen(word)),
                          (int64_t)of, (int64_t)bad};
    return out->grade != NULL ? OK
                              : FAIL(err, ERR_MEMORY, "no memory for a run");
}

static ErrCode read_grades(LowPd *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    Table *sheet;
    const Column *grade, *n, *d;
    TRY(scored_sheet(&sheet, job, "data", NULL, 0, err));
    TRY(need(&grade, sheet, "grade", TYPE_CATEGORY, err));
    TRY(need(&n, sheet, "obligors", TYPE_REAL, err));
    TRY(need(&d, sheet, "defaults", TYPE_REAL, err));
    s->n = sheet->rows;
    s->grades = arena_alloc(job->arena, s->n + 1, sizeof *s->grades);
    if (s->grades == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t i = 0; i < s->n; i++)
        TRY(grade_at(&s->grades[i], sheet, grade, n, d, i, err));
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    uint64_t years;
    LowPd *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(read_levels(s, job, err));
    TRY(correlation(&s->options.rho, job, "rho", err));
    TRY(correlation(&s->options.theta, job, "theta", err));
    TRY(job_count(&years, job, "years", 1, 1, 20, err));
    TRY(job_count(&job->seed, job, "seed", 1, 0, UINT64_MAX, err));
    s->options.years = (int)years;
    s->options.seed = job->seed;
    TRY(read_grades(s, job, err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    LowPd *s = job->state;
    TRY(lowbook_tables(job->tables, s->grades, s->n, &s->options, err));
    TRY(job_result(job, tables_find(job->tables, "lowdefault_bounds"), err));
    if (s->options.years == 1)
        TRY(job_result(job, tables_find(job->tables, "lowdefault_beliefs"),
                       err));
done:
    return rc;
}

const Command command_model_pd = {"model pd", read_files, compute, NULL, NULL};
