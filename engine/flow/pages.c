#include "flow/pages.h"

#include "core/text.h"
#include "flow/engine.h"
#include "report/report.h"

#include <string.h>

enum { TABLES_MAX = 13, CHARTS_MAX = 6 };

/* A chart by the names of its tables.  With `each`, a table of names, y[0] is
 * what follows each of them in the names of the columns drawn. */
typedef struct {
    ChartKind kind;
    Label title, note;
    const char *table, *x, *y[4], *each, *by, *where, *is, *marks;
    int log_x, log_y;
} ChartPlan;

typedef struct {
    const char *id;
    Label title, lead;
    const char *figures;
    ChartPlan charts[CHARTS_MAX];
    const char *tables[TABLES_MAX];
} SectionPlan;

static const SectionPlan plans[] = {
    {"summary",
     {"概要", "Summary"},
     {"各部分最先要看的数字；每个数字在下文都有出处和误差。",
      "What to look at first; each figure stands again below, with its "
      "error and its parts."},
     "run_summary",
     {{0}},
     {NULL}},
    {"assess",
     {"申请审批", "Applications"},
     {"逐笔按产品规则判定资格、评分、违约概率、额度和最低利率。",
      "Each application judged by the rules of its product: eligibility, "
      "score, probability of default, limit and price floor."},
     "assess_summary",
     {{.kind = CHART_HISTOGRAM,
       .title = {"评分分布", "Distribution of scores"},
       .table = "assess_scores",
       .x = "score",
       .y = {"count"}},
      {.kind = CHART_ACROSS,
       .title = {"未通过和扣分原因", "Reasons given"},
       .table = "assess_top_reasons",
       .x = "text",
       .y = {"count"},
       .by = "policy"},
      {.kind = CHART_STACKED,
       .title = {"各产品结论", "Outcomes by product"},
       .table = "assess_outcomes",
       .x = "product",
       .y = {"count"},
       .by = "outcome"}},
     {"assess_outcomes", "assess_grades", "assess_reasons"}},
    {"value",
     {"知识产权价值", "Intellectual property"},
     {"收益法（许可费节省）估值；质押价值为扣除折扣后的可贷价值。",
      "Income method (relief from royalty); the pledge value is what can be "
      "lent against."},
     "value_summary",
     {{.kind = CHART_BAR,
       .title = {"按类型的价值", "Value by kind"},
       .table = "value_by_kind",
       .x = "kind",
       .y = {"ip_value", "pledge_value"}}},
     {"value_by_kind"}},
    {"pool",
     {"风险补偿池", "Risk-compensation pool"},
     {"蒙特卡洛模拟：损失分布、各方分担、耗尽概率；每个数字附误差。",
      "Monte Carlo: the loss, who pays it and when a fund runs dry; every "
      "figure with its error."},
     "pool_summary",
     {{.kind = CHART_HISTOGRAM,
       .title = {"损失分布", "Distribution of the loss"},
       .table = "pool_distribution",
       .x = "loss",
       .y = {"share"},
       .marks = "pool_marks"},
      {.kind = CHART_STACKED,
       .title = {"谁来承担（各年平均）", "Who pays, mean by year"},
       .table = "pool_years",
       .x = "year",
       .y = {"paid"},
       .by = "party"},
      {.kind = CHART_BAR,
       .title = {"首次不能足额支付的概率",
                 "First year a party cannot pay in full"},
       .table = "pool_ruin",
       .x = "year",
       .y = {"probability"},
       .by = "party"},
      {.kind = CHART_BAR,
       .title = {"各行业对 ES 的贡献", "Contributions to the ES by industry"},
       .table = "pool_contributions",
       .x = "name",
       .y = {"contribution"},
       .by = "party",
       .where = "by",
       .is = "industry"}},
     {"pool_figures", "pool_exact", "pool_exact_ruin", "pool_exact_reason",
      "pool_ruin", "pool_events", "pool_years", "pool_accounts", "pool_groups",
      "pool_contributions", "pool_terms", "pool_large", "history_rates"}},
    {"poolsize",
     {"资金池规模", "Size of the fund"},
     {"资金池在规划期内不被耗尽所需的期初余额、费率和可承载规模；区间为 95%。",
      "The opening balance, premium and book at which the fund pays every "
      "claim of the horizon in full, by the chance that it does not.  "
      "Intervals are of 95%."},
     "pool_size_now",
     {{.kind = CHART_LINE,
       .title = {"期初余额与耗尽概率", "Chance to run dry by opening balance"},
       .table = "pool_size_curve",
       .x = "balance",
       .y = {"probability", "low", "high"},
       .log_y = 1}},
     {"pool_size", "pool_size_fee", "pool_size_curve"}},
    {"poolcompare",
     {"分担方案比较", "Schemes compared"},
     {"各方案在同一批情景下计算，差额的区间按成对情景得出，比两次独立模拟窄得多"
      "。"
      "区间为 95%。",
      "All schemes meet the same futures, so the interval of a difference is "
      "that of pairs, far narrower than two runs' would be.  Intervals are of "
      "95%."},
     NULL,
     {{.kind = CHART_BAR,
       .title = {"各方预期损失", "Expected loss by party"},
       .table = "pool_compare",
       .x = "party",
       .y = {"value"},
       .by = "variant",
       .where = "measure",
       .is = "el"}},
     {"pool_compare", "pool_compare_ruin"}},
    {"subsidy",
     {"补贴测算", "Subsidies"},
     {"现行政策与拟调方案并列，各部分相加等于合计，分毫不差。",
      "Policy in force beside scenarios; the parts add up to the fen."},
     NULL,
     {{.kind = CHART_LINE,
       .title = {"补贴与成交额", "Subsidy against value"},
       .table = "subsidy_curve",
       .x = "value",
       .y = {""},
       .each = "subsidy_policies",
       .marks = "subsidy_steps",
       .log_x = 1,
       .log_y = 1},
      {.kind = CHART_LINE,
       .title = {"实际补贴率", "Effective rate"},
       .table = "subsidy_curve",
       .x = "value",
       .y = {"_effective_rate"},
       .each = "subsidy_policies",
       .marks = "subsidy_steps",
       .log_x = 1},
      {.kind = CHART_BAR,
       .title = {"受益增减", "Winners and losers"},
       .table = "subsidy_changes",
       .x = "class",
       .y = {"_firms"},
       .each = "subsidy_policies"}},
     {"subsidy_policies", "subsidy_total", "subsidy_counts", "subsidy_budget",
      "subsidy_by_county", "subsidy_by_tier", "subsidy_by_kind",
      "subsidy_by_class", "subsidy_changes", "subsidy_changed_firms",
      "subsidy_under_step", "subsidy_suspects"}},
    {"fit",
     {"评分卡拟合", "Scorecard fitted"},
     {"每个变量分箱后的证据权重进入逻辑回归；未入模的变量附原因。拟合样本上的 "
      "AUC "
      "偏高，请另作验证。",
      "Weights of evidence of each column's classes in a logistic regression; "
      "what is left out has its reason.  The AUC on the rows fitted to "
      "flatters: "
      "validate on others."},
     "fit",
     {{.kind = CHART_ACROSS,
       .title = {"信息值", "Information value"},
       .table = "fit_terms",
       .x = "name",
       .y = {"iv"}}},
     {"fit_card", "fit_terms", "fit_classes"}},
    {"sweep",
     {"参数试算", "One number of the rules changed"},
     {"同一批合同，规则里的一个数取不同值时的补贴；其余各条不变。",
      "The same contracts as one number of the rules changes and all else "
      "stays."},
     NULL,
     {{.kind = CHART_LINE,
       .title = {"测算与拟拨付", "Computed and paid"},
       .table = "subsidy_sweep",
       .x = "value",
       .y = {"computed", "paid"}}},
     {"subsidy_sweep"}},
    {"future",
     {"明年费用测算", "What next year may cost"},
     {"从上年合同反复抽出明年的合同，逐年按规则拨付；各方案用同一批模拟年份，差"
      "额不含偶然。",
      "Next year's contracts drawn again and again from last year's and paid "
      "by "
      "the rules; every policy has the same years, so that differences are not "
      "chance."},
     "future_basis",
     {{.kind = CHART_LINE,
       .title = {"全年拨付的分布（各年份占比）",
                 "The year's payments: share of simulated years"},
       .table = "future_shape",
       .x = "low",
       .y = {""},
       .each = "future_policies"},
      {.kind = CHART_LINE,
       .title = {"到月底预算用尽的概率",
                 "Chance that the money is gone by the end of the month"},
       .table = "future_days",
       .x = "month",
       .y = {"probability"},
       .by = "fund"},
      {.kind = CHART_BAR,
       .title = {"各县区平均拨付", "Mean paid by county"},
       .table = "future_counties",
       .x = "county",
       .y = {"mean"},
       .by = "policy"},
      {.kind = CHART_LINE,
       .title = {"超过某金额的合同占比：实际与拟合",
                 "Contracts above a value: seen and fitted"},
       .table = "future_worths",
       .x = "value",
       .y = {"seen", "fitted"},
       .log_x = 1,
       .log_y = 1}},
     {"future_policies", "subsidy_outlook", "future_fits", "future_gaming",
      "future_cost", "future_counts", "future_budgets", "future_changes",
      "future_counties", "future_years"}},
    {"validation",
     {"模型验证", "Validation of the model"},
     {"评分或违约概率与实际结果对照：区分能力、校准、等级、细分、稳定性。区间均"
      "为 95%；检验为单侧时，小的 p 值表示低估风险。",
      "Scores or PDs against what happened: power, calibration, grades, "
      "segments, stability.  Intervals are of 95%; in the one-sided tests by "
      "grade a small p says that risk is understated."},
     "validation_summary",
     {{.kind = CHART_LINE,
       .title = {"ROC 曲线", "ROC curve"},
       .table = "validation_roc",
       .x = "goods",
       .y = {"defaults", "blind"}},
      {.kind = CHART_BAR,
       .title = {"预测与实际（1 组风险最高）",
                 "Predicted and real, riskiest group first"},
       .table = "validation_gains",
       .x = "group",
       .y = {"mean_pd", "rate"}},
      {.kind = CHART_LINE,
       .title = {"累计捕获的违约", "Defaults caught"},
       .table = "validation_gains",
       .x = "group",
       .y = {"caught"}},
      {.kind = CHART_BAR,
       .title = {"各等级的预测与实际", "Predicted and real by grade"},
       .table = "validation_grades",
       .x = "grade",
       .y = {"mean_pd", "rate"}},
      {.kind = CHART_BAR,
       .title = {"评分稳定性（对首月）", "Stability against the first month"},
       .table = "stability_months",
       .x = "month",
       .y = {"psi", "chance"}}},
     {"monitor_outcomes", "validation_power", "validation_pair",
      "validation_calibration", "validation_tests", "validation_brier",
      "validation_grades", "validation_gains", "validation_segments",
      "validation_months", "stability_months", "stability_columns",
      "stability_bins"}},
    {"lowdefault",
     {"低违约组合的违约概率", "PDs of a book with few defaults"},
     {"在给定置信水平下，观察到的违约仍允许的最高违约概率；每级以本级及更差各级"
      "的"
      "户数为准。",
      "The highest PDs that the defaults seen still allow at a level; each "
      "grade stands on its own obligors and those of all worse grades."},
     NULL,
     {{0}},
     {"lowdefault_bounds", "lowdefault_beliefs"}},
    {"rules",
     {"规则", "Rules"},
     {"所用规则文件；每个文件的算例在装载时全部重算。",
      "The rule files; the examples of each are computed at every load."},
     NULL,
     {{0}},
     {"rules_checked"}},
};

