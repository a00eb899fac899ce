#include "flow/job.h"

#include "core/text.h"
#include "flow/words.h"

#include <omp.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double clock_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

ErrCode job_open(Job *job, const EngineOption options[], size_t n,
                 const EngineUser *user, Err *err)
{
    *job = (Job){.options = options,
                 .noptions = n,
                 .user = user,
                 .started = clock_now()};
    job->arena = arena_new();
    if (job->arena == NULL || (job->tables = tables_new(job->arena)) == NULL ||
        (job->faults = faults_new(job->arena)) == NULL) {
        job_close(job);
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    }
    return words_add(job->tables, err);
}

ErrCode job_keep(Job *job, Err *err)
{
    return job->rejects == NULL ? OK : outfile_keep(job->rejects, err);
}

void job_close(Job *job)
{
    if (job->rejects != NULL)
        outfile_drop(job->rejects);
    arena_free(job->arena);
    *job = (Job){0};
}

const char *job_option(const Job *job, const char *name)
{
    for (size_t i = 0; i < job->noptions; i++)
        if (strcmp(job->options[i].name, name) == 0)
            return job->options[i].value;
    return NULL;
}

ErrCode job_need(const char **out, const Job *job, const char *name, Err *err)
{
    *out = job_option(job, name);
    if (*out == NULL)
        return FAIL(err, ERR_USAGE, "--%s is missing", name);
    return OK;
}

ErrCode job_count(uint64_t *out, const Job *job, const char *name,
                  uint64_t otherwise, uint64_t least, uint64_t most, Err *err)
{
    const char *text = job_option(job, name);
    *out = otherwise;
    if (text == NULL)
        return OK;
    char *end;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 || n < least ||
        n > most)
        return FAIL(err, ERR_USAGE,
                    "--%s: '%.*s' is not a whole number from %" PRIu64
                    " to %" PRIu64,
                    name, TEXT_SHORT(text), least, most);
    *out = n;
    return OK;
}

ErrCode job_as_of(Date *out, const Job *job, Err *err)
{
    const char *text = job_option(job, "as-of");
    *out = date_of((DateParts){1, 1, 1});
    return text == NULL ? OK : date_parse(out, text, err);
}

static const LedgerFile *find_file(const LedgerFile files[], size_t n,
                                   const char *role, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(files[i].role, role) == 0 &&
            strcmp(files[i].source.name, name) == 0)
            return &files[i];
    return NULL;
}

typedef ErrCode ReadFn(Source *out, Arena *arena, const char *path, Err *err);

