/* number.h - the decimal number that a cell's text starts with.
 *
 * An optional sign, digits with or without thousands (1,234,567), decimals;
 * full-width digits and marks count as the ASCII ones.
 */
#ifndef DATA_NUMBER_H
#define DATA_NUMBER_H

#include "core/text.h"

#include <stdint.h>

enum {
    NUMBER_BYTES = 64, /* of a text with full-width marks; longer are refused */
    NUMBER_DIGITS = 18 /* that an int64_t holds whatever they are */
};

/* digits * 10^-places; `rest` is what follows them. */
typedef struct {
    int64_t digits; /* 0 or more */
    int places;
    int negative;
    int full;      /* no more digits fit */
    int next;      /* the first that did not */
    int cut;       /* one of them was not 0, */
    int whole_cut; /* or stood before the point: a huge number */
    Slice rest;
} Number;

/* 10^0 to 10^NUMBER_DIGITS. */
extern const int64_t number_tens[NUMBER_DIGITS + 1];

/* `text` with full-width marks and digits as ASCII; 0 when it is too long. */
int number_narrow(Slice *out, char room[NUMBER_BYTES], Slice text);

/* Read ASCII text; 0 when no number stands there. */
int number_read(Number *out, Slice text);

/* The same; *text is in `room` afterwards where it has full-width marks. */
int number_find(Number *out, char room[NUMBER_BYTES], Slice *text);

/* Whether what follows the digits is an exponent: "1.2E+15" shortened. */
int number_is_scientific(Slice rest);

#endif
