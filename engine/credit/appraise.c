#include "credit/value.h"

#include "credit/estimate.h"
#include "credit/figures.h"

#include <inttypes.h>
#include <math.h>

/* One right on its way through the section. */
typedef struct {
    Story story;
    const Table *table;
    size_t row;
    Date day;
    Valuation *v;
    ValuationParts p;
} Teller;

static const char *yuan(Teller *t, double amount)
{
    return figures_show(&t->story, amount, QUANTITY_MONEY);
}

static const char *rate(Teller *t, double part)
{
    return figures_show(&t->story, part, QUANTITY_RATE);
}

static const char *number(Teller *t, double x)
{
    return figures_show(&t->story, x, QUANTITY_NUMBER);
}

/* A step that cites the section. */
static void tell(Teller *t, const char *step, const char *rule,
                 const char *formula, const char *values, const char *result,
                 Label text)
{
    story_tell(&t->story, (StoryStep){.step = step,
                                      .rule = rule,
                                      .cite = figures_cite(t->v->node),
                                      .formula = formula,
                                      .values = values,
                                      .result = result,
                                      .text = text});
}

static void tell_life(Teller *t)
{
    Story *s = &t->story;
    const ValuationParts *p = &t->p;
    const char *age =
        p->age == NULL_INT ? "null" : story_say(s, "%" PRId64, p->age);
    tell(t, "life", "legal",
         story_say(s, "12 * %s - months since filing",
                   figures_name(s, &t->v->legal_years)),
         story_say(s, "12 * %s - %s", figures_at(s, &t->v->legal_years, t->row),
                   age),
         number(t, p->legal), (Label){"法定剩余月数", "months left by law"});
    tell(t, "life", "economic",
         story_say(s, "12 * %s%s", figures_name(s, &t->v->economic_years),
                   t->v->from_filing ? " - months since filing" : ""),
         story_say(
             s, "12 * %s%s%s", figures_at(s, &t->v->economic_years, t->row),
             t->v->from_filing ? " - " : "", t->v->from_filing ? age : ""),
         number(t, p->economic), (Label){"经济剩余月数", "months left by use"});
    tell(t, "life", "life_years", "min(legal, economic) / 12",
         story_say(s, "min(%s, %s) / 12", number(t, p->legal),
                   number(t, p->economic)),
         number(t, p->months / 12), (Label){"剩余年限", "years of life"});
}

static void tell_sum(Teller *t, const char *step, const Quantities *q,
                     double sum, Label text)
{
    Story *s = &t->story;
    tell(t, step, step, figures_names(s, q, " + "),
         figures_values(s, q, t->row, " + "), rate(t, sum), text);
}

/* What year k + 1 brings, as relief.h has it. */
static void tell_year(Teller *t, size_t k, const ReliefYear *y)
{
    Story *s = &t->story;
    const ReliefCase *c = &t->p.relief;
    double part = c->years - (double)k < 1 ? c->years - (double)k : 1;
    tell(t, "year", story_say(s, "%zu", k + 1),
         "(revenue * (1 + growth) ** (year - 1) * royalty * part - fee) * "
         "(1 - tax) / (1 + discount) ** when",
         story_say(s,
                   "(%s * (1 + %s) ** %zu * %s * %s - %s) * (1 - %s) / "
                   "(1 + %s) ** %s",
                   yuan(t, c->revenue), rate(t, c->growth), k,
                   rate(t, c->royalty), number(t, part), yuan(t, y->fee),
                   rate(t, c->tax), rate(t, c->discount), number(t, y->when)),
         yuan(t, y->present), (Label){"该年现值", "worth today of the year"});
}

