#include "stat/isotonic.h"

size_t isotonic_put(IsotonicStep steps[], size_t n, IsotonicStep step)
{
    while (n > 0 && steps[n - 1].pd >= step.pd) {
        IsotonicStep below = steps[--n];
        double weight = below.weight + step.weight;
        step.pd = (below.pd * below.weight + step.pd * step.weight) / weight;
        step.weight = weight;
        step.from = below.from;
    }
    steps[n] = step;
    return n + 1;
}

ErrCode isotonic_fit(Isotonic *out, Arena *arena, const Cases *c,
                     const CasesOrder *order, Err *err)
{
    *out = (Isotonic){arena_alloc(arena, order->groups, sizeof *out->steps), 0};
    if (out->steps == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu steps", order->groups);
    for (size_t g = 0; g < order->groups; g++) {
        CasesSum here = cases_group(c, order, g);
        double weight = here.bad + here.good;
        IsotonicStep step = {c->score[order->row[order->start[g]]],
                             here.bad / weight, weight};
        if (weight > 0)
            out->n = isotonic_put(out->steps, out->n, step);
    }
    return OK;
}

double isotonic_pd(const Isotonic *f, double score)
{
    size_t low = 0, high = f->n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (f->steps[middle].from <= score)
            low = middle;
        else
            high = middle;
    }
    return f->steps[low].pd;
}
