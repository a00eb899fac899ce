/* doc.h - a rule document: one tree whatever the file format, each node with
 * its place in the file.
 */
#ifndef DATA_DOC_H
#define DATA_DOC_H

#include "core/date.h"
#include "core/fault.h"
#include "core/money.h"
#include "core/ratio.h"
#include "core/tr.h"
#include "data/source.h"

#include <stddef.h>
#include <stdint.h>

typedef enum {
    DOC_GROUP,  /* named children */
    DOC_LIST,   /* unnamed children; libconfig's lists and arrays alike */
    DOC_TEXT,   /* a quoted string */
    DOC_NUMBER, /* a bare whole number, below 1e9 in size */
    DOC_BOOL
} DocKind;

typedef struct Doc Doc;
struct Doc {
    DocKind kind;
    const char *name;   /* of a group's child, else NULL */
    const char *file;   /* for messages */
    size_t line;        /* from 1 */
    size_t column;      /* character where the value starts (after the quote) */
    size_t name_column; /* of the name; 0: none, or on another line */
    const char *source; /* the whole line, for carets; NULL over 4 KiB */
    const char *raw;    /* the value in the file's bytes, for doc_fault() */
    const char *text;   /* DOC_TEXT, else NULL */
    int64_t number;     /* DOC_NUMBER, DOC_BOOL */
    const Doc *parent, *first, *next;
    size_t n;   /* children */
    int is_xml; /* read by data/dmn.h: `raw` has entities, not escapes */
};

/*
 * Parse a libconfig document (UTF-8, a byte order mark is accepted).  Bare
 * floats, and runs of 10 or more bare digits, are faults: amounts, rates and
 * dates are quoted (libconfig 1.5 cuts long numbers without a word).  So are
 * includes.  Depth at most 32, bytes at most 4 MiB.
 * out     the group at the top; lives as long as the arena.
 * ERR_RULE after the faults are listed; ERR_MEMORY.
 */
MUST_USE ErrCode doc_read(const Doc **out, Arena *arena, Source source,
                          Faults *faults, Err *err);

const Doc *doc_get(const Doc *group, const char *name); /* child, or NULL */
const Doc *doc_at(const Doc *list, size_t i);           /* child, or NULL */

/*
 * Typed looks at a child.  A missing child: `optional` 1 leaves *out as it is
 * and returns 1; else it is a fault.  A wrong kind or value is a fault.
 * Return 1 when *out can be used.  Faults that cannot be kept (memory) make
 * faults_end() fail too, so callers need not check each.
 */
typedef struct {
    Faults *faults;
    Err *err;
    int failed; /* a fault was listed, or memory ran out */
} DocReader;

int doc_text(const char **out, const Doc *group, const char *name, int optional,
             DocReader *r);
int doc_money(Money *out, const Doc *group, const char *name, int optional,
              DocReader *r); /* "1000000.00", "100万", "1亿" */
int doc_ratio(Ratio *out, const Doc *group, const char *name, int optional,
              DocReader *r);
int doc_date(Date *out, const Doc *group, const char *name, int optional,
             DocReader *r);
int doc_count(int64_t *out, const Doc *group, const char *name, int optional,
              DocReader *r); /* bare or quoted whole number */
int doc_real(double *out, const Doc *group, const char *name, int optional,
             DocReader *r); /* quoted decimal, finite */
int doc_label(Label *out, const Doc *group, const char *name, int optional,
              DocReader *r); /* { zh = "..."; en = "..."; }, or one of them */

/* How sure a figure is: V (seen), V2 (second hand), D (derived), M+, M, M-
 * (from memory) or UNKNOWN; the second looks at a node that is a text. */
int doc_confidence(const char **out, const Doc *group, int optional,
                   DocReader *r);
int doc_check_confidence(const Doc *node, DocReader *r);

/* The same readings of a text that stands elsewhere, 1 when it is one:
 * "1000000.00", "100万", "1亿", each with 元 behind it or not; a decimal number
 * that is finite. */
int doc_money_of(Money *out, const char *text);
int doc_real_of(double *out, const char *text);

/* Children that are not among names[n] are faults with the nearest name; so is
 * a `group` that is none. */
void doc_only(const Doc *group, const char *const names[], size_t n,
              DocReader *r);

/* A fault at a node, `offset` bytes into its text (escapes and texts written in
 * parts are counted as read): `problem` as in Fault, `way_out` may be NULL. */
void doc_fault(const Doc *node, size_t offset, const char *problem,
               const char *way_out, DocReader *r);

#endif
