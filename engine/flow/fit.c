#include "flow/command.h"

#include "credit/cardfile.h"
#include "flow/fitdata.h"
#include "flow/fitted.h"

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

ErrCode command_model_fit(Job *job, Err *err)
{
    ErrCode rc = OK;
    FitData f;
    CardFit card;
    OutFile file = {0};
    const char *path;
    TRY(job_need(&path, job, "output", err));
    TRY(fitdata_read(&f, job, err));
    TRY(cardfit_fit(&card, job->arena, f.sheet, f.event, &f.spec,
                    job_threads(job), err));
    TRY(outfile_open(&file, path, err));
    TRY(cardfile_write(file.to, &card, &f.data, &f.text,
                       "kedan " ENGINE_VERSION, err));
    TRY(outfile_keep(&file, err));
    TRY(fitted_card(job, &card, err));
    TRY(fitted_terms(job, &card, err));
    TRY(show_classes(job, &card, err));
    TRY(command_show(job, NULL, err));
done:
    outfile_drop(&file);
    return rc;
}
