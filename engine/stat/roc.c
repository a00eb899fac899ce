#include "stat/roc.h"

#include "stat/normal.h"

#include <math.h>

Roc roc_of(const Cases *c, const CasesOrder *order)
{
    Roc out = {0};
    CasesSum all = cases_sum(c), below = {0};
    double right = 0;
    for (size_t g = 0; g < order->groups; g++) {
        CasesSum here = cases_group(c, order, g);
        right += here.bad * (below.good + here.good / 2);
        below.bad += here.bad;
        below.good += here.good;
        double gap = fabs(below.good / all.good - below.bad / all.bad);
        if (gap > out.ks) {
            out.ks = gap;
            out.ks_at = c->score[order->row[order->start[g]]];
        }
    }
    out.auc = right / (all.bad * all.good);
    out.gini = 2 * out.auc - 1;
    return out;
}

ErrCode roc_measure(Roc *out, Arena *arena, const Cases *c, Err *err)
{
    CasesOrder order;
    ErrCode rc = cases_order(&order, arena, c, err);
    if (rc == OK)
        *out = roc_of(c, &order);
    return rc;
}

void roc_parts(double part[], const Cases *c, const CasesOrder *order)
{
    double auc = roc_of(c, order).auc;
    CasesSum all = cases_sum(c), below = {0};
    for (size_t g = 0; g < order->groups; g++) {
        CasesSum here = cases_group(c, order, g);
        double bad = (below.good + here.good / 2) / all.good;
        double good = (all.bad - below.bad - here.bad / 2) / all.bad;
        for (size_t i = order->start[g]; i < order->start[g + 1]; i++) {
            size_t row = order->row[i];
            double weight = cases_weight(c, row);
            part[row] = c->bad[row] ? weight / all.bad * (bad - auc)
                                    : weight / all.good * (good - auc);
        }
        below.bad += here.bad;
        below.good += here.good;
    }
}

double roc_covariance(const double a[], const double b[], const Cases *c)
{
    double sum[2] = {0}, count[2] = {0};
    for (size_t i = 0; i < c->n; i++) {
        sum[c->bad[i] != 0] += a[i] * b[i];
        count[c->bad[i] != 0] += cases_weight(c, i) > 0;
    }
    if (count[0] < 2 || count[1] < 2)
        return (double)NAN;
    return sum[0] * count[0] / (count[0] - 1) +
           sum[1] * count[1] / (count[1] - 1);
}

ErrCode roc_compare(RocPair *out, Arena *arena, const Cases *c,
                    const double second[], Err *err)
{
    ErrCode rc = OK;
    Cases both[2] = {*c, *c};
    double *part[2] = {NULL};
    both[1].score = second;
    *out = (RocPair){.z = (double)NAN, .p = (double)NAN};
    for (int j = 0; j < 2; j++) {
        CasesOrder order;
        TRY(cases_order(&order, arena, &both[j], err));
        part[j] = arena_alloc(arena, c->n, sizeof *part[j]);
        if (part[j] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory to compare %zu cases",
                        c->n);
        roc_parts(part[j], &both[j], &order);
        out->auc[j] = roc_of(&both[j], &order).auc;
        out->se[j] = sqrt(roc_covariance(part[j], part[j], c));
    }
    for (size_t i = 0; i < c->n; i++)
        part[0][i] -= part[1][i];
    out->difference = out->auc[0] - out->auc[1];
    out->se_difference = sqrt(roc_covariance(part[0], part[0], c));
    if (out->se_difference > 0) {
        out->z = out->difference / out->se_difference;
        out->p = 2 * normal_cdf(-fabs(out->z));
    }
done:
    return rc;
}
