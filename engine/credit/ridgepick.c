#include "credit/ridgepick.h"

#include "credit/cardname.h"
#include "stat/roc.h"
#include "stat/stream.h"

#include <math.h>
#include <string.h>

const double ridge_grid[RIDGE_GRID] = {0, .003, .01, .03, .1, .2, .3};

/* One part left out: `in` the rows that are fitted to, `out` the others. */
typedef struct {
    Arena *arena;
    const CardData *data;
    const Table *table; /* of `data` */
    const FitSpec *spec;
    int threads;
    size_t *in, *out, n_in, n_out;
    uint8_t *event_in, *event_out;
    double *weight_in, *weight_out, *offset_in, *offset_out; /* or NULL */
    double **x, **z; /* [k] minus weights of evidence of in and of out */
    const char **name;
    size_t k;
    double *score; /* [n_out] */
} Part;

/* What rows left out were given by each candidate. */
typedef struct {
    double *index[RIDGE_GRID]; /* [RIDGE_REPEATS * rows] */
    uint8_t *event;            /* [the same] */
    double *weight, *offset;   /* [the same], or NULL */
    size_t n;
    double sum[RIDGE_GRID]; /* of AUCs */
} Held;

static ErrCode no_memory(const Part *p, Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory to leave out parts of %zu rows",
                p->table->rows);
}

static ErrCode part_new(Part *p, Err *err)
{
    size_t rows = p->table->rows, n = p->table->n;
    p->in = arena_alloc(p->arena, rows + 1, sizeof *p->in);
    p->out = arena_alloc(p->arena, rows + 1, sizeof *p->out);
    p->event_in = arena_alloc(p->arena, rows + 1, sizeof *p->event_in);
    p->event_out = arena_alloc(p->arena, rows + 1, sizeof *p->event_out);
    p->x = arena_alloc(p->arena, n + 1, sizeof *p->x);
    p->z = arena_alloc(p->arena, n + 1, sizeof *p->z);
    p->name = arena_alloc(p->arena, n + 1, sizeof *p->name);
    p->score = arena_alloc(p->arena, rows + 1, sizeof *p->score);
    return p->in == NULL || p->out == NULL || p->event_in == NULL ||
                   p->event_out == NULL || p->x == NULL || p->z == NULL ||
                   p->name == NULL || p->score == NULL
               ? no_memory(p, err)
               : OK;
}

/* Deal the rows; events and others apart, so that each part has its share. */
static void deal(Part *p, Stream s, size_t part)
{
    size_t dealt[2] = {0, 0};
    for (size_t i = 0; i < p->table->rows; i++) {
        /* within five rows of a kind, each part once, in a drawn order */
        uint8_t event = p->data->event[i];
        size_t at = dealt[event]++;
        uint64_t word = stream_word(s, 2 * (at / RIDGE_FOLDS) + event);
        size_t of = (at + word % RIDGE_FOLDS) % RIDGE_FOLDS;
        if (of == part) {
            p->event_out[p->n_out] = event;
            p->out[p->n_out++] = i;
        } else {
            p->event_in[p->n_in] = event;
            p->in[p->n_in++] = i;
        }
    }
}

/* rows [n] of x; NULL of NULL. */
static int pick_numbers(double **to, const Part *p, const double x[],
                        const size_t rows[], size_t n)
{
    *to = x == NULL ? NULL : arena_alloc(p->arena, n + 1, sizeof **to);
    for (size_t i = 0; *to != NULL && i < n; i++)
        (*to)[i] = x[rows[i]];
    return x == NULL || *to != NULL;
}

static ErrCode pick_weights(Part *p, Err *err)
{
    const CardData *d = p->data;
    return pick_numbers(&p->weight_in, p, d->weight, p->in, p->n_in) &&
                   pick_numbers(&p->weight_out, p, d->weight, p->out,
                                p->n_out) &&
                   pick_numbers(&p->offset_in, p, d->offset, p->in, p->n_in) &&
                   pick_numbers(&p->offset_out, p, d->offset, p->out, p->n_out)
               ? OK
               : no_memory(p, err);
}

