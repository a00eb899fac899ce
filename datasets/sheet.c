#include "sheet.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

ErrCode sheet_open(Sheet *s, const char *folder, const char *name,
                   SheetStyle style, Err *err)
{
    char path[4096];
    *s = (Sheet){.style = style, .in_header = 1};
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (n < 0 || (size_t)n >= sizeof path)
        return FAIL(err, ERR_IO, "the folder's name is too long");
    s->to = fopen(path, "w");
    if (s->to == NULL)
        return FAIL(err, ERR_IO, "cannot write '%s'", path);
    s->gb = iconv_open("GB18030", "UTF-8");
    if (s->gb == (iconv_t)-1) {
        fclose(s->to);
        return FAIL(err, ERR_IO, "no conversion to GB18030 on this system");
    }
    return OK;
}

ErrCode sheet_close(Sheet *s, Err *err)
{
    int bad = ferror(s->to);
    bad = fclose(s->to) != 0 || bad;
    iconv_close(s->gb);
    return bad ? FAIL(err, ERR_IO, "a file was not written whole") : OK;
}

__attribute__((format(printf, 2, 3))) static void put(Sheet *s, const char *fmt,
                                                      ...)
{
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(s->line + s->n, sizeof s->line - s->n, fmt, args);
    va_end(args);
    if (n > 0 && s->n + (size_t)n < sizeof s->line)
        s->n += (size_t)n;
}

/* The comma before a cell, and its header; 1 when the cell is to be written. */
static int start(Sheet *s, Field field)
{
    const FieldInfo *info = field_info(field);
    if (s->n > 0)
        put(s, ",");
    if (!s->in_header)
        return 1;
    if (s->style == SHEET_EN)
        put(s, "%s", info->name);
    else
        put(s, "%.*s%s", (int)strcspn(info->zh, "|"), info->zh,
            info->type == TYPE_MONEY ? "（万元）" : "");
    return 0;
}

void sheet_text(Sheet *s, Field field, const char *text)
{
    if (start(s, field) && text != NULL)
        put(s, "%s", text);
}

void sheet_money(Sheet *s, Field field, Money amount, int is_null)
{
    char text[MONEY_TEXT];
    if (!start(s, field) || is_null)
        return;
    if (s->style == SHEET_EN) {
        put(s, "%s", money_format(text, amount));
        return;
    }
    int64_t fen = amount.fen < 0 ? -amount.fen : amount.fen;
    put(s, "%s%lld.%06lld", amount.fen < 0 ? "-" : "",
        (long long)(fen / 1000000), (long long)(fen % 1000000));
    while (s->line[s->n - 1] == '0')
        s->n--;
    s->n -= s->line[s->n - 1] == '.';
}

void sheet_date(Sheet *s, Field field, Date day, int is_null)
{
    char text[DATE_TEXT];
    if (!start(s, field) || is_null)
        return;
    DateParts p = date_parts(day);
    if (s->style == SHEET_EN)
        put(s, "%s", date_format(text, day));
    else
        put(s, "%d/%d/%d", p.year, p.month, p.day);
}

void sheet_count(Sheet *s, Field field, int64_t n, int is_null)
{
    if (start(s, field) && !is_null)
        put(s, "%lld", (long long)n);
}

void sheet_bool(Sheet *s, Field field, int yes, int is_null)
{
    if (start(s, field) && !is_null)
        put(s, "%s", yes ? "true" : "false");
}

/* Whole units of 10^-decimals, so that printf has nothing to round. */
static void put_decimal(Sheet *s, double value, int decimals)
{
    long long scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    double size = value < 0 ? -value : value;
    long long units = (long long)floor(size * (double)scale + 0.5);
    put(s, "%s%lld", value < 0 && units > 0 ? "-" : "", units / scale);
    if (decimals > 0)
        put(s, ".%0*lld", decimals, units % scale);
}

void sheet_real(Sheet *s, Field field, double value, int decimals, int is_null)
{
    if (start(s, field) && !is_null)
        put_decimal(s, value, decimals);
}

void sheet_percent(Sheet *s, Field field, double value, int decimals,
                   int is_null)
{
    if (!start(s, field) || is_null)
        return;
    put_decimal(s, 100 * value, decimals);
    put(s, "%%");
}

void sheet_end_row(Sheet *s)
{
    if (s->n == 0) /* nothing to say: no empty line */
        return;
    char out[2 * sizeof s->line], *from = s->line, *to = out;
    size_t left = s->n, room = sizeof out;
    if (s->style == SHEET_ZH)
        iconv(s->gb, &from, &left, &to, &room);
    else
        fwrite(s->line, 1, s->n, s->to);
    fwrite(out, 1, (size_t)(to - out), s->to);
    fputs("\n", s->to);
    s->n = 0;
    s->in_header = 0;
}
