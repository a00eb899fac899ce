/* overlay.h - a document with changes by path: amendments and scenarios. */
#ifndef POLICY_OVERLAY_H
#define POLICY_OVERLAY_H

#include "policy/reader.h"

/*
 * `root` with every change of a list of { path; value } or { path; remove =
 * "yes" } applied in turn.  A path names children of groups, and items of
 * lists by their `name` or `id` or, from 0, their place; "+" as the last part
 * appends to a list, and a name that a group does not have is added to it: a
 * reader of the group says whether it may be there.
 * NULL after faults.
 */
const Doc *overlay_apply(const Doc *root, const Doc *changes, Reader *r);

#endif
