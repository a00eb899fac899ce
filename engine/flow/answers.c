#include "flow/answers.h"

#include "core/text.h"
#include "report/show.h"

#include <string.h>

/* An answer on its way; its texts are NULL once memory has run out. */
typedef struct {
    const PageResults *results;
    Arena *arena;
    Label text;
} Answer;

const Table *page_result(const PageResults *r, const char *name)
{
    for (size_t i = 0; name != NULL && i < r->n; i++)
        if (strcmp(r->items[i]->name, name) == 0)
            return r->items[i];
    return NULL;
}

/* `text` and then `form`, whose {0} ... {9} are parts. */
static const char *joined(Arena *arena, const char *text, const char *form,
                          const char *const part[])
{
    while (text != NULL && *form != '\0') {
        size_t n = strcspn(form, "{");
        text = text_format(arena, "%s%.*s%s", text, (int)n, form,
                           form[n] == '{' ? part[form[n + 1] - '0'] : "");
        form += n + (form[n] == '{' ? 3 : 0);
    }
    return text;
}

static void say(Answer *a, Label form, const Label part[], size_t n)
{
    const char *zh[10] = {NULL}, *en[10] = {NULL};
    int has_all = 1;
    for (size_t i = 0; i < n; i++) {
        zh[i] = part[i].zh;
        en[i] = part[i].en;
        has_all &= zh[i] != NULL && en[i] != NULL;
    }
    a->text.zh = has_all ? joined(a->arena, a->text.zh, form.zh, zh) : NULL;
    a->text.en = has_all ? joined(a->arena, a->text.en, form.en, en) : NULL;
}

#define SAY(a, zh, en, ...)                                                    \
    say(a, (Label){zh, en}, (const Label[]){__VA_ARGS__},                      \
        sizeof((const Label[]){__VA_ARGS__}) / sizeof(Label))

static Label said(const Answer *a, const Table *t, const char *column,
                  size_t row)
{
    return show_said(t, column, row, a->arena);
}

static const char *text_at(const Table *t, const char *column, size_t row)
{
    const Column *c = table_find(t, column);
    return c == NULL || c->s[row] == NULL ? "" : c->s[row];
}

static double real_at(const Table *t, const char *column, size_t row)
{
    const Column *c = table_find(t, column);
    return c == NULL || cell_is_null(c, row) ? 0 : c->d[row];
}

/* How closely time is followed, where that is not by years. */
static void say_steps(Answer *a, const char *table)
{
    const Table *t = page_result(a->results, table);
    if (t == NULL || t->rows == 0 ||
        strcmp(text_at(t, "steps", 0), "monthly") != 0)
        return;
    SAY(a, "按月推进：违约、代偿和追偿落在各月。",
        "Steps are monthly: defaults, claims and recoveries fall in months.  ",
        {"", ""});
}

/* ---- pool simulate ---- */

/* The row of a party's figure; t->rows when there is none. */
static size_t figure_row(const Table *t, const char *party, const char *measure,
                         double level)
{
    size_t i = 0;
    while (i < t->rows && !(strcmp(text_at(t, "party", i), party) == 0 &&
                            strcmp(text_at(t, "measure", i), measure) == 0 &&
                            real_at(t, "level", i) == level))
        i++;
    return i;
}

static void say_parties(Answer *a, const Table *figures, double level)
{
    size_t top = figure_row(figures, "total", "var", level), k = 0;
    for (size_t i = 0; i < figures->rows; i++) {
        const char *party = text_at(figures, "party", i);
        if (strcmp(text_at(figures, "measure", i), "el") != 0 ||
            strcmp(party, "total") == 0)
            continue;
        if (k++ == 0)
            SAY(a, "各方承担（平均；自身的 {0} 分位）：",
                "Who pays, on average and at {0} of each one's own payments: ",
                said(a, figures, "level", top));
        SAY(a, "{0}{1} {2}、{3}", "{0}{1} {2} and {3}",
            k == 1 ? (Label){"", ""} : (Label){"；", "; "},
            said(a, figures, "party", i), said(a, figures, "value", i),
            said(a, figures, "value",
                 figure_row(figures, party, "var", level)));
    }
    if (k > 0)
        SAY(a, "。", ". ", {"", ""});
}

