/* draw.h - the invented world's dice: every number is a pure function of the
 * seed, a subject, a row and how many were drawn for that row before.
 */
#ifndef DATASETS_DRAW_H
#define DATASETS_DRAW_H

#include "core/date.h"
#include "core/money.h"

#include <stdint.h>

/* Each subject has dice of its own, so that a change of one leaves the others
 * alone. */
typedef enum {
    SUBJECT_FIRM = 1,
    SUBJECT_RIGHT,
    SUBJECT_APPLICATION,
    SUBJECT_LOAN,
    SUBJECT_CONTRACT,
    SUBJECT_OUTCOME,
    SUBJECT_SUIZHOU,
    SUBJECT_GROUP
} Subject;

typedef struct {
    uint32_t subject, row, next;
} Draw;

Draw draw_at(Subject subject, int row);

double draw_unit(Draw *d); /* uniform in (0, 1) */
double draw_between(Draw *d, double low, double high);
double draw_normal(Draw *d);                /* mean 0, deviation 1 */
int draw_count(Draw *d, int low, int high); /* low to high, each as likely */
int draw_chance(Draw *d, double p);         /* 1 with probability p */
int draw_pick(Draw *d, const int weights[], int n); /* an index */

/* exp and the logit's inverse, with one result on every machine. */
double draw_exp(double x);
double draw_logistic(double x);

/* Lognormal: `mean` is the mean, `z` a standard normal. */
double draw_lognormal(double mean, double sigma, double z);

double clamp(double x, double low, double high);

/* `yuan` rounded to a multiple of `unit` yuan (or 0.01). */
Money amount_of(double yuan, double unit);

Date day_plus(Date day, int days);
int day_between(Draw *d, Date first, Date last); /* days since 1970-01-01 */

#endif
