#include "flow/outlooks.h"

ErrCode outlook_of(Outlook *out, Job *job, Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    const char *path = job_option(job, "outlook");
    *out = OUTLOOK_PLAIN;
    if (path == NULL)
        return OK;
    TRY(job_doc(&root, job, "outlook", path, err));
    rc = outlook_read(out, job->tables, root, job->faults, err);
    TRY(job_found(job, rc, ERR_RULE, path, err));
done:
    return rc;
}
