/* logitapart.h - outcomes that columns tell apart without an error. */
#ifndef STAT_LOGITAPART_H
#define STAT_LOGITAPART_H

#include "stat/logitpass.h"

/*
 * Outcomes are separated when some direction leaves no row worse off: then the
 * likelihood rises along it for ever, and Newton's steps become that direction.
 * step    [terms] the last one, of scaled columns; columns that the direction
 *         can do without become 0 in it when it is one.
 * Errors  ERR_DOMAIN naming the columns when it is one, else OK; ERR_MEMORY.
 * Source  Albert, Anderson, Biometrika 71 (1984).
 */
MUST_USE ErrCode logitapart_check(double step[], const LogitPass *pass,
                                  Err *err);

#endif
