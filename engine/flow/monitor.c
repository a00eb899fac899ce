#include "flow/command.h"

#include "core/date.h"
#include "core/text.h"
#include "credit/stability.h"
#include "credit/tabled.h"
#include "flow/again.h"
#include "flow/pages.h"
#include "flow/validated.h"
#include "stat/gradetest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- outcomes by application ---- */

typedef struct {
    const char *id;
    size_t row;
    int64_t as_of;
    int bad;
} Known;

/* By id; of one id the latest observation first. */
static int by_id(const void *a, const void *b)
{
    const Known *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    if (order != 0)
        return order;
    if (x->as_of != y->as_of)
        return x->as_of > y->as_of ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static ErrCode known_of(Known **out, size_t *n, Job *job, Err *err)
{
    static const char who[] = "monitoring";
    ErrCode rc = OK;
    Table *t;
    const Column *id, *bad, *day;
    TRY(job_table(&t, job, (JobTable){"outcomes", "outcomes", "map", NULL, 0},
                  err));
    TRY(table_need(&id, t, FIELD_application_id, who, err));
    TRY(table_need(&bad, t, FIELD_defaulted, who, err));
    TRY(table_need(&day, t, FIELD_as_of, who, err));
    Known *known = arena_alloc(job->arena, t->rows + 1, sizeof *known);
    if (known == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", t->rows);
    *n = 0;
    for (size_t i = 0; i < t->rows; i++)
        if (id->s[i] != NULL && bad->i[i] != NULL_INT)
            known[(*n)++] = (Known){id->s[i], i, day->i[i], bad->i[i] != 0};
    qsort(known, *n, sizeof *known, by_id);
    *out = known;
done:
    return rc;
}

/* The latest outcome of an application; NULL when there is none. */
static const Known *outcome_of(const Known known[], size_t n, const char *id)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(known[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && strcmp(known[low].id, id) == 0 ? &known[low] : NULL;
}

/* ---- decisions beside what became of them ---- */

typedef struct {
    const Table *decisions;
    const Column *id, *pd, *score, *grade, *outcome, *product, *applied;
} Decided;

static ErrCode decided_of(Decided *out, const Again *a, Err *err)
{
    const Table *t = a->job.rows;
    const Table *applications = tables_find(a->job.tables, "applications");
    if (strcmp(a->was.command, command_assess.name) != 0 || t == NULL ||
        applications == NULL)
        return FAIL(err, ERR_USAGE,
                    "a run of '%s' decided no applications; give one of "
                    "'assess'",
                    a->was.command);
    *out = (Decided){t,
                     table_field(t, FIELD_application_id),
                     table_field(t, FIELD_pd),
                     table_field(t, FIELD_score),
                     table_field(t, FIELD_grade),
                     table_field(t, FIELD_outcome),
                     table_field(t, FIELD_product),
                     table_field(applications, FIELD_applied_on)};
    if (out->pd == NULL && out->score == NULL)
        return FAIL(err, ERR_USAGE,
                    "the rules of that run put out neither pd nor score");
    return OK;
}

/* A decision's risk: its PD, or minus its points; NaN when it has none. */
static double risk_at(const Decided *d, size_t row)
{
    return d->pd != NULL ? d->pd->d[row] : -d->score->d[row];
}

static const char *word_at(Tables *tables, const Column *c, size_t row)
{
    if (c == NULL || cell_is_null(c, row))
        return NULL;
    return texts_put(tables->texts, c->s[row], strlen(c->s[row]));
}

static const char *month_at(Tables *tables, const Column *c, size_t row)
{
    char text[CELL_TEXT];
    if (c == NULL || cell_is_null(c, row))
        return NULL;
    DateParts p = date_parts((Date){(int32_t)c->i[row]});
    snprintf(text, sizeof text, "%04d-%02d", p.year, p.month);
    return texts_put(tables->texts, text, strlen(text));
}

/* Arrays for the cases with an outcome. */
typedef struct {
    double *score;
    uint8_t *bad;
    const char **grade, **product, **month;
    size_t n;
} Observed;

static ErrCode observe(Observed *o, Job *job, const Decided *d,
                       const Known known[], size_t n, Err *err)
{
    Arena *arena = job->arena;
    size_t rows = d->decisions->rows;
    *o = (Observed){arena_alloc(arena, rows + 1, sizeof *o->score),
                    arena_alloc(arena, rows + 1, sizeof *o->bad),
                    arena_alloc(arena, rows + 1, sizeof *o->grade),
                    arena_alloc(arena, rows + 1, sizeof *o->product),
                    arena_alloc(arena, rows + 1, sizeof *o->month),
                    0};
    if (o->score == NULL || o->bad == NULL || o->grade == NULL ||
        o->product == NULL || o->month == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", rows);
    for (size_t i = 0; i < rows; i++) {
        const Known *k = outcome_of(known, n, d->id->s[i]);
        if (k == NULL || isnan(risk_at(d, i)))
            continue;
        o->score[o->n] = risk_at(d, i);
        o->bad[o->n] = (uint8_t)k->bad;
        o->grade[o->n] = word_at(job->tables, d->grade, i);
        o->product[o->n] = word_at(job->tables, d->product, i);
        o->month[o->n++] = month_at(job->tables, d->applied, i);
    }
    return OK;
}

/* The scores of all decisions by month, whether observed or not. */
static ErrCode drift(Job *job, const Decided *d, Err *err)
{
    size_t rows = d->decisions->rows, n = 0;
    double *score = arena_alloc(job->arena, rows + 1, sizeof *score);
    const char **month = arena_alloc(job->arena, rows + 1, sizeof *month);
    if (score == NULL || month == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", rows);
    for (size_t i = 0; d->applied != NULL && i < rows; i++) {
        if (isnan(risk_at(d, i)))
            continue;
        score[n] = risk_at(d, i);
        month[n++] = month_at(job->tables, d->applied, i);
    }
    return n == 0 ? OK : stability_months(job->tables, score, month, n, err);
}

/* ---- decisions counted by what they were ---- */

enum { OUTCOME, DECISIONS, OBSERVED, DEFAULTS, RATE, LOW, HIGH, N };

static const TabledColumn columns[N] = {
    [OUTCOME] = {"outcome", "", TYPE_CATEGORY, {"结论", "outcome"}},
    [DECISIONS] = {"decisions", "", TYPE_COUNT, {"笔数", "decisions"}},
    [OBSERVED] = {"observed", "", TYPE_COUNT, {"已有结果", "observed"}},
    [DEFAULTS] = {"defaults", "", TYPE_COUNT, {"违约数", "defaults"}},
    [RATE] = {"rate", "1", TYPE_REAL, {"违约率", "default rate"}},
    [LOW] = {"low", "1", TYPE_REAL, {"下限", "low"}},
    [HIGH] = {"high", "1", TYPE_REAL, {"上限", "high"}},
};

static void count_outcome(Column *c[], size_t k, const Decided *d,
                          const Known known[], size_t n)
{
    for (size_t i = 0; i < d->decisions->rows; i++) {
        const char *word = d->outcome->s[i];
        if (word == NULL || strcmp(word, c[OUTCOME]->s[k]) != 0)
            continue;
        const Known *now = outcome_of(known, n, d->id->s[i]);
        c[DECISIONS]->i[k]++;
        c[OBSERVED]->i[k] += now != NULL;
        c[DEFAULTS]->i[k] += now != NULL && now->bad;
    }
    size_t seen = (size_t)c[OBSERVED]->i[k], bad = (size_t)c[DEFAULTS]->i[k];
    c[RATE]->d[k] = c[LOW]->d[k] = c[HIGH]->d[k] = (double)NAN;
    if (seen == 0)
        return;
    GradeTest t = gradetest_of(seen, bad, 0.5, 0);
    c[RATE]->d[k] = t.rate;
    c[LOW]->d[k] = tabled_figure(t.low);
    c[HIGH]->d[k] = tabled_figure(t.high);
}

static ErrCode outcomes_table(Job *job, const Decided *d, const Known known[],
                              size_t n, Err *err)
{
    static const char *const words[] = {"approve", "refer", "decline",
                                        "incomplete"};
    enum { WORDS = sizeof words / sizeof *words };
    ErrCode rc = OK;
    Table *t;
    Column *c[N];
    if (d->outcome == NULL)
        return OK;
    TRY(tabled_new(
        &t, c, job->tables, "monitor_outcomes",
        (Label){"结论与后来的结果", "Decisions and what became of them"}, WORDS,
        columns, N, err));
    for (size_t k = 0; k < WORDS; k++) {
        c[OUTCOME]->s[k] =
            texts_put(job->tables->texts, words[k], strlen(words[k]));
        if (c[OUTCOME]->s[k] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a result");
        count_outcome(c, k, d, known, n);
    }
    rc = job_result(job, t, err);
done:
    return rc;
}

/* ---- the command ---- */

static ErrCode write_page(Job *job, int64_t run, Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    const char *path = job_option(job, "page");
    if (path == NULL)
        return OK;
    const char *command =
        text_format(job->arena, "kedan model monitor %lld --outcomes %s",
                    (long long)run, job_option(job, "outcomes"));
    if (command == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a report");
    TRY(outfile_open(&file, path, err));
    TRY(pages_write(file.to, job->results, job->nresults, job->arena, command,
                    job->user->chinese, err));
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}

static ErrCode monitor(Job *job, const Again *a, Err *err)
{
    ErrCode rc = OK;
    Decided d = {0};
    Known *known = NULL;
    Observed o;
    size_t n = 0;
    uint64_t samples;
    TRY(job_count(&samples, job, "bootstrap", 999, 0, 100000, err));
    TRY(job_count(&job->seed, job, "seed", 1, 0, UINT64_MAX, err));
    TRY(decided_of(&d, a, err));
    TRY(known_of(&known, &n, job, err));
    TRY(outcomes_table(job, &d, known, n, err));
    TRY(drift(job, &d, err));
    TRY(observe(&o, job, &d, known, n, err));
    Validation v = {.cases = {o.score, o.bad, NULL, o.n},
                    .is_pd = d.pd != NULL,
                    .grade = d.grade != NULL ? o.grade : NULL,
                    .segment = o.product,
                    .month = d.applied != NULL ? o.month : NULL};
    rc = validated_tables(job, &v, (size_t)samples, err);
done:
    return rc;
}

ErrCode command_monitor(Job *job, Err *err)
{
    ErrCode rc = OK;
    Ledger *ledger = NULL;
    Again a = {0};
    int64_t run;
    TRY(again_number(&run, job, err));
    TRY(command_ledger(&ledger, job, LEDGER_READ, err));
    TRY(again_compute(&a, job, ledger, run, err));
    TRY(monitor(job, &a, err));
    TRY(write_page(job, run, err));
    TRY(command_show(job, NULL, err));
done:
    again_close(&a);
    ledger_close(ledger);
    return rc;
}
