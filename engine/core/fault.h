/* fault.h - what a reader found wrong: all of it, with one printer. */
#ifndef CORE_FAULT_H
#define CORE_FAULT_H

#include "core/err.h"
#include "core/mem.h"

#include <stddef.h>
#include <stdio.h>

/*
 * One finding.  Either `problem` is a whole sentence without a full stop, or
 * it is NULL and the finding reads "'VALUE' is not EXPECTED".
 * Lines and columns count from 1, columns in characters; 0 where there is none.
 */
typedef struct {
    const char *file;
    size_t line, column;
    const char *rule;     /* id of the rule or example it is in, or NULL */
    const char *value;    /* as it stands in the file, any length, or NULL */
    const char *expected; /* "a date" */
    const char *problem;  /* "the shares of a layer sum to 110%, not 100%" */
    const char *way_out;  /* "write 2024-03-01", or NULL */
    const char *source; /* the line of the file, shown with a caret, or NULL */
    int is_warning;     /* shown, but does not make the reading fail */
} Fault;

typedef struct Faults Faults; /* in the order they were found */

enum {
    FAULTS_SHOWN = 200,    /* what faults_print() shows; it says the rest */
    FAULTS_STORED = 100000 /* with their texts; more are only counted */
};

Faults *faults_new(Arena *arena); /* NULL when out of memory */

/* Keep a copy of `fault`, its texts too.  `expected`, `problem` and `way_out`
 * are looked up in the user's language here when they are literals that were
 * collected; composed texts pass unchanged.  ERR_MEMORY. */
MUST_USE ErrCode faults_add(Faults *faults, Fault fault, Err *err);

/* Is that finding listed: the same place, the same words? */
int faults_has(const Faults *faults, Fault fault);

size_t faults_count(const Faults *faults);  /* without warnings */
size_t faults_warned(const Faults *faults); /* warnings alone */
/* Both, in order; NULL behind the last that was stored. */
const Fault *faults_at(const Faults *faults, size_t i);

/* "a.csv:3:7: '2024-13-01' is not a date; write ...", then, where `source` is
 * known, that line and a caret under the column (wide characters count two).
 * What was found in one file without another between is sorted by its place.
 */
void faults_print(const Faults *faults, FILE *to);

/* ERR code `code` with the number of faults when there is one, else OK: what a
 * reader returns at its end.  `what` names the thing read. */
MUST_USE ErrCode faults_end(const Faults *faults, ErrCode code,
                            const char *what, Err *err);

#endif
