/* condition.h - can a condition be true, can it be false?
 *
 * Every row that the tests of a condition can tell apart is looked at: of each
 * name, or part, that is compared with constants one value at each of them and
 * one in each gap, within `min`, `max` and `values`, and null.  Facts are
 * looked into.  What is no such comparison is true, false or null as it likes,
 * so "never" is certain, and "can be" is not.
 */
#ifndef POLICY_CONDITION_H
#define POLICY_CONDITION_H

#include "policy/build.h"

enum {
    CONDITION_AXES = 16,     /* names and parts of one condition */
    CONDITION_NODES = 1024,  /* facts that stand in it written out */
    CONDITION_WORK = 1 << 17 /* rows times nodes; more is not looked at */
};

typedef struct {
    int is_null;
    Truth truth;
    Number number;
    const char *word;
} Sample;

/* What is compared, and all the values it is given. */
typedef struct {
    const Node *on;
    const char **words; /* that it is compared with [n_words] */
    Number *points;     /* the same of numbers, rising [n_points] */
    size_t n_words, n_points, word_capacity, point_capacity;
    Sample *samples; /* [n], null the first */
    size_t n, at;    /* at: the one of this row */
} ConditionAxis;

typedef struct {
    Build *b;
    Arena *scratch;
    ConditionAxis axes[CONDITION_AXES];
    size_t n, nodes;
    int is_cut; /* too much to look at, or no memory */
} Condition;

/* Note what a checked condition compares; any number of them share rows. */
void condition_note(Condition *c, const Node *node);

/* Begin with the first row; 0 when there are too many. */
int condition_start(Condition *c);
int condition_next(Condition *c); /* 0 behind the last */

Truth condition_truth(const Condition *c, const Node *node); /* on this row */

#endif
