#include "flow/job.h"

enum { FILE_LARGE = 64 << 20 };

void job_forget(Job *job)
{
    for (; job->forgotten < job->nfiles; job->forgotten++) {
        const Source *s = &job->files[job->forgotten].source;
        if (s->n >= FILE_LARGE && job->recorded == NULL)
            source_forget(s);
    }
}

ErrCode job_recall(Job *job, Err *err)
{
    ErrCode rc = OK;
    for (; job->forgotten > 0; job->forgotten--) {
        const Source *s = &job->files[job->forgotten - 1].source;
        if (s->n >= FILE_LARGE && job->recorded == NULL)
            TRY(source_recall(s, err));
    }
done:
    return rc;
}
