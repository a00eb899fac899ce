#include "flow/fitted.h"

#include "core/text.h"

#include <math.h>
#include <stdio.h>

static ErrCode put_real(Table *t, const char *name, Label label, double x,
                        Err *err)
{
    Column *c;
    ErrCode rc = table_add_labelled(&c, t, name, TYPE_REAL, "", label, err);
    if (rc == OK)
        c->d[0] = x;
    return rc;
}

static ErrCode put_count(Table *t, const char *name, Label label, size_t n,
                         Err *err)
{
    Column *c;
    ErrCode rc = table_add_labelled(&c, t, name, TYPE_COUNT, "", label, err);
    if (rc == OK)
        c->i[0] = (int64_t)n;
    return rc;
}

static double unit_of(const CardFit *fit)
{
    double unit = 1;
    for (int64_t i = 0; i < fit->spec->decimals; i++)
        unit *= 10;
    return unit;
}

/* What the scorecard's file is. */
static ErrCode put_file(Job *job, const Source *file, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *c;
    char text[2 * HASH_SIZE + 1];
    TRY(table_new(&t, job->tables, "fit_card", 1, err));
    t->title = (Label){"评分卡文件", "File of the scorecard"};
    TRY(put_count(t, "bytes", (Label){"字节数", "bytes"}, file->n, err));
    TRY(table_add(&c, t, "sha256", TYPE_TEXT, "", err));
    for (size_t i = 0; i < HASH_SIZE; i++)
        snprintf(text + 2 * i, 3, "%02x", file->hash.byte[i]);
    c->s[0] = texts_put(job->tables->texts, text, 2 * HASH_SIZE);
    if (c->s[0] == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a result"));
    TRY(job_result(job, t, err));
done:
    return rc;
}

/* What became of applicants without an outcome. */
static ErrCode put_rejects(Table *t, const CardFit *fit, Err *err)
{
    ErrCode rc = OK;
    if (fit->rejects == 0)
        return OK;
    TRY(put_count(t, "rejects", (Label){"并入的拒绝件", "rejects joined"},
                  fit->rejects, err));
    TRY(put_real(t, "reject_bads",
                 (Label){"其中假定违约", "taken to default of them"},
                 fit->reject_bads, err));
    TRY(put_real(t, "accepted_intercept",
                 (Label){"截距（仅通过件）", "intercept, accepted alone"},
                 fit->accepted, err));
done:
    return rc;
}

/* What the rows weigh. */
static ErrCode put_weight(Table *t, const CardFit *fit, Err *err)
{
    ErrCode rc = OK;
    if (fit->spec->weight == NULL)
        return OK;
    TRY(put_real(t, "weight", (Label){"加权样本数", "rows by weight"},
                 fit->weight, err));
    TRY(put_real(t, "weight_events", (Label){"加权违约数", "events by weight"},
                 fit->weight_events, err));
done:
    return rc;
}

ErrCode fitted_card(Job *job, const CardFit *fit, const Source *file, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    const Logit *l = &fit->logit;
    TRY(table_new(&t, job->tables, "fit", 1, err));
    t->title = (Label){"评分卡拟合", "Scorecard fitted"};
    TRY(put_count(t, "rows", (Label){"样本数", "rows"}, fit->rows, err));
    TRY(put_count(t, "events", (Label){"违约数", "events"}, fit->events, err));
    TRY(put_weight(t, fit, err));
    TRY(put_count(t, "columns", (Label){"候选变量", "columns"}, fit->n, err));
    TRY(put_count(t, "used", (Label){"入模变量", "used"}, l->terms - 1, err));
    TRY(put_real(t, "log_likelihood", (Label){"对数似然", "log likelihood"},
                 l->log_likelihood, err));
    TRY(put_real(t, "null_log_likelihood",
                 (Label){"零模型对数似然", "of the intercept alone"},
                 l->null_log_likelihood, err));
    TRY(put_real(t, "auc", (Label){"AUC（拟合样本）", "AUC on these rows"},
                 fit->auc, err));
    TRY(put_real(t, "ridge", (Label){"岭罚系数", "ridge"}, fit->ridge.lambda,
                 err));
    TRY(put_real(t, "stretch", (Label){"系数放大", "stretch"},
                 fit->ridge.stretch, err));
    TRY(put_real(t, "base", (Label){"基础分", "base points"},
                 (double)fit->base / unit_of(fit), err));
    TRY(put_real(t, "pd_gap",
                 (Label){"取整引起的PD最大偏差", "PD moved by rounding"},
                 fit->pd_gap, err));
    TRY(put_real(t, "gradient_norm", (Label){"梯度范数", "gradient norm"},
                 l->gradient_norm, err));
    TRY(put_real(t, "condition", (Label){"条件数", "condition"}, l->condition,
                 err));
    TRY(put_count(t, "steps", (Label){"迭代次数", "steps"}, (size_t)l->steps,
                  err));
    TRY(put_rejects(t, fit, err));
    TRY(job_result(job, t, err));
    TRY(put_file(job, file, err));
done:
    return rc;
}

/* Names of columns in both languages alike: none is a word of the glossary. */
typedef struct {
    Column *en, *zh;
} Names;

static ErrCode add_names(Names *c, Table *t, Err *err)
{
    ErrCode rc = OK;
    TRY(table_add_labelled(&c->en, t, "name", TYPE_TEXT, "",
                           (Label){"变量", "column"}, err));
    TRY(table_add(&c->zh, t, "name_zh", TYPE_TEXT, "", err));
done:
    return rc;
}

static void put_name(const Names *c, size_t row, const char *name)
{
    c->en->s[row] = c->zh->s[row] = name;
}

typedef struct {
    Names name;
    Column *iv, *bins, *trend, *estimate, *se, *z, *p, *why, *accepted, *with;
    Column *low, *high; /* of Firth's fit */
} TermColumns;

static ErrCode add_column_columns(TermColumns *c, Table *t, const CardFit *fit,
                                  Err *err)
{
    ErrCode rc = OK;
    TRY(add_names(&c->name, t, err));
    TRY(table_add_labelled(&c->iv, t, "iv", TYPE_REAL, "",
                           (Label){"信息值", "information value"}, err));
    TRY(table_add_labelled(&c->bins, t, "bins", TYPE_COUNT, "",
                           (Label){"分箱数", "bins"}, err));
    TRY(table_add_labelled(&c->trend, t, "trend", TYPE_CATEGORY, "",
                           (Label){"趋势", "trend"}, err));
    TRY(table_add_labelled(&c->why, t, "left_out", TYPE_TEXT, "",
                           (Label){"未入模原因", "left out because"}, err));
    for (size_t i = 0; i < fit->n && c->with == NULL; i++)
        if (fit->terms[i].with != NULL)
            TRY(table_add_labelled(&c->with, t, "same_as", TYPE_TEXT, "",
                                   (Label){"相同于", "the other"}, err));
done:
    return rc;
}

static ErrCode add_term_columns(TermColumns *c, Table *t, const CardFit *fit,
                                Err *err)
{
    ErrCode rc = OK;
    if (fit->rejects > 0)
        TRY(table_add_labelled(&c->accepted, t, "accepted", TYPE_REAL, "",
                               (Label){"系数（仅通过件）", "accepted alone"},
                               err));
    TRY(table_add_labelled(&c->estimate, t, "estimate", TYPE_REAL, "",
                           (Label){"系数", "coefficient"}, err));
    TRY(table_add_labelled(&c->se, t, "se", TYPE_REAL, "",
                           (Label){"标准误", "standard error"}, err));
    TRY(table_add_labelled(&c->z, t, "z", TYPE_REAL, "", (Label){"z", "z"},
                           err));
    TRY(table_add_labelled(&c->p, t, "p", TYPE_REAL, "", (Label){"p", "p"},
                           err));
    if (fit->is_firth) {
        TRY(table_add_labelled(&c->low, t, "low", TYPE_REAL, "",
                               (Label){"95%下限", "95% from"}, err));
        TRY(table_add_labelled(&c->high, t, "high", TYPE_REAL, "",
                               (Label){"95%上限", "to"}, err));
    }
done:
    return rc;
}

static void put_column(const TermColumns *c, size_t row, const CardTerm *t)
{
    const Classing *k = &t->classing;
    const char *why = t->why != NULL ? t->why : k->why;
    int is_cut = k->n > 0;
    put_name(&c->name, row, k->name);
    c->iv->d[row] = is_cut ? k->iv : (double)NAN;
    c->bins->i[row] = is_cut ? (int64_t)k->n_cut : NULL_INT;
    c->trend->s[row] = !is_cut       ? NULL
                       : k->is_words ? "words"
                                     : bins_trend_word(k->trend);
    c->why->s[row] = why; /* renderers translate: a result has no language */
    if (c->with != NULL)
        c->with->s[row] = t->with;
}

static void put_estimate(const TermColumns *c, size_t row, const CardTerm *t)
{
    int is_used = t->why == NULL;
    double z = is_used ? t->estimate / t->se : (double)NAN;
    c->estimate->d[row] = is_used ? t->estimate : (double)NAN;
    c->se->d[row] = is_used ? t->se : (double)NAN;
    c->z->d[row] = z;
    c->p->d[row] = is_used ? t->p : (double)NAN;
    if (c->low != NULL) {
        c->low->d[row] = is_used ? t->low : (double)NAN;
        c->high->d[row] = is_used ? t->high : (double)NAN;
    }
    if (c->accepted != NULL)
        c->accepted->d[row] = t->accepted != 0 ? t->accepted : (double)NAN;
}

static ErrCode put_terms(Job *job, const CardFit *fit, int is_fitted, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    TermColumns c = {0};
    TRY(table_new(&t, job->tables, "fit_terms", fit->n, err));
    t->title = (Label){"变量", "Columns"};
    TRY(add_column_columns(&c, t, fit, err));
    if (is_fitted)
        TRY(add_term_columns(&c, t, fit, err));
    for (size_t i = 0; i < fit->n; i++) {
        put_column(&c, i, &fit->terms[i]);
        if (is_fitted)
            put_estimate(&c, i, &fit->terms[i]);
    }
    TRY(job_result(job, t, err));
done:
    return rc;
}

ErrCode fitted_terms(Job *job, const CardFit *fit, Err *err)
{
    return put_terms(job, fit, 1, err);
}

ErrCode fitted_columns(Job *job, const CardFit *fit, Err *err)
{
    return put_terms(job, fit, 0, err);
}

typedef struct {
    Names name;
    Column *class, *rows, *events, *rate, *woe, *iv, *points;
} ClassColumns;

/* How many rows: whole numbers, but for sums of weights. */
static ErrCode add_counts(ClassColumns *c, Table *t, int is_weighted, Err *err)
{
    static const Label labels[][2] = {
        {{"样本数", "rows"}, {"加权样本数", "rows by weight"}},
        {{"违约数", "events"}, {"加权违约数", "events by weight"}}};
    ErrCode rc = OK;
    FieldType type = is_weighted ? TYPE_REAL : TYPE_COUNT;
    TRY(table_add_labelled(&c->rows, t, "rows", type, "",
                           labels[0][is_weighted], err));
    TRY(table_add_labelled(&c->events, t, "events", type, "",
                           labels[1][is_weighted], err));
done:
    return rc;
}

static ErrCode add_class_columns(ClassColumns *c, Table *t, int has_points,
                                 int is_weighted, Err *err)
{
    ErrCode rc = OK;
    TRY(add_names(&c->name, t, err));
    TRY(table_add_labelled(&c->class, t, "class", TYPE_TEXT, "",
                           (Label){"分箱", "class"}, err));
    TRY(add_counts(c, t, is_weighted, err));
    TRY(table_add_labelled(&c->rate, t, "rate", TYPE_REAL, "1",
                           (Label){"违约率", "event rate"}, err));
    TRY(table_add_labelled(&c->woe, t, "woe", TYPE_REAL, "",
                           (Label){"证据权重", "weight of evidence"}, err));
    TRY(table_add_labelled(&c->iv, t, "iv", TYPE_REAL, "",
                           (Label){"信息值", "information value"}, err));
    if (has_points)
        TRY(table_add_labelled(&c->points, t, "points", TYPE_REAL, "point",
                               (Label){"得分", "points"}, err));
done:
    return rc;
}

static const char *words_of(Arena *arena, const Class *c)
{
    const char *text = "";
    for (size_t i = 0; i < c->n_words && text != NULL; i++)
        text =
            text_format(arena, "%s%s%s", text, i > 0 ? ", " : "", c->words[i]);
    if (c->has_rest && text != NULL)
        text = text_format(arena, "%s%s%s", text, c->n_words > 0 ? ", " : "",
                           "\u2026");
    return text;
}

static const char *class_text(Arena *arena, const Classing *k, size_t i)
{
    const Class *c = &k->classes[i];
    int is_last = i + 1 >= k->n_cut;
    switch (c->kind) {
    case CLASS_WORDS:
        return words_of(arena, c);
    case CLASS_SPECIAL:
        return text_format(arena, "= %.15g", c->from);
    case CLASS_MISSING:
        return "missing";
    default:
        break;
    }
    if (isinf(c->from))
        return is_last ? "" : text_format(arena, "< %.15g", c[1].from);
    return is_last ? text_format(arena, ">= %.15g", c->from)
                   : text_format(arena, "[%.15g, %.15g)", c->from, c[1].from);
}

static void put_amount(Column *c, size_t row, double x)
{
    if (c->type == TYPE_REAL)
        c->d[row] = x;
    else
        c->i[row] = (int64_t)x;
}

static void put_class(const ClassColumns *c, size_t row, const Classing *k,
                      size_t i, Arena *arena)
{
    const Class *class = &k->classes[i];
    double rows = bin_rows(class->count);
    put_name(&c->name, row, k->name);
    c->class->s[row] = class_text(arena, k, i);
    put_amount(c->rows, row, rows);
    put_amount(c->events, row, class->count.events);
    c->rate->d[row] = rows > 0 ? class->count.events / rows : (double)NAN;
    c->woe->d[row] = class->woe;
    c->iv->d[row] = bin_iv(class->count, k->total);
}

static const CardTerm *term_of(const CardFit *fit, const Classing *k)
{
    for (size_t i = 0; fit != NULL && i < fit->n; i++)
        if (&fit->terms[i].classing == k)
            return &fit->terms[i];
    return NULL;
}

ErrCode fitted_classes(Job *job, const Classing *const list[], size_t n,
                       const CardFit *fit, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    ClassColumns c = {0};
    size_t rows = 0, row = 0;
    for (size_t i = 0; i < n; i++)
        rows += list[i]->n;
    TRY(table_new(&t, job->tables, "fit_classes", rows, err));
    t->title = (Label){"分箱", "Classes"};
    TRY(add_class_columns(&c, t, fit != NULL, n > 0 && list[0]->is_weighted,
                          err));
    for (size_t k = 0; k < n; k++) {
        const CardTerm *term = term_of(fit, list[k]);
        for (size_t i = 0; i < list[k]->n; i++, row++) {
            put_class(&c, row, list[k], i, job->arena);
            if (term != NULL)
                c.points->d[row] = (double)term->points[i] / unit_of(fit);
        }
    }
    TRY(job_result(job, t, err));
done:
    return rc;
}
