#include "credit/validation.h"

#include "credit/tabled.h"
#include "stat/calibration.h"

#include <math.h>

enum { GROUPS = 10, POINTS = 100 };

ErrCode validation_gains(Tables *tables, const Validation *v, Err *err)
{
    enum { GROUP, CASES, BADS, RATE, MEAN, CAUGHT, LIFT, GAP, N };
    static const TabledColumn list[N] = {
        [GROUP] = {"group", "", TYPE_COUNT, {"分组（1 为最高风险）", "group"}},
        [CASES] = {"cases", "", TYPE_COUNT, {"样本数", "cases"}},
        [BADS] = {"defaults", "", TYPE_COUNT, {"违约数", "defaults"}},
        [RATE] = {"rate", "1", TYPE_REAL, {"实际违约率", "default rate"}},
        [MEAN] = {"mean_pd", "1", TYPE_REAL, {"平均违约概率", "mean PD"}},
        [CAUGHT] = {"caught",
                    "1",
                    TYPE_REAL,
                    {"累计捕获违约", "defaults caught so far"}},
        [LIFT] = {"lift", "times", TYPE_REAL, {"提升度", "lift"}},
        [GAP] = {"gap", "1", TYPE_REAL, {"KS 差", "KS gap"}},
    };
    CalibrationGroup groups[GROUPS];
    CasesSum all = cases_sum(&v->cases);
    Table *t;
    Column *c[N];
    size_t bads = 0, cases = 0;
    ErrCode rc = tabled_new(&t, c, tables, "validation_gains",
                            (Label){"增益与提升", "Gains and lift"}, GROUPS,
                            list, N, err);
    if (rc != OK)
        return rc;
    calibration_groups(groups, GROUPS, &v->cases, &v->order);
    for (size_t k = 0; k < GROUPS; k++) {
        const CalibrationGroup *g = &groups[GROUPS - 1 - k];
        double n = (double)g->n;
        bads += g->bads;
        cases += g->n;
        c[GROUP]->i[k] = (int64_t)k + 1;
        c[CASES]->i[k] = (int64_t)g->n;
        c[BADS]->i[k] = (int64_t)g->bads;
        c[RATE]->d[k] = (double)g->bads / n;
        c[MEAN]->d[k] = v->is_pd ? g->expected / n : (double)NAN;
        c[CAUGHT]->d[k] = (double)bads / all.bad;
        c[LIFT]->d[k] = c[RATE]->d[k] / (all.bad / (double)v->cases.n);
        c[GAP]->d[k] =
            (double)bads / all.bad - (double)(cases - bads) / all.good;
    }
    return OK;
}

ErrCode validation_roc(Tables *tables, const Validation *v, Err *err)
{
    enum { FALSE_SHARE, TRUE_SHARE, BLIND, N };
    static const TabledColumn list[N] = {
        [FALSE_SHARE] = {"goods",
                         "1",
                         TYPE_REAL,
                         {"误判的未违约占比", "share of goods flagged"}},
        [TRUE_SHARE] = {"defaults", "1", TYPE_REAL, {"模型", "model"}},
        [BLIND] = {"blind", "1", TYPE_REAL, {"无区分能力", "no power"}},
    };
    const Cases *s = &v->cases;
    CasesSum all = cases_sum(s), above = {0};
    size_t points = v->order.groups < POINTS ? v->order.groups : POINTS;
    size_t next = 0;
    Table *t;
    Column *c[N];
    ErrCode rc =
        tabled_new(&t, c, tables, "validation_roc",
                   (Label){"ROC 曲线", "ROC curve"}, points + 1, list, N, err);
    if (rc != OK)
        return rc;
    for (size_t g = 0; g <= v->order.groups; g++) {
        if (g == next * v->order.groups / points) {
            c[FALSE_SHARE]->d[next] = above.good / all.good;
            c[TRUE_SHARE]->d[next] = above.bad / all.bad;
            c[BLIND]->d[next] = above.good / all.good;
            next++;
        }
        if (g == v->order.groups)
            break;
        CasesSum here = cases_group(s, &v->order, v->order.groups - 1 - g);
        above.bad += here.bad;
        above.good += here.good;
    }
    return OK;
}
