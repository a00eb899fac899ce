#include "flow/judge.h"

#include "core/text.h"
#include "credit/credit.h"
#include "flow/pick.h"

#include <omp.h>

#include <string.h>

enum {
    STRETCH = 1 << 16
}; /* rows: few enough to be gone soon, and enough to
      meet most of the patterns of a trace again */

static const char *const names[] = {
    "application_id", "firm_id", "product",     "amount",
    "eligible",       "outcome", "reasons",     "missing",
    "score",          "grade",   "pd",          "ip_value",
    "pledge_value",   "lgd",     "ead",         "expected_loss",
    "credit_limit",   "binding", "price_floor", "trace"};
enum { NAMES = sizeof names / sizeof *names };

typedef struct {
    Table *to;
    const Table *from;
    Date as_of;
    JudgeWhat what;
} Judging;

static ErrCode decide(Table *rows, const Policy *policy, Date as_of, Err *err)
{
    return strcmp(policy_head(policy)->kind, "credit") == 0
               ? credit_apply(rows, policy, as_of, err)
               : policy_apply(rows, policy, as_of, err);
}

static const JudgeWhat decisions = {decide, names, NAMES};

/* Rows first to first + n of a part as a table of their own, judged. */
static ErrCode judge(Table **out, Arena *arena, const Judging *b, const Part *p,
                     size_t first, size_t n, Err *err)
{
    ErrCode rc = OK;
    Tables *own = arena_alloc(arena, 1, sizeof *own);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu applications", n);
    *own = (Tables){.arena = arena, .texts = b->from->owner->texts};
    TRY(pick_rows(out, own, b->from, b->from->name, p->rows + first, n, err));
    rc = b->what.apply(*out, p->policy, b->as_of, err);
done:
    return rc;
}

static int has_part(const Judging *b, const Part *p)
{
    return p->n > 0 || b->from->rows == 0;
}

/* What no rows at all are judged to have: the columns of every decision. */
static ErrCode add_columns(const Judging *b, const Part parts[], size_t n,
                           Err *err)
{
    ErrCode rc = OK;
    Arena *arena = arena_new();
    Table **tables =
        arena == NULL ? NULL : arena_alloc(arena, n, sizeof(Table *));
    if (tables == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for decisions"));
    for (size_t i = 0; i < n; i++)
        if (has_part(b, &parts[i]))
            TRY(judge(&tables[i], arena, b, &parts[i], 0, 0, err));
    for (size_t k = 0; k < b->what.n; k++)
        for (size_t i = 0; i < n; i++)
            if (tables[i] != NULL)
                TRY(pick_back(b->to, tables[i], b->what.names[k], NULL, err));
done:
    arena_free(arena);
    return rc;
}

static ErrCode judge_stretch(const Judging *b, const Part *p, size_t first,
                             Arena *arena, Err *err)
{
    ErrCode rc = OK;
    size_t n = p->n - first < STRETCH ? p->n - first : STRETCH;
    Table *t;
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu applications", n);
    TRY(judge(&t, arena, b, p, first, n, err));
    for (size_t k = 0; k < b->what.n; k++)
        TRY(pick_back(b->to, t, b->what.names[k], p->rows + first, err));
done:
    arena_reset(arena);
    return rc;
}

/* The failure that the first rows of the file's part met. */
typedef struct {
    size_t at;
    ErrCode code;
    Err err;
} Failure;

static void keep_first(Failure *f, size_t at, ErrCode code, const Err *err)
{
#pragma omp critical(judge_failure)
    if (f->code == OK || at < f->at)
        *f = (Failure){at, code, *err};
}

/* Stretch number k of a part, told of by the first thread. */
static ErrCode judge_next(Job *job, const Judging *b, const Part *p, size_t k,
                          size_t before, Arena *arena, Err *err)
{
    ErrCode rc = judge_stretch(b, p, k * STRETCH, arena, err);
    if (rc == OK && omp_get_thread_num() == 0)
        rc = job_stage(job, "assess",
                       (double)(before + k * STRETCH) / (double)b->from->rows,
                       err);
    return rc;
}

/* Stretches start in order, so that none before one that fails is left out. */
static ErrCode judge_part(Job *job, const Judging *b, const Part *p,
                          size_t before, Err *err)
{
    size_t n = (p->n + STRETCH - 1) / STRETCH;
    Failure failure = {.code = OK};
    int stop = 0;
#pragma omp parallel num_threads(job_threads(job))
    {
        Arena *arena = arena_new();
#pragma omp for schedule(monotonic : dynamic)
        for (size_t k = 0; k < n; k++) {
            int stopped;
            Err why = {0};
#pragma omp atomic read
            stopped = stop;
            if (stopped)
                continue;
            ErrCode rc = judge_next(job, b, p, k, before, arena, &why);
            if (rc != OK) {
                keep_first(&failure, k, rc, &why);
#pragma omp atomic write
                stop = 1;
            }
        }
        arena_free(arena);
    }
    if (failure.code != OK && err != NULL)
        *err = failure.err;
    return failure.code;
}

static ErrCode judge_each(const Judging *judging, Job *job, const Part parts[],
                          size_t n, Err *err)
{
    ErrCode rc = OK;
    const Table *from = judging->from;
    TRY(add_columns(judging, parts, n, err));
    texts_share(from->owner->texts, 1);
    for (size_t i = 0, before = 0; i < n && rc == OK; before += parts[i++].n)
        rc = judge_part(job, judging, &parts[i], before, err);
    texts_share(from->owner->texts, 0);
    if (rc == OK)
        rc = job_stage(job, "assess", 1, err);
done:
    return rc;
}

ErrCode judge_parts(Table *to, Job *job, const Table *from, const Part parts[],
                    size_t n, Date as_of, Err *err)
{
    const Judging judging = {to, from, as_of, decisions};
    return judge_each(&judging, job, parts, n, err);
}

ErrCode judge_all(Table *to, Job *job, const Table *from, const Policy *policy,
                  Date as_of, JudgeWhat what, Err *err)
{
    const Judging judging = {to, from, as_of, what};
    Part part = {policy, NULL, from->rows};
    part.rows = arena_alloc(job->arena, from->rows + 1, sizeof *part.rows);
    if (part.rows == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu rows", from->rows);
    for (size_t i = 0; i < from->rows; i++)
        part.rows[i] = i;
    return judge_each(&judging, job, &part, 1, err);
}

/* Every column of a decision: what all rows got against what one row gets. */
static ErrCode same_decision(const Table *all, size_t row, const Table *one,
                             Err *err)
{
    char was[CELL_TEXT], is[CELL_TEXT];
    for (size_t k = 0; k < NAMES; k++) {
        const Column *a = table_find(all, names[k]);
        const Column *b = table_find(one, names[k]);
        if (a == NULL || b == NULL)
            continue;
        const char *x = cell_format(was, a, row), *y = cell_format(is, b, 0);
        if (strcmp(x, y) != 0)
            return FAIL(err, ERR_DIFFERS,
                        "'%s' of row %zu is '%.*s' in the run, and '%.*s' when "
                        "it is computed again",
                        names[k], row + 1, TEXT_SHORT(x), TEXT_SHORT(y));
    }
    return OK;
}

ErrCode judge_one(Table **out, Job *job, const Table *from,
                  const Policy *policy, size_t row, Date as_of, Err *err)
{
    const Judging judging = {.from = from, .as_of = as_of, .what = decisions};
    const Part part = {policy, &row, 1};
    ErrCode rc = judge(out, job->arena, &judging, &part, 0, 1, err);
    return rc != OK ? rc : same_decision(job->rows, row, *out, err);
}
