/* limit.h - floors, caps and counts of a subsidy, by scope. */
#ifndef POLICY_LIMIT_H
#define POLICY_LIMIT_H

#include "core/money.h"

typedef enum {
    LIMIT_CLAIM,       /* one contract */
    LIMIT_FIRM_YEAR,   /* a firm's awards of a calendar year */
    LIMIT_SCHEME_YEAR, /* all awards of a calendar year */
    LIMIT_FIRM_COUNT,  /* awards a firm and year */
    LIMIT_COUNT_YEAR   /* awards a year */
} LimitScope;

typedef enum {
    QUEUE_DATE, /* by date of registration, then id */
    QUEUE_SCORE /* by score, highest first, then date, then id */
} LimitQueue;

#define LIMIT_NONE INT64_MAX

/* An award below `floor` is not paid (起补线); above `cap` it is cut to it
 * (封顶线).  Of counted awards the first `count` of the queue are paid. */
typedef struct {
    const char *id; /* shown when it bound */
    int award;      /* which award it holds for; -1: their sum */
    LimitScope scope;
    LimitQueue queue;
    Money floor, cap; /* cap.fen = LIMIT_NONE: none */
    int64_t count;    /* counting scopes: places */
} Limit;

/* NULL when `limit` can be used, else the reason, in static storage. */
const char *limit_check(const Limit *limit);

/* What an amount keeps under floor and cap. */
static inline Money limit_of(const Limit *limit, Money a)
{
    if (a.fen < limit->floor.fen)
        return (Money){0};
    return a.fen < limit->cap.fen ? a : limit->cap;
}

/* The scope of that name ("claim", "firm_year" ...); -1 when there is none. */
int limit_scope_named(const char *name);

#endif
