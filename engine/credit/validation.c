#include "credit/validation.h"

#include "credit/tabled.h"
#include "stat/bootstrap.h"
#include "stat/brier.h"
#include "stat/calibration.h"
#include "stat/logloss.h"
#include "stat/roc.h"

#include <math.h>
#include <string.h>

void validation_stats(double out[VALIDATION_STATS], const Validation *v,
                      const double count[])
{
    Cases c = v->cases;
    c.weight = count;
    for (int k = 0; k < VALIDATION_STATS; k++)
        out[k] = (double)NAN;
    CasesSum sum = cases_sum(&c);
    if (!(sum.bad > 0 && sum.good > 0))
        return;
    Roc roc = roc_of(&c, &v->order);
    out[VALIDATION_auc] = roc.auc;
    out[VALIDATION_gini] = roc.gini;
    out[VALIDATION_ks] = roc.ks;
    if (!v->is_pd)
        return;
    out[VALIDATION_brier] = brier_of(&c);
    out[VALIDATION_log_loss] = logloss_of(&c);
}

double validation_mean(const Cases *c)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < c->n; i++) {
        sum += cases_weight(c, i) * c->score[i];
        weight += cases_weight(c, i);
    }
    return sum / weight;
}

size_t validation_bads(const Cases *c)
{
    size_t bads = 0;
    for (size_t i = 0; i < c->n; i++)
        bads += c->bad[i];
    return bads;
}

static ErrCode summary(Tables *tables, const Validation *v,
                       const double stats[], double se, Err *err)
{
    enum { CASES, DEFAULTS, RATE, MEAN, AUC, AUC_SE, KS, BRIER, N };
    static const TabledColumn list[N] = {
        [CASES] = {"cases", "", TYPE_COUNT, {"样本数", "cases"}},
        [DEFAULTS] = {"defaults", "", TYPE_COUNT, {"违约数", "defaults"}},
        [RATE] = {"rate", "1", TYPE_REAL, {"违约率", "default rate"}},
        [MEAN] = {"mean_pd", "1", TYPE_REAL, {"平均违约概率", "mean PD"}},
        [AUC] = {"auc", "1", TYPE_REAL, {"AUC", "AUC"}},
        [AUC_SE] = {"auc_se", "1", TYPE_REAL, {"AUC 标准误", "its error"}},
        [KS] = {"ks", "1", TYPE_REAL, {"KS", "KS"}},
        [BRIER] = {"brier", "", TYPE_REAL, {"Brier 得分", "Brier score"}},
    };
    Table *t;
    Column *c[N];
    ErrCode rc = tabled_new(&t, c, tables, "validation_summary",
                            (Label){"验证概要", "Validation"}, 1, list, N, err);
    if (rc != OK)
        return rc;
    CasesSum sum = cases_sum(&v->cases);
    c[CASES]->i[0] = (int64_t)v->cases.n;
    c[DEFAULTS]->i[0] = (int64_t)validation_bads(&v->cases);
    c[RATE]->d[0] = sum.bad / (sum.bad + sum.good);
    c[MEAN]->d[0] = v->is_pd ? validation_mean(&v->cases) : (double)NAN;
    c[AUC]->d[0] = stats[VALIDATION_auc];
    c[AUC_SE]->d[0] = se;
    c[KS]->d[0] = stats[VALIDATION_ks];
    c[BRIER]->d[0] = stats[VALIDATION_brier];
    return OK;
}

/* DeLong's standard error of the AUC; NaN when out of memory. */
static double delong_se(const Validation *v, Arena *arena)
{
    double *part = arena_alloc(arena, v->cases.n, sizeof *part);
    if (part == NULL)
        return (double)NAN;
    roc_parts(part, &v->cases, &v->order);
    return sqrt(roc_covariance(part, part, &v->cases));
}

/* An interval by its error may reach beyond what a share can be. */
static double at_most_one(double x)
{
    return x > 1 ? 1 : x;
}

static const char *word(Tables *tables, const char *text)
{
    return texts_put(tables->texts, text, strlen(text));
}

static const double Z_95 = 1.9599639845400545; /* Phi^-1(0.975) */

