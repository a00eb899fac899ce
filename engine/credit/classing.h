/* classing.h - one column of data cut into the classes of a scorecard.
 *
 * Ranges of a number, groups of words, one class for each special code, one
 * for missing values; each with its rows, events and weight of evidence.  Rows
 * and events are sums of weights: a weight is how many equal rows one stands
 * for, and whole weights cut as those rows would.
 */
#ifndef CREDIT_CLASSING_H
#define CREDIT_CLASSING_H

#include "data/table.h"
#include "stat/bins.h"

typedef enum {
    CLASS_RANGE,   /* from `from` (-inf: from below) up to the next class */
    CLASS_WORDS,   /* one of its words */
    CLASS_SPECIAL, /* the number `from`, a code */
    CLASS_MISSING
} ClassKind;

typedef struct {
    ClassKind kind;
    double from;
    const char **words; /* [n_words] interned */
    size_t n_words;
    int has_rest; /* words that are rare or were never seen belong here too */
    BinCount count;
    double woe; /* 0 without rows: nothing is known of it */
} Class;

/* How a column is to be cut; shares are of the rows that have a number or a
 * word. */
typedef struct {
    BinsTrend trend;
    size_t pre, bins_least, bins_most;
    double share_least, share_most; /* rows of a bin; 0: no bound */
    uint64_t rows_least, rows_most; /* held beside the shares; of weights */
    uint64_t events_least, others_least;
    uint64_t rare;         /* words of fewer rows are pooled */
    const double *special; /* [n_special] */
    size_t n_special;
} ClassingRule;

typedef struct {
    const char *name;
    int is_words, is_weighted; /* counts are sums of weights */
    BinsTrend trend; /* found; words are put in the order of their events */
    Class *classes;  /* [n] ranges or words in order, specials, missing last */
    size_t n, n_cut; /* n_cut ranges or groups of words */
    double iv;       /* of all classes */
    BinCount total;
    const char *why; /* it cannot be used: the reason, static; else NULL */
} Classing;

/*
 * Cut a column [rows->n].  A column that cannot be cut has a reason and no
 * classes.  Totals of shares are all rows of the column, missing ones too.
 * ERR_MEMORY.
 */
MUST_USE ErrCode classing_of(Classing *out, Arena *arena, const Column *column,
                             const BinRows *rows, const ClassingRule *rule,
                             Err *err);

/* The class of a value; words by pointer, as tables have them.  A word that
 * no class has is in the one with has_rest, else n: nothing is known of it. */
size_t classing_number(const Classing *c, double x);
size_t classing_word(const Classing *c, const char *word);

/* woe [rows] of a column, 0 where nothing is known. */
void classing_woes(double woe[], const Classing *c, const Column *column,
                   size_t rows);

#endif
