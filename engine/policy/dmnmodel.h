/* dmnmodel.h - a decision model (DMN 1.1 to 1.6) read and evaluated.
 *
 * Input data, item definitions, decisions with tables and boxed expressions,
 * business knowledge models, the requirements graph, imports of other models.
 * One case at a time: a model's values are boxed, columns do not hold them.
 */
#ifndef POLICY_DMNMODEL_H
#define POLICY_DMNMODEL_H

#include "core/fault.h"
#include "data/doc.h"
#include "data/texts.h"
#include "policy/boxed.h"
#include "policy/dmntype.h"

typedef struct DmnModel DmnModel;

enum { DMN_IMPORTS = 16 }; /* models that import one another, in a chain */

typedef struct {
    const char *name; /* of input data, or of a decision that is given */
    Boxed value;
    const char *space; /* the namespace of its model; NULL: the one asked */
} DmnInput;

/* Models that others may import, by their namespaces. */
typedef struct {
    const DmnModel *const *models; /* [n] */
    size_t n;
    const Doc *const *told; /* [n_told] imports whose fault is listed */
    size_t n_told;
} DmnShelf;

/*
 * Read a model from a tree of data/dmn.h.  All faults in one pass; circles
 * among requirements are faults with their path.  What it imports is known as
 * "import.element" and "import.type"; imports of an imported model are not.
 * shelf  what may be imported, read before and in the same arena and texts;
 *        NULL: nothing.
 * out  also set beside ERR_RULE: what has no fault itself can be evaluated,
 *      the rest gives null with a problem.
 * ERR_RULE after every fault is listed; ERR_MEMORY.
 */
MUST_USE ErrCode dmnmodel_read(DmnModel **out, Arena *arena, Texts *texts,
                               const Doc *root, const DmnShelf *shelf,
                               Faults *faults, Err *err);

const char *dmnmodel_name(const DmnModel *model);
const char *dmnmodel_space(const DmnModel *model); /* namespace, or NULL */

const DmnTypes *dmnmodel_types(const DmnModel *model);
/* The type of input data or a decision of the model or, where `space` is not
 * NULL, of the model of that namespace that it imports; NULL: anything, or no
 * such name. */
const DmnType *dmnmodel_type(const DmnModel *model, const char *space,
                             const char *name);

/* One case: what is given, and what was found from it. */
typedef struct DmnCase DmnCase;

/* Values that do not fit their declared type become null.  A name that the
 * model does not have is ignored.  NULL without memory; lives in the arena. */
DmnCase *dmnmodel_case(const DmnModel *model, Arena *arena,
                       const DmnInput inputs[], size_t n);

/*
 * The value of a decision, with all it requires; or of a decision service: its
 * outputs from what is given alone, an input decision that is not given being
 * null.  In expressions a service is a function of its input data and then its
 * input decisions.
 * *problem is why it is null, or NULL where null is its value.
 * ERR_DOMAIN when there is no such decision; ERR_MEMORY.
 */
MUST_USE ErrCode dmnmodel_decide(Boxed *out, const char **problem, DmnCase *of,
                                 const char *name, Err *err);

#endif
