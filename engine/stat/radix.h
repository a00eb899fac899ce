/* radix.h - sorting whole numbers in time linear in their count. */
#ifndef STAT_RADIX_H
#define STAT_RADIX_H

#include <stddef.h>
#include <stdint.h>

/* Sort x[n] rising.  `work` [n] is scratch.  Cost: at most six passes over
 * digits of 11 bits; passes in which all numbers agree are left out. */
void radix_sort(int64_t x[], int64_t work[], size_t n);

/* The same, and y[n] goes with x; equal numbers stay in their order.
 * `work` and `with` [n] are scratch. */
void radix_sort_with(int64_t x[], double y[], int64_t work[], double with[],
                     size_t n);

#endif
