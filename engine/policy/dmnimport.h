/* dmnimport.h - what a decision model imports from others (DMN 1.5, 6.3.3 and
 * 10.4): elements and types, under the import's name; inside view.
 */
#ifndef POLICY_DMNIMPORT_H
#define POLICY_DMNIMPORT_H

#include "policy/dmngraph.h"

/* How many elements come in at most. */
size_t dmnimport_count(const Doc *root, const DmnShelf *shelf);

/* Types and names of members first, with a fault for each import that cannot
 * be; then elements, behind the model's own.  0 without memory. */
int dmnimport_types(DmnModel *model, const Doc *root, const DmnShelf *shelf,
                    Reader *r);
int dmnimport_elements(DmnModel *model, const Doc *root, const DmnShelf *shelf,
                       Reader *r);

#endif
