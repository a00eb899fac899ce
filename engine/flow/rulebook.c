#include "flow/rulebook.h"

#include "core/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_path(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int is_rule_file(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".cfg") == 0;
}

/* Append a path that lives in the arena. */
static ErrCode append(RulePaths *out, size_t *capacity, Job *job,
                      const char *path, Err *err)
{
    const char **paths =
        arena_grow(job->arena, out->paths, capacity, out->n, sizeof *paths);
    if (paths == NULL || path == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to list rule files");
    out->paths = paths;
    paths[out->n++] = path;
    return OK;
}

static ErrCode recorded_paths(RulePaths *out, Job *job, const char *role,
                              Err *err)
{
    ErrCode rc = OK;
    size_t capacity = 0;
    for (size_t i = 0; i < job->recorded->nfiles; i++)
        if (strcmp(job->recorded->files[i].role, role) == 0)
            TRY(append(out, &capacity, job, job->recorded->files[i].source.name,
                       err));
done:
    return rc;
}

/* Rule files of a folder and of those below it, in no order. */
static ErrCode walk(RulePaths *out, size_t *capacity, Job *job,
                    const char *path, int depth, Err *err)
{
    ErrCode rc = OK;
    struct stat about;
    DIR *folder = opendir(path);
    if (folder == NULL)
        return FAIL(err, ERR_IO, "%s: %s", path, strerror(errno));
    for (struct dirent *e; (e = readdir(folder)) != NULL;) {
        if (e->d_name[0] == '.')
            continue;
        const char *at = text_format(job->arena, "%s/%s", path, e->d_name);
        if (at == NULL)
            TRY(FAIL(err, ERR_MEMORY, "no memory to list rule files"));
        if (stat(at, &about) == 0 && S_ISDIR(about.st_mode) && depth > 0)
            TRY(walk(out, capacity, job, at, depth - 1, err));
        else if (is_rule_file(e->d_name))
            TRY(append(out, capacity, job, at, err));
    }
done:
    closedir(folder);
    return rc;
}

static ErrCode folder_paths(RulePaths *out, Job *job, const char *path,
                            Err *err)
{
    enum { DEPTH = 8 };
    ErrCode rc = OK;
    size_t capacity = 0;
    TRY(walk(out, &capacity, job, path, DEPTH, err));
    if (out->n == 0)
        TRY(FAIL(err, ERR_USAGE,
                 "%s: no rule file (*.cfg) in this folder or below it", path));
    qsort(out->paths, out->n, sizeof *out->paths, by_path);
done:
    return rc;
}

ErrCode rulebook_paths(RulePaths *out, Job *job, const char *role,
                       const char *path, Err *err)
{
    struct stat about;
    size_t capacity = 0;
    *out = (RulePaths){0};
    if (job->recorded != NULL)
        return recorded_paths(out, job, role, err);
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        return folder_paths(out, job, path, err);
    return append(out, &capacity, job, path, err);
}

/* No two files of a folder are one product's. */
static ErrCode check_id(const Rulebook *book, const char *const paths[],
                        size_t last, Err *err)
{
    const char *id = policy_head(book->policies[last])->id;
    for (size_t i = 0; i < last; i++)
        if (strcmp(policy_head(book->policies[i])->id, id) == 0)
            return FAIL(err, ERR_RULE,
                        "%s: policy '%s' stands in %s already; keep one of "
                        "them in this folder",
                        paths[last], id, paths[i]);
    return OK;
}

ErrCode rulebook_read(Rulebook *out, Job *job, const char *role,
                      const char *kinds, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    RulePaths list;
    TRY(job_need(&path, job, role, err));
    TRY(rulebook_paths(&list, job, role, path, err));
    *out = (Rulebook){
        arena_alloc(job->arena, list.n + 1, sizeof *out->policies), list.n};
    if (out->policies == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for rules"));
    for (size_t i = 0; i < list.n; i++) {
        TRY(job_policy(&out->policies[i], job, role, list.paths[i], kinds,
                       err));
        TRY(check_id(out, list.paths, i, err));
    }
done:
    return rc;
}

ErrCode rulebook_one(Policy **out, Job *job, const char *role,
                     const char *kinds, Err *err)
{
    const char *path;
    ErrCode rc = job_need(&path, job, role, err);
    return rc == OK ? job_policy(out, job, role, path, kinds, err) : rc;
}

Policy *rulebook_for(const Rulebook *book, const char *product)
{
    if (book->n == 1)
        return book->policies[0];
    for (size_t i = 0; product != NULL && i < book->n; i++)
        if (strcmp(policy_head(book->policies[i])->id, product) == 0)
            return book->policies[i];
    return NULL;
}
