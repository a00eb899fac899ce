#include "flow/command.h"

#include "core/text.h"
#include "data/cell.h"
#include "data/sheet.h"
#include "flow/logitshow.h"
#include "stat/brier.h"
#include "stat/normal.h"

#include <math.h>
#include <string.h>

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
                    .offset = job_option(job, "offset"),
                    .cluster = job_option(job, "cluster")};
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

/* An option that is a number; `otherwise` when it is not given. */
static ErrCode read_number(double *out, const Job *job, const char *option,
                           double otherwise, Err *err)
{
    const char *text = job_option(job, option);
    char whole[40];
    *out = otherwise;
    if (text == NULL)
        return OK;
    snprintf(whole, sizeof whole, "%s%s", text[0] == '.' ? "0" : "", text);
    if (cell_real(out, slice_of(whole)) != NULL)
        return FAIL(err, ERR_USAGE, "--%s: '%.*s' is not a number", option,
                    TEXT_SHORT(text));
    return OK;
}

/* What cannot be asked for together. */
static ErrCode check_options(const Job *job, Err *err)
{
    static const char *const pairs[][2] = {
        {"firth", "lambda"}, {"firth", "step"},  {"firth", "cluster"},
        {"firth", "sign"},   {"lambda", "step"}, {"lambda", "cluster"},
        {"lambda", "sign"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (job_option(job, pairs[i][0]) != NULL &&
            job_option(job, pairs[i][1]) != NULL)
            return FAIL(err, ERR_USAGE, "--%s and --%s do not go together",
                        pairs[i][0], pairs[i][1]);
    if (job_option(job, "alpha") != NULL && job_option(job, "lambda") == NULL)
        return FAIL(err, ERR_USAGE, "--alpha says nothing without --lambda");
    if (job_option(job, "direction") != NULL && job_option(job, "step") == NULL)
        return FAIL(err, ERR_USAGE, "--direction says nothing without --step");
    return OK;
}

/* The terms that a step-wise search leaves. */
static ErrCode step(Regression *r, Job *job, Err *err)
{
    const char *criterion = job_option(job, "step");
    const char *direction = job_option(job, "direction");
    LogitData *d = &r->design.data;
    Logit all = {0};
    if (criterion == NULL)
        return OK;
    logit_count(&all, d);
    LogitStep s = {.term = r->design.term,
                   .terms = r->design.terms,
                   .threads = r->options.threads,
                   .penalty = criterion[0] == 'a' ? 2 : normal_log(all.weight)};
    if (direction != NULL && strcmp(direction, "both") != 0)
        s.direction = direction[0] == 'b' ? LOGIT_BACKWARD : LOGIT_FORWARD;
    unsigned char *kept = arena_alloc(job->arena, s.terms + 1, 1);
    if (kept == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu terms", s.terms);
    ErrCode rc = logit_step(kept, d, &s, err);
    if (rc == OK)
        design_keep(&r->design, kept);
    return rc;
}

/* The fit that was asked for. */
static ErrCode fit_by(Regression *r, Job *job, Err *err)
{
    ErrCode rc = OK;
    const LogitData *d = &r->design.data;
    LogitNet net = {.threads = r->options.threads};
    r->has_firth = job_option(job, "firth") != NULL;
    r->has_penalty = job_option(job, "lambda") != NULL;
    TRY(read_number(&net.lambda, job, "lambda", 0, err));
    TRY(read_number(&net.alpha, job, "alpha", 1, err));
    if (r->has_penalty)
        return logit_net(&r->fit, &r->objective, job->arena, d, &net, err);
    if (r->has_firth) {
        TRY(logit_firth(&r->firth, job->arena, d, net.threads, err));
        r->fit = r->firth.fit;
        fputs(tr("intervals and p are the profile's, those of the intercept "
                 "Wald's\n"),
              job->user->notes);
        return OK;
    }
    TRY(logit_fit(&r->fit, job->arena, d, &r->options, err));
    if (r->design.cluster != NULL)
        rc = logit_cluster(&r->fit, job->arena, d, r->design.cluster,
                           r->design.clusters, err);
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
    TRY(step(r, job, err));
    TRY(fit_by(r, job, err));
    logit_predict(pd, d, r->fit.estimate);
    Cases cases = {pd, d->y, d->weight, d->n};
    TRY(roc_measure(&r->roc, job->arena, &cases, err));
    r->brier = brier_of(&cases);
done:
    return rc;
}

ErrCode command_logit(Job *job, Err *err)
{
    ErrCode rc = OK;
    Regression r = {0};
    r.options.threads = job_threads(job);
    TRY(check_options(job, err));
    TRY(read_design(&r, job, err));
    TRY(fit(&r, job, err));
    rc = logitshow(job, &r, err);
done:
    return rc;
}