ErrCode validation_power(Tables *tables, const Validation *v, double samples[],
                         size_t m, Err *err)
{
    enum { MEASURE, VALUE, SE, LOW, HIGH, BOOT_LOW, BOOT_HIGH, N };
    static const TabledColumn list[N] = {
        [MEASURE] = {"measure", "", TYPE_CATEGORY, {"指标", "measure"}},
        [VALUE] = {"value", "1", TYPE_REAL, {"数值", "value"}},
        [SE] = {"se", "1", TYPE_REAL, {"标准误", "standard error"}},
        [LOW] = {"low", "1", TYPE_REAL, {"DeLong 下限", "DeLong low"}},
        [HIGH] = {"high", "1", TYPE_REAL, {"DeLong 上限", "DeLong high"}},
        [BOOT_LOW] = {"boot_low",
                      "1",
                      TYPE_REAL,
                      {"自助法下限", "bootstrap low"}},
        [BOOT_HIGH] = {"boot_high",
                       "1",
                       TYPE_REAL,
                       {"自助法上限", "bootstrap high"}},
    };
    static const char *const names[] = {
#define X(name) #name,
        VALIDATION_POWER(X)
#undef X
    };
    ErrCode rc = OK;
    double stats[VALIDATION_STATS], se = delong_se(v, tables->arena);
    size_t rows = v->is_pd ? VALIDATION_STATS : VALIDATION_ks + 1;
    Table *t;
    Column *c[N];
    validation_stats(stats, v, v->cases.weight);
    TRY(summary(tables, v, stats, se, err));
    TRY(tabled_new(&t, c, tables, "validation_power",
                   (Label){"区分能力（95% 区间）", "Power, with 95% intervals"},
                   rows, list, N, err));
    for (size_t k = 0; k < rows; k++) {
        double own = k == VALIDATION_auc    ? se
                     : k == VALIDATION_gini ? 2 * se
                                            : (double)NAN;
        Figure f = bootstrap_interval(stats[k], &samples[k * m], m);
        c[MEASURE]->s[k] = word(tables, names[k]);
        c[VALUE]->d[k] = stats[k];
        c[SE]->d[k] = isnan(own) ? f.se : own;
        c[LOW]->d[k] = stats[k] - Z_95 * own;
        c[HIGH]->d[k] = at_most_one(stats[k] + Z_95 * own);
        c[BOOT_LOW]->d[k] = f.low;
        c[BOOT_HIGH]->d[k] = f.high;
        if (c[MEASURE]->s[k] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a result");
    }
done:
    return rc;
}

/* ---- calibration ---- */

enum { GROUPS = 10 };

static ErrCode line_table(Tables *tables, const CalibrationLine *line, Err *err)
{
    enum { MEASURE, VALUE, SE, LOW, HIGH, IDEAL, N, ROWS = 3 };
    static const TabledColumn list[N] = {
        [MEASURE] = {"measure", "", TYPE_CATEGORY, {"指标", "measure"}},
        [VALUE] = {"value", "", TYPE_REAL, {"数值", "value"}},
        [SE] = {"se", "", TYPE_REAL, {"标准误", "standard error"}},
        [LOW] = {"low", "", TYPE_REAL, {"下限", "low"}},
        [HIGH] = {"high", "", TYPE_REAL, {"上限", "high"}},
        [IDEAL] = {"ideal", "", TYPE_REAL, {"理想值", "ideal"}},
    };
    const struct {
        const char *name;
        double value, se, ideal;
    } rows[ROWS] = {
        {"calibration_intercept", line->intercept, line->se_intercept, 0},
        {"calibration_slope", line->slope, line->se_slope, 1},
        {"in_the_large", line->in_the_large, line->se_in_the_large, 0},
    };
    Table *t;
    Column *c[N];
    ErrCode rc = tabled_new(
        &t, c, tables, "validation_calibration",
        (Label){"校准线（对数几率）", "Calibration line, in log-odds"}, ROWS,
        list, N, err);
    for (size_t k = 0; rc == OK && k < ROWS; k++) {
        c[MEASURE]->s[k] = word(tables, rows[k].name);
        c[VALUE]->d[k] = rows[k].value;
        c[SE]->d[k] = rows[k].se;
        c[LOW]->d[k] = rows[k].value - Z_95 * rows[k].se;
        c[HIGH]->d[k] = rows[k].value + Z_95 * rows[k].se;
        c[IDEAL]->d[k] = rows[k].ideal;
        if (c[MEASURE]->s[k] == NULL)
            rc = FAIL(err, ERR_MEMORY, "no memory for a result");
    }
    return rc;
}

typedef struct {
    const char *name;
    double statistic, p;
} Test;

static ErrCode tests_table(Tables *tables, const Test tests[], size_t n,
                           Err *err)
{
    enum { TEST, STATISTIC, P, LIGHT, N };
    static const TabledColumn list[N] = {
        [TEST] = {"test", "", TYPE_CATEGORY, {"检验", "test"}},
        [STATISTIC] = {"statistic", "", TYPE_REAL, {"统计量", "statistic"}},
        [P] = {"p", "1", TYPE_REAL, {"p 值", "p"}},
        [LIGHT] = {"light", "", TYPE_CATEGORY, {"信号灯", "light"}},
    };
    Table *t;
    Column *c[N];
    ErrCode rc = tabled_new(&t, c, tables, "validation_tests",
                            (Label){"校准检验", "Tests of calibration"}, n,
                            list, N, err);
    for (size_t k = 0; rc == OK && k < n; k++) {
        const char *light = tests[k].p < 0.01   ? "red"
                            : tests[k].p < 0.05 ? "yellow"
                                                : "green";
        c[TEST]->s[k] = word(tables, tests[k].name);
        c[STATISTIC]->d[k] = tabled_figure(tests[k].statistic);
        c[P]->d[k] = tabled_figure(tests[k].p);
        c[LIGHT]->s[k] = isnan(tests[k].p) ? NULL : word(tables, light);
        if (c[TEST]->s[k] == NULL)
            rc = FAIL(err, ERR_MEMORY, "no memory for a result");
    }
    return rc;
}

static ErrCode brier_table(Tables *tables, const Validation *v,
                           const CalibrationGroup groups[], Err *err)
{
    enum { TOTAL, UNCERTAINTY, RESOLUTION, RELIABILITY, WITHIN, N };
    static const TabledColumn list[N] = {
        [TOTAL] = {"brier", "", TYPE_REAL, {"Brier 得分", "Brier score"}},
        [UNCERTAINTY] = {"uncertainty",
                         "",
                         TYPE_REAL,
                         {"不确定性", "uncertainty"}},
        [RESOLUTION] = {"resolution",
                        "",
                        TYPE_REAL,
                        {"分辨度（减）", "less resolution"}},
        [RELIABILITY] = {"reliability",
                         "",
                         TYPE_REAL,
                         {"可靠性（加）", "plus reliability"}},
        [WITHIN] = {"within",
                    "",
                    TYPE_REAL,
                    {"组内（加）", "plus within groups"}},
    };
    Table *t;
    Column *c[N];
    ErrCode rc = tabled_new(&t, c, tables, "validation_brier",
                            (Label){"Brier 得分的分解（10 组）",
                                    "Parts of the Brier score, 10 groups"},
                            1, list, N, err);
    if (rc != OK)
        return rc;
    double n[GROUPS], bads[GROUPS], expected[GROUPS];
    for (size_t k = 0; k < GROUPS; k++) {
        n[k] = (double)groups[k].n;
        bads[k] = (double)groups[k].bads;
        expected[k] = groups[k].expected;
    }
    Brier b = brier_groups(brier_of(&v->cases), n, bads, expected, GROUPS);
    c[TOTAL]->d[0] = b.total;
    c[UNCERTAINTY]->d[0] = b.uncertainty;
    c[RESOLUTION]->d[0] = b.resolution;
    c[RELIABILITY]->d[0] = b.reliability;
    c[WITHIN]->d[0] = b.within;
    return OK;
}

ErrCode validation_calibration(Tables *tables, const Validation *v, Err *err)
{
    ErrCode rc = OK;
    CalibrationLine line;
    CalibrationGroup groups[GROUPS];
    TRY(calibration_line(&line, tables->arena, &v->cases, err));
    calibration_groups(groups, GROUPS, &v->cases, &v->order);
    CalibrationChi2 hosmer = calibration_hosmer(groups, GROUPS);
    CalibrationZ z = calibration_spiegelhalter(&v->cases);
    const Test tests[] = {{"hosmer_lemeshow", hosmer.chi2, hosmer.p},
                          {"spiegelhalter", z.z, z.p},
                          {"calibration_line", line.chi2, line.p}};
    TRY(line_table(tables, &line, err));
    TRY(tests_table(tables, tests, sizeof tests / sizeof *tests, err));
    TRY(brier_table(tables, v, groups, err));
done:
    return rc;
}
