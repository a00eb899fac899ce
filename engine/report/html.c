#include "report/html.h"

#include "core/text.h"

#include <string.h>

static void put_char(FILE *to, unsigned char c)
{
    switch (c) {
    case '&':
        fputs("&amp;", to);
        break;
    case '<':
        fputs("&lt;", to);
        break;
    case '>':
        fputs("&gt;", to);
        break;
    case '"':
        fputs("&quot;", to);
        break;
    case '\'':
        fputs("&#39;", to);
        break;
    default:
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
            fputs("\xef\xbf\xbd", to);
        else
            fputc(c, to);
    }
}

void html_text(FILE *to, const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n;) {
        size_t valid = text_valid(text + i, n - i);
        for (size_t end = i + valid; i < end; i++)
            put_char(to, (unsigned char)text[i]);
        if (i < n) { /* this byte is no UTF-8 */
            fputs("\xef\xbf\xbd", to);
            i++;
        }
    }
}

void html_label(FILE *to, Label label)
{
    if (label.zh == NULL || label.en == NULL ||
        strcmp(label.zh, label.en) == 0) {
        const char *one = label.zh != NULL ? label.zh : label.en;
        html_text(to, one != NULL ? one : "");
        return;
    }
    fputs("<span class=\"zh\" lang=\"zh-CN\">", to);
    html_text(to, label.zh);
    fputs("</span><span class=\"en\" lang=\"en\">", to);
    html_text(to, label.en);
    fputs("</span>", to);
}
