#include "policy/cliff.h"

#include "core/tr.h"
#include "policy/tiers.h"

void cliff_check(Build *b, const Rule *rule)
{
    const Tiers *t = rule->detail;
    const Scale *scale = &t->scale;
    if (b->r.failed || b->code.failed || scale->brackets == NULL ||
        t->has_known_cliffs)
        return;
    for (size_t k = 1; k < scale->n; k++) {
        Money from = scale->brackets[k].from, below = {from.fen - 1};
        Money before = scale_of(scale, below), after = scale_of(scale, from);
        char at[MONEY_TEXT], more[MONEY_TEXT], less[MONEY_TEXT];
        if (after.fen >= before.fen)
            continue;
        reader_warn(
            &b->r, t->from[k]->text, 0,
            reader_say(&b->r, tr("one fen below %s pays %s, and %s pays %s"),
                       money_format(at, from), money_format(more, before), at,
                       money_format(less, after)),
            tr("kind = \"marginal_rate\" has none; cliffs = "
               "\"known\" says that it is meant"));
    }
}
