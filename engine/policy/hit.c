#include "policy/hit.h"

#include "policy/segment.h"

#include <string.h>

/* The bits of a word that are rules. */
static uint64_t rules_of(const Hit *h, size_t w)
{
    size_t rest = h->n_rules - 64 * w;
    return rest < 64 ? (UINT64_C(1) << rest) - 1 : ~UINT64_C(0);
}

static uint64_t word_of(const Hit *h, void *const at[], size_t row, size_t w)
{
    uint64_t mask = ~UINT64_C(0);
    for (size_t c = 0; c < h->n_live; c++) {
        const uint16_t *segments = at[h->segments[c]];
        mask &= h->columns[h->live[c]].masks[segments[row] * h->words + w];
    }
    return mask;
}

/* Four columns in one pass, their masks of one word. */
static void and_four(uint64_t d[], const Hit *h, void *const at[], size_t c,
                     size_t n)
{
    const uint64_t *m[4];
    const uint16_t *s[4];
    for (size_t k = 0; k < 4; k++) {
        m[k] = h->columns[h->live[c + k]].masks;
        s[k] = at[h->segments[c + k]];
    }
    for (size_t i = 0; i < n; i++)
        d[i] &= m[0][s[0][i]] & m[1][s[1][i]] & m[2][s[2][i]] & m[3][s[3][i]];
}

/* Masks of one word. */
static void mask_word(uint64_t d[], const Hit *h, void *const at[], size_t n)
{
    size_t c = 0;
    uint64_t all = rules_of(h, 0);
    for (size_t i = 0; i < n; i++)
        d[i] = all;
    for (; c + 4 <= h->n_live; c += 4)
        and_four(d, h, at, c, n);
    for (; c < h->n_live; c++) {
        const uint64_t *m = h->columns[h->live[c]].masks;
        const uint16_t *s = at[h->segments[c]];
        for (size_t i = 0; i < n; i++)
            d[i] &= m[s[i]];
    }
}

static void run_mask(const Op *o, void *const at[], size_t n)
{
    const Hit *h = o->aux;
    uint64_t *d = at[o->d];
    if (h->words == 1) {
        mask_word(d, h, at, n);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t w = 0; w < h->words; w++)
            d[i * h->words + w] = word_of(h, at, i, w) & rules_of(h, w);
}

static void run_first(const Op *o, void *const at[], size_t n)
{
    const Hit *h = o->aux;
    int32_t *d = at[o->d], none = (int32_t)h->n_rules;
    uint64_t mask[BLOCK_ROWS];
    if (h->firsts != NULL) {
        const uint16_t *s = at[h->segments[0]];
        for (size_t i = 0; i < n; i++)
            d[i] = h->firsts[s[i]];
        return;
    }
    if (h->words == 1) {
        mask_word(mask, h, at, n);
        for (size_t i = 0; i < n; i++)
            d[i] = mask[i] ? __builtin_ctzll(mask[i]) : none;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        uint64_t found = 0;
        size_t w = 0;
        while (w < h->words &&
               (found = word_of(h, at, i, w) & rules_of(h, w)) == 0)
            w++;
        d[i] = found ? (int32_t)(64 * w) + __builtin_ctzll(found) : none;
    }
}

/* The first rule in each segment of the only column; 0 without memory. */
static int find_firsts(Hit *h, Code *code)
{
    const HitColumn *c = &h->columns[h->live[0]];
    h->firsts = arena_alloc(code->arena, c->n_segments, sizeof *h->firsts);
    for (size_t s = 0; h->firsts != NULL && s < c->n_segments; s++) {
        size_t k = 0;
        while (k < h->n_rules && !hit_has(c, s, k))
            k++;
        h->firsts[s] = (int32_t)k;
    }
    return h->firsts != NULL;
}

static int add_column(Hit *h, Code *code, size_t c, int slot)
{
    if (h->columns[c].is_idle)
        return 1;
    int d = segment_code(code, &h->columns[c], slot);
    h->live[h->n_live] = c;
    h->segments[h->n_live++] = (uint32_t)d;
    return d != SLOT_NONE;
}

Hit *hit_new(Code *code, const int input[], size_t n_columns,
             const Cell cells[], size_t n_rules)
{
    Arena *a = code->arena;
    Hit *h = arena_alloc(a, 1, sizeof *h);
    if (h == NULL)
        return NULL;
    *h = (Hit){.n_rules = n_rules,
               .words = (n_rules + 63) / 64,
               .n_columns = n_columns};
    h->columns = arena_alloc(a, n_columns, sizeof *h->columns);
    h->live = arena_alloc(a, n_columns, sizeof *h->live);
    h->segments = arena_alloc(a, n_columns, sizeof *h->segments);
    if (h->columns == NULL || h->live == NULL || h->segments == NULL ||
        code->failed)
        return NULL;
    for (size_t c = 0; c < n_columns; c++) {
        int slot = input[c];
        const Slot *s = &code->slots[slot];
        if (s->rep == REP_WHOLE &&
            !column_is_whole(cells + c, n_rules, n_columns, s->scale))
            slot = convert_number(code, slot);
        if (code->failed)
            return NULL;
        h->columns[c].rep = code->slots[slot].rep;
        h->columns[c].scale = code->slots[slot].scale;
        h->columns[c].words = h->words;
        if (!column_build(&h->columns[c], a, cells + c, n_rules, n_columns) ||
            !add_column(h, code, c, slot))
            return NULL;
    }
    if (h->n_live == 1 && !find_firsts(h, code))
        return NULL;
    return code->failed ? NULL : h;
}

int hit_first(Code *code, const Hit *hit)
{
    int d = code_slot(code, REP_INDEX, 1, 1);
    code_append(code, run_first, d, SLOT_NONE, hit);
    return code->failed ? SLOT_NONE : d;
}

int hit_mask(Code *code, const Hit *hit)
{
    int d = code_slot(code, REP_MASK, 1, hit->words);
    code_append(code, run_mask, d, SLOT_NONE, hit);
    return code->failed ? SLOT_NONE : d;
}
