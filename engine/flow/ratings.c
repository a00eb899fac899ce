#include "flow/ratings.h"

#include "core/text.h"
#include "credit/gradeorder.h"
#include "data/cell.h"
#include "flow/scored.h"

#include <math.h>
#include <string.h>

enum { WORDS = 16, HEADERS = 8, MOST_YEARS = 100, MOST_FIRMS = 10000000 };

/* Which columns there are, by the option that names them. */
enum { FIRM, DATE, GRADE, FROM, TO, COUNT, COLUMNS };

static const struct {
    const char *option, *headers[HEADERS];
} columns[COLUMNS] = {
    [FIRM] = {"firm",
              {"firm_id", "firm", "企业代码", "统一社会信用代码", "企业名称"}},
    [DATE] = {"date",
              {"date", "as_of", "rated_on", "year", "日期", "评级日期",
               "截止日期", "年份"}},
    [GRADE] = {"grade", {"grade", "rating", "等级", "信用等级", "评级"}},
    [FROM] = {"from", {"from", "from_grade", "期初等级", "年初等级"}},
    [TO] = {"to", {"to", "to_grade", "期末等级", "年末等级"}},
    [COUNT] = {"count", {"count", "firms", "户数"}},
};

typedef struct {
    const char *list[WORDS]; /* [n] */
    size_t n;
} Words;

typedef struct {
    Ratings *out;
    Job *job;
    Table *sheet;
    const Column *of[COLUMNS];
    Words bad, gone;
} Reading;

/* ---- options ---- */

