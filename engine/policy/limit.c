#include "policy/limit.h"

#include "core/tr.h"

#include <string.h>

static const char *const scopes[] = {
    [LIMIT_CLAIM] = "claim",
    [LIMIT_FIRM_YEAR] = "firm_year",
    [LIMIT_SCHEME_YEAR] = "scheme_year",
    [LIMIT_FIRM_COUNT] = "firm_count_year",
    [LIMIT_COUNT_YEAR] = "count_year",
};

int limit_scope_named(const char *name)
{
    for (int i = 0; i < (int)(sizeof scopes / sizeof *scopes); i++)
        if (strcmp(scopes[i], name) == 0)
            return i;
    return -1;
}

const char *limit_check(const Limit *limit)
{
    int counts =
        limit->scope == LIMIT_FIRM_COUNT || limit->scope == LIMIT_COUNT_YEAR;
    int has_cap = limit->cap.fen != LIMIT_NONE;
    if (counts && (has_cap || limit->floor.fen != 0))
        return TR_NOOP("a limit of counts has a count, no floor and no cap");
    if (counts)
        return limit->count < 0
                   ? TR_NOOP("the count is below 0; write how many it allows")
                   : NULL;
    if (!has_cap && limit->floor.fen == 0)
        return TR_NOOP(
            "the limit has neither floor nor cap; write one of them");
    if (limit->floor.fen < 0)
        return TR_NOOP("the floor is below 0; leave it out");
    if (limit->cap.fen < 0)
        return TR_NOOP("the cap is below 0; write the most that is paid");
    if (limit->scope == LIMIT_SCHEME_YEAR && limit->floor.fen > 0)
        return TR_NOOP(
            "a floor for all awards of a year has no meaning; write a cap");
    return limit->floor.fen > limit->cap.fen
               ? TR_NOOP(
                     "the floor is above the cap; write the lower amount into "
                     "floor")
               : NULL;
}
