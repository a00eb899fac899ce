#include "flow/poolrun.h"

#include "core/text.h"
#include "pool/scheme.h"

#include <string.h>

enum { MOST = 16 }; /* variants */

typedef struct {
    PoolRun run; /* first: what poolrun_read() leaves in job->state */
    PoolVariant variants[MOST];
    const char *paths[MOST]; /* of their schemes */
    size_t n;
} PoolComparison;

/* "rules/schemes/hubei-4222.cfg" as "hubei-4222"; of joined files each. */
static const char *name_of(Job *job, const char *path)
{
    const char *name = "", *plus = "";
    for (size_t n; name != NULL; path += n + 1, plus = "+") {
        n = strcspn(path, "+");
        size_t start = n, end = n;
        while (start > 0 && path[start - 1] != '/')
            start--;
        while (end > start && path[end] != '.')
            end--;
        end = end > start ? end : n;
        name = text_format(job->arena, "%s%s%.*s", name, plus,
                           (int)(end - start), path + start);
        if (path[n] == '\0')
            break;
    }
    return name;
}

static ErrCode add_scheme(PoolComparison *c, Job *job, const char *path,
                          Err *err)
{
    ErrCode rc = OK;
    const Scheme *scheme;
    const char *name = name_of(job, path);
    if (c->n == MOST)
        return FAIL(err, ERR_USAGE, "--against: more than %d schemes",
                    MOST - 1);
    if (name == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t i = 0; i < c->n; i++) {
        if (strcmp(c->paths[i], path) == 0)
            return FAIL(err, ERR_USAGE, "--against: %s stands there twice",
                        path);
        if (strcmp(c->variants[i].name, name) == 0)
            name = path; /* files of one name in two folders */
    }
    TRY(poolrun_scheme(&scheme, job, path, "against", err));
    c->paths[c->n] = path;
    c->variants[c->n++] =
        (PoolVariant){name, c->run.portfolio, c->run.factors, scheme, NULL};
done:
    return rc;
}

/* Schemes are called by their ids, where these tell them apart. */
static void name_schemes(PoolComparison *c)
{
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k <= i; k++) {
            const char *a = c->variants[i].scheme->id;
            const char *b = c->variants[k].scheme->id;
            if (a == NULL || (k < i && strcmp(a, b) == 0))
                return;
        }
    for (size_t i = 0; i < c->n; i++)
        c->variants[i].name = c->variants[i].scheme->id;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *first, *against;
    TRY(job_need(&first, job, "scheme", err));
    TRY(job_need(&against, job, "against", err));
    TRY(poolrun_read(job, err));
    PoolComparison *c = arena_alloc(job->arena, 1, sizeof *c);
    if (c == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    c->run = *(PoolRun *)job->state;
    job->state = c;
    c->paths[0] = first;
    c->variants[c->n++] = (PoolVariant){name_of(job, first), c->run.portfolio,
                                        c->run.factors, c->run.scheme, NULL};
    for (const char *p = against; *p != '\0'; p += *p == ',') {
        size_t n = strcspn(p, ",");
        if (n == 0 || (p[n] == ',' && p[n + 1] == '\0'))
            return FAIL(err, ERR_USAGE,
                        "--against: no file beside a comma; write A.cfg,B.cfg");
        const char *path = text_copy(job->arena, p, n);
        if (path == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
        TRY(add_scheme(c, job, path, err));
        p += n;
    }
    name_schemes(c);
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    static const char *const results[] = {
        "pool_compare_schemes", "pool_compare",  "pool_compare_ruin",
        "pool_compare_events",  "history_rates", NULL};
    ErrCode rc = OK;
    const PoolComparison *c = job->state;
    rc = pool_compare(job->tables, c->variants, c->n, &c->run.options,
                      job->faults, err);
    TRY(job_found(job, rc, ERR_INPUT, c->run.portfolio->file, err));
    TRY(job_results(job, results, err));
done:
    return rc;
}

const Command command_pool_compare = {"pool compare", read_files, compute, NULL,
                                      NULL};
