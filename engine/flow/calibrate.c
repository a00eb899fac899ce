#include "flow/command.h"

#include "core/text.h"
#include "credit/recalibrate.h"
#include "credit/tabled.h"
#include "flow/scored.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    Table *sheet;
    Recalibration how;
    double low, high; /* of --scale */
    uint64_t grades;  /* 0: no scale */
} Calibrate;

/* A number between 0 and 1, whole text. */
static const char *unit_number(double *out, const char *text)
{
    char *end;
    *out = strtod(text, &end);
    return end != text && *out > 0 && *out <= 1 ? end : NULL;
}

static ErrCode read_mean(Calibrate *s, const Job *job, Err *err)
{
    const char *text = job_option(job, "mean");
    s->how.mean = (double)NAN;
    if (text == NULL)
        return OK;
    const char *end = unit_number(&s->how.mean, text);
    if (end == NULL || *end != '\0' || s->how.mean >= 1)
        return FAIL(err, ERR_USAGE, "--mean: '%.*s' is no PD; write 0.025",
                    TEXT_SHORT(text));
    return OK;
}

/* "0.0003,0.3,10" */
static ErrCode read_scale(Calibrate *s, const Job *job, Err *err)
{
    const char *text = job_option(job, "scale"), *at;
    char *end = NULL;
    if (text == NULL)
        return OK;
    at = unit_number(&s->low, text);
    if (at != NULL && *at == ',' &&
        (at = unit_number(&s->high, at + 1)) != NULL && *at == ',')
        s->grades = strtoul(at + 1, &end, 10);
    if (end == NULL || *end != '\0' || s->grades == 0 || s->grades > 99)
        return FAIL(err, ERR_USAGE,
                    "--scale: '%.*s' is not lowest PD, highest PD, number of "
                    "grades; write 0.0003,0.3,10",
                    TEXT_SHORT(text));
    return OK;
}

static ErrCode read_method(Calibrate *s, const Job *job, Err *err)
{
    static const char *const names[] = {"tendency", "platt", "isotonic"};
    const char *name;
    ErrCode rc = job_need(&name, job, "method", err);
    for (int k = 0; rc == OK && k < 3; k++)
        if (strcmp(name, names[k]) == 0) {
            s->how.method = (RecalibrateMethod)k;
            return OK;
        }
    return rc != OK ? rc
                    : FAIL(err, ERR_USAGE,
                           "--method: '%.*s' is none of tendency, platt, "
                           "isotonic",
                           TEXT_SHORT(name));
}

/* Scores of all rows, and of those that have an outcome. */
static ErrCode read_cases(Calibrate *s, Job *job, const Column *c, Err *err)
{
    ErrCode rc = OK;
    Recalibration *r = &s->how;
    const Column *target;
    const char *need;
    uint8_t *bad;
    size_t n;
    uint32_t *rows = arena_alloc(job->arena, s->sheet->rows + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t i = 0; i < s->sheet->rows; i++)
        rows[i] = (uint32_t)i;
    r->n = s->sheet->rows;
    TRY(scored_scores(&r->score, s->sheet, c, r->is_pd, rows, r->n, err));
    if (r->method == RECALIBRATE_TENDENCY)
        return OK;
    TRY(job_need(&need, job, "target", err));
    TRY(scored_column(&target, job, s->sheet, "target", err));
    TRY(scored_outcomes(&rows, &n, &bad, job, s->sheet, target, err));
    r->known = (Cases){.bad = bad, .n = n};
    TRY(scored_scores(&r->known.score, s->sheet, c, r->is_pd, rows, n, err));
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const Column *pd, *score;
    Calibrate *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(read_method(s, job, err));
    TRY(read_mean(s, job, err));
    TRY(read_scale(s, job, err));
    TRY(scored_sheet(&s->sheet, job, "data", NULL, 0, err));
    TRY(scored_number(&pd, job, s->sheet, "pd", err));
    TRY(scored_number(&score, job, s->sheet, "score", err));
    if (pd == NULL && score == NULL)
        return FAIL(err, ERR_USAGE,
                    "nothing to calibrate: give --pd COLUMN, or --score COLUMN "
                    "for points");
    s->how.is_pd = pd != NULL;
    TRY(read_cases(s, job, pd != NULL ? pd : score, err));
done:
    return rc;
}

static double mean_of(const double x[], size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static ErrCode summary(Job *job, const Calibrate *s, const double pd[],
                       Err *err)
{
    enum { CASES, BEFORE, AFTER, N };
    static const TabledColumn list[N] = {
        [CASES] = {"cases", "", TYPE_COUNT, {"样本数", "cases"}},
        [BEFORE] = {"mean_before",
                    "1",
                    TYPE_REAL,
                    {"校准前平均违约概率", "mean PD before"}},
        [AFTER] = {"mean_pd",
                   "1",
                   TYPE_REAL,
                   {"校准后平均违约概率", "mean PD now"}},
    };
    Table *t;
    Column *c[N];
    ErrCode rc =
        tabled_new(&t, c, job->tables, "calibration_summary",
                   (Label){"校准概要", "Calibration"}, 1, list, N, err);
    if (rc != OK)
        return rc;
    c[CASES]->i[0] = (int64_t)s->how.n;
    c[BEFORE]->d[0] =
        s->how.is_pd ? mean_of(s->how.score, s->how.n) : (double)NAN;
    c[AFTER]->d[0] = mean_of(pd, s->how.n);
    return job_result(job, t, err);
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Calibrate *s = job->state;
    Column *pd, *grade;
    TRY(table_add_labelled(&pd, s->sheet, "calibrated_pd", TYPE_REAL, "1",
                           (Label){"校准后违约概率", "calibrated PD"}, err));
    TRY(recalibrate(pd->d, job->tables, &s->how, err));
    TRY(summary(job, s, pd->d, err));
    TRY(job_result(job, tables_find(job->tables, "calibration_function"), err));
    if (s->grades > 0) {
        TRY(table_add_labelled(&grade, s->sheet, "calibrated_grade",
                               TYPE_CATEGORY, "", (Label){"等级", "grade"},
                               err));
        TRY(recalibrate_scale(grade->s, job->tables, pd->d, s->how.n,
                              (size_t)s->grades, s->low, s->high, err));
        TRY(job_result(job, tables_find(job->tables, "calibration_scale"),
                       err));
    }
    job->rows = s->sheet;
done:
    return rc;
}

const Command command_model_calibrate = {"model calibrate", read_files, compute,
                                         NULL, NULL};
