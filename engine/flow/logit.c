#include "flow/command.h"

#include "core/text.h"
#include "credit/design.h"
#include "data/sheet.h"
#include "report/json.h"
#include "stat/brier.h"
#include "stat/normal.h"
#include "stat/roc.h"

#include <math.h>
#include <string.h>

/* What was asked for and what came of it. */
typedef struct {
    Table *sheet;
    Design design;
    LogitOptions options;
    Logit fit;
    Roc roc;
    double brier;
    size_t events; /* rows */
} Regression;

/* "a+,b-" to signs of columns; a factor's sign is that of all its levels. */
static ErrCode read_signs(Regression *r, Job *job, Err *err)
{
    const LogitData *d = &r->design.data;
    const char *at = job_option(job, "sign");
    int *sign = arena_alloc(job->arena, d->k + 1, sizeof *sign);
    if (sign == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the signs of %zu columns",
                    d->k);
    r->options.sign = at == NULL ? NULL : sign;
    while (at != NULL) {
        const char *comma = strchr(at, ',');
        Slice word = {at, comma == NULL ? strlen(at) : (size_t)(comma - at)};
        word = slice_trim(word);
        char mark = word.n < 2 ? ' ' : word.bytes[word.n - 1];
        Slice name = {word.bytes, word.n < 2 ? 0 : word.n - 1};
        int found = 0;
        for (size_t j = 0; j < d->k && (mark == '+' || mark == '-'); j++)
            if (slice_is(name, r->design.title[r->design.term[j]]) ||
                slice_is(name, d->name[j])) {
                sign[j] = mark == '+' ? 1 : -1;
                found = 1;
            }
        if (!found)
            return FAIL(err, ERR_USAGE,
                        "--sign: '%.*s' is not a term with + or - behind it",
                        (int)word.n, word.bytes);
        at = comma == NULL ? NULL : comma + 1;
    }
    return OK;
}

/* What was read is said, because nobody declared it. */
static void say_what_was_read(const Regression *r, const Job *job)
{
    FILE *to = job->user->notes;
    const Design *d = &r->design;
    if (d->data.n > 0 && r->sheet->lines[0] == 1)
        fprintf(to,
                tr("%s: the first line has numbers, so it is a row and the "
                   "columns are V1 to V%zu\n"),
                r->sheet->file, r->sheet->n);
    fprintf(to, tr("%s: %zu rows, %zu of them with %s = %s\n"), r->sheet->file,
            d->data.n, r->events, job_option(job, "target"), d->event);
    if (d->left_out > 0)
        fprintf(to, tr("%s: %zu rows are left out, because a cell is empty\n"),
                r->sheet->file, d->left_out);
}

static ErrCode read_sheet(Regression *r, Job *job, const DesignWish *w,
                          Err *err)
{
    static const char *const missing[] = {"NA"};
    ErrCode rc = OK;
    Source source;
    const char *path, **words;
    size_t n;
    TRY(job_need(&path, job, "data", err));
    TRY(design_words(&words, &n, job->arena, w, err));
    TRY(job_file(&source, job, "data", path, err));
    rc = sheet_read(&r->sheet, job->tables, source,
                    (SheetOptions){missing, 1, words, n, 1}, job->faults, err);
    rc = job_found(job, rc, ERR_INPUT, path, err);
done:
    return rc;
}

static ErrCode read_design(Regression *r, Job *job, Err *err)
{
    ErrCode rc = OK;
    DesignWish w = {.event = job_option(job, "event"),
                    .terms = job_option(job, "terms"),
                    .weight = job_option(job, "weight"),
                    .offset = job_option(job, "offset")};
    TRY(job_need(&w.target, job, "target", err));
    TRY(read_sheet(r, job, &w, err));
    TRY(design_make(&r->design, job->arena, r->sheet, &w, err));
    for (size_t i = 0; i < r->design.data.n; i++)
        r->events += r->design.data.y[i];
    say_what_was_read(r, job);
    rc = read_signs(r, job, err);
done:
    return rc;
}

static ErrCode fit(Regression *r, Job *job, Err *err)
{
    ErrCode rc = OK;
    const LogitData *d = &r->design.data;
    double *pd = arena_alloc(job->arena, d->n + 1, sizeof *pd);
    if (pd == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the PDs of %zu rows", d->n);
    r->options.threads = job_threads(job);
    TRY(logit_fit(&r->fit, job->arena, d, &r->options, err));
    logit_predict(pd, d, r->fit.estimate);
    Cases cases = {pd, d->y, d->weight, d->n};
    TRY(roc_measure(&r->roc, job->arena, &cases, err));
    r->brier = brier_of(&cases);
done:
    return rc;
}

static const char *name_of(const Regression *r, size_t term)
{
    return term == 0 ? "(Intercept)" : r->design.data.name[term - 1];
}

static double z_of(const Logit *f, size_t term)
{
    return f->estimate[term] / f->se[term];
}

static double p_of(const Logit *f, size_t term)
{
    return 2 * normal_cdf(-fabs(z_of(f, term)));
}

static void put(Json *j, const char *key, double value)
{
    json_key(j, key);
    json_real(j, value);
}

static ErrCode show_json(const Regression *r, const Job *job, Err *err)
{
    Json j;
    const Logit *f = &r->fit;
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
        put(&j, "p", p_of(f, i));
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
    put(&j, "aic", 2 * (double)f->terms - 2 * f->log_likelihood);
    put(&j, "bic",
        normal_log(f->weight) * (double)f->terms - 2 * f->log_likelihood);
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
        else if ((c->s[i] = text_format(job->arena, "%.6g", x[i])) == NULL)
            rc = FAIL(err, ERR_MEMORY, "no memory for a result");
    }
    return rc;
}

static ErrCode add_terms(Job *job, const Regression *r, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *name;
    const Logit *f = &r->fit;
    double *z = arena_alloc(job->arena, 2 * f->terms, sizeof *z);
    if (z == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a result");
    double *p = z + f->terms;
    for (size_t i = 0; i < f->terms; i++) {
        z[i] = z_of(f, i);
        p[i] = p_of(f, i);
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
    rc = job_result(job, t, err);
done:
    return rc;
}

static ErrCode add_figures(Job *job, const Regression *r, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    const Logit *f = &r->fit;
    const double k = (double)f->terms, ll = f->log_likelihood;
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
        {"aic", {"AIC", "AIC"}, 2 * k - 2 * ll},
        {"bic", {"BIC", "BIC"}, normal_log(f->weight) * k - 2 * ll},
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
        TRY(add_numbers(t, job, figures[i].name, figures[i].label,
                        &figures[i].value, err));
    rc = job_result(job, t, err);
done:
    return rc;
}

ErrCode command_logit(Job *job, Err *err)
{
    ErrCode rc = OK;
    Regression r = {0};
    TRY(read_design(&r, job, err));
    TRY(fit(&r, job, err));
    if (job->user->format == ENGINE_JSON)
        return show_json(&r, job, err);
    TRY(add_terms(job, &r, err));
    TRY(add_figures(job, &r, err));
    rc = command_show(job, NULL, err);
done:
    return rc;
}
