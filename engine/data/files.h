/* files.h - what each input file may hold, spelled out in files.def.
 *
 * Check characters hold for applications, ip_rights and contracts; in a
 * portfolio, ids and names of groups are free text.
 */
#ifndef DATA_FILES_H
#define DATA_FILES_H

#include "data/fields.h"

#include <stddef.h>

typedef enum {
    FILE_applications,
    FILE_ip_rights,
    FILE_portfolio,
    FILE_contracts,
    FILE_outcomes,
    FILE_correlations,
    FILE_KINDS
} FileKind;

enum { /* what is asked of a column */
       COLUMN_OPTIONAL = 0,
       COLUMN_REQUIRED = 1, /* there, and filled in every row */
       COLUMN_ONE_OF = 2,   /* at least one column marked so is there */
       COLUMN_UNIQUE = 4,   /* no two rows share it */
       COLUMN_USCC = 8,     /* a unified social credit code */
       COLUMN_MOMENT = 16   /* a day with its time */
};

/* "applications" ..., or FILE_KINDS. */
FileKind file_named(const char *name);
const char *file_name(FileKind file);

/* What is asked of `field` in `file`, flags above; -1: it is not listed. */
int file_needs(FileKind file, Field field);

/* Whether the file may have the column: it is listed, or any other input of
 * the dictionary that no stage will add to such a file. */
int file_takes(FileKind file, Field field);

/* A code of a file's column: words with the same code are the same. */
typedef struct {
    FileKind file;
    Field field;
    const char *word;  /* what the table holds */
    const char *words; /* others that are read as it, separated by '|' */
} FileCode;

/* The codes of one column, in a row; NULL and *n 0 when any word goes. */
const FileCode *file_codes(size_t *n, FileKind file, Field field);

/* The values a number may take, in yuan, 1 or the field's unit, both ends
 * included, and the same in words. */
typedef struct {
    double low, high;
    const char *expected; /* "an amount of 0 yuan or more" */
} FieldRange;

FieldRange field_range(Field field);

#endif
