/* outfile.h - a result file that is either wholly there or not at all. */
#ifndef CORE_OUTFILE_H
#define CORE_OUTFILE_H

#include "core/err.h"

#include <limits.h>
#include <stdio.h>

/* A file in the making.  `OutFile file = {0};` is ready to be opened, kept or
 * dropped. */
typedef struct {
    FILE *to;              /* write here; NULL when not open */
    char path[PATH_MAX];   /* where it will stand, links followed */
    char beside[PATH_MAX]; /* the temporary beside it, or "" */
} OutFile;

/*
 * Start a file: bytes go to a temporary beside `path`, so a file of that name
 * stays as it is until outfile_keep().  What is no regular file (a device, a
 * pipe) is written as it is.
 * ERR_IO names the path and the system's reason.
 */
MUST_USE ErrCode outfile_open(OutFile *file, const char *path, Err *err);

/* Bring every byte to the disk and put the file in its place.  ERR_IO when the
 * disk is full or refuses; the temporary is then gone. */
MUST_USE ErrCode outfile_keep(OutFile *file, Err *err);

void outfile_drop(OutFile *file); /* forget it; harmless after outfile_keep() */

/* Bring on its way what was printed on `to`: NULL, or the system's reason why
 * not all of it went, EIO's where an earlier write failed unseen. */
const char *outfile_flush(FILE *to);

/* Are both paths one regular file that is there? */
int outfile_same(const char *a, const char *b);

#endif
