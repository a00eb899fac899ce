#include "subsidy/bracketstory.h"

#include "policy/number.h"

static Number percent_of(Ratio rate)
{
    return number_multiply(number_scaled(rate.billionths, RATIO_ONE),
                           number_int(100));
}

static void tell_one(Story *s, const Scale *scale, size_t i, int64_t value,
                     StoryStep step)
{
    const Bracket *b = &scale->brackets[i];
    int marginal = scale->kind == SCALE_MARGINAL_RATE;
    int64_t top = value, from = marginal ? b->from.fen : 0;
    char rate[NUMBER_TEXT], paid[NUMBER_TEXT];
    if (marginal && i + 1 < scale->n && scale->brackets[i + 1].from.fen < top)
        top = scale->brackets[i + 1].from.fen;
    if (scale->kind == SCALE_SINGLE_AMOUNT) {
        step.result = story_money(s, b->amount.fen);
        step.formula = story_say(s, "from %s: %s", story_money(s, b->from.fen),
                                 step.result);
        step.values = story_money(s, value);
        story_tell(s, step);
        return;
    }
    Number part = number_scaled(top - from, 100);
    number_format(rate, percent_of(b->rate));
    number_format(paid, number_multiply(part, number_scaled(b->rate.billionths,
                                                            RATIO_ONE)));
    step.formula =
        story_say(s, "from %s: %s%%", story_money(s, b->from.fen), rate);
    step.values = story_say(s, "%s * %s%%", story_money(s, top - from), rate);
    step.result = story_say(s, "%s", paid);
    story_tell(s, step);
}

void bracketstory_tell(Story *story, const Scale *scale, const char *rule,
                       const char *cite, int64_t value)
{
    size_t last = scale_bracket(scale, (Money){value});
    size_t i = scale->kind == SCALE_MARGINAL_RATE ? 0 : last;
    for (; i <= last && value > 0; i++)
        tell_one(
            story, scale, i, value,
            (StoryStep){.step = "bracket",
                        .rule = rule,
                        .cite = cite,
                        .text = {"年度累计", "of the firm's sum of the year"}});
}
