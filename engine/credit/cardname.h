/* cardname.h - can a column of foreign data stand in a rule file? */
#ifndef CREDIT_CARDNAME_H
#define CREDIT_CARDNAME_H

#include "data/table.h"

/* NULL when the column's header can stand in a rule as a name, else the
 * reason, static: other signs than letters, digits and '_', a digit in front,
 * a word of the language, a field of the dictionary that is no number and no
 * word. */
const char *cardname_check(const Column *column);

#endif
