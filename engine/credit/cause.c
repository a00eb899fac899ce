#include "credit/teller.h"

#include "credit/estimate.h"

#include <string.h>

static const char *rate(Teller *t, double part)
{
    return figures_show(&t->story, part, QUANTITY_RATE);
}

void teller_price(Teller *t)
{
    Story *s = &t->story;
    const Lending *l = t->lending;
    const char *names = "", *values = "";
    for (size_t i = 0; i < l->n_parts; i++) {
        const PricePart *part = &l->parts[i];
        const Doc *id = doc_get(part->node, "id");
        const char *rule = id != NULL ? id->text : "part";
        const char *amount =
            rate(t, quantities_product(&part->product, t->row));
        names = story_say(s, "%s%s%s", names, i > 0 ? " + " : "", rule);
        values = story_say(s, "%s%s%s", values, i > 0 ? " + " : "", amount);
        story_tell(
            s, (StoryStep){.step = "price",
                           .rule = rule,
                           .cite = figures_cite(part->node),
                           .formula = figures_names(s, &part->product, " * "),
                           .values =
                               figures_values(s, &part->product, t->row, " * "),
                           .result = amount,
                           .text = figures_title(part->node)});
    }
    if (l->price == NULL)
        return;
    story_tell(s,
               (StoryStep){.step = "price floor",
                           .rule = "price_floor",
                           .cite = figures_cite(l->price),
                           .formula = story_say(s, "round_up(%s, %s)", names,
                                                figures_name(s, &l->step)),
                           .values = story_say(s, "round_up(%s, %s)", values,
                                               figures_at(s, &l->step, t->row)),
                           .result = rate(t, estimate_rate(t->j.price)),
                           .text = {"利率下限", "lowest rate"}});
}

/* One test of the section `outcome`, and what it leads to. */
static void tell_test(Teller *t, const char *rule, const char *formula,
                      const char *values, Outcome outcome, Label text)
{
    story_tell(&t->story, (StoryStep){.step = "test",
                                      .rule = rule,
                                      .cite = figures_cite(t->lending->outcome),
                                      .formula = formula,
                                      .values = values,
                                      .result = outcome_word(outcome),
                                      .text = text});
}

static void tell_tests(Teller *t)
{
    Story *s = &t->story;
    const Lending *l = t->lending;
    const OutcomeFacts *f = &t->j.facts;
    const OutcomeRules *rules = &l->rules;
    const char *grade = l->grade->s[t->row];
    int is_below = f->limit.fen < rules->limit_floor.fen;
    int is_short = f->limit.fen < f->amount.fen;
    const Column *asked = t->in.rate;
    tell_test(t, "grade", l->grade->name, grade, f->by_grade,
              (Label){"等级对应的结论", "what the grade leads to"});
    if (rules->limit_floor.fen > 0)
        tell_test(
            t, "limit_floor",
            story_say(s, "credit_limit < %s",
                      story_money(s, rules->limit_floor.fen)),
            story_say(s, "%s < %s", story_money(s, f->limit.fen),
                      story_money(s, rules->limit_floor.fen)),
            is_below ? OUTCOME_DECLINE : OUTCOME_APPROVE,
            (Label){"额度是否低于最低额", "is the limit below the lowest?"});
    tell_test(
        t, "limit_short", "credit_limit < amount",
        story_say(s, "%s < %s", story_money(s, f->limit.fen),
                  story_money(s, f->amount.fen)),
        is_short ? rules->limit_short : OUTCOME_APPROVE,
        (Label){"额度是否低于申请金额", "is the limit below the amount?"});
    if (asked == NULL || asked->i[t->row] == NULL_INT)
        return;
    tell_test(t, "price_short", "rate < price_floor",
              story_say(s, "%s < %s", rate(t, estimate_rate(asked->i[t->row])),
                        rate(t, estimate_rate(t->j.price))),
              f->is_cheap ? rules->price_short : OUTCOME_APPROVE,
              (Label){"利率是否低于下限", "is the rate below the lowest?"});
}

/* What the outcome goes back to. */
static Label why(Cause cause)
{
    switch (cause) {
    case CAUSE_MISSING:
        return (Label){"资料不全，不能作出结论",
                       "figures are missing, nothing can be said"};
    case CAUSE_ELIGIBILITY:
        return (Label){"不符合准入条件", "conditions are not met"};
    case CAUSE_GRADE:
        return (Label){"等级决定结论", "the grade leads to it"};
    case CAUSE_LIMIT:
        return (Label){"额度不足决定结论", "the limit leads to it"};
    case CAUSE_PRICE:
        return (Label){"利率低于下限", "the rate asked for leads to it"};
    default:
        return (Label){"各项均通过", "nothing speaks against it"};
    }
}

/* A reason in words; of a column (price_floor, a missing input), what it is. */
static void tell_reason(Teller *t, const char *step, const char *id)
{
    const PolicyReason *reason = policy_reason(t->policy, id);
    Field field = field_named(id, strlen(id));
    StoryStep told = {.step = step, .rule = id};
    if (reason != NULL) {
        told.cite = reason->cite;
        told.text = reason->text;
    } else if (field != FIELD_COUNT) {
        const FieldInfo *info = field_info(field);
        size_t n = strcspn(info->zh, "|");
        told.text.zh = story_say(&t->story, "%.*s", (int)n, info->zh);
        told.text.en = info->meaning;
    }
    story_tell(&t->story, told);
}

void teller_list(Teller *t, const char *step, const char *column)
{
    const Column *c = table_find(t->table, column);
    const char *list = c != NULL ? c->s[t->row] : NULL;
    while (list != NULL && *list != '\0') {
        size_t n = strcspn(list, ";");
        tell_reason(t, step, story_say(&t->story, "%.*s", (int)n, list));
        list += n + (list[n] == ';');
    }
}

void teller_outcome(Teller *t)
{
    const OutcomeFacts *f = &t->j.facts;
    if (!f->is_missing && f->is_eligible)
        tell_tests(t);
    story_tell(&t->story, (StoryStep){.step = "outcome",
                                      .rule = "outcome",
                                      .cite = figures_cite(t->lending->outcome),
                                      .result = outcome_word(t->j.outcome),
                                      .text = why(t->j.cause)});
    if (f->is_missing)
        teller_list(t, "is missing", "missing");
}
