/* valuation.h - the section `valuation` of a policy of kind "value", and what
 * it says of one right.
 *
 *   valuation = {
 *     revenue = "revenue"; growth = "growth"; royalty = ( "royalty" );
 *     discount = ( "risk_free", "technical_risk" );    # added up
 *     tax = "0%"; timing = "end_of_year";              # or "mid_year"
 *     legal_years = "legal_years";                     # from filing; null:
 * none economic_years = "economic_years"; economic_from = "valuation";  #
 * "filing" fees = ( { kind = "invention"; steps = ( { upto = 3; fee = "fee_1";
 * } ); } ); use = "min"; appraisal_months = 12;              # "income",
 * "appraisal" haircut = "haircut"; };
 *
 * Figures are literals, parameters or columns (quantity.h).
 */
#ifndef CREDIT_VALUATION_H
#define CREDIT_VALUATION_H

#include "credit/sections.h"

/* Read and check the section.  ERR_RULE with the first fault; ERR_MEMORY. */
MUST_USE ErrCode valuation_read(Valuation **out, const Doc *section,
                                QuantityScope *scope, Err *err);

typedef struct {
    double life;  /* years; NaN when it cannot be told */
    double value; /* yuan, >= 0; NaN when it cannot be told */
    double carry; /* of it what can be lent against */
} ValuationResult;

/*
 * One right on one day.  Life is the lesser of the legal term from filing and
 * the economic life, in whole months; annual fees fall due at the anniversaries
 * of filing.  Value is that of the income method, not below 0; with `use` "min"
 * the lesser of it and an appraisal not older than appraisal_months (the one
 * there is, when there is one), with "appraisal" the appraisal alone.
 * Source  patent law art. 42 (terms from filing); facts of the rule file.
 */
ValuationResult valuation_of(const Valuation *valuation, size_t row, Date day);

/* How valuation_of() comes to its result; NaN where a figure is null. */
typedef struct {
    int64_t age;                     /* whole months since filing; NULL_INT */
    double legal, economic, months;  /* whole months left; legal NaN: no end */
    ReliefCase relief;               /* its fees are `fees` */
    double fees[RELIEF_YEARS];       /* of the years of the relief */
    const FeeTable *table;           /* of the kind, or NULL */
    double income, appraisal, value; /* yuan */
    double haircut;
} ValuationParts;

void valuation_parts(ValuationParts *out, const Valuation *valuation,
                     size_t row, Date day);

#endif
