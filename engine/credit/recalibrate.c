#include "credit/recalibrate.h"

#include "credit/tabled.h"
#include "stat/gradescale.h"
#include "stat/isotonic.h"
#include "stat/odds.h"
#include "stat/platt.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static ErrCode no_memory(size_t n, Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory for %zu cases", n);
}

/* ---- what makes the PD of a score ---- */

enum { PART, FROM, VALUE, SE, N };

static const TabledColumn columns[N] = {
    [PART] = {"part", "", TYPE_CATEGORY, {"项", "part"}},
    [FROM] = {"from", "", TYPE_REAL, {"起始评分", "from score"}},
    [VALUE] = {"value", "", TYPE_REAL, {"数值", "value"}},
    [SE] = {"se", "", TYPE_REAL, {"标准误", "standard error"}},
};

static ErrCode function_table(Column *c[], Tables *tables, size_t rows,
                              Err *err)
{
    Table *t;
    return tabled_new(&t, c, tables, "calibration_function",
                      (Label){"校准函数", "Calibration function"}, rows,
                      columns, N, err);
}

static ErrCode put(Column *c[], size_t k, Tables *tables, const char *part,
                   double from, double value, double se, Err *err)
{
    c[PART]->s[k] = texts_put(tables->texts, part, strlen(part));
    c[FROM]->d[k] = from;
    c[VALUE]->d[k] = value;
    c[SE]->d[k] = se;
    return c[PART]->s[k] != NULL ? OK : no_memory(k, err);
}

/* ---- the methods ---- */

/* Log-odds of PDs; what has none is left for odds_shift() to refuse. */
static double odds_at(double pd)
{
    return pd > 0 && pd < 1 ? odds_log(pd) : (double)INFINITY;
}

/* One shift, so that the mean of pd[n] is r->mean. */
static ErrCode shift_to_mean(double pd[], double *shift, Tables *tables,
                             const Recalibration *r, Err *err)
{
    double *x = arena_alloc(tables->arena, r->n + 1, sizeof *x);
    if (x == NULL)
        return no_memory(r->n, err);
    for (size_t i = 0; i < r->n; i++)
        x[i] = odds_at(pd[i]);
    ErrCode rc = odds_shift(shift, x, NULL, r->n, r->mean, err);
    for (size_t i = 0; rc == OK && i < r->n; i++)
        pd[i] = odds_chance(*shift + x[i]);
    return rc;
}

static ErrCode by_line(double pd[], Column *c[], Tables *tables,
                       const Recalibration *r, Err *err)
{
    ErrCode rc = OK;
    double sign = r->is_pd ? 1 : -1; /* points as they were given */
    Platt line;
    Cases known = r->known;
    double *x = arena_alloc(tables->arena, known.n + 1, sizeof *x);
    if (x == NULL)
        return no_memory(known.n, err);
    for (size_t i = 0; i < known.n; i++)
        x[i] = r->is_pd ? odds_at(known.score[i]) : known.score[i];
    known.score = x;
    TRY(platt_fit(&line, &known, PLATT_SMOOTHED, err));
    TRY(function_table(c, tables, isnan(r->mean) ? 2 : 3, err));
    TRY(put(c, 0, tables, "calibration_intercept", (double)NAN, line.intercept,
            line.se_intercept, err));
    TRY(put(c, 1, tables, "calibration_slope", (double)NAN, sign * line.slope,
            line.se_slope, err));
    for (size_t i = 0; i < r->n; i++)
        pd[i] = platt_pd(&line, r->is_pd ? odds_at(r->score[i]) : r->score[i]);
done:
    return rc;
}

static ErrCode by_steps(double pd[], Column *c[], Tables *tables,
                        const Recalibration *r, size_t *rows, Err *err)
{
    ErrCode rc = OK;
    double sign = r->is_pd ? 1 : -1; /* points as they were given */
    CasesOrder order;
    Isotonic f;
    TRY(cases_order(&order, tables->arena, &r->known, err));
    TRY(isotonic_fit(&f, tables->arena, &r->known, &order, err));
    *rows = f.n;
    TRY(function_table(c, tables, f.n + !isnan(r->mean), err));
    for (size_t k = 0; k < f.n; k++)
        TRY(put(c, k, tables, "step", sign * f.steps[k].from, f.steps[k].pd,
                (double)NAN, err));
    for (size_t i = 0; i < r->n; i++)
        pd[i] = isotonic_pd(&f, r->score[i]);
done:
    return rc;
}

