/* borrowers.h - what a factor model says of loans that do not say it
 * themselves: the chance of default of a grade, and the loss given default.
 */
#ifndef POOL_BORROWERS_H
#define POOL_BORROWERS_H

#include "data/docgrammar.h"
#include "pool/factors.h"

/* `lgd` and `grades` of the document into the model. */
void borrowers_read(Factors *f, Arena *arena, const Doc *group, DocReader *r);

/* The yearly pd of a grade; NaN when it is NULL or not named. */
double borrowers_pd(const Factors *f, const char *grade);

#endif
