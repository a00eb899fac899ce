#include "flow/command.h"

#include "core/text.h"
#include "data/csv.h"
#include "flow/articles.h"
#include "flow/pages.h"
#include "flow/provenance.h"
#include "report/folder.h"
#include "report/report.h"

#include <string.h>

/* Tables that only charts and machines want; people see what they were made
 * from. */
static int is_for_charts(const Table *t)
{
    return strcmp(t->name, "assess_top_reasons") == 0 ||
           strcmp(t->name, "pool_marks") == 0 ||
           strcmp(t->name, "pool_party_distribution") == 0 ||
           strcmp(t->name, "future_days") == 0 ||
           strcmp(t->name, "future_shape") == 0 ||
           strcmp(t->name, "future_worths") == 0 ||
           strcmp(t->name, "pool_size_curve") == 0 ||
           strcmp(t->name, "validation_roc") == 0;
}

static ErrCode show_text(const Job *job, Err *err)
{
    ErrCode rc = OK;
    ReportLanguage language = job->user->chinese ? REPORT_ZH : REPORT_EN;
    for (size_t i = 0; i < job->nresults; i++) {
        if (is_for_charts(job->results[i]))
            continue;
        if (i > 0)
            fputc('\n', job->user->out);
        TRY(strcmp(job->results[i]->name, "trace") == 0
                ? report_steps(job->user->out, job->results[i], language, err)
                : report_text(job->user->out, job->results[i], language, err));
    }
done:
    return rc;
}

static ErrCode show_json(const Job *job, Err *err)
{
    ErrCode rc = OK;
    FILE *to = job->user->out;
    fputs("{\n", to);
    for (size_t i = 0; i < job->nresults; i++) {
        fprintf(to, "  \"%s\": ", job->results[i]->name);
        TRY(report_json(to, job->results[i], 2, err));
        fputs(i + 1 < job->nresults ? ",\n" : "\n", to);
    }
    fputs("}\n", to);
done:
    return rc;
}

/* Of several results the one that a file of one table is for: all figures
 * rather than the glance at them, where there are such. */
