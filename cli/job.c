#include "job.h"

#include "screen.h"

#include "core/outfile.h"

#include <string.h>

static EngineFormat format_of(const char *name)
{
    if (name != NULL && strcmp(name, "csv") == 0)
        return ENGINE_CSV;
    return name != NULL && strcmp(name, "json") == 0 ? ENGINE_JSON
                                                     : ENGINE_TEXT;
}

/* --threads to a number; args_parse() saw that it is digits. */
static ErrCode threads_of(int *out, const char *text, Err *err)
{
    int n = 0;
    for (const char *at = text; at != NULL && *at != '\0'; at++) {
        n = 10 * n + (*at - '0');
        if (n > 1024)
            return FAIL(err, ERR_USAGE, "--threads: at most 1024");
    }
    *out = n;
    return OK;
}

ErrCode job_run(size_t *rejected, const Cmd *cmd, Args *args, int chinese,
                Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    Screen screen;
    screen_init(&screen);
    const char *output = NULL;
    if (!cmd->writes_output)
        output = args_take(args, "output");
    EngineUser user = {
        .out = stdout,
        .notes = stderr,
        .format = format_of(args_take(args, "format")),
        .chinese = chinese,
        .progress = screen_progress,
        .to = &screen,
    };
    args_take(args, "lang"); /* main() has heard it */
    TRY(threads_of(&user.threads, args_take(args, "threads"), err));
    if (output != NULL) {
        TRY(outfile_open(&file, output, err));
        user.out = file.to;
    }
    TRY(engine_run(rejected, cmd->name, args->items, args->n, &user, err));
    if (output != NULL)
        TRY(outfile_keep(&file, err));
    else if (fflush(stdout) != 0 || ferror(stdout))
        rc = FAIL(err, ERR_IO, "cannot write the output");
done:
    screen_clear(&screen);
    outfile_drop(&file);
    return rc;
}