static ErrCode as_they_are(double pd[], Column *c[], Tables *tables,
                           const Recalibration *r, Err *err)
{
    if (!r->is_pd || isnan(r->mean))
        return FAIL(err, ERR_DOMAIN,
                    "a shift to a central tendency wants PDs and the mean they "
                    "shall have: give --pd and --mean");
    memcpy(pd, r->score, r->n * sizeof *pd);
    return function_table(c, tables, 1, err);
}

ErrCode recalibrate(double pd[], Tables *tables, const Recalibration *r,
                    Err *err)
{
    ErrCode rc = OK;
    Column *c[N];
    size_t rows = r->method == RECALIBRATE_PLATT ? 2 : 0;
    double shift;
    if (r->method == RECALIBRATE_PLATT)
        TRY(by_line(pd, c, tables, r, err));
    else if (r->method == RECALIBRATE_ISOTONIC)
        TRY(by_steps(pd, c, tables, r, &rows, err));
    else
        TRY(as_they_are(pd, c, tables, r, err));
    if (isnan(r->mean))
        return OK;
    TRY(shift_to_mean(pd, &shift, tables, r, err));
    TRY(put(c, rows, tables, "shift_of_odds", (double)NAN, shift, (double)NAN,
            err));
done:
    return rc;
}

/* ---- master scale ---- */

enum { GRADE, LOW, HIGH, PD, CASES, SHARE, MEAN, S_N };

static const TabledColumn scale_columns[S_N] = {
    [GRADE] = {"grade", "", TYPE_CATEGORY, {"等级", "grade"}},
    [LOW] = {"low", "1", TYPE_REAL, {"下限", "from PD"}},
    [HIGH] = {"high", "1", TYPE_REAL, {"上限", "below PD"}},
    [PD] = {"pd", "1", TYPE_REAL, {"等级违约概率", "PD of the grade"}},
    [CASES] = {"cases", "", TYPE_COUNT, {"样本数", "cases"}},
    [SHARE] = {"share", "1", TYPE_REAL, {"占比", "share"}},
    [MEAN] = {"mean_pd", "1", TYPE_REAL, {"平均违约概率", "mean PD"}},
};

static ErrCode scale_rows(Column *c[], Tables *tables, const Grade scale[],
                          size_t grades, Err *err)
{
    for (size_t g = 0; g < grades; g++) {
        char name[24];
        snprintf(name, sizeof name, "G%02zu", g + 1);
        c[GRADE]->s[g] = texts_put(tables->texts, name, strlen(name));
        c[LOW]->d[g] = scale[g].low;
        c[HIGH]->d[g] = scale[g].high;
        c[PD]->d[g] = scale[g].pd;
        if (c[GRADE]->s[g] == NULL)
            return no_memory(grades, err);
    }
    return OK;
}

ErrCode recalibrate_scale(const char *grade[], Tables *tables,
                          const double pd[], size_t n, size_t grades,
                          double low, double high, Err *err)
{
    ErrCode rc = OK;
    Grade scale[GRADESCALE_MOST];
    Table *t;
    Column *c[S_N];
    TRY(gradescale_geometric(scale, grades, low, high, err));
    TRY(tabled_new(&t, c, tables, "calibration_scale",
                   (Label){"主标尺", "Master scale"}, grades, scale_columns,
                   S_N, err));
    TRY(scale_rows(c, tables, scale, grades, err));
    for (size_t i = 0; i < n; i++) {
        size_t g = gradescale_of(scale, grades, pd[i]);
        grade[i] = c[GRADE]->s[g];
        c[CASES]->i[g]++;
        c[MEAN]->d[g] += pd[i];
    }
    for (size_t g = 0; g < grades; g++) {
        c[SHARE]->d[g] = (double)c[CASES]->i[g] / (double)n;
        c[MEAN]->d[g] /= (double)c[CASES]->i[g]; /* none: NaN, null */
    }
done:
    return rc;
}
