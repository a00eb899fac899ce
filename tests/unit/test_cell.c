#include "check.h"
#include "data/cell.h"
#include "data/ids.h"

typedef struct {
    const char *text;
    int64_t want;
} Row;

static void reads_all(CellRead *read, const Row rows[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t got = 77;
        if (read(&got, slice_of(rows[i].text)) != NULL)
            print_error("'%s' is refused\n", rows[i].text);
        assert_int_equal(got, rows[i].want);
    }
}

/* Each is refused, the result is left alone, and words say why. */
static void refuses_all(CellRead *read, const char *const texts[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int64_t got = 77;
        const CellFault *why = read(&got, slice_of(texts[i]));
        if (why == NULL)
            print_error("'%s' is read\n", texts[i]);
        assert_non_null(why);
        assert_non_null(why->expected);
        assert_int_equal(got, 77);
    }
}

static void amounts_are_read_to_the_fen(void **state)
{
    (void)state;
    const Row rows[] = {
        {"1234567.89", 123456789},
        {"1,234,567.89", 123456789},
        {"0", 0},
        {"-0.01", -1},
        {"+3.5", 350},
        {"007", 700},
        {"1.500000", 150}, /* zeros add nothing */
        {"１２３４．５６", 123456},
        {"－１，２３４．５", -123450},
        {"12３", 12300}, /* half of it full-width */
        {"12.5万", 12500000},
        {"0.123456万", 123456},
        {"1.23456789亿", 12345678900},
        {"３．５万", 3500000},
        {"9000000000000000", INT64_C(900000000000000000)},
        {"-9000000000000000.00", -INT64_C(900000000000000000)},
        {"0.00000000000000000000000000000", 0},
    };
    reads_all(cell_money, rows, COUNT(rows));
    const char *const refused[] = {
        "",
        "-",
        "1.",
        ".5",
        "1.234",
        "1e5",
        "12,34",
        "1,2345",
        ",123",
        "1234,567",
        "12.5%",
        "3/4",
        "1.5亿元",
        "12 万",
        "9000000000000000.01",
        "1e400",
        "0x10",
        "inf",
        "--1",
        "0.1234567万",
        "1.00000000000000000000000001",
        "99999999999999999999",
        "100000000亿",
    };
    refuses_all(cell_money, refused, COUNT(refused));
}

static void a_header_in_wan_scales_its_amounts(void **state)
{
    (void)state;
    const Row rows[] = {
        {"1.5", 1500000}, {"2190.650604", 2190650604}, {"-3", -3000000}};
    reads_all(cell_money_wan, rows, COUNT(rows));
    const char *const refused[] = {"1.5万", "0.1亿", "0.0000001"};
    refuses_all(cell_money_wan, refused, COUNT(refused));
}

static void ratios_are_read_to_a_billionth(void **state)
{
    (void)state;
    const Row rows[] = {
        {"3.5%", 35000000},         {"0.6‰", 600000},
        {"0.035", 35000000},        {"1/3", 333333333},
        {"2/3", 666666667},         {"-5.3%", -53000000},
        {"３．５％", 35000000},     {"0.0000001%", 1},
        {"1", 1000000000},          {"-1/6", -166666667},
        {"0.123456789", 123456789},
    };
    reads_all(cell_ratio, rows, COUNT(rows));
    const char *const refused[] = {
        "",    "%",    "1/0",          "1/",    "1/-3",       "0.5/3", "3.5 %",
        "5%%", "1e-3", "0.1234567891", "3.5万", "9000000001", "1/3/4",
    };
    refuses_all(cell_ratio, refused, COUNT(refused));
}

static void counts_are_whole(void **state)
{
    (void)state;
    const Row rows[] = {
        {"42", 42}, {"12.0", 12}, {"1,000", 1000}, {"-7", -7}, {"１２", 12}};
    reads_all(cell_count, rows, COUNT(rows));
    const char *const refused[] = {"12.5", "1e3", "",
                                   "12人", "5%",  "1234567890123456789"};
    refuses_all(cell_count, refused, COUNT(refused));
}

/* Day numbers as in test_date.c. */
static void dates_are_read_in_four_shapes(void **state)
{
    (void)state;
    const Row rows[] = {
        {"2024-03-01", 19783},   {"2024/3/1", 19783},
        {"20240301", 19783},     {"1969-12-31", -1},
        {"2024年3月1日", 19783}, {"２０２４－０３－０１", 19783},
    };
    reads_all(cell_date, rows, COUNT(rows));
    const char *const refused[] = {
        "45352",      "2024-02-30", "2024-13-01",       "2024-0a-01",
        "01-03-2024", "",           "2024-03-01 00:00", "2024-03-01;2024-03-02",
    };
    refuses_all(cell_date, refused, COUNT(refused));
}

static void flags_are_words_of_two_languages(void **state)
{
    (void)state;
    const Row rows[] = {{"true", 1}, {"FALSE", 0}, {"是", 1}, {"否", 0},
                        {"1", 1},    {"0", 0},     {"Y", 1},  {"no", 0}};
    reads_all(cell_bool, rows, COUNT(rows));
    const char *const refused[] = {"", "2", "maybe", "tru", "是的"};
    refuses_all(cell_bool, refused, COUNT(refused));
}

