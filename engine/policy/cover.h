/* cover.h - which rules, bands, brackets and limits of a policy the rows of a
 * table touch.
 */
#ifndef POLICY_COVER_H
#define POLICY_COVER_H

#include "policy/inside.h"
#include "policy/scale.h"

/* One way that a rule can turn out. */
typedef struct {
    const char *part; /* eligibility, scorecard, decision, scale, constraint */
    const char *rule; /* id of the row, attribute, table, scale */
    const char *item; /* true, false, null; band, rule, bracket, limit */
    const char *says; /* ">= 30%", or NULL */
    const char *cite; /* or NULL */
    const char *of;   /* the id that an example names */
    size_t cases;     /* that touched it */
} CoverItem;

/* Where the outcome of a rule stands in a frame, and which items it is. */
typedef enum { PROBE_TRUTH, PROBE_INDEX, PROBE_MASK, PROBE_BRACKET } ProbeKind;

typedef struct {
    ProbeKind kind;
    int slot;
    const Scale *scale; /* PROBE_BRACKET */
    size_t *items;      /* [n] place in Cover.items, or COVER_NONE */
    size_t n;
} Probe;

#define COVER_NONE ((size_t)-1)

/* The probes of one era. */
typedef struct {
    const Era *era;
    Probe *probes; /* [n] */
    size_t n, capacity;
} CoverEra;

typedef struct {
    Arena *arena;
    const Policy *policy;
    CoverItem *items; /* [n] in the order of the rules, each once however many
                         versions have it */
    size_t n, capacity;
    CoverEra *eras; /* [policy->n_eras] */
    size_t rows;    /* that were looked at */
    size_t outside; /* of them on a day without a version, or without a day */
    int failed;     /* no memory */
} Cover;

/* What there is to touch; NULL without memory. */
Cover *cover_new(Arena *arena, const Policy *policy);

/* Run the rows through the rules and count.  Errors as policy_apply(); adds no
 * column.  Cost: that of policy_apply() and a look at each probe. */
MUST_USE ErrCode cover_count(Cover *cover, const Table *table, Date as_of,
                             Err *err);

/* Call `touch` with each item that row `i` of a frame touches. */
typedef void (*CoverFn)(void *to, size_t item, size_t row);
void cover_look(const CoverEra *era, void *const at[], size_t i, CoverFn touch,
                void *to);

#endif
