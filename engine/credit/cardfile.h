/* cardfile.h - a fitted scorecard as a rule file: what `kedan assess` uses and
 * people read, with the fit it came from.
 */
#ifndef CREDIT_CARDFILE_H
#define CREDIT_CARDFILE_H

#include "credit/cardfit.h"
#include "data/source.h"

#include <stdio.h>

/*
 * Write it: head, inputs, `pd` as a formula of `score`, the scorecard with an
 * attribute a column, `fit` (data and spec with their hashes, counts, log
 * likelihood, AUC, certificate, each column's coefficient with its standard
 * error, what was left out and why), and three examples: the most points, the
 * least, nothing known.
 * program  what fitted it, "kedan 0.1.0".
 * ERR_IO when the stream refuses.
 */
MUST_USE ErrCode cardfile_write(FILE *to, const CardFit *fit,
                                const Source *data, const Source *spec,
                                const char *program, Err *err);

#endif
