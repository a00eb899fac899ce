/* ridgepick.h - how strongly the coefficients of a scorecard are held towards
 * zero: by what ranks rows best that were not looked at.
 */
#ifndef CREDIT_RIDGEPICK_H
#define CREDIT_RIDGEPICK_H

#include "credit/carddata.h"
#include "credit/fitspec.h"

enum { RIDGE_FOLDS = 5, RIDGE_REPEATS = 4, RIDGE_GRID = 7, RIDGE_ROWS = 50000 };

/* The candidates: 0, .003, .01, .03, .1, .2, .3 */
extern const double ridge_grid[RIDGE_GRID];

/* What was found.  `auc` is NaN without a look; `stretch` is the slope of the
 * log odds of rows left out by their index at that penalty: coefficients times
 * it give PDs that hold for other rows.  1 with the penalty 0. */
typedef struct {
    double lambda, stretch;
    double auc[RIDGE_GRID]; /* means over all parts */
} RidgePick;

/*
 * Rows are dealt into RIDGE_FOLDS parts, RIDGE_REPEATS times; each part in turn
 * is left out, its columns are cut and its regressions are fitted to the
 * others, and it is ranked by them.  `lambda` is the candidate of the largest
 * mean AUC over all parts, the least among equals.
 *
 * Above RIDGE_ROWS rows 0 without a look: the penalty's part in the estimates
 * falls with the rows.
 * Parts are the same for the same rows: words of a stream of seed 1.
 * Errors  those of classing and regression; ERR_DOMAIN where the slope is not
 *         above 0, so that no coefficient would be; ERR_MEMORY.
 * Source  Stone, JRSS B 36 (1974); that everything is done anew without the
 *         part: Hastie, Tibshirani, Friedman, Elements (2009), 7.10.2; slopes
 *         of rows left out: van Houwelingen, le Cessie, Statistics in Medicine
 * 9 (1990).
 */
MUST_USE ErrCode ridge_pick(RidgePick *out, Arena *arena, const CardData *data,
                            const FitSpec *spec, int threads, Err *err);

#endif
