#include "pool/severity.h"
#include "pool/shares.h"

#include "stat/normal.h"

/* A cubic through four nodes: from node `at` on, with these weights. */
typedef struct {
    int at[SEVERITY_BATCH];
    double weight[4][SEVERITY_BATCH];
} Cubics;

/* Words of the draws, and the factors that move them. */
static inline __attribute__((always_inline)) void
take_all(uint64_t *restrict word, double *restrict factor,
         const SeverityPlace *at, Stream s, uint64_t nloans,
         const uint32_t *restrict q, const uint32_t *restrict loan, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        word[i] = stream_word(s, (at->first + q[i]) * nloans + loan[i]);
        factor[i] = at->factor[q[i]];
    }
}

SIMD_EACH(take_by, take_all,
          (SimdIsa isa, uint64_t *word, double *factor, const SeverityPlace *at,
           Stream s, uint64_t nloans, const uint32_t *q, const uint32_t *loan,
           size_t n),
          (word, factor, at, s, nloans, q, loan, n))

/* The nodes about l, which is made of z, normal. */
static inline __attribute__((always_inline)) void
place_all(Cubics *restrict c, const double *restrict z,
          const double *restrict factor, double load, double rest, size_t n)
{
    double l[SEVERITY_BATCH];
    for (size_t i = 0; i < n; i++) {
        double x = rest * z[i] - load * factor[i];
        l[i] = x < -8.9 ? -8.9 : x;
    }
    for (size_t i = 0; i < n; i++)
        l[i] = l[i] > 8.9 ? 8.9 : l[i];
    for (size_t i = 0; i < n; i++) {
        double x = l[i] * SHARES_PER_UNIT + SHARES_HALF;
        c->at[i] = (int)x;
        double t = x - (int)x, u = t - 1, v = t - 2, w = t + 1;
        double outer = t * u * (1.0 / 6), inner = w * v * 0.5;
        c->weight[0][i] = -outer * v;
        c->weight[1][i] = inner * u;
        c->weight[2][i] = inner * t;
        c->weight[3][i] = outer * w;
    }
}

SIMD_EACH(place_by, place_all,
          (SimdIsa isa, Cubics *c, const double *z, const double *factor,
           double load, double rest, size_t n),
          (c, z, factor, load, rest, n))

/* As the cubic has it, which may leave [0, 1] by a little. */
static inline __attribute__((always_inline)) double
share_of(const Severity *s, uint32_t loan, const Cubics *c, size_t i)
{
    const ShareMixture *m = &s->loans[loan];
    if (m->low == SHARES_NONE)
        return m->blend;
    const ShareNode *f = s->nodes[m->low] + c->at[i] - 1;
    ShareNode sum = c->weight[0][i] * f[0] + c->weight[1][i] * f[1] -
                    c->weight[2][i] * f[2] + c->weight[3][i] * f[3];
    return sum[SHARE_LOW] + m->blend * sum[SHARE_MORE];
}

/* The same of n loans, held to [0, 1]. */
static inline __attribute__((always_inline)) void
share_all(double *restrict lgd, const Severity *s, const Cubics *restrict c,
          const uint32_t *restrict loan, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lgd[i] = share_of(s, loan[i], c, i);
    for (size_t i = 0; i < n; i++)
        lgd[i] = lgd[i] < 0 ? 0 : lgd[i];
    for (size_t i = 0; i < n; i++)
        lgd[i] = lgd[i] > 1 ? 1 : lgd[i];
}

SIMD_EACH(share_by, share_all,
          (SimdIsa isa, double *lgd, const Severity *s, const Cubics *c,
           const uint32_t *loan, size_t n),
          (lgd, s, c, loan, n))

void severity_draw(double lgd[], const Severity *s, const SeverityPlace *at,
                   const uint32_t q[], const uint32_t loan[], size_t n)
{
    uint64_t word[SEVERITY_BATCH];
    double z[SEVERITY_BATCH], factor[SEVERITY_BATCH];
    const double load = s->load[at->group], rest = s->rest[at->group];
    Cubics c;
    SIMD_CHOOSE(
        s->isa, take_by,
        (s->isa, word, factor, at, s->draws[at->year], s->nloans, q, loan, n));
    normal_of_words(s->isa, z, word, n);
    SIMD_CHOOSE(s->isa, place_by, (s->isa, &c, z, factor, load, rest, n));
    SIMD_CHOOSE(s->isa, share_by, (s->isa, lgd, s, &c, loan, n));
}

void severity_given(double *mean, double *square, const Severity *s,
                    size_t group, uint32_t loan, double y)
{
    const ShareMixture *m = &s->loans[loan];
    double rest = s->rest[group], sum = 0, sums[2] = {0};
    for (size_t i = 0; i < SHARES_NODES; i++) {
        double l = ((double)i - SHARES_HALF) / SHARES_PER_UNIT;
        double weight = normal_density((l + s->load[group] * y) / rest);
        double share = m->blend;
        if (m->low != SHARES_NONE)
            share = s->nodes[m->low][i][SHARE_LOW] +
                    m->blend * s->nodes[m->low][i][SHARE_MORE];
        sum += weight;
        sums[0] += weight * share;
        sums[1] += weight * share * share;
    }
    *mean = sums[0] / sum;
    *square = sums[1] / sum;
}
