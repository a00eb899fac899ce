/* fields.h - the vocabulary the stages share, spelled out in fields.def. */
#ifndef DATA_FIELDS_H
#define DATA_FIELDS_H

#include <stddef.h>

typedef enum {
    TYPE_TEXT,     /* free text */
    TYPE_CATEGORY, /* one of a few words */
    TYPE_LIST,     /* words separated by ';' */
    TYPE_MONEY,    /* fen */
    TYPE_RATIO,    /* billionths: shares and rates of a contract */
    TYPE_REAL,     /* estimates */
    TYPE_COUNT,    /* whole numbers */
    TYPE_DATE,     /* days since 1970-01-01 */
    TYPE_BOOL
} FieldType;

typedef enum {
#define FIELD(name, type, unit, zh, meaning) FIELD_##name,
#include "data/fields.def"
#undef FIELD
    FIELD_COUNT
} Field;

typedef struct {
    const char *name, *unit;
    const char *zh; /* Chinese headers, the first is shown; separated by '|' */
    const char *meaning;
    FieldType type;
} FieldInfo;

const FieldInfo *field_info(Field field); /* static storage */

/* The field called `name` (English, or one of its Chinese headers), or
 * FIELD_COUNT.  Of fields that share a header the first in the dictionary. */
Field field_named(const char *name, size_t bytes);

/* The same among the fields marked 1, so that a header means what it means in
 * one file; NULL: all. */
Field field_named_among(const char *name, size_t bytes,
                        const unsigned char among[FIELD_COUNT]);

const char *type_name(FieldType type); /* "money", as rule files say it */

#endif
