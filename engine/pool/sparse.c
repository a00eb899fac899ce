#include "pool/sparse.h"

#include "stat/explog.h"
#include "stat/normal.h"

/* Points are looked at until then: chances up to 1 - e^-(1/8) = .1175. */
#define SPARSE_END 0.125

enum {
    STEPS_PER_UNIT = 256,
    STEPS = 10 * STEPS_PER_UNIT /* of [-9, 1), and all beyond */
};

ErrCode sparse_until(const double **out, Arena *arena, SimdIsa isa, Err *err)
{
    double *until = arena_alloc(arena, STEPS, sizeof *until);
    if (until == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    for (size_t i = 0; i < STEPS; i++)
        until[i] = ((double)i + 1) / STEPS_PER_UNIT - 9;
    normal_cdfs(isa, until, until, STEPS);
    for (size_t i = 0; i < STEPS; i++) /* -ln(1 - p) is at most p/(1 - p) */
        until[i] /= 1 - until[i];
    *out = until;
    return OK;
}

/* Beyond the last step it is past SPARSE_END all the same. */
static double until_of(const SparseTile *t, double x)
{
    double step = (x + 9) * STEPS_PER_UNIT;
    step = step > 0 ? step : 0;
    return t->until[(size_t)(int)(step < STEPS - 1 ? step : STEPS - 1)];
}

int sparse_open(SparseWork *w, size_t words)
{
    size_t n = words * TRIALS_WORD + 1;
    w->first = mem_new(n, sizeof *w->first);
    w->all = mem_new(n, sizeof *w->all);
    w->trial = mem_new(n, sizeof *w->trial);
    w->waiting = 0;
    return w->first != NULL && w->all != NULL && w->trial != NULL;
}

void sparse_close(SparseWork *w)
{
    mem_free(w->first);
    mem_free(w->all);
    mem_free(w->trial);
}

/* The argument of Phi that makes a firm's chance. */
static double argument(const SparseTile *t, size_t row, size_t place)
{
    const CellGroup *g = t->group;
    double at = g->threshold[t->at * TRIALS_WORD + place];
    at *= t->weight == NULL ? 1 : t->weight[row];
    return (at - g->load * t->factor[row]) * g->inverse;
}

/* The last of the span's firms. */
static size_t last_of(const SparseTile *t)
{
    size_t n = t->words * TRIALS_WORD;
    if (t->at + t->words == t->group->words)
        n -= (size_t)__builtin_clz(t->group->last);
    return n - 1;
}

/* The points that wait are a default or none. */
static void settle(SparseWork *w, const SparseTile *t)
{
    size_t n = w->waiting, hits = 0, last = last_of(t);
    for (size_t i = 0; i < n; i++)
        w->chance[i] = argument(t, w->whose[i], w->of[i]);
    normal_cdfs(t->isa, w->chance, w->chance, n);
    arrivals_uniforms(t->isa, w->when, w->when, n);
    for (size_t i = 0; i < n; i++) {
        w->whose[hits] = w->whose[i];
        w->of[hits] = w->of[i];
        hits +=
            (size_t)(w->when[i] < w->chance[i]) & (size_t)(w->of[i] <= last);
    }
    t->sink(t->to, w->whose, w->of, hits);
    w->waiting = 0;
}

/* Firms of a whole row whose uniforms lie below their chances. */
static void list_whole(SparseWork *w, const SparseTile *t, size_t row)
{
    size_t hits = 0, last = last_of(t);
    for (size_t i = 0; i <= last; i++) {
        w->whose[hits] = (uint32_t)row;
        w->of[hits] = (uint32_t)i;
        hits += w->first[i] < w->all[i];
        if (hits == SPARSE_BATCH || i == last) {
            t->sink(t->to, w->whose, w->of, hits);
            hits = 0;
        }
    }
}

/* A row whose chances reach beyond the points' end: every firm's uniform. */
static void run_whole(SparseWork *w, const SparseTile *t, size_t row)
{
    size_t n = t->words * TRIALS_WORD;
    uint64_t trial = t->trial + row * t->stride, word = trial;
    double time = 0;
    uint32_t place;
    for (size_t i = 0; i < n; i++) {
        w->trial[i] = trial + i;
        w->all[i] = argument(t, row, i);
    }
    normal_cdfs(t->isa, w->all, w->all, n);
    trials_uniforms(t->isa, w->first, w->trial, n, t->draws, t->rests);
    for (size_t i = 0; i < n; i++)
        w->first[i] = 1 - explog_exp(-SPARSE_END, 0) * w->first[i];
    for (;; word++) {
        arrivals_next(t->isa, &time, &place, &word, 1, &t->points, n);
        if (time > SPARSE_END)
            break;
        double u;
        arrivals_uniforms(t->isa, &u, &time, 1);
        if (u < w->first[place])
            w->first[place] = u;
    }
    list_whole(w, t, row);
}

/* Until when each row's points matter, and rows that are drawn whole. */
static size_t open_rows(SparseWork *w, const SparseTile *t)
{
    size_t n = 0, last = last_of(t);
    for (size_t r = 0; r < t->rows; r++) {
        double until = until_of(t, argument(t, r, last));
        if (!(until < SPARSE_END)) {
            run_whole(w, t, r);
            continue;
        }
        w->until[r] = until;
        w->time[n] = 0;
        w->word[n] = t->trial + r * t->stride;
        w->row[n++] = (uint32_t)r;
    }
    return n;
}

void sparse_run(SparseWork *w, const SparseTile *t)
{
    uint64_t slots = t->words * TRIALS_WORD;
    size_t n = open_rows(w, t);
    while (n > 0) {
        size_t left = 0, waiting = w->waiting;
        arrivals_next(t->isa, w->time, w->place, w->word, n, &t->points, slots);
        for (size_t i = 0; i < n; i++) { /* no branch to guess wrongly */
            uint32_t row = w->row[i];
            int is_in = w->time[i] <= w->until[row];
            w->when[waiting] = w->time[i];
            w->whose[waiting] = row;
            w->of[waiting] = w->place[i];
            w->time[left] = w->time[i];
            w->word[left] = w->word[i] + 1;
            w->row[left] = row;
            waiting += (size_t)is_in;
            left += (size_t)is_in;
        }
        w->waiting = waiting;
        n = left;
        if (w->waiting >= SPARSE_BATCH || n == 0)
            settle(w, t);
    }
}
