#include "policy/pick.h"

#include "data/table.h"

#include <string.h>

typedef struct {
    size_t n, words;
    PickAll how;
    int index;      /* pick_least: its slot */
    uint32_t *slot; /* [n] */
    uint8_t *step;  /* [n]: 0 for constants */
} Picked;

static Picked *picked(Code *code, const int of[], size_t n)
{
    Picked *p = arena_alloc(code->arena, 1, sizeof *p);
    uint32_t *slot = arena_alloc(code->arena, n + 1, sizeof *slot);
    uint8_t *step = arena_alloc(code->arena, n + 1, sizeof *step);
    if (p == NULL || slot == NULL || step == NULL) {
        code->failed = 1;
        return NULL;
    }
    *p = (Picked){.n = n, .slot = slot, .step = step};
    for (size_t i = 0; i < n; i++) {
        slot[i] = (uint32_t)of[i];
        step[i] = !code_is_constant(code, of[i]);
    }
    return p;
}

#define VALUE(Type, k, i)                                                      \
    (((const Type *)at[p->slot[k]])[(i) * (size_t)p->step[k]])

#define PICK(name, Type)                                                       \
    static void name(const Op *o, void *const at[], size_t n)                  \
    {                                                                          \
        const Picked *p = o->aux;                                              \
        const int32_t *index = at[o->a];                                       \
        Type *d = at[o->d];                                                    \
        for (size_t i = 0; i < n; i++)                                         \
            d[i] = VALUE(Type, index[i], i);                                   \
    }

/* From constants side by side. */
#define GATHER(name, Type)                                                     \
    static void name(const Op *o, void *const at[], size_t n)                  \
    {                                                                          \
        const Type *of = o->aux;                                               \
        const int32_t *index = at[o->a];                                       \
        Type *d = at[o->d];                                                    \
        for (size_t i = 0; i < n; i++)                                         \
            d[i] = of[index[i]];                                               \
    }

typedef const char *Words;
PICK(pick_n, Number)
PICK(pick_i, int64_t)
PICK(pick_b, Truth)
PICK(pick_t, Words)
GATHER(gather_n, Number)
GATHER(gather_i, int64_t)
GATHER(gather_b, Truth)
GATHER(gather_t, Words)

static int all_constant(const Code *code, const int of[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!code_is_constant(code, of[i]))
            return 0;
    return 1;
}

/* of[n] side by side, as many bytes each as their representation has. */
static int gather_from(Code *code, int index, const void *of, size_t n,
                       Slot like)
{
    static const OpFn functions[] = {[REP_NUMBER] = gather_n,
                                     [REP_WHOLE] = gather_i,
                                     [REP_TRUTH] = gather_b,
                                     [REP_TEXT] = gather_t};
    int d = code_slot(code, like.rep, like.scale, 1);
    code_append(code, functions[like.rep], d, index, of);
    if (code->failed)
        return SLOT_NONE;
    Slot *s = &code->slots[d];
    s->of = of;
    s->index = index;
    s->n_of = n;
    s->op = code->n_ops - 1;
    return d;
}

static int gather_value(Code *code, int index, const int of[], size_t n)
{
    Slot like = code->slots[of[0]];
    size_t bytes = rep_bytes(&like);
    char *kept = arena_alloc(code->arena, n, bytes);
    if (kept == NULL) {
        code->failed = 1;
        return SLOT_NONE;
    }
    for (size_t i = 0; i < n; i++)
        memcpy(kept + i * bytes, code->slots[of[i]].value, bytes);
    return gather_from(code, index, kept, n, like);
}

