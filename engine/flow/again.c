#include "flow/again.h"

#include "core/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

ErrCode again_options(EngineOption **out, size_t *n, Arena *arena,
                      const char *text, Err *err)
{
    size_t lines = 0;
    for (const char *p = text; *p != '\0'; p++)
        lines += *p == '\n';
    *out = arena_alloc(arena, lines + 1, sizeof **out);
    *n = 0;
    while (*out != NULL && *text != '\0') {
        size_t whole = strcspn(text, "\n"), name = strcspn(text, "=");
        if (name >= whole || text[whole] != '\n')
            return FAIL(err, ERR_INPUT, "the options of a run are damaged");
        (*out)[*n].name = text_copy(arena, text, name);
        (*out)[*n].value = text_copy(arena, text + name + 1, whole - name - 1);
        if ((*out)[*n].name == NULL || (*out)[(*n)++].value == NULL)
            *out = NULL;
        text += whole + 1;
    }
    return *out != NULL ? OK : FAIL(err, ERR_MEMORY, "no memory for a replay");
}

ErrCode again_compute(Again *a, Job *job, Ledger *ledger, int64_t run, Err *err)
{
    ErrCode rc = OK;
    TRY(ledger_read(&a->was, job->arena, ledger, run, err));
    a->command = command_named(a->was.command);
    if (a->command == NULL)
        TRY(FAIL(err, ERR_INPUT, "run %" PRId64 " is of a command '%s'", run,
                 a->was.command));
    if (strcmp(a->was.version, ENGINE_VERSION) != 0)
        fprintf(job->user->notes,
                tr("run %" PRId64 " was made by version %s, this is %s\n"), run,
                a->was.version, ENGINE_VERSION);
    TRY(again_options(&a->options, &a->noptions, job->arena, a->was.options,
                      err));
    TRY(job_open(&a->job, a->options, a->noptions, job->user, err));
    a->job.recorded = &a->was;
    TRY(a->command->read(&a->job, err));
    TRY(a->command->compute(&a->job, err));
done:
    return rc;
}

ErrCode again_number(int64_t *out, const Job *job, Err *err)
{
    const char *text;
    char *end;
    ErrCode rc = job_need(&text, job, "run", err);
    if (rc != OK)
        return rc;
    *out = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || *out < 1)
        return FAIL(err, ERR_USAGE, "'%.*s' is not the number of a run",
                    TEXT_SHORT(text));
    return OK;
}

void again_close(Again *a)
{
    job_close(&a->job);
}
