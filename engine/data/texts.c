#include "data/texts.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *text; /* NULL: a free slot */
    uint32_t hash, n;
} Slot;

/* Open addressing, linear probing, at most two thirds full.  Where a text
 * belongs is told by the low bits of its hash, so that growing copies slots in
 * almost the order they have. */
struct Texts {
    Arena *arena;
    Slot *slots;
    size_t mask, used; /* mask + 1 slots, a power of two */
    char *room;        /* where short texts are packed without padding */
    size_t room_left;
    int is_shared;
    pthread_mutex_t turn; /* held by whoever looks at the slots then */
};

#ifdef ARENA_PASSTHROUGH /* sanitizers then see every text by itself */
enum { ROOM = 0 };
#else
enum { ROOM = 32 * 1024 };
#endif
enum { FIRST_SLOTS = 256 };

Texts *texts_new(Arena *arena)
{
    Texts *t = arena_alloc(arena, 1, sizeof *t);
    Slot *slots = arena_alloc(arena, FIRST_SLOTS, sizeof *slots);
    if (t == NULL || slots == NULL)
        return NULL;
    *t = (Texts){.arena = arena,
                 .slots = slots,
                 .mask = FIRST_SLOTS - 1,
                 .turn = PTHREAD_MUTEX_INITIALIZER};
    return t;
}

/* Both halves of a 128-bit product, folded: every bit of it depends on every
 * bit of the factors.  The odd constants are digits of the golden ratio and of
 * the square root of 2. */
static uint64_t mix(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 Wide;
    Wide product = (Wide)(a ^ UINT64_C(0x9E3779B97F4A7C15)) *
                   (b ^ UINT64_C(0x6A09E667F3BCC909));
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint32_t hash_of(const char *bytes, size_t n)
{
    uint64_t h = n, a, b;
    for (; n > 16; n -= 16, bytes += 16) {
        memcpy(&a, bytes, 8);
        memcpy(&b, bytes + 8, 8);
        h = mix(a ^ h, b);
    }
    a = b = 0;
    if (n >= 8) {
        memcpy(&a, bytes, 8);
        memcpy(&b, bytes + n - 8, 8);
    } else if (n >= 4) {
        uint32_t low, high;
        memcpy(&low, bytes, 4);
        memcpy(&high, bytes + n - 4, 4);
        a = low;
        b = high;
    } else if (n > 0) {
        a = (uint64_t)(unsigned char)bytes[0] << 16 |
            (uint64_t)(unsigned char)bytes[n / 2] << 8 |
            (unsigned char)bytes[n - 1];
    }
    h = mix(a ^ h, b);
    return (uint32_t)(h ^ h >> 32);
}

/* The slot that holds the text, or the free one where it belongs. */
static Slot *slot_of(const Texts *t, uint32_t hash, const char *bytes, size_t n)
{
    size_t i = hash & t->mask;
    for (;; i = (i + 1) & t->mask) {
        Slot *s = &t->slots[i];
        if (s->text == NULL ||
            (s->hash == hash && s->n == n && memcmp(s->text, bytes, n) == 0))
            return s;
    }
}

/* Twice the slots; 0 when out of memory, the table is then as before. */
static int grow(Texts *t)
{
    size_t count = (t->mask + 1) * 2;
    Slot *slots = arena_alloc(t->arena, count, sizeof *slots);
    if (slots == NULL)
        return 0;
    for (size_t i = 0; i <= t->mask; i++) {
        if (t->slots[i].text == NULL)
            continue;
        size_t j = t->slots[i].hash & (count - 1);
        while (slots[j].text != NULL)
            j = (j + 1) & (count - 1);
        slots[j] = t->slots[i];
    }
    arena_forget(t->slots, t->mask + 1, sizeof *slots);
    t->slots = slots;
    t->mask = count - 1;
    return 1;
}

static const char *keep(Texts *t, const char *bytes, size_t n)
{
    char *copy;
    if (n + 1 > t->room_left && n + 1 <= ROOM / 16) {
        t->room_left = 0;
        if ((t->room = arena_alloc(t->arena, ROOM, 1)) == NULL)
            return NULL;
        t->room_left = ROOM;
    }
    if (n + 1 > t->room_left) {
        copy = arena_alloc(t->arena, n + 1, 1);
    } else {
        copy = t->room;
        t->room += n + 1;
        t->room_left -= n + 1;
    }
    if (copy != NULL && n > 0)
        memcpy(copy, bytes, n); /* the zero behind it is the arena's */
    return copy;
}

static const char *put(Texts *t, const char *bytes, size_t n)
{
    uint32_t hash = hash_of(bytes, n);
    Slot *s = slot_of(t, hash, bytes, n);
    if (s->text != NULL)
        return s->text;
    if (n >= UINT32_MAX)
        return NULL;
    if (t->used > t->mask / 3 * 2) {
        if (!grow(t))
            return NULL;
        s = slot_of(t, hash, bytes, n);
    }
    const char *text = keep(t, bytes, n);
    if (text == NULL)
        return NULL;
    *s = (Slot){text, hash, (uint32_t)n};
    t->used++;
    return text;
}

const char *texts_put(Texts *t, const char *bytes, size_t n)
{
    if (!t->is_shared)
        return put(t, bytes, n);
    pthread_mutex_lock(&t->turn);
    const char *text = put(t, bytes, n);
    pthread_mutex_unlock(&t->turn);
    return text;
}

void texts_expect(Texts *t, const char *bytes, size_t n)
{
    __builtin_prefetch(&t->slots[hash_of(bytes, n) & t->mask]);
}

static int put_all(const char *out[], Texts *t, const Slice items[], size_t n)
{
    enum { AHEAD = 16 }; /* places are fetched while others are filled */
    int good = 1;
    for (size_t i = 0; i < n; i++) {
        const Slice *s = &items[i];
        if (i + AHEAD < n)
            texts_expect(t, s[AHEAD].bytes, s[AHEAD].n);
        out[i] = s->n == 0 ? NULL : put(t, s->bytes, s->n);
        good &= s->n == 0 || out[i] != NULL;
    }
    return good;
}

int texts_put_all(const char *out[], Texts *t, const Slice items[], size_t n)
{
    if (!t->is_shared)
        return put_all(out, t, items, n);
    pthread_mutex_lock(&t->turn);
    int good = put_all(out, t, items, n);
    pthread_mutex_unlock(&t->turn);
    return good;
}

const char *texts_find(Texts *t, const char *bytes, size_t n)
{
    if (!t->is_shared)
        return slot_of(t, hash_of(bytes, n), bytes, n)->text;
    pthread_mutex_lock(&t->turn);
    const char *text = slot_of(t, hash_of(bytes, n), bytes, n)->text;
    pthread_mutex_unlock(&t->turn);
    return text;
}

void texts_share(Texts *t, int is_shared)
{
    t->is_shared = is_shared;
}
