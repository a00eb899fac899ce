#include "credit/teller.h"

#include <math.h>

static const char *yuan(Teller *t, double amount)
{
    return figures_show(&t->story, amount, QUANTITY_MONEY);
}

static const char *rate(Teller *t, double part)
{
    return figures_show(&t->story, part, QUANTITY_RATE);
}

static const char *at(Teller *t, const Quantity *q)
{
    return figures_at(&t->story, q, t->row);
}

static const char *name(Teller *t, const Quantity *q)
{
    return figures_name(&t->story, q);
}

static void tell_exposure(Teller *t)
{
    Story *s = &t->story;
    const Quantities *q = &t->lending->exposure;
    story_tell(
        s, (StoryStep){
               .step = "exposure",
               .rule = "ead",
               .cite = figures_cite(t->lending->recovery),
               .formula = story_say(s, "min(%s)", figures_names(s, q, ", ")),
               .values =
                   story_say(s, "min(%s)", figures_values(s, q, t->row, ", ")),
               .result = story_money(s, t->j.ead_fen),
               .text = {"违约风险暴露", "exposure at default"}});
}

/* What an amount that comes after some months is worth at the default. */
static void tell_today(Teller *t, const char *rule, const RecoveryLayer *layer,
                       const Quantity *months)
{
    Story *s = &t->story;
    const Quantity *discount = &t->lending->discount;
    story_tell(
        s,
        (StoryStep){.step = "recovery today",
                    .rule = rule,
                    .formula = story_say(s, "recovered / (1 + %s) ** (%s / 12)",
                                         name(t, discount), name(t, months)),
                    .values = story_say(s, "%s / (1 + %s) ** (%s / 12)",
                                        yuan(t, layer->taken), at(t, discount),
                                        at(t, months)),
                    .result = yuan(t, layer->today)});
}

static void tell_source(Teller *t, const Realised *it,
                        const RecoverySource *source,
                        const RecoveryLayer *layer, double open)
{
    Story *s = &t->story;
    const Doc *id = doc_get(it->node, "id");
    const char *rule = id != NULL ? id->text : NULL;
    story_tell(
        s, (StoryStep){
               .step = "recovery",
               .rule = rule,
               .cite = figures_cite(it->node),
               .formula = story_say(s, "min(%s * (1 - %s) * (1 - %s), open)",
                                    name(t, &it->value), name(t, &it->haircut),
                                    name(t, &it->cost)),
               .values =
                   story_say(s, "min(%s * (1 - %s) * (1 - %s), %s)",
                             yuan(t, source->value), rate(t, source->haircut),
                             rate(t, source->cost), yuan(t, open)),
               .result = yuan(t, layer->taken),
               .text = figures_title(it->node)});
    tell_today(t, rule, layer, &it->months);
}

static void tell_unsecured(Teller *t, const RecoveryLayer *layer)
{
    Story *s = &t->story;
    const Quantity *part = &t->lending->unsecured;
    story_tell(
        s,
        (StoryStep){
            .step = "recovery",
            .rule = "unsecured",
            .cite = figures_cite(t->lending->recovery),
            .formula = story_say(s, "open * %s", name(t, part)),
            .values = story_say(s, "%s * %s", yuan(t, layer->net), at(t, part)),
            .result = yuan(t, layer->taken),
            .text = {"无担保部分的回收", "what comes back unsecured"}});
    tell_today(t, "unsecured", layer, &t->lending->unsecured_months);
}

static void tell_cover(Teller *t, const RecoveryLayer *layer)
{
    Story *s = &t->story;
    const Lending *l = t->lending;
    story_tell(s, (StoryStep){
                      .step = "cover",
                      .rule = "covered",
                      .cite = figures_cite(l->recovery),
                      .formula = story_say(
                          s, "%s / (1 + %s) ** (%s / 12)", name(t, &l->covered),
                          name(t, &l->discount), name(t, &l->covered_months)),
                      .values = story_say(
                          s, "%s / (1 + %s) ** (%s / 12)", at(t, &l->covered),
                          at(t, &l->discount), at(t, &l->covered_months)),
                      .result = rate(t, layer->today),
                      .text = {"他方代偿部分", "part that others pay"}});
}

static void tell_lgd(Teller *t, const RecoveryCase *c, double cover,
                     double back)
{
    Story *s = &t->story;
    const Lending *l = t->lending;
    story_tell(
        s, (StoryStep){.step = "lgd",
                       .rule = "lgd",
                       .cite = figures_cite(l->recovery),
                       .formula = story_say(
                           s, "max(1 - cover - (1 - %s) * back / ead, %s)",
                           name(t, &l->covered), name(t, &l->floor)),
                       .values = story_say(
                           s, "max(1 - %s - (1 - %s) * %s / %s, %s)",
                           rate(t, cover), rate(t, c->covered), yuan(t, back),
                           yuan(t, c->ead), rate(t, c->floor)),
                       .result = rate(t, t->j.lgd),
                       .text = {"违约损失率", "loss given default"}});
}

static void tell_recovery(Teller *t)
{
    RecoverySource sources[SECTIONS_ITEMS];
    RecoveryLayer layers[SECTIONS_ITEMS + 2];
    Lending *l = t->lending;
    const RecoveryCase c = lending_case(l, sources, t->row, t->j.ead);
    if (isnan(recovery_lgd(layers, &c)))
        return; /* something is null: nothing can be shown */
    double open = c.ead, back = 0;
    for (size_t i = 0; i < c.n; i++) {
        tell_source(t, &l->realised[i], &sources[i], &layers[i], open);
        open -= layers[i].taken;
        back += layers[i].today;
    }
    tell_unsecured(t, &layers[c.n]);
    back += layers[c.n].today;
    tell_cover(t, &layers[c.n + 1]);
    tell_lgd(t, &c, layers[c.n + 1].today, back);
}

void teller_loss(Teller *t)
{
    Story *s = &t->story;
    if (t->lending->recovery == NULL)
        return;
    tell_exposure(t);
    tell_recovery(t);
    story_tell(s, (StoryStep){.step = "expected loss",
                              .rule = "expected_loss",
                              .formula = "pd * lgd * ead",
                              .values = story_say(s, "%s * %s * %s",
                                                  rate(t, t->in.pd->d[t->row]),
                                                  rate(t, t->j.lgd),
                                                  story_money(s, t->j.ead_fen)),
                              .result = story_money(s, t->j.loss_fen),
                              .text = {"预期损失", "expected loss"}});
}