static void answer_pool(Answer *a)
{
    const Table *summary = page_result(a->results, "pool_summary");
    const Table *figures = page_result(a->results, "pool_figures");
    const Table *ruin = page_result(a->results, "pool_ruin_time");
    if (summary == NULL || figures == NULL || summary->rows == 0)
        return;
    double level = real_at(summary, "level", 0);
    SAY(a,
        "{0} 户企业、{1} 笔贷款，余额 {2}，预期损失 {3}；{4} 分位的损失为 "
        "{5}。",
        "{0} firms owe {2} in {1} loans.  The expected loss is {3}; at the "
        "level of {4} it is {5}.  ",
        said(a, summary, "firms", 0), said(a, summary, "loans", 0),
        said(a, summary, "outstanding", 0),
        said(a, figures, "value", figure_row(figures, "total", "el", 0)),
        said(a, summary, "level", 0),
        said(a, figures, "value", figure_row(figures, "total", "var", level)));
    say_parties(a, figures, level);
    for (size_t i = 0; ruin != NULL && i < ruin->rows; i++)
        SAY(a, "{0}不能足额支付的概率为 {1}。",
            "The {0} runs dry with a chance of {1}.  ",
            said(a, ruin, "party", i), said(a, ruin, "probability", i));
}

/* ---- pool size ---- */

static void say_need(Answer *a, const Table *size, size_t row)
{
    SAY(a, "要使耗尽概率不超过 {0}，需要 {1}。",
        "For a chance of at most {0} it needs {1}.  ",
        said(a, size, "ruin", row), said(a, size, "balance", row));
}

static void answer_size(Answer *a)
{
    const Table *now = page_result(a->results, "pool_size_now");
    const Table *size = page_result(a->results, "pool_size");
    const Table *fee = page_result(a->results, "pool_size_fee");
    size_t row = 0;
    if (now == NULL || size == NULL || size->rows == 0)
        return;
    SAY(a, "{0}期初有 {1}，在保余额 {2}，规划期内耗尽的概率为 {3}。",
        "The {0} holds {1} for {2} in force and runs dry with a chance of {3}. "
        " ",
        said(a, now, "party", 0), said(a, now, "opening", 0),
        said(a, now, "in_force", 0), said(a, now, "probability", 0));
    while (row + 1 < size->rows && real_at(size, "ruin", row) > 0.01)
        row++;
    say_need(a, size, row);
    if (row + 1 < size->rows)
        say_need(a, size, size->rows - 1);
    SAY(a, "预期盈余为 {0}；", "Its expected surplus is {0}; ",
        said(a, now, "surplus", 0));
    SAY(a, "现行费率为每年 {0}，保本费率为 {1}。",
        "it earns {0} of what is in force a year and would break even at {1}.",
        said(a, fee, "rate", 0), said(a, fee, "fee", 0));
}

/* ---- pool compare, pool stress ---- */

static void answer_compare(Answer *a)
{
    const Table *t = page_result(a->results, "pool_compare");
    for (size_t i = 0, k = 0; t != NULL && i < t->rows; i++) {
        if (strcmp(text_at(t, "measure", i), "el") != 0 ||
            strcmp(text_at(t, "party", i), "total") == 0 ||
            cell_is_null(table_find(t, "change"), i))
            continue;
        if (k++ == 0)
            SAY(a, "与 {0} 相比，预期损失的变化：",
                "Changes of the expected loss against {0}: ",
                said(a, t, "variant", 0));
        SAY(a, "{0}{1}，{2} {3}", "{0}{1}, {2} {3}",
            k == 1 ? (Label){"", ""} : (Label){"；", "; "},
            said(a, t, "variant", i), said(a, t, "party", i),
            said(a, t, "change", i));
    }
    if (a->text.zh == NULL || *a->text.zh != '\0')
        SAY(a, "。", ".", {"", ""});
}

/* The stress under which most is expected to be lost. */
static size_t worst(const Table *summary)
{
    size_t top = 0;
    for (size_t i = 1; i < summary->rows; i++)
        if (real_at(summary, "el", i) > real_at(summary, "el", top))
            top = i;
    return top;
}

