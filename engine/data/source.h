/* source.h - the bytes a run reads: a file's, or the ledger's copy of it. */
#ifndef DATA_SOURCE_H
#define DATA_SOURCE_H

#include "core/mem.h"
#include "data/hash.h"

#include <stddef.h>

typedef struct {
    const char *name;  /* as the user gave it; shown in messages */
    const char *bytes; /* [n], and a NUL behind them */
    size_t n;
    Hash hash; /* SHA-256 of the bytes */
} Source;

/* Read a whole file and hash it.  ERR_IO names the path and the system's
 * reason; ERR_MEMORY. */
MUST_USE ErrCode source_read(Source *out, Arena *arena, const char *path,
                             Err *err);

/* The two steps of it: the bytes, with a hash of zeros; their hash, which may
 * be taken while another thread reads them. */
MUST_USE ErrCode source_load(Source *out, Arena *arena, const char *path,
                             Err *err);
MUST_USE ErrCode source_hash(Hash *out, const Source *source, Err *err);

/* The bytes of a plain file that nobody needs for a while: their memory goes
 * back to the system, and they are zero until they are read again.  Whoever
 * keeps them sees by their hash that they are the same.  ERR_IO when there are
 * not as many any more. */
void source_forget(const Source *source);
MUST_USE ErrCode source_recall(const Source *source, Err *err);

/* The same for bytes at hand, which are not copied. */
MUST_USE ErrCode source_of(Source *out, const char *name, const char *bytes,
                           size_t n, Err *err);

#endif
