#include "subsidy/tried.h"

#include "core/text.h"
#include "data/cell.h"
#include "stat/radix.h"
#include "subsidy/basis.h"
#include "subsidy/turns.h"

#include <string.h>

static const Level edges[] = {{5, 100}, {95, 100}};

ErrCode optimise_text(const char **out, Arena *arena, const Knob *knob,
                      int64_t value, Err *err)
{
    char text[CELL_TEXT];
    Column cell = {.type = knob->type, .i = &value};
    const char *said = cell_format(text, &cell, 0);
    *out = text_copy(arena, said, strlen(said));
    return *out != NULL ? OK : FAIL(err, ERR_MEMORY, "no memory for a value");
}

ErrCode tried_open(Tried *t, Tables *tables, const Table *contracts,
                   const OptimisePlan *plan, const Outlook *outlook,
                   const FuturesOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Basis basis;
    *t = (Tried){.plan = plan,
                 .outlook = outlook,
                 .options = options,
                 .arena = tables->arena,
                 .faults = faults};
    TRY(basis_open(&basis, tables, contracts, plan->base, outlook, options,
                   err));
    t->stock = basis.stock;
    t->gaming = basis.gaming;
    t->each = arena_new();
    if (t->each == NULL)
        TRY(FAIL(err, ERR_MEMORY, "out of memory"));
    TRY(drawn_open(&t->drawn, &t->stock, outlook, options->seed, options->n,
                   t->arena, err));
    TRY(ground_open(&t->own, t->arena, &t->stock, plan->base, NULL, 0,
                    options->as_of, err));
    TRY(regime_open(&t->base, "baseline", plan->base, &t->own, NULL, outlook,
                    t->gaming, options->as_of, t->arena, err));
done:
    return rc;
}

void tried_close(Tried *t)
{
    arena_free(t->around);
    arena_free(t->each);
    t->around = t->each = NULL;
}

/* One policy, year by year. */
typedef struct {
    const Tried *tried;
    Regime regime;
    size_t payer;          /* its place, or MATCH_PAYERS: all */
    int64_t *of[MEASURES]; /* [years] */
    int64_t *spare;        /* [years] */
} Years;

static ErrCode take_year(void *years, size_t year, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Years *y = years;
    const Tried *t = y->tried;
    Draw draw;
    RegimeReach reach;
    int64_t cost = 0;
    TRY(drawn_year(&draw, &t->drawn, (uint32_t)year, arena, err));
    TRY(regime_reach(&reach, &y->regime, &draw, arena, err));
    for (size_t p = 0; p < y->regime.each.book.payers.n; p++)
        if (y->payer == MATCH_PAYERS || p == y->payer)
            cost += reach.wanted_by[p];
    y->of[MEASURE_COST][year] = cost;
    y->of[MEASURE_INDUCED][year] = reach.induced;
    y->of[MEASURE_FIRMS][year] = reach.firms;
    y->of[MEASURE_GINI][year] = reach.gini;
done:
    return rc;
}

static ErrCode find_payer(Years *y, Err *err)
{
    const char *payer = y->tried->plan->payer;
    const Names *names = &y->regime.each.book.payers;
    y->payer = MATCH_PAYERS;
    if (payer == NULL)
        return OK;
    for (size_t p = 0; p < names->n; p++)
        if (strcmp(names->name[p], payer) == 0)
            y->payer = p;
    return y->payer < MATCH_PAYERS
               ? OK
               : FAIL(err, ERR_INPUT, "'%.*s' pays nothing under policy '%s'",
                      TEXT_SHORT(payer), policy_head(y->regime.policy)->id);
}

