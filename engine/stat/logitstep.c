#include "stat/logit.h"

#include <math.h>

/* A search on its way. */
typedef struct {
    const LogitData *data;
    const LogitStep *step;
    unsigned char *kept; /* [terms] */
    const double **x;    /* [k] columns of a model */
    const char **name;
} Search;

/* The criterion of the model with the terms kept, in `*out`. */
static ErrCode judge(double *out, const Search *s, Err *err)
{
    Logit fit;
    LogitData d = *s->data;
    Arena *arena = arena_new();
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", d.k);
    d.x = s->x;
    d.name = s->name;
    d.k = 0;
    for (size_t j = 0; j < s->data->k; j++)
        if (s->kept[s->step->term[j]]) {
            s->x[d.k] = s->data->x[j];
            s->name[d.k++] = s->data->name[j];
        }
    ErrCode rc = logit_fit(&fit, arena, &d,
                           &(LogitOptions){.threads = s->step->threads}, err);
    if (rc == OK)
        *out = s->step->penalty * (double)fit.terms - 2 * fit.log_likelihood;
    arena_free(arena);
    return rc;
}

static int may_turn(const Search *s, size_t term)
{
    return s->step->direction == LOGIT_BOTH ||
           s->kept[term] == (s->step->direction == LOGIT_BACKWARD);
}

/* The best change of one term; *best is `terms` when none is better. */
static ErrCode find_change(size_t *best, double *criterion, const Search *s,
                           Err *err)
{
    double here;
    *best = s->step->terms;
    for (size_t t = 0; t < s->step->terms; t++) {
        Err own = {0};
        if (!may_turn(s, t))
            continue;
        s->kept[t] ^= 1;
        ErrCode rc = judge(&here, s, &own);
        s->kept[t] ^= 1;
        if (rc == ERR_MEMORY)
            return FAIL(err, rc, "%s", own.text);
        if (rc == OK && here < *criterion - 1e-9) {
            *criterion = here;
            *best = t;
        }
    }
    return OK;
}

ErrCode logit_step(unsigned char kept[], const LogitData *data,
                   const LogitStep *step, Err *err)
{
    ErrCode rc = OK;
    size_t change;
    double criterion;
    Search s = {.data = data, .step = step, .kept = kept};
    s.x = mem_new(data->k + 1, sizeof *s.x);
    s.name = mem_new(data->k + 1, sizeof *s.name);
    if (s.x == NULL || s.name == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory to fit %zu columns", data->k));
    for (size_t t = 0; t < step->terms; t++)
        kept[t] = step->direction != LOGIT_FORWARD;
    TRY(judge(&criterion, &s, err));
    for (;;) {
        TRY(find_change(&change, &criterion, &s, err));
        if (change == step->terms)
            break;
        kept[change] ^= 1;
    }
done:
    mem_free(s.x);
    mem_free(s.name);
    return rc;
}
