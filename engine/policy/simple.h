/* simple.h - the sections of one expression a row: facts, eligibility. */
#ifndef POLICY_SIMPLE_H
#define POLICY_SIMPLE_H

#include "policy/build.h"

void facts_read(Build *b, const Doc *root);       /* { name; expr; cite } */
void eligibility_read(Build *b, const Doc *root); /* { id; require; cite } */

/* Check and code one rule whose names all have units. */
void fact_code(Build *b, Rule *rule);
void eligibility_code(Build *b, Rule *rule);

#endif
