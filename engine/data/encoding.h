/* encoding.h - the bytes of a text file as UTF-8. */
#ifndef DATA_ENCODING_H
#define DATA_ENCODING_H

#include "core/fault.h"
#include "core/text.h"
#include "data/source.h"

typedef enum {
    ENCODING_FOUND, /* valid UTF-8 is UTF-8, else GB18030, else refused */
    ENCODING_UTF8,
    ENCODING_GB18030
} Encoding;

/* "utf-8" or "gb18030" (gbk and gb2312 are parts of it), any case; -1. */
int encoding_named(const char *name);

/*
 * The source as UTF-8 without a byte order mark: its own bytes, or a converted
 * copy; a NUL behind them.  A source that is neither, is UTF-16, or has lines
 * of both encodings is a fault with its line, and *good is then 0.
 * ERR_MEMORY; ERR_IO when the system has no GB18030.
 * Source  GB 18030-2022, through iconv.
 */
MUST_USE ErrCode encoding_decode(Slice *out, int *good, Arena *arena,
                                 Source source, Encoding encoding,
                                 Faults *faults, Err *err);

#endif
