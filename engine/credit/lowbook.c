#include "credit/lowbook.h"

#include "credit/tabled.h"
#include "stat/lowdefault.h"
#include "stat/lowyears.h"

#include <string.h>

/* Obligors and defaults of a grade and all worse ones. */
static LowYears from_grade(const LowbookGrade grades[], size_t n, size_t k,
                           const LowbookOptions *o)
{
    LowYears sum = {.years = o->years, .rho = o->rho, .theta = o->theta};
    for (; k < n; k++) {
        sum.n += (size_t)grades[k].n;
        sum.d += (size_t)grades[k].d;
    }
    return sum;
}

enum { GRADE, OBLIGORS, DEFAULTS, RATE, LEVEL, PD, SE, N };

static const TabledColumn columns[N] = {
    [GRADE] = {"grade", "", TYPE_CATEGORY, {"等级", "grade"}},
    [OBLIGORS] = {"obligors", "", TYPE_COUNT, {"户数", "obligors"}},
    [DEFAULTS] = {"defaults", "", TYPE_COUNT, {"违约数", "defaults"}},
    [RATE] = {"rate", "1", TYPE_REAL, {"年违约率", "default rate a year"}},
    [LEVEL] = {"level", "1", TYPE_REAL, {"置信水平", "level"}},
    [PD] = {"pd", "1", TYPE_REAL, {"审慎违约概率", "prudent PD"}},
    [SE] = {"se", "1", TYPE_REAL, {"计算误差", "error of computing"}},
};

static ErrCode bounds(Tables *tables, const LowbookGrade grades[], size_t n,
                      const LowbookOptions *o, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *c[N];
    TRY(tabled_new(&t, c, tables, "lowdefault_bounds",
                   (Label){"最审慎违约概率（Pluto–Tasche）",
                           "Most prudent PDs (Pluto-Tasche)"},
                   n * o->nlevels, columns, N, err));
    for (size_t i = 0; i < t->rows; i++) {
        size_t k = i / o->nlevels;
        const LowbookGrade *g = &grades[k];
        LowYears book = from_grade(grades, n, k, o);
        Figure f;
        double level = o->levels[i % o->nlevels];
        TRY(lowyears_bound(&f, tables->arena, &book, level, o->seed, err));
        c[GRADE]->s[i] = g->grade;
        c[OBLIGORS]->i[i] = g->n;
        c[DEFAULTS]->i[i] = g->d;
        c[RATE]->d[i] = (double)g->d / (double)g->n / o->years;
        c[LEVEL]->d[i] = level;
        c[PD]->d[i] = tabled_figure(f.value);
        c[SE]->d[i] = tabled_figure(f.se);
        if (k > 0 && c[PD]->d[i] < c[PD]->d[i - o->nlevels])
            c[PD]->d[i] = c[PD]->d[i - o->nlevels]; /* keep their order */
    }
done:
    return rc;
}

enum { B_GRADE, PRIOR, MEAN, AT, LOW, HIGH, B_N };

static const TabledColumn belief_columns[B_N] = {
    [B_GRADE] = {"grade", "", TYPE_CATEGORY, {"等级", "grade"}},
    [PRIOR] = {"prior", "", TYPE_CATEGORY, {"先验", "prior"}},
    [MEAN] = {"mean", "1", TYPE_REAL, {"后验均值", "mean PD"}},
    [AT] = {"level", "1", TYPE_REAL, {"置信水平", "level"}},
    [LOW] = {"low", "1", TYPE_REAL, {"（1−水平）分位", "at 1 - level"}},
    [HIGH] = {"high", "1", TYPE_REAL, {"水平分位", "at level"}},
};

static ErrCode beliefs(Tables *tables, const LowbookGrade grades[], size_t n,
                       const LowbookOptions *o, Err *err)
{
    static const char *const priors[] = {
        [LOWDEFAULT_UNIFORM] = "uniform_prior",
        [LOWDEFAULT_JEFFREYS] = "jeffreys_prior",
        [LOWDEFAULT_CONSERVATIVE] = "conservative_prior"};
    enum { PRIORS = sizeof priors / sizeof *priors };
    ErrCode rc = OK;
    Table *t;
    Column *c[B_N];
    TRY(tabled_new(&t, c, tables, "lowdefault_beliefs",
                   (Label){"贝叶斯估计", "Bayesian estimates"}, n * PRIORS,
                   belief_columns, B_N, err));
    for (size_t i = 0; i < t->rows; i++) {
        LowYears book = from_grade(grades, n, i / PRIORS, o);
        const char *prior = priors[i % PRIORS];
        double level = o->levels[o->nlevels - 1];
        LowBelief b;
        TRY(lowdefault_belief(&b, book.d, book.n, o->rho, level,
                              (LowPrior)(i % PRIORS), err));
        c[B_GRADE]->s[i] = grades[i / PRIORS].grade;
        c[PRIOR]->s[i] = texts_put(tables->texts, prior, strlen(prior));
        c[MEAN]->d[i] = tabled_figure(b.mean);
        c[AT]->d[i] = level;
        c[LOW]->d[i] = tabled_figure(b.low);
        c[HIGH]->d[i] = tabled_figure(b.high);
        if (c[PRIOR]->s[i] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a result");
    }
done:
    return rc;
}

ErrCode lowbook_tables(Tables *tables, const LowbookGrade grades[], size_t n,
                       const LowbookOptions *options, Err *err)
{
    ErrCode rc = bounds(tables, grades, n, options, err);
    return rc == OK && options->years == 1
               ? beliefs(tables, grades, n, options, err)
               : rc;
}
