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
    for (size_t i = 0; i < n; i++) {
        double l = rest * z[i] - load * factor[i];
        l = l < -8.9 ? -8.9 : l;
        l = l > 8.9 ? 8.9 : l;
        double x = l * SHARES_PER_UNIT + SHARES_HALF;
        c->at[i] = (int)x;
        double t = x - c->at[i], u = t - 1, v = t - 2, w = t + 1;
        double outer = t * u / 6, inner = w * v / 2;
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

static inline double share_at(const ShareClass *class, const Cubics *c,
                              size_t i)
{
    const double *f = class->share + c->at[i] - 1;
    return c->weight[0][i] * f[0] + c->weight[1][i] * f[1] -
           c->weight[2][i] * f[2] + c->weight[3][i] * f[3];
}

static inline double share_of(const Severity *s, uint32_t loan, const Cubics *c,
                              size_t i)
{
    const ShareMixture *m = &s->loans[loan];
    if (m->low == SHARES_NONE)
        return m->blend;
    double low = share_at(&s->classes[m->low], c, i);
    double high = m->blend == 0 ? low : share_at(&s->classes[m->high], c, i);
    double share = low + m->blend * (high - low);
    share = share < 0 ? 0 : share;
    return share > 1 ? 1 : share;
}

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
    for (size_t i = 0; i < n; i++)
        lgd[i] = share_of(s, loan[i], &c, i);
}
