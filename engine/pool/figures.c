#include "pool/terms.h"

#include "stat/radix.h"
#include "stat/sample.h"

#include <math.h>
#include <string.h>

/* Columns of pool_figures, and the row that is next. */
typedef struct {
    Column *party, *measure, *level, *value, *se, *low, *high;
    size_t row;
} Figures;

static void put(Figures *f, const char *party, const char *measure,
                double level, Figure figure)
{
    f->party->s[f->row] = party;
    f->measure->s[f->row] = measure;
    f->level->d[f->row] = level;
    f->value->d[f->row] = figure.value;
    f->se->d[f->row] = figure.se;
    f->low->d[f->row] = figure.low;
    f->high->d[f->row] = figure.high;
    f->row++;
}

/* Words of the column `measure`, interned. */
typedef struct {
    const char *el, *sd, *var, *es, *ul, *gross_el, *el_exact;
} Words;

typedef struct {
    const Model *model;
    Sample *sample;
    const Level *levels; /* [n] */
    const double *values;
    size_t n;
    int64_t *scratch;  /* [scenarios] */
    int64_t *unsorted; /* [scenarios] the total, future by future */
} Losses;

/* All figures of one party's losses; sorts them. */
static void put_losses(Figures *f, const Words *w, const char *party,
                       int64_t losses[], const Losses *s)
{
    size_t n = s->sample->n;
    put(f, party, w->el, NAN, sample_mean(losses, n));
    put(f, party, w->sd, NAN, sample_sd(losses, n));
    radix_sort(losses, s->scratch, n);
    for (size_t i = 0; i < s->n; i++)
        put(f, party, w->var, s->values[i],
            sample_var(losses, n, s->levels[i]));
    for (size_t i = 0; i < s->n; i++)
        put(f, party, w->es, s->values[i], sample_es(losses, n, s->levels[i]));
    for (size_t i = 0; i < s->n; i++)
        put(f, party, w->ul, s->values[i], sample_ul(losses, n, s->levels[i]));
}

/* Whether what there is to lose hangs on a future; a year's new business is
 * lost by months alone. */
static int may_lose_business(const Model *m)
{
    const Dues *d = m->dues;
    return d->may_stop ||
           (d->may_suspend && (m->book->years > 1 || !d->is_flat));
}

/* Sum of pd x loss of all firms and years, the chance to get there included:
 * exact where years do not hang together. */
static int has_exact(const Model *m)
{
    return !may_lose_business(m) && terms_are_met(m);
}

/* Mean of what a firm loses when it fails in a year. */
static double loss_of(const Model *m, size_t year, size_t slot)
{
    size_t n = (size_t)m->book->year_steps;
    double sum = 0;
    if (book_overdue(m->book, slot))
        return (double)dues_loss(m->dues, 0, slot);
    for (size_t t = year * n; t < (year + 1) * n; t++)
        sum += (double)dues_loss(m->dues, t, slot);
    return sum / (double)n;
}

static double exact_mean(const Model *m)
{
    const Book *b = m->book;
    double sum = 0;
    for (int y = 0; y < b->years; y++)
        for (size_t k = 0; k < b->nslots; k++) {
            double alive = 1;
            for (int i = 0; i < y; i++)
                alive *= 1 - b->pd[k];
            sum += alive * b->pd[k] * loss_of(m, (size_t)y, k);
        }
    return sum;
}

static ErrCode add_figures(Results *r, Losses *s)
{
    const Model *m = s->model;
    size_t parties = (size_t)s->sample->parties, n = s->sample->n;
    size_t each = 2 + 3 * s->n + (s->sample->gross != NULL);
    size_t rows = 2 + 3 * s->n + parties * each + (size_t)has_exact(m);
    results_table(r, "pool_figures", rows, "损失指标", "Loss figures");
    Figures f = {results_field(r, FIELD_party),
                 results_field(r, FIELD_measure),
                 results_field(r, FIELD_level),
                 results_figure(r, FIELD_value, "fen"),
                 results_figure(r, FIELD_se, "fen"),
                 results_figure(r, FIELD_low, "fen"),
                 results_figure(r, FIELD_high, "fen"),
                 0};
    const char *total = results_text(r, "total");
    Words w = {results_text(r, "el"),      results_text(r, "sd"),
               results_text(r, "var"),     results_text(r, "es"),
               results_text(r, "ul"),      results_text(r, "gross_el"),
               results_text(r, "el_exact")};
    if (r->rc != OK)
        return r->rc;
    f.value->unit = f.se->unit = f.low->unit = f.high->unit = "fen";
    put_losses(&f, &w, total, s->sample->total, s);
    if (has_exact(m))
        put(&f, total, w.el_exact, NAN, (Figure){exact_mean(m), 0, NAN, NAN});
    for (size_t j = 0; j < parties; j++) {
        const char *party = results_text(r, m->scheme->party[j]);
        put_losses(&f, &w, party, s->sample->net + j * n, s);
        if (s->sample->gross != NULL)
            put(&f, party, w.gross_el, NAN,
                sample_mean(s->sample->gross + j * n, n));
    }
    return r->rc;
}

/* "VaR 99.9%" of "0.999" */
static const char *mark_name(Results *r, const char *what, double level)
{
    char text[40];
    snprintf(text, sizeof text, "%s %.10g%%", what, 100 * level);
    return results_text(r, text);
}

