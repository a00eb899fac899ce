#include "policy/way.h"

#include "policy/constraint.h"
#include "policy/decision.h"

#include <string.h>

static int add(Way *p, Part part, size_t words)
{
    Part *parts = arena_grow(p->arena, p->parts, &p->part_capacity, p->n_parts,
                             sizeof *parts);
    if (parts == NULL)
        return 0;
    p->parts = parts;
    parts[p->n_parts++] = part;
    p->words += words;
    return 1;
}

/* Groups of items that share a word. */
static int add_groups(Way *p, PartKind kind, size_t n, size_t each)
{
    int good = 1;
    for (size_t i = 0; i < n; i += each) {
        size_t some = n - i < each ? n - i : each;
        good &= add(p, (Part){.kind = kind, .first = i, .n = some}, 1);
    }
    return good;
}

static int add_rule(Way *p, const Rule *rule)
{
    int good = 1;
    if (rule->kind == RULE_SCORECARD) {
        const Scorecard *card = rule->detail;
        for (size_t i = 0; i < card->n; i++)
            for (size_t j = 0; j < card->attributes[i].n; j++)
                good &=
                    add(p,
                        (Part){.kind = PART_BAND,
                               .first = j,
                               .rule = rule,
                               .attribute = &card->attributes[i],
                               .slot = card->attributes[i].ladders[j].first},
                        1);
    } else if (rule->kind == RULE_DECISION) {
        const Decision *d = rule->detail;
        if (d->mask == SLOT_NONE)
            return add(
                p, (Part){.kind = PART_HIT, .rule = rule, .slot = d->first}, 1);
        size_t words = d->grid->hit->words;
        return add(
            p,
            (Part){
                .kind = PART_MASK, .n = words, .rule = rule, .slot = d->mask},
            4 * words);
    } else if (rule->kind == RULE_CONSTRAINT) {
        const Constraint *c = rule->detail;
        return add(
            p, (Part){.kind = PART_LIMIT, .rule = rule, .slot = c->index}, 1);
    }
    return good;
}

size_t way_words(const Part *part)
{
    return part->kind == PART_MASK ? 4 * part->n : 1;
}

/* How many values a word of the key has; 0: too many. */
static size_t states(const Part *part)
{
    switch (part->kind) {
    case PART_ROWS:
        return (size_t)1 << 2 * part->n;
    case PART_NULLS:
        return (size_t)1 << part->n;
    case PART_BAND:
        return part->attribute->ladders[part->first].grid->n_rules + 1;
    case PART_HIT:
        return ((const Decision *)part->rule->detail)->grid->n_rules + 1;
    case PART_LIMIT:
        return ((const Constraint *)part->rule->detail)->n + 1;
    default:
        return 0;
    }
}

/* Number the keys where they are few; 0 without memory. */
static int number_keys(Way *p)
{
    p->strides = arena_alloc(p->arena, p->words + 1, sizeof *p->strides);
    if (p->strides == NULL)
        return 0;
    p->cells = 1;
    for (size_t i = 0; i < p->n_parts && p->cells > 0; i++) {
        p->strides[i] = p->cells; /* one word a part: no part is a mask */
        p->cells *= states(&p->parts[i]);
        if (p->cells > WAY_CELLS)
            p->cells = 0;
    }
    return 1;
}

int way_init(Way *p, Arena *arena, const Program *program)
{
    *p = (Way){.arena = arena, .program = program};
    int good = add_groups(p, PART_ROWS, program->n_rows, 8) &&
               add_groups(p, PART_NULLS, program->n_required, 16);
    for (size_t i = 0; i < program->n_rules && good; i++)
        good = add_rule(p, program->rules[i]);
    return good && number_keys(p);
}

