/* carded.h - the cases of a file of any headers, scored by a rule file: what
 * --card and --challenger-card of `model validate` do.
 */
#ifndef FLOW_CARDED_H
#define FLOW_CARDED_H

#include "flow/job.h"

typedef struct {
    Policy *policy; /* NULL: the option was not given */
    const char *option, *path;
    Date day; /* for rows without a date of their own: --as-of, else the first
               * day of the file's last version */
} Carded;

/* The rule file that an option names, of any kind.  Its faults are printed;
 * ERR_RULE. */
MUST_USE ErrCode carded_read(Carded *out, Job *job, const char *option,
                             Err *err);

/* Headers of the inputs of cards[n] that are words or dates, which a sheet must
 * not take for numbers (SheetOptions.words). */
MUST_USE ErrCode carded_words(const char *const **out, size_t *count,
                              Arena *arena, const Carded cards[], size_t n,
                              Err *err);

/*
 * What the rules read of the rows of a sheet, in a table of its own: an input
 * is the column with its name, read as the type that the rules give it.
 * ERR_INPUT naming the columns that are missing, or line and column of a cell
 * that cannot be read so; ERR_MEMORY.
 */
MUST_USE ErrCode carded_inputs(Table **out, Job *job, const Carded *card,
                               const Table *sheet, Err *err);

/* The same with what the rules put out; the errors of policy_outputs() too. */
MUST_USE ErrCode carded_apply(Table **out, Job *job, const Carded *card,
                              const Table *sheet, Err *err);

#endif