enum { PLANS = sizeof plans / sizeof *plans };

/* The results of the report, looked up by name. */
typedef struct {
    const Table *const *items;
    size_t n;
} Results;

static const Table *result(const Results *r, const char *name)
{
    for (size_t i = 0; name != NULL && i < r->n; i++)
        if (strcmp(r->items[i]->name, name) == 0)
            return r->items[i];
    return NULL;
}

static void add_y(Chart *chart, size_t *n, const char *name)
{
    if (*n < CHART_Y && table_find(chart->table, name) != NULL)
        chart->y[(*n)++] = name;
}

/* The columns of every name in `names`. */
static int add_each(Chart *chart, size_t *n, Arena *arena, const Table *names,
                    const char *ending)
{
    const Column *name = names != NULL ? table_find(names, "name") : NULL;
    for (size_t i = 0; name != NULL && i < names->rows; i++) {
        const char *y = text_format(arena, "%s%s", name->s[i], ending);
        if (y == NULL)
            return 0;
        add_y(chart, n, y);
    }
    return 1;
}

/* The chart, where its table has rows and it has a column to draw; -1 when out
 * of memory. */
static int draw(Chart *out, Arena *arena, const ChartPlan *plan,
                const Results *r)
{
    size_t n = 0;
    *out = (Chart){.kind = plan->kind,
                   .title = plan->title,
                   .note = plan->note,
                   .table = result(r, plan->table),
                   .x = plan->x,
                   .by = plan->by,
                   .where = plan->where,
                   .is = plan->is,
                   .marks = result(r, plan->marks),
                   .log_x = plan->log_x,
                   .log_y = plan->log_y};
    if (out->table == NULL || out->table->rows == 0)
        return 0;
    if (plan->each != NULL &&
        !add_each(out, &n, arena, result(r, plan->each), plan->y[0]))
        return -1;
    for (size_t k = 0; plan->each == NULL && k < 4 && plan->y[k] != NULL; k++)
        add_y(out, &n, plan->y[k]);
    return n > 0;
}

