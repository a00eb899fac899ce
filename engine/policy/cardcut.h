/* cardcut.h - the bands of one ladder of a scorecard as stretches of values
 * that do not overlap. */
#ifndef POLICY_CARDCUT_H
#define POLICY_CARDCUT_H

#include "policy/scorecard.h"

/* Values are told as people write them: money in yuan, a ratio as a fraction of
 * one, a date in days since 1970-01-01.  Each break is a double, nearest to the
 * break; values rounded to doubles lie on the same side of it. */
typedef enum { CARD_NUMBER, CARD_DATE, CARD_TRUTH, CARD_WORD } CardKind;

typedef struct {
    const char *name;
    CardKind kind;
    Unit unit;
    const char *fact; /* the expression behind the name; NULL: an input */
} CardInput;

typedef enum {
    BAND_MISSING,
    BAND_RANGE, /* CARD_NUMBER, CARD_DATE: from `low` to `high` */
    BAND_TRUTH, /* the truth `low` */
    BAND_WORDS, /* any of `words` */
    BAND_OTHER  /* a word that no band of the ladder names */
} BandKind;

typedef struct {
    BandKind kind;
    int has_low, has_high, low_open, high_open;
    double low, high;
    const char *const *words; /* [n_words] */
    size_t n_words;
    int has_points; /* else these values make the score null */
    int64_t points; /* parts */
} CardBand;

/* One way to earn the points of an attribute. */
typedef struct {
    const CardInput *input;
    CardBand *bands; /* [n] missing first, then rising, or words, the others */
    size_t n;
} CardWay;

/*
 * Fill the bands of `way`, whose input has its unit, from the segments of the
 * ladder's compiled column: neighbours that the same band holds are one.
 * symbol  of the input; values beyond its least and most are missing.
 * parts   how many make a point.
 * ERR_RULE when doubles do not keep a break's neighbours apart; ERR_MEMORY.
 */
MUST_USE ErrCode cardcut_bands(CardWay *way, Arena *arena, const Ladder *ladder,
                               const Symbol *symbol, int64_t parts, Err *err);

#endif
