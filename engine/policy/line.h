/* line.h - a text put together piece by piece. */
#ifndef POLICY_LINE_H
#define POLICY_LINE_H

#include <stddef.h>

enum { LINE_MAX_BYTES = 8192 };

/* A text that grows up to its end and no further. */
typedef struct {
    char bytes[LINE_MAX_BYTES];
    size_t n;
} Line;

void line_put(Line *line, const char *text);
void line_count(Line *line, size_t n);

/* Behind what is there and the separator. */
void line_item(Line *line, const char *separator, const char *text);

#endif
