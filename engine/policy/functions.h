/* functions.h - the functions that expressions may call, from functions.def. */
#ifndef POLICY_FUNCTIONS_H
#define POLICY_FUNCTIONS_H

#include "core/text.h"
#include "policy/reader.h"

typedef enum {
#define FUNCTION(name, least, most, typing, meaning) FN_##name,
#include "policy/functions.def"
#undef FUNCTION
    FN_COUNT
} FunctionId;

/* How a function's arguments and result are typed. */
typedef enum {
    TYPING_SAME,   /* all of one unit, which is the result's */
    TYPING_ROUND,  /* a quantity, then decimals or a multiple */
    TYPING_REAL,   /* plain to number */
    TYPING_DATES,  /* two dates to a count */
    TYPING_SPAN,   /* two dates to a duration in months */
    TYPING_PART,   /* a date to a count */
    TYPING_SHIFT,  /* a date and a count to a date */
    TYPING_LIST,   /* a list to a count */
    TYPING_ANY_OF, /* a list and texts to a boolean */
    TYPING_TEXTS   /* two texts to a boolean */
} Typing;

typedef struct Function Function;
struct Function {
    const char *name;
    FunctionId id;
    uint32_t least, most; /* arguments */
    Typing typing;
    const char *meaning;
};

const Function *function_named(Slice name); /* or NULL */

/* "did you mean 'floor'", or NULL. */
const char *function_nearest(Reader *r, Slice name);

#endif
