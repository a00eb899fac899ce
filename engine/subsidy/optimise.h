/* optimise.h - figures of a rule file chosen within a budget: rates, brackets
 * and caps that do most for the money, on next year's contracts drawn many
 * times.
 *
 * Cost is what payers are to pay before the budgets of the rules, for those are
 * what is being chosen.  Every set of figures meets the same simulated years.
 */
#ifndef SUBSIDY_OPTIMISE_H
#define SUBSIDY_OPTIMISE_H

#include "core/fault.h"
#include "stat/optimum.h"
#include "stat/sample.h"
#include "subsidy/futures.h"

/* What is to be as large, or for the Gini as small, as it can. */
#define OPTIMISE_AIMS(X)                                                       \
    X(AIM_INDUCED, "induced")                                                  \
    X(AIM_FIRMS, "firms")                                                      \
    X(AIM_GINI, "gini")

typedef enum {
#define X(name, word) name,
    OPTIMISE_AIMS(X)
#undef X
        OPTIMISE_AIM_COUNT
} OptimiseAim;

/* A figure of the rules: low + k step, k from 0 to last. */
typedef struct {
    const char *path; /* as of policy_changed() */
    FieldType type;   /* MONEY fen, RATIO billionths, COUNT */
    int64_t low, step;
    uint32_t last;
} Knob;

typedef struct {
    const Policy *base;  /* the contracts came under it */
    const Policy *start; /* it, or a reform of it, whose figures are chosen */
    const Knob *knob;    /* [n] */
    size_t n;            /* 1 to OPTIMUM_FIGURES */
    OptimiseAim aim;
    int64_t budget;    /* fen */
    Level confidence;  /* how sure to stay within it */
    const char *payer; /* whose budget it is; NULL: of all */
    size_t points;     /* of the frontier, at least 2 */
} OptimisePlan;

/*
 * Choose, and draw the frontier: what each of some budgets does at best, from
 * the least that the rules can cost to where more money does no more.
 *
 * chosen  [plan->n] values.
 * Adds to `tables`
 *   optimise_basis     what was asked and how much was tried
 *   optimise_chosen    rules in force and as chosen: the figures, and their
 *                      cost (mean, `cost_sure` at the confidence and its 95%
 *                      interval), induced (where firms answer), firms, gini:
 * mean and the range of 9 years in 10 optimise_frontier  the same for each
 * budget ERR_DOMAIN  when nothing keeps within the budget, with the least there
 * is; ERR_INPUT where the payer is not one of the rules', or firms answer to
 * nothing and are to; ERR_RULE once the faults of a value are listed; else as
 * futures_run(). Cost        some hundred sets of figures, each read, judged on
 * the stock and paid in every simulated year.
 */
MUST_USE ErrCode optimise_run(int64_t chosen[], Tables *tables,
                              const Table *contracts, const OptimisePlan *plan,
                              const Outlook *outlook,
                              const FuturesOptions *options, Faults *faults,
                              Err *err);

/* A value of a knob as a rule file has it: "12.5%", "300000.00".  ERR_MEMORY.
 */
MUST_USE ErrCode optimise_text(const char **out, Arena *arena, const Knob *knob,
                               int64_t value, Err *err);

#endif
