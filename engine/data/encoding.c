#include "data/encoding.h"

#include "core/tr.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

int encoding_named(const char *name)
{
    static const struct {
        const char *name;
        Encoding encoding;
    } known[] = {
        {"utf-8", ENCODING_UTF8},      {"utf8", ENCODING_UTF8},
        {"gb18030", ENCODING_GB18030}, {"gbk", ENCODING_GB18030},
        {"gb2312", ENCODING_GB18030},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcasecmp(name, known[i].name) == 0)
            return (int)known[i].encoding;
    return -1;
}

/* The line, from 1, in which byte `at` stands. */
static size_t line_of(Slice s, size_t at)
{
    size_t line = 1;
    const char *p = s.bytes, *end = s.bytes + at;
    while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
        p++;
        line++;
    }
    return line;
}

static ErrCode refuse(int *good, Faults *faults, const char *file, size_t line,
                      const char *problem, const char *way_out, Err *err)
{
    *good = 0;
    return faults_add(
        faults,
        (Fault){
            .file = file, .line = line, .problem = problem, .way_out = way_out},
        err);
}

/* Whether a line holds a Chinese character and is UTF-8 as a whole, which GB
 * 18030 text is by accident only once in a great many lines. */
static int is_chinese_utf8(Slice line)
{
    int found = 0;
    size_t width;
    if (text_valid(line.bytes, line.n) < line.n)
        return 0;
    for (size_t i = 0; i < line.n && !found; i += width) {
        uint32_t c = text_char(&width, line.bytes + i, line.n - i);
        found = c >= 0x4E00 && c <= 0x9FFF;
    }
    return found;
}

/* The number of the first line that is Chinese in UTF-8, or 0. */
static size_t first_utf8_line(Slice s)
{
    size_t line = 1;
    for (const char *p = s.bytes, *end = p + s.n; p < end; line++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        stop = stop == NULL ? end : stop;
        if (is_chinese_utf8((Slice){p, (size_t)(stop - p)}))
            return line;
        p = stop < end ? stop + 1 : end;
    }
    return 0;
}

/* iconv() over all of `in`: OK, or the byte where it stopped in *stopped.
 * Every two bytes of GB 18030 become at most three of UTF-8. */
static int convert(Slice *out, size_t *stopped, char room[], size_t size,
                   iconv_t gb, Slice in)
{
    char *from = (char *)(uintptr_t)in.bytes, *to = room;
    size_t from_left = in.n, to_left = size;
    size_t got = iconv(gb, &from, &from_left, &to, &to_left);
    *stopped = in.n - from_left;
    *out = (Slice){room, size - to_left};
    return got != (size_t)-1;
}

static ErrCode from_gb18030(Slice *out, int *good, Arena *arena, Slice in,
                            const char *file, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    size_t size = in.n + in.n / 2 + 4, stopped = 0;
    char *room = in.n > SIZE_MAX / 2 ? NULL : arena_alloc(arena, size + 1, 1);
    if (room == NULL)
        return FAIL(err, ERR_MEMORY, "%s: no memory to convert it", file);
    iconv_t gb = iconv_open("UTF-8", "GB18030");
    if (gb == (iconv_t)-1)
        return FAIL(err, ERR_IO, "%s: the system cannot read GB18030: %s", file,
                    strerror(errno));
    if (!convert(out, &stopped, room, size, gb, in))
        TRY(refuse(good, faults, file, line_of(in, stopped),
                   "the line is neither UTF-8 nor GB18030",
                   "save the file as \"CSV UTF-8\"", err));
done:
    iconv_close(gb);
    return rc;
}

/* Not UTF-8: GB18030, unless some of its lines say otherwise. */
static ErrCode guess(Slice *out, int *good, Arena *arena, Slice in,
                     size_t invalid, const char *file, Faults *faults, Err *err)
{
    size_t line = first_utf8_line(in);
    char problem[128];
    if (line == 0)
        return from_gb18030(out, good, arena, in, file, faults, err);
    snprintf(problem, sizeof problem,
             tr("the line is not UTF-8, but line %zu is: two encodings in one "
                "file"),
             line);
    return refuse(good, faults, file, line_of(in, invalid), problem,
                  "convert one part before joining them", err);
}

ErrCode encoding_decode(Slice *out, int *good, Arena *arena, Source source,
                        Encoding encoding, Faults *faults, Err *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    Slice in = {source.bytes, source.n};
    const char *file = source.name;
    int marked = in.n >= 3 && memcmp(in.bytes, mark, 3) == 0;
    *good = 1;
    if (in.n >= 2 && (memcmp(in.bytes, "\xFF\xFE", 2) == 0 ||
                      memcmp(in.bytes, "\xFE\xFF", 2) == 0))
        return refuse(good, faults, file, 1, "the file is UTF-16",
                      "save it as \"CSV UTF-8\"", err);
    if (marked)
        in = (Slice){in.bytes + 3, in.n - 3};
    *out = in;
    if (encoding == ENCODING_GB18030 && !marked)
        return from_gb18030(out, good, arena, in, file, faults, err);
    size_t invalid = text_valid(in.bytes, in.n);
    if (invalid == in.n)
        return OK;
    if (marked || encoding == ENCODING_UTF8)
        return refuse(
            good, faults, file, line_of(in, invalid),
            marked ? TR_NOOP("the file starts as UTF-8, but the line is not")
                   : TR_NOOP("the line is not UTF-8"),
            "save the file as \"CSV UTF-8\"", err);
    return guess(out, good, arena, in, invalid, file, faults, err);
}
