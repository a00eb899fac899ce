#include "flow/poolrun.h"

#include "core/outfile.h"
#include "core/text.h"
#include "data/csv.h"
#include "stat/history.h"
#include "stat/sample.h"

#include <stdlib.h>
#include <string.h>

/* "0.95,0.99" as decimals. */
ErrCode poolrun_shares(double **values, const char ***out, size_t *count,
                       Job *job, const char *option, const char *otherwise,
                       Err *err)
{
    const char *text = job_option(job, option);
    text = text == NULL ? otherwise : text;
    Level level;
    size_t n = 1, whole = strlen(text);
    for (const char *p = text; *p != '\0'; p++)
        n += *p == ',';
    double *levels = arena_alloc(job->arena, n, sizeof *levels);
    const char **texts = arena_alloc(job->arena, n, sizeof *texts);
    if (levels == NULL || texts == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t i = 0; i < n; i++) {
        size_t length = strcspn(text, ",");
        char *end;
        texts[i] = text_copy(job->arena, text, length);
        if (texts[i] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
        levels[i] = strtod(texts[i], &end);
        if (length == 0 || length > 20 || *end != '\0' ||
            strspn(texts[i], "0.123456789") != length || levels[i] <= 0 ||
            levels[i] >= 1 || level_parse(&level, texts[i], NULL) != OK)
            return FAIL(err, ERR_USAGE,
                        "--%s: '%.*s' is not a share between 0 and 1 of at "
                        "most 9 decimals, as 0.99",
                        option, TEXT_SHORT(texts[i]));
        for (size_t k = 0; k < i; k++)
            if (levels[k] == levels[i])
                return FAIL(err, ERR_USAGE, "--%s: %s stands there twice",
                            option, texts[i]);
        whole -= length;
        text += length + (whole > 0);
    }
    *values = levels;
    *out = texts;
    *count = n;
    return OK;
}

/* The place of an option's word among words[n], the first without one; `said`
 * is how they are listed. */
static ErrCode read_word(int *out, const Job *job, const char *option,
                         const char *const words[], size_t n, const char *said,
                         Err *err)
{
    const char *text = job_option(job, option);
    size_t i = 0;
    while (text != NULL && i < n && strcmp(text, words[i]) != 0)
        i++;
    if (i == n)
        return FAIL(err, ERR_USAGE, "--%s: '%.*s' is not one of %s", option,
                    TEXT_SHORT(text), said);
    *out = (int)i;
    return OK;
}

static ErrCode read_words(PoolRun *s, const Job *job, Err *err)
{
#define X(name, word) word,
    static const char *const exacts[] = {POOL_EXACTS(X)};
    static const char *const steps[] = {POOL_STEPS(X)};
#undef X
    ErrCode rc = OK;
    int exact = 0, step = 0;
    TRY(read_word(&exact, job, "exact", exacts, sizeof exacts / sizeof *exacts,
                  tr("cheap, full and none"), err));
    TRY(read_word(&step, job, "steps", steps, sizeof steps / sizeof *steps,
                  tr("yearly and monthly"), err));
    s->options.exact = (PoolExact)exact;
    s->options.steps = (PoolSteps)step;
done:
    return rc;
}

static int told(void *to, double part)
{
    return job_progress(to, "pool", part);
}

/* --contributions 0.99, and the file of those of all firms */
static ErrCode read_contributions(PoolRun *s, Job *job, Err *err)
{
    double *levels;
    const char **texts;
    size_t n;
    if (job_option(job, "contributions") == NULL)
        return job_option(job, "contributors") == NULL
                   ? OK
                   : FAIL(err, ERR_USAGE,
                          "--contributors is the file of --contributions: "
                          "name the level too, as --contributions 0.99");
    ErrCode rc =
        poolrun_shares(&levels, &texts, &n, job, "contributions", "0.99", err);
    if (rc == OK && n > 1)
        rc = FAIL(err, ERR_USAGE, "--contributions is of one level, as 0.99");
    s->options.contributions = rc == OK ? texts[0] : NULL;
    return rc;
}

static ErrCode read_options(PoolRun *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    uint64_t years;
    double *levels;
    const char **texts;
    TRY(job_count(&s->options.scenarios, job, "scenarios", 100000, 2,
                  UINT32_MAX, err));
    TRY(job_count(&years, job, "years", 1, 1, 30, err));
    TRY(job_count(&s->options.seed, job, "seed", 1, 0, UINT64_MAX, err));
    TRY(job_as_of(&s->options.as_of, job, err));
    TRY(read_words(s, job, err));
    TRY(poolrun_shares(&levels, &texts, &s->options.nlevels, job, "levels",
                       "0.95,0.99,0.999", err));
    TRY(read_contributions(s, job, err));
    s->options.levels = levels;
    s->options.level_texts = texts;
    s->options.years = (int)years;
    s->options.threads = job->user->threads;
    s->options.progress = told;
    s->options.to = job;
    job->seed = s->options.seed;
done:
    return rc;
}

/* Without a pd of its own a book gets its industries' from past loans. */
static ErrCode read_history(PoolRun *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    Table *past, *rates;
    if (job_option(job, "history") == NULL)
        return OK;
    TRY(job_table(&past, job,
                  (JobTable){"history", "outcomes", "history-map", NULL, 0},
                  err));
    TRY(history_apply(&rates, s->portfolio, past, FIELD_industry, err));
done:
    return rc;
}

/* The file of correlations, which stands beside the model's. */
static ErrCode read_pairs(PoolRun *s, Job *job, const char *factors, Err *err)
{
    ErrCode rc = OK;
    Source source;
    const char *path = factors_pairs_file(s->factors);
    const char *slash = strrchr(factors, '/');
    if (path == NULL)
        return OK;
    if (slash != NULL && *path != '/')
        path = text_format(job->arena, "%.*s/%s", (int)(slash - factors),
                           factors, path);
    if (path == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_file(&source, job, "correlations", path, err));
    rc = factors_take_pairs(&s->factors, job->arena, job->tables, s->factors,
                            source, job->faults, err);
    TRY(job_found(job, rc, ERR_INPUT, path, err));
done:
    return rc;
}

static ErrCode read_scheme(const Scheme **out, Job *job, const char *path,
                           Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    TRY(job_doc(&root, job, "scheme", path, err));
    rc = scheme_read(out, job->arena, root, job->faults, err);
    TRY(job_found(job, rc, ERR_RULE, path, err));
done:
    return rc;
}

ErrCode poolrun_scheme(const Scheme **out, Job *job, const char *text,
                       const char *option, Err *err)
{
    ErrCode rc = OK;
    size_t n = 0, most = 1;
    for (const char *p = text; *p != '\0'; p++)
        most += *p == '+';
    const Scheme **of = arena_alloc(job->arena, most, sizeof *of);
    if (of == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (const char *p = text; n < most; n++) {
        size_t length = strcspn(p, "+");
        const char *path = text_copy(job->arena, p, length);
        if (length == 0)
            return FAIL(err, ERR_USAGE,
                        "--%s: no file beside a plus; write A.cfg+B.cfg",
                        option);
        if (path == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
        TRY(read_scheme(&of[n], job, path, err));
        p += length + 1;
    }
    TRY(scheme_join(out, job->arena, of, n, err));
done:
    return rc;
}

ErrCode poolrun_read(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *factors, *scheme = job_option(job, "scheme");
    const Doc *root;
    PoolRun *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(read_options(s, job, err));
    TRY(job_need(&factors, job, "factors", err));
    TRY(job_table(&s->portfolio, job,
                  (JobTable){"portfolio", "portfolio", "map", NULL, 0}, err));
    job_forget(job);
    TRY(read_history(s, job, err));
    TRY(job_doc(&root, job, "factors", factors, err));
    rc = factors_read(&s->factors, job->arena, root, job->faults, err);
    TRY(job_found(job, rc, ERR_RULE, factors, err));
    TRY(read_pairs(s, job, factors, err));
    if (scheme != NULL)
        TRY(poolrun_scheme(&s->scheme, job, scheme, "scheme", err));
done:
    return rc;
}

/* Contributions of all firms as a file that spreadsheets open; a replay writes
 * none. */
static ErrCode write_contributors(const Job *job, Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    const char *path = job_option(job, "contributors");
    if (path == NULL || job->recorded != NULL)
        return OK;
    TRY(outfile_open(&file, path, err));
    TRY(csv_write(file.to, tables_find(job->tables, "pool_contributors"), 0,
                  err));
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    static const char *const results[] = {
        "pool_summary",    "pool_figures",       "pool_exact",
        "pool_exact_ruin", "pool_exact_reason",  "pool_ruin",
        "pool_ruin_time",  "pool_events",        "pool_years",
        "pool_accounts",   "pool_distribution",  "pool_party_distribution",
        "pool_marks",      "pool_groups",        "pool_terms",
        "pool_large",      "pool_contributions", "history_rates"};
    ErrCode rc = OK;
    PoolRun *s = job->state;
    rc = pool_simulate(job->tables, s->portfolio, s->factors, s->scheme,
                       &s->options, job->faults, err);
    TRY(job_found(job, rc, ERR_INPUT, s->portfolio->file, err));
    for (size_t i = 0; i < sizeof results / sizeof *results; i++) {
        const Table *t = tables_find(job->tables, results[i]);
        if (t != NULL)
            TRY(job_result(job, t, err));
    }
    TRY(write_contributors(job, err));
done:
    return rc;
}

ErrCode command_pool_replay(Job *job, Err *err)
{
    static const char *const results[] = {
        "pool_story_summary", "pool_story_losses",
        "pool_story_events",  "pool_story_unwritten",
        "pool_story_parties", "pool_story_accounts",
        "pool_story"};
    enum { RESULTS = sizeof results / sizeof *results };
    ErrCode rc = OK;
    const char *text;
    uint64_t scenario;
    TRY(job_need(&text, job, "scenario", err));
    TRY(poolrun_read(job, err));
    PoolRun *s = job->state;
    TRY(job_count(&scenario, job, "scenario", 0, 0, s->options.scenarios - 1,
                  err));
    rc = pool_replay(job->tables, s->portfolio, s->factors, s->scheme,
                     &s->options, scenario, job->faults, err);
    TRY(job_found(job, rc, ERR_INPUT, s->portfolio->file, err));
    for (size_t i = 0; i < RESULTS; i++) {
        const Table *t = tables_find(job->tables, results[i]);
        if (t != NULL && (t->rows > 0 || i + 1 == RESULTS))
            TRY(job_result(job, t, err));
    }
    job->rows = tables_find(job->tables, "pool_story");
    TRY(command_show(job, NULL, err));
done:
    return rc;
}

const Command command_pool = {"pool simulate", poolrun_read, compute, NULL,
                              poolrun_json};
