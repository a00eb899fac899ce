/* migrationtables.h - what migration.h finds, as tables. */
#ifndef CREDIT_MIGRATIONTABLES_H
#define CREDIT_MIGRATIONTABLES_H

#include "credit/migration.h"

/*
 * migration_counts    firms of each grade (rows) by where they stood a year
 *                     later (columns to_GRADE, to_default), withdrawn apart
 * migration_cohort    the cohort estimate of chances within a year
 * migration_duration  the duration estimate of them
 * migration_grades_cohort, migration_grades_duration
 *                     by grade: firm-years and defaults of cohorts, or years
 *                     watched and changes; PD of a year with interval, whether
 *                     it is at least that of the better grade, and in which
 *                     part of the samples
 * migration_terms     by grade and year: chance of default until then
 * migration_mobility  by way: the mobility index
 * migration_cells     each chance of a year with its interval
 * Tables and columns of a way that is not there are left out.
 * ERR_MEMORY.
 */
MUST_USE ErrCode migration_tables(Tables *tables, const Migration *m,
                                  const MigrationWay ways[], Err *err);

#endif
