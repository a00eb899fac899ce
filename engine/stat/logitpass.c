#include "stat/logitpass.h"

#include "stat/explog.h"

#include <math.h>

/* Eight sums side by side, whatever the processor's vectors are. */
typedef double Lanes __attribute__((vector_size(64), may_alias));

enum {
    LANES = 8,
    BLOCK = 128,  /* rows at a time: 20 columns of them fit the first cache */
    CHUNK = 4096, /* rows whose sums are one partial result */
    STEPS = BLOCK / LANES
};

/* The sums of a chunk: log likelihood, gradient by pairs of terms, and of the
 * information's tiles of two by two terms the upper ones, row by row. */
typedef struct {
    size_t pairs; /* of terms, the last may have one that is all zero */
    size_t tiles;
    size_t n; /* sums of a chunk */
} Shape;

static Shape shape_of(size_t terms)
{
    size_t pairs = (terms + 1) / 2, tiles = pairs * (pairs + 1) / 2;
    return (Shape){pairs, tiles, 1 + 2 * pairs + 4 * tiles};
}

static size_t chunks_of(size_t rows)
{
    return (rows + CHUNK - 1) / CHUNK;
}

double *logitpass_partial(Arena *arena, size_t rows, size_t terms)
{
    return arena_alloc(arena, chunks_of(rows),
                       shape_of(terms).n * sizeof(double));
}

/* What a thread works in. */
typedef struct {
    Shape shape;
    double *z;    /* [2 * pairs][BLOCK] */
    double *wz;   /* [2][BLOCK] */
    double *row;  /* [4][BLOCK]: index, weight, residual, log likelihood */
    Lanes *sum;   /* [shape.n] */
    double *room; /* all of it */
} Work;

static int work_new(Work *w, size_t terms)
{
    Shape s = shape_of(terms);
    size_t z = 2 * s.pairs * BLOCK;
    *w = (Work){.shape = s};
    w->room = mem_new(z + 6 * BLOCK + (s.n + 1) * LANES, sizeof *w->room);
    if (w->room == NULL)
        return 0;
    uintptr_t at = ((uintptr_t)w->room + 63) & ~(uintptr_t)63;
    w->z = (double *)at;
    w->wz = w->z + z;
    w->row = w->wz + 2 * BLOCK;
    w->sum = (Lanes *)(w->row + 4 * BLOCK);
    return 1;
}

/* Rows `first` and on, scaled, and their index; rows beyond `m` are zero. */
EXPLOG_INLINE void load(Work *w, const LogitPass *p, const double *beta,
                        size_t first, size_t m)
{
    const LogitData *d = p->data;
    double *restrict index = w->row;
    for (size_t i = 0; i < BLOCK; i++) {
        w->z[i] = i < m;
        index[i] =
            beta[0] + (d->offset != NULL && i < m ? d->offset[first + i] : 0);
    }
    for (size_t j = 0; j < d->k; j++) {
        const double *restrict x = d->x[j] + first;
        double *restrict z = w->z + (j + 1) * BLOCK;
        double shift = p->shift[j], scale = p->scale[j], b = beta[j + 1];
        for (size_t i = 0; i < m; i++)
            z[i] = (x[i] - shift) * scale;
        for (size_t i = m; i < BLOCK; i++)
            z[i] = 0;
        for (size_t i = 0; i < BLOCK; i++)
            index[i] += b * z[i];
    }
}

/* Of each row y - p, p (1 - p) and ln P(y).  With e = exp(-|index|) the larger
 * of p and 1 - p is 1 / (1 + e), the smaller e / (1 + e): neither tail loses
 * its digits. */
EXPLOG_INLINE void judge(Work *w, const LogitData *d, size_t first, size_t m)
{
    const double *restrict index = w->row;
    double *restrict weight = w->row + BLOCK;
    double *restrict rest = w->row + 2 * BLOCK;
    double *restrict log_p = w->row + 3 * BLOCK;
    double y[BLOCK] = {0}, times[BLOCK] = {0};
    for (size_t i = 0; i < m; i++) {
        y[i] = d->y[first + i];
        times[i] = d->weight == NULL ? 1 : d->weight[first + i];
    }
    for (size_t i = 0; i < BLOCK; i++) {
        double s = index[i] < 0 ? -index[i] : index[i];
        double e = explog_exp(s < 700 ? -s : -700, 0);
        double large = 1 / (1 + e), small = e * large;
        double wrong = (index[i] >= 0) == (y[i] > 0) ? 0 : s;
        double p = index[i] >= 0 ? large : small;
        double q = index[i] >= 0 ? small : large;
        weight[i] = times[i] * (small * large);
        rest[i] = times[i] * (y[i] > 0 ? q : -p);
        log_p[i] = -times[i] * (wrong + explog_log(1 + e));
    }
}

EXPLOG_INLINE void add_tile(Lanes *sum, const Lanes *a, const Lanes *b)
{
    Lanes s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
    for (size_t t = 0; t < STEPS; t++) {
        s0 += a[t] * b[t];
        s1 += a[t] * b[t + STEPS];
        s2 += a[t + STEPS] * b[t];
        s3 += a[t + STEPS] * b[t + STEPS];
    }
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
}

