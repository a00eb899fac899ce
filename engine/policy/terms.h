/* terms.h - the sections of a subsidy policy that say how awards become
 * payments, read and checked: stacking, limits, match, budget, rounding,
 * clawback.
 *
 * rules/subsidy/README.md has their words.  Amounts and shares are literals or
 * names of the policy's parameters.
 */
#ifndef POLICY_TERMS_H
#define POLICY_TERMS_H

#include "data/doc.h"
#include "data/texts.h"
#include "policy/budget.h"
#include "policy/clawback.h"
#include "policy/limit.h"
#include "policy/match.h"
#include "policy/names.h"
#include "policy/policy.h"
#include "policy/rounding.h"
#include "policy/scale.h"

typedef enum {
    STACK_CUMULATIVE, /* 可叠加: all awards are paid */
    STACK_HIGHEST,    /* 就高不重复: the highest alone */
    STACK_TOP_UP      /* 就高补差: later ones fill up to the highest */
} StackRule;

enum { TERMS_AWARDS = 8 }; /* the most awards of a policy */

/* Names keep their places over all days of a policy. */
typedef struct {
    Names awards, limits, payers;
} TermsBook;

/* What holds on one day. */
typedef struct {
    const char *base; /* column the scales act on: what is claimed */
    int is_annual;    /* the scales act on a firm's sum of the year */
    StackRule rule;
    int is_firm_year; /* it stacks a firm's claims of a year too */
    unsigned awards;  /* bit i: award i of the book is given */
    const Scale *scale[TERMS_AWARDS]; /* the award's; NULL: it is no scale */
    const Limit *limit[NAMES_MOST];   /* by place in the book; NULL: none */
    const Match *match;               /* [n_match] */
    size_t n_match;
    const Budget *budget; /* [n_budget] */
    size_t n_budget;
    const Clawback *clawback; /* [n_clawback] */
    size_t n_clawback;
    Rounding rounding;
} Terms;

/* The sections as they stand on that day; only stacking must be there. */
typedef struct {
    const Doc *stacking, *scales, *limits, *match, *budget, *rounding,
        *clawback;
    const Policy *policy; /* knows the parameters; NULL: literals only */
    Date day;
} TermsSource;

TermsSource terms_source(const Policy *policy, Date day);

/*
 * Read the sections.  Names that are new get the next places in `book`.
 * ERR_RULE after every fault is listed; ERR_MEMORY.
 */
MUST_USE ErrCode terms_read(const Terms **out, TermsBook *book, Arena *arena,
                            Texts *texts, const TermsSource *source,
                            Faults *faults, Err *err);

#endif
