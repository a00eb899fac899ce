/* feelname.h - names of decision models, which have spaces and signs in them:
 * "Pre-bureau risk category", "Applicant's age".  What a text names depends on
 * the names that are known where it stands; the longest one wins.
 */
#ifndef POLICY_FEELNAME_H
#define POLICY_FEELNAME_H

#include "policy/reader.h"

typedef struct FeelNames FeelNames;
struct FeelNames {
    const char **items; /* [n] with single spaces */
    size_t n, capacity;
    const FeelNames *outer; /* what is known around, or NULL */
};

/* Without blanks at its ends and with single ones inside; interned; NULL
 * without memory. */
const char *feelname_clean(Reader *r, const char *bytes, size_t n);

/* Add a clean name; 0 without memory. */
int feelname_add(FeelNames *names, const char *clean, Reader *r);

/* The longest name that stands there, of these and the outer ones; *n gets its
 * bytes in the text.  NULL when there is none. */
const char *feelname_longest(size_t *n, const FeelNames *names, Slice text,
                             size_t at);

#endif
