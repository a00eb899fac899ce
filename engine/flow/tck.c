#include "flow/command.h"

#include "core/text.h"
#include "data/dmn.h"
#include "flow/dmnfile.h"
#include "policy/kit.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FOLDERS = 8, ENTRIES = 20000 }; /* in one another; in one */

/* A run over a folder of the standard's test kit. */
typedef struct {
    Job *job;
    OutFile file;
    size_t cases, passed, ignored;
    struct {
        const char *name;
        size_t cases, passed;
    } * folders; /* [n] */
    size_t n, capacity;
} Kits;

typedef struct {
    const char **items; /* [n] */
    size_t n, capacity;
} Names;

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What a folder holds, in the order of names, without hidden things. */
static ErrCode list(Names *out, Job *job, const char *path, Err *err)
{
    ErrCode rc = OK;
    const struct dirent *entry;
    errno = 0;
    DIR *dir = opendir(path);
    *out = (Names){0};
    if (dir == NULL)
        return FAIL(err, ERR_IO, "%s: %s", path, strerror(errno));
    while ((entry = readdir(dir)) != NULL && out->n < ENTRIES) {
        if (entry->d_name[0] == '.')
            continue;
        const char **items = arena_grow(job->arena, out->items, &out->capacity,
                                        out->n, sizeof *items);
        char *name =
            text_copy(job->arena, entry->d_name, strlen(entry->d_name));
        if (items == NULL || name == NULL)
            TRY(FAIL(err, ERR_MEMORY, "no memory to list %s", path));
        out->items = items;
        items[out->n++] = name;
    }
    if (out->n > 0)
        qsort(out->items, out->n, sizeof *out->items, by_name);
done:
    closedir(dir);
    return rc;
}

/* A text in quotes, on one line. */
static void write_text(FILE *to, const char *text)
{
    putc('"', to);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            putc('"', to);
        putc(*text == '\n' || *text == '\r' ? ' ' : *text, to);
    }
    putc('"', to);
}

static void write_line(FILE *to, const char *const texts[5])
{
    for (int i = 0; i < 5; i++) {
        if (i > 0)
            putc(',', to);
        write_text(to, texts[i]);
    }
    putc('\n', to);
}

/* Without the "." and ".." in it; `path` begins with '/'. */
static void straighten(char *path)
{
    char *end = path;
    for (const char *p = path; *p != '\0';) {
        size_t n = strcspn(p, "/");
        if (n == 2 && memcmp(p, "..", 2) == 0) {
            while (end > path && *--end != '/')
                ;
        } else if (n > 1 || (n == 1 && *p != '.')) {
            *end++ = '/';
            memmove(end, p, n);
            end += n;
        }
        p += n + (p[n] == '/');
    }
    *end = '\0';
}

/* The last two parts of a folder's path: "compliance-level-2/0001-...". */
static const char *title_of(Job *job, const char *path)
{
    char here[PATH_MAX] = "";
    if (path[0] != '/' && getcwd(here, sizeof here) == NULL)
        here[0] = '\0';
    char *whole = text_format(job->arena, "%s/%s", here, path);
    if (whole == NULL)
        return NULL;
    straighten(whole);
    const char *p = strrchr(whole, '/');
    if (p == NULL)
        return whole;
    while (p > whole && p[-1] != '/')
        p--;
    return p[0] == '/' ? p + 1 : p;
}

static ErrCode document(const Doc **out, Job *job, const char *path, Err *err)
{
    Source source;
    ErrCode rc = job_file(&source, job, "tck", path, err);
    if (rc != OK)
        return rc;
    return dmn_read(out, job->arena, source, "testCases", job->faults, err);
}

/* The model that a file of cases is about; faults are printed, and what has
 * none is run all the same.  NULL in *out: it cannot be read at all. */
