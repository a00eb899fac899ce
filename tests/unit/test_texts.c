#include "check.h"
#include "data/stretch.h"
#include "data/texts.h"

#include <string.h>

enum { LENGTH = 1 << 21 };

static uint64_t state = 2026;

/* Marsaglia's xorshift64. */
static uint64_t any(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
}

static void a_byte_is_counted_wherever_it_stands(void **unused)
{
    (void)unused;
    char bytes[1000];
    for (int round = 0; round < 2000; round++) {
        size_t from = any(64), n = any(sizeof bytes - from), expected = 0;
        for (size_t i = 0; i < n; i++) {
            bytes[from + i] = (char)any(round % 2 ? 2 : 256);
            expected += bytes[from + i] == 1;
        }
        assert_int_equal(text_occurs(bytes + from, n, 1), expected);
    }
    memset(bytes, -1, sizeof bytes); /* more than a byte can count */
    assert_int_equal(text_occurs(bytes, sizeof bytes, -1), sizeof bytes);
}

static void many_texts_in_a_turn_are_those_put_one_by_one(void **unused)
{
    (void)unused;
    enum { N = 5000 };
    static char bytes[N][24];
    static Slice items[N];
    static const char *out[N];
    Arena *arena = arena_new();
    Texts *texts = texts_new(arena);
    for (size_t i = 0; i < N; i++) {
        int n = snprintf(bytes[i], sizeof bytes[i], "%*d", 1 + (int)any(20),
                         (int)any(900));
        items[i] = (Slice){bytes[i], i % 50 == 0 ? 0 : (size_t)n};
    }
    for (int shared = 0; shared < 2; shared++) {
        texts_share(texts, shared);
        assert_true(texts_put_all(out, texts, items, N));
        for (size_t i = 0; i < N; i++) {
            if (items[i].n == 0) {
                assert_null(out[i]);
                continue;
            }
            assert_string_equal(out[i], bytes[i]);
            assert_ptr_equal(out[i], texts_put(texts, bytes[i], items[i].n));
        }
    }
    arena_free(arena);
}

/* Lines of letters, some in quotes with ends of lines in them. */
static void make_records(char bytes[], size_t n, unsigned quotes)
{
    size_t in_quotes = 0;
    for (size_t i = 0; i < n; i++) {
        char c = any(40) == 0 ? '\n' : (char)('a' + any(20));
        if (in_quotes == 0 && any(1000) < quotes)
            in_quotes = 1 + any(n - i < 300 ? 1 : 200), c = '"';
        else if (in_quotes > 0 && --in_quotes == 0)
            c = '"';
        bytes[i] = c;
    }
    if (in_quotes > 0)
        bytes[n - 1] = '"';
}

/* The rows and lines before each byte, counted one by one. */
static void assert_cut(const char bytes[], size_t n, const StretchList *list)
{
    size_t row = 0, line = 1, at = 0;
    int quoted = 0;
    for (size_t k = 0; k < list->n; k++) {
        const Stretch *s = &list->items[k];
        assert_ptr_equal(s->bytes.bytes, bytes + at);
        assert_int_equal(s->row, row);
        assert_int_equal(s->line, line);
        for (size_t i = 0; i < s->bytes.n; i++, at++) {
            quoted ^= bytes[at] == '"';
            line += bytes[at] == '\n';
            row += bytes[at] == '\n' && !quoted;
        }
        row += at == n && bytes[n - 1] != '\n';
        assert_false(quoted);
        assert_int_equal(s->rows, row - s->row);
    }
    assert_int_equal(at, n);
    assert_int_equal(list->rows, row);
}

static void stretches_are_the_whole_file_cut_between_records(void **unused)
{
    (void)unused;
    static char bytes[LENGTH];
    char room[1];
    Slice cells[1];
    for (unsigned quotes = 0; quotes < 30; quotes += 7) {
        Arena *arena = arena_new();
        StretchList list;
        size_t n = LENGTH - any(5000);
        make_records(bytes, n, quotes);
        Records records = records_of((Slice){bytes, n}, ',', cells, 1, room);
        assert_true(stretch_cut(&list, arena, &records));
        assert_in_range(list.n, 3, 4);
        assert_cut(bytes, n, &list);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_byte_is_counted_wherever_it_stands),
        cmocka_unit_test(many_texts_in_a_turn_are_those_put_one_by_one),
        cmocka_unit_test(stretches_are_the_whole_file_cut_between_records),
    };
    return RUN(tests);
}
