#include "policy/pattern.h"

#include "policy/constraint.h"
#include "policy/decision.h"
#include "policy/line.h"
#include "policy/scorecard.h"
#include "policy/way.h"

#include <string.h>

typedef struct {
    uint64_t hash;
    const uint16_t *key; /* NULL: free */
    Pattern pattern;
} Entry;

struct Patterns {
    Arena *arena;
    Texts *texts;
    const Program *program;
    Way way;
    uint16_t *keys; /* [BLOCK_ROWS * way.words] */
    Entry *entries; /* [capacity], a power of 2 */
    size_t n, capacity;
    const Pattern **numbered; /* [way.cells] once there are rows, or NULL */
};

static int set_capacity(Patterns *p, size_t capacity)
{
    Entry *old = p->entries;
    size_t n = p->capacity;
    p->entries = arena_alloc(p->arena, capacity, sizeof *p->entries);
    if (p->entries == NULL) {
        p->entries = old;
        return 0;
    }
    p->capacity = capacity;
    for (size_t i = 0; i < n; i++) {
        if (old[i].key == NULL)
            continue;
        size_t at = old[i].hash & (capacity - 1);
        while (p->entries[at].key != NULL)
            at = (at + 1) & (capacity - 1);
        p->entries[at] = old[i];
    }
    return 1;
}

Patterns *patterns_new(Arena *arena, Texts *texts, const Program *program)
{
    Patterns *p = arena_alloc(arena, 1, sizeof *p);
    if (p == NULL)
        return NULL;
    *p = (Patterns){.arena = arena, .texts = texts, .program = program};
    int good = way_init(&p->way, arena, program);
    p->keys =
        arena_alloc(arena, BLOCK_ROWS * (p->way.words + 1), sizeof *p->keys);
    return good && p->keys != NULL && set_capacity(p, 64) ? p : NULL;
}

/* The best of an attribute's ways, where its parts begin at `part`. */
static Number best_points(const Part *part, const uint16_t key[], size_t *way)
{
    Number best = NUMBER_NULL;
    const Attribute *a = part->attribute;
    *way = 0;
    for (size_t j = 0; j < a->n; j++) {
        Number v = a->ladders[j].points[key[j]];
        if (v.den >= 0 && (best.den < 0 || number_compare(v, best) > 0)) {
            best = v;
            *way = j;
        }
    }
    return best;
}

typedef struct {
    const char *id;
    Number lost;
} Loss;

/* Attributes that lost points, the greatest loss first, then by their order. */
static size_t find_losses(const Patterns *p, const uint16_t key[], Loss out[],
                          size_t most)
{
    size_t n = 0, way, at = 0;
    for (size_t i = 0; i < p->way.n_parts; i++) {
        const Part *part = &p->way.parts[i];
        if (part->kind == PART_BAND && part->first == 0 && n < most) {
            Number got = best_points(part, key + at, &way);
            Number lost = number_subtract(part->attribute->most, got);
            size_t j = n;
            if (lost.den >= 0 && number_compare(lost, number_int(0)) > 0) {
                for (; j > 0 && number_compare(out[j - 1].lost, lost) < 0; j--)
                    out[j] = out[j - 1];
                out[j] = (Loss){part->attribute->id, lost};
                n++;
            }
        }
        at += way_words(part);
    }
    return n;
}

static void put_reasons(Line *l, const Patterns *p, const uint16_t key[])
{
    enum { LOSSES = 64 };
    Loss losses[LOSSES];
    for (size_t i = 0; i < p->program->n_rows; i++)
        if ((key[i / 8] >> 2 * (i % 8) & 3) == IS_FALSE)
            line_item(l, ";", p->program->rows[i]->id);
    size_t n = find_losses(p, key, losses, LOSSES);
    for (size_t i = 0; i < n; i++)
        line_item(l, ";", losses[i].id);
}

static void put_missing(Line *l, const Patterns *p, const uint16_t key[])
{
    size_t start = (p->program->n_rows + 7) / 8;
    for (size_t i = 0; i < p->program->n_required; i++)
        if (key[start + i / 16] >> i % 16 & 1)
            line_item(l, ";", p->program->required[i]->name);
}

static void put_row(Line *l, const Grid *g, size_t row)
{
    if (row >= g->n_rules)
        line_put(l, "-");
    else if (g->ids[row] != NULL && doc_get(g->nodes[row], "id") != NULL)
        line_put(l, g->ids[row]);
    else
        line_count(l, row + 1);
}

static void put_band(Line *l, const Part *part, const uint16_t key[])
{
    size_t way;
    const Attribute *a = part->attribute;
    best_points(part, key, &way);
    line_item(l, " ", a->id);
    line_put(l, ":");
    if (a->n > 1) {
        line_count(l, way + 1);
        line_put(l, ".");
    }
    line_count(l,
               key[way] < a->ladders[way].grid->n_rules ? key[way] + 1U : 0U);
}

