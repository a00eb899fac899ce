/* recalibrate.h - PDs of a model put right by what was seen, or moved to a
 * stated mean; then grades of a master scale.
 */
#ifndef CREDIT_RECALIBRATE_H
#define CREDIT_RECALIBRATE_H

#include "data/table.h"
#include "stat/cases.h"

#include <stddef.h>

typedef enum {
    RECALIBRATE_TENDENCY, /* one shift of all log-odds: stat/odds.h */
    RECALIBRATE_PLATT,    /* a line: stat/platt.h, smoothed aims */
    RECALIBRATE_ISOTONIC  /* steps that never fall: stat/isotonic.h */
} RecalibrateMethod;

typedef struct {
    RecalibrateMethod method;
    const double *score; /* [n] PDs, or minus points, of all cases */
    size_t n;
    int is_pd;
    Cases known; /* those with an outcome; not used by TENDENCY */
    double mean; /* the mean PD that all cases shall have; NaN: as fitted */
} Recalibration;

/*
 * pd[n], and the table calibration_function: what makes the PD of a score
 * (shift; intercept and slope over log-odds of the PD or over points; or each
 * step's PD from a PD on, or from these points down).
 * Errors of the methods; ERR_DOMAIN when TENDENCY has no mean or no PDs.
 */
MUST_USE ErrCode recalibrate(double pd[], Tables *tables,
                             const Recalibration *r, Err *err);

/* The table calibration_scale: `grades` of one factor from PD `low` to `high`,
 * with the cases, share and mean PD in each; grade[i] of case i is interned. */
MUST_USE ErrCode recalibrate_scale(const char *grade[], Tables *tables,
                                   const double pd[], size_t n, size_t grades,
                                   double low, double high, Err *err);

#endif
