#include "policy/line.h"

#include <string.h>

void line_put(Line *l, const char *text)
{
    size_t n = strlen(text);
    if (l->n + n <= LINE_MAX_BYTES) {
        memcpy(l->bytes + l->n, text, n);
        l->n += n;
    }
}

void line_item(Line *l, const char *separator, const char *text)
{
    if (l->n > 0)
        line_put(l, separator);
    line_put(l, text);
}

void line_count(Line *l, size_t n)
{
    char digits[24];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    line_put(l, digits + at);
}
