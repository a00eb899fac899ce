/* feelform.h - lists, contexts, paths, filters, loops and calls of decision
 * models: the nodes that make or take apart values of many parts.
 */
#ifndef POLICY_FEELFORM_H
#define POLICY_FEELFORM_H

#include "policy/feelrun.h"

/* Each evaluates one kind of node. */
Boxed feelform_list(FeelRun *r, const Node *node, const FeelFrame *frame);
Boxed feelform_range(FeelRun *r, const Node *node, const FeelFrame *frame);
Boxed feelform_context(FeelRun *r, const Node *node, const FeelFrame *frame);
Boxed feelform_path(FeelRun *r, const Node *node, const FeelFrame *frame);
Boxed feelform_filter(FeelRun *r, const Node *node, const FeelFrame *frame);
Boxed feelform_loop(FeelRun *r, const Node *node, const FeelFrame *frame);
Boxed feelform_lambda(FeelRun *r, const Node *node, const FeelFrame *frame);
Boxed feelform_invoke(FeelRun *r, const Node *node, const FeelFrame *frame);

#endif
