/* docscan.h - where the values of a libconfig document stand, and what of it is
 * refused before libconfig sees it.
 *
 * libconfig knows lines only, cuts long numbers and follows includes.  This
 * pass reads the same tokens and keeps the place of every value in the order
 * of the text, which is the order in which the tree is walked.
 */
#ifndef DATA_DOCSCAN_H
#define DATA_DOCSCAN_H

#include "core/fault.h"
#include "data/source.h"

#include <stddef.h>

enum {
    DOC_BYTES = 4 << 20,  /* of a document */
    DOC_VALUES = 200000,  /* of a document */
    DOC_NAMES = 1000,     /* of one group: libconfig compares each with each */
    DOC_LINE_SHOWN = 4096 /* bytes of a line that is kept for carets */
};

/* Where a value stands.  Lines and columns count from 1. */
typedef struct {
    const char *raw;    /* its first byte; in a text, behind the quote */
    const char *source; /* its line, NUL-ended; NULL when very long */
    size_t line, column;
    size_t name_column; /* of its name; 0 when on another line, or unnamed */
    char kind;          /* '{' '(' '[' '"' '0' (number) 'b' (true, false) */
} DocMark;

typedef struct {
    const DocMark *marks; /* [n] */
    size_t n;
} DocMarks;

/*
 * Scan a document.  `bytes` [n] and a NUL; must live as long as the marks.
 * Faults: bare floats, hexadecimal and numbers of 10 or more digits, includes,
 * what libconfig's grammar forbids, texts and comments without an end, bytes
 * that are not UTF-8, NUL, the limits above. ERR_MEMORY.
 */
MUST_USE ErrCode docscan(DocMarks *out, Arena *arena, const char *name,
                         const char *bytes, size_t n, Faults *faults, Err *err);

/* Step *p over one byte of a text's value as libconfig reads it: an escape, or
 * a byte, or the gap between "two" "texts".  Returns 0 at the text's end. */
int docscan_step(const char **p);

#endif
