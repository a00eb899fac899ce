/* series.h - what every simulated year came to under one policy. */
#ifndef SUBSIDY_SERIES_H
#define SUBSIDY_SERIES_H

#include "subsidy/futures.h"
#include "subsidy/regime.h"

/* Series of all policies; those of payers, funds and counties follow. */
enum {
    SERIES_CONTRACTS,
    SERIES_CLAIMED,
    SERIES_WANTED,
    SERIES_PAID,
    SERIES_ALL
};

typedef struct {
    const Regime *regime;
    Label label;
    int64_t *cells; /* [series * years], year by year within each */
    size_t years;
} Series;

static inline int64_t *series_of(const Series *s, size_t k)
{
    return s->cells + k * s->years;
}

static inline size_t series_wanted_by(size_t payer)
{
    return SERIES_ALL + payer;
}

static inline size_t series_paid_by(const Series *s, size_t payer)
{
    return SERIES_ALL + s->regime->each.book.payers.n + payer;
}

/* Of fund f: 0 wanted, 1 paid, 2 the day on which it was short. */
static inline size_t series_fund(const Series *s, size_t f, size_t what)
{
    return SERIES_ALL + 2 * s->regime->each.book.payers.n +
           what * s->regime->funds + f;
}

static inline size_t series_county(const Series *s, size_t county)
{
    return series_fund(s, 0, 3) + county;
}

static inline size_t series_count(const Series *s)
{
    return series_county(s, s->regime->ground->counties);
}

/* Result tables in the making. */
typedef struct {
    Tables *tables;
    const Series *side; /* [n] */
    size_t n, years;
    int64_t *sorted, *spare; /* [years] */
} SeriesMaking;

/* A word of the results, interned; ERR_MEMORY, also for NULL. */
MUST_USE ErrCode series_word(const char **out, const SeriesMaking *m,
                             const char *text, Err *err);

/* future_budgets and future_days. */
MUST_USE ErrCode series_budgets(SeriesMaking *m, Err *err);
MUST_USE ErrCode series_days(SeriesMaking *m, Err *err);

/* The result tables future_cost to future_years.  ERR_MEMORY. */
MUST_USE ErrCode series_tables(Tables *tables, const Series side[], size_t n,
                               int64_t shown, Err *err);

/* Two of them: the histogram of what is paid, and one year by itself. */
MUST_USE ErrCode series_shape(Tables *tables, const Series side[], size_t n,
                              Err *err);
MUST_USE ErrCode series_year(Tables *tables, const Series side[], size_t n,
                             int64_t year, Err *err);

#endif
