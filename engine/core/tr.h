/* tr.h - messages in the user's language: marks for gettext and its look-up.
 *
 * A message is translated once, where it is set: FAIL() and faults_add() look
 * their format up themselves, so their callers write plain English literals
 * that xgettext collects (cli/po).  Text shown by other ways says tr("...").
 */
#ifndef CORE_TR_H
#define CORE_TR_H

#include <libintl.h>

#define tr(text) gettext(text) /* look up now */
/* In a static table: collected, not looked up. */
#define TR_NOOP(text) text

/* What people read in two languages: a title, a reason, a column's label. */
typedef struct {
    const char *zh, *en; /* UTF-8; either may be NULL when the other is not */
} Label;

#endif
