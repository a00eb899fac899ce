#include "flow/fitdata.h"

#include "core/text.h"
#include "core/tr.h"
#include "data/sheet.h"
#include "flow/pick.h"
#include "flow/scored.h"

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
    const SheetOptions options = {s->missing.items, s->missing.n,
                                  s->words.items, s->words.n, 1};
    TRY(job_need(&path, job, "data", err));
    TRY(job_file(&f->data, job, "data", path, err));
    rc = sheet_read(out, job->tables, f->data, options, job->faults, err);
    rc = job_found(job, rc, ERR_INPUT, path, err);
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
done:
    return rc;
}

/* Rows whose outcome is known, and it. */
static ErrCode take_rows(FitData *f, Job *job, const Table *all, Err *err)
{
    ErrCode rc = OK;
    size_t n = 0;
    const Column *target = table_find(all, f->spec.target);
    size_t *rows = arena_alloc(job->arena, all->rows + 1, sizeof *rows);
    f->event = arena_alloc(job->arena, all->rows + 1, sizeof *f->event);
    if (rows == NULL || f->event == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", all->rows);
    for (size_t i = 0; i < all->rows; i++)
        if (!cell_is_null(target, i)) {
            f->event[n] = (uint8_t)scored_is_bad(target, i, f->spec.event);
            rows[n++] = i;
        }
    if (n < all->rows)
        fprintf(job->user->notes, tr("%zu rows without '%s' are left out\n"),
                all->rows - n, target->name);
    TRY(pick_rows(&f->sheet, job->tables, all, "fit_rows", rows, n, err));
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
    if (f->spec.target == NULL)
        TRY(job_need(&f->spec.target, job, "target", err));
    if (job_option(job, "bad") != NULL)
        f->spec.event = job_option(job, "bad");
    TRY(read_sheet(&all, f, job, err));
    TRY(check_names(f, all, job, err));
    TRY(take_rows(f, job, all, err));
done:
    return rc;
}
