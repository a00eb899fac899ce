#include "flow/command.h"

#include "core/text.h"
#include "credit/cardname.h"
#include "data/sheet.h"
#include "flow/fitdata.h"
#include "flow/fitted.h"
#include "flow/scored.h"

#include <math.h>
#include <string.h>

/* The columns as the spec cuts them, and those it cannot. */
static ErrCode bin_columns(Job *job, Err *err)
{
    ErrCode rc = OK;
    FitData f;
    size_t n = 0;
    TRY(fitdata_read(&f, job, err));
    CardFit fit = {.spec = &f.spec};
    const BinRows rows = {f.rows.event, f.rows.weight, f.rows.table->rows};
    const Classing **list =
        arena_alloc(job->arena, f.rows.table->n + 1, sizeof *list);
    fit.terms = arena_alloc(job->arena, f.rows.table->n + 1, sizeof *fit.terms);
    if (list == NULL || fit.terms == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a result"));
    for (size_t i = 0; i < f.rows.table->n; i++) {
        const Column *c = f.rows.table->columns[i];
        CardTerm *t = &fit.terms[fit.n];
        if (!fitspec_uses(&f.spec, c->name))
            continue;
        TRY(classing_of(&t->classing, job->arena, c, &rows,
                        fitspec_rule(&f.spec, c->name), err));
        if (t->classing.why == NULL)
            list[n++] = &t->classing;
        fit.n++;
    }
    TRY(fitted_columns(job, &fit, err));
    TRY(fitted_classes(job, list, n, NULL, err));
done:
    return rc;
}

static ErrCode read_limits(BinsLimits *l, const Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *trend = job_option(job, "trend");
    uint64_t least, most;
    *l = (BinsLimits){.trend = BINS_AUTO};
    if (trend != NULL)
        l->trend = bins_trend_named(trend);
    TRY(job_count(&least, job, "bins-least", 2, 1, BINS_PRE_MOST, err));
    TRY(job_count(&most, job, "bins-most", 8, least, BINS_PRE_MOST, err));
    l->bins_least = least;
    l->bins_most = most;
    TRY(job_count(&l->rows_least, job, "rows-least", 0, 0, UINT32_MAX, err));
    TRY(job_count(&l->rows_most, job, "rows-most", 0, 0, UINT32_MAX, err));
    TRY(job_count(&l->events_least, job, "events-least", 1, 0, UINT32_MAX,
                  err));
    TRY(job_count(&l->others_least, job, "others-least", 1, 0, UINT32_MAX,
                  err));
done:
    return rc;
}

/* A column of whole numbers. */
static ErrCode need_counts(const Column **out, const Table *t, const Job *job,
                           const char *option, Err *err)
{
    ErrCode rc = OK;
    const char *name;
    TRY(job_need(&name, job, option, err));
    *out = table_find(t, name);
    if (*out == NULL || (*out)->type != TYPE_REAL)
        return FAIL(err, ERR_USAGE, "--%s: %s has no column '%.*s' of numbers",
                    option, t->file, TEXT_SHORT(name));
    for (size_t i = 0; i < t->rows; i++) {
        double x = (*out)->d[i];
        if (!(x >= 0 && x <= UINT32_MAX && x == floor(x)))
            return FAIL(err, ERR_INPUT, "%s:%u: '%s' is not a count of rows",
                        t->file, t->lines[i], name);
    }
done:
    return rc;
}

static ErrCode put_cut(Job *job, const BinsCut *cut, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *iv, *n, *trend, *why;
    TRY(table_new(&t, job->tables, "cut", 1, err));
    t->title = (Label){"最优分箱", "The best cut"};
    TRY(table_add_labelled(&iv, t, "iv", TYPE_REAL, "",
                           (Label){"信息值", "information value"}, err));
    TRY(table_add_labelled(&n, t, "bins", TYPE_COUNT, "",
                           (Label){"分箱数", "bins"}, err));
    TRY(table_add_labelled(&trend, t, "trend", TYPE_CATEGORY, "",
                           (Label){"趋势", "trend"}, err));
    TRY(table_add_labelled(&why, t, "infeasible", TYPE_TEXT, "",
                           (Label){"无解原因", "why there is none"}, err));
    iv->d[0] = cut->iv;
    n->i[0] = (int64_t)cut->n;
    trend->s[0] = cut->n == 0 ? NULL : bins_trend_word(cut->trend);
    why->s[0] = cut->why == NULL ? NULL : tr(cut->why);
    TRY(job_result(job, t, err));
done:
    return rc;
}

static ErrCode put_bins(Job *job, const BinsCut *cut, const BinCount count[],
                        BinCount total, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *first, *last, *rows, *events, *rate, *woe, *iv;
    TRY(table_new(&t, job->tables, "bins", cut->n, err));
    t->title = (Label){"分箱", "Bins"};
    TRY(table_add_labelled(&first, t, "first", TYPE_COUNT, "",
                           (Label){"起始预分箱", "first pre-bin"}, err));
    TRY(table_add_labelled(&last, t, "last", TYPE_COUNT, "",
                           (Label){"末尾预分箱", "last pre-bin"}, err));
    TRY(table_add_labelled(&rows, t, "rows", TYPE_COUNT, "",
                           (Label){"样本数", "rows"}, err));
    TRY(table_add_labelled(&events, t, "events", TYPE_COUNT, "",
                           (Label){"违约数", "events"}, err));
    TRY(table_add_labelled(&rate, t, "rate", TYPE_REAL, "1",
                           (Label){"违约率", "event rate"}, err));
    TRY(table_add_labelled(&woe, t, "woe", TYPE_REAL, "",
                           (Label){"证据权重", "weight of evidence"}, err));
    TRY(table_add_labelled(&iv, t, "iv", TYPE_REAL, "",
                           (Label){"信息值", "information value"}, err));
    for (size_t b = 0; b < cut->n; b++) {
        BinCount c = {0, 0};
        for (size_t i = cut->start[b]; i < cut->start[b + 1]; i++)
            c = bin_add(c, count[i]);
        first->i[b] = (int64_t)cut->start[b] + 1;
        last->i[b] = (int64_t)cut->start[b + 1];
        rows->i[b] = (int64_t)bin_rows(c);
        events->i[b] = (int64_t)c.events;
        rate->d[b] = c.events / bin_rows(c);
        woe->d[b] = bin_woe(c, total);
        iv->d[b] = bin_iv(c, total);
    }
    TRY(job_result(job, t, err));
done:
    return rc;
}

/* Pre-bins that somebody counted: a row each, in order. */
static ErrCode bin_counts(Job *job, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    const Column *events, *others;
    BinsLimits limits;
    BinsCut cut = {.iv = (double)NAN};
    BinCount total = {0, 0};
    if (job_option(job, "weight") != NULL)
        TRY(FAIL(err, ERR_USAGE, "--%s and --%s do not go together", "events",
                 "weight"));
    TRY(read_limits(&limits, job, err));
    TRY(scored_sheet(&t, job, "data", NULL, 0, err));
    TRY(need_counts(&events, t, job, "events", err));
    TRY(need_counts(&others, t, job, "others", err));
    BinCount *count = arena_alloc(job->arena, t->rows + 1, sizeof *count);
    if (count == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a result"));
    for (size_t i = 0; i < t->rows; i++) {
        count[i] = (BinCount){events->d[i], others->d[i]};
        total = bin_add(total, count[i]);
    }
    const char *bad = bins_check(count, t->rows, total, &limits);
    if (bad != NULL)
        TRY(FAIL(err, ERR_DOMAIN, "%s: %s", t->file, tr(bad)));
    TRY(bins_solve(&cut, job->arena, count, t->rows, total, &limits, err));
    TRY(put_cut(job, &cut, err));
    TRY(put_bins(job, &cut, count, total, err));
done:
    return rc;
}

ErrCode command_model_bin(Job *job, Err *err)
{
    ErrCode rc = OK;
    if (job_option(job, "events") != NULL)
        TRY(bin_counts(job, err));
    else
        TRY(bin_columns(job, err));
    TRY(command_show(job, NULL, err));
done:
    return rc;
}
