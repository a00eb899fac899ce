/* gradehistory.h - from ratings with dates to what became of each firm: time
 * spent in each grade, and where firms of a grade stand a year later.
 */
#ifndef CREDIT_GRADEHISTORY_H
#define CREDIT_GRADEHISTORY_H

#include "core/date.h"
#include "core/mem.h"
#include "stat/transitions.h"

#include <stddef.h>
#include <stdint.h>

enum { GRADE_WITHDRAWN = UINT16_MAX };

typedef struct {
    const char *firm;
    Date on;
    uint16_t state; /* grade from 0, the best; their number: default; or
                     * GRADE_WITHDRAWN */
    uint32_t line;
} Rating;

typedef struct {
    Date start, end; /* what happens outside is not counted */
    size_t grades;   /* without default */
    int is_snapshot; /* a firm is not watched after its last rating; else that
                      * one holds until `end` */
    const char *file;
} RatingWindow;

typedef struct {
    Spell *spells;  /* [nspells] of the time between start and end */
    Spell *cohorts; /* [ncohorts] one year each, of firms that were graded at
                     * its begin and not withdrawn at its end */
    size_t nspells, ncohorts;
    uint32_t firms;    /* that Spell.firm numbers from 0 */
    int years;         /* whole ones between start and end: cohorts */
    uint64_t *left;    /* [grades] withdrawn within the year of a cohort */
    uint64_t unheeded; /* ratings after a default, which is for good */
} GradeMoves;

/* From one day to a later one: months / 12, and days of a month in parts of
 * its length. */
double gradehistory_years(Date from, Date to);

/*
 * ratings [n] in any order; they are sorted by firm and day.
 * A rating holds from its day until the next one's.  A firm that is withdrawn
 * is not watched until it is rated again; its time before counts.  Cohorts
 * begin at `start` and each year after; a firm that is withdrawn when one ends
 * is left out of it.
 * Errors  ERR_INPUT naming the lines of two ratings of one firm on one day that
 *         differ; ERR_MEMORY.
 * Cost    n log n.
 */
MUST_USE ErrCode gradehistory_moves(GradeMoves *out, Arena *arena,
                                    Rating ratings[], size_t n,
                                    const RatingWindow *window, Err *err);

#endif
