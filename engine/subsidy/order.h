/* order.h - rows in line: by date and id, by score, by lot. */
#ifndef SUBSIDY_ORDER_H
#define SUBSIDY_ORDER_H

#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

/* A row and what it is sorted by. */
typedef struct {
    uint64_t key;
    uint32_t row;
} OrderItem;

/*
 * Sort items[n] by key; equal keys keep their order.
 * Returns items or spare, whichever holds the result.
 * spare  [n]
 * Cost   a pass for each byte in which keys differ.
 */
OrderItem *order_sort(OrderItem items[], OrderItem spare[], size_t n);

/* Sort items[n] by text[row] byte by byte, NULL first; equal texts keep their
 * order.  The keys are overwritten.  As order_sort(). */
OrderItem *order_texts(OrderItem items[], OrderItem spare[],
                       const char *const text[], size_t n);

/* A key that rises with `value`; NaN comes last. */
uint64_t order_real(double value);

/* A key drawn from a seed and an id: the lot of that claim. */
uint64_t order_lot(uint64_t seed, const char *id);

/* A key that rises with a signed number. */
static inline uint64_t order_signed(int64_t value)
{
    return (uint64_t)value ^ UINT64_C(1) << 63;
}

#endif
