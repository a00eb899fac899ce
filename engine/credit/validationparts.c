#include "credit/validation.h"

#include "credit/tabled.h"
#include "stat/gradetest.h"
#include "stat/roc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows by a word ---- */

typedef struct {
    const char *word; /* NULL: none */
    uint32_t row;
} Place;

static int by_word(const void *a, const void *b)
{
    const Place *x = a, *y = b;
    if (x->word != y->word) {
        if (x->word == NULL || y->word == NULL)
            return x->word == NULL ? 1 : -1;
        int order = strcmp(x->word, y->word);
        if (order != 0)
            return order;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Rows with the same word, in the order of the words; rows without one are
 * left out. */
typedef struct {
    Place *places;
    size_t *start; /* [n + 1] */
    size_t n;
} Parts;

static ErrCode parts_of(Parts *out, Arena *arena, const char *const word[],
                        size_t n, Err *err)
{
    size_t k = 0;
    *out = (Parts){arena_alloc(arena, n, sizeof *out->places),
                   arena_alloc(arena, n + 1, sizeof *out->start), 0};
    if (out->places == NULL || out->start == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", n);
    for (size_t i = 0; i < n; i++)
        out->places[i] = (Place){word[i], (uint32_t)i};
    qsort(out->places, n, sizeof *out->places, by_word);
    while (k < n && out->places[k].word != NULL) {
        if (k == 0 || out->places[k].word != out->places[k - 1].word)
            out->start[out->n++] = k;
        k++;
    }
    out->start[out->n] = k;
    return OK;
}

/* Cases of part k as a sample of their own, in the arena. */
static ErrCode part_cases(Cases *out, Arena *arena, const Cases *c,
                          const Parts *p, size_t k, Err *err)
{
    size_t n = p->start[k + 1] - p->start[k];
    double *score = arena_alloc(arena, n, sizeof *score);
    double *weight = arena_alloc(arena, n, sizeof *weight);
    uint8_t *bad = arena_alloc(arena, n, sizeof *bad);
    if (score == NULL || weight == NULL || bad == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", n);
    for (size_t i = 0; i < n; i++) {
        size_t row = p->places[p->start[k] + i].row;
        score[i] = c->score[row];
        weight[i] = cases_weight(c, row);
        bad[i] = c->bad[row];
    }
    *out = (Cases){score, bad, c->weight == NULL ? NULL : weight, n};
    return OK;
}

static const char *light_word(Tables *tables, GradeLight light)
{
    static const char *const words[] = {"green", "yellow", "red"};
    return texts_put(tables->texts, words[light], strlen(words[light]));
}

/* ---- grades ---- */

enum {
    GRADE,
    G_CASES,
    G_BADS,
    G_MEAN,
    G_RATE,
    G_LIGHT,
    G_LOW,
    G_HIGH,
    BINOMIAL,
    CORRELATED,
    JEFFREYS,
    G_Z,
    G_N
};

static const TabledColumn grade_columns[G_N] = {
    [GRADE] = {"grade", "", TYPE_CATEGORY, {"等级", "grade"}},
    [G_CASES] = {"cases", "", TYPE_COUNT, {"样本数", "cases"}},
    [G_BADS] = {"defaults", "", TYPE_COUNT, {"违约数", "defaults"}},
    [G_MEAN] = {"mean_pd", "1", TYPE_REAL, {"平均违约概率", "mean PD"}},
    [G_RATE] = {"rate", "1", TYPE_REAL, {"实际违约率", "default rate"}},
    [G_LIGHT] = {"light", "", TYPE_CATEGORY, {"信号灯", "light"}},
    [G_LOW] = {"low", "1", TYPE_REAL, {"区间下限", "rate, low"}},
    [G_HIGH] = {"high", "1", TYPE_REAL, {"区间上限", "rate, high"}},
    [BINOMIAL] = {"binomial_p", "1", TYPE_REAL, {"二项检验 p", "binomial p"}},
    [CORRELATED] = {"correlated_p",
                    "1",
                    TYPE_REAL,
                    {"相关二项 p", "correlated p"}},
    [JEFFREYS] = {"jeffreys_p", "1", TYPE_REAL, {"Jeffreys p", "Jeffreys p"}},
    [G_Z] = {"z", "", TYPE_REAL, {"正态 z", "normal z"}},
};

typedef struct {
    const char *word;
    size_t n, bads;
    double pd;
} GradeRow;

/* By PD, then by name. */
static int by_pd(const void *a, const void *b)
{
    const GradeRow *x = a, *y = b;
    if (x->pd != y->pd)
        return x->pd < y->pd ? -1 : 1;
    return strcmp(x->word, y->word);
}

static void grade_row(Column *c[], size_t k, const GradeRow *g, double rho,
                      Tables *tables)
{
    GradeTest t = gradetest_of(g->n, g->bads, g->pd, rho);
    c[GRADE]->s[k] = g->word;
    c[G_CASES]->i[k] = (int64_t)g->n;
    c[G_BADS]->i[k] = (int64_t)g->bads;
    c[G_MEAN]->d[k] = g->pd;
    c[G_RATE]->d[k] = t.rate;
    c[G_LOW]->d[k] = tabled_figure(t.low);
    c[G_HIGH]->d[k] = tabled_figure(t.high);
    c[BINOMIAL]->d[k] = tabled_figure(t.binomial);
    c[CORRELATED]->d[k] = tabled_figure(t.correlated);
    c[JEFFREYS]->d[k] = tabled_figure(t.jeffreys);
    c[G_Z]->d[k] = t.z;
    c[G_LIGHT]->s[k] = light_word(tables, t.light);
}

ErrCode validation_grades(Tables *tables, const Validation *v, Err *err)
{
    ErrCode rc = OK;
    Arena *arena = tables->arena;
    Parts p;
    Table *t;
    Column *c[G_N];
    TRY(parts_of(&p, arena, v->grade, v->cases.n, err));
    GradeRow *rows = arena_alloc(arena, p.n + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", v->cases.n);
    for (size_t k = 0; k < p.n; k++) {
        Cases own;
        TRY(part_cases(&own, arena, &v->cases, &p, k, err));
        rows[k] = (GradeRow){p.places[p.start[k]].word, own.n,
                             validation_bads(&own), validation_mean(&own)};
    }
    qsort(rows, p.n, sizeof *rows, by_pd);
    TRY(tabled_new(&t, c, tables, "validation_grades",
                   (Label){"按等级的检验", "Tests by grade"}, p.n,
                   grade_columns, G_N, err));
    for (size_t k = 0; k < p.n; k++)
        grade_row(c, k, &rows[k], v->rho, tables);
done:
    return rc;
}

/* ---- segments and months ---- */

enum {
    PART,
    P_CASES,
    P_BADS,
    P_RATE,
    P_MEAN,
    P_LIGHT,
    P_AUC,
    P_LOW,
    P_HIGH,
    P_KS,
    P_N
};

static const TabledColumn part_columns[P_N] = {
    [PART] = {"part", "", TYPE_CATEGORY, {"分组", "part"}},
    [P_CASES] = {"cases", "", TYPE_COUNT, {"样本数", "cases"}},
    [P_BADS] = {"defaults", "", TYPE_COUNT, {"违约数", "defaults"}},
    [P_RATE] = {"rate", "1", TYPE_REAL, {"实际违约率", "default rate"}},
    [P_MEAN] = {"mean_pd", "1", TYPE_REAL, {"平均违约概率", "mean PD"}},
    [P_LIGHT] = {"light", "", TYPE_CATEGORY, {"信号灯", "light"}},
    [P_AUC] = {"auc", "1", TYPE_REAL, {"AUC", "AUC"}},
    [P_LOW] = {"low", "1", TYPE_REAL, {"AUC 下限", "AUC, low"}},
    [P_HIGH] = {"high", "1", TYPE_REAL, {"AUC 上限", "AUC, high"}},
    [P_KS] = {"ks", "1", TYPE_REAL, {"KS", "KS"}},
};

static ErrCode part_power(Column *c[], size_t k, const Cases *own, Arena *arena,
                          Err *err)
{
    static const double Z_95 = 1.9599639845400545;
    ErrCode rc = OK;
    CasesOrder order;
    TRY(cases_order(&order, arena, own, err));
    double *part = arena_alloc(arena, own->n, sizeof *part);
    if (part == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", own->n);
    roc_parts(part, own, &order);
    Roc roc = roc_of(own, &order);
    double se = sqrt(roc_covariance(part, part, own));
    c[P_AUC]->d[k] = roc.auc;
    c[P_LOW]->d[k] = se > 0 ? fmax(roc.auc - Z_95 * se, 0) : (double)NAN;
    c[P_HIGH]->d[k] = se > 0 ? fmin(roc.auc + Z_95 * se, 1) : (double)NAN;
    c[P_KS]->d[k] = roc.ks;
done:
    return rc;
}

static ErrCode part_row(Column *c[], size_t k, const Validation *v,
                        const Cases *own, Tables *tables, Err *err)
{
    CasesSum sum = cases_sum(own);
    double pd = validation_mean(own);
    size_t bads = validation_bads(own);
    c[P_CASES]->i[k] = (int64_t)own->n;
    c[P_BADS]->i[k] = (int64_t)bads;
    c[P_RATE]->d[k] = sum.bad / (sum.bad + sum.good);
    c[P_MEAN]->d[k] = v->is_pd ? pd : (double)NAN;
    if (v->is_pd && own->weight == NULL)
        c[P_LIGHT]->s[k] =
            light_word(tables, gradetest_of(own->n, bads, pd, 0).light);
    for (int j = P_AUC; j < P_N; j++)
        c[j]->d[k] = (double)NAN;
    return sum.bad > 0 && sum.good > 0
               ? part_power(c, k, own, tables->arena, err)
               : OK;
}

ErrCode validation_parts(Tables *tables, const Validation *v,
                         const char *const word[], const char *name,
                         Label title, Err *err)
{
    ErrCode rc = OK;
    Parts p;
    Table *t;
    Column *c[P_N];
    TRY(parts_of(&p, tables->arena, word, v->cases.n, err));
    TRY(tabled_new(&t, c, tables, name, title, p.n, part_columns, P_N, err));
    for (size_t k = 0; k < p.n; k++) {
        Cases own;
        TRY(part_cases(&own, tables->arena, &v->cases, &p, k, err));
        c[PART]->s[k] = p.places[p.start[k]].word;
        TRY(part_row(c, k, v, &own, tables, err));
    }
done:
    return rc;
}

/* ---- champion and challenger ---- */

ErrCode validation_pair(Tables *tables, const Validation *v, Err *err)
{
    enum { CHAMPION, CHALLENGER, DIFFERENCE, SE, LOW, HIGH, Z, P, N };
    static const TabledColumn list[N] = {
        [CHAMPION] = {"champion_auc",
                      "1",
                      TYPE_REAL,
                      {"现用模型 AUC", "champion's AUC"}},
        [CHALLENGER] = {"challenger_auc",
                        "1",
                        TYPE_REAL,
                        {"挑战模型 AUC", "challenger's AUC"}},
        [DIFFERENCE] = {"difference",
                        "1",
                        TYPE_REAL,
                        {"差（挑战减现用）", "challenger less champion"}},
        [SE] = {"se", "1", TYPE_REAL, {"差的标准误", "its standard error"}},
        [LOW] = {"low", "1", TYPE_REAL, {"差的下限", "difference, low"}},
        [HIGH] = {"high", "1", TYPE_REAL, {"差的上限", "difference, high"}},
        [Z] = {"z", "", TYPE_REAL, {"配对 DeLong z", "paired DeLong z"}},
        [P] = {"p", "1", TYPE_REAL, {"p 值", "p"}},
    };
    static const double Z_95 = 1.9599639845400545;
    ErrCode rc = OK;
    RocPair pair;
    Table *t;
    Column *c[N];
    TRY(roc_compare(&pair, tables->arena, &v->cases, v->challenger, err));
    TRY(tabled_new(&t, c, tables, "validation_pair",
                   (Label){"现用与挑战模型", "Champion and challenger"}, 1,
                   list, N, err));
    c[CHAMPION]->d[0] = pair.auc[0];
    c[CHALLENGER]->d[0] = pair.auc[1];
    c[DIFFERENCE]->d[0] = -pair.difference;
    c[SE]->d[0] = pair.se_difference;
    c[LOW]->d[0] = -pair.difference - Z_95 * pair.se_difference;
    c[HIGH]->d[0] = -pair.difference + Z_95 * pair.se_difference;
    c[Z]->d[0] = -pair.z;
    c[P]->d[0] = pair.p;
done:
    return rc;
}
