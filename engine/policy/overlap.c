#include "policy/overlap.h"

#include "core/tr.h"
#include "policy/decision.h"
#include "policy/region.h"

#include <string.h>

enum { OVERLAPS_SHOWN = 20 };

static int say_the_same(const Decision *d, size_t a, size_t b)
{
    for (size_t j = 0; j < d->n_outputs; j++) {
        const Expr *x = d->outputs[a * d->n_outputs + j];
        const Expr *y = d->outputs[b * d->n_outputs + j];
        if (strcmp(x->text.text, y->text.text) != 0)
            return 0;
    }
    return 1;
}

static void report(Build *b, const Decision *d, const uint16_t witness[],
                   size_t i, size_t j)
{
    const Grid *g = d->grid;
    const char *problem =
        d->policy == HIT_UNIQUE
            ? reader_say(&b->r, tr("'%s' and '%s' hold at once: %s"), g->ids[i],
                         g->ids[j], region_row(b, g, witness))
            : reader_say(&b->r, tr("'%s' and '%s' hold at once and differ: %s"),
                         g->ids[i], g->ids[j], region_row(b, g, witness));
    reader_fault_node(&b->r, g->nodes[j], g->ids[j], problem,
                      tr("change one of them, or use hit = \"FIRST\""));
}

void overlap_check(Build *b, const Rule *rule)
{
    const Decision *d = rule->detail;
    const Grid *g = d->grid;
    uint16_t *witness = reader_alloc(&b->r, g->n_inputs + 1, sizeof *witness);
    int shown = 0;
    if (witness == NULL || g->hit == NULL ||
        (d->policy != HIT_UNIQUE && d->policy != HIT_ANY))
        return;
    for (size_t j = 1; j < g->n_rules; j++)
        for (size_t i = 0; i < j && shown < OVERLAPS_SHOWN; i++) {
            if (!region_meet(witness, g, i, j) ||
                (d->policy == HIT_ANY && say_the_same(d, i, j)))
                continue;
            report(b, d, witness, i, j);
            shown++;
        }
}
