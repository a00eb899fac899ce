/* text.h - UTF-8 text that others gave us. */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

/* Bytes of the longest start of `text` that has at most `max` bytes and does
 * not end inside a character.  Bytes that are not UTF-8 count one by one. */
size_t text_clip(const char *text, size_t max);

/* Two arguments for "%.*s": a stranger's text, short enough for a message. */
#define TEXT_SHORT(text) (int)text_clip((text), 40), (text)

/* Offset of the first byte of bytes[n] that is not UTF-8 (no overlong forms,
 * surrogates or numbers beyond 10FFFF); n when all are. */
size_t text_valid(const char *bytes, size_t n);

/* The first character of bytes[n], n > 0: its number, or the byte itself where
 * that is not UTF-8.  *width gets its bytes, >= 1. */
uint32_t text_char(size_t *width, const char *bytes, size_t n);

/* Characters of bytes[n]; a byte that is not UTF-8 counts as one. */
size_t text_count(const char *bytes, size_t n);

/* How often the byte stands in bytes[n]. */
size_t text_occurs(const char *bytes, size_t n, char byte);

/* A slice of somebody's text: no NUL at its end. */
typedef struct {
    const char *bytes;
    size_t n;
} Slice;

Slice slice_of(const char *text);
Slice slice_trim(Slice s); /* without ASCII and full-width spaces at the ends */
int slice_is(Slice s, const char *text);

/* A NUL-ended copy; NULL when out of memory. */
char *text_copy(Arena *arena, const char *bytes, size_t n);

/* printf into the arena; NULL when out of memory. */
char *text_format(Arena *arena, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Of names[n] the nearest to `name` by edits (Damerau-Levenshtein, at most a
 * third of its length, upper and lower case alike), for "did you mean"; NULL
 * when none is near.  Names longer than 64 characters are near nothing. */
const char *text_nearest(const char *name, const char *const names[], size_t n);

/* Bytes of the sign that bytes[n] begins with, when it is one of those that
 * look like a sign of ASCII and are none: full-width forms, CJK brackets and
 * stops, curled quotes, comparisons; 0 for anything else. */
size_t text_sign(const char *bytes, size_t n);

/* Columns that the text takes on a terminal: East Asian wide counts two. */
size_t text_width(const char *text);

#endif
