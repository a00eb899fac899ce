#define _XOPEN_SOURCE 700 /* realpath */
#include "core/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ErrCode refused(const char *path, Err *err)
{
    return FAIL(err, ERR_IO, "cannot write '%s': %s", path, strerror(errno));
}

/* A name beside the file that no other process uses. */
static ErrCode open_beside(OutFile *file, mode_t mode, Err *err)
{
    int n = snprintf(file->beside, sizeof file->beside, "%s.%ld.part",
                     file->path, (long)getpid());
    if (n < 0 || (size_t)n >= sizeof file->beside) {
        file->beside[0] = '\0';
        errno = ENAMETOOLONG;
        return refused(file->path, err);
    }
    int fd = open(file->beside, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (fd < 0) {
        ErrCode rc = refused(file->path, err);
        file->beside[0] = '\0'; /* not ours */
        return rc;
    }
    file->to = fdopen(fd, "w");
    if (file->to == NULL) {
        ErrCode rc = refused(file->path, err);
        close(fd);
        outfile_drop(file);
        return rc;
    }
    return OK;
}

ErrCode outfile_open(OutFile *file, const char *path, Err *err)
{
    struct stat there;
    int exists = stat(path, &there) == 0;
    *file = (OutFile){0};
    if (strlen(path) >= sizeof file->path) {
        errno = ENAMETOOLONG;
        return refused(path, err);
    }
    if (!exists || realpath(path, file->path) == NULL)
        memcpy(file->path, path, strlen(path) + 1);
    if (!exists || S_ISREG(there.st_mode))
        return open_beside(file, exists ? there.st_mode & 0777 : 0666, err);
    file->to = fopen(path, "w");
    return file->to == NULL ? refused(path, err) : OK;
}

ErrCode outfile_keep(OutFile *file, Err *err)
{
    int regular = file->beside[0] != '\0';
    errno = 0;
    int bad = fflush(file->to) != 0 || ferror(file->to) ||
              (regular && fsync(fileno(file->to)) != 0);
    bad = fclose(file->to) != 0 || bad;
    file->to = NULL;
    if (!bad && regular)
        bad = rename(file->beside, file->path) != 0;
    if (bad && errno == 0) /* an earlier write failed, its reason is gone */
        errno = EIO;
    ErrCode rc = bad ? refused(file->path, err) : OK;
    if (!bad)
        file->beside[0] = '\0';
    outfile_drop(file);
    return rc;
}

void outfile_drop(OutFile *file)
{
    if (file->to != NULL)
        fclose(file->to);
    if (file->beside[0] != '\0')
        unlink(file->beside);
    file->to = NULL;
    file->beside[0] = '\0';
}

const char *outfile_flush(FILE *to)
{
    errno = 0;
    if (fflush(to) == 0 && !ferror(to))
        return NULL;
    return strerror(errno != 0 ? errno : EIO);
}

int outfile_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) &&
           x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}
