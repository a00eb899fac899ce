#include "credit/summary.h"

#include <math.h>
#include <string.h>

const char *const summary_tables[] = {"assess_summary",
                                      "assess_outcomes",
                                      "assess_grades",
                                      "assess_reasons",
                                      "assess_top_reasons",
                                      "assess_scores",
                                      NULL};

enum { GROUPS_MAX = 256, SCORE_BINS = 20 };

/* Rows counted by one or two words. */
typedef struct {
    const char *word[2];
    int64_t count, amount, limit, loss;
    double pd;
    int64_t rated;
} Group;

typedef struct {
    Group items[GROUPS_MAX];
    size_t n;
} Groups;

/* The group of two interned words; what no longer fits is counted without its
 * first word, at last without both. */
static Group *group_of(Groups *g, const char *a, const char *b)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->items[i].word[0] == a && g->items[i].word[1] == b)
            return &g->items[i];
    if (g->n >= GROUPS_MAX - 8 && a != NULL)
        return group_of(g, NULL, b);
    if (g->n >= GROUPS_MAX - 1 && b != NULL)
        return group_of(g, NULL, NULL);
    g->items[g->n] = (Group){.word = {a, b}};
    return &g->items[g->n++];
}

static int64_t int_at(const Column *c, size_t row)
{
    return c == NULL || c->i[row] == NULL_INT ? 0 : c->i[row];
}

static const char *word_at(const Column *c, size_t row)
{
    return c == NULL ? NULL : c->s[row];
}

/* The columns of the decisions that are counted; each may be absent. */
typedef struct {
    const Column *product, *outcome, *eligible, *grade, *amount, *limit, *loss,
        *pd, *score, *pledge;
} Seen;

static Seen seen(const Table *t)
{
    return (Seen){table_field(t, FIELD_product),
                  table_field(t, FIELD_outcome),
                  table_field(t, FIELD_eligible),
                  table_field(t, FIELD_grade),
                  table_field(t, FIELD_amount),
                  table_field(t, FIELD_credit_limit),
                  table_field(t, FIELD_expected_loss),
                  table_field(t, FIELD_pd),
                  table_field(t, FIELD_score),
                  table_field(t, FIELD_pledge_value)};
}

/* Outcome of a row; eligibility alone speaks where there is no outcome. */
static const char *outcome_at(const Seen *s, Texts *texts, size_t row)
{
    if (s->outcome != NULL)
        return s->outcome->s[row];
    const char *word = "incomplete";
    if (s->eligible != NULL && s->eligible->i[row] != NULL_INT)
        word = s->eligible->i[row] ? "eligible" : "ineligible";
    return texts_put(texts, word, strlen(word));
}

static int is_granted(const char *outcome)
{
    return outcome != NULL && (strcmp(outcome, "approve") == 0 ||
                               strcmp(outcome, "eligible") == 0);
}

static void count_row(Group *g, const Seen *s, size_t row)
{
    g->count++;
    g->amount += int_at(s->amount, row);
    g->limit += int_at(s->limit, row);
    g->loss += int_at(s->loss, row);
    if (s->pd != NULL && !isnan(s->pd->d[row])) {
        g->pd += s->pd->d[row];
        g->rated++;
    }
}

static ErrCode count_figure(Table *t, const char *name, int64_t value,
                            const char *zh, const char *en, Err *err)
{
    Column *c;
    ErrCode rc =
        table_add_labelled(&c, t, name, TYPE_COUNT, "", (Label){zh, en}, err);
    if (rc == OK)
        c->i[0] = value;
    return rc;
}

static ErrCode money_figure(Table *t, const char *name, int64_t fen,
                            const char *zh, const char *en, Err *err)
{
    Column *c;
    ErrCode rc = table_add_labelled(&c, t, name, TYPE_MONEY, "fen",
                                    (Label){zh, en}, err);
    if (rc == OK)
        c->i[0] = fen;
    return rc;
}

