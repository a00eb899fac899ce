/* wayfile.h - the file that --ways names. */
#ifndef FLOW_WAYFILE_H
#define FLOW_WAYFILE_H

#include "flow/job.h"

/* A table into a file: JSON or HTML where its name ends so, else CSV.
 * command  on the page: "kedan assess --ways". */
MUST_USE ErrCode wayfile_write(const Job *job, const char *path, const Table *t,
                               const char *command, Err *err);

#endif