/* Wanted values are C literals, which the compiler rounds correctly. */
static void reals_are_rounded_once(void **state)
{
    (void)state;
    const struct {
        const char *text;
        double want;
    } rows[] = {
        {"0.017881", 0.017881},
        {"1.7881%", 0.017881},
        {"17.881‰", 0.017881},
        {"1.2e-5", 1.2e-5},
        {"-0.1", -0.1},
        {"0.05579773321708803", 0.05579773321708803},
        {"0.1234567890123456789012345", 0.1234567890123456789012345},
        {"0.00000000000000000000001234", 0.00000000000000000000001234},
        {"9007199254740993", 9007199254740992.0},
        {"1e22", 1e22},
        {"５０％", 0.5},
        {"1,234.5", 1234.5},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double got = 77;
        assert_null(cell_real(&got, slice_of(rows[i].text)));
        assert_true(got == rows[i].want);
    }
    const char *const refused[] = {"",      "nan", "inf",  "0x1p3", "1e999",
                                   "1.5.2", "e5",  "1e5%", "1万",   "--1"};
    for (size_t i = 0; i < COUNT(refused); i++) {
        double got = 77;
        assert_non_null(cell_real(&got, slice_of(refused[i])));
        assert_true(got == 77);
    }
}

static void lists_lose_spaces_and_empty_items(void **state)
{
    (void)state;
    const struct {
        const char *text, *want;
        int plain;
    } rows[] = {
        {"hnte;srdi", "hnte;srdi", 1},
        {"hnte； srdi ；", "hnte;srdi", 0},
        {";;hnte;;", "hnte", 0},
        {" a ; b", "a;b", 0},
        {";", "", 0},
        {"高企；专精特新", "高企;专精特新", 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char got[64] = {0};
        Slice text = slice_of(rows[i].text);
        assert_int_equal(cell_list_is_plain(text), rows[i].plain);
        got[cell_list(got, text)] = '\0';
        assert_string_equal(got, rows[i].want);
    }
}

/* Codes that companies publish: Tencent, Huawei, Baidu, SAIC Motor, PetroChina,
 * two of Alibaba's, and the example widely printed with the standard. */
static void published_credit_codes_pass(void **state)
{
    (void)state;
    const char *const codes[] = {
        "9144030071526726XG", "914403001922038216", "91110000802100433B",
        "91310000132260250X", "9111000010169286X1", "91330100799655058B",
        "91330100716105852F", "91350100M000100Y43",
    };
    for (size_t i = 0; i < COUNT(codes); i++) {
        assert_null(ids_check_uscc(codes[i], 18));
        assert_int_equal(ids_uscc_check_char(codes[i]), codes[i][17]);
    }
}

/* GB 32100 finds every single wrong character and every swap of neighbours
 * whose values differ: 31 is prime and no weight is 0. */
static void every_slip_of_one_character_is_found(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    const char good[] = "9144030071526726XG";
    for (size_t at = 0; at < 18; at++)
        for (size_t c = 0; c < 31; c++) {
            char bad[19];
            memcpy(bad, good, sizeof bad);
            bad[at] = alphabet[c];
            assert_int_equal(ids_check_uscc(bad, 18) == NULL,
                             alphabet[c] == good[at]);
        }
    for (size_t at = 0; at + 1 < 18; at++) {
        char bad[19];
        memcpy(bad, good, sizeof bad);
        bad[at] = good[at + 1];
        bad[at + 1] = good[at];
        assert_int_equal(ids_check_uscc(bad, 18) == NULL,
                         good[at] == good[at + 1]);
    }
    const char *const refused[] = {"", "9144030071526726X",
                                   "9144030071526726xG", "91440300715267I6XG"};
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_non_null(ids_check_uscc(refused[i], strlen(refused[i])));
}

/* 200310102344.5 is the example of ZC 0006-2003.  The others by its rule, by
 * hand, mod 11: 85100001 is 8 2 + 5 3 + 1 4 + 1 9 = 44, 0; 201110000000 is 4 +
 * 4
 * + 5 + 6 = 19, 8; 202000000002 is 4 + 8 + 10 = 22, 0; 200000000003 is 4 + 15 =
 * 19, 8; 202900000003 is 4 + 8 + 45 + 15 = 72, 6; 201000000000 is 4 + 4 = 8;
 * 203000000001 is 4 + 12 + 5 = 21, 10, which is X. */
static void patent_numbers_end_in_their_check_character(void **state)
{
    (void)state;
    const char *const good[] = {
        "200310102344.5",   "ZL200310102344.5", "CN2003101023445",
        "85100001.0",       "851000010",        "201110000000.8",
        "ZL202000000002.0", "200000000003.8",   "202900000003.6",
        "203000000001.X",   "203000000001x",    "201000000000.8",
    };
    const char *const bad[] = {
        "200310102344.6",
        "200310102344",
        "200310102344.",
        "",
        "ZL",
        "20031010234.5",
        "85100001.1",
        "200310102345.5",
        "200310102344.55",
        "软著登字第1号",
    };
    for (size_t i = 0; i < COUNT(good); i++)
        assert_null(ids_check_patent(good[i], strlen(good[i])));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_non_null(ids_check_patent(bad[i], strlen(bad[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read_to_the_fen),
        cmocka_unit_test(a_header_in_wan_scales_its_amounts),
        cmocka_unit_test(ratios_are_read_to_a_billionth),
        cmocka_unit_test(counts_are_whole),
        cmocka_unit_test(dates_are_read_in_four_shapes),
        cmocka_unit_test(flags_are_words_of_two_languages),
        cmocka_unit_test(reals_are_rounded_once),
        cmocka_unit_test(lists_lose_spaces_and_empty_items),
        cmocka_unit_test(published_credit_codes_pass),
        cmocka_unit_test(every_slip_of_one_character_is_found),
        cmocka_unit_test(patent_numbers_end_in_their_check_character),
    };
    return RUN(tests);
}
