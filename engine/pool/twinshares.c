#include "pool/twinshares.h"

#include "stat/normal.h"

#include <string.h>

#define RANGE 6.4 /* of e: 1.6e-10 lie outside */
#define CELL  (1.0 / PER_UNIT)

enum {
    TERMS = 6,
    PER_UNIT = 8, /* cells of s */
    CELLS = 64,   /* of a chunk */
    CHUNKS = TWINSHARES_FAR * PER_UNIT / CELLS,
    SMALL = 12, /* terms of a small turn's series */
    LANES = 8,
    STEPS = 256 /* of e, a multiple of LANES */
};

/* Coefficients of a cell: of the lower distribution, and how much more those of
 * the higher one are. */
typedef struct {
    double re[2][TERMS], im[2][TERMS];
} Cell;

struct TwinShares {
    const TwinBook *book;
    const double *node;
    size_t nodes;
    SimdIsa isa;
    int threads;
    int chunks;          /* that are there */
    Cell *chunk[CHUNKS]; /* [shares][nodes][CELLS] */
};

/* Of a chunk's distribution: points of x, and what turns from cell to cell. */
typedef struct {
    double x[STEPS];
    double re[STEPS], im[STEPS];           /* weight times exp(j s x) */
    double turn_re[STEPS], turn_im[STEPS]; /* exp(j CELL x) */
} Points;

