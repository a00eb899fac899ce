#include "pool/reverse.h"

#include "pool/results.h"
#include "pool/shock.h"
#include "pool/sizing.h"
#include "stat/sample.h"

#include <math.h>

/* Multipliers are thousandths; runs of one search are about thirty. */
enum { STEP = 1000, MOST = 128, USUAL = 30 };

/* Of a fund and a criterion: what was found at which multiplier. */
typedef struct {
    PoolVariant of;
    PoolOptions options; /* its progress comes to `told` */
    const PoolOptions *asked;
    int party;
    int is_mean;   /* what is paid, else the chance to run dry */
    double target; /* fen, or a chance */
    int64_t most;  /* from here on every firm fails that can */
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

/* The figure with every pd times k / STEP. */
static ErrCode look(Figure *out, Search *s, int64_t k)
{
    ErrCode rc = OK;
    Model m = {0};
    Sample sample = {0};
    PoolShock shock = SHOCK_NONE;
    for (size_t i = 0; i < s->n; i++)
        if (s->seen[i].k == k) {
            *out = s->seen[i].figure;
            return OK;
        }
    shock.pd = (double)k / STEP;
    s->of.shock = &shock;
    Faults *faults = faults_new(s->arena);
    if (faults == NULL)
        return FAIL(s->err, ERR_MEMORY, "no memory for a stress");
    TRY(model_stressed(&m, &s->of, &s->options, faults, s->err));
    TRY(model_run(&sample, &m, &s->options, s->err));
    *out = figure_of(s, &sample);
    s->runs++;
    if (s->n < MOST) {
        s->seen[s->n].k = k;
        s->seen[s->n++].figure = *out;
    }
done:
    sample_free(&sample);
    model_close(&m);
    return rc;
}

static ErrCode reaches(int *out, Search *s, int64_t k, Bound bound)
{
    Figure f;
    ErrCode rc = look(&f, s, k);
    double x = bound == VALUE ? f.value : bound == LOW ? f.low : f.high;
    *out = rc == OK && (s->is_mean ? x > s->target : x >= s->target);
    return rc;
}

/* The least k at which the bound reaches the target, by bisection: what fails
 * at one multiplier fails at a higher one too.  NaN: none. */
static ErrCode search(double *out, Search *s, Bound bound)
{
    ErrCode rc = OK;
    int64_t low = -1, high = STEP;
    int is_there;
    *out = (double)NAN;
    TRY(reaches(&is_there, s, high, bound));
    while (!is_there && high < s->most) {
        low = high;
        high = 2 * high < s->most ? 2 * high : s->most;
        TRY(reaches(&is_there, s, high, bound));
    }
    if (!is_there)
        return OK;
    while (high - low > 1) {
        int64_t mid = low + (high - low) / 2;
        TRY(reaches(&is_there, s, mid, bound));
        if (is_there)
            high = mid;
        else
            low = mid;
    }
    *out = (double)high / STEP;
done:
    return rc;
}

/* Thousandths from which on every pd above 0 is 1. */
static int64_t most_of(const PoolVariant *base)
{
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
    Column *multiplier, *low, *high;
} Columns;

static ErrCode add_row(Columns *c, size_t row, Results *r, Search *s,
                       const char *criterion)
{
    ErrCode rc = OK;
    s->n = 0;
    TRY(search(&c->multiplier->d[row], s, VALUE));
    TRY(search(&c->low->d[row], s, HIGH));
    TRY(search(&c->high->d[row], s, LOW));
    c->criterion->s[row] = results_text(r, criterion);
    c->party->s[row] = results_text(r, s->of.scheme->party[s->party]);
    c->level->d[row] = s->is_mean ? (double)NAN : s->target;
    c->balance->i[row] = s->of.scheme->fund[s->party].opening;
done:
    return rc;
}

static Columns columns_of(Results *r)
{
    results_table(r, "pool_stress_reverse", 2, "反向压力测试：违约概率放大倍数",
                  "Reverse stress: what every PD must be multiplied by");
    return (Columns){
        results_column(r, "criterion", TYPE_CATEGORY, "", "判据", "criterion"),
        results_field(r, FIELD_party),
        results_field(r, FIELD_level),
        results_column(r, "balance", TYPE_MONEY, "fen", "期初余额",
                       "opening balance"),
        results_column(r, "multiplier", TYPE_REAL, "", "倍数", "multiplier"),
        results_column(r, "low", TYPE_REAL, "", "下限", "low"),
        results_column(r, "high", TYPE_REAL, "", "上限", "high")};
}

ErrCode reverse_add(Tables *out, const PoolVariant *base,
                    const PoolOptions *options, const PoolReverse *reverse,
                    Err *err)
{
    ErrCode rc = OK;
    Level level;
    Results r = {.tables = out, .err = err};
    Search s = {.of = *base, .options = *options, .asked = options};
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
    s.most = most_of(base);
    Columns c = columns_of(&r);
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