EXPLOG_INLINE void add_gradient(Lanes *sum, const Lanes *rest, const Lanes *z)
{
    Lanes s0 = sum[0], s1 = sum[1];
    for (size_t t = 0; t < STEPS; t++) {
        s0 += rest[t] * z[t];
        s1 += rest[t] * z[t + STEPS];
    }
    sum[0] = s0;
    sum[1] = s1;
}

EXPLOG_INLINE void add_block(Work *w)
{
    const double *restrict weight = w->row + BLOCK;
    const Lanes *rest = (const Lanes *)(w->row + 2 * BLOCK);
    const Lanes *log_p = (const Lanes *)(w->row + 3 * BLOCK);
    Lanes *tile = w->sum + 1 + 2 * w->shape.pairs;
    for (size_t t = 0; t < STEPS; t++)
        w->sum[0] += log_p[t];
    for (size_t j = 0; j < w->shape.pairs; j++) {
        const double *restrict z = w->z + 2 * j * BLOCK;
        double *restrict wz = w->wz;
        add_gradient(w->sum + 1 + 2 * j, rest, (const Lanes *)z);
        for (size_t h = 0; h < 2; h++)
            for (size_t i = 0; i < BLOCK; i++)
                wz[h * BLOCK + i] = weight[i] * z[h * BLOCK + i];
        for (size_t l = j; l < w->shape.pairs; l++, tile += 4)
            add_tile(tile, (const Lanes *)w->wz,
                     (const Lanes *)(w->z + 2 * l * BLOCK));
    }
}

EXPLOG_INLINE void chunk_body(Work *w, const LogitPass *p, const double *beta,
                              size_t first, size_t m)
{
    for (size_t i = 0; i < m; i += BLOCK) {
        size_t rows = m - i < BLOCK ? m - i : BLOCK;
        load(w, p, beta, first + i, rows);
        judge(w, p->data, first + i, rows);
        add_block(w);
    }
}

SIMD_EACH(chunk_by, chunk_body,
          (SimdIsa isa, Work *w, const LogitPass *p, const double *beta,
           size_t first, size_t m),
          (w, p, beta, first, m))

static void run_chunk(Work *w, const LogitPass *p, const double beta[],
                      size_t chunk)
{
    size_t first = chunk * CHUNK, left = p->data->n - first;
    double *out = p->partial + chunk * w->shape.n;
    memset(w->sum, 0, w->shape.n * sizeof *w->sum);
    SIMD_CHOOSE(p->isa, chunk_by,
                (p->isa, w, p, beta, first, left < CHUNK ? left : CHUNK));
    for (size_t i = 0; i < w->shape.n; i++) {
        const double *s = (const double *)(w->sum + i);
        out[i] =
            ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
    }
}

/* The partial sums into the first of them, in order, and from there to where
 * they are asked for. */
static void gather(LogitPass *p)
{
    Shape s = shape_of(p->terms);
    double *sum = p->partial;
    for (size_t c = 1; c < chunks_of(p->data->n); c++)
        for (size_t i = 0; i < s.n; i++)
            sum[i] += p->partial[c * s.n + i];
    p->log_likelihood = sum[0];
    memcpy(p->gradient, sum + 1, p->terms * sizeof *sum);
    const double *tile = sum + 1 + 2 * s.pairs;
    for (size_t j = 0; j < s.pairs; j++)
        for (size_t l = j; l < s.pairs; l++, tile += 4)
            for (size_t e = 0; e < 4; e++) {
                size_t row = 2 * j + e / 2, column = 2 * l + e % 2;
                if (row >= p->terms || column >= p->terms)
                    continue;
                p->information[row * p->terms + column] = tile[e];
                p->information[column * p->terms + row] = tile[e];
            }
}

ErrCode logitpass_run(LogitPass *p, const double beta[], Err *err)
{
    int failed = 0;
    size_t chunks = chunks_of(p->data->n);
#pragma omp parallel num_threads(p->threads) if (p->threads > 1 && chunks > 1)
    {
        Work w;
        int ready = work_new(&w, p->terms);
        if (!ready) {
#pragma omp atomic write
            failed = 1;
        }
#pragma omp for schedule(static)
        for (size_t c = 0; c < chunks; c++)
            if (ready)
                run_chunk(&w, p, beta, c);
        mem_free(w.room);
    }
    if (failed)
        return FAIL(err, ERR_MEMORY, "no memory to fit %zu columns",
                    p->data->k);
    gather(p);
    return OK;
}

void logitpass_row(double z[], const LogitPass *p, size_t row)
{
    z[0] = 1;
    for (size_t j = 0; j < p->data->k; j++)
        z[j + 1] = (p->data->x[j][row] - p->shift[j]) * p->scale[j];
}

double logitpass_chance(const LogitPass *p, const double index[], size_t row)
{
    const double *offset = p->data->offset;
    double x = index[row] + (offset == NULL ? 0 : offset[row]);
    double s = fmin(fabs(x), 700), e = explog_exp(-s, 0);
    return x < 0 ? e / (1 + e) : 1 / (1 + e);
}
