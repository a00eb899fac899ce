#include "data/records.h"

#include "core/tr.h"

#include <stdint.h>
#include <string.h>

Records records_of(Slice bytes, char separator, Slice cells[], size_t capacity,
                   char room[])
{
    return (Records){
        .p = bytes.bytes,
        .end = bytes.bytes + bytes.n,
        .separator = separator,
        .has_nul = memchr(bytes.bytes, '\0', bytes.n) != NULL,
        .line = 1,
        .room = room,
        .cells = cells,
        .capacity = capacity,
    };
}

/* The high bit of each byte of x that is 0; above the lowest such byte also of
 * bytes that are 1, which does not matter to who looks for the first. */
static uint64_t zero_bytes(uint64_t x)
{
    return (x - UINT64_C(0x0101010101010101)) & ~x &
           UINT64_C(0x8080808080808080);
}

/* The first separator, line end or quote, or `end`: eight bytes at a time where
 * the lowest byte of a word is the first one in memory. */
static const char *find_mark(const char *p, const char *end, char separator)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    const uint64_t marks = each * (unsigned char)separator;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; end - p >= 8; p += 8) {
        uint64_t word;
        memcpy(&word, p, sizeof word);
        uint64_t found = zero_bytes(word ^ marks) |
                         zero_bytes(word ^ (each * '\n')) |
                         zero_bytes(word ^ (each * '"'));
        if (found != 0)
            return p + __builtin_ctzll(found) / 8;
    }
#endif
    while (p < end && *p != (char)(marks & 0xFF) && *p != '\n' && *p != '"')
        p++;
    return p;
}

/* The cell's text with each pair of quotes as one, in the room. */
static Slice unescape(Records *r, const char *p, const char *end)
{
    char *out = r->room + r->room_used, *to = out;
    while (p < end) {
        *to++ = *p;
        p += *p == '"' ? 2 : 1;
    }
    r->room_used += (size_t)(to - out);
    return (Slice){out, (size_t)(to - out)};
}

static size_t lines_in(const char *p, const char *end)
{
    size_t n = 0;
    while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        p++;
        n++;
    }
    return n;
}

static const char *break_off(Records *r, RecordFault fault, const char *at)
{
    r->fault = fault;
    r->fault_at = at;
    return at;
}

/* The cell that starts with the quote at p; returns the place behind it. */
static const char *read_quoted(Slice *out, Records *r, const char *p)
{
    const char *start = r->raw.bytes, *limit = r->end, *q = p + 1;
    int doubled = 0;
    if (limit - start > RECORD_BYTES)
        limit = start + RECORD_BYTES;
    for (;; q += 2, doubled = 1) {
        q = memchr(q, '"', q < limit ? (size_t)(limit - q) : 0);
        if (q == NULL)
            return break_off(
                r, limit < r->end ? RECORD_LONG : RECORD_OPEN_QUOTE, p);
        if (q + 1 == r->end || q[1] != '"')
            break;
    }
    *out =
        doubled ? unescape(r, p + 1, q) : (Slice){p + 1, (size_t)(q - p - 1)};
    r->line += lines_in(p, q);
    q++;
    if (q < r->end && *q == '\r' && (q + 1 == r->end || q[1] == '\n'))
        q++;
    if (q < r->end && *q != r->separator && *q != '\n')
        return break_off(r, RECORD_AFTER_QUOTE, q);
    return q;
}

static const char *read_plain(Slice *out, Records *r, const char *p)
{
    const char *q = find_mark(p, r->end, r->separator);
    size_t n = (size_t)(q - p);
    if (q < r->end && *q == '"')
        return break_off(r, RECORD_BARE_QUOTE, q);
    if (n > 0 && (q == r->end || *q == '\n') && p[n - 1] == '\r')
        n--;
    *out = (Slice){p, n};
    return q;
}

/* All cells of the record at p; returns the place behind it, at its line end
 * unless it is broken. */
