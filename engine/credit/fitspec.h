/* fitspec.h - how a scorecard is to be fitted: the group `model` of a file.
 *
 * model = { id = "sme-card"; target = "bad"; };
 *
 * is enough; rules/scorecards.md lists the rest with what stands in its place.
 */
#ifndef CREDIT_FITSPEC_H
#define CREDIT_FITSPEC_H

#include "credit/classing.h"
#include "data/doc.h"
#include "stat/logitway.h"

typedef struct {
    const char *name;
    ClassingRule rule;
} FitColumn;

typedef struct {
    const char *const *items; /* [n] */
    size_t n;
} FitNames;

/* What is made of rows without an outcome: nothing, or cases (cardinfer.h). */
typedef enum { INFER_NONE, INFER_FUZZY, INFER_PARCEL } FitInfer;

typedef struct {
    const char *id, *cite;
    Label title;
    const char *target; /* the column of the outcome, */
    const char *event;  /* its cell where it happened; NULL: 1, true, yes ... */
    FitNames only, skip;      /* only.n = 0: every column but `skip` */
    FitNames words, missing;  /* as in sheet.h */
    ClassingRule rule;        /* of columns without one of their own */
    const FitColumn *columns; /* [n_columns] those that have one */
    size_t n_columns;
    double iv_least; /* of a column that is used */
    double ridge;    /* penalty, of logit.h; -1: picked by ridgepick.h */
    LogitWay way; /* the regression, where one was asked for; plain: `ridge` */
    const char *weight, *offset, *cluster; /* columns of the regression, or
                                            * NULL */
    FitInfer infer;
    double worse; /* odds (fuzzy) or rates (parcels) of rejects by those of
                   * accepted of their score */
    int refuse_wrong_sign;   /* else the column is dropped, and told */
    double pdo, score, odds; /* `odds` goods to a bad stand at `score` points,
                              * and double every `pdo` points */
    int64_t decimals;        /* of points */
    Date from;               /* first day of the scorecard */
    const char *date_used;   /* as in a policy's head, or NULL */
} FitSpec;

/*
 * ERR_RULE after every fault is listed; ERR_MEMORY.
 * Bins are by default at most 8 of at least 1% of the rows and 30 rows, from
 * 100 pre-bins, rising or falling (trend auto), with an event and another row
 * in each; words of fewer than 30 rows are pooled; every column is used; the
 * ridge is picked; columns whose coefficient has the wrong sign are dropped;
 * 600 points are odds of 20, which double every 50 points.
 */
MUST_USE ErrCode fitspec_read(FitSpec *out, Arena *arena, const Doc *root,
                              Faults *faults, Err *err);

/* The same without a file. */
FitSpec fitspec_default(const char *target);

/* The rule of a column. */
const ClassingRule *fitspec_rule(const FitSpec *spec, const char *name);

/* Is a column one that may be used?  Target, weight and offset are not. */
int fitspec_uses(const FitSpec *spec, const char *name);

#endif
