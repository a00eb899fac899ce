#include "flow/pageplans.h"

/* What models are worth, and the rules: the last sections. */
static const SectionPlan plans[] = {
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
    {"migration",
     {"评级迁徙", "Migration of grades"},
     {"队列法只看每年两端的等级；持续期法用到每次变动的日期，因此没有企业直接违"
      "约"
      "的等级也有违约概率。区间为 95%。",
      "The cohort estimate sees where firms stand at both ends of a year; the "
      "duration estimate uses the day of every change, so that a grade from "
      "which no firm defaulted has a PD too, by way of others.  Intervals are "
      "of 95%."},
     "migration_summary",
     {{.kind = CHART_LINE,
       .title = {"累计违约概率（持续期法）",
                 "Chance of default until a year (durations)"},
       .table = "migration_terms",
       .x = "year",
       .y = {"duration"},
       .by = "grade"},
      {.kind = CHART_LINE,
       .title = {"累计违约概率（队列法）",
                 "Chance of default until a year (cohorts)"},
       .table = "migration_terms",
       .x = "year",
       .y = {"cohort"},
       .by = "grade"}},
     {"migration_grades_duration", "migration_grades_cohort",
      "migration_cohort", "migration_duration", "migration_counts",
      "migration_terms", "migration_mobility", "migration_cells"}},
    {"rules",
     {"规则", "Rules"},
     {"所用规则文件；每个文件的算例在装载时全部重算。",
      "The rule files; the examples of each are computed at every load."},
     NULL,
     {{0}},
     {"rules_checked"}},
};

const SectionPlan *modelplan_at(size_t i)
{
    return i < sizeof plans / sizeof *plans ? &plans[i] : NULL;
}
