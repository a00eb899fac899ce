#include "pool/compare.h"

#include <math.h>
#include <string.h>

static uint64_t count(double influence[], const uint8_t seen[], size_t n)
{
    uint64_t k = 0;
    for (size_t i = 0; i < n; i++) {
        influence[i] = seen[i];
        k += seen[i];
    }
    return k;
}

int compare_chance(Figure *value, Figure *change, Compare *c, size_t at,
                   Happen kind, const char *who)
{
    const uint8_t *to = happen_find(&c->sides[at].happened, kind, who);
    const uint8_t *from = happen_find(&c->sides[0].happened, kind, who);
    *value = *change = (Figure){NAN, NAN, NAN, NAN};
    if (to == NULL)
        return 0;
    uint64_t k = count(c->to.influence, to, c->n);
    *value = sample_share(k, c->n);
    if (at > 0 && from != NULL) {
        uint64_t was = count(c->from.influence, from, c->n);
        *change = paired_change(((double)k - (double)was) / (double)c->n,
                                c->from.influence, c->to.influence, c->n);
    }
    return 1;
}

/* Whether an earlier side, or an earlier place of the same, has it. */
static int is_listed(const Compare *c, size_t side, size_t place)
{
    const Happening *h = &c->sides[side].happened.list[place];
    for (size_t v = 0; v < side; v++)
        if (happen_find(&c->sides[v].happened, h->kind, h->who) != NULL)
            return 1;
    return 0;
}

/* What may happen on any side, in the order of kinds; all of its rows. */
static size_t list_all(const Happening **list, size_t *n, const Compare *c,
                       int of_ruin)
{
    size_t rows = 0;
    *n = 0;
    for (int kind = 0; kind < HAPPEN_COUNT; kind++)
        for (size_t v = 0; v < c->nvariants; v++) {
            const Happenings *all = &c->sides[v].happened;
            for (size_t i = 0; i < all->n; i++) {
                if ((int)all->list[i].kind != kind ||
                    (kind == HAPPEN_RUNS_DRY) != of_ruin)
                    continue;
                rows++;
                if (!is_listed(c, v, i))
                    list[(*n)++] = &all->list[i];
            }
        }
    return rows;
}

static ErrCode make_list(const Happening ***out, Compare *c, Err *err)
{
    size_t most = 1;
    for (size_t v = 0; v < c->nvariants; v++)
        most += c->sides[v].happened.n;
    *out = arena_alloc(c->arena, most, sizeof **out);
    return *out != NULL ? OK
                        : FAIL(err, ERR_MEMORY, "no memory for a comparison");
}

/* The rows of one thing, variant by variant. */
static void put_all(CompareColumns *k, Results *r, Compare *c,
                    const Happening *h, Column *event)
{
    Figure value, change;
    for (size_t v = 0; r->rc == OK && v < c->nvariants; v++) {
        if (!compare_chance(&value, &change, c, v, h->kind, h->who))
            continue;
        if (event != NULL)
            event->s[k->row] = results_text(r, happen_word(h->kind));
        compare_put(k, results_text(r, c->variants[v].name),
                    results_text(r, h->who), value, change);
    }
}

/* The chances that funds run dry, where any can. */
static ErrCode add_ruin(Results *r, Compare *c, const CompareWords *w,
                        const Happening **list)
{
    size_t n, rows = list_all(list, &n, c, 1);
    if (rows == 0)
        return OK;
    results_table(r, w->ruin, rows, "资金在规划期内耗尽的概率",
                  "Chance that a fund runs dry");
    CompareColumns k = compare_columns(r, w, "1", NULL, NULL);
    for (size_t i = 0; i < n; i++)
        put_all(&k, r, c, list[i], NULL);
    return r->rc;
}

/* Those of all else, where there is any. */
static ErrCode add_events(Results *r, Compare *c, const CompareWords *w,
                          const Happening **list)
{
    size_t n, rows = list_all(list, &n, c, 0);
    if (rows == 0)
        return OK;
    results_table(r, w->events, rows, "规划期内触发上限或熔断的概率",
                  "Chance that a cap binds or a breaker trips");
    Column *event =
        results_column(r, "event", TYPE_CATEGORY, "", "事件", "event");
    CompareColumns k = compare_columns(r, w, "1", NULL, NULL);
    for (size_t i = 0; i < n; i++)
        put_all(&k, r, c, list[i], event);
    return r->rc;
}

ErrCode compare_add_chances(Results *r, Compare *c, const CompareWords *w)
{
    ErrCode rc = OK;
    const Happening **list;
    TRY(make_list(&list, c, r->err));
    TRY(add_ruin(r, c, w, list));
    TRY(add_events(r, c, w, list));
done:
    return rc;
}
