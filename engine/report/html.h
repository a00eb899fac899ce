/* html.h - text into HTML, whatever it holds, in one language or two. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "core/tr.h"

#include <stdio.h>

/* Escaped for an element or a quoted attribute.  Control characters and bytes
 * that are not UTF-8 become U+FFFD; a line feed and a tab stay. */
void html_text(FILE *to, const char *text);

/* Both languages, of which the page shows one; once when they are equal or
 * there is but one. */
void html_label(FILE *to, Label label);

#endif
