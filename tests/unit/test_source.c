#include "check.h"

#include "data/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { N = 300000 };

static void write_file(const char *path, size_t n, int first)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    for (size_t i = 0; i < n; i++)
        assert_int_not_equal(fputc((int)(i % 251) + first, f), EOF);
    assert_int_equal(fclose(f), 0);
}

static void forgotten_bytes_are_read_again(void **state)
{
    (void)state;
    char path[] = "/tmp/kedan-source-XXXXXX";
    Arena *a = arena_new();
    Source s;
    Hash hash;
    Err err = {0};
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    write_file(path, N, 0);
    assert_int_equal(source_read(&s, a, path, &err), OK);
    source_forget(&s);
    assert_int_equal(source_recall(&s, &err), OK);
    assert_int_equal(source_hash(&hash, &s, &err), OK);
    assert_memory_equal(&hash, &s.hash, sizeof hash);
    source_forget(&s);
    write_file(path, N, 1); /* other bytes: their hash tells */
    assert_int_equal(source_recall(&s, &err), OK);
    assert_int_equal(source_hash(&hash, &s, &err), OK);
    assert_memory_not_equal(&hash, &s.hash, sizeof hash);
    write_file(path, N / 2, 0);
    assert_int_equal(source_recall(&s, &err), ERR_IO);
    assert_non_null(strstr(err.text, "changed while it was read"));
    unlink(path);
    assert_int_equal(source_recall(&s, NULL), ERR_IO);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forgotten_bytes_are_read_again),
    };
    return RUN(tests);
}
