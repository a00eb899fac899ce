#include "flow/fitdata.h"

#include "core/text.h"
#include "core/tr.h"
#include "credit/factor.h"
#include "data/sheet.h"
#include "flow/pick.h"
#include "flow/scored.h"
#include "flow/wayread.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static ErrCode read_spec(FitData *f, Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    const Doc *root;
    TRY(job_need(&path, job, "spec", err));
    TRY(job_file(&f->text, job, "spec", path, err));
    rc = doc_read(&root, job->arena, f->text, job->faults, err);
    if (rc == OK)
        rc = fitspec_read(&f->spec, job->arena, root, job->faults, err);
    rc = job_found(job, rc, ERR_RULE, path, err);
done:
    return rc;
}

static ErrCode read_sheet(Table **out, FitData *f, Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    const FitSpec *s = &f->spec;
    size_t n_words = s->words.n;
    const char **words = arena_alloc(job->arena, n_words + 1, sizeof *words);
    if (words == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t i = 0; i < n_words; i++)
        words[i] = s->words.items[i];
    if (s->cluster != NULL)
        words[n_words++] = s->cluster;
    TRY(job_need(&path, job, "data", err));
    TRY(job_sheet(out, job, "data",
                  (SheetOptions){.missing = s->missing.items,
                                 .n_missing = s->missing.n,
                                 .words = words,
                                 .n_words = n_words,
                                 .is_bare = 1},
                  err));
    rc = job_file(&f->data, job, "data", path, err); /* with its hash */
done:
    return rc;
}

/* A column of the spec; ERR_RULE with the nearest name there is. */
static ErrCode check_name(const Table *t, Job *job, const char *name, Err *err)
{
    const char **names = arena_alloc(job->arena, t->n + 1, sizeof *names);
    if (table_find(t, name) != NULL)
        return OK;
    if (names == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t i = 0; i < t->n; i++)
        names[i] = t->columns[i]->name;
    const char *near = text_nearest(name, names, t->n);
    if (near == NULL)
        return FAIL(err, ERR_RULE, "%s: there is no column '%.*s'", t->file,
                    TEXT_SHORT(name));
    return FAIL(err, ERR_RULE,
                "%s: there is no column '%.*s'; did you mean '%.*s'?", t->file,
                TEXT_SHORT(name), TEXT_SHORT(near));
}

static ErrCode check_names(const FitData *f, const Table *t, Job *job, Err *err)
{
    ErrCode rc = OK;
    const FitNames *lists[] = {&f->spec.only, &f->spec.skip, &f->spec.words};
    TRY(check_name(t, job, f->spec.target, err));
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < lists[k]->n; i++)
            TRY(check_name(t, job, lists[k]->items[i], err));
    for (size_t i = 0; i < f->spec.n_columns; i++)
        TRY(check_name(t, job, f->spec.columns[i].name, err));
    if (f->spec.weight != NULL)
        TRY(check_name(t, job, f->spec.weight, err));
    if (f->spec.offset != NULL)
        TRY(check_name(t, job, f->spec.offset, err));
    if (f->spec.cluster != NULL)
        TRY(check_name(t, job, f->spec.cluster, err));
done:
    return rc;
}

/* A column of numbers of the rows; *out NULL when no name is given. */
static ErrCode take_numbers(const double **out, const Table *rows,
                            const char *name, int least, Err *err)
{
    *out = NULL;
    if (name == NULL)
        return OK;
    const Column *c = table_find(rows, name);
    for (size_t i = 0; i < rows->rows; i++) {
        double x = c->type == TYPE_REAL ? c->d[i] : (double)NAN;
        if (!isfinite(x) || x < least)
            return FAIL(err, ERR_INPUT,
                        "%s:%u: the column '%.*s' has no number that can be "
                        "used",
                        rows->file, rows->lines[i], TEXT_SHORT(name));
    }
    *out = c->d;
    return OK;
}

