#include "flow/command.h"

#include "core/text.h"
#include "data/sheet.h"
#include "flow/logitshow.h"
#include "flow/wayread.h"
#include "stat/brier.h"

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
        fprintf(to, tr("%s: rows left out for an empty cell: %zu\n"),
                r->sheet->file, d->left_out);
}

static ErrCode read_sheet(Regression *r, Job *job, const DesignWish *w,
                          Err *err)
{
    static const char *const missing[] = {"NA"};
    ErrCode rc = OK;
    const char **words;
    size_t n;
    TRY(design_words(&words, &n, job->arena, w, err));
    rc = job_sheet(&r->sheet, job, "data",
                   (SheetOptions){.missing = missing,
                                  .n_missing = 1,
                                  .words = words,
                                  .n_words = n,
                                  .is_bare = 1},
                   err);
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

/* The terms that a step-wise search leaves. */
static ErrCode search(Regression *r, Job *job, Err *err)
{
    Design *d = &r->design;
    unsigned char *kept = arena_alloc(job->arena, d->terms + 1, 1);
    if (kept == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu terms", d->terms);
    ErrCode rc = logitway_search(kept, &d->data, &r->way, d->term, d->terms,
                                 r->options.threads, err);
    if (rc == OK && r->way.search != LOGIT_ALL_TERMS)
        design_keep(d, kept);
    return rc;
}

/* The fit that was asked for. */
static ErrCode fit_by(Regression *r, Job *job, Err *err)
{
    ErrCode rc = OK;
    const Design *d = &r->design;
    TRY(logitway_fit(&r->made, job->arena, &d->data, &r->way, &r->options,
                     err));
    if (r->way.kind == LOGIT_FIRTH)
        fputs(tr("intervals and p are by the profile of the penalised "
                 "likelihood\n"),
              job->user->notes);
    if (d->cluster != NULL)
        rc = logit_cluster(&r->made.fit, job->arena, &d->data, d->cluster,
                           d->clusters, err);
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
    TRY(search(r, job, err));
    TRY(fit_by(r, job, err));
    logit_predict(pd, d, r->made.fit.estimate);
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
    TRY(wayread(&r.way, job, err));
    TRY(read_design(&r, job, err));
    TRY(fit(&r, job, err));
    rc = logitshow(job, &r, err);
done:
    return rc;
}
