#include "pool/reverse.h"

#include "pool/results.h"
#include "pool/shock.h"
#include "pool/sizing.h"
#include "stat/sample.h"

#include <assert.h>
#include <math.h>

/* Shocks are thousandths; runs of one search are about twenty. */
enum { STEP = 1000, MOST = 1024, USUAL = 20 };

/* Of a fund and a criterion: what was found at which shock. */
typedef struct {
    PoolVariant of;
    PoolOptions options; /* its progress comes to `told` */
    const PoolOptions *asked;
    int party, shock; /* SHOCK_pd ... */
    int is_mean;      /* what is paid, else the chance to run dry */
    double target;    /* fen, or a chance */
    int64_t most;     /* the largest shock there is */
    struct {
        int64_t k;
        Figure figure;
    } seen[MOST];
    size_t n, runs;
    Arena *arena;
    Err *err;
} Search;

/* Bounds of the figure: which of them is to reach the target. */
typedef enum { VALUE, LOW, HIGH } Bound;

static int told(void *to, double part)
{
    const Search *s = to;
    double runs = (double)s->runs + part;
    return s->asked->progress(s->asked->to, runs / (runs + USUAL));
}

static Figure figure_of(const Search *s, const Sample *sample)
{
    size_t j = (size_t)s->party, parties = (size_t)sample->parties;
    uint64_t dry = 0;
    if (s->is_mean)
        return sample_mean(sample->net + j * sample->n, sample->n);
    for (size_t y = 0; y < (size_t)sample->tally.run; y++)
        dry += sample->tally.dry[y * parties + j];
    return sample_share(dry, sample->n);
}

/* k thousandths of a shock: what multiplies every pd, else how far losses given
 * default rise, factors or pledges fall. */
static PoolShock shock_at(int which, int64_t k)
{
    PoolShock s = SHOCK_NONE;
    double size = (double)k / STEP;
    if (which == SHOCK_pd)
        s.pd = size;
    else if (which == SHOCK_lgd)
        s.points = size;
    else if (which == SHOCK_pledge_value)
        s.pledge = -size;
    for (size_t y = 0; which == SHOCK_factor && y < SHOCK_YEARS; y++)
        s.factor[y] = -size;
    return s;
}

/* The figure under a shock of k. */
static ErrCode look(Figure *out, Search *s, int64_t k)
{
    ErrCode rc = OK;
    Model m = {0};
    Sample sample = {0};
    PoolShock shock = shock_at(s->shock, k);
    for (size_t i = 0; i < s->n; i++)
        if (s->seen[i].k == k) {
            *out = s->seen[i].figure;
            return OK;
        }
    s->of.shock = &shock;
    Faults *faults = faults_new(s->arena);
    if (faults == NULL)
        return FAIL(s->err, ERR_MEMORY, "no memory for a stress");
    TRY(model_stressed(&m, &s->of, &s->options, faults, s->err));
    TRY(model_run(&sample, &m, &s->options, s->err));
    *out = figure_of(s, &sample);
    s->runs++;
    assert(s->n < MOST); /* a bracket halves every fourth time */
    s->seen[s->n].k = k;
    s->seen[s->n++].figure = *out;
done:
    sample_free(&sample);
    model_close(&m);
    return rc;
}

static double bound_of(Figure f, Bound bound)
{
    return bound == VALUE ? f.value : bound == LOW ? f.low : f.high;
}

static int is_enough(const Search *s, Figure f, Bound bound)
{
    double x = bound_of(f, bound);
    return s->is_mean ? x > s->target : x >= s->target;
}

/* The least shock seen that is enough and the largest that is not: from where
 * none is, -1, to the largest there is. */
typedef struct {
    int64_t low, high;
    double below, above; /* the bound there; NaN: not seen */
} Bracket;

static Bracket bracket_of(const Search *s, Bound bound)
{
    Bracket b = {-1, s->most, (double)NAN, (double)NAN};
    for (size_t i = 0; i < s->n; i++) {
        int64_t k = s->seen[i].k;
        double x = bound_of(s->seen[i].figure, bound);
        if (is_enough(s, s->seen[i].figure, bound)) {
            b.above = k <= b.high ? x : b.above;
            b.high = k < b.high ? k : b.high;
        } else if (k > b.low) {
            b.below = x;
            b.low = k;
        }
    }
    return b;
}

