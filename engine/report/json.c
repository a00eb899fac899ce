#include "report/json.h"

#include "core/outfile.h"
#include "core/text.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void json_begin(Json *j, FILE *to, JsonUse use)
{
    *j = (Json){.to = to, .use = use};
}

static void new_line(Json *j)
{
    static const char blanks[] = "                                ";
    int n = j->indent + 2 * j->depth;
    fputc('\n', j->to);
    for (; n > 32; n -= 32)
        fwrite(blanks, 1, 32, j->to);
    fwrite(blanks, 1, (size_t)n, j->to);
}

/* What stands between the last member and the next one. */
static void separate(Json *j)
{
    if (j->depth == 0)
        return;
    int members = j->open[j->depth - 1].members++;
    if (members > 0)
        fputc(',', j->to);
    if (j->open[j->depth - 1].layout == JSON_LINES)
        new_line(j);
    else
        fputc(' ', j->to);
}

static void before_value(Json *j)
{
    assert(j->depth == 0 || j->has_key == (j->open[j->depth - 1].close == '}'));
    if (!j->has_key)
        separate(j);
    j->has_key = 0;
}

static void open_container(Json *j, char open, char close, JsonLayout layout)
{
    assert(j->depth < JSON_DEPTH);
    before_value(j);
    fputc(open, j->to);
    if (j->depth > 0 && j->open[j->depth - 1].layout == JSON_LINE)
        layout = JSON_LINE;
    j->open[j->depth].close = close;
    j->open[j->depth].layout = layout;
    j->open[j->depth].members = 0;
    j->depth++;
}

void json_object(Json *j, JsonLayout layout)
{
    open_container(j, '{', '}', layout);
}

void json_array(Json *j, JsonLayout layout)
{
    open_container(j, '[', ']', layout);
}

void json_close(Json *j)
{
    assert(j->depth > 0 && !j->has_key);
    j->depth--;
    if (j->open[j->depth].members > 0) {
        if (j->open[j->depth].layout == JSON_LINES)
            new_line(j);
        else
            fputc(' ', j->to);
    }
    fputc(j->open[j->depth].close, j->to);
}

/* Must this byte of valid UTF-8 be escaped? */
static int is_special(const Json *j, unsigned char c)
{
    return c < 0x20 || c == 0x7f || c == '"' || c == '\\' ||
           (j->use == JSON_IN_HTML && (c == '<' || c == '>' || c == '&'));
}

static void put_special(Json *j, unsigned char c)
{
    if (c == '"' || c == '\\')
        fprintf(j->to, "\\%c", c);
    else if (c == '\n')
        fputs("\\n", j->to);
    else if (c == '\t')
        fputs("\\t", j->to);
    else if (c == '\r')
        fputs("\\r", j->to);
    else
        fprintf(j->to, "\\u%04x", (unsigned)c);
}

/* Valid UTF-8, runs of plain bytes at once. */
static void put_valid(Json *j, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t start = i;
        while (i < n && !is_special(j, (unsigned char)bytes[i]))
            i++;
        fwrite(bytes + start, 1, i - start, j->to);
        if (i < n)
            put_special(j, (unsigned char)bytes[i++]);
    }
}

static void put_string(Json *j, const char *bytes, size_t n)
{
    fputc('"', j->to);
    for (size_t i = 0; i < n;) {
        size_t valid = text_valid(bytes + i, n - i);
        put_valid(j, bytes + i, valid);
        i += valid;
        if (i < n) { /* this byte is no UTF-8 */
            fputs("\xef\xbf\xbd", j->to);
            i++;
        }
    }
    fputc('"', j->to);
}

void json_key(Json *j, const char *key)
{
    assert(j->depth > 0 && j->open[j->depth - 1].close == '}' && !j->has_key);
    separate(j);
    put_string(j, key, strlen(key));
    fputs(": ", j->to);
    j->has_key = 1;
}

void json_text(Json *j, const char *text)
{
    if (text == NULL)
        json_null(j);
    else
        json_slice(j, text, strlen(text));
}

void json_slice(Json *j, const char *bytes, size_t n)
{
    before_value(j);
    put_string(j, bytes, n);
}

static void put_plain(Json *j, const char *text)
{
    before_value(j);
    fputs(text, j->to);
}

void json_money(Json *j, Money a)
{
    char text[MONEY_TEXT];
    put_plain(j, money_format(text, a));
}

void json_fen(Json *j, double fen)
{
    if (isfinite(fen) && fabs(fen) <= (double)MONEY_MAX)
        json_money(j, (Money){llround(fen)});
    else
        json_real(j, fen / 100); /* beyond what Money holds */
}

void json_ratio(Json *j, Ratio r)
{
    char text[JSON_REAL];
    uint64_t size =
        r.billionths < 0 ? -(uint64_t)r.billionths : (uint64_t)r.billionths;
    int n = snprintf(text, sizeof text, "%s%" PRIu64 ".%09" PRIu64,
                     r.billionths < 0 ? "-" : "", size / RATIO_ONE,
                     size % RATIO_ONE);
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == '.')
        text[--n] = '\0';
    put_plain(j, text);
}

const char *json_real_text(char out[JSON_REAL], double value)
{
    assert(isfinite(value));
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, JSON_REAL, "%.*g", digits, value == 0 ? 0 : value);
        if (strtod(out, NULL) == value)
            break;
    }
    char *point = strchr(out, ',');
    if (point != NULL)
        *point = '.';
    return out;
}

void json_real(Json *j, double value)
{
    char text[JSON_REAL];
    put_plain(j, isfinite(value) ? json_real_text(text, value) : "null");
}

void json_integer(Json *j, int64_t value)
{
    before_value(j);
    fprintf(j->to, "%" PRId64, value);
}

void json_unsigned(Json *j, uint64_t value)
{
    before_value(j);
    fprintf(j->to, "%" PRIu64, value);
}

void json_boolean(Json *j, int value)
{
    put_plain(j, value ? "true" : "false");
}

void json_null(Json *j)
{
    put_plain(j, "null");
}

ErrCode json_flush(Json *j, Err *err)
{
    assert(j->depth == 0);
    const char *why = outfile_flush(j->to);
    if (why != NULL)
        return FAIL(err, ERR_IO, "the report cannot be written: %s", why);
    return OK;
}

ErrCode json_end(Json *j, Err *err)
{
    fputc('\n', j->to);
    return json_flush(j, err);
}
