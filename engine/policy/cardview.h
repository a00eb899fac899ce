/* cardview.h - a compiled scorecard laid open for those who write it in another
 * language: which values of which input earn how many points.
 *
 * Nothing here knows the rule language: bands have become stretches of values
 * that do not overlap and that together are every value, and points whole
 * numbers of a common part, so that a sum of them is exact anywhere.
 */
#ifndef POLICY_CARDVIEW_H
#define POLICY_CARDVIEW_H

#include "policy/cardcut.h"
#include "policy/policy.h"

/* A band that earns points.  Whoever walks an attribute's picks and takes the
 * points of the first that holds has the attribute's; none holds: null. */
typedef struct {
    const CardWay *way;
    const CardBand *band;
} CardPick;

typedef struct {
    const char *id;
    Label title, reason;
    CardWay *ways; /* [n] the best counts, a null is less than all */
    size_t n;
    CardPick *picks; /* [n_picks] of one way as they stand; of several the most
                      * points first */
    size_t n_picks;
    int64_t most; /* the most points there are */
} CardRow;

/* A fact that is reckoned from the score alone, as a PD is. */
typedef struct {
    const char *name, *text;
    const Node *node; /* numbers, the score, + - * / **, exp, log */
} CardFormula;

typedef struct {
    const char *name, *policy, *version, *issuer;
    Label title;         /* of the policy */
    int64_t base, parts; /* score = (base + points) / parts */
    CardInput *inputs;   /* [n_inputs] by first use */
    size_t n_inputs;
    CardRow *rows; /* [n] */
    size_t n;
    CardFormula *formulas; /* [n_formulas] in the order of reckoning */
    size_t n_formulas;
    const struct Program *program; /* that gives the scores */
} CardView;

typedef struct {
    const char *card; /* its name; NULL: the only one */
    const Date *day;  /* of the version; NULL: the last one's */
    int with_facts;   /* let a fact be an input, which the caller reckons */
} CardWish;

/*
 * The card of a policy; texts and trees are the policy's, all else lives in the
 * arena.
 * ERR_USAGE  no such card or day; a fact is read, and not wished for.
 * ERR_RULE   the card reads an expression, or words that are lists; points have
 *            no common part of at least a millionth; breaks so large that
 *            doubles do not keep their neighbours apart (1e15 fen).
 * ERR_MEMORY.  Cost: a few microseconds an attribute.
 */
MUST_USE ErrCode cardview_new(CardView *out, Arena *arena, const Policy *policy,
                              CardWish wish, Err *err);

/* Of the calls in formulas: exp, and not log? */
int cardview_is_exp(const Node *call);

#endif