static void say_ruin(Answer *a, const Table *ruin, const char *stress)
{
    for (size_t i = 0, now = 0; ruin != NULL && i < ruin->rows; i++) {
        if (strcmp(text_at(ruin, "party", i), text_at(ruin, "party", now)) != 0)
            now = i; /* each party's first row is the book as it is */
        if (strcmp(text_at(ruin, "stress", i), stress) == 0)
            SAY(a, "此时{0}耗尽的概率由 {1}变为 {2}。",
                "The {0} then runs dry with a chance of {2}, not of {1}.  ",
                said(a, ruin, "party", i), said(a, ruin, "value", now),
                said(a, ruin, "value", i));
    }
}

/* What it takes until the fund runs dry so often. */
static void say_reverse(Answer *a, const Table *t)
{
    static const struct {
        const char *shock, *zh, *en;
    } forms[] = {{"pd", "所有违约概率乘以 {0}时，",
                  "Once every PD is multiplied by {0}, "},
                 {"lgd", "所有违约损失率上升 {0}时，",
                  "Once every loss given default rises by {0}, "},
                 {"factor", "所有因子下移 {0}个标准差时，",
                  "Once all factors fall by {0} standard deviations, "},
                 {"pledge_value", "所有质押物贬值 {0}时，",
                  "Once every pledge loses {0}, "}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(text_at(t, "shock", 0), forms[i].shock) == 0)
            SAY(a, forms[i].zh, forms[i].en, said(a, t, "value", 0));
    SAY(a, "{0}耗尽的概率达到 {1}。", "the {0} runs dry with a chance of {1}.",
        said(a, t, "party", 0), said(a, t, "level", 0));
}

static void answer_stress(Answer *a)
{
    const Table *summary = page_result(a->results, "pool_stress_summary");
    const Table *ruin = page_result(a->results, "pool_stress_ruin");
    const Table *reverse = page_result(a->results, "pool_stress_reverse");
    if (summary == NULL || summary->rows == 0)
        return;
    SAY(a, "现状下预期损失为 {0}。",
        "As it is the book is expected to lose {0}. "
        " ",
        said(a, summary, "el", 0));
    size_t top = worst(summary);
    if (top > 0) {
        SAY(a, "各情景中损失最大的是“{0}”：预期损失 {1}，增加 {2}。",
            "The worst stress is: {0}, with an expected loss of {1}, which is "
            "{2} more.  ",
            said(a, summary, "stress", top), said(a, summary, "el", top),
            said(a, summary, "el_change", top));
        say_ruin(a, ruin, text_at(summary, "stress", top));
    }
    if (reverse != NULL && reverse->rows > 0)
        say_reverse(a, reverse);
}

/* ---- pool replay ---- */

static void say_events(Answer *a, const Table *events)
{
    for (size_t i = 0; events != NULL && i < events->rows; i++)
        SAY(a, "{0}第 {1} 年{2}{3}", "{0}year {1}, {2} {3}",
            i == 0 ? (Label){"", "What happened: "} : (Label){"；", "; "},
            said(a, events, "year", i), said(a, events, "party", i),
            said(a, events, "event", i));
    if (events != NULL && events->rows > 0)
        SAY(a, "。", ".", {"", ""});
}

static void answer_story(Answer *a)
{
    const Table *t = page_result(a->results, "pool_story_summary");
    const Table *losses = page_result(a->results, "pool_story_losses");
    if (t == NULL || t->rows == 0)
        return;
    SAY(a,
        "情景 {0}：{1} 户企业的 {2} 笔贷款违约，余额 {3}；追偿 {4}，损失 {5}。",
        "In future {0}, {1} firms with {2} loans fail, owing {3}; {4} comes "
        "back, and {5} is lost.  ",
        said(a, t, "scenario", 0), said(a, t, "firms", 0),
        said(a, t, "loans", 0), said(a, t, "outstanding", 0),
        said(a, t, "recovered", 0), said(a, t, "loss", 0));
    for (size_t i = 0; losses != NULL && i < losses->rows; i++)
        SAY(a, "{0}{1} {2}", "{0}{1} {2}",
            i == 0 ? (Label){"各方承担：", "Who bears it: "}
                   : (Label){"；", "; "},
            said(a, losses, "party", i), said(a, losses, "loss", i));
    if (losses != NULL && losses->rows > 0)
        SAY(a, "。", ".  ", {"", ""});
    say_events(a, page_result(a->results, "pool_story_events"));
}

