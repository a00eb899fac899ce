#include "flow/rulefiles.h"

#include "core/text.h"
#include "credit/credit.h"
#include "credit/value.h"
#include "data/colmap.h"
#include "data/dmn.h"
#include "flow/dmnfile.h"
#include "flow/rulebook.h"
#include "pool/pool.h"
#include "subsidy/subsidy.h"

#include <string.h>

/* The sections that a model reads. */
static ErrCode check_sections(Job *job, const Policy *policy, const char *kind,
                              Err *err)
{
    static const struct {
        const char *kind;
        ErrCode (*check)(const Policy *policy, Arena *arena, Texts *texts,
                         Faults *faults, Err *err);
    } models[] = {{"subsidy", subsidy_check},
                  {"credit", credit_check},
                  {"value", value_check}};
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        if (strcmp(models[i].kind, kind) == 0)
            return models[i].check(policy, job->arena, job->tables->texts,
                                   job->faults, err);
    return OK;
}

static ErrCode check_policy(RuleFile *c, Job *job, const Doc *root, Err *err)
{
    Policy *policy;
    ErrCode rc = policy_read(&policy, job->arena, job->tables->texts, root,
                             job->faults, err);
    if (rc != OK)
        return rc;
    const PolicyHead *head = policy_head(policy);
    c->policy = policy;
    c->kind = head->kind;
    c->id = head->id;
    c->title = head->title;
    c->examples = policy_examples(policy);
    return check_sections(job, policy, head->kind, err);
}

static ErrCode check_doc(RuleFile *c, Job *job, const Doc *root, Err *err)
{
    const Scheme *scheme;
    const Factors *factors;
    const ColumnMap *map;
    DocReader r = {job->faults, err, 0};
    const Doc *group;
    if ((group = doc_get(root, "scheme")) != NULL) {
        c->kind = "scheme";
        doc_text(&c->id, group, "id", 1, &r);
        doc_label(&c->title, group, "title", 1, &r);
        return scheme_read(&scheme, job->arena, root, job->faults, err);
    }
    if (doc_get(root, "factors") != NULL) {
        c->kind = "factors";
        return factors_read(&factors, job->arena, root, job->faults, err);
    }
    if (doc_get(root, "map") != NULL) {
        c->kind = "map";
        return colmap_read(&map, job->arena, root, job->faults, err);
    }
    return check_policy(c, job, root, err);
}

/* A decision model of the standard. */
static ErrCode check_model(RuleFile *c, Job *job, Source source, Err *err)
{
    DmnModel *model;
    c->kind = "dmn";
    ErrCode rc = dmnfile_read(&model, job, "rules", source, err);
    if (rc != OK)
        return rc;
    c->id = dmnmodel_name(model);
    return OK;
}

/* One file; what is wrong with it is printed, and the others go on. */
static ErrCode check_file(RuleFile *c, Job *job, const char *path, Err *err)
{
    Source source;
    const Doc *root;
    Err own = {0};
    *c = (RuleFile){.file = path, .kind = "", .id = ""};
    ErrCode rc = job_file(&source, job, "rules", path, err);
    if (rc != OK)
        return rc;
    if (dmn_is(source)) {
        rc = check_model(c, job, source, &own);
    } else {
        rc = doc_read(&root, job->arena, source, job->faults, &own);
        if (rc == OK)
            rc = check_doc(c, job, root, &own);
    }
    c->is_good = rc == OK && faults_count(job->faults) == 0;
    if (rc == ERR_MEMORY)
        return FAIL(err, rc, "%s", own.text);
    rc = job_faults(job, ERR_RULE, path, NULL);
    return rc == ERR_MEMORY ? rc : OK;
}

static size_t count_files(const Job *job)
{
    size_t n = 0;
    for (size_t i = 0; i < job->noptions; i++)
        n += strcmp(job->options[i].name, "file") == 0;
    return n;
}

static ErrCode all_paths(RulePaths *out, Job *job, Err *err)
{
    ErrCode rc = OK;
    size_t capacity = 0;
    *out = (RulePaths){0};
    for (size_t i = 0; i < job->noptions; i++) {
        RulePaths some;
        if (strcmp(job->options[i].name, "file") != 0)
            continue;
        TRY(rulebook_paths(&some, job, "rules", job->options[i].value, err));
        for (size_t k = 0; k < some.n; k++) {
            const char **paths = arena_grow(job->arena, out->paths, &capacity,
                                            out->n, sizeof *paths);
            if (paths == NULL)
                TRY(FAIL(err, ERR_MEMORY, "no memory to list rule files"));
            out->paths = paths;
            paths[out->n++] = some.paths[k];
        }
    }
done:
    return rc;
}

ErrCode rulefiles_read(RuleFile **out, size_t *n, Job *job, Err *err)
{
    ErrCode rc = OK;
    RulePaths list;
    if (count_files(job) == 0)
        return FAIL(err, ERR_USAGE, "no rule file to check");
    TRY(all_paths(&list, job, err));
    *out = arena_alloc(job->arena, list.n + 1, sizeof **out);
    if (*out == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory to check rules"));
    for (*n = 0; *n < list.n; ++*n)
        TRY(check_file(&(*out)[*n], job, list.paths[*n], err));
done:
    return rc;
}

ErrCode rulefiles_good(const RuleFile files[], size_t n, Err *err)
{
    size_t bad = 0;
    for (size_t i = 0; i < n; i++)
        bad += !files[i].is_good;
    return bad == 0 ? OK
                    : FAIL(err, ERR_RULE, "%zu of %zu rule files do not load",
                           bad, n);
}
