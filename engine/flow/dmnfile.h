/* dmnfile.h - a decision model from a file, with the models it imports. */
#ifndef FLOW_DMNFILE_H
#define FLOW_DMNFILE_H

#include "flow/job.h"
#include "policy/dmnmodel.h"

enum { DMN_MODELS = 100 }; /* that one model draws in */

/*
 * The model in `source`, whose name is its path.  An import is looked for in
 * the file that its locationURI names, beside this one; else in the first file
 * of this folder (*.dmn, by name) that declares its namespace.  Each file is
 * read once, so that all who import it share what is given to it.
 * Faults of all files are listed, not printed: an import that is not there,
 * that imports itself, that makes more than DMN_IMPORTS in one another or
 * DMN_MODELS in all.
 * out  NULL when it cannot be read at all; also set beside ERR_RULE.
 * ERR_RULE, ERR_MEMORY.
 */
MUST_USE ErrCode dmnfile_read(DmnModel **out, Job *job, const char *role,
                              Source source, Err *err);

#endif
