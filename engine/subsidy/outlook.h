/* outlook.h - what is believed of next year's contracts, stated in a file:
 * how many, how large, how firms answer to another subsidy.
 *
 *     outlook = { id = "suizhou-2026"; title = { zh = "..."; en = "..."; };
 *       count  = { model = "negative_binomial"; by = "county";
 *                  dispersion = "0.02"; source = "..."; confidence = "M"; };
 *                  (or "poisson", or "fit": the one of least AIC)
 *       growth = { mean = "8%"; sd = "5%"; source; confidence; };
 *       prices = { mean = "2%"; sd = "1%"; source; confidence; };
 *       response = { elasticity = "1.0"; sd = "0.3"; source; confidence; };
 *       gaming = { share = "30%"; within = "10%"; source; confidence; };
 *       value  = { model = "fit"; tail_from = "300万"; source; confidence; };
 * };
 *
 * Every group may be left out, and none goes without source and confidence.
 */
#ifndef SUBSIDY_OUTLOOK_H
#define SUBSIDY_OUTLOOK_H

#include "data/doc.h"
#include "data/table.h"

/* A number that is normal about its mean; sd 0: certain. */
typedef struct {
    double mean, sd;
} Belief;

/* Where values come from: contracts as they were, or a distribution fitted to
 * them; "fit" takes the one of least AIC. */
#define OUTLOOK_VALUES(X)                                                      \
    X(VALUE_RESAMPLE, "resample")                                              \
    X(VALUE_FIT, "fit")                                                        \
    X(VALUE_LOGNORMAL, "lognormal")                                            \
    X(VALUE_GAMMA, "gamma")                                                    \
    X(VALUE_WEIBULL, "weibull")                                                \
    X(VALUE_PARETO, "pareto")

typedef enum {
#define X(name, word) name,
    OUTLOOK_VALUES(X)
#undef X
} OutlookValue;

typedef struct {
    int by_county;      /* each county has a number of its own */
    int is_counted;     /* how much that varies is taken from the contracts */
    double dispersion;  /* ... or stated; 0: Poisson */
    Belief growth;      /* of the number, a share of last year's */
    Belief prices;      /* of every value, likewise */
    Belief response;    /* elasticity to what the firm pays itself; 0: none */
    int has_gaming;     /* firms step over the steps of a scenario */
    int gaming_is_seen; /* ... as many as the contracts show */
    double gaming;      /* ... or this share of those within reach */
    int64_t within;     /* what reach is, in billionths of the step */
    OutlookValue value;
    int64_t tail_from;   /* fen: a generalised Pareto tail; 0: none */
    const Table *stated; /* "subsidy_outlook": name, value, source,
                          * confidence; or NULL */
} Outlook;

/* What is believed without a file: contracts as they were, Poisson many. */
#define OUTLOOK_PLAIN ((Outlook){0})

/* ERR_RULE after every fault is listed; ERR_MEMORY. */
MUST_USE ErrCode outlook_read(Outlook *out, Tables *tables, const Doc *root,
                              Faults *faults, Err *err);

#endif
