/* world.h - the invented firms and their rights, the same in every file. */
#ifndef DATASETS_WORLD_H
#define DATASETS_WORLD_H

#include "draw.h"

enum { COUNTIES = 4, INDUSTRIES = 12, BANKS = 6, RIGHTS_MAX = 8 };

extern const char *const county_names[COUNTIES];
extern const char *const bank_names[BANKS];
extern const struct Industry {
    const char *code; /* GB/T 4754-2017 division */
    int weight;       /* firms out of 100 */
    double revenue;   /* thousand yuan a head, median */
    double research;  /* R&D expense by revenue, median */
    double royalty_low, royalty_high;
} industries[INDUSTRIES];

enum { FIRM_ID = 19 };

typedef struct {
    char id[FIRM_ID]; /* unified social credit code */
    char name[32];
    int number, county, industry;
    double size, quality; /* standard normals behind its figures */
    int employees, research_staff;
    double revenue;  /* yuan a year */
    double research; /* R&D expense by revenue */
} Firm;

Firm firm_of(int number);

/* "micro", "small", "medium" or "large": rules/eligibility/sme-size-2011.cfg,
 * which a test holds it to. */
const char *size_class_of(const Firm *firm);

/* The group of companies that a firm is of; 0: none.  One in forty is of one of
 * eighty. */
int group_of(const Firm *firm);

/* A code with valid check characters in a region that does not exist, 99.
 * `kind` is 91 for companies, 12 for public institutions. */
void code_of(char out[FIRM_ID], int kind, int county, int number);

typedef enum {
    KIND_INVENTION,
    KIND_UTILITY,
    KIND_DESIGN,
    KIND_TRADEMARK,
    KIND_COPYRIGHT,
    KIND_LAYOUT,
    KIND_VARIETY,
    KINDS
} RightKind;

extern const char *const kind_names[KINDS];

typedef struct {
    char id[32];
    RightKind kind;
    const char *status;
    Date filed, granted, fee_until, appraised_on;
    int is_granted, has_fee, has_royalty, has_value;
    int pledged, disputed;
    int owners, claims, citations, family;
    double revenue, growth, royalty;
    Money value;
} Right;

/* The rights of a firm as they stood on `day`, and how many: at most
 * RIGHTS_MAX.  A firm that `pledges` them has one at least, mostly two to five,
 * and they are its main products. */
int rights_of(Right out[RIGHTS_MAX], const Firm *firm, Date day, int pledges);

int right_class(const Right *right); /* 1, 2; 0: in none */

#endif
