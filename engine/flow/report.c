#include "flow/again.h"
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

/* What each run of the report was asked for. */
typedef struct {
    Column *run, *command, *version;
    size_t row;
} Commands;

static ErrCode open_commands(Commands *c, Job *job, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    size_t runs = 0;
    for (size_t i = 0; i < job->noptions; i++)
        runs += strcmp(job->options[i].name, "run") == 0;
    TRY(table_new(&t, job->tables, "run_commands", runs, err));
    t->title = (Label){"所列运行的命令", "Commands of the runs"};
    TRY(table_add(&c->run, t, "run", TYPE_COUNT, "", err));
    TRY(table_add(&c->command, t, "command", TYPE_TEXT, "", err));
    TRY(table_add(&c->version, t, "version", TYPE_TEXT, "", err));
    c->run->label = (Label){"运行号", "run"};
    c->command->label = (Label){"命令", "command"};
    c->version->label = (Label){"程序版本", "version"};
    TRY(job_result(job, t, err));
done:
    return rc;
}

static ErrCode add_command(Commands *c, Job *job, int64_t number,
                           const LedgerRun *run, Err *err)
{
    EngineOption *options;
    Job of = {.command = run->command, .arena = job->arena};
    ErrCode rc =
        again_options(&options, &of.noptions, job->arena, run->options, err);
    if (rc != OK)
        return rc;
    of.options = options;
    const char *line = command_line(&of, 1);
    if (line == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a report");
    c->run->i[c->row] = number;
    c->command->s[c->row] = line;
    c->version->s[c->row++] = run->version;
    return OK;
}

/* The results of one recorded run, after those of others. */
static ErrCode add_run(Commands *commands, Job *job, Ledger *ledger,
                       const char *text, Err *err)
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
    TRY(add_command(commands, job, number, &run, err));
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
    Commands commands = {0};
    TRY(command_ledger(&ledger, job, LEDGER_READ, err));
    TRY(open_commands(&commands, job, err));
    for (size_t i = 0; command != NULL && i < job->noptions; i++)
        if (strcmp(job->options[i].name, "run") == 0) {
            TRY(add_run(&commands, job, ledger, job->options[i].value, err));
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
