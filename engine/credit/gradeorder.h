/* gradeorder.h - names of grades, the best first. */
#ifndef CREDIT_GRADEORDER_H
#define CREDIT_GRADEORDER_H

#include <stddef.h>

/*
 * Sort names[n]: letters as agencies use them (AAA, AA+, AA, AA-, A+ ... C),
 * or the five classes of loans in China, where all names are such; else by
 * text, runs of digits as numbers (R2 before R10).
 * Source of the five classes: CBIRC and PBC, Measures for the risk
 *         classification of financial assets of commercial banks (2023),
 *         article 6.
 */
void gradeorder_sort(const char *names[], size_t n);

#endif
