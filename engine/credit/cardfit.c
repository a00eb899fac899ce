#include "credit/cardfit.h"

#include "core/tr.h"
#include "credit/cardname.h"
#include "stat/normal.h"
#include "stat/ridge.h"
#include "stat/roc.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    CardFit *fit;
    Arena *arena;
    const Table *table;
    const uint8_t *event;
    const FitSpec *spec;
    int threads;
    double **x; /* [fit->n] minus the weights of evidence; NULL: not used */
    Err *err;
} Fitting;

static ErrCode no_memory(const Fitting *f)
{
    return FAIL(f->err, ERR_MEMORY, "no memory to fit a scorecard to %zu rows",
                f->table->rows);
}

static const Column *column_of(const Fitting *f, size_t i)
{
    return table_find(f->table, f->fit->terms[i].classing.name);
}

/* The columns that may be used, by name. */
static ErrCode list_terms(Fitting *f)
{
    f->fit->terms = arena_alloc(f->arena, f->table->n, sizeof *f->fit->terms);
    f->x = arena_alloc(f->arena, f->table->n, sizeof *f->x);
    if (f->fit->terms == NULL || f->x == NULL)
        return no_memory(f);
    for (size_t i = 0; i < f->table->n; i++)
        if (fitspec_uses(f->spec, f->table->columns[i]->name))
            f->fit->terms[f->fit->n++].classing.name =
                f->table->columns[i]->name;
    return OK;
}

/* Cut a column in an arena of the thread's own, which lives on in `arena`. */
static ErrCode cut_term(Fitting *f, size_t i, Arena *arena, Err *err)
{
    CardTerm *t = &f->fit->terms[i];
    const char *name = t->classing.name;
    t->why = cardname_check(column_of(f, i));
    if (t->why != NULL)
        return OK;
    ErrCode rc = classing_of(&t->classing, arena, column_of(f, i), f->event,
                             f->table->rows, fitspec_rule(f->spec, name), err);
    t->why = t->classing.why;
    if (rc == OK && t->why == NULL && t->classing.iv < f->spec->iv_least)
        t->why = TR_NOOP("its information value is below iv_least");
    return rc;
}

static ErrCode cut_terms(Fitting *f)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < f->fit->n && rc == OK; i++)
        rc = cut_term(f, i, f->arena, f->err);
    return rc;
}

static ErrCode make_weights(Fitting *f)
{
    size_t rows = f->table->rows;
    for (size_t i = 0; i < f->fit->n; i++) {
        if (f->fit->terms[i].why != NULL)
            continue;
        f->x[i] = arena_alloc(f->arena, rows + 1, sizeof **f->x);
        if (f->x[i] == NULL)
            return no_memory(f);
        classing_woes(f->x[i], &f->fit->terms[i].classing, column_of(f, i),
                      rows);
        for (size_t k = 0; k < rows; k++)
            f->x[i][k] = -f->x[i][k];
    }
    return OK;
}

static double mean(const double x[], size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    return sum / (double)n;
}

static double correlation(const double x[], const double y[], size_t n)
{
    double mx = mean(x, n), my = mean(y, n), xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < n; i++) {
        xx += (x[i] - mx) * (x[i] - mx);
        yy += (y[i] - my) * (y[i] - my);
        xy += (x[i] - mx) * (y[i] - my);
    }
    return xy / sqrt(xx * yy);
}

/* Leave out what an earlier column says already. */
static void drop_equals(Fitting *f)
{
    for (size_t i = 0; i < f->fit->n; i++)
        for (size_t k = 0; k < i && f->fit->terms[i].why == NULL; k++)
            if (f->fit->terms[k].why == NULL &&
                fabs(correlation(f->x[i], f->x[k], f->table->rows)) > 0.9999) {
                f->fit->terms[i].why = TR_NOOP("it says the same as another");
                f->fit->terms[i].with = f->fit->terms[k].classing.name;
            }
}

static ErrCode find_ridge(Fitting *f)
{
    if (f->spec->ridge < 0)
        return ridge_pick(&f->fit->ridge, f->arena, f->table, f->event, f->spec,
                          f->threads, f->err);
    f->fit->ridge = (RidgePick){.lambda = f->spec->ridge, .stretch = 1};
    return OK;
}

