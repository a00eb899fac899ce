#include "policy/walk.h"

#include <string.h>

enum { SEEN_WORDS = 1 << 18 };

typedef struct {
    const Walk *walk;
    uint64_t *full;  /* [(n_axes + 1) * words] hold whatever axes k.. are */
    uint64_t *masks; /* [(n_axes + 1) * words] still possible at axis k */
    uint64_t *seen;  /* [capacity * (words + 1)]: axis + 1, mask; 0: free */
    size_t capacity, n_seen, work;
    uint16_t *places;
    uint64_t *won;
    int is_cut;
} State;

static int start(State *s, const Walk *w, const uint64_t all[], Arena *scratch)
{
    size_t words = w->words, n = w->n_axes;
    if (n > WALK_AXES)
        return 0;
    *s = (State){.walk = w, .capacity = 1024};
    while (s->capacity * (words + 1) < SEEN_WORDS)
        s->capacity *= 2;
    s->full = arena_alloc(scratch, (n + 1) * words, sizeof *s->full);
    s->masks = arena_alloc(scratch, (n + 1) * words, sizeof *s->masks);
    s->seen = arena_alloc(scratch, s->capacity * (words + 1), sizeof *s->seen);
    if (s->full == NULL || s->masks == NULL || s->seen == NULL)
        return 0;
    memcpy(s->masks, all, words * sizeof *all);
    memset(s->full + n * words, 0xFF, words * sizeof *s->full);
    for (size_t k = n; k-- > 0;)
        for (size_t i = 0; i < words; i++) {
            uint64_t m = s->full[(k + 1) * words + i];
            for (size_t c = 0; c < w->axes[k].n; c++)
                m &= w->axes[k].masks[c * words + i];
            s->full[k * words + i] = m;
        }
    return 1;
}

/* The entry of what is left at axis k. */
static uint64_t *entry(const State *s, size_t k)
{
    size_t words = s->walk->words;
    const uint64_t *mask = s->masks + k * words;
    uint64_t h = k + 1;
    for (size_t i = 0; i < words; i++) {
        h = (h ^ mask[i]) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    for (size_t at = h & (s->capacity - 1);;
         at = (at + 1) & (s->capacity - 1)) {
        uint64_t *e = s->seen + at * (words + 1);
        if (e[0] == 0 ||
            (e[0] == k + 1 && memcmp(e + 1, mask, words * sizeof *mask) == 0))
            return e;
    }
}

/* Was it looked at, or is it too much to look at? */
static int is_done(State *s, size_t k)
{
    size_t words = s->walk->words;
    uint64_t *e = entry(s, k);
    s->work += words * s->walk->axes[k].n;
    s->is_cut |= s->work > WALK_WORK;
    if (e[0] != 0 || s->is_cut)
        return 1;
    if (2 * s->n_seen < s->capacity) { /* else it is looked at again */
        s->n_seen++;
        e[0] = k + 1;
        memcpy(e + 1, s->masks + k * words, words * sizeof *e);
    }
    return 0;
}

static void step(State *s, size_t k, size_t c)
{
    size_t words = s->walk->words;
    const uint64_t *of = s->walk->axes[k].masks + c * words;
    const uint64_t *mask = s->masks + k * words;
    uint64_t *next = s->masks + (k + 1) * words;
    for (size_t i = 0; i < words; i++)
        next[i] = mask[i] & of[i];
}

static int gap_from(State *s, size_t k)
{
    const Walk *w = s->walk;
    const uint64_t *mask = s->masks + k * w->words;
    const uint64_t *full = s->full + k * w->words;
    uint64_t any = 0, sure = 0;
    for (size_t i = 0; i < w->words; i++) {
        any |= mask[i];
        sure |= mask[i] & full[i];
    }
    if (any == 0) {
        for (size_t j = k; j < w->n_axes; j++)
            s->places[j] = w->axes[j].places[0];
        return 1;
    }
    if (sure != 0 || is_done(s, k))
        return 0;
    for (size_t c = 0; c < w->axes[k].n; c++) {
        step(s, k, c);
        s->places[k] = w->axes[k].places[c];
        if (gap_from(s, k + 1))
            return 1;
    }
    return 0;
}

WalkEnd walk_gap(uint16_t places[], const Walk *walk, const uint64_t all[],
                 Arena *scratch)
{
    State s;
    for (size_t k = 0; k < walk->n_axes; k++)
        if (walk->axes[k].n == 0)
            return WALK_NO; /* a column without values */
    if (!start(&s, walk, all, scratch))
        return WALK_CUT;
    s.places = places;
    if (gap_from(&s, 0))
        return WALK_YES;
    return s.is_cut ? WALK_CUT : WALK_NO;
}

/* Rules behind one that holds whatever follows are out; is none left that has
 * not been first yet? */
static int is_known(State *s, size_t k)
{
    size_t words = s->walk->words, i = 0;
    uint64_t *mask = s->masks + k * words, fresh = 0;
    const uint64_t *full = s->full + k * words;
    for (; i < words; i++) {
        uint64_t sure = mask[i] & full[i];
        if (sure != 0) {
            mask[i] &= sure ^ (sure - 1); /* up to its lowest bit */
            fresh |= mask[i] & ~s->won[i];
            i++;
            break;
        }
        fresh |= mask[i] & ~s->won[i];
    }
    for (; i < words; i++)
        mask[i] = 0;
    return fresh == 0;
}

static void first_from(State *s, size_t k)
{
    const Walk *w = s->walk;
    const uint64_t *mask = s->masks + k * w->words;
    if (is_known(s, k))
        return;
    if (k == w->n_axes) { /* one bit is left */
        for (size_t i = 0; i < w->words; i++)
            s->won[i] |= mask[i];
        return;
    }
    if (is_done(s, k))
        return;
    for (size_t c = 0; c < w->axes[k].n; c++) {
        step(s, k, c);
        first_from(s, k + 1);
    }
}

WalkEnd walk_first(uint64_t won[], const Walk *walk, const uint64_t all[],
                   Arena *scratch)
{
    State s;
    if (!start(&s, walk, all, scratch))
        return WALK_CUT;
    s.won = won;
    first_from(&s, 0);
    return s.is_cut ? WALK_CUT : WALK_YES;
}