static ErrCode take_years(Years *y, Arena *arena, Err *err)
{
    size_t n = y->tried->options->n;
    int missing = 0;
    for (size_t k = 0; k < MEASURES; k++) {
        y->of[k] = arena_alloc(arena, n, sizeof *y->of[k]);
        missing |= y->of[k] == NULL;
    }
    y->spare = arena_alloc(arena, n, sizeof *y->spare);
    if (missing || y->spare == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu simulated years", n);
    return turns_take(y, n, y->tried->options->threads, take_year, err);
}

/* Sorts the years. */
static void measure(Try *out, Years *y)
{
    size_t n = y->tried->options->n;
    for (size_t k = 0; k < MEASURES; k++) {
        out->of[k].mean = sample_mean(y->of[k], n).value;
        radix_sort(y->of[k], y->spare, n);
        out->of[k].low = sample_var(y->of[k], n, edges[0]).value;
        out->of[k].high = sample_var(y->of[k], n, edges[1]).value;
    }
    out->sure = sample_var(y->of[MEASURE_COST], n, y->tried->plan->confidence);
}

/* The ground that a policy judges: the last one, or in its place. */
static ErrCode find_ground(Tried *t, const Policy *policy, Arena *arena,
                           Err *err)
{
    ErrCode rc = OK;
    int serves = 0;
    const Policy *base = t->outlook->has_gaming ? t->plan->base : NULL;
    if (t->around != NULL)
        TRY(ground_serves(&serves, &t->ground, arena, policy, base,
                          t->options->as_of, err));
    if (serves)
        return OK;
    arena_free(t->around);
    t->around = arena_new();
    if (t->around == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(ground_open(&t->ground, t->around, &t->stock, policy, base,
                    t->outlook->within, t->options->as_of, err));
done:
    return rc;
}

/* A policy in every year. */
static ErrCode evaluate(Try *out, Tried *t, const Policy *policy, Arena *arena,
                        Err *err)
{
    ErrCode rc = OK;
    Years y = {.tried = t};
    TRY(find_ground(t, policy, arena, err));
    TRY(regime_open(&y.regime, "tried", policy, &t->ground, &t->base,
                    t->outlook, t->gaming, t->options->as_of, arena, err));
    TRY(find_payer(&y, err));
    TRY(take_years(&y, arena, err));
    measure(out, &y);
done:
    return rc;
}

static ErrCode change(Policy **out, const Tried *t, const uint32_t place[],
                      Arena *arena, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    PolicyChange changes[OPTIMUM_FIGURES];
    for (size_t k = 0; k < t->plan->n; k++) {
        const Knob *knob = &t->plan->knob[k];
        changes[k].path = knob->path;
        TRY(optimise_text(&changes[k].value, arena, knob,
                          knob->low + (int64_t)place[k] * knob->step, err));
    }
    TRY(policy_changed(out, arena, t->plan->start, changes, t->plan->n, faults,
                       err));
done:
    return rc;
}

static ErrCode try_new(Try *out, Tried *t, const uint32_t place[], Err *err)
{
    ErrCode rc = OK;
    Policy *policy;
    Faults *faults = faults_new(t->each);
    if (faults == NULL)
        TRY(FAIL(err, ERR_MEMORY, "out of memory"));
    rc = change(&policy, t, place, t->each, faults, err);
    if (rc == ERR_RULE) /* again, for who asked to be told */
        rc = change(&policy, t, place, t->each, t->faults, err);
    TRY(rc);
    TRY(evaluate(out, t, policy, t->each, err));
    memcpy(out->place, place, t->plan->n * sizeof *place);
done:
    arena_reset(t->each);
    return rc;
}

ErrCode tried_at(const Try **out, Tried *t, const uint32_t place[], Err *err)
{
    ErrCode rc = OK;
    Try **items;
    for (size_t k = 0; k < t->n; k++)
        if (memcmp(t->items[k]->place, place, t->plan->n * sizeof *place) ==
            0) {
            *out = t->items[k];
            return OK;
        }
    items = arena_grow(t->arena, t->items, &t->capacity, t->n, sizeof *items);
    Try *made = arena_alloc(t->arena, 1, sizeof *made);
    if (items == NULL || made == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    t->items = items;
    TRY(try_new(made, t, place, err));
    *out = t->items[t->n++] = made;
done:
    return rc;
}

ErrCode tried_now(Try *out, Tried *t, Err *err)
{
    *out = (Try){0};
    ErrCode rc = evaluate(out, t, t->plan->base, t->each, err);
    arena_reset(t->each);
    return rc;
}
