/* sections.h - what a policy's sections become once lending.h and valuation.h
 * have read them; who explains a row looks inside.
 */
#ifndef CREDIT_SECTIONS_H
#define CREDIT_SECTIONS_H

#include "credit/outcome.h"
#include "credit/quantity.h"
#include "credit/recovery.h"
#include "credit/relief.h"

enum { SECTIONS_ITEMS = 16, SECTIONS_GRADES = 32 };

/* A source of the recovery. */
typedef struct {
    Quantity value, haircut, cost, months;
    const Doc *node;
} Realised;

/* A part of the price. */
typedef struct {
    Quantities product;
    const Doc *node;
} PricePart;

typedef struct {
    const Doc *recovery, *price, *outcome; /* as written; may be NULL */
    Quantities exposure;
    Quantity covered, covered_months, unsecured, unsecured_months, discount,
        floor, step;
    Realised realised[SECTIONS_ITEMS];
    size_t n_realised;
    Power powers[SECTIONS_ITEMS + 2]; /* of the row before */
    PricePart parts[SECTIONS_ITEMS];
    size_t n_parts;
    const Column *grade;
    struct {
        const char *grade;
        Outcome outcome;
    } grades[SECTIONS_GRADES];
    size_t n_grades, reasons;
    OutcomeRules rules;
} Lending;

typedef struct {
    int64_t upto; /* last year of the right it is due for */
    Quantity fee;
} FeeStep;

typedef struct {
    const char *kind;
    FeeStep *steps; /* [n] */
    size_t n;
    const Doc *node;
} FeeTable;

typedef enum { USE_INCOME, USE_MIN, USE_APPRAISAL } ValuationUse;

typedef struct {
    const Doc *node;
    Quantity revenue, growth, tax, legal_years, economic_years, haircut,
        appraisal_months;
    Quantities royalty, discount;
    ReliefTiming timing;
    int from_filing; /* the economic life; else from the valuation */
    ValuationUse use;
    FeeTable *fees; /* [n] */
    size_t n;
    const Column *kind, *filed_on, *appraised_value, *appraised_on;
} Valuation;

#endif
