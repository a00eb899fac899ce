#include "pool/compare.h"
#include "pool/reverse.h"
#include "pool/shock.h"
#include "stat/normal.h"

#include <math.h>

static const CompareWords words = {
    "pool_stress",
    "pool_stress_ruin",
    "pool_stress_events",
    {"压力情景与现状比较", "Stresses beside the book as it is"},
    "stress",
    TYPE_CATEGORY,
    {"情景", "stress"},
    {"与现状之差", "change"}};

/* The chance to fail in the first year, over what the groups' factors do; NaN
 * where no closed form is known. */
static double first_pd(const Book *b, size_t slot, const FactorGroup *g)
{
    double pd = b->pd[slot], shift = b->shift == NULL ? 0 : b->shift[0];
    if (shift == 0 || pd <= 0 || pd >= 1)
        return pd;
    return g->nu != 0 ? (double)NAN
                      : normal_cdf(normal_quantile(pd) - sqrt(g->rho) * shift);
}

/* Means by what is outstanding as the horizon opens. */
static void means_of(double *pd, double *lgd, const Book *b)
{
    double whole = 0, pds = 0, lgds = 0;
    for (size_t g = 0; g < b->ngroups; g++) {
        uint32_t from = b->loan_at[b->groups[g].first];
        for (uint32_t i = from; i < from + b->groups[g].loans; i++) {
            double fen = (double)b->balance[i * b->width];
            whole += fen;
            pds += fen * first_pd(b, b->loans[i].slot, b->groups[g].factor);
            lgds += fen * b->loans[i].lgd;
        }
    }
    *pd = whole > 0 ? pds / whole : (double)NAN;
    *lgd = whole > 0 ? lgds / whole : (double)NAN;
}

static size_t top_level(const Compare *c)
{
    size_t top = 0;
    for (size_t i = 1; i < c->nlevels; i++)
        top = level_value(c->levels[i]) > level_value(c->levels[top]) ? i : top;
    return top;
}

static Estimate add_measure(Results *r, const char *name, Label label)
{
    return results_estimate(r, name, TYPE_REAL, label, (Label){"下限", "low"},
                            (Label){"上限", "high"});
}

static Estimate add_change(Results *r, const char *name)
{
    return results_estimate(r, name, TYPE_REAL, (Label){"增减", "change"},
                            (Label){"增减的下限", "its low"},
                            (Label){"增减的上限", "its high"});
}

static void put_estimate(const Estimate *e, size_t row, Figure f)
{
    e->value->d[row] = f.value;
    e->low->d[row] = f.low;
    e->high->d[row] = f.high;
}

/* Columns of pool_stress_summary. */
typedef struct {
    Column *stress, *pd, *lgd, *level;
    Estimate el, el_change, var, es, es_change;
} Summary;

static Summary open_summary(Results *r, const Compare *c)
{
    Summary s;
    results_table(r, "pool_stress_summary", c->nvariants, "压力测试概要",
                  "Stresses at a glance");
    s.stress = results_column(r, "stress", TYPE_CATEGORY, "", "情景", "stress");
    results_steps(r, c->sides->model.book);
    s.pd = results_column(r, "pd", TYPE_REAL, "1", "平均违约概率", "mean PD");
    s.lgd =
        results_column(r, "lgd", TYPE_REAL, "1", "平均违约损失率", "mean LGD");
    s.el = add_measure(r, "el", (Label){"预期损失", "expected loss"});
    s.el_change = add_change(r, "el_change");
    s.level = c->nlevels > 0 ? results_field(r, FIELD_level) : NULL;
    s.var = add_measure(r, "var", (Label){"在险价值 VaR", "value at risk"});
    s.es = add_measure(r, "es", (Label){"预期短缺 ES", "expected shortfall"});
    s.es_change = add_change(r, "es_change");
    return s;
}

