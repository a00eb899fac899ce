#include "flow/command.h"

#include "core/text.h"
#include "credit/scoresummary.h"
#include "flow/carded.h"
#include "flow/judge.h"
#include "flow/lifts.h"
#include "flow/pick.h"
#include "flow/scored.h"

#include <stdio.h>
#include <string.h>

/* Rows of any file and the card that scores them. */
typedef struct {
    Carded card;
    Table *sheet, *inputs, *scores;
    const Column *id; /* of the sheet, or NULL: lines name the rows */
} Score;

/* Columns that name rows where --id does not say which. */
static const char *const ids[] = {"application_id", "loan_id", "id"};
enum { IDS = sizeof ids / sizeof *ids };

/* What must not be taken for numbers: words of the card, and names of rows. */
static ErrCode words_of(const char *const **out, size_t *n, Job *job,
                        const Carded *card, Err *err)
{
    ErrCode rc = OK;
    const char *const *inputs, **all, *id = job_option(job, "id");
    TRY(carded_words(&inputs, n, job->arena, card, 1, err));
    all = arena_alloc(job->arena, *n + IDS + 1, sizeof *all);
    if (all == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    for (size_t i = 0; i < *n; i++)
        all[i] = inputs[i];
    if (id != NULL)
        all[(*n)++] = id;
    for (size_t k = 0; id == NULL && k < IDS; k++)
        all[(*n)++] = ids[k];
    *out = all;
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path, *const *words = NULL;
    size_t n = 0;
    Score *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_first(job, "data", err));
    TRY(job_need(&path, job, "card", err));
    TRY(carded_read(&s->card, job, "card", err));
    TRY(lifts_check(job, s->card.policy, err));
    TRY(words_of(&words, &n, job, &s->card, err));
    TRY(scored_sheet(&s->sheet, job, "data", words, n, err));
    TRY(scored_column(&s->id, job, s->sheet, "id", err));
    for (size_t k = 0; s->id == NULL && k < IDS; k++)
        s->id = table_find(s->sheet, ids[k]);
done:
    return rc;
}

