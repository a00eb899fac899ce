/* nearest.h - ways in: which single value, and how far, would turn a decline
 * into an approval or lift the grade.
 */
#ifndef CREDIT_NEAREST_H
#define CREDIT_NEAREST_H

#include "credit/outcome.h"
#include "policy/story.h"
#include "policy/whatif.h"

/* A change that helps, and what comes of it. */
typedef struct {
    const WhatIf *change;
    Outcome outcome;
    double points;     /* gained; NaN without a score */
    const char *grade; /* reached, or NULL */
    size_t place;      /* among the changes that were judged */
} NearestWay;

/*
 * The ways in of one application, into out[n] in the order in which they are
 * told below; how many.
 * variants  after credit_variants(): from row `first` on the application as it
 *           is, then with n changes.
 * of        [1 + n] those of these rows.
 */
size_t nearest_find(NearestWay out[], const Table *variants, size_t first,
                    const WhatIf of[], size_t n);

/* What a change is of: the title of its scorecard row; without one the field's
 * header in Chinese, and what the row looks at. */
Label nearest_name(Story *story, const WhatIf *change);

/* "debt to assets from 61% to below 55% would lift the score by 8 points to
 * grade B: approve"; texts live in the story's arena. */
Label nearest_say(Story *story, const NearestWay *way);

/*
 * Judge the changes of one application and tell those that help, as further
 * rows of the table that policy_explain() made: step "would help", rule and
 * cite of the scorecard row, what it looks at, "8% -> 10%", the outcome, which
 * renderers translate, and a sentence with points and grade.
 *
 * variants  1 + n rows, all the application's inputs; gets the columns of
 *           credit_apply().
 * of        [1 + n]; of[0] changes nothing.
 * A change helps when the outcome is better (approve, then refer, then
 * decline), or, short of a decline, as good with a grade of a lower PD.  Of
 * each scorecard row the change over the fewest bands is told; those with the
 * better outcome first, then over fewer bands, then in the order of the file.
 * Where none helps, one row says so; nothing is told of an application that is
 * incomplete. Errors as credit_apply().
 */
MUST_USE ErrCode credit_nearest(Table *trace, Table *variants,
                                const Policy *policy, Date as_of,
                                const WhatIf of[], Err *err);

#endif
