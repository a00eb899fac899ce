#include "subsidy/optimisetables.h"

#include "core/text.h"
#include "subsidy/series.h"

#include <string.h>

static const char *const aims[OPTIMISE_AIM_COUNT] = {
#define X(name, word) word,
    OPTIMISE_AIMS(X)
#undef X
};

static ErrCode put_word(Column *c, Tables *tables, const char *word, Err *err)
{
    c->s[0] = texts_put(tables->texts, word, strlen(word));
    return c->s[0] != NULL ? OK : FAIL(err, ERR_MEMORY, "out of memory");
}

ErrCode optimise_basis(Tables *tables, const Tried *t, Err *err)
{
    ErrCode rc = OK;
    Table *table;
    Column *aim, *payer, *budget, *sure, *n[4];
    static const struct {
        const char *name;
        Label label;
    } counts[] = {{"year", {"测算年度", "year to come"}},
                  {"contracts", {"抽样合同", "contracts drawn from"}},
                  {"futures", {"模拟年数", "simulated years"}},
                  {"tried", {"试算方案", "sets of figures tried"}}};
    const int64_t values[] = {t->stock.year, (int64_t)t->stock.from,
                              t->options->n, (int64_t)t->n};
    TRY(table_new(&table, tables, "optimise_basis", 1, err));
    table->title = (Label){"优选依据", "What is asked for"};
    TRY(table_add_labelled(&aim, table, "aim", TYPE_CATEGORY, "",
                           (Label){"目标", "aim"}, err));
    TRY(table_add_labelled(&payer, table, "payer", TYPE_CATEGORY, "",
                           (Label){"出资方", "payer"}, err));
    TRY(table_add_labelled(&budget, table, "budget", TYPE_MONEY, "fen",
                           (Label){"预算", "budget"}, err));
    TRY(table_add_labelled(&sure, table, "confidence", TYPE_REAL, "1",
                           (Label){"把握程度", "how sure to keep it"}, err));
    TRY(put_word(aim, tables, aims[t->plan->aim], err));
    TRY(put_word(payer, tables, t->plan->payer ? t->plan->payer : "all", err));
    budget->i[0] = t->plan->budget;
    sure->d[0] = level_value(t->plan->confidence);
    for (size_t k = 0; k < 4; k++) {
        TRY(table_add_labelled(&n[k], table, counts[k].name, TYPE_COUNT,
                               k == 0 ? "year" : "", counts[k].label, err));
        n[k]->i[0] = values[k];
    }
done:
    return rc;
}