/* Coefficients times the stretch, and the intercept that belongs to them. */
static ErrCode stretch(Fitting *f, const LogitData *data)
{
    ErrCode rc = OK;
    Logit *l = &f->fit->logit, level;
    double by = f->fit->ridge.stretch;
    double *offset = arena_alloc(f->arena, data->n + 1, sizeof *offset);
    const LogitData rest = {.y = data->y, .offset = offset, .n = data->n};
    if (offset == NULL)
        return no_memory(f);
    for (size_t j = 0; j < data->k; j++) {
        l->estimate[j + 1] *= by;
        l->se[j + 1] *= by;
        for (size_t i = 0; i < data->n; i++)
            offset[i] += l->estimate[j + 1] * data->x[j][i];
    }
    TRY(logit_fit(&level, f->arena, &rest,
                  &(LogitOptions){.threads = f->threads}, f->err));
    l->estimate[0] = level.estimate[0];
    l->log_likelihood = level.log_likelihood;
done:
    return rc;
}

static ErrCode fit_data(Fitting *f, const LogitData *data)
{
    ErrCode rc = OK;
    Logit *l = &f->fit->logit;
    if (f->fit->ridge.lambda == 0)
        return logit_fit(l, f->arena, data,
                         &(LogitOptions){.threads = f->threads}, f->err);
    TRY(ridge_fit(l, f->arena, data, f->fit->ridge.lambda, f->threads, f->err));
    TRY(stretch(f, data));
done:
    return rc;
}

static ErrCode fit_used(Fitting *f)
{
    const double **x = arena_alloc(f->arena, f->fit->n, sizeof *x);
    const char **name = arena_alloc(f->arena, f->fit->n, sizeof *name);
    LogitData data = {.x = x, .name = name, .y = f->event, .n = f->table->rows};
    if (x == NULL || name == NULL)
        return no_memory(f);
    for (size_t i = 0; i < f->fit->n; i++)
        if (f->fit->terms[i].why == NULL) {
            x[data.k] = f->x[i];
            name[data.k++] = f->fit->terms[i].classing.name;
        }
    if (data.k == 0)
        return FAIL(f->err, ERR_DOMAIN,
                    "no column is left for the scorecard; kedan model bin "
                    "tells why");
    return fit_data(f, &data);
}

/* Put the estimates where they belong; the used term of the lowest z among
 * those of the wrong sign, or n. */
static size_t put_estimates(CardFit *fit)
{
    size_t worst = fit->n, at = 0;
    double lowest = 0;
    for (size_t i = 0; i < fit->n; i++) {
        CardTerm *t = &fit->terms[i];
        if (t->why != NULL)
            continue;
        at++;
        t->estimate = fit->logit.estimate[at];
        t->se = fit->logit.se[at];
        double z = t->estimate / t->se;
        if (t->estimate <= 0 && (worst == fit->n || z < lowest)) {
            worst = i;
            lowest = z;
        }
    }
    return worst;
}

static ErrCode refuse_signs(const Fitting *f)
{
    char names[160] = "";
    size_t used = 0;
    for (size_t i = 0; i < f->fit->n; i++) {
        const CardTerm *t = &f->fit->terms[i];
        if (t->why == NULL && t->estimate <= 0 && used < sizeof names)
            used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                     used > 0 ? ", " : "", t->classing.name);
    }
    return FAIL(
        f->err, ERR_DOMAIN,
        "wrong sign, more points for more events: %s; skip them, or say "
        "wrong_sign = \"drop\"",
        names);
}

static ErrCode fit_signs(Fitting *f)
{
    ErrCode rc = OK;
    for (;;) {
        TRY(fit_used(f));
        size_t worst = put_estimates(f->fit);
        if (worst == f->fit->n)
            return OK;
        if (f->spec->refuse_wrong_sign)
            return refuse_signs(f);
        f->fit->terms[worst].why = TR_NOOP(
            "wrong sign: beside the others, more points for more "
            "events");
    }
done:
    return rc;
}

