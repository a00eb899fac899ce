/* job.h - one command carried out: options to the engine, results to a file. */
#ifndef CLI_JOB_H
#define CLI_JOB_H

#include "args.h"

/*
 * Run `cmd` with the options in `args`; those that only say how to show
 * results (format, output, tables, threads, lang) are taken out of it.  A file
 * named by
 * --output is there whole or not at all.
 * chinese   results in Chinese.
 * rejected  how many rows went to --rejects.
 * Errors    the engine's; ERR_IO when the output cannot be written.
 */
MUST_USE ErrCode job_run(size_t *rejected, const Cmd *cmd, Args *args,
                         int chinese, Err *err);

#endif