/* The rows of a column; cells of every type are eight bytes. */
static int pick_cells(Column *to, const Part *p, const Column *from,
                      const size_t rows[], size_t n)
{
    *to = *from;
    to->i = arena_alloc(p->arena, n + 1, sizeof *to->i);
    for (size_t i = 0; to->i != NULL && i < n; i++)
        to->i[i] = from->i[rows[i]];
    return to->i != NULL;
}

static double *weights(const Part *p, const Classing *c, const Column *column,
                       size_t n)
{
    double *x = arena_alloc(p->arena, n + 1, sizeof *x);
    if (x == NULL)
        return NULL;
    classing_woes(x, c, column, n);
    for (size_t i = 0; i < n; i++)
        x[i] = -x[i];
    return x;
}

static int is_constant(const double x[], size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (x[i] != x[0])
            return 0;
    return 1;
}

/* Is it (up to a factor) one of those before? */
static int is_equal(const Part *p, const double x[])
{
    for (size_t k = 0; k < p->k; k++) {
        double xx = 0, yy = 0, xy = 0;
        for (size_t i = 0; i < p->n_in; i++) {
            xx += x[i] * x[i];
            yy += p->x[k][i] * p->x[k][i];
            xy += x[i] * p->x[k][i];
        }
        if (xy * xy > .9998 * xx * yy)
            return 1;
    }
    return 0;
}

static ErrCode cut_column(Part *p, const Column *column, Err *err)
{
    ErrCode rc = OK;
    Column in, out;
    Classing c;
    if (!pick_cells(&in, p, column, p->in, p->n_in) ||
        !pick_cells(&out, p, column, p->out, p->n_out))
        return no_memory(p, err);
    const BinRows rows = {p->event_in, p->weight_in, p->n_in};
    TRY(classing_of(&c, p->arena, &in, &rows,
                    fitspec_rule(p->spec, column->name), err));
    if (c.why != NULL || c.iv < p->spec->iv_least)
        return OK;
    double *x = weights(p, &c, &in, p->n_in);
    double *z = weights(p, &c, &out, p->n_out);
    if (x == NULL || z == NULL)
        return no_memory(p, err);
    if (is_constant(x, p->n_in) || is_equal(p, x))
        return OK;
    p->x[p->k] = x;
    p->z[p->k] = z;
    p->name[p->k++] = column->name;
done:
    return rc;
}

static ErrCode cut_columns(Part *p, Err *err)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < p->table->n; i++) {
        const Column *c = p->table->columns[i];
        if (fitspec_uses(p->spec, c->name) && cardname_check(c) == NULL)
            TRY(cut_column(p, c, err));
    }
done:
    return rc;
}

/* Fit with a penalty without the wrong signs, and rank what was left out. */
static ErrCode rank(double *auc, const Part *p, double lambda, Err *err)
{
    ErrCode rc = OK;
    Logit fit;
    Roc roc;
    const LogitData data = {.x = (const double *const *)p->x,
                            .name = p->name,
                            .y = p->event_in,
                            .weight = p->weight_in,
                            .offset = p->offset_in,
                            .n = p->n_in,
                            .k = p->k};
    const Cases cases = {p->score, p->event_out, p->weight_out, p->n_out};
    const LogitNet net = {.lambda = lambda, .threads = p->threads};
    double objective;
    TRY(logit_net(&fit, &objective, p->arena, &data, &net, err));
    for (size_t i = 0; i < p->n_out; i++)
        p->score[i] = fit.estimate[0];
    for (size_t j = 0; j < p->k; j++)
        for (size_t i = 0; i < p->n_out && fit.estimate[j + 1] > 0; i++)
            p->score[i] += fit.estimate[j + 1] * p->z[j][i];
    TRY(roc_measure(&roc, p->arena, &cases, err));
    *auc = roc.auc;
done:
    return rc;
}

