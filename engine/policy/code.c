#include "policy/code.h"

#include "data/table.h"

#include <string.h>

size_t rep_bytes(const Slot *slot)
{
    static const size_t bytes[] = {
        [REP_NUMBER] = sizeof(Number), [REP_WHOLE] = sizeof(int64_t),
        [REP_TRUTH] = sizeof(Truth),   [REP_TEXT] = sizeof(const char *),
        [REP_INDEX] = sizeof(int32_t), [REP_SEGMENT] = sizeof(uint16_t),
        [REP_MASK] = sizeof(uint64_t)};
    return bytes[slot->rep] * (slot->rep == REP_MASK ? slot->words : 1);
}

static int out_of_memory(Code *c)
{
    c->failed = 1;
    return SLOT_NONE;
}

static int new_slot(Code *c, Slot slot)
{
    Slot *slots = arena_grow(c->arena, c->slots, &c->slot_capacity, c->n_slots,
                             sizeof *slots);
    if (slots == NULL)
        return out_of_memory(c);
    c->slots = slots;
    slot.as_number = SLOT_NONE;
    slots[c->n_slots] = slot;
    return (int)c->n_slots++;
}

/* A buffer of that many bytes a row: a free one, or a new one. */
static int take_buffer(Code *c, size_t bytes, uint32_t *out)
{
    for (size_t i = 0; i < c->n_buffers; i++)
        if (c->is_free[i] && c->buffers[i] == bytes) {
            c->is_free[i] = 0;
            *out = (uint32_t)i;
            return 1;
        }
    size_t *buffers = arena_grow(c->arena, c->buffers, &c->buffer_capacity,
                                 c->n_buffers, sizeof *buffers);
    unsigned char *is_free =
        arena_grow(c->arena, c->is_free, &c->free_capacity, c->n_buffers, 1);
    if (buffers == NULL || is_free == NULL)
        return 0;
    c->buffers = buffers;
    c->is_free = is_free;
    buffers[c->n_buffers] = bytes;
    is_free[c->n_buffers] = 0;
    *out = (uint32_t)c->n_buffers++;
    return 1;
}

int code_part(Code *c, Rep rep, int64_t scale, size_t words, int is_part)
{
    Slot s = {.rep = rep, .scale = scale, .words = words, .is_part = is_part};
    if (!take_buffer(c, rep_bytes(&s), &s.buffer))
        return out_of_memory(c);
    return new_slot(c, s);
}

int code_slot(Code *c, Rep rep, int64_t scale, size_t words)
{
    return code_part(c, rep, scale, words, 0);
}

int code_constant_of(Code *c, Rep rep, int64_t scale, const void *value)
{
    Slot s = {.rep = rep, .scale = scale, .words = 1};
    size_t bytes = rep_bytes(&s);
    s.value = arena_alloc(c->arena, 1, bytes);
    if (s.value == NULL)
        return out_of_memory(c);
    memcpy(s.value, value, bytes);
    return new_slot(c, s);
}

int code_number(Code *c, Number value)
{
    return code_constant_of(c, REP_NUMBER, 1, &value);
}

int code_whole(Code *c, int64_t value, int64_t scale)
{
    return code_constant_of(c, REP_WHOLE, scale, &value);
}

int code_text(Code *c, const char *interned)
{
    return code_constant_of(c, REP_TEXT, 1, &interned);
}

int code_is_constant(const Code *c, int slot)
{
    return c->slots[slot].value != NULL;
}

Number code_constant(const Code *c, int slot)
{
    const Slot *s = &c->slots[slot];
    if (s->rep == REP_NUMBER)
        return *(const Number *)s->value;
    int64_t v = *(const int64_t *)s->value;
    return v == NULL_INT ? NUMBER_NULL : number_scaled(v, s->scale);
}

static void release(Code *c, int slot)
{
    if (slot >= 0 && c->slots[slot].is_part && c->slots[slot].value == NULL)
        c->is_free[c->slots[slot].buffer] = 1;
}

static int is_fixed(const Code *c, int slot)
{
    return slot < 0 || c->slots[slot].value != NULL;
}

/* Run an operator over constants: its result becomes one. */
static int fold(Code *c, Op *op)
{
    void *at[4] = {NULL};
    Slot *d = &c->slots[op->d];
    uint32_t *operands[] = {&op->a, &op->b, &op->c};
    d->value = arena_alloc(c->arena, 1, rep_bytes(d));
    if (d->value == NULL)
        return out_of_memory(c);
    c->is_free[d->buffer] = 1;
    at[0] = d->value;
    int slot = (int)op->d;
    for (uint32_t i = 0; i < 3; i++) {
        if (*operands[i] != (uint32_t)SLOT_NONE)
            at[i + 1] = c->slots[*operands[i]].value;
        *operands[i] = i + 1;
    }
    op->d = 0;
    op->fn(op, at, 1);
    return slot;
}

static int append(Code *c, Op op)
{
    Op *ops =
        arena_grow(c->arena, c->ops, &c->op_capacity, c->n_ops, sizeof *ops);
    if (ops == NULL)
        return out_of_memory(c);
    c->ops = ops;
    ops[c->n_ops++] = op;
    return (int)op.d;
}

void code_append(Code *c, OpFn fn, int d, int a, const void *aux)
{
    Op op = {fn, (uint32_t)d, (uint32_t)a, 0, 0, {!is_fixed(c, a), 0, 0},
             0,  aux};
    if (!c->failed && d >= 0)
        append(c, op);
}

int code_op(Code *c, OpFn fn, int d, int a, int b, int k, const void *aux)
{
    Op op = {fn,          (uint32_t)d,
             (uint32_t)a, (uint32_t)b,
             (uint32_t)k, {!is_fixed(c, a), !is_fixed(c, b), !is_fixed(c, k)},
             0,           aux};
    if (c->failed || d < 0)
        return SLOT_NONE;
    if (is_fixed(c, a) && is_fixed(c, b) && is_fixed(c, k))
        return fold(c, &op);
    append(c, op);
    release(c, a);
    release(c, b);
    release(c, k);
    return d;
}

void **code_frame(const Code *c, Arena *arena, size_t rows)
{
    void **at = arena_alloc(arena, c->n_slots + 1, sizeof *at);
    void **buffers = arena_alloc(arena, c->n_buffers + 1, sizeof *buffers);
    if (at == NULL || buffers == NULL)
        return NULL;
    for (size_t i = 0; i < c->n_buffers; i++) {
        buffers[i] = arena_alloc64(arena, rows, c->buffers[i]);
        if (buffers[i] == NULL)
            return NULL;
    }
    for (size_t i = 0; i < c->n_slots; i++)
        at[i] =
            c->slots[i].value ? c->slots[i].value : buffers[c->slots[i].buffer];
    return at;
}

void code_run(const Code *c, void *const at[], size_t rows)
{
    for (size_t i = 0; i < c->n_ops; i++)
        c->ops[i].fn(&c->ops[i], at, rows);
}

void code_run_lean(const Code *c, void *const at[], size_t rows)
{
    for (size_t i = 0; i < c->n_ops; i++)
        if (!c->ops[i].is_spare)
            c->ops[i].fn(&c->ops[i], at, rows);
}