/* The first future that loses so much. */
static int64_t future_of(const Losses *s, int64_t loss)
{
    for (size_t i = 0; i < s->sample->n; i++)
        if (s->unsorted[i] == loss)
            return (int64_t)i;
    return NULL_INT;
}

static ErrCode add_marks(Results *r, const Losses *s)
{
    const int64_t *losses = s->sample->total;
    size_t n = s->sample->n;
    results_table(r, "pool_marks", 1 + s->n, "标记", "Marks");
    Column *name = results_field(r, FIELD_name);
    Column *x = results_column(r, "x", TYPE_MONEY, "fen", "损失", "loss");
    Column *future =
        results_column(r, "scenario", TYPE_COUNT, "", "情景号", "scenario");
    if (r->rc != OK)
        return r->rc;
    future->i[0] = NULL_INT;
    name->s[0] = results_text(r, "EL");
    x->i[0] = results_fen(sample_mean(losses, n).value);
    for (size_t i = 0; i < s->n; i++) {
        name->s[1 + i] = mark_name(r, "VaR", s->values[i]);
        x->i[1 + i] = results_fen(sample_var(losses, n, s->levels[i]).value);
        future->i[1 + i] = future_of(s, x->i[1 + i]);
    }
    return r->rc;
}

static void put_count(Results *r, const char *name, size_t count,
                      const char *zh, const char *en)
{
    Column *c = results_column(r, name, TYPE_COUNT, "", zh, en);
    if (r->rc == OK)
        c->i[0] = (int64_t)count;
}

static void put_money(Results *r, const char *name, double fen, const char *zh,
                      const char *en)
{
    Column *c = results_column(r, name, TYPE_MONEY, "fen", zh, en);
    if (r->rc == OK)
        c->i[0] = results_fen(fen);
}

static int64_t end_fen(double fen)
{
    return isnan(fen) ? NULL_INT : results_fen(fen);
}

static void put_estimate(Results *r, const char *name, Figure f, const char *zh,
                         const char *en)
{
    Estimate e =
        results_estimate(r, name, TYPE_MONEY, (Label){zh, en},
                         (Label){"下限", "low"}, (Label){"上限", "high"});
    if (r->rc != OK)
        return;
    e.value->i[0] = results_fen(f.value);
    e.low->i[0] = end_fen(f.low);
    e.high->i[0] = end_fen(f.high);
}

/* One row: what the book is, what it loses, and how badly it may go. */
static ErrCode add_summary(Results *r, const Losses *s)
{
    const Book *b = s->model->book;
    const int64_t *losses = s->sample->total;
    size_t n = s->sample->n;
    double outstanding = 0;
    for (size_t i = 0; i < b->nloans; i++)
        outstanding += (double)b->balance[i * b->width];
    results_table(r, "pool_summary", 1, "风险补偿池", "Risk pool");
    results_steps(r, b);
    put_count(r, "firms", b->firms, "企业数", "firms");
    put_count(r, "loans", b->nloans - b->renewed, "贷款笔数", "loans");
    put_money(r, "outstanding", outstanding, "贷款余额", "outstanding");
    put_estimate(r, "el", sample_mean(losses, n), "预期损失", "expected loss");
    if (s->n == 0)
        return r->rc;
    size_t top = 0;
    for (size_t i = 1; i < s->n; i++)
        top = s->values[i] > s->values[top] ? i : top;
    Column *level = results_column(r, "level", TYPE_REAL, "1", "置信水平",
                                   "confidence level");
    if (r->rc == OK)
        level->d[0] = s->values[top];
    put_estimate(r, "var", sample_var(losses, n, s->levels[top]),
                 "在险价值（VaR）", "value at risk");
    put_estimate(r, "es", sample_es(losses, n, s->levels[top]),
                 "预期短缺（ES）", "expected shortfall");
    put_estimate(r, "ul", sample_ul(losses, n, s->levels[top]), "非预期损失",
                 "unexpected loss");
    return r->rc;
}

ErrCode figures_add(Tables *tables, const Model *m, Sample *sample,
                    const PoolOptions *o, Err *err)
{
    ErrCode rc = OK;
    Results r = {.tables = tables, .err = err};
    Level *levels = arena_alloc(m->arena, o->nlevels + 1, sizeof *levels);
    double *values = arena_alloc(m->arena, o->nlevels + 1, sizeof *values);
    int64_t *scratch = mem_new(sample->n, sizeof *scratch);
    int64_t *unsorted = mem_new(sample->n, sizeof *unsorted);
    if (levels == NULL || values == NULL || scratch == NULL || unsorted == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for figures"));
    for (size_t i = 0; i < o->nlevels; i++) {
        TRY(level_parse(&levels[i], o->level_texts[i], err));
        values[i] = level_value(levels[i]);
    }
    memcpy(unsorted, sample->total, sample->n * sizeof *unsorted);
    Losses s = {m, sample, levels, values, o->nlevels, scratch, unsorted};
    TRY(add_figures(&r, &s));
    TRY(add_summary(&r, &s));
    TRY(add_marks(&r, &s));
done:
    mem_free(scratch);
    mem_free(unsorted);
    return rc;
}
