#include "job.h"

#include "screen.h"

#include "core/outfile.h"
#include "core/text.h"

#include <string.h>

static EngineFormat format_of(const char *name)
{
    static const struct {
        const char *name;
        EngineFormat format;
    } formats[] = {
        {"csv", ENGINE_CSV}, {"json", ENGINE_JSON}, {"html", ENGINE_HTML}};
    for (size_t i = 0; name != NULL && i < sizeof formats / sizeof *formats;
         i++)
        if (strcmp(name, formats[i].name) == 0)
            return formats[i].format;
    return ENGINE_TEXT;
}

/* --threads to a number; args_parse() saw that it is digits. */
static ErrCode threads_of(int *out, const char *text, Err *err)
{
    enum { MOST = 1024 };
    int n = 0;
    for (const char *at = text; at != NULL && *at != '\0' && n <= MOST; at++)
        n = 10 * n + (*at - '0');
    if (text != NULL && (n < 1 || n > MOST))
        return FAIL(err, ERR_USAGE,
                    "--threads: '%.*s' is not a whole number from 1 to 1024",
                    TEXT_SHORT(text));
    *out = n; /* 0 where the option is missing: one a core */
    return OK;
}

static int is_written(const char *name)
{
    static const char *const written[] = {
        "output",       "rejects", "notice", "payment", "waiting",
        "returns",      "refused", "ways",   "page",    "write",
        "contributors", "missing", "results"};
    for (size_t k = 0; k < sizeof written / sizeof *written; k++)
        if (strcmp(name, written[k]) == 0)
            return 1;
    return 0;
}

/* What is written must be none of the files that are read, nor the ledger, nor
 * written twice. */
static ErrCode check_target(const Args *args, const char *name,
                            const char *path, Err *err)
{
    int has_ledger = 0;
    for (size_t i = 0; i < args->n; i++) {
        const EngineOption *o = &args->items[i];
        int twice = is_written(o->name) && strcmp(path, o->value) == 0;
        has_ledger |= strcmp(o->name, "ledger") == 0;
        if (strcmp(o->name, name) != 0 &&
            (twice || outfile_same(path, o->value)))
            return FAIL(err, ERR_USAGE,
                        "--%s would overwrite '%s', the file of --%s; name "
                        "another",
                        name, path, o->name);
    }
    if (!has_ledger && outfile_same(path, "kedan.db"))
        return FAIL(err, ERR_USAGE,
                    "--%s would overwrite 'kedan.db', the ledger; name another",
                    name);
    return OK;
}

static ErrCode check_targets(const Args *args, Err *err)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < args->n; i++)
        if (is_written(args->items[i].name))
            TRY(check_target(args, args->items[i].name, args->items[i].value,
                             err));
done:
    return rc;
}

ErrCode job_run(size_t *rejected, const Cmd *cmd, Args *args, int chinese,
                Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    Screen screen;
    screen_init(&screen);
    const char *output = NULL, *why;
    TRY(check_targets(args, err));
    if (!cmd->writes_output)
        output = args_take(args, "output");
    EngineUser user = {
        .out = stdout,
        .notes = stderr,
        .format = format_of(args_take(args, "format")),
        .chinese = chinese,
        .tables = args_take(args, "tables"),
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
    else if ((why = outfile_flush(stdout)) != NULL)
        rc = FAIL(err, ERR_IO, "cannot write the output: %s", why);
done:
    screen_clear(&screen);
    outfile_drop(&file);
    return rc;
}