/* ---- pool ratios ---- */

static void answer_ratios(Answer *a)
{
    const Table *summary = page_result(a->results, "pool_ratio_summary");
    const Table *t = page_result(a->results, "pool_ratios");
    if (summary == NULL || t == NULL)
        return;
    SAY(a, "{0}在 {1}：{2} 项指标达标，{3} 项突破，{4} 项无法判断。",
        "{0} on {1}: {2} ratios are met, {3} broken, {4} cannot be told.  ",
        said(a, summary, "guarantor", 0), said(a, summary, "as_of", 0),
        said(a, summary, "met", 0), said(a, summary, "broken", 0),
        said(a, summary, "open", 0));
    for (size_t i = 0; i < t->rows; i++)
        if (strcmp(text_at(t, "outcome", i), "broken") == 0)
            SAY(a, "突破：{0} {2}，现为 {1}。", "Broken: {0} {2}; it is {1}.  ",
                said(a, t, "ratio", i), said(a, t, "value", i),
                said(a, t, "bound", i));
}

/* ---- model migration ---- */

/* Grades whose PD is below that of the better one. */
static void say_order(Answer *a, const Table *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->rows; i++)
        if (table_find(t, "rises")->i[i] == 0)
            SAY(a, "{0}{1}", "{0}{1}",
                n++ == 0
                    ? (Label){"违约概率低于上一级的等级：",
                              "Below the PD of the better grade is that of "}
                    : (Label){"、", ", "},
                said(a, t, "grade", i));
    if (n > 0)
        SAY(a, "。", ".", {"", ""});
    else
        SAY(a, "各等级违约概率依次不减。",
            "No grade has a PD below the better one's.", {"", ""});
}

static void answer_migration(Answer *a)
{
    const Table *summary = page_result(a->results, "migration_summary");
    const Table *t = page_result(a->results, "migration_grades_duration");
    int has_time = t != NULL;
    if (!has_time)
        t = page_result(a->results, "migration_grades_cohort");
    if (summary == NULL || t == NULL || t->rows == 0)
        return;
    SAY(a, "{0} 户企业，{1} 次违约。", "{0} firms, {1} defaults.  ",
        said(a, summary, "firms", 0), said(a, summary, "defaults", 0));
    SAY(a, "一年违约概率（{0}）：{1} 为 {2}，{3} 为 {4}。",
        "Chances of default within a year, by {0}: {1} {2}, {3} {4}.  ",
        has_time ? (Label){"持续期法", "durations"}
                 : (Label){"队列法", "cohorts"},
        said(a, t, "grade", 0), said(a, t, "pd", 0),
        said(a, t, "grade", t->rows - 1), said(a, t, "pd", t->rows - 1));
    say_order(a, t);
}

int answer_of(Label *out, const char *id, const PageResults *results,
              Arena *arena)
{
    static const struct {
        const char *id, *stepped; /* the table that tells steps, or "" */
        void (*answer)(Answer *a);
    } sections[] = {{"pool", "pool_summary", answer_pool},
                    {"poolsize", "pool_size_now", answer_size},
                    {"poolcompare", "pool_compare_schemes", answer_compare},
                    {"poolstress", "pool_stress_summary", answer_stress},
                    {"poolstory", "pool_story_summary", answer_story},
                    {"poolratios", "", answer_ratios},
                    {"migration", "", answer_migration}};
    Answer a = {results, arena, {"", ""}};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strcmp(sections[i].id, id) == 0) {
            say_steps(&a, sections[i].stepped);
            sections[i].answer(&a);
        }
    int has_memory = a.text.zh != NULL && a.text.en != NULL;
    *out = has_memory && *a.text.zh != '\0' ? a.text : (Label){NULL, NULL};
    return has_memory;
}
