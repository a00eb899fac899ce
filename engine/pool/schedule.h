/* schedule.h - what of a loan is left at the start of each year. */
#ifndef POOL_SCHEDULE_H
#define POOL_SCHEDULE_H

#include "core/date.h"
#include "core/ratio.h"

/* Ways to pay back, X(name, word in the portfolio). */
#define SCHEDULES(X)                                                           \
    X(BULLET, "bullet")                                                        \
    X(EQUAL_PRINCIPAL, "equal_principal")                                      \
    X(EQUAL_PAYMENT, "equal_payment")

typedef enum {
#define X(name, word) SCHEDULE_##name,
    SCHEDULES(X)
#undef X
        SCHEDULE_COUNT
} Schedule;

/* SCHEDULE_COUNT when it is not known; no word at all is a bullet. */
Schedule schedule_named(const char *word);

typedef struct {
    Schedule kind;
    int64_t fen; /* outstanding on the opening day or when it starts, >= 0 */
    int matures; /* 0: no date, it stands for all years */
    Date matures_on;
    Ratio rate;     /* a year, >= 0; paid monthly, for equal payments */
    Date starts_on; /* after the opening day: new business; else unused */
} ScheduleLoan;

/*
 * Balance `months` months after `opening`, months >= 0: 0 before it has started
 * and once it has matured; on the day it starts, all of it.
 * Months are counted from the opening day, or from the start of new business;
 * instalments are monthly, due on that day of the month or on its last (from
 * 31 January: 28 February, 31 March ...), the last one as the loan matures;
 * what is due on the day itself is paid:
 * equal principal leaves m of n months' parts, equal payment
 * (1 - v^m)/(1 - v^n) with v = 1/(1 + rate/12).  Rounded to the fen.
 */
int64_t schedule_balance(const ScheduleLoan *loan, Date opening, int months);

#endif
