/* alike.h - do two values of rule documents say the same?  "50万" and
 * "500000.00" do, and so do formulas that differ in their spaces alone.
 */
#ifndef POLICY_ALIKE_H
#define POLICY_ALIKE_H

#include "data/doc.h"

int alike(const Doc *a, const Doc *b); /* NULL is like NULL alone */

/*
 * Which item of list `b` is item `a` of the other list?  One of its name or
 * id; else of groups without either, one that begins with the same `from`,
 * `is`, `award` ...; NULL when there is none.
 */
const Doc *alike_item(const Doc *a, const Doc *list);

/* What a group without a name is known by: its `from`, `is` ...; or NULL. */
const Doc *alike_key(const Doc *group);

/* Has the list no groups: words, names, the cells of a row? */
int alike_is_plain(const Doc *list);

#endif
