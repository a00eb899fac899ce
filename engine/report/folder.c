#include "report/folder.h"

#include "core/outfile.h"
#include "data/csv.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* How many tables before number k have its name. */
static size_t namesakes(const ReportFolder *w, size_t k)
{
    size_t n = 0;
    for (size_t i = 0; i < k; i++)
        n += strcmp(w->tables[i]->name, w->tables[k]->name) == 0;
    return n;
}

static ErrCode path_of(char out[PATH_MAX], const ReportFolder *w, size_t k,
                       Err *err)
{
    char again[24] = "";
    size_t before = namesakes(w, k);
    if (before > 0)
        snprintf(again, sizeof again, "-%zu", before + 1);
    int n = snprintf(out, PATH_MAX, "%s/%s%s.csv", w->folder,
                     w->tables[k]->name, again);
    if (n < 0 || n >= PATH_MAX)
        return FAIL(err, ERR_IO, "the path of --tables is too long");
    return OK;
}

static ErrCode check_read(const ReportFolder *w, const char *path, Err *err)
{
    for (size_t i = 0; i < w->nread; i++)
        if (outfile_same(path, w->read[i]))
            return FAIL(err, ERR_USAGE,
                        "--tables would overwrite '%s', which is read; name "
                        "another folder",
                        w->read[i]);
    return OK;
}

static ErrCode write_table(const char *path, const Table *t, Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    TRY(outfile_open(&file, path, err));
    TRY(csv_write(file.to, t, 0, err));
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}

ErrCode report_folder(const ReportFolder *w, Err *err)
{
    ErrCode rc = OK;
    char path[PATH_MAX];
    for (size_t k = 0; k < w->n; k++) {
        TRY(path_of(path, w, k, err));
        TRY(check_read(w, path, err));
    }
    if (mkdir(w->folder, 0777) != 0 && errno != EEXIST)
        return FAIL(err, ERR_IO, "cannot make the folder '%s': %s", w->folder,
                    strerror(errno));
    for (size_t k = 0; k < w->n; k++) {
        TRY(path_of(path, w, k, err));
        TRY(write_table(path, w->tables[k], err));
    }
done:
    return rc;
}
