#include "flow/articles.h"
#include "flow/command.h"

#include "core/outfile.h"
#include "core/text.h"
#include "flow/outline.h"
#include "flow/pages.h"
#include "flow/provenance.h"
#include "report/report.h"

#include <inttypes.h>
#include <string.h>

enum { STAGES = 4, OPTIONS_MAX = 12 };

/* A stage of the chain: a command and its options as words that paths stand
 * for: "D/x" below --datasets, "R/x" below --rules. */
typedef struct {
    const Command *command;
    EngineOption options[OPTIONS_MAX]; /* ends with a NULL name */
} Stage;

static const Stage stages[STAGES] = {
    {&command_assess,
     {{"applications", "D/applications.csv"},
      {"ip-rights", "D/ip_rights.csv"},
      {"rules", "R/credit"},
      {"value-rules", "R/value/ip-income.cfg"},
      {"as-of", "2025-12-31"}}},
    {&command_value,
     {{"ip-rights", "D/ip_rights.csv"},
      {"rules", "R/value/ip-income.cfg"},
      {"as-of", "2025-12-31"}}},
    {&command_pool,
     {{"portfolio", "D/portfolio.csv"},
      {"factors", "D/factors.cfg"},
      {"scheme", "D/scheme.cfg"},
      {"scenarios", "100000"},
      {"years", "3"},
      {"as-of", "2025-12-31"}}},
    {&command_subsidy,
     {{"contracts", "D/contracts.csv"},
      {"rules", "R/subsidy/suizhou/transfer.cfg"},
      {"scenario", "tiers"}}},
};

/* Where the chain finds its files. */
typedef struct {
    const char *datasets, *rules;
} Folders;

static Folders folders_of(const Job *job)
{
    const char *datasets = job_option(job, "datasets");
    const char *rules = job_option(job, "rules");
    return (Folders){datasets == NULL ? "datasets" : datasets,
                     rules == NULL ? "rules" : rules};
}

static const char *placed(Arena *arena, const Folders *at, const char *value)
{
    if (strncmp(value, "D/", 2) == 0)
        return text_format(arena, "%s/%s", at->datasets, value + 2);
    if (strncmp(value, "R/", 2) == 0)
        return text_format(arena, "%s/%s", at->rules, value + 2);
    return value;
}

/* A stage's options, with the ledger and --again of the whole chain. */
static ErrCode stage_options(EngineOption *out, size_t *n, const Job *job,
                             const Stage *stage, Err *err)
{
    static const char *const shared[] = {"ledger", "again"};
    Folders at = folders_of(job);
    *n = 0;
    for (const EngineOption *o = stage->options; o->name != NULL; o++) {
        out[*n] = (EngineOption){o->name, placed(job->arena, &at, o->value)};
        if (out[(*n)++].value == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
    }
    for (size_t i = 0; i < 2; i++)
        if (job_option(job, shared[i]) != NULL)
            out[(*n)++] = (EngineOption){shared[i], job_option(job, shared[i])};
    return OK;
}

/* Stages keep their own jobs open: the report reads their tables. */
typedef struct {
    Job jobs[STAGES];
    EngineOption options[STAGES][OPTIONS_MAX + 2];
    int64_t runs[STAGES];
    Job rules;
    EngineOption rule_option;
    EngineUser quiet;
} Chain;

/* All rule files below --rules: loaded, their examples held. */
static ErrCode check_rules(Chain *c, const Job *job, Err *err)
{
    ErrCode rc = OK;
    EngineOption *option = &c->rule_option;
    *option = (EngineOption){"file", folders_of(job).rules};
    TRY(job_open(&c->rules, option, 1, &c->quiet, err));
    TRY(command_rules_checked(&c->rules, err));
done:
    return rc;
}

/* The results of all stages side by side, as one job's. */
static ErrCode collect(Job *job, const Job *from, Err *err)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < from->nresults; i++)
        TRY(job_result(job, from->results[i], err));
done:
    return rc;
}

