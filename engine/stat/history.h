/* history.h - yearly chances of default by group, from what became of loans.
 *
 * Reads  outcomes: a group column (industry), defaulted, and the time at risk:
 *        term_months, else started_on with defaulted_on or as_of.
 * Adds   pd to a book that has the same group column.
 */
#ifndef STAT_HISTORY_H
#define STAT_HISTORY_H

#include "data/table.h"

#include <stddef.h>

typedef struct {
    double years;    /* loan-years at risk */
    double defaults; /* how many of these loans failed */
    double rate;     /* defaults / years; NaN without years */
    double weight;   /* credibility of that rate, in [0, 1] */
    double hazard;   /* weight * rate + (1 - weight) * mean of all */
    double pd;       /* 1 - e^-hazard: the chance of a default in a year */
} HistoryGroup;

/*
 * Rates of groups that differ in size, drawn to their common mean m as far as
 * chance explains them: with counts that are Poisson given a group's own rate,
 *   weight = years / (years + m / a),
 *   a = (sum years (rate - m)^2 - (k - 1) m) / (Y - sum years^2 / Y), or 0,
 * where Y sums the years and k groups have any.
 *
 * groups   [n]; `years` and `defaults` are given, the rest is filled.
 * mean     m = all defaults / all years.
 * ERR_DOMAIN when no year is at risk, or a number is negative or not finite.
 * Source   Bühlmann and Straub (1970); semiparametric estimation for Poisson
 *          counts as in Klugman, Panjer and Willmot, Loss Models, on empirical
 *          Bayes parameter estimation.
 */
MUST_USE ErrCode history_rates(double *mean, HistoryGroup groups[], size_t n,
                               Err *err);

/*
 * The same from a table of past loans, by `group`, for each row of a book.
 * out      a table "history_rates": group, count, loan_years, defaults, rate,
 *          weight, pd, a line for each group in order of its name; past loans
 *          without an outcome, a group or time at risk are not counted.
 * book     gets a column pd: its group's, or that of the mean hazard where
 *          the past does not know the group.
 * ERR_INPUT when a column is missing or the book has a pd; ERR_MEMORY.
 * Cost     a sort of the past, O(log groups) a row of the book.
 */
MUST_USE ErrCode history_apply(Table **out, Table *book, const Table *past,
                               Field group, Err *err);

#endif