/* The figures themselves, one column each. */
static ErrCode put_figures(Table *table, const Tried *t, const Point points[],
                           Err *err)
{
    ErrCode rc = OK;
    for (size_t k = 0; k < t->plan->n; k++) {
        const Knob *knob = &t->plan->knob[k];
        const char *name =
            text_format(table->owner->arena, "set.%s", knob->path);
        Column *c;
        if (name == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        TRY(table_add_labelled(&c, table, name, knob->type,
                               knob->type == TYPE_MONEY ? "fen" : "",
                               (Label){knob->path, knob->path}, err));
        for (size_t i = 0; i < table->rows; i++)
            c->i[i] = points[i].budget == NULL_INT
                          ? NULL_INT
                          : knob->low +
                                (int64_t)points[i].tried->place[k] * knob->step;
    }
done:
    return rc;
}

/* A column of reals, one of each row's. */
static ErrCode put_reals(Table *table, const Point points[], const char *name,
                         const char *unit, Label label, size_t at, double scale,
                         Err *err)
{
    Column *c;
    ErrCode rc =
        table_add_labelled(&c, table, name, TYPE_REAL, unit, label, err);
    for (size_t i = 0; rc == OK && i < table->rows; i++) {
        double value;
        memcpy(&value, (const char *)points[i].tried + at, sizeof value);
        c->d[i] = value * scale;
    }
    return rc;
}

/* Contracts are induced only where firms are believed to answer. */
static ErrCode put_measures(Table *table, const Tried *t, const Point points[],
                            Err *err)
{
    ErrCode rc = OK;
#define OF(m, part)                                                            \
    (offsetof(Try, of) + (m) * sizeof(Measured) + offsetof(Measured, part))
    static const struct {
        const char *name, *unit;
        Label label;
        size_t at;
        double scale;
    } columns[] = {
        {"cost", "fen", {"平均费用", "mean cost"}, OF(MEASURE_COST, mean), 1},
        {"cost_sure",
         "fen",
         {"有把握的费用", "cost to be sure of"},
         offsetof(Try, sure) + offsetof(Figure, value),
         1},
        {"cost_sure_low",
         "fen",
         {"其下限", "its low"},
         offsetof(Try, sure) + offsetof(Figure, low),
         1},
        {"cost_sure_high",
         "fen",
         {"其上限", "its high"},
         offsetof(Try, sure) + offsetof(Figure, high),
         1},
        {"induced",
         "fen",
         {"带动成交额", "contracts induced"},
         OF(MEASURE_INDUCED, mean),
         1},
        {"induced_low", "fen", {"5%分位", "5%"}, OF(MEASURE_INDUCED, low), 1},
        {"induced_high",
         "fen",
         {"95%分位", "95%"},
         OF(MEASURE_INDUCED, high),
         1},
        {"firms",
         "",
         {"惠及企业", "firms reached"},
         OF(MEASURE_FIRMS, mean),
         1},
        {"firms_low", "", {"5%分位", "5%"}, OF(MEASURE_FIRMS, low), 1},
        {"firms_high", "", {"95%分位", "95%"}, OF(MEASURE_FIRMS, high), 1},
        {"gini", "", {"基尼系数", "Gini"}, OF(MEASURE_GINI, mean), 1e-9},
        {"gini_low", "", {"5%分位", "5%"}, OF(MEASURE_GINI, low), 1e-9},
        {"gini_high", "", {"95%分位", "95%"}, OF(MEASURE_GINI, high), 1e-9},
    };
#undef OF
    int answers = t->outlook->response.mean > 0;
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
        if (answers || strncmp(columns[k].name, "induced", 7) != 0)
            TRY(put_reals(table, points, columns[k].name, columns[k].unit,
                          columns[k].label, columns[k].at, columns[k].scale,
                          err));
done:
    return rc;
}

static ErrCode put_budgets(Table *table, const Point points[], Err *err)
{
    Column *c;
    ErrCode rc = table_add_labelled(&c, table, "budget", TYPE_MONEY, "fen",
                                    (Label){"预算", "budget"}, err);
    for (size_t i = 0; rc == OK && i < table->rows; i++)
        c->i[i] = points[i].budget;
    return rc;
}

ErrCode optimise_chosen(Tables *tables, const Tried *t, const Point points[2],
                        Err *err)
{
    ErrCode rc = OK;
    Table *table;
    Column *policy;
    static const char *const names[] = {"baseline", "optimised"};
    TRY(table_new(&table, tables, "optimise_chosen", 2, err));
    table->title =
        (Label){"优选方案与现行政策", "The rules in force and as chosen"};
    TRY(table_add_labelled(&policy, table, "policy", TYPE_CATEGORY, "",
                           (Label){"方案", "policy"}, err));
    for (size_t k = 0; k < 2; k++) {
        policy->s[k] = texts_put(tables->texts, names[k], strlen(names[k]));
        if (policy->s[k] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
    TRY(put_figures(table, t, points, err));
    TRY(put_measures(table, t, points, err));
done:
    return rc;
}

ErrCode optimise_frontier(Tables *tables, const Tried *t, const Point points[],
                          size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *table;
    TRY(table_new(&table, tables, "optimise_frontier", n, err));
    table->title = (Label){"各预算下的最优", "The best for each budget"};
    TRY(put_budgets(table, points, err));
    TRY(put_figures(table, t, points, err));
    TRY(put_measures(table, t, points, err));
done:
    return rc;
}
