/* job.h - one command on its way from files to results.
 *
 * A job reads every file through job_file(), so that the ledger's copy can
 * stand in for the disk when a run is replayed.  What it finds goes into
 * result tables and, decision by decision, into rows for the ledger.
 */
#ifndef FLOW_JOB_H
#define FLOW_JOB_H

#include "core/fault.h"
#include "core/outfile.h"
#include "data/csv.h"
#include "data/sheet.h"
#include "data/table.h"
#include "flow/engine.h"
#include "policy/policy.h"
#include "store/ledger.h"

typedef struct {
    const char *command;
    const EngineOption *options; /* [noptions] */
    size_t noptions;
    const EngineUser *user;
    Arena *arena;
    Tables *tables; /* results and everything on the way to them */
    Faults *faults;
    LedgerFile *files; /* [nfiles] every file read, in order */
    size_t nfiles, files_capacity;
    size_t forgotten; /* files[] up to here wait on the disk */
    size_t unhashed;  /* from 1: the file whose hash is yet to be taken */
    const LedgerRun *recorded; /* replay: files come from here, or NULL */
    const Table **results;     /* [nresults] kept in the ledger, printed */
    size_t nresults, results_capacity;
    const Table *rows;    /* decision by decision, for CSV; or NULL */
    LedgerRow *decisions; /* [ndecisions] */
    size_t ndecisions;
    uint64_t seed;    /* of simulations; 0 where nothing is drawn */
    size_t rejected;  /* rows left out by --rejects */
    OutFile *rejects; /* where they go; NULL until a table is read */
    double started;   /* clock at job_open() */
    void *state;      /* what a command's read() hands to its compute() */
} Job;

/* An empty job; everything it makes lives in its arena until job_close(). */
MUST_USE ErrCode job_open(Job *job, const EngineOption options[], size_t n,
                          const EngineUser *user, Err *err);
void job_close(Job *job); /* a zeroed job is allowed */

/* The job is done: put the file of rejects in its place. */
MUST_USE ErrCode job_keep(Job *job, Err *err);

/* The value of an option, or NULL. */
const char *job_option(const Job *job, const char *name);
MUST_USE ErrCode job_need(const char **out, const Job *job, const char *name,
                          Err *err); /* ERR_USAGE when it is missing */

/* Options with a default, read strictly: ERR_USAGE names the option. */
MUST_USE ErrCode job_count(uint64_t *out, const Job *job, const char *name,
                           uint64_t otherwise, uint64_t least, uint64_t most,
                           Err *err);

/* --as-of.  Without it *out is 0001-01-01, before every rule: only a policy
 * that names no date column asks for it (job_policy() does so). */
MUST_USE ErrCode job_as_of(Date *out, const Job *job, Err *err);

/* Read a file once: from disk, or from the recorded run by role and name. */
MUST_USE ErrCode job_file(Source *out, Job *job, const char *role,
                          const char *path, Err *err);

/* Read the file an option names before any other: decisions name its lines.
 * It is hashed while its table is read.  ERR_USAGE when the option is missing.
 */
MUST_USE ErrCode job_first(Job *job, const char *option, Err *err);

/* Which table: the option that names its file, whose columns it has (as in
 * CsvOptions), the option of its column map, and what rules read besides. */
typedef struct {
    const char *option, *of, *map_option;
    const CsvColumn *extra; /* [n_extra] */
    size_t n_extra;
} JobTable;

/* Between being read and being recorded large files wait on the disk: their
 * bytes are given back to the system, and read again by job_recall(). */
void job_forget(Job *job);
MUST_USE ErrCode job_recall(Job *job, Err *err);

/* The table of a file.  Faults are printed; rows refused into --rejects are
 * counted, and stand there after job_keep(). */
MUST_USE ErrCode job_table(Table **out, Job *job, JobTable which, Err *err);

/* The file of an option as a sheet of any headers, read by all threads and
 * hashed meanwhile; faults are printed.  options.threads is the job's. */
MUST_USE ErrCode job_sheet(Table **out, Job *job, const char *option,
                           SheetOptions options, Err *err);

/* A rule document from a file, its faults printed. */
MUST_USE ErrCode job_doc(const Doc **out, Job *job, const char *role,
                         const char *path, Err *err);

/* A compiled policy of any kind.  ERR_RULE once all faults are printed. */
MUST_USE ErrCode job_rules(Policy **out, Job *job, const char *role,
                           const char *path, Err *err);

/* A compiled policy of one of `kinds`, "credit|eligibility".  ERR_RULE once
 * all faults are printed, or for another kind; ERR_USAGE when it needs --as-of
 * and there is none. */
MUST_USE ErrCode job_policy(Policy **out, Job *job, const char *role,
                            const char *path, const char *kinds, Err *err);
/* The same of a document that job_doc() read. */
MUST_USE ErrCode job_policy_of(Policy **out, Job *job, const char *role,
                               const Doc *root, const char *kinds, Err *err);

/* Add a result table. */
MUST_USE ErrCode job_result(Job *job, const Table *table, Err *err);

/* Those of names[], up to NULL, that were made. */
MUST_USE ErrCode job_results(Job *job, const char *const names[], Err *err);

/* Print what was found wrong so far and forget it.  ERR `code` when any of it
 * is more than a warning. */
MUST_USE ErrCode job_faults(Job *job, ErrCode code, const char *what, Err *err);

/* A reader's outcome `rc`, once what it found wrong is printed. */
MUST_USE ErrCode job_found(Job *job, ErrCode rc, ErrCode code, const char *what,
                           Err *err);

/* What the clock says since job_open(), and the threads a simulation gets:
 * the two figures that may differ between equal runs. */
double job_seconds(const Job *job);
int job_threads(const Job *job);

/* Tell how far a stage is; non-zero: stop. */
int job_progress(const Job *job, const char *stage, double part);

/* The same between stages; ERR_IO when the user stops it. */
MUST_USE ErrCode job_stage(const Job *job, const char *stage, double part,
                           Err *err);

#endif