/* Where a line through the ends of the bracket meets the target, at least one
 * step inside; its middle where an end is not known. */
static int64_t guess(const Search *s, const Bracket *b)
{
    double part = (s->target - b->below) / (b->above - b->below);
    if (!(part >= 0 && part <= 1))
        part = 0.5;
    int64_t k = b->low + (int64_t)(part * (double)(b->high - b->low) + 0.5);
    return k <= b->low ? b->low + 1 : k >= b->high ? b->high - 1 : k;
}

/* The next shock to look at: first 1, then up by doubling until one is enough,
 * then by turns where the line points to, beside the end that it came near, and
 * in the middle. */
static int64_t next(const Search *s, const Bracket *b, size_t turn)
{
    if (isnan(b->above)) {
        int64_t up = b->low < STEP / 2 ? STEP : 2 * b->low;
        return up < s->most ? up : s->most;
    }
    if (turn % 4 == 3)
        return b->low + (b->high - b->low) / 2;
    if (turn % 4 != 1)
        return guess(s, b);
    int64_t step = (b->high - b->low) / 64 + 1;
    return guess(s, b) - b->low > b->high - guess(s, b) ? b->high - step
                                                        : b->low + step;
}

/* The least k at which the bound reaches the target: what fails under a shock
 * fails under a larger one too.  NaN: none. */
static ErrCode search(double *out, Search *s, Bound bound)
{
    ErrCode rc = OK;
    Figure f;
    *out = (double)NAN;
    for (size_t turn = 0;; turn++) {
        Bracket b = bracket_of(s, bound);
        if (isnan(b.above) && b.low >= s->most)
            return OK;
        if (!isnan(b.above) && b.high - b.low == 1) {
            *out = (double)b.high / STEP;
            return OK;
        }
        TRY(look(&f, s, next(s, &b, turn)));
    }
done:
    return rc;
}

/* The largest shock: for pds where every one above 0 is 1, six standard
 * deviations, or all of it. */
static int64_t most_of(const PoolVariant *base, int shock)
{
    if (shock != SHOCK_pd)
        return (shock == SHOCK_factor ? 6 : 1) * STEP;
    const Column *pd = table_field(base->portfolio, FIELD_pd);
    const Factors *f = base->factors;
    double least = 1;
    for (size_t i = 0; pd != NULL && i < base->portfolio->rows; i++)
        if (pd->d[i] > 0 && pd->d[i] < least)
            least = pd->d[i];
    for (size_t i = 0; i < f->ngrades; i++)
        if (f->grades[i].pd > 0 && f->grades[i].pd < least)
            least = f->grades[i].pd;
    return least > 1e-6 ? (int64_t)(STEP / least) + 1 : INT64_C(1000000) * STEP;
}

static int has_funds(const Scheme *s)
{
    for (int j = 0; j < s->n; j++)
        if (s->fund[j].exists)
            return 1;
    return 0;
}

ErrCode reverse_party(int *out, const Scheme *scheme, const PoolReverse *o,
                      Err *err)
{
    ErrCode rc = OK;
    Level level;
    TRY(level_parse(&level, o->level, err));
    if (scheme == NULL)
        return FAIL(err, ERR_DOMAIN,
                    "without a scheme there is no fund to run "
                    "dry");
    if (!has_funds(scheme))
        return FAIL(err, ERR_DOMAIN,
                    "%s: none of its parties has a fund that could run dry; "
                    "give one a balance, as datasets/scheme.cfg does",
                    scheme->file);
    TRY(sizing_party(out, scheme, o->party, err));
    if (!scheme->fund[*out].exists)
        return FAIL(err, ERR_DOMAIN,
                    "%s: party '%.*s' has no fund that could run dry; name "
                    "one that has, or give it a balance",
                    scheme->file, TEXT_SHORT(scheme->party[*out]));
done:
    return rc;
}

/* A criterion's row, and where it goes. */
typedef struct {
    Column *criterion, *party, *level, *balance;
    Column *shock, *zh, *value, *low, *high;
} Columns;

