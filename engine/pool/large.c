#include "pool/large.h"

#include "stat/vasicek.h"

/* One year, one group, one pd: *pd. */
static int holds(double *pd, const Model *m)
{
    const Book *b = m->book;
    if (b->years > 1 || b->ngroups != 1 || m->factors->is_t ||
        m->dues->severity != NULL || b->groups[0].factor->rho <= 0)
        return 0;
    *pd = b->pd[0];
    for (size_t k = 1; k < b->firms; k++)
        if (b->pd[k] != *pd)
            return 0;
    return *pd > 0 && *pd < 1;
}

/* Losses of all firms, and the sum of their squares. */
static void add_up(double *sum, double *squares, const Model *m)
{
    *sum = *squares = 0;
    for (size_t k = 0; k < m->book->firms; k++) {
        int64_t loss = dues_loss(m->dues, 0, k);
        *sum += (double)loss;
        *squares += (double)loss * (double)loss;
    }
}

ErrCode large_add(Tables *tables, const Model *m, const PoolOptions *o,
                  Err *err)
{
    Results r = {.tables = tables, .err = err};
    double pd, sum, squares;
    if (!holds(&pd, m))
        return OK;
    add_up(&sum, &squares, m);
    double rho = m->book->groups[0].factor->rho;
    results_table(&r, "pool_large", o->nlevels, "大样本近似",
                  "Large pool, closed form");
    Column *level = results_field(&r, FIELD_level);
    Column *var = results_column(&r, "var_large", TYPE_MONEY, "fen",
                                 "无限分散 VaR", "VaR of an endless pool");
    Column *extra = results_column(&r, "granularity", TYPE_MONEY, "fen",
                                   "集中度调整", "granularity adjustment");
    Column *es = results_column(&r, "es_large", TYPE_MONEY, "fen",
                                "无限分散 ES", "ES of an endless pool");
    for (size_t i = 0; r.rc == OK && i < o->nlevels; i++) {
        double a = o->levels[i], many = sum > 0 ? squares / sum : 0;
        level->d[i] = a;
        var->i[i] = results_fen(sum * vasicek_var(pd, rho, a));
        extra->i[i] = results_fen(many * vasicek_granularity(pd, rho, a));
        es->i[i] = results_fen(sum * vasicek_es(pd, rho, a));
    }
    return r.rc;
}
