#include "pool/reverse.h"

#include "pool/leastshock.h"
#include "pool/results.h"
#include "pool/sizing.h"

#include <math.h>

/* The largest shock: for pds where every one above 0 is 1, six standard
 * deviations, or all of it. */
static int64_t most_of(const PoolVariant *base, int shock)
{
    if (shock != SHOCK_pd)
        return (shock == SHOCK_factor ? 6 : 1) * LOOKS_STEP;
    const Column *pd = table_field(base->portfolio, FIELD_pd);
    const Factors *f = base->factors;
    double least = 1;
    for (size_t i = 0; pd != NULL && i < base->portfolio->rows; i++)
        if (pd->d[i] > 0 && pd->d[i] < least)
            least = pd->d[i];
    for (size_t i = 0; i < f->ngrades; i++)
        if (f->grades[i].pd > 0 && f->grades[i].pd < least)
            least = f->grades[i].pd;
    return least > 1e-6 ? (int64_t)(LOOKS_STEP / least) + 1
                        : INT64_C(1000000) * LOOKS_STEP;
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

static double size_of(int64_t k)
{
    return k == LEASTSHOCK_NEVER ? (double)NAN : (double)k / LOOKS_STEP;
}

static ErrCode add_row(Columns *c, size_t row, Results *r, const LooksAsked *a,
                       double target, int64_t most)
{
    ErrCode rc = OK;
    LeastShock found;
    const Scheme *s = a->of.scheme;
    TRY(leastshock(&found, a, target, most, r->err));
    c->value->d[row] = size_of(found.value);
    c->low->d[row] = size_of(found.low);
    c->high->d[row] = size_of(found.high);
    c->criterion->s[row] =
        results_text(r, a->is_mean ? "el_over_balance" : "runs_dry");
    c->party->s[row] = results_text(r, s->party[a->party]);
    c->level->d[row] = a->is_mean ? (double)NAN : target;
    c->shock->s[row] = results_text(r, shock_name((size_t)a->shock));
    c->zh->s[row] = results_text(r, shock_zh(a->shock));
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

/* Both criteria of a fund: as it is, and without end, which pays all. */
static ErrCode add_rows(Columns *c, Results *r, LooksAsked *asked,
                        const Scheme *endless, double level, int64_t most)
{
    ErrCode rc = OK;
    int64_t balance = asked->of.scheme->fund[asked->party].opening;
    c->balance->i[0] = c->balance->i[1] = balance;
    TRY(add_row(c, 0, r, asked, level, most));
    asked->is_mean = 1;
    asked->of.scheme = endless;
    TRY(add_row(c, 1, r, asked, (double)balance, most));
    rc = r->rc;
done:
    return rc;
}

ErrCode reverse_add(Tables *out, const PoolVariant *base,
                    const PoolOptions *options, const PoolReverse *reverse,
                    Err *err)
{
    ErrCode rc = OK;
    Level level;
    Results r = {.tables = out, .err = err};
    LooksDone done = {.asked = options};
    LooksAsked asked = {.of = *base, .shock = reverse->shock, .done = &done};
    Faults *faults = NULL; /* told already */
    Scheme *endless = NULL;
    Arena *arena = arena_new();
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a stress");
    endless = arena_alloc(arena, 1, sizeof *endless);
    faults = faults_new(arena);
    if (endless == NULL || faults == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a stress"));
    TRY(reverse_party(&asked.party, base->scheme, reverse, err));
    TRY(level_parse(&level, reverse->level, err));
    TRY(model_book(&asked.book, arena, base, options, faults, err));
    sizing_endless(endless, base->scheme, asked.party);
    Columns c = columns_of(&r, asked.shock);
    TRY(r.rc);
    TRY(add_rows(&c, &r, &asked, endless, level_value(level),
                 most_of(base, asked.shock)));
done:
    arena_free(arena);
    return rc;
}