/* What stands between the commas of an option, or of `otherwise`. */
static ErrCode read_words(const char *list[], size_t *n, size_t most,
                          const Reading *r, const char *option,
                          const char *otherwise, Err *err)
{
    const char *text = job_option(r->job, option);
    Texts *texts = r->job->tables->texts;
    *n = 0;
    for (const char *at = text == NULL ? otherwise : text; *at != '\0';) {
        size_t width = strcspn(at, ",");
        Slice one = slice_trim((Slice){at, width});
        if (one.n > 0 && *n == most)
            return FAIL(err, ERR_USAGE, "--%s: at most %zu names", option,
                        most);
        if (one.n > 0 &&
            (list[(*n)++] = texts_put(texts, one.bytes, one.n)) == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
        at += width + (at[width] == ',');
    }
    return OK;
}

static ErrCode read_day(Date *day, const Reading *r, const char *option,
                        Err *err)
{
    const char *text = job_option(r->job, option);
    if (text != NULL && date_parse(day, text, NULL) != OK)
        return FAIL(err, ERR_USAGE, "--%s: '%.*s' is no day; write 2024-12-31",
                    option, TEXT_SHORT(text));
    return OK;
}

/* ---- columns ---- */

/* The file, with all columns that may matter as words but the counts. */
static ErrCode read_sheet(Reading *r, Err *err)
{
    const char *words[COLUMNS * (HEADERS + 1)];
    size_t n = 0;
    for (int i = 0; i < COUNT; i++) {
        const char *named = job_option(r->job, columns[i].option);
        if (named != NULL)
            words[n++] = named;
        for (int k = 0; k < HEADERS && columns[i].headers[k] != NULL; k++)
            words[n++] = columns[i].headers[k];
    }
    return scored_sheet(&r->sheet, r->job, "data", words, n, err);
}

static ErrCode find_columns(Reading *r, Err *err)
{
    ErrCode rc = OK;
    for (int i = 0; i < COLUMNS; i++) {
        TRY(i == COUNT ? scored_number(&r->of[i], r->job, r->sheet,
                                       columns[i].option, err)
                       : scored_column(&r->of[i], r->job, r->sheet,
                                       columns[i].option, err));
        for (int k = 0; r->of[i] == NULL && k < HEADERS; k++)
            if (columns[i].headers[k] != NULL)
                r->of[i] = table_find(r->sheet, columns[i].headers[k]);
    }
    if (r->of[COUNT] != NULL && r->of[COUNT]->type != TYPE_REAL)
        return FAIL(err, ERR_INPUT, "%s: '%s' has cells that are no numbers",
                    r->sheet->file, r->of[COUNT]->name);
    r->out->has_time = r->of[FROM] == NULL || r->of[TO] == NULL;
    if (r->out->has_time &&
        (r->of[FIRM] == NULL || r->of[DATE] == NULL || r->of[GRADE] == NULL))
        rc = FAIL(err, ERR_INPUT,
                  "%s: no columns firm_id, date and grade, nor from and to; "
                  "name them by --firm, --date, --grade or --from, --to",
                  r->sheet->file);
done:
    return rc;
}

/* ---- grades ---- */

static int is_among(const Words *words, const char *text)
{
    for (size_t i = 0; i < words->n; i++)
        if (words->list[i] == text)
            return 1;
    return 0;
}

/* The state of an interned word; -1: it is not known yet. */
static int state_of(const Reading *r, const char *text)
{
    const Ratings *out = r->out;
    for (size_t i = 0; i < out->n; i++)
        if (out->grades[i] == text)
            return (int)i;
    return is_among(&r->bad, text)    ? (int)out->n
           : is_among(&r->gone, text) ? GRADE_WITHDRAWN
                                      : -1;
}

/* --grades, without names of default and of being withdrawn among them. */
static ErrCode listed_grades(Reading *r, Err *err)
{
    Ratings *out = r->out;
    size_t n = 0;
    ErrCode rc = read_words(out->grades, &out->n, TRANSITIONS_MOST, r, "grades",
                            "", err);
    for (size_t i = 0; rc == OK && i < out->n; i++)
        if (!is_among(&r->bad, out->grades[i]) &&
            !is_among(&r->gone, out->grades[i]))
            out->grades[n++] = out->grades[i];
    out->n = n;
    return rc;
}

static ErrCode add_grades(Reading *r, const Column *c, int is_listed, Err *err)
{
    Ratings *out = r->out;
    for (size_t i = 0; i < r->sheet->rows; i++) {
        const char *text = c->s[i];
        if (text == NULL || state_of(r, text) >= 0)
            continue;
        if (is_listed)
            return FAIL(err, ERR_USAGE,
                        "%s:%u: '%.*s' is not among --grades, --default or "
                        "--withdrawn",
                        r->sheet->file, r->sheet->lines[i], TEXT_SHORT(text));
        if (out->n + 1 == TRANSITIONS_MOST)
            return FAIL(err, ERR_INPUT,
                        "%s: '%s' has more than %d values; is it the column of "
                        "grades?",
                        r->sheet->file, c->name, TRANSITIONS_MOST - 1);
        out->grades[out->n++] = text;
    }
    return OK;
}

static ErrCode find_grades(Reading *r, Err *err)
{
    ErrCode rc = OK;
    Ratings *out = r->out;
    TRY(read_words(r->bad.list, &r->bad.n, WORDS, r, "default",
                   "D,default,违约", err));
    TRY(read_words(r->gone.list, &r->gone.n, WORDS, r, "withdrawn",
                   "NR,WR,withdrawn,撤销,终止", err));
    TRY(listed_grades(r, err));
    int is_listed = out->n > 0;
    if (out->has_time) {
        TRY(add_grades(r, r->of[GRADE], is_listed, err));
    } else {
        TRY(add_grades(r, r->of[FROM], is_listed, err));
        TRY(add_grades(r, r->of[TO], is_listed, err));
    }
    if (!is_listed)
        gradeorder_sort(out->grades, out->n);
    if (out->n == 0)
        rc = FAIL(err, ERR_INPUT, "%s: no grade but default", r->sheet->file);
done:
    return rc;
}

/* ---- ratings with days ---- */

static ErrCode no_cell(const Reading *r, size_t row, int column, Err *err)
{
    return FAIL(err, ERR_INPUT,
                "%s:%u: no '%s'; fill it in or leave the row out",
                r->sheet->file, r->sheet->lines[row], r->of[column]->name);
}

static int is_year(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4 &&
           strcmp(text, "0000") != 0;
}

static ErrCode day_of(Date *out, const Reading *r, size_t row, Err *err)
{
    const char *text = r->of[DATE]->s[row];
    int64_t days;
    if (is_year(text)) {
        int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 +
                   (text[2] - '0') * 10 + text[3] - '0';
        *out = date_of((DateParts){year, 1, 1});
        return OK;
    }
    if (cell_date(&days, slice_of(text)) != NULL)
        return FAIL(err, ERR_INPUT,
                    "%s:%u: '%.*s' is no day; write 2024-12-31, or 2024 for a "
                    "year",
                    r->sheet->file, r->sheet->lines[row], TEXT_SHORT(text));
    *out = (Date){(int32_t)days};
    return OK;
}

static ErrCode rating_of(Rating *out, const Reading *r, size_t row, Err *err)
{
    for (int c = FIRM; c <= GRADE; c++)
        if (r->of[c]->s[row] == NULL)
            return no_cell(r, row, c, err);
    out->firm = r->of[FIRM]->s[row];
    out->state = (uint16_t)state_of(r, r->of[GRADE]->s[row]);
    out->line = r->sheet->lines[row];
    return day_of(&out->on, r, row, err);
}

/* From the first day to the last one, or as asked. */
static ErrCode window_of(RatingWindow *w, const Reading *r,
                         const Rating ratings[], size_t n, Err *err)
{
    ErrCode rc = OK;
    *w = (RatingWindow){.grades = r->out->n,
                        .is_snapshot = job_option(r->job, "snapshots") != NULL,
                        .file = r->sheet->file};
    w->start = w->end = n > 0 ? ratings[0].on : (Date){0};
    for (size_t i = 1; i < n; i++) {
        w->start =
            ratings[i].on.days < w->start.days ? ratings[i].on : w->start;
        w->end = ratings[i].on.days > w->end.days ? ratings[i].on : w->end;
    }
    TRY(read_day(&w->start, r, "start", err));
    TRY(read_day(&w->end, r, "end", err));
    if (w->end.days <= w->start.days)
        return FAIL(err, ERR_INPUT,
                    "%s: no time passes from the first day to the last; "
                    "ratings of two days are needed, or --end",
                    w->file);
    if (date_months(w->start, w->end) > 12 * MOST_YEARS)
        rc = FAIL(err, ERR_INPUT,
                  "%s: more than %d years from the first day to the last; give "
                  "--start and --end",
                  w->file, MOST_YEARS);
done:
    return rc;
}

static ErrCode read_history(Reading *r, Err *err)
{
    ErrCode rc = OK;
    RatingWindow w;
    Ratings *out = r->out;
    size_t n = r->sheet->rows;
    Rating *ratings = arena_alloc(r->job->arena, n + 1, sizeof *ratings);
    if (ratings == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu ratings", n);
    for (size_t i = 0; i < n; i++)
        TRY(rating_of(&ratings[i], r, i, err));
    TRY(window_of(&w, r, ratings, n, err));
    out->start = w.start;
    out->end = w.end;
    TRY(gradehistory_moves(&out->moves, r->job->arena, ratings, n, &w, err));
done:
    return rc;
}

/* ---- pairs of a year ---- */

static ErrCode count_of(size_t *out, const Reading *r, size_t row, Err *err)
{
    double n = r->of[COUNT] == NULL ? 1 : r->of[COUNT]->d[row];
    if (!(n >= 0 && n <= MOST_FIRMS && n == floor(n)))
        return FAIL(err, ERR_INPUT,
                    "%s:%u: %g is no number of firms; write a whole one up to "
                    "%d",
                    r->sheet->file, r->sheet->lines[row], n, MOST_FIRMS);
    *out = (size_t)n;
    return OK;
}

/* Firms of one row; where `cohorts` is NULL they are counted only. */
static ErrCode put_pair(Reading *r, size_t row, Spell cohorts[], Err *err)
{
    GradeMoves *m = &r->out->moves;
    const char *from = r->of[FROM]->s[row], *to = r->of[TO]->s[row];
    size_t n = 0;
    if (from == NULL)
        return no_cell(r, row, FROM, err);
    ErrCode rc = count_of(&n, r, row, err);
    int i = state_of(r, from);
    int j = to == NULL ? GRADE_WITHDRAWN : state_of(r, to);
    if (rc != OK || i >= (int)r->out->n)
        return rc; /* default is for good */
    if (j == GRADE_WITHDRAWN)
        m->left[i] += cohorts == NULL ? 0 : n;
    for (; j != GRADE_WITHDRAWN && n > 0; n--) {
        if (m->ncohorts == MOST_FIRMS)
            return FAIL(err, ERR_INPUT, "%s: more than %d firms",
                        r->sheet->file, MOST_FIRMS);
        if (cohorts != NULL)
            cohorts[m->ncohorts] =
                (Spell){(uint32_t)m->ncohorts, (uint16_t)i, (uint16_t)j, 1};
        m->ncohorts++;
    }
    return rc;
}

static ErrCode read_pairs(Reading *r, Err *err)
{
    ErrCode rc = OK;
    GradeMoves *m = &r->out->moves;
    *m = (GradeMoves){.years = 1};
    m->left = arena_alloc(r->job->arena, r->out->n, sizeof *m->left);
    if (m->left == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t i = 0; i < r->sheet->rows; i++)
        TRY(put_pair(r, i, NULL, err));
    m->cohorts =
        arena_alloc(r->job->arena, m->ncohorts + 1, sizeof *m->cohorts);
    if (m->cohorts == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu firms", m->ncohorts);
    m->ncohorts = 0;
    for (size_t i = 0; i < r->sheet->rows; i++)
        TRY(put_pair(r, i, m->cohorts, err));
    m->firms = (uint32_t)m->ncohorts;
done:
    return rc;
}

ErrCode ratings_read(Ratings *out, Job *job, Err *err)
{
    ErrCode rc = OK;
    Reading r = {.out = out, .job = job};
    *out = (Ratings){.n = 0};
    TRY(read_sheet(&r, err));
    TRY(find_columns(&r, err));
    TRY(find_grades(&r, err));
    out->rows = r.sheet->rows;
    TRY(out->has_time ? read_history(&r, err) : read_pairs(&r, err));
    if (out->moves.nspells + out->moves.ncohorts == 0)
        rc = FAIL(err, ERR_INPUT, "%s: no firm is graded for any time",
                  r.sheet->file);
done:
    return rc;
}
