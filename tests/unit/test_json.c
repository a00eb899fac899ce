#include "check.h"

#include "report/json.h"

#include <sqlite3.h>
#include <stdlib.h>

/* What is written between json_begin() and json_end(). */
static char *written;
static size_t size;

static void begin(Json *j, JsonUse use)
{
    FILE *to = open_memstream(&written, &size);
    assert_non_null(to);
    json_begin(j, to, use);
}

static void end(Json *j)
{
    assert_int_equal(json_end(j, NULL), OK);
    fclose(j->to);
}

/* SQLite's reader is the judge: the value at `path`, as text. */
static void assert_reads(const char *path, const char *want)
{
    sqlite3 *db;
    sqlite3_stmt *st;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT json_valid(?1), "
                                        "json_extract(?1, ?2)",
                                        -1, &st, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(st, 1, written, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, path, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(st), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(st, 0), 1);
    const char *got = (const char *)sqlite3_column_text(st, 1);
    if (want == NULL)
        assert_null(got);
    else
        assert_string_equal(got, want);
    sqlite3_finalize(st);
    sqlite3_close(db);
}

/* The first lines of the pool's output in the published formats. */
static void a_figure_takes_a_line(void **state)
{
    (void)state;
    Json j;
    begin(&j, JSON_PLAIN);
    json_object(&j, JSON_LINES);
    json_key(&j, "name");
    json_text(&j, "total");
    json_key(&j, "el");
    json_object(&j, JSON_LINE);
    json_key(&j, "value");
    json_fen(&j, 20944675981.0);
    json_key(&j, "se");
    json_fen(&j, 43451210.0);
    json_close(&j);
    json_key(&j, "var");
    json_array(&j, JSON_LINE);
    json_object(&j, JSON_LINES); /* inside a line all is on the line */
    json_key(&j, "level");
    json_real(&j, 0.99);
    json_close(&j);
    json_close(&j);
    json_key(&j, "parties");
    json_array(&j, JSON_LINES);
    json_close(&j);
    json_key(&j, "seed");
    json_unsigned(&j, UINT64_MAX);
    json_close(&j);
    end(&j);
    assert_string_equal(
        written,
        "{\n"
        "  \"name\": \"total\",\n"
        "  \"el\": { \"value\": 209446759.81, \"se\": 434512.10 },\n"
        "  \"var\": [ { \"level\": 0.99 } ],\n"
        "  \"parties\": [],\n"
        "  \"seed\": 18446744073709551615\n"
        "}\n");
    assert_reads("$.var[0].level", "0.99");
    free(written);
}

static void any_text_reads_back(void **state)
{
    (void)state;
    static const char nasty[] =
        "a\"b\\c</script>\n\t\r\x01\x1f\x7f 随州\xf0\x9f\x98\x80&";
    for (int use = JSON_PLAIN; use <= JSON_IN_HTML; use++) {
        Json j;
        begin(&j, (JsonUse)use);
        json_array(&j, JSON_LINES);
        json_text(&j, nasty);
        json_text(&j, "bad \xff\xc0 utf-8");
        json_text(&j, NULL);
        json_close(&j);
        end(&j);
        assert_reads("$[0]", nasty);
        assert_reads("$[1]", "bad \xef\xbf\xbd\xef\xbf\xbd utf-8");
        assert_reads("$[2]", NULL);
        assert_int_equal(strpbrk(written, "<>&") != NULL, use == JSON_PLAIN);
        free(written);
    }
}

static void doubles_read_back_to_the_last_bit(void **state)
{
    (void)state;
    static const double exact[] = {
        0.1,   1.0 / 3, 2.385e-308,         5e-324,  1e23,
        -77.0, 0.99,    9007199254740993.0, 1.7e308, 123456.75};
    char text[JSON_REAL];
    for (size_t i = 0; i < COUNT(exact); i++)
        assert_true(strtod(json_real_text(text, exact[i]), NULL) == exact[i]);
    uint64_t bits = UINT64_C(0x9e3779b97f4a7c15);
    for (int i = 0; i < 20000; i++) {
        double value;
        bits = bits * UINT64_C(6364136223846793005) + 1442695040888963407u;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value))
            assert_true(strtod(json_real_text(text, value), NULL) == value);
    }
    assert_string_equal(json_real_text(text, 0.1), "0.1");
    assert_string_equal(json_real_text(text, -0.0), "0");
}

static void what_is_not_a_number_is_null(void **state)
{
    (void)state;
    Json j;
    begin(&j, JSON_PLAIN);
    json_array(&j, JSON_LINE);
    json_real(&j, NAN);
    json_real(&j, -INFINITY);
    json_fen(&j, NAN);
    json_null(&j);
    json_boolean(&j, 3);
    json_boolean(&j, 0);
    json_integer(&j, INT64_MIN);
    json_close(&j);
    end(&j);
    assert_string_equal(written,
                        "[ null, null, null, null, true, false, "
                        "-9223372036854775808 ]\n");
    free(written);
}

static void amounts_and_ratios_are_exact(void **state)
{
    (void)state;
    Json j;
    begin(&j, JSON_PLAIN);
    json_array(&j, JSON_LINE);
    json_money(&j, (Money){-50});
    json_money(&j, (Money){MONEY_MAX});
    json_fen(&j, 238.5); /* half away from zero, to a fen */
    json_fen(&j, -238.5);
    json_fen(&j, 2e18); /* more than an amount can be */
    json_ratio(&j, (Ratio){35000000});
    json_ratio(&j, (Ratio){-1});
    json_ratio(&j, (Ratio){2000000000});
    json_ratio(&j, (Ratio){333333333});
    json_close(&j);
    end(&j);
    assert_string_equal(written,
                        "[ -0.50, 9000000000000000.00, 2.39, -2.39, 2e+16, "
                        "0.035, -0.000000001, 2, 0.333333333 ]\n");
    free(written);
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    Err err = {0};
    Json j;
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    json_begin(&j, full, JSON_PLAIN);
    json_integer(&j, 77);
    assert_int_equal(json_end(&j, &err), ERR_IO);
    assert_string_equal(
        err.text, "the report cannot be written: No space left on device");
    fclose(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_takes_a_line),
        cmocka_unit_test(any_text_reads_back),
        cmocka_unit_test(doubles_read_back_to_the_last_bit),
        cmocka_unit_test(what_is_not_a_number_is_null),
        cmocka_unit_test(amounts_and_ratios_are_exact),
        cmocka_unit_test(a_full_disk_is_an_error),
    };
    return RUN(tests);
}
