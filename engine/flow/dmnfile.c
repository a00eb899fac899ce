#include "flow/dmnfile.h"

#include "core/text.h"
#include "core/tr.h"
#include "data/dmn.h"
#include "policy/reader.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    Job *job;
    const char *role;
    const DmnModel *models[DMN_MODELS]; /* [n] */
    size_t n;
    const Doc *told[DMN_MODELS]; /* [n_told] imports whose fault is listed */
    size_t n_told;
    const char *open[DMN_IMPORTS + 1]; /* [depth] files, each from the last */
    size_t depth;
} Shelf;

/* The fault of an import is listed, here or in the file it names. */
static void tell(Shelf *s, const Doc *d, const char *problem,
                 const char *way_out, Err *err)
{
    Reader r = {.arena = s->job->arena, .faults = s->job->faults, .err = err};
    if (problem != NULL)
        reader_fault_node(&r, d, NULL, problem, way_out);
    if (s->n_told < DMN_MODELS)
        s->told[s->n_told++] = d;
}

/* The path of a file beside another. */
static const char *beside(Shelf *s, const char *file, const char *name)
{
    const char *slash = strrchr(file, '/');
    int n = slash == NULL ? 0 : (int)(slash - file + 1);
    return text_format(s->job->arena, "%.*s%s", n, file, name);
}

/* Is a file a model of that namespace?  -1: it cannot be read; what is wrong
 * with it is not told here. */
static int declares(const char *path, const char *space)
{
    Err err = {0};
    Source source;
    const Doc *root;
    int is_it = -1;
    Arena *arena = arena_new();
    Faults *faults = arena == NULL ? NULL : faults_new(arena);
    if (faults != NULL && source_load(&source, arena, path, &err) == OK &&
        dmn_read(&root, arena, source, "definitions", faults, &err) == OK) {
        const char *own = dmn_attribute(root, "namespace");
        is_it = own != NULL && strcmp(own, space) == 0;
    }
    arena_free(arena);
    return is_it;
}

/* The first file of the folder that declares the namespace, or NULL. */
static const char *searched(Shelf *s, const char *file, const char *space)
{
    const char *best = NULL;
    const char *slash = strrchr(file, '/');
    const char *folder = slash == NULL   ? "."
                         : slash == file ? "/"
                                         : text_copy(s->job->arena, file,
                                                     (size_t)(slash - file));
    DIR *dir = folder == NULL ? NULL : opendir(folder);
    for (const struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        size_t n = strlen(e->d_name);
        if (n < 5 || strcmp(e->d_name + n - 4, ".dmn") != 0)
            continue;
        const char *path = beside(s, file, e->d_name);
        if (path != NULL && strcmp(path, file) != 0 &&
            (best == NULL || strcmp(path, best) < 0) &&
            declares(path, space) == 1)
            best = path;
    }
    if (dir != NULL)
        closedir(dir);
    return best;
}

static const char *located(Shelf *s, const char *file, const Doc *d)
{
    const char *uri = dmn_attribute(d, "locationURI");
    const char *space = dmn_attribute(d, "namespace");
    if (uri != NULL && uri[0] != '/' && strstr(uri, "://") == NULL) {
        const char *path = beside(s, file, uri);
        if (path != NULL && access(path, R_OK) == 0 &&
            declares(path, space) != 0)
            return path;
    }
    return searched(s, file, space);
}

static int is_shelved(const Shelf *s, const char *space)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(dmnmodel_space(s->models[i]), space) == 0)
            return 1;
    return 0;
}

/* "a.dmn > b.dmn > a.dmn" when the file is being read; else NULL. */
static const char *circle(const Shelf *s, const char *path)
{
    size_t i = 0;
    while (i < s->depth && strcmp(s->open[i], path) != 0)
        i++;
    if (i == s->depth)
        return NULL;
    const char *text = path;
    for (i++; i < s->depth && text != NULL; i++)
        text = text_format(s->job->arena, "%s > %s", text, s->open[i]);
    return text_format(s->job->arena, tr("it imports itself: %s > %s"),
                       text == NULL ? "" : text, path);
}

static ErrCode read_model(DmnModel **out, Shelf *s, Source source, Err *err);

/* What an import needs is put on the shelf; what cannot be is left to the
 * reader of the model. */
static ErrCode fetch(Shelf *s, const char *file, const Doc *d, Err *err)
{
    Source source;
    DmnModel *model = NULL;
    Err own = {0};
    const char *space = dmn_attribute(d, "namespace");
    if (space == NULL || is_shelved(s, space))
        return OK;
    const char *path = located(s, file, d);
    if (path == NULL)
        return OK;
    const char *itself = circle(s, path);
    if (itself != NULL) {
        tell(s, d, itself, tr("move what both need into a third model"), err);
        return OK;
    }
    if (s->depth > DMN_IMPORTS || s->n == DMN_MODELS) {
        tell(s, d, tr("more than 16 imports in one another, or 100 models"),
             tr("put them into fewer files"), err);
        return OK;
    }
    ErrCode rc = job_file(&source, s->job, s->role, path, &own);
    if (rc == OK)
        rc = read_model(&model, s, source, &own);
    if (rc == ERR_MEMORY)
        return FAIL(err, rc, "%s", own.text);
    if ((rc == OK || rc == ERR_RULE) && model != NULL)
        s->models[s->n++] = model;
    else if (rc == ERR_RULE)
        tell(s, d, NULL, NULL, err);
    return OK;
}

static ErrCode read_model(DmnModel **out, Shelf *s, Source source, Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    Job *job = s->job;
    *out = NULL;
    TRY(dmn_read(&root, job->arena, source, "definitions", job->faults, err));
    s->open[s->depth++] = source.name;
    for (const Doc *d = root->first; d != NULL; d = d->next)
        if (strcmp(d->name, "import") == 0)
            TRY(fetch(s, source.name, d, err));
    s->depth--;
    DmnShelf shelf = {s->models, s->n, s->told, s->n_told};
    rc = dmnmodel_read(out, job->arena, job->tables->texts, root, &shelf,
                       job->faults, err);
done:
    return rc;
}

ErrCode dmnfile_read(DmnModel **out, Job *job, const char *role, Source source,
                     Err *err)
{
    Shelf s = {.job = job, .role = role};
    return read_model(out, &s, source, err);
}