/* What an officer wants to see first. */
static ErrCode show_summary(const Job *job, const Chain *c, Err *err)
{
    static const char *const names[] = {"assess_summary", "value_summary",
                                        "pool_summary", "pool_ruin",
                                        "subsidy_total"};
    ErrCode rc = OK;
    const EngineUser *user = job->user;
    size_t good = 0, n = 0;
    const Column *files = table_find(c->rules.results[0], "good");
    for (; n < c->rules.results[0]->rows; n++)
        good += files->i[n] == 1;
    fprintf(user->out, tr("%zu of %zu rule files hold\n"), good, n);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        for (size_t i = 0; i < job->nresults; i++)
            if (strcmp(job->results[i]->name, names[k]) == 0) {
                fputc('\n', user->out);
                TRY(report_text(user->out, job->results[i],
                                user->chinese ? REPORT_ZH : REPORT_EN, err));
            }
    fprintf(user->out, tr("\nruns %" PRId64 " to %" PRId64 " in %s\n"),
            c->runs[0], c->runs[STAGES - 1],
            job_option(job, "ledger") == NULL ? "kedan.db"
                                              : job_option(job, "ledger"));
done:
    return rc;
}

/* Every file that a stage read. */
static ErrCode add_files(Job *job, const Chain *c, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    size_t n = c->rules.nfiles, k = 0;
    for (int i = 0; i < STAGES; i++)
        n += c->jobs[i].nfiles;
    LedgerFile *files = arena_alloc(job->arena, n + 1, sizeof *files);
    if (files == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a report");
    for (int i = 0; i < STAGES; i++)
        for (size_t j = 0; j < c->jobs[i].nfiles; j++)
            files[k++] = c->jobs[i].files[j];
    TRY(articles_table(&t, job->tables, files, k, err));
    if (t != NULL)
        TRY(job_result(job, t, err));
    for (size_t j = 0; j < c->rules.nfiles; j++)
        files[k++] = c->rules.files[j];
    TRY(provenance_table(&t, job->tables, files, n, err));
    TRY(job_result(job, t, err));
    TRY(outline_table(&t, job->tables, job->results, job->nresults, err));
    if (t != NULL)
        TRY(job_result(job, t, err));
done:
    return rc;
}

static ErrCode write_report(const Job *job, Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    const char *path = job_option(job, "output");
    path = path == NULL ? "kedan-report.html" : path;
    TRY(outfile_open(&file, path, err));
    TRY(pages_write(file.to, job->results, job->nresults, job->arena,
                    "kedan run --datasets datasets --rules rules",
                    job->user->chinese, err));
    TRY(outfile_keep(&file, err));
    fprintf(job->user->out, tr("report: %s\n"), path);
done:
    outfile_drop(&file);
    return rc;
}

static ErrCode run_stages(Chain *c, Job *job, Err *err)
{
    ErrCode rc = OK;
    size_t n;
    for (int i = 0; i < STAGES; i++) {
        TRY(stage_options(c->options[i], &n, job, &stages[i], err));
        TRY(job_open(&c->jobs[i], c->options[i], n, &c->quiet, err));
        TRY(command_record(&c->runs[i], &c->jobs[i], stages[i].command, err));
        TRY(collect(job, &c->jobs[i], err));
    }
done:
    return rc;
}

ErrCode command_chain(Job *job, Err *err)
{
    ErrCode rc = OK;
    Chain *c = arena_alloc(job->arena, 1, sizeof *c);
    if (c == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    c->quiet = *job->user;
    TRY(check_rules(c, job, err));
    TRY(collect(job, &c->rules, err));
    TRY(run_stages(c, job, err));
    TRY(add_files(job, c, err));
    TRY(show_summary(job, c, err));
    TRY(write_report(job, err));
done:
    for (int i = 0; c != NULL && i < STAGES; i++)
        job_close(&c->jobs[i]);
    if (c != NULL)
        job_close(&c->rules);
    return rc;
}