static const Table *main_result(const Job *job)
{
    static const char *const names[] = {"pool_figures", "pool_compare",
                                        "pool_stress", "pool_size"};
    for (size_t i = 0; i < job->nresults; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (strcmp(job->results[i]->name, names[k]) == 0)
                return job->results[i];
    return job->nresults > 0 ? job->results[0] : NULL;
}

/* Tables that a CSV text of one has no room for. */
static void name_others(const Job *job, const Table *shown)
{
    size_t n = 0;
    FILE *to = job->user->notes;
    for (size_t i = 0; i < job->nresults && job->user->tables == NULL; i++)
        if (job->results[i] != shown)
            fprintf(to, "%s%s", n++ == 0 ? tr("not in this CSV text: ") : ", ",
                    job->results[i]->name);
    if (n > 0)
        fprintf(to, "%s\n", tr("; --tables FOLDER writes every table"));
}

static ErrCode show_csv(const Job *job, Err *err)
{
    const Table *table = job->rows == NULL ? main_result(job) : job->rows;
    if (job->rows == NULL)
        name_others(job, table);
    return table == NULL ? OK : csv_write(job->user->out, table, 0, err);
}

ErrCode command_tables(const Job *job, Err *err)
{
    ReportFolder w = {.folder = job->user->tables};
    const Table **tables =
        arena_alloc(job->arena, job->nresults + 1, sizeof *tables);
    const char **read = arena_alloc(job->arena, job->nfiles + 1, sizeof *read);
    if (tables == NULL || read == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a result");
    if (w.folder == NULL)
        return OK;
    if (job->rows != NULL)
        tables[w.n++] = job->rows;
    for (size_t i = 0; i < job->nresults; i++)
        if (job->results[i] != job->rows)
            tables[w.n++] = job->results[i];
    for (size_t i = 0; i < job->nfiles; i++)
        read[w.nread++] = job->files[i].source.name;
    w.tables = tables;
    w.read = read;
    return report_folder(&w, err);
}

/* As a shell reads it: in quotes where a sign could mean something to it. */
static const char *shell_word(Arena *arena, const char *value)
{
    static const char signs[] = " \t\n'\"\\`$&|;<>()[]{}*?!#~^";
    const char *text = "'", *quote;
    if (*value != '\0' && value[strcspn(value, signs)] == '\0')
        return value;
    while (text != NULL && (quote = strchr(value, '\'')) != NULL) {
        text = text_format(arena, "%s%.*s'\\''", text, (int)(quote - value),
                           value);
        value = quote + 1;
    }
    return text == NULL ? NULL : text_format(arena, "%s%s'", text, value);
}

const char *command_line(const Job *job, int plain)
{
    /* These stand without their names. */
    static const char *const places[] = {"data", "file", "key",
                                         "day",  "run",  "folder"};
    const char *line = text_format(job->arena, "kedan %s", job->command);
    for (size_t i = 0; line != NULL && i < job->noptions; i++) {
        const EngineOption *o = &job->options[i];
        int is_place = 0;
        if (plain && command_shows(o->name))
            continue;
        for (size_t k = 0; k < sizeof places / sizeof *places; k++)
            is_place |= strcmp(o->name, places[k]) == 0;
        int is_flag = strcmp(o->value, "yes") == 0;
        const char *value = shell_word(job->arena, o->value);
        if (value == NULL)
            return NULL;
        line = is_place  ? text_format(job->arena, "%s %s", line, value)
               : is_flag ? text_format(job->arena, "%s --%s", line, o->name)
                         : text_format(job->arena, "%s --%s %s", line, o->name,
                                       value);
    }
    return line;
}

/* The report's page of the results, with what they were made from. */
static ErrCode show_page(const Job *job, const Table *shown[], const char *line,
                         Err *err)
{
    ErrCode rc = OK;
    Table *files, *articles;
    size_t n = job->nresults;
    memcpy(shown, job->results, n * sizeof *shown);
    TRY(provenance_table(&files, job->tables, job->files, job->nfiles, err));
    shown[n++] = files;
    TRY(articles_table(&articles, job->tables, job->files, job->nfiles, err));
    if (articles != NULL)
        shown[n++] = articles;
    TRY(pages_write(job->user->out, shown, n, job->arena, line,
                    job->user->chinese, err));
done:
    return rc;
}

/* All results as one page, with charts where the report has them. */
static ErrCode show_html(const Job *job, Err *err)
{
    size_t n = 0;
    const Table **shown =
        arena_alloc(job->arena, job->nresults + 2, sizeof *shown);
    const char *line = command_line(job, 0);
    if (shown == NULL || line == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a page");
    if (pages_cover(job->results, job->nresults))
        return show_page(job, shown, line, err);
    for (int steps = 0; steps < 2; steps++) /* what it comes to, then why */
        for (size_t i = 0; i < job->nresults; i++)
            if (!is_for_charts(job->results[i]) &&
                steps == (strcmp(job->results[i]->name, "trace") == 0))
                shown[n++] = job->results[i];
    ReportSection section = {.id = "results",
                             .title = {"结果", "Results"},
                             .tables = shown,
                             .ntables = n};
    Report report = {.title = {"科担 kedan", "kedan 科担"},
                     .subtitle = {line, line},
                     .sections = &section,
                     .n = 1,
                     .version = ENGINE_VERSION,
                     .command = line};
    return report_html(job->user->out, &report,
                       job->user->chinese ? REPORT_ZH : REPORT_EN, err);
}

ErrCode command_show(const Job *job, const Command *command, Err *err)
{
    ErrCode rc = command_tables(job, err);
    if (rc != OK)
        return rc;
    if (job->user->format == ENGINE_CSV)
        return show_csv(job, err);
    if (job->user->format == ENGINE_TEXT)
        return show_text(job, err);
    if (job->user->format == ENGINE_HTML)
        return show_html(job, err);
    if (command != NULL && command->json != NULL)
        return command->json(job->user->out, job, err);
    return show_json(job, err);
}