static ErrCode model_of(DmnModel **out, Job *job, const char *folder,
                        const Doc *cases, Err *err)
{
    Source source;
    const Doc *name = dmn_text(cases, "modelName");
    Err own = {0};
    *out = NULL;
    if (name == NULL)
        return OK;
    char *path = text_format(job->arena, "%s/%s", folder, name->text);
    if (path == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a path");
    ErrCode rc = job_file(&source, job, "tck", path, &own);
    if (rc == OK)
        rc = dmnfile_read(out, job, "tck", source, &own);
    if (rc == ERR_MEMORY)
        return FAIL(err, rc, "%s", own.text);
    rc = job_faults(job, ERR_RULE, path, NULL);
    return rc == ERR_MEMORY ? rc : OK;
}

static ErrCode run_case(Kits *k, const char *title, const char *file,
                        const DmnModel *model, const Doc *test, Err *err)
{
    const char *id = dmn_attribute(test, "id"), *wrong;
    int ignored = 0;
    Arena *arena = arena_new();
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to run a case");
    wrong = model == NULL ? "the model cannot be read"
                          : kit_run(&ignored, arena, model, test);
    k->cases++;
    k->passed += wrong == NULL;
    k->ignored += (size_t)ignored;
    k->folders[k->n - 1].cases++;
    k->folders[k->n - 1].passed += wrong == NULL;
    write_line(k->file.to,
               (const char *const[5]){title, file, id == NULL ? "" : id,
                                      ignored         ? "IGNORED"
                                      : wrong == NULL ? "SUCCESS"
                                                      : "ERROR",
                                      wrong == NULL ? "" : wrong});
    arena_free(arena);
    return OK;
}

static ErrCode run_file(Kits *k, const char *folder, const char *title,
                        const char *name, Err *err)
{
    ErrCode rc = OK;
    const Doc *cases;
    DmnModel *model;
    Job *job = k->job;
    char *path = text_format(job->arena, "%s/%s", folder, name);
    if (path == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a path");
    size_t n = strlen(name);
    char *file = text_copy(job->arena, name, n > 4 ? n - 4 : n);
    if (file == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a path");
    rc = document(&cases, job, path, err);
    if (rc != OK) {
        ErrCode shown = job_faults(job, ERR_INPUT, path, NULL);
        return shown == ERR_MEMORY ? shown : rc;
    }
    TRY(model_of(&model, job, folder, cases, err));
    for (const Doc *d = cases->first; d != NULL; d = d->next)
        if (strcmp(d->name, "testCase") == 0)
            TRY(run_case(k, title, file, model, d, err));
done:
    return rc;
}

/* "0001-input-data-string-test-01.xml" */
static int is_cases(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".xml") == 0 &&
           strstr(name, "-test-") != NULL;
}

static ErrCode run_folder(Kits *k, const char *path, int depth, Err *err);

static ErrCode run_entries(Kits *k, const char *path, const Names *names,
                           int depth, Err *err)
{
    ErrCode rc = OK;
    const char *title = title_of(k->job, path);
    int is_new = 1;
    if (title == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a path"));
    for (size_t i = 0; i < names->n; i++) {
        if (!is_cases(names->items[i])) {
            TRY(run_folder(
                k, text_format(k->job->arena, "%s/%s", path, names->items[i]),
                depth + 1, err));
            continue;
        }
        if (is_new) {
            void *folders = arena_grow(k->job->arena, k->folders, &k->capacity,
                                       k->n, sizeof *k->folders);
            if (folders == NULL)
                TRY(FAIL(err, ERR_MEMORY, "no memory for a folder"));
            k->folders = folders;
            k->folders[k->n++].name = title;
            is_new = 0;
        }
        TRY(run_file(k, path, title, names->items[i], err));
    }
done:
    return rc;
}

/* Files of cases in it and below; what is no folder is passed over, but for
 * the one that was named. */
static ErrCode run_folder(Kits *k, const char *path, int depth, Err *err)
{
    Names names;
    Err own = {0};
    if (path == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a path");
    if (depth > FOLDERS)
        return OK;
    ErrCode rc = list(&names, k->job, path, depth == 0 ? err : &own);
    if (rc == ERR_IO && depth > 0)
        return OK;
    return rc != OK ? rc : run_entries(k, path, &names, depth, err);
}

static ErrCode write_table(Kits *k, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *folder, *passed, *cases;
    TRY(table_new(&t, k->job->tables, "tck", k->n, err));
    t->title = (Label){"DMN 兼容性测试", "Compatibility kit"};
    TRY(table_add(&folder, t, "folder", TYPE_TEXT, "", err));
    TRY(table_add(&passed, t, "passed", TYPE_COUNT, "", err));
    TRY(table_add(&cases, t, "cases", TYPE_COUNT, "", err));
    folder->label = (Label){"文件夹", "folder"};
    passed->label = (Label){"通过", "passed"};
    cases->label = (Label){"用例", "cases"};
    for (size_t i = 0; i < k->n; i++) {
        folder->s[i] = k->folders[i].name;
        passed->i[i] = (int64_t)k->folders[i].passed;
        cases->i[i] = (int64_t)k->folders[i].cases;
    }
    rc = job_result(k->job, t, err);
done:
    return rc;
}

ErrCode command_tck(Job *job, Err *err)
{
    ErrCode rc = OK;
    Kits k = {.job = job};
    const char *folder, *results;
    TRY(job_need(&folder, job, "folder", err));
    TRY(job_need(&results, job, "results", err));
    TRY(outfile_open(&k.file, results, err));
    TRY(run_folder(&k, folder, 0, err));
    if (k.cases == 0)
        TRY(FAIL(err, ERR_INPUT, "%s: no files '*-test-*.xml' in it", folder));
    TRY(outfile_keep(&k.file, err));
    TRY(write_table(&k, err));
    TRY(command_show(job, NULL, err));
    if (job->user->format == ENGINE_TEXT)
        fprintf(job->user->out, tr("%zu of %zu cases pass\n"), k.passed,
                k.cases);
    if (k.passed + k.ignored < k.cases)
        rc = FAIL(err, ERR_DIFFERS, "%zu of %zu cases do not pass",
                  k.cases - k.passed - k.ignored, k.cases);
done:
    outfile_drop(&k.file);
    return rc;
}