int pick_value(Code *code, int index, const int of[], size_t n)
{
    static const OpFn functions[] = {[REP_NUMBER] = pick_n,
                                     [REP_WHOLE] = pick_i,
                                     [REP_TRUTH] = pick_b,
                                     [REP_TEXT] = pick_t};
    if (!code->failed && all_constant(code, of, n))
        return gather_value(code, index, of, n);
    const Picked *p = code->failed ? NULL : picked(code, of, n);
    if (p == NULL)
        return SLOT_NONE;
    Slot like = code->slots[of[0]];
    int d = code_slot(code, like.rep, like.scale, 1);
    code_append(code, functions[like.rep], d, index, p);
    return code->failed ? SLOT_NONE : d;
}

int pick_number(Code *code, int index, const Number of[], size_t n)
{
    Number *kept = arena_alloc(code->arena, n + 1, sizeof *kept);
    if (kept == NULL) {
        code->failed = 1;
        return SLOT_NONE;
    }
    memcpy(kept, of, n * sizeof *of);
    return gather_from(code, index, kept, n,
                       (Slot){.rep = REP_NUMBER, .scale = 1});
}

static void greater(const Op *o, void *const at[], size_t n)
{
    const Number *a = at[o->a], *b = at[o->b];
    Number *d = at[o->d];
    for (size_t i = 0; i < n; i++)
        d[i] = b[i].den < 0   ? a[i]
               : a[i].den < 0 ? b[i]
                              : number_greater(a[i], b[i]);
}

int pick_greater(Code *code, int a, int b)
{
    int d = code_slot(code, REP_NUMBER, 1, 1);
    return code_op(code, greater, d, a, b, SLOT_NONE, NULL);
}

static void least(const Op *o, void *const at[], size_t n)
{
    const Picked *p = o->aux;
    int64_t *d = at[o->d];
    int32_t *index = at[p->index];
    for (size_t i = 0; i < n; i++) {
        d[i] = NULL_INT;
        index[i] = (int32_t)p->n;
    }
    for (size_t k = 0; k < p->n; k++)
        for (size_t i = 0; i < n; i++) {
            int64_t v = VALUE(int64_t, k, i);
            int is_less = v != NULL_INT && (d[i] == NULL_INT || v < d[i]);
            d[i] = is_less ? v : d[i];
            index[i] = is_less ? (int32_t)k : index[i];
        }
}

void pick_least(Code *code, int *value, int *index, const int of[], size_t n)
{
    Picked *p = picked(code, of, n);
    *index = code_slot(code, REP_INDEX, 1, 1);
    if (p == NULL || code->failed)
        return;
    p->index = *index;
    *value = code_slot(code, REP_WHOLE, code->slots[of[0]].scale, 1);
    code_append(code, least, *value, SLOT_NONE, p);
}

static Number total(const Picked *p, Number sum, Number v)
{
    if (v.den < 0 || sum.den < 0)
        return v.den < 0 ? sum : v;
    if (p->how == PICK_SUM)
        return number_add(sum, v);
    return p->how == PICK_MIN ? number_lesser(sum, v) : number_greater(sum, v);
}

static void all(const Op *o, void *const at[], size_t n)
{
    const Picked *p = o->aux;
    const uint64_t *mask = at[o->a];
    Number *d = at[o->d];
    for (size_t i = 0; i < n; i++) {
        d[i] = p->how == PICK_COUNT ? number_int(0) : NUMBER_NULL;
        for (size_t w = 0; w < p->words; w++)
            for (uint64_t m = mask[i * p->words + w]; m != 0; m &= m - 1) {
                size_t k = 64 * w + (size_t)__builtin_ctzll(m);
                d[i] = p->how == PICK_COUNT /* of words too */
                           ? number_add(d[i], number_int(1))
                           : total(p, d[i], VALUE(Number, k, i));
            }
    }
}

int pick_all(Code *code, int mask, PickAll how, const int of[], size_t n)
{
    Picked *p = code->failed ? NULL : picked(code, of, n);
    if (p == NULL)
        return SLOT_NONE;
    p->how = how;
    p->words = code->slots[mask].words;
    int d = code_slot(code, REP_NUMBER, 1, 1);
    code_append(code, all, d, mask, p);
    return code->failed ? SLOT_NONE : d;
}
