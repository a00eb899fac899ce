/* claims.h - the claims of a run as plain arrays, from contracts to payments.
 */
#ifndef SUBSIDY_CLAIMS_H
#define SUBSIDY_CLAIMS_H

#include "data/table.h"
#include "policy/terms.h"

/* Why a claim went no further. */
#define REFUSAL_WORDS(X)                                                       \
    X(REFUSED_DUPLICATE, "duplicate")                                          \
    X(REFUSED_RELATED, "related-party")                                        \
    X(REFUSED_NOT_IN_FORCE, "not-in-force")                                    \
    X(REFUSED_INELIGIBLE, "ineligible")                                        \
    X(REFUSED_INCOMPLETE, "incomplete")

typedef enum {
    REFUSED_NOT, /* the claim goes on */
#define X(name, word) name,
    REFUSAL_WORDS(X)
#undef X
        REFUSALS
} Refusal;

const char *refusal_word(Refusal refusal); /* NULL for REFUSED_NOT */

#define CLAIM_NOBODY UINT32_MAX

/* One thing that was done to a claim's amount. */
typedef struct {
    const char *step;     /* "award", "limit" ...; static storage */
    const char *rule;     /* the award, limit or payer it was done by */
    int64_t from, to;     /* fen before and after */
    const Limit *limit;   /* or NULL */
    const Budget *budget; /* or NULL */
    int64_t used;         /* by claims before it: fen, or places of a count; of
                           * a budget that all share: what they want */
} ClaimNote;

/* The claim whose way is written down. */
typedef struct {
    size_t row;
    ClaimNote *notes; /* [n] in order */
    size_t n, capacity;
    int failed; /* no memory for a note */
} ClaimWatch;

/*
 * Everything [n] is by row of the contracts.  Amounts are fen and, past a
 * refusal, 0.  Rows of one year stand together in `order`.
 */
typedef struct {
    Arena *arena; /* dies with the run */
    Texts *texts;
    const Policy *policy;
    size_t n;
    const char *const *id;
    const char *const *county;    /* NULL: no such column */
    const double *score;          /* NULL: no such column */
    const char *const *submitted; /* NULL: no such column */
    const int64_t *day;           /* the column's */
    const int32_t *year_of;       /* [last_day - first_day + 1] */
    uint32_t *firm;               /* dense numbers; CLAIM_NOBODY */
    size_t firms;
    uint32_t *order;        /* by day, then id, then row */
    unsigned char *refusal; /* a Refusal */
    TermsBook book;
    const Terms *const *by_day; /* [last_day - first_day + 1] */
    int64_t first_day, last_day;
    int stacks_years;        /* some terms stack a firm's claims of a year */
    unsigned floors, scores; /* bit i: limit i has a floor, goes by score */
    int is_alone;            /* counts, sums of the scheme and budgets apart */
    int is_dated; /* each row by the terms of its day, else all by one */
    int64_t *award[TERMS_AWARDS]; /* what is left of each award */
    /* Results, all zero: columns that somebody else keeps, or NULL, and then
     * of the arena from the step on that writes them. */
    int64_t *base, *computed;
    int64_t *paid[MATCH_PAYERS]; /* what each payer pays */
    int64_t *cut[MATCH_PAYERS];  /* ... and what its budget did not let it */
    int64_t *rounded;            /* gained or lost by rounding the parts */
    const char **binding; /* the last limit that cut, interned, or NULL */
    const char *highest_only, *top_up;   /* what stacking binds as */
    const char *budget_of[MATCH_PAYERS]; /* ... a payer's budget */
    ClaimWatch *watch;                   /* or NULL */
} Claims;

static inline int claims_watched(const Claims *c, size_t row)
{
    return c->watch != NULL && c->watch->row == row;
}

/* Write it down when that row is watched. */
void claims_note(const Claims *c, size_t row, ClaimNote note);

/* The terms a row stands under; never NULL for a claim that goes on. */
static inline const Terms *claims_terms(const Claims *c, size_t row)
{
    return c->by_day[c->is_dated ? c->day[row] - c->first_day : 0];
}

