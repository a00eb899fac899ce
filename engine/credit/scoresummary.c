#include "credit/scoresummary.h"

#include "credit/tabled.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the numbers that are there. */
typedef struct {
    size_t n;
    double sum, least, most;
} Figures;

static Figures figures_of(const Column *c, size_t rows)
{
    Figures f = {.least = INFINITY, .most = -INFINITY};
    for (size_t i = 0; c != NULL && i < rows; i++) {
        if (isnan(c->d[i]))
            continue;
        f.n++;
        f.sum += c->d[i];
        f.least = c->d[i] < f.least ? c->d[i] : f.least;
        f.most = c->d[i] > f.most ? c->d[i] : f.most;
    }
    return f;
}

static double or_null(const Figures *f, double x)
{
    return f->n > 0 ? x : (double)NAN;
}

static ErrCode add_summary(Tables *tables, const Table *scores,
                           const Column *score, Err *err)
{
    enum { ROWS, SCORED, LEAST, MEAN, MOST, PD, N };
    static const TabledColumn list[N] = {
        [ROWS] = {"rows", "", TYPE_COUNT, {"行数", "rows"}},
        [SCORED] = {"scored", "", TYPE_COUNT, {"有得分", "with a score"}},
        [LEAST] = {"least", "point", TYPE_REAL, {"最低分", "least"}},
        [MEAN] = {"mean", "point", TYPE_REAL, {"平均分", "mean"}},
        [MOST] = {"most", "point", TYPE_REAL, {"最高分", "most"}},
        [PD] = {"mean_pd", "1", TYPE_REAL, {"平均违约概率", "mean PD"}}};
    Table *t;
    Column *c[N];
    const Column *pd = table_field(scores, FIELD_pd);
    if (pd != NULL && pd->type != TYPE_REAL)
        pd = NULL;
    const Figures s = figures_of(score, scores->rows),
                  p = figures_of(pd, scores->rows);
    ErrCode rc = tabled_new(&t, c, tables, "score_summary",
                            (Label){"评分概要", "Scores in figures"}, 1, list,
                            pd == NULL ? PD : N, err);
    if (rc != OK)
        return rc;
    c[ROWS]->i[0] = (int64_t)scores->rows;
    c[SCORED]->i[0] = (int64_t)s.n;
    c[LEAST]->d[0] = or_null(&s, s.least);
    c[MEAN]->d[0] = or_null(&s, s.sum / (double)s.n);
    c[MOST]->d[0] = or_null(&s, s.most);
    if (pd != NULL)
        c[PD]->d[0] = or_null(&p, p.sum / (double)p.n);
    return OK;
}

typedef struct {
    const char *id; /* interned */
    int64_t first, among;
} Count;

typedef struct {
    Count *items; /* [n] */
    size_t n, capacity;
} Counts;

static int by_number(const void *a, const void *b)
{
    const Count *x = a, *y = b;
    if (x->among != y->among)
        return x->among < y->among ? 1 : -1;
    if (x->first != y->first)
        return x->first < y->first ? 1 : -1;
    return strcmp(x->id, y->id);
}

static ErrCode count(Counts *c, Arena *arena, const char *id, int is_first,
                     Err *err)
{
    size_t i = 0;
    while (i < c->n && c->items[i].id != id)
        i++;
    if (i == c->n) {
        Count *more =
            arena_grow(arena, c->items, &c->capacity, c->n, sizeof *more);
        if (more == NULL)
            return FAIL(err, ERR_MEMORY, "no memory to count reasons");
        c->items = more;
        c->items[c->n++] = (Count){.id = id};
    }
    c->items[i].among++;
    c->items[i].first += is_first;
    return OK;
}

static ErrCode count_all(Counts *c, Arena *arena, const Table *scores, Err *err)
{
    ErrCode rc = OK;
    for (int k = 0; k < POLICY_REASONS; k++) {
        const Column *code = policy_reasons(scores, k);
        for (size_t i = 0; code != NULL && i < scores->rows; i++)
            if (code->s[i] != NULL)
                TRY(count(c, arena, code->s[i], k == 0, err));
    }
    if (c->n > 1)
        qsort(c->items, c->n, sizeof *c->items, by_number);
done:
    return rc;
}

static Label text_of(const Policy *policy, const Count *c)
{
    const PolicyReason *why = policy_reason(policy, c->id);
    return why == NULL ? (Label){NULL, NULL} : why->text;
}

static ErrCode add_reasons(Tables *tables, const Table *scores,
                           const Policy *policy, Err *err)
{
    enum { REASON, FIRST, AMONG, TEXT, TEXT_ZH, N };
    static const TabledColumn list[N] = {
        [REASON] = {"reason", "", TYPE_CATEGORY, {"原因代码", "reason code"}},
        [FIRST] = {"first", "", TYPE_COUNT, {"列第一位", "the first"}},
        [AMONG] = {"among", "", TYPE_COUNT, {"列前四位", "among the four"}},
        [TEXT] = {"text", "", TYPE_TEXT, {"说明", "text"}},
        [TEXT_ZH] = {"text_zh", "", TYPE_TEXT, {"说明", "text"}}};
    ErrCode rc = OK;
    Table *t;
    Column *c[N];
    Counts counts = {.n = 0};
    int has_text = 0;
    TRY(count_all(&counts, tables->arena, scores, err));
    for (size_t i = 0; i < counts.n; i++)
        has_text |= text_of(policy, &counts.items[i]).en != NULL;
    TRY(tabled_new(&t, c, tables, "score_reasons",
                   (Label){"失分原因", "Reasons"}, counts.n, list,
                   has_text ? N : TEXT, err));
    for (size_t i = 0; i < counts.n; i++) {
        const Count *it = &counts.items[i];
        c[REASON]->s[i] = it->id;
        c[FIRST]->i[i] = it->first;
        c[AMONG]->i[i] = it->among;
        if (has_text) {
            c[TEXT]->s[i] = text_of(policy, it).en;
            c[TEXT_ZH]->s[i] = text_of(policy, it).zh;
        }
    }
done:
    return rc;
}

ErrCode scoresummary_tables(Tables *tables, const Table *scores,
                            const Column *score, const Policy *policy, Err *err)
{
    ErrCode rc = OK;
    TRY(add_summary(tables, scores, score, err));
    TRY(add_reasons(tables, scores, policy, err));
done:
    return rc;
}