/* The groups of --cluster by number. */
static ErrCode take_clusters(FitData *f, Arena *arena, const Table *rows,
                             Err *err)
{
    if (f->spec.cluster == NULL)
        return OK;
    const Column *c = table_find(rows, f->spec.cluster);
    size_t *row = arena_alloc(arena, rows->rows + 1, sizeof *row);
    uint32_t *of = arena_alloc(arena, rows->rows + 1, sizeof *of);
    if (row == NULL || of == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", rows->rows);
    for (size_t i = 0; i < rows->rows; i++) {
        if (c->s[i] == NULL)
            return FAIL(err, ERR_INPUT,
                        "%s:%u: no '%.*s'; fill it in or leave the row out",
                        rows->file, rows->lines[i], TEXT_SHORT(c->name));
        row[i] = i;
    }
    const char **level =
        factor_levels(&f->rows.clusters, arena, c, row, rows->rows);
    if (level == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", rows->rows);
    for (size_t i = 0; i < rows->rows; i++) {
        const char **at = bsearch(&c->s[i], level, f->rows.clusters,
                                  sizeof *level, factor_compare);
        of[i] = (uint32_t)(at - level);
    }
    f->rows.cluster = of;
    return OK;
}

/* What becomes of the rows without an outcome. */
static ErrCode take_rejects(FitData *f, Job *job, const Table *all,
                            const size_t rows[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *rejects;
    FILE *to = job->user->notes;
    if (f->spec.infer == INFER_NONE) {
        if (n > 0)
            fprintf(to, tr("%zu rows without '%s' are left out\n"), n,
                    f->spec.target);
        return OK;
    }
    TRY(pick_rows(&rejects, job->tables, all, "fit_rejects", rows, n, err));
    f->rows.rejects = rejects;
    TRY(take_numbers(&f->rows.reject_weight, rejects, f->spec.weight, 0, err));
    fprintf(to,
            tr("the outcomes of %zu rows without '%s' are made up; nothing in "
               "the data can tell whether they are right: compare with the "
               "accepted alone\n"),
            n, f->spec.target);
done:
    return rc;
}

/* Rows whose outcome is known, it, and the others. */
static ErrCode take_rows(FitData *f, Job *job, const Table *all, Err *err)
{
    ErrCode rc = OK;
    size_t n = 0, m = all->rows;
    Table *known;
    const Column *target = table_find(all, f->spec.target);
    size_t *rows = arena_alloc(job->arena, all->rows + 1, sizeof *rows);
    uint8_t *event = arena_alloc(job->arena, all->rows + 1, sizeof *event);
    if (rows == NULL || event == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", all->rows);
    for (size_t i = 0; i < all->rows; i++)
        if (!cell_is_null(target, i)) {
            event[n] = (uint8_t)scored_is_bad(target, i, f->spec.event);
            rows[n++] = i;
        }
    for (size_t i = all->rows; i-- > 0;) /* the others from behind */
        if (cell_is_null(target, i))
            rows[--m] = i;
    TRY(pick_rows(&known, job->tables, all, "fit_rows", rows, n, err));
    f->rows = (CardData){.table = known, .event = event};
    TRY(take_numbers(&f->rows.weight, known, f->spec.weight, 0, err));
    TRY(take_numbers(&f->rows.offset, known, f->spec.offset, INT_MIN, err));
    TRY(take_clusters(f, job->arena, known, err));
    TRY(take_rejects(f, job, all, rows + n, all->rows - n, err));
done:
    return rc;
}

static FitInfer infer_of(const char *word)
{
    if (word == NULL)
        return INFER_NONE;
    return word[0] == 'f' ? INFER_FUZZY : INFER_PARCEL;
}

/* What cannot be asked for together. */
static ErrCode check_together(const FitSpec *s, const Job *job, Err *err)
{
    int is_chosen =
        s->way.kind != LOGIT_PLAIN || s->way.search != LOGIT_ALL_TERMS;
    if (s->ridge >= 0 && is_chosen)
        return FAIL(err, ERR_USAGE,
                    "the spec sets a ridge; leave it out, or --lambda, --firth "
                    "and --step");
    if (s->ridge > 0 && s->cluster != NULL)
        return FAIL(err, ERR_USAGE,
                    "the spec sets a ridge; leave it out, or --cluster");
    if (s->infer != INFER_NONE && s->cluster != NULL)
        return FAIL(err, ERR_USAGE, "--infer and --cluster do not go together");
    if (s->infer != INFER_NONE && s->offset != NULL)
        return FAIL(err, ERR_USAGE, "--infer and --offset do not go together");
    if (s->infer == INFER_NONE && job_option(job, "worse") != NULL)
        return FAIL(err, ERR_USAGE, "--worse says nothing without --infer");
    if (!(s->worse >= 1))
        return FAIL(err, ERR_USAGE,
                    "--worse: rejects are 1 or more times as "
                    "bad as accepted");
    return OK;
}

static ErrCode read_options(FitSpec *s, const Job *job, Err *err)
{
    ErrCode rc = OK;
    if (s->target == NULL)
        TRY(job_need(&s->target, job, "target", err));
    if (job_option(job, "bad") != NULL)
        s->event = job_option(job, "bad");
    s->weight = job_option(job, "weight");
    s->offset = job_option(job, "offset");
    s->cluster = job_option(job, "cluster");
    s->infer = infer_of(job_option(job, "infer"));
    TRY(wayread(&s->way, job, err));
    TRY(wayread_number(&s->worse, job, "worse", 1, err));
    rc = check_together(s, job, err);
done:
    return rc;
}

ErrCode fitdata_read(FitData *f, Job *job, Err *err)
{
    ErrCode rc = OK;
    Table *all;
    *f = (FitData){.spec = fitspec_default(job_option(job, "target"))};
    if (job_option(job, "spec") != NULL)
        TRY(read_spec(f, job, err));
    TRY(read_options(&f->spec, job, err));
    TRY(read_sheet(&all, f, job, err));
    TRY(check_names(f, all, job, err));
    TRY(take_rows(f, job, all, err));
done:
    return rc;
}