static ErrCode add_file(Source *out, Job *job, const char *role,
                        const char *path, ReadFn *read_file, Err *err)
{
    ErrCode rc = OK;
    const LedgerFile *known = find_file(job->files, job->nfiles, role, path);
    if (known != NULL) {
        *out = known->source;
        return job_recall(job, err);
    }
    if (job->recorded != NULL) {
        known =
            find_file(job->recorded->files, job->recorded->nfiles, role, path);
        if (known == NULL)
            return FAIL(err, ERR_DIFFERS, "the run did not keep %s", path);
        *out = known->source;
    } else {
        TRY(read_file(out, job->arena, path, err));
    }
    LedgerFile *files = arena_grow(job->arena, job->files, &job->files_capacity,
                                   job->nfiles, sizeof *files);
    if (files == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to list the files of a run");
    job->files = files;
    job->files[job->nfiles++] = (LedgerFile){role, *out};
done:
    return rc;
}

ErrCode job_file(Source *out, Job *job, const char *role, const char *path,
                 Err *err)
{
    return add_file(out, job, role, path, source_read, err);
}

ErrCode job_faults(Job *job, ErrCode code, const char *what, Err *err)
{
    ErrCode rc = faults_end(job->faults, code, what, err);
    faults_print(job->faults, job->user->notes);
    job->faults = faults_new(job->arena);
    if (job->faults == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to list what is wrong");
    return rc;
}

/* A reader's outcome: what it found wrong is shown first; a fault in the file
 * wins over the sum of faults that the reader itself reports. */
ErrCode job_found(Job *job, ErrCode rc, ErrCode code, const char *what,
                  Err *err)
{
    ErrCode found = job_faults(job, code, what, rc == OK ? err : NULL);
    return rc != OK ? rc : found;
}

ErrCode job_doc(const Doc **out, Job *job, const char *role, const char *path,
                Err *err)
{
    ErrCode rc = OK;
    Source source;
    TRY(job_file(&source, job, role, path, err));
    rc = doc_read(out, job->arena, source, job->faults, err);
    rc = job_found(job, rc, ERR_RULE, path, err);
done:
    return rc;
}

static ErrCode column_map(const ColumnMap **out, Job *job, const char *path,
                          Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    TRY(job_doc(&root, job, "map", path, err));
    rc = colmap_read(out, job->arena, root, job->faults, err);
    rc = job_found(job, rc, ERR_INPUT, path, err);
done:
    return rc;
}

ErrCode job_first(Job *job, const char *option, Err *err)
{
    ErrCode rc = OK;
    Source source;
    const char *path;
    TRY(job_need(&path, job, option, err));
    TRY(add_file(&source, job, option, path, source_load, err));
    if (job->recorded == NULL)
        job->unhashed = job->nfiles;
done:
    return rc;
}

/* How a file becomes a table: by its dictionary, or of any headers. */
typedef struct {
    CsvOptions csv;
    SheetOptions sheet;
    int is_sheet;
} Way;

static ErrCode read_as(Table **out, size_t *refused, Job *job, Source source,
                       Way way, Err *err)
{
    *refused = 0;
    return way.is_sheet ? sheet_read(out, job->tables, source, way.sheet,
                                     job->faults, err)
                        : csv_read(out, refused, job->tables, source, way.csv,
                                   job->faults, err);
}

/* Read the table by all threads; one of them takes the hash that is missing. */
static ErrCode read_and_hash(Table **out, size_t *refused, Job *job,
                             Source source, Way way, Err *err)
{
    ErrCode read = OK, hashed = OK;
    LedgerFile *file =
        job->unhashed > 0 ? &job->files[job->unhashed - 1] : NULL;
    Err why = {0};
    way.csv.threads = way.sheet.threads = job_threads(job);
#pragma omp parallel num_threads(way.csv.threads)
#pragma omp single
    {
#pragma omp task shared(hashed, why) firstprivate(file)
        if (file != NULL)
            hashed = source_hash(&file->source.hash, &file->source, &why);
        read = read_as(out, refused, job, source, way, err);
    }
    job->unhashed = 0;
    if (read == OK && hashed != OK)
        *err = why;
    return read != OK ? read : hashed;
}

/* Where refused rows go; one file for all tables of the job. */
static ErrCode open_rejects(FILE **out, Job *job, const char *path, Err *err)
{
    ErrCode rc = OK;
    if (job->rejects == NULL) {
        OutFile *file = arena_alloc(job->arena, 1, sizeof *file);
        if (file == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
        TRY(outfile_open(file, path, err));
        job->rejects = file;
    }
    *out = job->rejects->to;
done:
    return rc;
}

ErrCode job_table(Table **out, Job *job, JobTable which, Err *err)
{
    ErrCode rc = OK;
    CsvOptions options = {
        .of = which.of, .extra = which.extra, .n_extra = which.n_extra};
    const char *path, *map = job_option(job, which.map_option);
    const char *rejects = job_option(job, "rejects");
    Source source;
    size_t refused;
    TRY(job_need(&path, job, which.option, err));
    if (map != NULL)
        TRY(column_map(&options.map, job, map, err));
    TRY(job_file(&source, job, which.option, path, err));
    options.keep_good_rows = rejects != NULL;
    if (rejects != NULL && job->recorded == NULL)
        TRY(open_rejects(&options.rejects, job, rejects, err));
    rc = read_and_hash(out, &refused, job, source, (Way){.csv = options}, err);
    job->rejected += rc == OK ? refused : 0;
    if (rc == OK && options.keep_good_rows) /* faults are in the rejects */
        faults_print(job->faults, job->user->notes);
    else
        rc = job_found(job, rc, ERR_INPUT, path, err);
    if (rc == OK && (job->faults = faults_new(job->arena)) == NULL)
        rc = FAIL(err, ERR_MEMORY, "no memory to list what is wrong");
done:
    return rc;
}

ErrCode job_sheet(Table **out, Job *job, const char *option,
                  SheetOptions options, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    Source source;
    size_t refused, before = job->nfiles;
    TRY(job_need(&path, job, option, err));
    TRY(add_file(&source, job, option, path, source_load, err));
    if (job->recorded == NULL && job->nfiles > before)
        job->unhashed = job->nfiles;
    rc = read_and_hash(out, &refused, job, source,
                       (Way){.sheet = options, .is_sheet = 1}, err);
    rc = job_found(job, rc, ERR_INPUT, path, err);
done:
    return rc;
}

/* Is `word` one of "credit|eligibility"? */
static int is_among(const char *words, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = words; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, word, n) == 0 && (at[n] == '|' || at[n] == '\0'))
            return 1;
    }
    return 0;
}

