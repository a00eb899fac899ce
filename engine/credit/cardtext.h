/* cardtext.h - words and numbers as a rule file has them. */
#ifndef CREDIT_CARDTEXT_H
#define CREDIT_CARDTEXT_H

#include "data/hash.h"

#include <stdint.h>
#include <stdio.h>

/* A libconfig string's inside. */
void cardtext_text(FILE *to, const char *text);

/* A number with at most 9 decimals, as literals are written. */
void cardtext_number(FILE *to, double x);

/* Points in 10^-decimals. */
void cardtext_points(FILE *to, int64_t points, int64_t decimals);

void cardtext_hash(FILE *to, const Hash *hash); /* 64 hexadecimal digits */

#endif