static void fill_rows(uint16_t key[], size_t stride, const Part *part,
                      const Program *program, void *const at[], size_t n)
{
    for (size_t k = 0; k < part->n; k++) {
        int slot = program->rows[part->first + k]->slot;
        const Truth *t = at[slot];
        size_t step = !code_is_constant(&program->code, slot);
        for (size_t i = 0; i < n; i++)
            key[i * stride] |= (uint16_t)(t[i * step] << 2 * k);
    }
}

static int is_null_at(const Slot *slot, const void *values, size_t i)
{
    switch (slot->rep) {
    case REP_NUMBER:
        return ((const Number *)values)[i].den < 0;
    case REP_TRUTH:
        return ((const Truth *)values)[i] == IS_NULL;
    case REP_TEXT:
        return ((const char *const *)values)[i] == NULL;
    default:
        return ((const int64_t *)values)[i] == NULL_INT;
    }
}

static void fill_nulls(uint16_t key[], size_t stride, const Part *part,
                       const Program *program, void *const at[], size_t n)
{
    for (size_t k = 0; k < part->n; k++) {
        int slot = program->required[part->first + k]->slot;
        const Slot *s = &program->code.slots[slot];
        for (size_t i = 0; i < n; i++)
            key[i * stride] |= (uint16_t)(is_null_at(s, at[slot], i) << k);
    }
}

static void fill_mask(uint16_t key[], size_t stride, const Part *part,
                      const uint64_t *mask, size_t n)
{
    for (size_t i = 0; i < n; i++)
        memcpy(key + i * stride, mask + i * part->n, part->n * sizeof *mask);
}

static void fill_index(uint16_t key[], size_t stride, const int32_t *index,
                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        key[i * stride] = (uint16_t)index[i];
}

void way_fill(uint16_t key[], const Way *p, void *const at[], size_t n)
{
    memset(key, 0, n * p->words * sizeof *key);
    for (size_t i = 0; i < p->n_parts; i++) {
        const Part *part = &p->parts[i];
        size_t used = 1;
        if (part->kind == PART_ROWS)
            fill_rows(key, p->words, part, p->program, at, n);
        else if (part->kind == PART_NULLS)
            fill_nulls(key, p->words, part, p->program, at, n);
        else if (part->kind != PART_MASK)
            fill_index(key, p->words, at[part->slot], n);
        else {
            fill_mask(key, p->words, part, at[part->slot], n);
            used = 4 * part->n;
        }
        key += used;
    }
}

/* The items of a part that is a group, `bits` of a word each. */
static void number_group(uint32_t at[], const Way *p, const Part *part,
                         size_t stride, void *const frame[], size_t n)
{
    const Program *program = p->program;
    const Code *code = &program->code;
    for (size_t k = 0; k < part->n; k++) {
        size_t item = part->first + k;
        if (part->kind == PART_NULLS) {
            int slot = program->required[item]->slot;
            uint32_t one = (uint32_t)(stride << k);
            for (size_t i = 0; i < n; i++)
                at[i] +=
                    is_null_at(&code->slots[slot], frame[slot], i) ? one : 0;
        } else {
            int slot = program->rows[item]->slot;
            const Truth *t = frame[slot];
            size_t step = !code_is_constant(code, slot);
            uint32_t one = (uint32_t)(stride << 2 * k);
            for (size_t i = 0; i < n; i++)
                at[i] += one * (uint32_t)t[i * step];
        }
    }
}

void way_number(uint32_t at[], const Way *p, void *const frame[], size_t n)
{
    memset(at, 0, n * sizeof *at);
    for (size_t k = 0; k < p->n_parts; k++) {
        const Part *part = &p->parts[k];
        uint32_t stride = (uint32_t)p->strides[k];
        if (part->kind == PART_ROWS || part->kind == PART_NULLS) {
            number_group(at, p, part, stride, frame, n);
            continue;
        }
        const int32_t *index = frame[part->slot];
        for (size_t i = 0; i < n; i++)
            at[i] += stride * (uint32_t)index[i];
    }
}
