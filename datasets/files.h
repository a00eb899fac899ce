/* files.h - the files of the invented world, one function each. */
#ifndef DATASETS_FILES_H
#define DATASETS_FILES_H

#include "sheet.h"
#include "world.h"

enum { APPLICATIONS = 3000, APPLICATIONS_ZH = 200, LOANS = 10000 };

/* Row `i` (from 0); in a sheet's header row only its names are written. */
void application_row(Sheet *s, int i);
void rights_rows(Sheet *s, int i); /* of application i: none or several */
void loan_row(Sheet *s, int i);
void contract_row(Sheet *s, int i);
void outcome_row(Sheet *s, int i);

void suizhou_contract_row(Sheet *s, int i);
void suizhou_result_row(Sheet *s, int i);

enum { CONTRACTS = 240, OUTCOMES = 3000 };
enum { SUIZHOU_CONTRACTS = 80, SUIZHOU_RESULTS = 29 };

#endif
