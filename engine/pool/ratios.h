/* ratios.h - what a guarantor is held to by its regulator: how many times its
 * net assets it guarantees, how much for one customer, what it puts aside and
 * what its money lies in.
 *
 * The rules are two policies.  `weights` judges customers, kind of guarantee by
 * kind: it reads as_of, balance (guaranteed), customer_balance (of all kinds),
 * firm_size, guarantee_kind, and puts out is_small, weighted, counted and
 * small_counted.  `ratios` judges the guarantor: it reads as_of, in_force,
 * weighted, small_in_force, customers, small_customers, largest_customer,
 * largest_group (firms of one group_id), and whatever else it likes of the
 * guarantor's figures; of its eligibility row X it may put out X_value, X_bound
 * and X_room, and `base`.  rules/guarantee has both.
 *
 * What is guaranteed of a loan is outstanding x covered_share, all of it where
 * the share is null.
 *
 * The guarantor (datasets/guarantor.cfg is one):
 *     guarantor = { id = "..."; title = { zh; en; }; as_of = "2025-12-31";
 *       source = "..."; confidence = "..."; figures = { net_assets = "9亿"; };
 * }; figures are inputs of `ratios`; one left out leaves open what hangs on it.
 */
#ifndef POOL_RATIOS_H
#define POOL_RATIOS_H

#include "data/doc.h"
#include "policy/policy.h"

typedef struct {
    const Table *portfolio;
    const Policy *weights, *ratios;
    const Doc *guarantor; /* the document */
    int is_whole;         /* what is guaranteed is all that is outstanding */
} PoolRatios;

/*
 *   pool_ratio_summary    guarantor, guarantor_zh, as_of, ratios, met, broken,
 *                         open (cannot be told), in_force, weighted, base
 *   pool_ratios           ratio, ratio_zh, outcome (met, broken, open), value,
 *                         bound (texts: shares in %, multiples plain, money in
 *                         yuan), room, cite
 *   pool_ratio_customers  the ten largest by what counts towards
 *                         concentration: firm_id, group_id, in_force, counted,
 *                         share of base
 *   pool_ratio_rules      policy, name, value, since, source, confidence, cite
 * ERR_INPUT for a firm of two sizes or a missing column, ERR_RULE for a
 * guarantor's document that does not read after every fault is listed, or rules
 * without what is said above; ERR_DOMAIN for a book too large; ERR_MEMORY.
 */
MUST_USE ErrCode pool_ratios(Tables *out, const PoolRatios *of, Faults *faults,
                             Err *err);

#endif