static void tell_income(Teller *t)
{
    ReliefYear years[RELIEF_YEARS];
    const ReliefCase *c = &t->p.relief;
    double sum;
    tell_sum(t, "royalty", &t->v->royalty, c->royalty,
             (Label){"许可费率", "royalty of revenue"});
    tell_sum(t, "discount", &t->v->discount, c->discount,
             (Label){"折现率", "discount a year"});
    if (relief_value(&sum, years, c, NULL) != OK)
        return;
    for (size_t k = 0; (double)k < c->years; k++)
        tell_year(t, k, &years[k]);
    tell(t, "income", "income", "max(sum of years, 0.00)", yuan(t, sum),
         yuan(t, t->p.income), (Label){"收益法价值", "by the income method"});
}

static void tell_value(Teller *t)
{
    static const char *const formulas[] = {"income", "min(income, appraisal)",
                                           "appraisal"};
    Story *s = &t->story;
    const ValuationParts *p = &t->p;
    const char *values = t->v->use == USE_INCOME ? yuan(t, p->income)
                         : t->v->use == USE_APPRAISAL
                             ? yuan(t, p->appraisal)
                             : story_say(s, "min(%s, %s)", yuan(t, p->income),
                                         yuan(t, p->appraisal));
    tell(t, "value", "ip_value", formulas[t->v->use], values, yuan(t, p->value),
         (Label){"知识产权价值", "value of the right"});
}

/* Of a right that is not eligible nothing is lent against. */
static void tell_carry(Teller *t, int64_t eligible)
{
    Story *s = &t->story;
    const ValuationParts *p = &t->p;
    double carry = eligible == 1   ? p->value * (1 - p->haircut)
                   : eligible == 0 ? 0
                                   : (double)NAN;
    tell(t, "pledge", "pledge_value",
         story_say(s, "ip_value * (1 - %s)", figures_name(s, &t->v->haircut)),
         story_say(s, "%s * (1 - %s)", yuan(t, p->value), rate(t, p->haircut)),
         yuan(t, carry),
         eligible == 1 ? (Label){"质押价值", "what can be lent against it"}
         : eligible == 0 ? (Label){"不可质押，质押价值为零",
                                   "it cannot be pledged, so nothing"}
                         : (Label){"资料不全", "figures are missing"});
}

static ErrCode value_again(Teller *t, int64_t eligible, Err *err)
{
    ErrCode rc = OK;
    const ValuationParts *p = &t->p;
    valuation_parts(&t->p, t->v, t->row, t->day);
    double carry = p->value * (1 - p->haircut);
    TRY(figures_same_real(t->table, FIELD_life_years, t->row, p->months / 12,
                          err));
    TRY(figures_same(t->table, FIELD_ip_value, t->row, estimate_fen(p->value),
                     err));
    TRY(figures_same(t->table, FIELD_pledge_value, t->row,
                     eligible == 1   ? estimate_fen(carry)
                     : eligible == 0 ? 0
                                     : NULL_INT,
                     err));
done:
    return rc;
}

static ErrCode tell_valued(Teller *t, const Policy *policy, Err *err)
{
    ErrCode rc = OK;
    const Column *eligible;
    QuantityScope scope = {
        .table = t->table,
        .policy = policy,
        .day = t->day,
        .arena = t->story.arena,
        .r = {.faults = faults_new(t->story.arena), .err = err}};
    if (scope.r.faults == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    TRY(table_need(&eligible, t->table, FIELD_eligible, "explain", err));
    TRY(value_section(&t->v, &scope, err));
    TRY(value_again(t, eligible->i[t->row], err));
    tell_life(t);
    tell_income(t);
    tell_value(t);
    tell_carry(t, eligible->i[t->row]);
done:
    return rc;
}

ErrCode value_explain(Table *trace, const Policy *policy, const Table *rights,
                      size_t row, Date as_of, Err *err)
{
    ErrCode rc = OK;
    Teller t = {.story = {.arena = arena_new()}, .table = rights, .row = row};
    if (t.story.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    t.day = quantity_day(quantity_days(rights, policy), row, as_of);
    if (quantity_has_day(t.day) && policy_in_force(policy, t.day))
        TRY(tell_valued(&t, policy, err));
    TRY(story_append(trace, &t.story, err));
done:
    arena_free(t.story.arena);
    return rc;
}