static void put_mask(Line *l, const Part *part, const uint16_t key[])
{
    const Grid *g = ((const Decision *)part->rule->detail)->grid;
    size_t n = 0;
    line_item(l, " ", part->rule->id);
    for (size_t k = 0; k < g->n_rules; k++) {
        uint64_t word;
        memcpy(&word, key + 4 * (k / 64), sizeof word);
        if (word >> k % 64 & 1) {
            line_put(l, n++ ? "," : ":");
            put_row(l, g, k);
        }
    }
    if (n == 0)
        line_put(l, ":-");
}

static void put_trace(Line *l, const Patterns *p, const uint16_t key[])
{
    for (size_t i = 0; i < p->way.n_parts; i++) {
        const Part *part = &p->way.parts[i];
        if (part->kind == PART_BAND && part->first == 0)
            put_band(l, part, key);
        else if (part->kind == PART_MASK)
            put_mask(l, part, key);
        else if (part->kind == PART_HIT) {
            line_item(l, " ", part->rule->id);
            line_put(l, ":");
            put_row(l, ((const Decision *)part->rule->detail)->grid, *key);
        } else if (part->kind == PART_LIMIT) {
            const Constraint *c = part->rule->detail;
            line_item(l, " ", part->rule->id);
            line_put(l, ":");
            line_put(l, *key < c->n ? c->limits[*key].id : "-");
        }
        key += way_words(part);
    }
}

static int keep(Patterns *p, const char **out, const Line *l)
{
    *out = NULL;
    if (l->n == 0)
        return 1;
    *out = texts_put(p->texts, l->bytes, l->n);
    return *out != NULL;
}

static Truth verdict(const Program *p, const uint16_t key[])
{
    Truth all = IS_TRUE;
    for (size_t i = 0; i < p->n_rows; i++) {
        Truth one = (Truth)(key[i / 8] >> 2 * (i % 8) & 3);
        all = one < all ? one : all;
    }
    return all;
}

static int make(Patterns *p, Pattern *out, const uint16_t key[])
{
    Line line = {.n = 0};
    out->eligible = verdict(p->program, key);
    put_reasons(&line, p, key);
    if (!keep(p, &out->reasons, &line))
        return 0;
    line.n = 0;
    put_missing(&line, p, key);
    if (!keep(p, &out->missing, &line))
        return 0;
    line.n = 0;
    put_trace(&line, p, key);
    return keep(p, &out->trace, &line);
}

static uint64_t hash_of(const uint16_t key[], size_t n)
{
    uint64_t h = UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = 0; i < n; i++)
        h = (h ^ key[i]) * UINT64_C(0xD6E8FEB86659FD93);
    return h ^ h >> 32;
}

/* Keys are short: a call of memcmp() takes longer. */
static int same_key(const uint16_t a[], const uint16_t b[], size_t n)
{
    uint16_t differ = 0;
    for (size_t i = 0; i < n; i++)
        differ |= a[i] ^ b[i];
    return differ == 0;
}

/* NULL without memory. */
static const Pattern *pattern_of(Patterns *p, size_t row)
{
    const uint16_t *key = p->keys + row * p->way.words;
    size_t bytes = p->way.words * sizeof *key;
    if (2 * p->n >= p->capacity && !set_capacity(p, 2 * p->capacity))
        return NULL;
    uint64_t hash = hash_of(key, p->way.words);
    size_t at = hash & (p->capacity - 1);
    for (; p->entries[at].key != NULL; at = (at + 1) & (p->capacity - 1))
        if (p->entries[at].hash == hash &&
            same_key(p->entries[at].key, key, p->way.words))
            return &p->entries[at].pattern;
    uint16_t *kept = arena_alloc(p->arena, p->way.words + 1, sizeof *kept);
    Entry entry = {.hash = hash, .key = kept};
    if (kept == NULL || !make(p, &entry.pattern, key))
        return NULL;
    memcpy(kept, key, bytes);
    p->entries[at] = entry;
    p->n++;
    return &p->entries[at].pattern;
}

/* The few ways of a small program have numbers; the key is only made for one
 * that is new. */
static int find_numbered(const Pattern *of[], Patterns *p, void *const at[],
                         size_t n)
{
    uint32_t number[BLOCK_ROWS];
    int has_keys = 0;
    way_number(number, &p->way, at, n);
    for (size_t i = 0; i < n; i++) {
        const Pattern **known = &p->numbered[number[i]];
        if (*known == NULL) {
            if (!has_keys)
                way_fill(p->keys, &p->way, at, n);
            has_keys = 1;
            *known = pattern_of(p, i);
            if (*known == NULL)
                return 0;
        }
        of[i] = *known;
    }
    return 1;
}

int patterns_find(const Pattern *of[], Patterns *p, void *const at[], size_t n)
{
    if (p->numbered == NULL && p->way.cells > 0 && n > 1) {
        p->numbered = arena_alloc(p->arena, p->way.cells, sizeof *p->numbered);
        if (p->numbered == NULL)
            return 0;
    }
    if (p->numbered != NULL)
        return find_numbered(of, p, at, n);
    way_fill(p->keys, &p->way, at, n);
    for (size_t i = 0; i < n; i++)
        if ((of[i] = pattern_of(p, i)) == NULL)
            return 0;
    return 1;
}