static ErrCode leave_out(Held *held, Part p, size_t repeat, size_t part,
                         Err *err)
{
    ErrCode rc = OK;
    double auc;
    TRY(part_new(&p, err));
    deal(&p, stream_new(1, 31, (uint32_t)repeat), part);
    TRY(pick_weights(&p, err));
    TRY(cut_columns(&p, err));
    for (size_t g = 0; g < RIDGE_GRID && p.k > 0; g++) {
        ErrCode ranked = rank(&auc, &p, ridge_grid[g], NULL);
        if (ranked == ERR_DOMAIN) /* it has no finite fit: 0 */
            continue;
        if (ranked != OK)
            return no_memory(&p, err);
        held->sum[g] += auc;
        memcpy(held->index[g] + held->n, p.score, p.n_out * sizeof *p.score);
    }
    memcpy(held->event + held->n, p.event_out, p.n_out);
    if (held->weight != NULL)
        memcpy(held->weight + held->n, p.weight_out,
               p.n_out * sizeof *p.weight_out);
    if (held->offset != NULL)
        memcpy(held->offset + held->n, p.offset_out,
               p.n_out * sizeof *p.offset_out);
    held->n += p.n_out;
done:
    return rc;
}

static ErrCode make_room(Held *held, Arena *arena, const CardData *d, Err *err)
{
    int good = 1;
    size_t rows = d->table->rows, n = RIDGE_REPEATS * rows + 1;
    if (d->weight != NULL)
        good &= (held->weight = arena_alloc(arena, n, sizeof(double))) != NULL;
    if (d->offset != NULL)
        good &= (held->offset = arena_alloc(arena, n, sizeof(double))) != NULL;
    for (size_t g = 0; g < RIDGE_GRID; g++) {
        held->index[g] = arena_alloc(arena, n, sizeof(double));
        good &= held->index[g] != NULL;
    }
    held->event = arena_alloc(arena, n, sizeof *held->event);
    return good && held->event != NULL
               ? OK
               : FAIL(err, ERR_MEMORY,
                      "no memory to leave out parts of %zu rows", rows);
}

static ErrCode find_stretch(double *out, Arena *arena, const Held *held,
                            size_t best, int threads, Err *err)
{
    static const char *const name = "index";
    ErrCode rc = OK;
    Logit line;
    const double *x = held->index[best];
    const LogitData data = {
        &x, &name, held->event, held->weight, held->offset, held->n, 1};
    TRY(logit_fit(&line, arena, &data, &(LogitOptions){.threads = threads},
                  err));
    *out = line.estimate[1];
    if (*out <= 0)
        TRY(FAIL(err, ERR_DOMAIN,
                 "rows left out of a fit are ranked no better than by chance; "
                 "ridge = \"0\" in the spec fits the columns all the same"));
done:
    return rc;
}

static ErrCode look(RidgePick *out, Arena *arena, Part part, Err *err)
{
    ErrCode rc = OK;
    Held held = {.n = 0};
    size_t best = 0;
    TRY(make_room(&held, arena, part.data, err));
    for (size_t r = 0; r < RIDGE_REPEATS; r++)
        for (size_t k = 0; k < RIDGE_FOLDS; k++) {
            TRY(leave_out(&held, part, r, k, err));
            arena_reset(part.arena);
        }
    for (size_t g = 0; g < RIDGE_GRID; g++) {
        out->auc[g] = held.sum[g] / (RIDGE_FOLDS * RIDGE_REPEATS);
        best = out->auc[g] > out->auc[best] ? g : best;
    }
    out->lambda = ridge_grid[best];
    if (best > 0)
        TRY(find_stretch(&out->stretch, arena, &held, best, part.threads, err));
done:
    return rc;
}

ErrCode ridge_pick(RidgePick *out, Arena *arena, const CardData *data,
                   const FitSpec *spec, int threads, Err *err)
{
    ErrCode rc = OK;
    Part part = {.arena = arena_new(),
                 .data = data,
                 .table = data->table,
                 .spec = spec,
                 .threads = threads};
    *out = (RidgePick){.stretch = 1};
    for (size_t g = 0; g < RIDGE_GRID; g++)
        out->auc[g] = (double)NAN;
    if (part.arena == NULL)
        return no_memory(&part, err);
    if (data->table->rows <= RIDGE_ROWS)
        rc = look(out, arena, part, err);
    arena_free(part.arena);
    return rc;
}