static ErrCode mean_figure(Table *t, const char *name, double sum, int64_t n,
                           const char *zh, const char *en, Err *err)
{
    Column *c;
    ErrCode rc =
        table_add_labelled(&c, t, name, TYPE_REAL, "1", (Label){zh, en}, err);
    if (rc == OK)
        c->d[0] = n > 0 ? sum / (double)n : (double)NAN;
    return rc;
}

static int64_t outcome_count(const Groups *g, const char *word)
{
    int64_t n = 0;
    for (size_t i = 0; i < g->n; i++)
        if (g->items[i].word[1] != NULL &&
            strcmp(g->items[i].word[1], word) == 0)
            n += g->items[i].count;
    return n;
}

static ErrCode outcome_figures(Table *t, const Groups *g, int is_credit,
                               Err *err)
{
    static const struct {
        const char *word, *zh, *en;
    } credit[] = {{"approve", "通过", "approved"},
                  {"refer", "转人工", "referred"},
                  {"decline", "拒绝", "declined"},
                  {"incomplete", "资料不全", "incomplete"}},
      gate[] = {{"eligible", "符合条件", "eligible"},
                {"ineligible", "不符合条件", "not eligible"},
                {"incomplete", "资料不全", "incomplete"}};
    ErrCode rc = OK;
    for (size_t i = 0; i < (is_credit ? 4 : 3); i++) {
        const char *word = is_credit ? credit[i].word : gate[i].word;
        TRY(count_figure(t, word, outcome_count(g, word),
                         is_credit ? credit[i].zh : gate[i].zh,
                         is_credit ? credit[i].en : gate[i].en, err));
    }
done:
    return rc;
}

static ErrCode write_summary(Tables *tables, const Table *d, const Seen *s,
                             const Groups *g, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Group all = {0}, granted = {0};
    for (size_t i = 0; i < d->rows; i++) {
        count_row(&all, s, i);
        if (is_granted(outcome_at(s, tables->texts, i)))
            count_row(&granted, s, i);
    }
    TRY(table_new(&t, tables, "assess_summary", 1, err));
    t->title = (Label){"审批概要", "Assessment in figures"};
    TRY(count_figure(t, "applications", all.count, "申请数", "applications",
                     err));
    TRY(outcome_figures(t, g, s->outcome != NULL, err));
    if (s->amount != NULL)
        TRY(money_figure(t, "amount_asked", all.amount, "申请金额合计",
                         "amount asked for", err));
    if (s->limit != NULL)
        TRY(money_figure(t, "limit_granted", granted.limit, "通过额度合计",
                         "limits of the approved", err));
    if (s->pd != NULL)
        TRY(mean_figure(t, "mean_pd", granted.pd, granted.rated,
                        "通过客户平均违约概率", "mean pd of the approved",
                        err));
    if (s->loss != NULL)
        TRY(money_figure(t, "expected_loss", granted.loss, "通过部分预期损失",
                         "expected loss of the approved", err));
done:
    return rc;
}

static ErrCode write_groups(Tables *tables, const char *name, Label title,
                            const char *second, const Groups *g, const Seen *s,
                            Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *a = NULL, *b, *count, *amount, *limit, *pd, *loss;
    int by_product = strcmp(second, "outcome") == 0;
    TRY(table_new(&t, tables, name, g->n, err));
    t->title = title;
    if (by_product)
        TRY(table_add_field(&a, t, FIELD_product, err));
    TRY(table_add_field(&b, t, by_product ? FIELD_outcome : FIELD_grade, err));
    TRY(table_add_field(&count, t, FIELD_count, err));
    TRY(table_add_labelled(&amount, t, "amount", TYPE_MONEY, "fen",
                           (Label){"申请金额", "amount asked for"}, err));
    TRY(table_add_labelled(&limit, t, "credit_limit", TYPE_MONEY, "fen",
                           (Label){"授信额度", "limit"}, err));
    TRY(table_add_labelled(&pd, t, "mean_pd", TYPE_REAL, "1",
                           (Label){"平均违约概率", "mean pd"}, err));
    TRY(table_add_labelled(&loss, t, "expected_loss", TYPE_MONEY, "fen",
                           (Label){"预期损失", "expected loss"}, err));
    for (size_t i = 0; i < g->n; i++) {
        const Group *it = &g->items[i];
        if (a != NULL)
            a->s[i] = it->word[0];
        b->s[i] = it->word[1];
        count->i[i] = it->count;
        amount->i[i] = it->amount;
        limit->i[i] = s->limit == NULL ? NULL_INT : it->limit;
        pd->d[i] = it->rated > 0 ? it->pd / (double)it->rated : (double)NAN;
        loss->i[i] = s->loss == NULL ? NULL_INT : it->loss;
    }
done:
    return rc;
}

