/* folder.h - every table as a CSV file of its own. */
#ifndef REPORT_FOLDER_H
#define REPORT_FOLDER_H

#include "data/table.h"

/* What is to be written where. */
typedef struct {
    const char *folder;         /* made when it is not there; its parent is */
    const Table *const *tables; /* [n] */
    size_t n;
    const char *const *read; /* [nread] files that stay as they are */
    size_t nread;
} ReportFolder;

/*
 * Write each table as FOLDER/NAME.csv, whole or not at all, in place of a file
 * of that name; a later table of the same name is NAME-2.
 * ERR_USAGE before anything is written where that would be a file of `read`;
 * ERR_IO; ERR_MEMORY.
 */
MUST_USE ErrCode report_folder(const ReportFolder *what, Err *err);

#endif