ErrCode twinshares_new(TwinShares **out, const TwinBook *book,
                       const double node[], size_t nodes, SimdIsa isa,
                       int threads, Err *err)
{
    TwinShares *t = *out = mem_new(1, sizeof *t);
    if (t == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
    *t = (TwinShares){book, node, nodes, isa, threads, 0, {NULL}};
    return OK;
}

void twinshares_free(TwinShares *t)
{
    for (int i = 0; t != NULL && i < t->chunks; i++)
        mem_free(t->chunk[i]);
    mem_free(t);
}

static double step_of(size_t i)
{
    return ((double)i + 0.5) * (2 * RANGE / STEPS) - RANGE;
}

/* exp(j angle) for small angles. */
static void small_turn(double *re, double *im, double angle)
{
    double term = 1;
    *re = *im = 0;
    for (int k = 0; k < SMALL; term *= angle / ++k) {
        double *to = k % 2 == 0 ? re : im;
        *to += k % 4 < 2 ? term : -term;
    }
}

static void times(double *re, double *im, double u, double v)
{
    double r = *re * u - *im * v;
    *im = *re * v + *im * u;
    *re = r;
}

/* A share at l, by the cubic through its nodes that severitydraw.c reads. */
static double share_at(const ShareNode *nodes, double l, int high)
{
    l = l < -8.9 ? -8.9 : l > 8.9 ? 8.9 : l;
    double x = l * SHARES_PER_UNIT + SHARES_HALF;
    double t = x - (int)x, u = t - 1, v = t - 2, w = t + 1;
    const ShareNode *f = nodes + (int)x - 1;
    ShareNode sum = w * v * u / 2 * f[1] - w * v * t / 2 * f[2] -
                    t * u * v / 6 * f[0] + t * u * w / 6 * f[3];
    double share = sum[SHARE_LOW] + (high ? sum[SHARE_MORE] : 0);
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

/* The points of one of a share's two distributions at a factor Y, turned to the
 * middle of the chunk's first cell. */
static void fill_points(Points *p, const TwinShare *share, int high, double y,
                        int chunk)
{
    for (size_t i = 0; i < STEPS; i++) {
        double l = share->rest * step_of(i) - share->load * y, u, v;
        p->x[i] = share->nodes == NULL ? 1 : share_at(share->nodes, l, high);
        p->re[i] = normal_density(step_of(i)) * (2 * RANGE / STEPS);
        p->im[i] = 0;
        small_turn(&p->turn_re[i], &p->turn_im[i], p->x[i] * CELL);
        small_turn(&u, &v, p->x[i] * CELL / 2);
        for (int k = 2 * CELLS * chunk + 1; k > 0; k /= 2) {
            if (k & 1)
                times(&p->re[i], &p->im[i], u, v);
            times(&u, &v, u, v);
        }
    }
}

/* Sums over all points of x^k exp(j s x), and the points turned on to the next
 * cell; lanes are added in order, so that all instruction sets agree. */
static inline __attribute__((always_inline)) void
sum_cell(double *restrict sum_re, double *restrict sum_im, Points *restrict p)
{
    double re[TERMS][LANES] = {{0}}, im[TERMS][LANES] = {{0}};
    for (size_t i = 0; i < STEPS; i += LANES)
        for (size_t b = 0; b < LANES; b++) {
            double u = p->re[i + b], v = p->im[i + b], x = p->x[i + b];
            double c = p->turn_re[i + b], s = p->turn_im[i + b];
            p->re[i + b] = u * c - v * s;
            p->im[i + b] = u * s + v * c;
            for (int k = 0; k < TERMS; k++) {
                re[k][b] += u;
                im[k][b] += v;
                u *= x;
                v *= x;
            }
        }
    for (int k = 0; k < TERMS; k++)
        for (size_t b = 0; b < LANES; b++) {
            sum_re[k] += re[k][b];
            sum_im[k] += im[k][b];
        }
}

SIMD_EACH(sum_by, sum_cell,
          (SimdIsa isa, double *sum_re, double *sum_im, Points *p),
          (sum_re, sum_im, p))

/* Sums become Taylor's coefficients: times j^k / k!. */
static void take_sums(Cell *c, int high, const double re[], const double im[])
{
    static const double factorial[TERMS] = {1, 1, 2, 6, 24, 120};
    static const int real[] = {1, 0, -1, 0}; /* of j^k */
    for (int k = 0; k < TERMS; k++) {
        int a = real[k % 4], b = real[(k + 3) % 4];
        c->re[high][k] = (a * re[k] - b * im[k]) / factorial[k];
        c->im[high][k] = (a * im[k] + b * re[k]) / factorial[k];
    }
}

static void fill_cells(Cell cells[], const TwinShares *t, size_t share,
                       size_t node, int chunk)
{
    Points p;
    for (int high = 0; high < 2; high++) {
        fill_points(&p, &t->book->shares[share], high, t->node[node], chunk);
        for (int i = 0; i < CELLS; i++) {
            double re[TERMS] = {0}, im[TERMS] = {0};
            SIMD_CHOOSE(t->isa, sum_by, (t->isa, re, im, &p));
            take_sums(&cells[i], high, re, im);
            for (int k = 0; high && k < TERMS; k++) {
                cells[i].re[1][k] -= cells[i].re[0][k];
                cells[i].im[1][k] -= cells[i].im[0][k];
            }
        }
    }
}

static int chunks_of(double s)
{
    int n = (int)(s / (CELLS * CELL)) + 1;
    return n < CHUNKS ? n : CHUNKS;
}

size_t twinshares_memory(const TwinShares *t, double s)
{
    return (size_t)chunks_of(s) * t->book->nshares * t->nodes * CELLS *
           sizeof(Cell);
}

ErrCode twinshares_reach(TwinShares *t, double s, Err *err)
{
    size_t n = t->book->nshares * t->nodes;
    while (t->chunks < chunks_of(s)) {
        Cell *cells = mem_new(n * CELLS, sizeof *cells);
        if (cells == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for an exact distribution");
#pragma omp parallel for schedule(dynamic, 1) num_threads(t->threads)
        for (size_t i = 0; i < n; i++)
            fill_cells(cells + i * CELLS, t, i / t->nodes, i % t->nodes,
                       t->chunks);
        t->chunk[t->chunks++] = cells;
    }
    return OK;
}

/* The polynomial of a loan's psi about the middle of cell number `at`. */
static inline __attribute__((always_inline)) void
polynomial(double *restrict re, double *restrict im, const TwinShares *t,
           const TwinLoan *loan, size_t node, size_t at)
{
    const Cell *c = t->chunk[at / CELLS] +
                    (loan->share * t->nodes + node) * CELLS + at % CELLS;
    for (int k = 0; k < TERMS; k++) {
        re[k] = c->re[0][k] + loan->blend * c->re[1][k];
        im[k] = c->im[0][k] + loan->blend * c->im[1][k];
    }
}

/* (u, v) = psi of a loan, or times it, at the angles [from, to). */
static inline __attribute__((always_inline)) void
take_psi(int is_first, double *restrict u, double *restrict v,
         const TwinShares *t, const TwinLoan *loan, size_t node,
         const double *restrict angle, size_t from, size_t to)
{
    double re[TERMS], im[TERMS];
    double first = angle[from] * loan->fen, last = angle[to - 1] * loan->fen;
    size_t at = (size_t)((first + last) / (2 * CELL));
    double middle = ((double)at + 0.5) * CELL;
    polynomial(re, im, t, loan, node, at);
    for (size_t b = from; b < to; b++) {
        double d = angle[b] * loan->fen - middle;
        double x = re[TERMS - 1], y = im[TERMS - 1];
        for (int k = TERMS - 1; k-- > 0;) {
            x = x * d + re[k];
            y = y * d + im[k];
        }
        double r = u[b] * x - v[b] * y, i = u[b] * y + v[b] * x;
        u[b] = is_first ? x : r;
        v[b] = is_first ? y : i;
    }
}

/* Angles near each other share a polynomial. */
static inline __attribute__((always_inline)) void
loan_psi(int is_first, double *restrict u, double *restrict v,
         const TwinShares *t, const TwinLoan *loan, size_t node,
         const double *restrict angle)
{
    double far = angle[TWINSHARES_WIDE - 1] - angle[0];
    if (far * loan->fen <= CELL)
        take_psi(is_first, u, v, t, loan, node, angle, 0, TWINSHARES_WIDE);
    else
        for (size_t b = 0; b < TWINSHARES_WIDE; b++)
            take_psi(is_first, u, v, t, loan, node, angle, b, b + 1);
}

/* Of all a firm's loans. */
static inline __attribute__((always_inline)) void
firm_psi(double *restrict u, double *restrict v, const TwinShares *t,
         const TwinDraw *draw, size_t node, const double *restrict angle)
{
    const TwinLoan *loans = t->book->loans + draw->first;
    loan_psi(1, u, v, t, &loans[0], node, angle);
    for (size_t i = 1; i < draw->n; i++)
        loan_psi(0, u, v, t, &loans[i], node, angle);
}

/* Of a firm that may owe other loans in other months. */
static inline __attribute__((always_inline)) void
ways_psi(double *restrict u, double *restrict v, const TwinShares *t,
         const TwinDraw *draw, size_t node, const double *restrict angle)
{
    double re[TWINSHARES_WIDE], im[TWINSHARES_WIDE];
    for (int b = 0; b < TWINSHARES_WIDE; b++) {
        u[b] = 1;
        v[b] = 0;
    }
    for (size_t i = 0; i < draw->n; i++) {
        const TwinWay *way = &t->book->ways[draw->first + i];
        firm_psi(re, im, t, &way->loans, node, angle);
        for (int b = 0; b < TWINSHARES_WIDE; b++) {
            u[b] += way->chance * (re[b] - 1);
            v[b] += way->chance * im[b];
        }
    }
}

/* (re, im) times (u, v)^count, at all angles. */
static inline __attribute__((always_inline)) void
times_all(double *restrict re, double *restrict im, const double *restrict u,
          const double *restrict v, uint32_t count)
{
    if (count > 1) {
        for (int b = 0; b < TWINSHARES_WIDE; b++)
            twinshares_power(&re[b], &im[b], u[b], v[b], count);
        return;
    }
    for (int b = 0; b < TWINSHARES_WIDE; b++) {
        double r = re[b] * u[b] - im[b] * v[b];
        im[b] = re[b] * v[b] + im[b] * u[b];
        re[b] = r;
    }
}

static inline __attribute__((always_inline)) void
product(double *restrict to_re, double *restrict to_im, const TwinShares *t,
        const TwinClass *firms, const double *chance, size_t n, size_t node,
        const double *angle)
{
    double re[TWINSHARES_WIDE], im[TWINSHARES_WIDE];
    double u[TWINSHARES_WIDE], v[TWINSHARES_WIDE];
    for (int b = 0; b < TWINSHARES_WIDE; b++) {
        re[b] = 1;
        im[b] = 0;
    }
    for (size_t i = 0; i < n; i++) {
        double p = chance[i];
        const TwinDraw *draw = &t->book->draws[firms[i].loss];
        if (t->book->ways == NULL)
            firm_psi(u, v, t, draw, node, angle);
        else
            ways_psi(u, v, t, draw, node, angle);
        for (int b = 0; b < TWINSHARES_WIDE; b++) {
            u[b] = 1 + p * (u[b] - 1);
            v[b] *= p;
        }
        times_all(re, im, u, v, firms[i].count);
        if (i % 16 == 15 && twinshares_is_nothing(re, im))
            break;
    }
    memcpy(to_re, re, sizeof re);
    memcpy(to_im, im, sizeof im);
}

SIMD_EACH(product_by, product,
          (SimdIsa isa, double *re, double *im, const TwinShares *t,
           const TwinClass *firms, const double *chance, size_t n, size_t node,
           const double *angle),
          (re, im, t, firms, chance, n, node, angle))

void twinshares_product(double re[], double im[], const TwinShares *t,
                        const TwinClass firms[], const double chance[],
                        size_t n, size_t node, const double angle[])
{
    SIMD_CHOOSE(t->isa, product_by,
                (t->isa, re, im, t, firms, chance, n, node, angle));
}
