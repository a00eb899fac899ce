#include "pool/results.h"
#include "pool/sizing.h"

#include "stat/radix.h"
#include "stat/sample.h"

#include <math.h>

static void put(Column *value, Column *low, Column *high, size_t row, Figure f)
{
    value->d[row] = f.value;
    low->d[row] = f.low;
    high->d[row] = f.high;
}

static double in_force(const Sizing *z)
{
    const Volumes *v = z->model->dues->volumes;
    const VolumesGone path = {0};
    return (double)volumes_of(v, DENOMINATOR_IN_FORCE, 0, 0, &path, 0,
                              v->classes);
}

/* A column of amounts or rates, and the ends of its intervals. */
typedef struct {
    Column *value, *low, *high;
} Span;

static Span span_of(Results *r, const char *name, const char *unit,
                    const char *zh, const char *en)
{
    char low[40], high[40];
    snprintf(low, sizeof low, "%s_low", name);
    snprintf(high, sizeof high, "%s_high", name);
    return (Span){
        results_column(r, name, TYPE_REAL, unit, zh, en),
        results_column(r, results_text(r, low), TYPE_REAL, unit, "下限", "low"),
        results_column(r, results_text(r, high), TYPE_REAL, unit, "上限",
                       "high")};
}

static uint64_t count_above(const int64_t sorted[], size_t n, int64_t x)
{
    size_t low = 0, high = n; /* the first above x */
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (sorted[mid] > x)
            high = mid;
        else
            low = mid + 1;
    }
    return n - low;
}

/* The fund as it is; `left` is premium less what is paid, by scenario. */
static ErrCode add_now(Results *r, const Sizing *z, const int64_t left[],
                       size_t n)
{
    results_table(r, "pool_size_now", 1, "资金池现状", "The fund as it is");
    results_steps(r, z->model->book);
    Column *party = results_field(r, FIELD_party);
    Column *opening = results_column(r, "opening", TYPE_MONEY, "fen",
                                     "期初余额", "opening balance");
    Span ruin =
        span_of(r, "probability", "1", "耗尽概率", "chance that it runs dry");
    Column *book =
        results_column(r, "in_force", TYPE_REAL, "fen", "在保余额", "in force");
    Column *multiple = results_column(r, "multiple", TYPE_REAL, "", "放大倍数",
                                      "leverage multiple");
    Span surplus = span_of(r, "surplus", "fen", "预期盈余", "expected surplus");
    if (r->rc != OK)
        return r->rc;
    party->s[0] = results_text(r, z->model->scheme->party[z->party]);
    opening->i[0] = z->opening;
    put(ruin.value, ruin.low, ruin.high, 0,
        sample_share(count_above(z->need, n, z->opening), n));
    book->d[0] = in_force(z);
    multiple->d[0] =
        z->opening > 0 ? in_force(z) / (double)z->opening : (double)NAN;
    put(surplus.value, surplus.low, surplus.high, 0, sample_mean(left, n));
    return r->rc;
}

static double times(double billionths)
{
    return billionths < SCALE_MOST ? billionths / SCALE_ONE : (double)NAN;
}

/* The book the fund carries, of what a chance of ruin needs. */
static Figure scale_of(const Sizing *z, Figure need, size_t n, Level safe)
{
    double b = (double)z->opening;
    if (z->scaling == SCALE_SEARCHED) {
        Figure f = sample_var(z->room, n, safe);
        return (Figure){times(SCALE_MOST - f.value), NAN,
                        times(SCALE_MOST - f.high), times(SCALE_MOST - f.low)};
    }
    if (z->scaling == SCALE_UNTOLD || need.value <= 0)
        return (Figure){NAN, NAN, NAN, NAN};
    return (Figure){b / need.value, NAN, b / need.high,
                    need.low > 0 ? b / need.low : (double)NAN};
}

static Figure as_rate(Figure f)
{
    Figure rate = {f.value / FEE_MOST, NAN, f.low / FEE_MOST,
                   f.high / FEE_MOST};
    rate.value = f.value >= FEE_MOST ? (double)NAN : rate.value;
    rate.low = f.low >= FEE_MOST ? (double)NAN : rate.low;
    rate.high = f.high >= FEE_MOST ? (double)NAN : rate.high;
    return rate;
}

