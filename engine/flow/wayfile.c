#include "flow/wayfile.h"

#include "core/outfile.h"
#include "report/report.h"

#include <string.h>

static int ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);
    return n >= m && strcmp(path + n - m, end) == 0;
}

static ErrCode write_as(FILE *to, const char *path, const Table *t,
                        const char *command, ReportLanguage language, Err *err)
{
    ErrCode rc = OK;
    const ReportSection section = {
        .id = "ways-in", .title = t->title, .tables = &t, .ntables = 1};
    const Report page = {.title = t->title,
                         .sections = &section,
                         .n = 1,
                         .version = ENGINE_VERSION,
                         .command = command};
    if (ends_in(path, ".html"))
        return report_html(to, &page, language, err);
    if (!ends_in(path, ".json"))
        return csv_write(to, t, 0, err);
    TRY(report_json(to, t, 0, err));
    fputc('\n', to);
    const char *why = outfile_flush(to);
    if (why != NULL)
        rc = FAIL(err, ERR_IO, "the report cannot be written: %s", why);
done:
    return rc;
}

ErrCode wayfile_write(const Job *job, const char *path, const Table *t,
                      const char *command, Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    TRY(outfile_open(&file, path, err));
    TRY(write_as(file.to, path, t, command,
                 job->user->chinese ? REPORT_ZH : REPORT_EN, err));
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}
