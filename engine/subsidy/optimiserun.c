#include "subsidy/optimisetables.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

enum { TRIALS = 30, UNIT = 1000000 /* fen: budgets are whole 10,000 yuan */ };

/* Beyond any excess: no budget. */
#define FREE (-1e3)

/* One search among the sets of figures. */
typedef struct {
    Tried *tried;
    OptimiseAim aim; /* or OPTIMISE_AIM_COUNT: the least cost */
    int64_t budget;  /* fen; NULL_INT: none */
    double scale;    /* of what is aimed at */
    double unit;     /* of cost, fen */
} Quest;

static OptimumValue value_of(const Quest *q, const Try *t)
{
    double cost = t->sure.value / q->unit, loss = 0;
    double excess = q->budget == NULL_INT ? cost + FREE
                                          : cost - (double)q->budget / q->unit;
    switch (q->aim) {
    case AIM_INDUCED:
        loss = -t->of[MEASURE_INDUCED].mean / q->scale;
        break;
    case AIM_FIRMS:
        loss = -t->of[MEASURE_FIRMS].mean / q->scale;
        break;
    case AIM_GINI:
        loss = t->of[MEASURE_GINI].mean / q->scale;
        break;
    default:
        loss = cost;
    }
    return (OptimumValue){loss, excess};
}

static ErrCode quest_at(void *of, OptimumValue *out, const uint32_t place[],
                        Err *err)
{
    Quest *q = of;
    const Try *t;
    ErrCode rc = tried_at(&t, q->tried, place, err);
    if (rc == OK)
        *out = value_of(q, t);
    return rc;
}

/* The best of all that was tried so far. */
static const Try *best_tried(const Quest *q)
{
    const Try *best = q->tried->items[0];
    for (size_t k = 1; k < q->tried->n; k++)
        if (optimum_is_better(value_of(q, q->tried->items[k]),
                              value_of(q, best)))
            best = q->tried->items[k];
    return best;
}

static ErrCode seek(const Try **out, Quest *q, int trials, Err *err)
{
    ErrCode rc = OK;
    OptimumValue value;
    uint32_t place[OPTIMUM_FIGURES];
    const OptimisePlan *plan = q->tried->plan;
    Optimum o = {.n = plan->n, .at = quest_at, .of = q};
    o.trials = trials * (int)plan->n;
    for (size_t k = 0; k < plan->n; k++)
        o.last[k] = plan->knob[k].last;
    memcpy(place, best_tried(q)->place, sizeof place);
    TRY(optimum_find(place, &value, &o, err));
    *out = best_tried(q);
done:
    return rc;
}

/* What all figures at their least, and at their most, come to: how large what
 * is aimed at may be. */
static ErrCode try_corners(Quest *q, Err *err)
{
    ErrCode rc = OK;
    const Try *low, *high;
    uint32_t place[OPTIMUM_FIGURES] = {0};
    static const size_t measures[] = {MEASURE_INDUCED, MEASURE_FIRMS,
                                      MEASURE_GINI};
    TRY(tried_at(&low, q->tried, place, err));
    for (size_t k = 0; k < q->tried->plan->n; k++)
        place[k] = q->tried->plan->knob[k].last;
    TRY(tried_at(&high, q->tried, place, err));
    size_t m = measures[q->tried->plan->aim];
    double scale = fmax(fabs(low->of[m].mean), fabs(high->of[m].mean));
    double unit = fmax(low->sure.value, high->sure.value);
    q->scale = scale > 0 ? scale : 1;
    q->unit = unit > 0 ? unit : 1;
done:
    return rc;
}

