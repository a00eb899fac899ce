/* boxed.h - values of the expression language of decision models: what a
 * column cannot hold.
 */
#ifndef POLICY_BOXED_H
#define POLICY_BOXED_H

#include "core/mem.h"
#include "policy/number.h"

#include <stddef.h>
#include <stdint.h>

typedef enum {
    BOX_NULL,
    BOX_BOOL,
    BOX_NUMBER,
    BOX_TEXT,
    BOX_DATE,
    BOX_TIME,
    BOX_MOMENT,  /* date and time */
    BOX_SECONDS, /* days and time duration */
    BOX_MONTHS,  /* years and months duration */
    BOX_LIST,
    BOX_CONTEXT,
    BOX_RANGE,
    BOX_FUNCTION
} BoxKind;

struct Invocable; /* what a BOX_FUNCTION calls: see feelrun.h */

typedef struct Boxed Boxed;
struct Boxed {
    BoxKind kind;
    int truth;     /* BOX_BOOL */
    Number number; /* BOX_NUMBER; seconds of the day or of a duration; months */
    int64_t days;  /* BOX_DATE, BOX_MOMENT: since 1970-01-01 */
    int has_offset, offset; /* BOX_TIME, BOX_MOMENT: seconds east of UTC */
    const char *text;       /* BOX_TEXT */
    const Boxed *items;     /* [n] of a list or context; both ends of a range */
    const char *const *names; /* BOX_CONTEXT: [n] */
    size_t n;
    int low_open, high_open; /* BOX_RANGE; an end that is null is open */
    const struct Invocable *function;
};

extern const Boxed boxed_null;
Boxed boxed_bool(int truth);
Boxed boxed_number(Number number); /* null stays null */
Boxed boxed_int(int64_t v);
Boxed boxed_text(const char *text); /* NULL: null */

/* A list of items[n], which are not copied. */
Boxed boxed_list(const Boxed *items, size_t n);

/* The entry of a context; NULL when it has none of that name. */
const Boxed *boxed_entry(const Boxed *context, const char *name);

/* 1, 0, or -1 where the two kinds cannot be compared. */
int boxed_equal(const Boxed *a, const Boxed *b);

/* Set *out to -1, 0 or 1; returns 0 where the two cannot be put in order
 * (null, different kinds, contexts, lists). */
int boxed_compare(int *out, const Boxed *a, const Boxed *b);

/* Is the value in the range?  -1 where it cannot be compared. */
int boxed_in_range(const Boxed *range, const Boxed *value);

/* In words, for messages and for string(); NULL without memory. */
const char *boxed_show(Arena *arena, const Boxed *value);

const char *boxed_kind(BoxKind kind); /* "number", "days and time duration" */

#endif