static double unit_of(const FitSpec *s)
{
    static const double tens[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
    return tens[s->decimals];
}

/* Points, in 10^-decimals, of one unit of log odds. */
static double factor_of(const FitSpec *s)
{
    return s->pdo / normal_log(2) * unit_of(s);
}

static double woe_of(const Classing *c, size_t class)
{
    return class < c->n ? c->classes[class].woe : 0;
}

/* A term's points; what was taken off so that the least is 0, unrounded. */
static ErrCode score_term(double *least, Fitting *f, CardTerm *t)
{
    const Classing *c = &t->classing;
    double factor = factor_of(f->spec) * t->estimate;
    t->points = arena_alloc(f->arena, c->n + 1, sizeof *t->points);
    if (t->points == NULL)
        return no_memory(f);
    *least = 0; /* of what nothing is known of */
    for (size_t i = 0; i < c->n; i++)
        *least =
            factor * woe_of(c, i) < *least ? factor * woe_of(c, i) : *least;
    for (size_t i = 0; i <= c->n; i++)
        t->points[i] = llround(factor * woe_of(c, i) - *least);
    return OK;
}

static ErrCode score_terms(Fitting *f)
{
    ErrCode rc = OK;
    const FitSpec *s = f->spec;
    double least = 0;
    double base =
        s->score * unit_of(s) -
        factor_of(s) * (f->fit->logit.estimate[0] + normal_log(s->odds));
    for (size_t i = 0; i < f->fit->n; i++)
        if (f->fit->terms[i].why == NULL) {
            TRY(score_term(&least, f, &f->fit->terms[i]));
            base += least;
        }
    f->fit->base = llround(base);
done:
    return rc;
}

int64_t cardfit_points(const CardTerm *t, const Column *c, size_t row)
{
    return t->points[t->classing.is_words
                         ? classing_word(&t->classing, c->s[row])
                         : classing_number(&t->classing, c->d[row])];
}

double cardfit_pd(const FitSpec *s, int64_t score)
{
    double doublings = ((double)score / unit_of(s) - s->score) / s->pdo;
    return 1 / (1 + s->odds * normal_exp(doublings * normal_log(2)));
}

/* The regression's PD of a row. */
static double pd_of(const Fitting *f, size_t row)
{
    double sum = f->fit->logit.estimate[0];
    for (size_t i = 0; i < f->fit->n; i++)
        if (f->fit->terms[i].why == NULL)
            sum += f->fit->terms[i].estimate * f->x[i][row];
    return 1 / (1 + normal_exp(-sum));
}

static ErrCode measure(Fitting *f)
{
    ErrCode rc = OK;
    size_t rows = f->table->rows;
    Roc roc;
    double *pd = arena_alloc(f->arena, rows + 1, sizeof *pd);
    if (pd == NULL)
        return no_memory(f);
    for (size_t r = 0; r < rows; r++) {
        int64_t score = f->fit->base;
        for (size_t i = 0; i < f->fit->n; i++)
            if (f->fit->terms[i].why == NULL)
                score += cardfit_points(&f->fit->terms[i], column_of(f, i), r);
        pd[r] = cardfit_pd(f->spec, score);
        double gap = fabs(pd[r] - pd_of(f, r));
        f->fit->pd_gap = gap > f->fit->pd_gap ? gap : f->fit->pd_gap;
    }
    const Cases cases = {.score = pd, .bad = f->event, .n = rows};
    TRY(roc_measure(&roc, f->arena, &cases, f->err));
    f->fit->auc = roc.auc;
done:
    return rc;
}

ErrCode cardfit_fit(CardFit *out, Arena *arena, const Table *table,
                    const uint8_t event[], const FitSpec *spec, int threads,
                    Err *err)
{
    ErrCode rc = OK;
    Fitting f = {.fit = out,
                 .arena = arena,
                 .table = table,
                 .event = event,
                 .spec = spec,
                 .threads = threads,
                 .err = err};
    *out = (CardFit){.spec = spec, .rows = table->rows};
    for (size_t i = 0; i < table->rows; i++)
        out->events += event[i];
    TRY(list_terms(&f));
    TRY(cut_terms(&f));
    TRY(make_weights(&f));
    drop_equals(&f);
    TRY(find_ridge(&f));
    TRY(fit_signs(&f));
    TRY(score_terms(&f));
    TRY(measure(&f));
done:
    return rc;
}
