#include "credit/cardtext.h"

#include <inttypes.h>
#include <string.h>

void cardtext_text(FILE *to, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', to);
        fputc(*text, to);
    }
}

void cardtext_number(FILE *to, double x)
{
    char text[400];
    int n = snprintf(text, sizeof text, "%.9f", x);
    while (n > 1 && text[n - 1] == '0')
        n--;
    n -= text[n - 1] == '.';
    fprintf(to, "%.*s", n,
            strncmp(text, "-0.000000000", (size_t)n) == 0 && n == 2 ? "0"
                                                                    : text);
}

void cardtext_points(FILE *to, int64_t points, int64_t decimals)
{
    int64_t size = points < 0 ? -points : points, unit = 1;
    for (int64_t i = 0; i < decimals; i++)
        unit *= 10;
    fprintf(to, "%s%" PRId64, points < 0 ? "-" : "", size / unit);
    if (decimals > 0)
        fprintf(to, ".%0*" PRId64, (int)decimals, size % unit);
}

void cardtext_hash(FILE *to, const Hash *hash)
{
    for (size_t i = 0; i < HASH_SIZE; i++)
        fprintf(to, "%02x", hash->byte[i]);
}
