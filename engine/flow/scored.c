#include "flow/scored.h"

#include "core/date.h"
#include "core/text.h"
#include "data/sheet.h"
#include "flow/carded.h"
#include "stat/calibration.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ErrCode scored_sheet(Table **out, Job *job, const char *option,
                     const char *const words[], size_t n, Err *err)
{
    static const char *const missing[] = {"NA"};
    return job_sheet(
        out, job, option,
        (SheetOptions){
            .missing = missing, .n_missing = 1, .words = words, .n_words = n},
        err);
}

/* The column that an option names; *out NULL when the option is not given. */
ErrCode scored_column(const Column **out, const Job *job, const Table *sheet,
                      const char *option, Err *err)
{
    const char *name = job_option(job, option), *near;
    const char **names = arena_alloc(job->arena, sheet->n + 1, sizeof *names);
    *out = NULL;
    if (name == NULL || (*out = table_find(sheet, name)) != NULL)
        return OK;
    if (names == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t k = 0; k < sheet->n; k++)
        names[k] = sheet->columns[k]->name;
    near = text_nearest(name, names, sheet->n);
    if (near == NULL)
        return FAIL(err, ERR_USAGE, "--%s: %s has no column '%.*s'", option,
                    sheet->file, TEXT_SHORT(name));
    return FAIL(err, ERR_USAGE,
                "--%s: %s has no column '%.*s'; did you mean '%.*s'?", option,
                sheet->file, TEXT_SHORT(name), TEXT_SHORT(near));
}

/* The same, of numbers. */
ErrCode scored_number(const Column **out, const Job *job, const Table *sheet,
                      const char *option, Err *err)
{
    ErrCode rc = scored_column(out, job, sheet, option, err);
    if (rc == OK && *out != NULL && (*out)->type != TYPE_REAL)
        rc = FAIL(err, ERR_USAGE,
                  "--%s: the column '%.*s' of %s has cells that are no numbers",
                  option, TEXT_SHORT((*out)->name), sheet->file);
    return rc;
}

int scored_is_bad(const Column *target, size_t row, const char *bad)
{
    static const char *const words[] = {"1",   "true", "yes", "y",
                                        "bad", "是",   "违约"};
    char text[CELL_TEXT];
    const char *cell = cell_format(text, target, row);
    if (bad != NULL)
        return strcmp(cell, bad) == 0;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strcmp(cell, words[k]) == 0)
            return 1;
    return 0;
}

/* The columns and what is made of them, row by row of those that count. */
typedef struct {
    const Column *target, *pd, *score, *challenger, *grade, *segment, *month,
        *weight;
} Columns;

static ErrCode find_columns(Columns *c, Scored *s, const Job *job, Err *err)
{
    static const char *const options[] = {"target",     "pd",    "score",
                                          "challenger", "grade", "segment",
                                          "month",      "weight"};
    ErrCode rc = OK;
    const char *name;
    for (size_t k = 0; k < sizeof options / sizeof *options; k++)
        s->named[k] = job_option(job, options[k]);
    TRY(job_need(&name, job, "target", err));
    TRY(scored_column(&c->target, job, s->sheet, "target", err));
    TRY(scored_number(&c->pd, job, s->sheet, "pd", err));
    TRY(scored_number(&c->score, job, s->sheet, "score", err));
    TRY(scored_number(&c->challenger, job, s->sheet, "challenger", err));
    TRY(scored_column(&c->grade, job, s->sheet, "grade", err));
    TRY(scored_column(&c->segment, job, s->sheet, "segment", err));
    TRY(scored_column(&c->month, job, s->sheet, "month", err));
    TRY(scored_number(&c->weight, job, s->sheet, "weight", err));
    if (c->pd == NULL && c->score == NULL && job_option(job, "card") == NULL)
        rc = FAIL(err, ERR_USAGE,
                  "nothing to validate: give --card FILE, --pd COLUMN, or "
                  "--score COLUMN for points");
done:
    return rc;
}

/* The cell as an interned word; a date as its month where `as_month`. */
static const char *word_of(Texts *texts, const Column *c, size_t row,
                           int as_month)
{
    char text[CELL_TEXT];
    Date day;
    if (cell_is_null(c, row))
        return NULL;
    const char *cell = cell_format(text, c, row);
    if (as_month && date_parse(&day, cell, NULL) == OK) {
        DateParts p = date_parts(day);
        snprintf(text, sizeof text, "%04d-%02d", p.year, p.month);
        cell = text;
    }
    return texts_put(texts, cell, strlen(cell));
}

