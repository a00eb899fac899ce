/* ids.h - check characters of the identifiers in the files. */
#ifndef DATA_IDS_H
#define DATA_IDS_H

#include <stddef.h>

/* NULL when text[n] is a unified social credit code, else the reason in static
 * storage.  Source: GB 32100-2015, weights 3^(i-1) mod 31, alphabet without
 * I, O, S, V, Z; the check character is 31 less the sum mod 31. */
const char *ids_check_uscc(const char *text, size_t n);

/* The check character that belongs to the first 17 characters; 0 when one of
 * them is not of the alphabet. */
char ids_uscc_check_char(const char text17[17]);

/* NULL when text[n] is a Chinese patent number, with or without "ZL" or "CN":
 * 8 or 12 digits, a point that may be missing, a check character: digits times
 * 2..9 then 2..5, sum mod 11, X for 10.  Source: ZC 0006-2003. */
const char *ids_check_patent(const char *text, size_t n);

#endif