ErrCode job_rules(Policy **out, Job *job, const char *role, const char *path,
                  Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    TRY(job_doc(&root, job, role, path, err));
    rc = policy_read(out, job->arena, job->tables->texts, root, job->faults,
                     err);
    rc = job_found(job, rc, ERR_RULE, path, err);
done:
    return rc;
}

ErrCode job_policy(Policy **out, Job *job, const char *role, const char *path,
                   const char *kinds, Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    TRY(job_doc(&root, job, role, path, err));
    TRY(job_policy_of(out, job, role, root, kinds, err));
done:
    return rc;
}

ErrCode job_policy_of(Policy **out, Job *job, const char *role, const Doc *root,
                      const char *kinds, Err *err)
{
    const char *path = root->file;
    ErrCode rc = policy_read(out, job->arena, job->tables->texts, root,
                             job->faults, err);
    TRY(job_found(job, rc, ERR_RULE, path, err));
    if (!is_among(kinds, policy_head(*out)->kind))
        TRY(FAIL(err, ERR_RULE,
                 "%s: a policy of kind '%s'; --%s wants one of kind %s", path,
                 policy_head(*out)->kind, role, kinds));
    if (policy_head(*out)->date_used == NULL &&
        job_option(job, "as-of") == NULL)
        rc = FAIL(err, ERR_USAGE,
                  "%s judges no row by a date of its own; give --as-of DATE",
                  path);
done:
    return rc;
}

ErrCode job_result(Job *job, const Table *table, Err *err)
{
    const Table **results =
        arena_grow(job->arena, job->results, &job->results_capacity,
                   job->nresults, sizeof *results);
    if (results == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a result");
    job->results = results;
    job->results[job->nresults++] = table;
    return OK;
}

ErrCode job_results(Job *job, const char *const names[], Err *err)
{
    ErrCode rc = OK;
    for (size_t i = 0; names[i] != NULL; i++) {
        const Table *t = tables_find(job->tables, names[i]);
        if (t != NULL)
            TRY(job_result(job, t, err));
    }
done:
    return rc;
}

int job_progress(const Job *job, const char *stage, double part)
{
    const EngineUser *user = job->user;
    return user->progress != NULL && user->progress(user->to, stage, part);
}

ErrCode job_stage(const Job *job, const char *stage, double part, Err *err)
{
    if (job_progress(job, stage, part))
        return FAIL(err, ERR_IO, "interrupted; this run is not recorded");
    return OK;
}

double job_seconds(const Job *job)
{
    return clock_now() - job->started;
}

int job_threads(const Job *job)
{
    return job->user->threads > 0 ? job->user->threads : omp_get_max_threads();
}
