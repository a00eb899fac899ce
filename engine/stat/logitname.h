/* logitname.h - columns of a fit by their names, for messages. */
#ifndef STAT_LOGITNAME_H
#define STAT_LOGITNAME_H

#include "stat/logit.h"

enum { LOGITNAME_TEXT = 120 };

/* "a, b, c" of the columns marked in chosen [k], at most a line of them; then
 * "and 3 more". */
void logitname_list(char out[LOGITNAME_TEXT], const LogitData *data,
                    const unsigned char chosen[]);

#endif