static const char *shock_zh(int shock)
{
    switch (shock) {
    case SHOCK_lgd:
        return "违约损失率";
    case SHOCK_factor:
        return "系统性因子";
    case SHOCK_pledge_value:
        return "质押物价值";
    default:
        return "违约概率";
    }
}

static ErrCode add_row(Columns *c, size_t row, Results *r, Search *s,
                       const char *criterion)
{
    ErrCode rc = OK;
    s->n = 0;
    TRY(search(&c->value->d[row], s, VALUE));
    TRY(search(&c->low->d[row], s, HIGH));
    TRY(search(&c->high->d[row], s, LOW));
    c->criterion->s[row] = results_text(r, criterion);
    c->party->s[row] = results_text(r, s->of.scheme->party[s->party]);
    c->level->d[row] = s->is_mean ? (double)NAN : s->target;
    c->shock->s[row] = results_text(r, shock_name((size_t)s->shock));
    c->zh->s[row] = results_text(r, shock_zh(s->shock));
    c->balance->i[row] = s->of.scheme->fund[s->party].opening;
done:
    return rc;
}

/* What is searched for, by shock. */
static Label sought(int shock)
{
    switch (shock) {
    case SHOCK_lgd:
        return (Label){"违约损失率上升", "every LGD must rise by"};
    case SHOCK_factor:
        return (Label){"因子下移标准差数", "factors must fall by, deviations"};
    case SHOCK_pledge_value:
        return (Label){"质押物贬值", "every pledge must lose"};
    default:
        return (Label){"违约概率倍数", "every PD must be multiplied by"};
    }
}

static Columns columns_of(Results *r, int shock)
{
    Label label = sought(shock);
    int is_part = shock == SHOCK_lgd || shock == SHOCK_pledge_value;
    const char *unit = is_part ? "1" : "";
    results_table(r, "pool_stress_reverse", 2, "反向压力测试",
                  "Reverse stress: what it takes");
    return (Columns){
        results_column(r, "criterion", TYPE_CATEGORY, "", "判据", "criterion"),
        results_field(r, FIELD_party),
        results_field(r, FIELD_level),
        results_column(r, "balance", TYPE_MONEY, "fen", "期初余额",
                       "opening balance"),
        results_column(r, "shock", TYPE_CATEGORY, "", "冲击", "shock"),
        results_column(r, "shock_zh", TYPE_TEXT, "", "冲击", "shock"),
        results_column(r, "value", TYPE_REAL, unit, label.zh, label.en),
        results_column(r, "low", TYPE_REAL, unit, "下限", "low"),
        results_column(r, "high", TYPE_REAL, unit, "上限", "high")};
}

ErrCode reverse_add(Tables *out, const PoolVariant *base,
                    const PoolOptions *options, const PoolReverse *reverse,
                    Err *err)
{
    ErrCode rc = OK;
    Level level;
    Results r = {.tables = out, .err = err};
    Search s = {.of = *base,
                .options = *options,
                .asked = options,
                .shock = reverse->shock};
    Scheme *endless = NULL;
    s.arena = arena_new();
    s.err = err;
    s.options.to = &s;
    s.options.progress = options->progress == NULL ? NULL : told;
    if (s.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a stress");
    TRY(reverse_party(&s.party, base->scheme, reverse, err));
    TRY(level_parse(&level, reverse->level, err));
    endless = arena_alloc(s.arena, 1, sizeof *endless);
    if (endless == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a stress"));
    s.most = most_of(base, s.shock);
    Columns c = columns_of(&r, s.shock);
    TRY(r.rc);
    s.target = level_value(level);
    TRY(add_row(&c, 0, &r, &s, "runs_dry"));
    s.is_mean = 1;
    s.target = (double)base->scheme->fund[s.party].opening;
    sizing_endless(endless, base->scheme, s.party);
    s.of.scheme = endless;
    TRY(add_row(&c, 1, &r, &s, "el_over_balance"));
    c.balance->i[1] = (int64_t)s.target;
    rc = r.rc;
done:
    arena_free(s.arena);
    return rc;
}
