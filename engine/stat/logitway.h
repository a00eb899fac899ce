/* logitway.h - which regression: what may be asked for beside plain maximum
 * likelihood, the same for a table of any columns and for a scorecard.
 */
#ifndef STAT_LOGITWAY_H
#define STAT_LOGITWAY_H

#include "stat/logit.h"

typedef enum { LOGIT_PLAIN, LOGIT_PENALTY, LOGIT_FIRTH } LogitKind;
typedef enum { LOGIT_ALL_TERMS, LOGIT_BY_AIC, LOGIT_BY_BIC } LogitSearch;

/* {0}: plain maximum likelihood of all terms. */
typedef struct {
    LogitKind kind;
    double lambda, alpha; /* of LOGIT_PENALTY, as of logit_net() */
    LogitSearch search;   /* step-wise, before the fit */
    LogitDirection direction;
} LogitWay;

/* What came of it. */
typedef struct {
    Logit fit;
    LogitFirth firth; /* of LOGIT_FIRTH */
    double objective; /* of LOGIT_PENALTY */
} LogitMade;

/* Fit all columns that way; options are of the plain fit but for `threads`.
 * Errors: those of logit_fit(), logit_net() and logit_firth(). */
MUST_USE ErrCode logitway_fit(LogitMade *out, Arena *arena,
                              const LogitData *data, const LogitWay *way,
                              const LogitOptions *options, Err *err);

/* kept [terms]: those that the search leaves, all without one; term [k] as of
 * LogitStep.  Errors of logit_step(). */
MUST_USE ErrCode logitway_search(unsigned char kept[], const LogitData *data,
                                 const LogitWay *way, const size_t term[],
                                 size_t terms, int threads, Err *err);

#endif
