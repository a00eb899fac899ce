#include "flow/logitshow.h"

#include "core/text.h"
#include "flow/command.h"
#include "report/json.h"
#include "stat/normal.h"

#include <math.h>

/* -2 l and a price for each parameter; of shrunken ones nobody knows how many
 * they are. */
static double criterion(const Regression *r, double price)
{
    return r->way.kind == LOGIT_PENALTY ? (double)NAN
                                        : price * (double)r->made.fit.terms -
                                              2 * r->made.fit.log_likelihood;
}

static const char *name_of(const Regression *r, size_t term)
{
    return term == 0 ? "(Intercept)" : r->design.data.name[term - 1];
}

static double z_of(const Logit *f, size_t term)
{
    return f->estimate[term] / f->se[term];
}

static double p_of(const Regression *r, size_t term)
{
    return r->way.kind == LOGIT_FIRTH
               ? r->made.firth.p[term]
               : 2 * normal_cdf(-fabs(z_of(&r->made.fit, term)));
}

static void put(Json *j, const char *key, double value)
{
    json_key(j, key);
    json_real(j, value);
}

static ErrCode show_json(const Regression *r, const Job *job, Err *err)
{
    Json j;
    const Logit *f = &r->made.fit;
    json_begin(&j, job->user->out, JSON_PLAIN);
    json_object(&j, JSON_LINES);
    json_key(&j, "terms");
    json_array(&j, JSON_LINES);
    for (size_t i = 0; i < f->terms; i++) {
        json_object(&j, JSON_LINE);
        json_key(&j, "name");
        json_text(&j, name_of(r, i));
        put(&j, "estimate", f->estimate[i]);
        put(&j, "se", f->se[i]);
        put(&j, "z", z_of(f, i));
        put(&j, "p", p_of(r, i));
        if (r->way.kind == LOGIT_FIRTH) {
            put(&j, "low", r->made.firth.low[i]);
            put(&j, "high", r->made.firth.high[i]);
        }
        json_close(&j);
    }
    json_close(&j);
    put(&j, "log_likelihood", f->log_likelihood);
    put(&j, "auc", r->roc.auc);
    put(&j, "ks", r->roc.ks);
    put(&j, "brier", r->brier);
    json_key(&j, "n");
    json_unsigned(&j, r->design.data.n);
    json_key(&j, "events");
    json_unsigned(&j, r->events);
    json_key(&j, "converged");
    json_boolean(&j, 1); /* what did not is an error */
    put(&j, "gradient_norm", f->gradient_norm);
    put(&j, "condition_number", f->condition);
    put(&j, "null_log_likelihood", f->null_log_likelihood);
    put(&j, "aic", criterion(r, 2));
    put(&j, "bic", criterion(r, normal_log(f->weight)));
    if (r->way.kind == LOGIT_FIRTH)
        put(&j, "penalised_log_likelihood", r->made.firth.penalised);
    if (r->way.kind == LOGIT_PENALTY)
        put(&j, "objective", r->made.objective);
    json_key(&j, "steps");
    json_integer(&j, f->steps);
    json_close(&j);
    return json_end(&j, err);
}

/* A column of numbers; for people each with six digits that count, because
 * coefficients of yuan and of shares stand under one another. */
static ErrCode add_numbers(Table *t, const Job *job, const char *name,
                           Label label, const double x[], Err *err)
{
    Column *c;
    int people = job->user->format == ENGINE_TEXT;
    ErrCode rc = table_add_labelled(&c, t, name, people ? TYPE_TEXT : TYPE_REAL,
                                    "", label, err);
    for (size_t i = 0; rc == OK && i < t->rows; i++) {
        if (!people)
            c->d[i] = x[i];
        else if (isfinite(x[i]) &&
                 (c->s[i] = text_format(job->arena, "%.6g", x[i])) == NULL)
            rc = FAIL(err, ERR_MEMORY, "no memory for a result");
    }
    return rc;
}

static ErrCode add_terms(Job *job, const Regression *r, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *name;
    const Logit *f = &r->made.fit;
    double *z = arena_alloc(job->arena, 2 * f->terms, sizeof *z);
    if (z == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a result");
    double *p = z + f->terms;
    for (size_t i = 0; i < f->terms; i++) {
        z[i] = z_of(f, i);
        p[i] = p_of(r, i);
    }
    TRY(table_new(&t, job->tables, "terms", f->terms, err));
    t->title = (Label){"系数", "Coefficients"};
    TRY(table_add_labelled(&name, t, "name", TYPE_TEXT, "",
                           (Label){"变量", "term"}, err));
    for (size_t i = 0; i < f->terms; i++)
        name->s[i] = name_of(r, i);
    TRY(add_numbers(t, job, "estimate", (Label){"估计值", "estimate"},
                    f->estimate, err));
    TRY(add_numbers(t, job, "se", (Label){"标准误", "standard error"}, f->se,
                    err));
    TRY(add_numbers(t, job, "z", (Label){"z 值", "z"}, z, err));
    TRY(add_numbers(t, job, "p", (Label){"p 值", "p"}, p, err));
    if (r->way.kind == LOGIT_FIRTH) {
        TRY(add_numbers(t, job, "low", (Label){"95% 下限", "95% from"},
                        r->made.firth.low, err));
        TRY(add_numbers(t, job, "high", (Label){"95% 上限", "to"},
                        r->made.firth.high, err));
    }
    rc = job_result(job, t, err);
done:
    return rc;
}

static ErrCode add_figures(Job *job, const Regression *r, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    const Logit *f = &r->made.fit;
    const double ll = f->log_likelihood;
    const struct {
        const char *name;
        Label label;
        double value;
    } figures[] = {
        {"n", {"行数", "rows"}, (double)r->design.data.n},
        {"events", {"事件数", "events"}, (double)r->events},
        {"log_likelihood", {"对数似然", "log likelihood"}, ll},
        {"null_log_likelihood",
         {"仅截距的对数似然", "log likelihood of the intercept alone"},
         f->null_log_likelihood},
        {"aic", {"AIC", "AIC"}, criterion(r, 2)},
        {"bic", {"BIC", "BIC"}, criterion(r, normal_log(f->weight))},
        {"auc", {"AUC", "AUC"}, r->roc.auc},
        {"ks", {"KS", "KS"}, r->roc.ks},
        {"brier", {"Brier 分数", "Brier score"}, r->brier},
        {"steps", {"收敛步数", "converged after steps"}, f->steps},
        {"gradient_norm",
         {"梯度范数", "largest derivative left"},
         f->gradient_norm},
        {"condition_number", {"条件数", "condition number"}, f->condition},
    };
    TRY(table_new(&t, job->tables, "fit", 1, err));
    t->title = (Label){"拟合", "Fit"};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (isfinite(figures[i].value))
            TRY(add_numbers(t, job, figures[i].name, figures[i].label,
                            &figures[i].value, err));
    rc = job_result(job, t, err);
done:
    return rc;
}

ErrCode logitshow(Job *job, const Regression *r, Err *err)
{
    ErrCode rc = OK;
    if (job->user->format == ENGINE_JSON)
        return show_json(r, job, err);
    TRY(add_terms(job, r, err));
    TRY(add_figures(job, r, err));
    rc = command_show(job, NULL, err);
done:
    return rc;
}
