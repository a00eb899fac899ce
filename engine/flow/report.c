#include "flow/archive.h"
#include "flow/articles.h"
#include "flow/command.h"
#include "flow/outline.h"
#include "flow/pages.h"
#include "flow/provenance.h"

#include "core/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The results of one recorded run, after those of others. */
static ErrCode add_run(Job *job, Ledger *ledger, const char *text, Err *err)
{
    ErrCode rc = OK;
    LedgerRun run;
    Table *table;
    char *end;
    int64_t number = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || number < 1)
        return FAIL(err, ERR_USAGE, "'%.*s' is not the number of a run",
                    TEXT_SHORT(text));
    TRY(ledger_read(&run, job->arena, ledger, number, err));
    for (size_t i = 0; i < run.nresults; i++) {
        TRY(archive_read(&table, job->tables, run.results[i].text, err));
        TRY(job_result(job, table, err));
    }
    for (size_t i = 0; i < run.nfiles; i++) {
        LedgerFile *files =
            arena_grow(job->arena, job->files, &job->files_capacity,
                       job->nfiles, sizeof *files);
        if (files == NULL)
            TRY(FAIL(err, ERR_MEMORY, "no memory for a report"));
        job->files = files;
        files[job->nfiles++] = run.files[i];
    }
done:
    return rc;
}

ErrCode command_report(Job *job, Err *err)
{
    ErrCode rc = OK;
    Ledger *ledger = NULL;
    Table *files, *outline;
    const char *command = "kedan report";
    TRY(command_ledger(&ledger, job, LEDGER_READ, err));
    for (size_t i = 0; command != NULL && i < job->noptions; i++)
        if (strcmp(job->options[i].name, "run") == 0) {
            TRY(add_run(job, ledger, job->options[i].value, err));
            command = text_format(job->arena, "%s %s", command,
                                  job->options[i].value);
        }
    if (command == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a report"));
    TRY(provenance_table(&files, job->tables, job->files, job->nfiles, err));
    TRY(job_result(job, files, err));
    TRY(articles_table(&files, job->tables, job->files, job->nfiles, err));
    if (files != NULL)
        TRY(job_result(job, files, err));
    TRY(outline_table(&outline, job->tables, job->results, job->nresults, err));
    if (outline != NULL)
        TRY(job_result(job, outline, err));
    TRY(pages_write(job->user->out, job->results, job->nresults, job->arena,
                    command, job->user->chinese, err));
done:
    ledger_close(ledger);
    return rc;
}
