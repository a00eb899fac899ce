#include "flow/command.h"

#include "credit/cardfile.h"
#include "flow/fitdata.h"
#include "flow/fitted.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static ErrCode read_files(Job *job, Err *err)
{
    FitData *f = job->state = arena_alloc(job->arena, 1, sizeof *f);
    if (f == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    return fitdata_read(f, job, err);
}

/* The classes of the columns that are used. */
static ErrCode show_classes(Job *job, const CardFit *card, Err *err)
{
    size_t n = 0;
    const Classing **list = arena_alloc(job->arena, card->n + 1, sizeof *list);
    if (list == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a result");
    for (size_t i = 0; i < card->n; i++)
        if (card->terms[i].why == NULL)
            list[n++] = &card->terms[i].classing;
    return fitted_classes(job, list, n, card, err);
}

/* The scorecard's text in a buffer of `room` bytes; *n is `room` where it does
 * not fit. */
static ErrCode write_into(char *text, size_t room, size_t *n,
                          const CardFit *card, const FitData *f, Err *err)
{
    FILE *to = fmemopen(text, room, "w");
    if (to == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scorecard");
    ErrCode rc = cardfile_write(to, card, &f->data, &f->text,
                                "kedan " ENGINE_VERSION, NULL);
    long end = fflush(to) == 0 ? ftell(to) : -1;
    *n = rc == OK && end >= 0 && (size_t)end < room ? (size_t)end : room;
    fclose(to);
    return OK;
}

/* The scorecard's text in the arena. */
static ErrCode write_card(char **text, size_t *n, Arena *arena,
                          const CardFit *card, const FitData *f, Err *err)
{
    ErrCode rc = OK;
    for (size_t room = 1 << 16;; room *= 2) {
        *text = arena_alloc(arena, room, 1);
        if (*text == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a scorecard");
        TRY(write_into(*text, room, n, card, f, err));
        if (*n < room)
            return OK;
    }
done:
    return rc;
}

/* Into --output, which a replay does without. */
static ErrCode keep_card(const Job *job, const char *text, size_t n, Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    const char *path = job_option(job, "output");
    if (path == NULL)
        return OK;
    TRY(outfile_open(&file, path, err));
    if (fwrite(text, 1, n, file.to) != n)
        TRY(FAIL(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno)));
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    const FitData *f = job->state;
    CardFit card;
    Source file;
    char *text;
    size_t n = 0;
    TRY(cardfit_fit(&card, job->arena, &f->rows, &f->spec, job_threads(job),
                    err));
    TRY(write_card(&text, &n, job->arena, &card, f, err));
    TRY(source_of(&file, "card", text, n, err));
    TRY(keep_card(job, text, n, err));
    TRY(fitted_card(job, &card, &file, err));
    TRY(fitted_terms(job, &card, err));
    TRY(show_classes(job, &card, err));
done:
    return rc;
}

const Command command_model_fit = {"model fit", read_files, compute, NULL,
                                   NULL};