static ErrCode words(const char *const **out, const Table *sheet,
                     const Column *c, const uint32_t rows[], size_t n,
                     int as_month, Err *err)
{
    *out = NULL;
    if (c == NULL)
        return OK;
    const char **word = arena_alloc(sheet->owner->arena, n + 1, sizeof *word);
    for (size_t i = 0; word != NULL && i < n; i++) {
        word[i] = word_of(sheet->owner->texts, c, rows[i], as_month);
        if (word[i] == NULL && !cell_is_null(c, rows[i]))
            word = NULL;
    }
    *out = word;
    return word != NULL ? OK
                        : FAIL(err, ERR_MEMORY, "no memory for %zu cases", n);
}

/* Scores of the rows, turned so that a higher one is riskier. */
ErrCode scored_scores(const double **out, const Table *sheet, const Column *c,
                      int is_pd, const uint32_t rows[], size_t n, Err *err)
{
    double *x = arena_alloc(sheet->owner->arena, n + 1, sizeof *x);
    if (x == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", n);
    for (size_t i = 0; i < n; i++) {
        double value = c->d[rows[i]];
        unsigned line = sheet->lines[rows[i]];
        if (isnan(value))
            return FAIL(err, ERR_INPUT,
                        "%s:%u: no '%.*s'; fill it in or leave the row out",
                        sheet->file, line, TEXT_SHORT(c->name));
        if (is_pd && !(value >= 0 && value <= 1))
            return FAIL(err, ERR_INPUT,
                        "%s:%u: %.*s is %g; a PD lies in 0 to 1, points are "
                        "given by --score",
                        sheet->file, line, TEXT_SHORT(c->name), value);
        x[i] = is_pd ? value : -value;
    }
    *out = x;
    return OK;
}

/* Rows with a target; outcomes of these. */
ErrCode scored_outcomes(uint32_t **rows, size_t *n, uint8_t **bad,
                        const Job *job, const Table *sheet,
                        const Column *target, Err *err)
{
    Arena *arena = job->arena;
    const char *word = job_option(job, "bad");
    *rows = arena_alloc(arena, sheet->rows + 1, sizeof **rows);
    *bad = arena_alloc(arena, sheet->rows + 1, sizeof **bad);
    *n = 0;
    if (*rows == NULL || *bad == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", sheet->rows);
    for (size_t i = 0; i < sheet->rows; i++) {
        if (cell_is_null(target, i))
            continue;
        (*rows)[*n] = (uint32_t)i;
        (*bad)[(*n)++] = (uint8_t)scored_is_bad(target, i, word);
    }
    if (*n < sheet->rows)
        fprintf(job->user->notes,
                tr("%s: %zu rows have no '%s' yet and are left out\n"),
                sheet->file, sheet->rows - *n, target->name);
    return OK;
}

/* Ten groups of ranks stand for grades where there are none. */
static ErrCode rank_grades(const char *const **out, Validation *v,
                           Tables *tables, Err *err)
{
    enum { GROUPS = 10 };
    static const char *const names[GROUPS] = {"01", "02", "03", "04", "05",
                                              "06", "07", "08", "09", "10"};
    CasesOrder order;
    size_t n = v->cases.n;
    ErrCode rc = cases_order(&order, tables->arena, &v->cases, err);
    if (rc != OK)
        return rc;
    const char **grade = arena_alloc(tables->arena, n + 1, sizeof *grade);
    if (grade == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", n);
    for (size_t r = 0; r < n; r++)
        grade[order.row[r]] =
            texts_put(tables->texts, names[r * GROUPS / n], 2);
    *out = grade;
    return OK;
}

static ErrCode correlation(double *out, const Job *job, Err *err)
{
    const char *text = job_option(job, "rho");
    char *end;
    *out = text == NULL ? 0 : strtod(text, &end);
    if (text != NULL &&
        (end == text || *end != '\0' || !(*out >= 0 && *out < 1)))
        return FAIL(err, ERR_USAGE,
                    "--rho: '%.*s' is no asset correlation; write 0.12",
                    TEXT_SHORT(text));
    return OK;
}

/* A model is a column or a card, not both. */
static ErrCode check_models(const Job *job, Err *err)
{
    static const char *const pairs[][2] = {
        {"card", "pd"}, {"card", "score"}, {"challenger-card", "challenger"}};
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        if (job_option(job, pairs[k][0]) != NULL &&
            job_option(job, pairs[k][1]) != NULL)
            return FAIL(err, ERR_USAGE, "--%s and --%s do not go together",
                        pairs[k][0], pairs[k][1]);
    return OK;
}

/* The rules' score of each row, and their grade or NULL. */
static ErrCode score_by(const double **out, int *is_pd, const Column **grade,
                        Job *job, const Carded *card, const Table *sheet,
                        const uint32_t rows[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    TRY(carded_apply(&t, job, card, sheet, err));
    const Column *pd = table_field(t, FIELD_pd);
    const Column *score = table_field(t, FIELD_score);
    *grade = table_field(t, FIELD_grade);
    *is_pd = pd != NULL;
    if (pd == NULL && score == NULL)
        TRY(FAIL(err, ERR_RULE, "%s puts out neither pd nor score",
                 card->path));
    rc = scored_scores(out, t, *is_pd ? pd : score, *is_pd, rows, n, err);
done:
    return rc;
}

static ErrCode weights(const double **out, const Table *sheet, const Column *c,
                       const uint32_t rows[], size_t n, Err *err)
{
    if (c == NULL)
        return OK;
    double *w = arena_alloc(sheet->owner->arena, n + 1, sizeof *w);
    if (w == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", n);
    for (size_t i = 0; i < n; i++) {
        w[i] = c->d[rows[i]];
        if (!(w[i] >= 0 && isfinite(w[i])))
            return FAIL(err, ERR_INPUT,
                        "%s:%u: the weight '%.*s' is a number of 0 or more",
                        sheet->file, sheet->lines[rows[i]],
                        TEXT_SHORT(c->name));
    }
    *out = w;
    return OK;
}

/* The scores of both models; the card's grades where none were asked for. */
static ErrCode read_scores(Validation *v, Columns *c, Job *job,
                           const Carded cards[2], const Table *sheet,
                           const uint32_t rows[], size_t n, Err *err)
{
    ErrCode rc = OK;
    const Column *grade = NULL, *none;
    int is_pd;
    v->is_pd = c->pd != NULL;
    if (cards[0].policy != NULL)
        TRY(score_by(&v->cases.score, &v->is_pd, &grade, job, &cards[0], sheet,
                     rows, n, err));
    else
        TRY(scored_scores(&v->cases.score, sheet, v->is_pd ? c->pd : c->score,
                          v->is_pd, rows, n, err));
    if (cards[1].policy != NULL)
        TRY(score_by(&v->challenger, &is_pd, &none, job, &cards[1], sheet, rows,
                     n, err));
    if (c->challenger != NULL)
        TRY(scored_scores(&v->challenger, sheet, c->challenger, v->is_pd, rows,
                          n, err));
    if (c->grade == NULL && grade != NULL && grade->type != TYPE_REAL)
        c->grade = grade;
done:
    return rc;
}

/* The cards and the sheets, whose columns the cards' inputs type. */
static ErrCode read_files(Scored *out, Carded cards[2], Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *const *words;
    size_t n;
    TRY(check_models(job, err));
    TRY(carded_read(&cards[0], job, "card", err));
    TRY(carded_read(&cards[1], job, "challenger-card", err));
    TRY(carded_words(&words, &n, job->arena, cards, 2, err));
    TRY(scored_sheet(&out->sheet, job, "data", words, n, err));
    if (job_option(job, "base") != NULL)
        TRY(scored_sheet(&out->base, job, "base", words, n, err));
done:
    return rc;
}

static ErrCode read_numbers(Scored *out, Job *job, Err *err)
{
    ErrCode rc = OK;
    TRY(correlation(&out->of.rho, job, err));
    TRY(job_count(&out->samples, job, "bootstrap", 999, 0, 100000, err));
    TRY(job_count(&job->seed, job, "seed", 1, 0, UINT64_MAX, err));
done:
    return rc;
}

ErrCode scored_read(Scored *out, Job *job, Err *err)
{
    ErrCode rc = OK;
    Validation *v = &out->of;
    Columns c = {0};
    Carded cards[2];
    uint32_t *rows;
    uint8_t *bad;
    size_t n;
    *out = (Scored){0};
    TRY(read_files(out, cards, job, err));
    TRY(find_columns(&c, out, job, err));
    TRY(read_numbers(out, job, err));
    TRY(scored_outcomes(&rows, &n, &bad, job, out->sheet, c.target, err));
    v->cases = (Cases){.bad = bad, .n = n};
    TRY(weights(&v->cases.weight, out->sheet, c.weight, rows, n, err));
    TRY(read_scores(v, &c, job, cards, out->sheet, rows, n, err));
    TRY(words(&v->grade, out->sheet, c.grade, rows, n, 0, err));
    TRY(words(&v->segment, out->sheet, c.segment, rows, n, 0, err));
    TRY(words(&v->month, out->sheet, c.month, rows, n, 1, err));
    if (v->cases.weight != NULL)
        fputs(tr("--weight: tests that count cases (calibration, grades, "
                 "gains) are left out\n"),
              job->user->notes);
    else if (v->is_pd && v->grade == NULL)
        TRY(rank_grades(&v->grade, v, job->tables, err));
done:
    return rc;
}