/* What the whole loses, of the variant that is chosen. */
static void put_row(const Summary *s, Compare *c, size_t top, size_t row)
{
    Figure change;
    put_estimate(&s->el, row, compare_figure(c, COMPARE_EL, 0, &change));
    put_estimate(&s->el_change, row, change);
    if (s->level == NULL)
        return;
    s->level->d[row] = level_value(c->levels[top]);
    put_estimate(&s->var, row, compare_figure(c, COMPARE_VAR, top, &change));
    put_estimate(&s->es, row, compare_figure(c, COMPARE_ES, top, &change));
    put_estimate(&s->es_change, row, change);
}

static ErrCode add_summary(Results *r, Compare *c)
{
    size_t n = c->nvariants, top = top_level(c);
    Summary s = open_summary(r, c);
    for (size_t v = 0; r->rc == OK && v < n; v++) {
        s.stress->s[v] = results_text(r, c->variants[v].name);
        means_of(&s.pd->d[v], &s.lgd->d[v], c->sides[v].model.book);
        compare_total(c, v);
        put_row(&s, c, top, v);
    }
    return r->rc;
}

/* Those that come of a file, with what it says of them. */
static ErrCode add_list(Results *r, const PoolShock shocks[], size_t n)
{
    size_t rows = 0, row = 0;
    for (size_t i = 0; i < n; i++)
        rows += shocks[i].source != NULL;
    if (rows == 0)
        return OK;
    CompareTitles t =
        compare_titles(r, &words, "pool_stress_list", rows,
                       (Label){"情景说明", "What the stresses do"});
    Column *does =
        results_column(r, "does", TYPE_TEXT, "", "冲击", "what it does");
    Column *source =
        results_column(r, "source", TYPE_TEXT, "", "来源", "source");
    Column *confidence =
        results_column(r, "confidence", TYPE_TEXT, "", "可信度", "confidence");
    for (size_t i = 0; r->rc == OK && i < n; i++) {
        const PoolShock *s = &shocks[i];
        if (s->source == NULL)
            continue;
        const char *said = shock_said(r->tables->arena, s);
        if (said == NULL)
            return FAIL(r->err, ERR_MEMORY, "no memory for a table");
        compare_title(&t, r, row, s->name, s->title);
        does->s[row] = results_text(r, said);
        source->s[row] = results_text(r, s->source);
        confidence->s[row++] = results_maybe(r, s->confidence);
    }
    return r->rc;
}

static ErrCode check_shocks(const PoolShock shocks[], size_t n,
                            const PoolReverse *reverse, Err *err)
{
    if (n > SHOCKS_MOST)
        return FAIL(err, ERR_DOMAIN, "more than %d stresses", SHOCKS_MOST);
    if (n == 0 && reverse == NULL)
        return FAIL(err, ERR_DOMAIN, "no stress is given");
    for (size_t i = 0; i < n; i++)
        if (shocks[i].name == NULL)
            return FAIL(err, ERR_DOMAIN, "a stress without a name");
    return OK;
}

/* The book as it is and under every stress. */
static ErrCode compare_all(Tables *out, const PoolVariant *base,
                           const PoolShock shocks[], size_t n,
                           const PoolOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Results r = {.tables = out, .err = err};
    Compare c;
    PoolVariant variants[1 + SHOCKS_MOST] = {*base};
    variants[0].name = "as_is";
    for (size_t i = 0; i < n; i++) {
        variants[1 + i] = *base;
        variants[1 + i].name = shocks[i].name;
        variants[1 + i].shock = &shocks[i];
    }
    TRY(compare_run(&c, variants, 1 + n, options, faults, err));
    TRY(add_summary(&r, &c));
    TRY(add_list(&r, shocks, n));
    TRY(compare_add(out, &c, &words, err));
done:
    compare_close(&c);
    return rc;
}

ErrCode pool_stress(Tables *out, const PoolVariant *base,
                    const PoolShock shocks[], size_t n,
                    const PoolOptions *options, const PoolReverse *reverse,
                    Faults *faults, Err *err)
{
    ErrCode rc = OK;
    int party;
    TRY(check_shocks(shocks, n, reverse, err));
    if (reverse != NULL)
        TRY(reverse_party(&party, base->scheme, reverse, err));
    TRY(compare_all(out, base, shocks, n, options, faults, err));
    if (reverse != NULL)
        TRY(reverse_add(out, base, options, reverse, err));
done:
    return rc;
}