/* need, fee and room rise. */
static ErrCode add_size(Results *r, const Sizing *z, size_t n,
                        const PoolSizing *o)
{
    results_table(r, "pool_size", o->n, "所需资金", "What the fund needs");
    Column *chance = results_column(r, "ruin", TYPE_REAL, "1", "耗尽概率上限",
                                    "chance to run dry, at most");
    Span need = span_of(r, "balance", "fen", "所需余额", "balance needed");
    Column *multiple = results_column(r, "multiple", TYPE_REAL, "", "放大倍数",
                                      "leverage multiple");
    Span scale = span_of(r, "scale", "", "可承载规模（现有倍数）",
                         "book carried, times");
    Span fee = span_of(r, "fee", "1", "所需费率", "premium needed, a year");
    for (size_t i = 0; r->rc == OK && i < o->n; i++) {
        Level p;
        r->rc = level_parse(&p, o->ruins[i], r->err);
        if (r->rc != OK)
            break;
        Level safe = {p.whole - p.part, p.whole};
        Figure f = sample_var(z->need, n, safe);
        chance->d[i] = level_value(p);
        put(need.value, need.low, need.high, i, f);
        multiple->d[i] = f.value > 0 ? in_force(z) / f.value : (double)NAN;
        f = scale_of(z, f, n, safe);
        put(scale.value, scale.low, scale.high, i, f);
        put(fee.value, fee.low, fee.high, i,
            as_rate(sample_var(z->fee, n, safe)));
    }
    return r->rc;
}

/* The rate f with mean(loss) = f mean(volume), and the error of that ratio.
 * Source: Cochran, "Sampling techniques", 3rd ed., equation 6.13. */
static Figure ratio_of(const int64_t loss[], const int64_t volume[], size_t n)
{
    double a = sample_mean(loss, n).value, b = sample_mean(volume, n).value;
    double f = a / b, sum = 0;
    for (size_t i = 0; i < n; i++) {
        double d = (double)loss[i] - f * (double)volume[i];
        sum += d * d;
    }
    double se = sqrt(sum / (double)(n - 1) / (double)n) / b;
    return sample_figure(f, se);
}

/* The premium as it is: the scheme's rate, or what the loans' fees come to of
 * what is in force in all years while nobody fails. */
static double rate_now(const Sizing *z, const Scheme *s)
{
    const Volumes *v = z->model->dues->volumes;
    const VolumesGone none = {0};
    Fraction f = s->premium[z->party];
    double fees = 0, volume = 0;
    if (!(s->has_premium >> z->party & 1))
        return 0;
    if (!(s->of_fees >> z->party & 1))
        return (double)f.num / (double)f.den;
    for (int t = 0; t < v->years; t++) {
        fees += (double)fraction_of(volumes_fees(v, t, &none), f);
        volume += (double)volumes_of(v, DENOMINATOR_IN_FORCE, t, 0, &none, 0,
                                     v->classes);
    }
    return fees / volume;
}

static ErrCode add_fee(Results *r, double now_rate, Figure f)
{
    results_table(r, "pool_size_fee", 1, "保本费率", "Break-even fee");
    Column *now = results_column(r, "rate", TYPE_REAL, "1", "现行费率",
                                 "premium as it is, a year");
    Span fee = span_of(r, "fee", "1", "保本费率", "break-even fee, a year");
    if (r->rc == OK) {
        now->d[0] = now_rate;
        put(fee.value, fee.low, fee.high, 0, f);
    }
    return r->rc;
}

/* 41 balances from nothing to what 999 in 1,000 scenarios need, and on. */
static ErrCode add_curve(Results *r, const Sizing *z, size_t n)
{
    enum { POINTS = 41 };
    const Level most = {999, 1000};
    double top = sample_var(z->need, n, most).value * 1.1;
    results_table(r, "pool_size_curve", POINTS, "资金与耗尽概率",
                  "Chance to run dry by opening balance");
    Column *balance = results_column(r, "balance", TYPE_MONEY, "fen",
                                     "期初余额", "opening balance");
    Column *probability = results_field(r, FIELD_probability);
    Column *low = results_figure(r, FIELD_low, "1");
    Column *high = results_figure(r, FIELD_high, "1");
    for (size_t i = 0; r->rc == OK && i < POINTS; i++) {
        balance->i[i] = results_fen(top * (double)i / (POINTS - 1));
        put(probability, low, high, i,
            sample_share(count_above(z->need, n, balance->i[i]), n));
    }
    return r->rc;
}

ErrCode sizes_add(Tables *out, const Sizing *z, const Scheme *s,
                  const PoolSizing *sizing, size_t n, Err *err)
{
    ErrCode rc = OK;
    Results r = {.tables = out, .err = err};
    int64_t *scratch = mem_new(n, sizeof *scratch);
    if (scratch == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for figures");
    radix_sort(z->need, scratch, n);
    radix_sort(z->fee, scratch, n);
    if (z->scaling == SCALE_SEARCHED)
        radix_sort(z->room, scratch, n);
    for (size_t i = 0; i < n; i++)
        scratch[i] = z->premium[i] - z->paid[i];
    Figure even = {NAN, NAN, NAN, NAN};
    if (!z->is_open)
        even = ratio_of(z->even_paid, z->even_volume, n);
    TRY(add_now(&r, z, scratch, n));
    TRY(add_size(&r, z, n, sizing));
    TRY(add_curve(&r, z, n));
    TRY(add_fee(&r, rate_now(z, s), even));
done:
    mem_free(scratch);
    return rc;
}
