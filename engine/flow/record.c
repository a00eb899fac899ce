#include "flow/command.h"

#include "core/text.h"
#include "flow/archive.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *ledger_path(const Job *job)
{
    const char *path = job_option(job, "ledger");
    return path == NULL ? "kedan.db" : path;
}

ErrCode command_ledger(Ledger **out, const Job *job, LedgerMode mode, Err *err)
{
    return ledger_open(out, ledger_path(job), mode, err);
}

int command_shows(const char *name)
{
    static const char *const names[] = {
        "ledger",  "output", "format",       "threads", "again",
        "lang",    "notice", "payment",      "waiting", "returns",
        "refused", "ways",   "contributors", "below",   "fixed"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return 1;
    return 0;
}

static int by_name(const void *a, const void *b)
{
    const EngineOption *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order != 0 ? order : strcmp(x->value, y->value);
}

/* One "name=value" a line, sorted. */
static ErrCode canonical(const char **out, Job *job, Err *err)
{
    size_t n = 0;
    EngineOption *kept =
        arena_alloc(job->arena, job->noptions + 1, sizeof *kept);
    *out = kept == NULL ? NULL : "";
    for (size_t i = 0; kept != NULL && i < job->noptions; i++)
        if (!command_shows(job->options[i].name))
            kept[n++] = job->options[i];
    if (n > 1)
        qsort(kept, n, sizeof *kept, by_name);
    for (size_t i = 0; *out != NULL && i < n; i++)
        *out = text_format(job->arena, "%s%s=%s\n", *out, kept[i].name,
                           kept[i].value);
    return *out != NULL ? OK : FAIL(err, ERR_MEMORY, "no memory for a run");
}

ErrCode command_keep(LedgerRun *out, Job *job, const Command *command, Err *err)
{
    ErrCode rc = OK;
    LedgerResult *results =
        arena_alloc(job->arena, job->nresults + 1, sizeof *results);
    *out = (LedgerRun){
        .command = command->name,
        .version = ENGINE_VERSION,
        .seed = job->seed,
        .files = job->files,
        .nfiles = job->nfiles,
        .results = results,
        .nresults = job->nresults,
        .rows = job->decisions,
        .nrows = job->ndecisions,
    };
    if (results == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(canonical(&out->options, job, err));
    for (size_t i = 0; i < job->nresults; i++) {
        results[i].name = job->results[i]->name;
        TRY(archive_write(&results[i].text, job->arena, job->results[i], err));
    }
done:
    return rc;
}

/* The results of a recorded run into the job. */
static ErrCode restore(Job *job, Ledger *ledger, int64_t run, Err *err)
{
    ErrCode rc = OK;
    LedgerRun data;
    Table *table;
    TRY(ledger_read(&data, job->arena, ledger, run, err));
    for (size_t i = 0; i < data.nresults; i++) {
        TRY(archive_read(&table, job->tables, data.results[i].text, err));
        TRY(job_result(job, table, err));
    }
done:
    return rc;
}

/* Is there more to be made than the results that a ledger keeps? */
static int wants_rows(const Job *job)
{
    return job->user->format == ENGINE_CSV || job->user->tables != NULL ||
           job_option(job, "output") != NULL ||
           job_option(job, "notice") != NULL ||
           job_option(job, "payment") != NULL ||
           job_option(job, "waiting") != NULL ||
           job_option(job, "refused") != NULL ||
           job_option(job, "returns") != NULL ||
           job_option(job, "ways") != NULL ||
           job_option(job, "contributors") != NULL;
}

/* The run on record that equals this one; 0: none.  Opens for reading alone, so
 * that a run which fails later has changed nothing. */
static ErrCode find_recorded(int64_t *run, Job *job, const LedgerRun *data,
                             Err *err)
{
    ErrCode rc = OK;
    Ledger *ledger = NULL;
    Hash identity;
    *run = 0;
    if (job_option(job, "again") != NULL || access(ledger_path(job), F_OK) != 0)
        return OK;
    TRY(command_ledger(&ledger, job, LEDGER_READ, err));
    TRY(ledger_identity(&identity, data, err));
    TRY(ledger_find(run, ledger, identity, err));
    if (*run != 0 && !wants_rows(job))
        TRY(restore(job, ledger, *run, err));
done:
    ledger_close(ledger);
    return rc;
}

ErrCode command_record(int64_t *run, Job *job, const Command *command, Err *err)
{
    ErrCode rc = OK;
    Ledger *ledger = NULL;
    LedgerRun data;
    TRY(job_stage(job, "read", 0, err));
    TRY(command->read(job, err));
    TRY(job_stage(job, "read", 1, err));
    TRY(command_keep(&data, job, command, err));
    TRY(find_recorded(run, job, &data, err));
    if (*run != 0) {
        fprintf(job->user->notes,
                tr("already recorded as run %" PRId64
                   "; --again computes it once more\n"),
                *run);
        return wants_rows(job) ? command->compute(job, err) : OK;
    }
    TRY(command->compute(job, err));
    TRY(command_keep(&data, job, command, err));
    TRY(job_stage(job, "record", 0, err));
    TRY(job_recall(job, err));
    TRY(command_ledger(&ledger, job, LEDGER_WRITE, err));
    TRY(ledger_append(run, ledger, &data, err));
    (void)job_progress(job, "record", 1);
done:
    ledger_close(ledger);
    return rc;
}