/* In the order of the words, so that the order of the file changes nothing. */
static void sort_groups(Groups *g)
{
    for (size_t i = 1; i < g->n; i++)
        for (size_t j = i; j > 0; j--) {
            Group *x = &g->items[j - 1], *y = &g->items[j], swap = *x;
            int order = 0;
            for (int k = 0; k < 2 && order == 0; k++)
                order = strcmp(x->word[k] == NULL ? "" : x->word[k],
                               y->word[k] == NULL ? "" : y->word[k]);
            if (order <= 0)
                break;
            *x = *y;
            *y = swap;
        }
}

static ErrCode write_scores(Tables *tables, const Table *d, const Column *score,
                            Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *from, *count;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < d->rows; i++)
        if (!isnan(score->d[i])) {
            low = score->d[i] < low ? score->d[i] : low;
            high = score->d[i] > high ? score->d[i] : high;
        }
    if (!(low <= high))
        return OK;
    low = floor(low / 5) * 5;
    double width = ceil((high + 1 - low) / SCORE_BINS);
    TRY(table_new(&t, tables, "assess_scores", SCORE_BINS, err));
    t->title = (Label){"评分分布", "Scores"};
    TRY(table_add_labelled(&from, t, "score", TYPE_REAL, "point",
                           (Label){"评分（起）", "score from"}, err));
    TRY(table_add_field(&count, t, FIELD_count, err));
    for (int b = 0; b < SCORE_BINS; b++)
        from->d[b] = low + b * width;
    for (size_t i = 0; i < d->rows; i++)
        if (!isnan(score->d[i])) { /* of a wide span the 1 above is lost */
            int b = (int)((score->d[i] - low) / width);
            count->i[b < SCORE_BINS ? b : SCORE_BINS - 1]++;
        }
done:
    return rc;
}

static ErrCode check_sums(const Table *d, const Seen *s, Err *err)
{
    ErrCode rc = OK;
    const Column *const amounts[] = {s->amount, s->limit, s->loss};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        if (amounts[i] != NULL)
            TRY(column_check_sum(d, amounts[i], err));
done:
    return rc;
}

ErrCode summary_decisions(Tables *tables, const Table *d, Err *err)
{
    ErrCode rc = OK;
    Seen s = seen(d);
    Groups outcomes = {.n = 0}, grades = {.n = 0};
    TRY(check_sums(d, &s, err));
    for (size_t i = 0; i < d->rows; i++) {
        const char *word = outcome_at(&s, tables->texts, i);
        count_row(group_of(&outcomes, word_at(s.product, i), word), &s, i);
        if (word_at(s.grade, i) != NULL)
            count_row(group_of(&grades, NULL, s.grade->s[i]), &s, i);
    }
    sort_groups(&outcomes);
    sort_groups(&grades);
    TRY(write_summary(tables, d, &s, &outcomes, err));
    TRY(write_groups(tables, "assess_outcomes",
                     (Label){"按产品和结论", "By product and outcome"},
                     "outcome", &outcomes, &s, err));
    if (grades.n > 0)
        TRY(write_groups(tables, "assess_grades",
                         (Label){"按信用等级", "By grade"}, "grade", &grades,
                         &s, err));
    if (s.score != NULL && s.score->type == TYPE_REAL)
        TRY(write_scores(tables, d, s.score, err));
done:
    return rc;
}