/* The columns that a score has, of no rows; *score is the one that counts. */
static ErrCode columns_of_scores(JudgeWhat *what, const char **score, Job *job,
                                 const Score *s, Err *err)
{
    ErrCode rc = OK;
    Table *none;
    size_t before = s->inputs->n, n;
    TRY(pick_rows(&none, job->tables, s->inputs, "score_columns", NULL, 0,
                  err));
    TRY(policy_scores(none, s->card.policy, s->card.day, err));
    n = none->n - before;
    const char **names = arena_alloc(job->arena, n + 1, sizeof *names);
    if (names == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    *score = NULL;
    for (size_t i = n; i-- > 0;) {
        const Column *c = none->columns[before + i];
        names[i] = c->name;
        if (c->type == TYPE_REAL &&
            (*score == NULL || strcmp(*score, "score") != 0))
            *score = c->name;
    }
    *what = (JudgeWhat){policy_scores, names, n};
    if (*score == NULL)
        rc = FAIL(err, ERR_RULE,
                  "%s puts out no score; name its scorecard in 'outputs'",
                  s->card.path);
done:
    return rc;
}

/* The names of the rows, where the file has them, or their lines. */
static ErrCode add_ids(Table *t, const Score *s, Err *err)
{
    ErrCode rc = OK;
    Column *c;
    if (s->id == NULL) {
        TRY(table_add_labelled(&c, t, "line", TYPE_COUNT, "",
                               (Label){"行号", "line"}, err));
        for (size_t i = 0; i < t->rows; i++)
            c->i[i] = t->lines[i];
        return OK;
    }
    rc = table_lend(t, TYPE_TEXT, s->id, err);
done:
    return rc;
}

/* Texts of what many rows share, made once: of a score, of four reasons. */
enum { KEPT = 4096 };
typedef struct {
    double score;
    const char *reasons[POLICY_REASONS];
    const char *score_text, *reasons_text; /* or NULL */
} Kept;

typedef struct {
    Texts *texts;
    const Column *score, *reasons[POLICY_REASONS];
    Kept kept[KEPT]; /* by what they are, the last of each place */
} Writer;

static const char *score_text(Writer *w, size_t row)
{
    char text[CELL_TEXT];
    uint64_t bits;
    double x = w->score->d[row];
    memcpy(&bits, &x, sizeof bits);
    Kept *k = &w->kept[(bits * UINT64_C(0x9E3779B97F4A7C15)) >> 52];
    if (k->score_text == NULL || memcmp(&k->score, &x, sizeof x) != 0) {
        const char *cell = cell_format(text, w->score, row);
        k->score_text = texts_put(w->texts, cell, strlen(cell));
        k->score = x;
    }
    return k->score_text;
}

static const char *reasons_text(Writer *w, size_t row)
{
    const char *of[POLICY_REASONS], *joined;
    char text[1024] = "";
    uint64_t hash = 0;
    for (int i = 0; i < POLICY_REASONS; i++) {
        of[i] = w->reasons[i]->s[row];
        hash = (hash ^ (uintptr_t)of[i]) * UINT64_C(0x9E3779B97F4A7C15);
    }
    Kept *k = &w->kept[hash >> 52];
    if (k->reasons_text != NULL && memcmp(k->reasons, of, sizeof of) == 0)
        return k->reasons_text;
    size_t n = 0;
    for (int i = 0; i < POLICY_REASONS && of[i] != NULL && n < 900; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%.200s",
                              i > 0 ? ";" : "", of[i]);
    joined = texts_put(w->texts, text, n);
    memcpy(k->reasons, of, sizeof of);
    return k->reasons_text = joined;
}

/* The record of a row: its name, its score, what cost it most. */
static ErrCode record(Job *job, Writer *w, const Score *s, Err *err)
{
    const Table *t = s->scores;
    LedgerRow *rows = arena_alloc(job->arena, t->rows + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for scores");
    for (size_t i = 0; i < t->rows; i++) {
        char line[16];
        const char *key = s->id == NULL ? NULL : s->id->s[i];
        if (key == NULL) {
            int n = snprintf(line, sizeof line, "%u", t->lines[i]);
            key = texts_put(w->texts, line, (size_t)n);
        }
        rows[i] = (LedgerRow){.key = key,
                              .outcome = score_text(w, i),
                              .line = t->lines[i],
                              .trace = reasons_text(w, i)};
        if (key == NULL || rows[i].outcome == NULL || rows[i].trace == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for scores");
    }
    job->decisions = rows;
    job->ndecisions = t->rows;
    return OK;
}

static ErrCode record_all(Job *job, const Score *s, const Column *score,
                          Err *err)
{
    Writer *w = arena_alloc(job->arena, 1, sizeof *w);
    if (w == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for scores");
    w->texts = job->tables->texts;
    w->score = score;
    for (int k = 0; k < POLICY_REASONS; k++)
        w->reasons[k] = policy_reasons(s->scores, k);
    return record(job, w, s, err);
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Score *s = job->state;
    JudgeWhat what;
    const char *score;
    TRY(job_stage(job, "score", 0, err));
    TRY(carded_inputs(&s->inputs, job, &s->card, s->sheet, err));
    TRY(columns_of_scores(&what, &score, job, s, err));
    TRY(table_new(&s->scores, job->tables, "scores", s->sheet->rows, err));
    s->scores->title = (Label){"评分", "Scores"};
    s->scores->lines = s->sheet->lines;
    s->scores->file = s->sheet->file;
    TRY(add_ids(s->scores, s, err));
    TRY(judge_all(s->scores, job, s->inputs, s->card.policy, s->card.day, what,
                  err));
    job->rows = s->scores;
    TRY(scoresummary_tables(job->tables, s->scores,
                            table_find(s->scores, score), s->card.policy, err));
    TRY(job_result(job, tables_find(job->tables, "score_summary"), err));
    TRY(job_result(job, tables_find(job->tables, "score_reasons"), err));
    TRY(record_all(job, s, table_find(s->scores, score), err));
    TRY(lifts_write(
        job, &(Lifts){s->card.policy, s->inputs, s->scores, score, s->card.day},
        err));
done:
    return rc;
}

/* The row of a name or, where names are lines, of a line. */
static int has_name(const Score *s, size_t row, const char *key)
{
    char line[16];
    if (s->id != NULL && s->id->s[row] != NULL)
        return strcmp(s->id->s[row], key) == 0;
    snprintf(line, sizeof line, "%u", s->sheet->lines[row]);
    return strcmp(line, key) == 0;
}

static ErrCode explain(Table **out, Job *job, const char *key, Err *err)
{
    const Score *s = job->state;
    for (size_t i = 0; i < s->sheet->rows; i++)
        if (has_name(s, i, key))
            return policy_explain(out, job->tables, s->card.policy, s->inputs,
                                  i, s->card.day, err);
    return FAIL(err, ERR_USAGE, "no row '%.*s' in that run", TEXT_SHORT(key));
}

const Command command_model_score = {"model score", read_files, compute,
                                     explain, NULL};
