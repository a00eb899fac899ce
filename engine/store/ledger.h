/* ledger.h - append-only record of runs in SQLite, chained by hash.
 *
 * A run keeps everything that made it: the program's version, its options,
 * each file it read (bytes, kept once by hash), every decision with the line
 * of its inputs, its hits and its amount, and the result texts.  Blocks of
 * 1,024 decisions are chained by hash over the run before; start times stand
 * outside the hash.
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

typedef struct Ledger Ledger; /* one open database, one writer */

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
    const LedgerFile *files;
    size_t nfiles;
    const LedgerResult *results;
    size_t nresults;
    const LedgerRow *rows;
    size_t nrows;
} LedgerRun;

/* Open or create.  ERR_INPUT when another version wrote it, or it is no
 * ledger; ERR_IO. */
MUST_USE ErrCode ledger_open(Ledger **out, const char *path, Err *err);
void ledger_close(Ledger *ledger); /* NULL is allowed */

/* What identifies a run: command, version, options, seed, hashes and roles of
 * its files; not results, not times. */
MUST_USE ErrCode ledger_identity(Hash *out, const LedgerRun *run, Err *err);

/* The number of a run of that identity, the latest; 0 when there is none. */
MUST_USE ErrCode ledger_find(int64_t *run, Ledger *ledger, Hash identity,
                             Err *err);

/* Append a run, all or none; *run is its number, from 1.  ERR_IO. */
MUST_USE ErrCode ledger_append(int64_t *run, Ledger *ledger,
                               const LedgerRun *data, Err *err);

/* Read a run back, without its rows; texts live in the arena.  ERR_USAGE when
 * there is no such run. */
MUST_USE ErrCode ledger_read(LedgerRun *out, Arena *arena, Ledger *ledger,
                             int64_t run, Err *err);

/* The rows of a run in their order, or those of one key over all runs. */
MUST_USE ErrCode ledger_rows(LedgerRow **out, size_t *n, Arena *arena,
                             Ledger *ledger, int64_t run, Err *err);
MUST_USE ErrCode ledger_key(int64_t *run, LedgerRow *out, Arena *arena,
                            Ledger *ledger, const char *key, Err *err);

/* Hash everything again.  ERR_DIFFERS names the first block or file that is
 * not as it was written; ERR_IO. */
MUST_USE ErrCode ledger_verify(Ledger *ledger, Err *err);

/* The hash of the last block, to be kept elsewhere. */
MUST_USE ErrCode ledger_head(Hash *out, Ledger *ledger, Err *err);

#endif
