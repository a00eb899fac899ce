#include "data/ids.h"

#include "core/tr.h"

#include <string.h>

enum {
    USCC_LENGTH = 18,
    USCC_MODULUS = 31,
    PATENT_OLD = 8, /* digits of a number of the years 1985 to 2003 */
    PATENT_NEW = 12 /* and of the years since, that start with the year */
};

static const char uscc_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* The character's value, or -1. */
static int uscc_value(char c)
{
    const char *at = c == '\0' ? NULL : strchr(uscc_alphabet, c);
    return at == NULL ? -1 : (int)(at - uscc_alphabet);
}

char ids_uscc_check_char(const char text17[17])
{
    int sum = 0, weight = 1;
    for (int i = 0; i < USCC_LENGTH - 1; i++) {
        int value = uscc_value(text17[i]);
        if (value < 0)
            return 0;
        sum += value * weight;
        weight = weight * 3 % USCC_MODULUS;
    }
    return uscc_alphabet[(USCC_MODULUS - sum % USCC_MODULUS) % USCC_MODULUS];
}

const char *ids_check_uscc(const char *text, size_t n)
{
    if (n != USCC_LENGTH)
        return TR_NOOP("a unified social credit code has 18 characters");
    char check = ids_uscc_check_char(text);
    if (check == 0 || uscc_value(text[USCC_LENGTH - 1]) < 0)
        return TR_NOOP(
            "a character that a unified social credit code does not have");
    return check == text[USCC_LENGTH - 1]
               ? NULL
               : TR_NOOP("the check character is not that of the first 17");
}

/* The check character of digits[n]: digits times 2 to 9, then 2 to 5. */
static char patent_check_char(const char digits[], size_t n)
{
    int sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (digits[i] - '0') * (2 + (int)i % 8);
    return "0123456789X"[sum % 11];
}

const char *ids_check_patent(const char *text, size_t n)
{
    size_t digits = 0;
    if (n > 2 && (memcmp(text, "ZL", 2) == 0 || memcmp(text, "CN", 2) == 0)) {
        text += 2;
        n -= 2;
    }
    while (digits < n && text[digits] >= '0' && text[digits] <= '9')
        digits++;
    if (digits == n && digits > 0) /* the last one is the check character */
        digits--;
    if (digits != PATENT_OLD && digits != PATENT_NEW)
        return TR_NOOP(
            "a patent number has 8 or 12 digits and a check character");
    size_t at = digits + (text[digits] == '.');
    if (at + 1 != n)
        return TR_NOOP("one check character ends a patent number");
    char got = text[at] == 'x' ? 'X' : text[at];
    return got == patent_check_char(text, digits)
               ? NULL
               : TR_NOOP("the check character is not that of the digits");
}
