/* clauses.h - reading the parts of a scheme: words, parties, layers, limits. */
#ifndef POOL_CLAUSES_H
#define POOL_CLAUSES_H

#include "pool/scheme.h"

typedef struct {
    Scheme *scheme;
    Arena *arena;
    DocReader r;
} Clauses;

/* Faults as doc_fault() lists them; the second with a text composed by
 * printf's rules from a translated format. */
void clause_fault(Clauses *t, const Doc *node, const char *problem,
                  const char *way_out);
void clause_say(Clauses *t, const Doc *node, const char *way_out,
                const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* A warning at a node, while nothing has failed. */
void clause_warn(Clauses *t, const Doc *node, const char *problem,
                 const char *way_out);

/* Zeroed memory, or NULL after the error is set. */
void *clause_take(Clauses *t, size_t n, size_t size);

/* The list called `name` when all its children are groups; else NULL, after a
 * fault unless the list is missing. */
const Doc *clause_list(Clauses *t, const Doc *group, const char *name);

/* The index of a child's text among words[n]; the default when it is missing
 * (a fault when that is < 0). */
int clause_word(Clauses *t, const Doc *group, const char *name,
                const char *const words[], int n, int absent);

/* "year", "life" in quotes, as many as there is room for. */
void clause_words(char *out, size_t room, const char *const words[], size_t n);

/* The party that a child names; `absent` when it is missing (a fault when that
 * is -2). */
int clause_party(Clauses *t, const Doc *group, const char *name, int absent);

/* 1 when the child is there and a share or rate. */
int clause_fraction(Clauses *t, Fraction *out, const Doc *group,
                    const char *name, int optional);

/* The same, with a warning when it is more than the whole: "1.6" for "1.6%". */
int clause_rate(Clauses *t, Fraction *out, const Doc *group, const char *name,
                int optional);

/* An amount that is there and at least 0, in fen. */
int64_t clause_amount(Clauses *t, const Doc *group, const char *name);

/* layers.c: `layers` and their shares */
void layers_read(Clauses *t, const Doc *group);

/* limits.c: `caps`, `balances`, and the order of parties by overflow; after
 * the layers */
void limits_read(Clauses *t, const Doc *group);

/* opening.c: `opening`; after the limits and breakers */
void opening_read(Clauses *t, const Doc *group);

/* fundingfile.c: `premium`, `reserves` (of the opening too) and
 * `leverage_limit` */
void funding_read(Clauses *t, const Doc *group);

/* The child `denominator` of a rate by year. */
Denominator limits_yearly(Clauses *t, const Doc *group);

#endif