/* The year of a row's day. */
static inline int32_t claims_year(const Claims *c, size_t row)
{
    return c->year_of[c->day[row] - c->first_day];
}

/* An array of results: what stands there already, else new; NULL when there is
 * no memory. */
static inline int64_t *claims_take(const Claims *c, int64_t **array)
{
    if (*array == NULL)
        *array = arena_alloc(c->arena, c->n, sizeof **array);
    return *array;
}

/* What is left of a claim's awards together. */
static inline int64_t claims_sum(const Claims *c, size_t row)
{
    int64_t sum = 0;
    for (size_t a = 0; a < c->book.awards.n; a++)
        sum += c->award[a][row];
    return sum;
}

/*
 * Rows in line, firms numbered, years told, duplicates and related parties
 * refused: the first of equal registry numbers in line stays.
 * Reads    contract_id, firm_id, registered_on or the policy's own date;
 *          county, score, submitted_at, registry_no, registered_before,
 *          seller_id, related_party where they are there.
 * ERR_INPUT when a column is missing or a contract has no date; ERR_MEMORY.
 */
MUST_USE ErrCode claims_open(Claims *out, Arena *arena, const Table *contracts,
                             const Policy *policy, Date as_of, Err *err);

/* The same claims under another policy that goes by the same dates, with
 * refusals of its own.  ERR_MEMORY. */
MUST_USE ErrCode claims_reopen(Claims *out, const Claims *opened, Arena *arena,
                               const Policy *policy, Err *err);

/*
 * The rows of `n` contracts by day, none first, then id, then row.
 * Cost   a pass to count the days and one to put rows there, then a sort of
 *        each day's ids; memory for the days between the first and the last
 *        and for the fullest day.
 * ERR_MEMORY.
 */
MUST_USE ErrCode claims_line_up(uint32_t out[], Arena *arena,
                                const int64_t day[], const char *const id[],
                                size_t n, Err *err);

/* From now on each claim has a firm to itself: what it would be paid if it were
 * the only one.  Other claims opened with the same arrays stay as they are.
 * ERR_MEMORY. */
MUST_USE ErrCode claims_part(Claims *c, Err *err);

/* The terms of every day.  ERR_RULE with the first fault; ERR_MEMORY. */
MUST_USE ErrCode claims_read_terms(Claims *c, Date as_of, Err *err);

/* Refusals of the policy, then base and awards, from the columns it added.
 * ERR_RULE when the policy does not give a column; ERR_DOMAIN when a firm's
 * year is beyond 9e15 yuan; ERR_MEMORY. */
MUST_USE ErrCode claims_award(Claims *c, const Table *contracts, Err *err);

/* Arrays of awards of its own, as they stand now: limits write to them.
 * ERR_MEMORY. */
MUST_USE ErrCode claims_own_awards(Claims *c, Err *err);

/* The second half of it: awards on a firm's sum of the year, which need the
 * base alone, and whole units.  Doing it again changes nothing. */
MUST_USE ErrCode claims_award_years(Claims *c, Err *err);

/* Limits a claim, stacking, limits a firm and year, counts; the halves of it:
 * what hangs on no other claim, and what does.  ERR_MEMORY. */
MUST_USE ErrCode claims_limit(Claims *c, Err *err);
MUST_USE ErrCode claims_limit_each(Claims *c, Err *err);
MUST_USE ErrCode claims_limit_years(Claims *c, Err *err);

/* Parts of the payers, rounding, budgets; its halves: parts in whole units of
 * each claim alone, and the budgets.  ERR_DOMAIN, ERR_MEMORY. */
MUST_USE ErrCode claims_pay(Claims *c, Err *err);
MUST_USE ErrCode claims_divide(Claims *c, Err *err);
MUST_USE ErrCode claims_spend(Claims *c, Err *err);

/* A column of amounts of a payer: "paid_city" of "paid" and "city".  ERR_RULE
 * when the payer's name is too long; ERR_MEMORY. */
MUST_USE ErrCode claims_payer(Column **out, Table *t, const char *start,
                              const char *payer, Label label, Err *err);

#endif