static const char *read_cells(Records *r, const char *p)
{
    for (;;) {
        Slice cell;
        const char *start = p;
        p = p < r->end && *p == '"' ? read_quoted(&cell, r, p)
                                    : read_plain(&cell, r, p);
        if (r->fault == RECORD_GOOD && p - r->raw.bytes > RECORD_BYTES)
            break_off(r, RECORD_LONG, start);
        if (r->fault != RECORD_GOOD)
            return p;
        if (r->n < r->capacity)
            r->cells[r->n] = cell;
        r->n++;
        if (p == r->end || *p == '\n')
            return p;
        p++;
    }
}

/* Where the line of a broken record ends: the one that holds the fault or, when
 * a quote stayed open, the one that opens it.  That happens at most once a
 * file at its end, because the quotes behind it come in pairs, and otherwise
 * once in RECORD_BYTES: reading again from there stays linear. */
static const char *recover(const Records *r, const char *p)
{
    if (r->fault == RECORD_OPEN_QUOTE || r->fault == RECORD_LONG)
        p = r->fault_at;
    p = memchr(p, '\n', (size_t)(r->end - p));
    return p == NULL ? r->end : p;
}

int records_next(Records *r)
{
    while (r->p < r->end && (*r->p == '\n' || *r->p == '\r')) {
        r->line += *r->p == '\n';
        r->p++;
    }
    if (r->p == r->end)
        return 0;
    const char *start = r->p;
    r->raw = (Slice){start, 0};
    r->first_line = r->line;
    r->fault = RECORD_GOOD;
    r->n = r->room_used = 0;
    const char *stop = read_cells(r, start);
    if (r->fault != RECORD_GOOD)
        stop = recover(r, stop);
    r->p = stop < r->end ? stop + 1 : stop;
    r->line += stop < r->end;
    r->raw.n = (size_t)(stop - start);
    if (r->raw.n > 0 && start[r->raw.n - 1] == '\r')
        r->raw.n--;
    if (r->has_nul && r->fault == RECORD_GOOD) {
        const char *nul = memchr(start, '\0', r->raw.n);
        if (nul != NULL)
            break_off(r, RECORD_NUL, nul);
    }
    return 1;
}

const char *records_cell(const Records *r, size_t i)
{
    const char *p = r->raw.bytes, *end = p + r->raw.n;
    int quoted = 0;
    for (; p < end && i > 0; p++) {
        quoted ^= *p == '"'; /* a doubled quote changes it twice */
        i -= !quoted && *p == r->separator;
    }
    return p;
}

char records_separator(Slice text)
{
    static const char marks[] = ",\t;";
    size_t counts[3] = {0}, best = 0;
    int quoted = 0;
    for (size_t i = 0; i < text.n && i < RECORD_BYTES; i++) {
        char c = text.bytes[i];
        quoted ^= c == '"';
        if (c == '\n' && !quoted)
            break;
        const char *mark = quoted || c == '\0' ? NULL : strchr(marks, c);
        if (mark != NULL)
            counts[mark - marks]++;
    }
    for (size_t i = 1; i < 3; i++)
        if (counts[i] > counts[best])
            best = i;
    return marks[best];
}

static const Fault broken[] = {
    [RECORD_BARE_QUOTE] =
        {.problem =
             TR_NOOP("a quote inside a cell that does not start with one"),
         .way_out =
             TR_NOOP("put the cell into quotes and double those inside")},
    [RECORD_AFTER_QUOTE] =
        {.problem = TR_NOOP("something follows the quote that closes a cell"),
         .way_out = TR_NOOP("a quote inside quotes is written twice")},
    [RECORD_OPEN_QUOTE] = {.problem = TR_NOOP("a quote that is never closed"),
                           .way_out = TR_NOOP("close it, or write it twice")},
    [RECORD_LONG] = {.problem = TR_NOOP("a record of more than 1 MiB"),
                     .way_out = TR_NOOP(
                         "a closing quote or a line end may be missing")},
    [RECORD_NUL] = {.problem = TR_NOOP("a NUL byte"),
                    .way_out = TR_NOOP("the file is damaged, or no text")},
};

Fault records_problem(RecordFault fault)
{
    return broken[fault];
}