/* A section of what is there; 0 when nothing is. */
static int fill(ReportSection *out, Arena *arena, const SectionPlan *plan,
                const Results *r)
{
    Chart *charts = arena_alloc(arena, CHARTS_MAX, sizeof *charts);
    const Table **tables = arena_alloc(arena, TABLES_MAX, sizeof *tables);
    *out = (ReportSection){.id = plan->id,
                           .title = plan->title,
                           .lead = plan->lead,
                           .figures = result(r, plan->figures),
                           .charts = charts,
                           .tables = tables};
    if (charts == NULL || tables == NULL)
        return -1;
    for (size_t k = 0; k < CHARTS_MAX && plan->charts[k].table != NULL; k++) {
        int drawn = draw(&charts[out->ncharts], arena, &plan->charts[k], r);
        if (drawn < 0)
            return -1;
        out->ncharts += (size_t)drawn;
    }
    for (size_t k = 0; k < TABLES_MAX && plan->tables[k] != NULL; k++) {
        tables[out->ntables] = result(r, plan->tables[k]);
        out->ntables += tables[out->ntables] != NULL;
    }
    return out->figures != NULL || out->ncharts > 0 || out->ntables > 0;
}

static int has_place(const SectionPlan *plan, const char *name)
{
    int has = plan->figures != NULL && strcmp(plan->figures, name) == 0;
    for (size_t k = 0; k < CHARTS_MAX && plan->charts[k].table != NULL; k++) {
        const ChartPlan *c = &plan->charts[k];
        has |= strcmp(c->table, name) == 0;
        has |= c->marks != NULL && strcmp(c->marks, name) == 0;
        has |= c->each != NULL && strcmp(c->each, name) == 0;
    }
    for (size_t k = 0; k < TABLES_MAX && plan->tables[k] != NULL; k++)
        has |= strcmp(plan->tables[k], name) == 0;
    return has;
}

int pages_cover(const Table *const results[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int has = 0;
        for (size_t k = 0; k < PLANS; k++)
            has |= has_place(&plans[k], results[i]->name);
        if (!has)
            return 0;
    }
    return n > 0;
}

ErrCode pages_write(FILE *to, const Table *const results[], size_t n,
                    Arena *arena, const char *command, int chinese, Err *err)
{
    ReportSection sections[PLANS];
    const Results r = {results, n};
    const Table *origins[] = {result(&r, "run_files")};
    Report report = {
        .title = {"科担 kedan 测算报告", "kedan 科担 report"},
        .subtitle = {"科技型中小企业融资、担保与补贴",
                     "Financing, guarantee and subsidy of technology SMEs"},
        .sections = sections,
        .version = ENGINE_VERSION,
        .command = command,
        .origins = origins,
        .norigins = origins[0] != NULL};
    for (size_t i = 0; i < PLANS; i++) {
        int got = fill(&sections[report.n], arena, &plans[i], &r);
        if (got < 0)
            return FAIL(err, ERR_MEMORY, "no memory for a report");
        report.n += (size_t)got;
    }
    return report_html(to, &report, chinese ? REPORT_ZH : REPORT_EN, err);
}
