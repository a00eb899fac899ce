/* diff.h - what an officer wants to know of two texts of a policy: what
 * changed, under which article, since when.
 */
#ifndef POLICY_DIFF_H
#define POLICY_DIFF_H

#include "policy/policy.h"

/* One text of a policy: as it stands on a day; without, its latest version
 * with all its dated parameters. */
typedef struct {
    const Policy *policy;
    const Date *day; /* or NULL */
} PolicyText;

/*
 * Adds to `tables`
 *   rule_changes   section, path, change (added, removed, changed), before,
 *                  after, cite, from (the day it holds from; null where the
 *                  file does not say), words: a sentence; before_zh, after_zh
 *                  and words_zh are the Chinese
 * ERR_RULE when no version is in force on a day that is given; ERR_MEMORY.
 * Cost  the nodes of both documents, lists item by item.
 */
MUST_USE ErrCode policy_diff(Table **out, Tables *tables, PolicyText a,
                             PolicyText b, Err *err);

#endif