/* "city_rate 5%, limits.firm-cap.cap 100000.00" */
static ErrCode say_figures(const char **out, const Tried *t, const Try *of,
                           Err *err)
{
    ErrCode rc = OK;
    *out = "";
    for (size_t k = 0; k < t->plan->n; k++) {
        const Knob *knob = &t->plan->knob[k];
        const char *value;
        TRY(optimise_text(&value, t->arena, knob,
                          knob->low + (int64_t)of->place[k] * knob->step, err));
        *out = text_format(t->arena, "%s%s%s %s", *out, k > 0 ? ", " : "",
                           knob->path, value);
        if (*out == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
done:
    return rc;
}

static ErrCode too_little(const Tried *t, const Try *least, Err *err)
{
    const char *figures;
    char budget[MONEY_TEXT], cost[MONEY_TEXT];
    ErrCode rc = say_figures(&figures, t, least, err);
    if (rc != OK)
        return rc;
    money_format(budget, (Money){t->plan->budget});
    money_format(cost, (Money){(int64_t)least->sure.value});
    return FAIL(err, ERR_DOMAIN,
                "no figures within --vary keep to %s yuan with a chance of "
                "%.4g%%: the least found is %s yuan, at %s",
                budget, 100 * level_value(t->plan->confidence), cost, figures);
}

/* Whole units, not below the cost. */
static int64_t round_up(double fen)
{
    return (int64_t)ceil(fen / UNIT) * UNIT;
}

/* Budgets from the least cost to where more does no more, evenly; at most
 * plan->points of them. */
static size_t make_budgets(Point points[], const OptimisePlan *plan,
                           const Try *least, const Try *most)
{
    size_t n = 0;
    double low = least->sure.value, high = fmax(most->sure.value, low);
    for (size_t k = 0; k < plan->points; k++) {
        double at = (double)k / (double)(plan->points - 1);
        int64_t budget = round_up(low + (high - low) * at);
        if (n == 0 || points[n - 1].budget < budget)
            points[n++] = (Point){budget, NULL};
    }
    return n;
}

/* Later searches may find what an earlier budget could have paid. */
static ErrCode seek_points(Point points[], size_t n, Quest q, Err *err)
{
    ErrCode rc = OK;
    for (size_t k = 0; k < n; k++) {
        q.budget = points[k].budget;
        TRY(seek(&points[k].tried, &q, TRIALS / 2, err));
    }
    for (size_t k = 0; k < n; k++) {
        q.budget = points[k].budget;
        points[k].tried = best_tried(&q);
    }
done:
    return rc;
}

static ErrCode check_answers(const OptimisePlan *plan, const Outlook *outlook,
                             Err *err)
{
    return plan->aim != AIM_INDUCED || outlook->response.mean > 0
               ? OK
               : FAIL(err, ERR_INPUT,
                      "contracts are induced by what firms answer, and the "
                      "outlook states no response: give --outlook with "
                      "response = { elasticity = ...; }, or another --aim");
}

ErrCode optimise_run(int64_t chosen[], Tables *tables, const Table *contracts,
                     const OptimisePlan *plan, const Outlook *outlook,
                     const FuturesOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Tried t = {0};
    Try now;
    const Try *least, *most, *best;
    Quest q = {.tried = &t, .aim = OPTIMISE_AIM_COUNT, .budget = NULL_INT};
    Point *points = arena_alloc(tables->arena, plan->points, sizeof *points);
    if (points == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(check_answers(plan, outlook, err));
    TRY(tried_open(&t, tables, contracts, plan, outlook, options, faults, err));
    TRY(tried_now(&now, &t, err));
    TRY(try_corners(&q, err));
    TRY(seek(&least, &q, TRIALS, err));
    if (least->sure.value > (double)plan->budget)
        TRY(too_little(&t, least, err));
    q.aim = plan->aim;
    TRY(seek(&most, &q, TRIALS, err));
    Point both[] = {{NULL_INT, &now}, {plan->budget, NULL}};
    q.budget = plan->budget;
    TRY(seek(&best, &q, TRIALS, err));
    size_t n = make_budgets(points, plan, least, most);
    TRY(seek_points(points, n, q, err));
    both[1].tried = best_tried(&q);
    for (size_t k = 0; k < plan->n; k++)
        chosen[k] = plan->knob[k].low +
                    (int64_t)both[1].tried->place[k] * plan->knob[k].step;
    TRY(optimise_basis(tables, &t, err));
    TRY(optimise_chosen(tables, &t, both, err));
    TRY(optimise_frontier(tables, &t, points, n, err));
done:
    tried_close(&t);
    return rc;
}
