/* ledger.h - append-only record of runs in SQLite, chained by hash.
 *
 * A run keeps everything that made it: the program's version, its options,
 * each file it read (bytes, kept once by hash), every decision with the line
 * of its inputs, its hits and its amount, and the result texts.  Each run
 * starts with a link that hashes all of this but its decisions; then comes a
 * link for each 1,024 decisions; every link hashes the one before, over all
 * runs.  The time of the start stands outside every hash.
 *
 * A run is wholly there or not at all, whenever the program is killed; when
 * ledger_append() returned, it is on the disk.  Who reads while a run of some
 * MiB is appended may have to wait, and is told so after five seconds.
 */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include "core/err.h"
#include "core/mem.h"
#include "core/money.h"
#include "data/hash.h"
#include "data/source.h"

#include <stddef.h>
#include <stdint.h>

typedef struct Ledger Ledger; /* one open database; one thread at a time */

/* A file of a run and the part it played: "applications", "rules", "map". */
typedef struct {
    const char *role;
    Source source;
} LedgerFile;

/* One decision.  Null texts are stored as ''. */
typedef struct {
    const char *key;     /* application, contract, right ... */
    const char *outcome; /* approve ... */
    int64_t fen;         /* limit, award ... */
    uint32_t line;       /* of the run's first file */
    const char *trace;   /* compact: hits, reasons, binding limit */
} LedgerRow;

/* A text result of the run, as printed with --format json. */
typedef struct {
    const char *name, *text;
} LedgerResult;

typedef struct {
    const char *command; /* "assess" */
    const char *version; /* of the program */
    const char *options; /* canonical: one "name=value" a line */
    uint64_t seed;
    int64_t started; /* seconds since 1970 UTC; 0: the time of the append */
    const LedgerFile *files;
    size_t nfiles;
    const LedgerResult *results;
    size_t nresults;
    const LedgerRow *rows;
    size_t nrows;
} LedgerRun;

typedef enum {
    LEDGER_READ,  /* it must be there, and nothing is written */
    LEDGER_WRITE, /* it is made when it is not there, or an empty file */
} LedgerMode;

/* Open `path`.  ERR_INPUT when it is no ledger, or a newer program wrote it;
 * ERR_DIFFERS when it is damaged; ERR_IO; ERR_MEMORY.  A file that is no
 * ledger is left as it is. */
MUST_USE ErrCode ledger_open(Ledger **out, const char *path, LedgerMode mode,
                             Err *err);
void ledger_close(Ledger *ledger); /* NULL is allowed */

/* What identifies a run: command, version, options, seed, hashes and roles of
 * its files; not their names, not results, not times. */
MUST_USE ErrCode ledger_identity(Hash *out, const LedgerRun *run, Err *err);

/* The number of a run of that identity, the latest; 0 when there is none. */
MUST_USE ErrCode ledger_find(int64_t *run, Ledger *ledger, Hash identity,
                             Err *err);

/* The number of the latest run; 0 when there is none. */
MUST_USE ErrCode ledger_last(int64_t *run, Ledger *ledger, Err *err);

/*
 * Append a run, all or none; *run is its number, from 1.
 * Errors   ERR_DIFFERS when the last link of the chain does not fit its rows,
 *          or a source's bytes do not fit its hash; ERR_IO when the disk is
 *          full, the file read-only, or another program writes for longer than
 *          five seconds; ERR_MEMORY.  Then nothing has changed.
 * Cost     some 1.2 microseconds a row, hash and disk included.
 */
MUST_USE ErrCode ledger_append(int64_t *run, Ledger *ledger,
                               const LedgerRun *data, Err *err);

/* Read a run back with its files and results, but without its rows: `rows` is
 * NULL and `nrows` says how many there are.  Texts live in the arena.
 * ERR_USAGE when there is no such run, ERR_DIFFERS when a file's bytes do not
 * fit its hash. */
MUST_USE ErrCode ledger_read(LedgerRun *out, Arena *arena, Ledger *ledger,
                             int64_t run, Err *err);

/* The rows of a run in their order.  ERR_USAGE when there is no such run. */
MUST_USE ErrCode ledger_rows(LedgerRow **out, size_t *n, Arena *arena,
                             Ledger *ledger, int64_t run, Err *err);

/* The latest row of a key over all runs, and its run; 0 when there is none.
 * Cost: a scan from the newest row back (there is no index over keys, which
 * would make appending six times slower). */
MUST_USE ErrCode ledger_key(int64_t *run, LedgerRow *out, Arena *arena,
                            Ledger *ledger, const char *key, Err *err);

/* Check every page and hash everything again.  ERR_DIFFERS names the first
 * thing that is not as it was written; ERR_IO.  Whoever removes the last runs
 * whole is found by comparing ledger_head() with a copy kept elsewhere. */
MUST_USE ErrCode ledger_verify(Ledger *ledger, Err *err);

/* The hash of the last link, to be kept elsewhere; zeros without a run. */
MUST_USE ErrCode ledger_head(Hash *out, Ledger *ledger, Err *err);

#endif
