#include "check.h"
#include "data/csv.h"
#include "data/doc.h"

#include <stdlib.h>

typedef struct {
    Arena *arena;
    Faults *faults;
    Tables *tables;
    const ColumnMap *map;
    Table *table;
    size_t refused;
    Err err;
    ErrCode rc;
} Fixture;

static void read_mapped(Fixture *f, const char *map, const char *file)
{
    const Doc *root = NULL;
    Source cfg = {.name = "m.cfg", .bytes = map, .n = strlen(map)};
    Source csv = {.name = "f.csv", .bytes = file, .n = strlen(file)};
    *f = (Fixture){.arena = arena_new()};
    f->faults = faults_new(f->arena);
    f->tables = tables_new(f->arena);
    f->rc = doc_read(&root, f->arena, cfg, f->faults, &f->err);
    if (f->rc == OK)
        f->rc = colmap_read(&f->map, f->arena, root, f->faults, &f->err);
    if (f->rc == OK)
        f->rc =
            csv_read(&f->table, &f->refused, f->tables, csv,
                     (CsvOptions){.of = file_name(f->map->of), .map = f->map},
                     f->faults, &f->err);
    if (f->rc != OK)
        faults_print(f->faults, stdout);
}

static const Column *column(const Fixture *f, Field field)
{
    const Column *c = table_field(f->table, field);
    assert_non_null(c);
    return c;
}

/* Two rows as the Small Business Administration writes them, and one that the
 * map leaves out. */
static void a_foreign_book_becomes_a_portfolio(void **state)
{
    (void)state;
    Fixture f;
    read_mapped(&f,
                "map = { of = \"portfolio\"; encoding = \"utf-8\";"
                " date = \"m/d/y\"; columns = ("
                "{ field = \"loan_id\"; from = \"LoanNr_ChkDgt\"; },"
                "{ field = \"firm_id\"; from = \"LoanNr_ChkDgt\"; },"
                "{ field = \"outstanding\"; from = \"GrAppv\"; },"
                "{ field = \"covered_share\"; expr = \"SBA_Appv / GrAppv\"; },"
                "{ field = \"industry\"; from = \"NAICS\"; take = 3; },"
                "{ field = \"started_on\"; from = \"DisbursementDate\"; },"
                "{ field = \"pd\"; const = \"3.1%\"; },"
                "{ field = \"past_default\"; from = \"MIS_Status\"; values = ("
                "{ from = \"CHGOFF\"; to = \"true\"; },"
                "{ from = \"P I F\"; to = \"false\"; } ); } );"
                " keep_if = \"GrAppv > 0 and MIS_Status != ''\";"
                " check_ids = \"no\"; };",
                "LoanNr_ChkDgt,NAICS,DisbursementDate,MIS_Status,GrAppv,"
                "SBA_Appv,Name\n"
                "1000014003,451120,2/28/1999,P I F,60000,48000,A\n"
                "1000024006,722410,5/31/1997,CHGOFF,\"9,000.50\",3000.1,B\n"
                "1000034009,621210,12/31/1997,P I F,0,0,C\n"
                "1000044001,621210,12/31/1997,,10,5,D\n");
    assert_int_equal(f.rc, OK);
    assert_int_equal(f.table->rows, 2);
    assert_string_equal(column(&f, FIELD_loan_id)->s[1], "1000024006");
    assert_int_equal(column(&f, FIELD_outstanding)->i[0], 6000000);
    assert_int_equal(column(&f, FIELD_covered_share)->i[0], 800000000);
    /* 3000.1 / 9000.5 = 0.333325926... */
    assert_int_equal(column(&f, FIELD_covered_share)->i[1], 333325926);
    assert_string_equal(column(&f, FIELD_industry)->s[0], "451");
    assert_int_equal(column(&f, FIELD_started_on)->i[0], 10650);
    assert_true(column(&f, FIELD_pd)->d[1] == 0.031);
    assert_int_equal(column(&f, FIELD_past_default)->i[0], 0);
    assert_int_equal(column(&f, FIELD_past_default)->i[1], 1);
    assert_int_equal(faults_warned(f.faults), 1); /* ids go unchecked */
    arena_free(f.arena);
}

/* Sums of amounts are exact: in doubles 0.1 + 0.2 is more than 0.3, and the
 * last digit of 9007199254740993 is lost. */
static void amounts_of_expressions_are_exact(void **state)
{
    (void)state;
    const struct {
        const char *expr, *a, *b;
        int64_t fen;
    } rows[] = {
        {"a + b", "0.1", "0.2", 30},
        {"a + b", "700719925474099.37", "0.01", INT64_C(70071992547409938)},
        {"a - b", "6637942028.29", "4698633440.6", INT64_C(193930858769)},
        {"a / b * 3", "100.00", "3", 10000},
        {"a / b", "0.01", "2", 1}, /* half a fen is rounded away from 0 */
        {"-(a - b) * 12 / 7", "1", "8", 1200},
        {"`a`/b*12", "4698633440.6", "30", INT64_C(187945337624)},
        {"a * (b + 1) - a * b", "12345678.91", "0.8383336196458403",
         1234567891},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Fixture f;
        char map[512], file[128];
        snprintf(map, sizeof map,
                 "map = { of = \"portfolio\"; columns = ("
                 "{ field = \"loan_id\"; const = \"L\"; },"
                 "{ field = \"firm_id\"; const = \"F\"; },"
                 "{ field = \"outstanding\"; expr = \"%s\"; },"
                 "{ field = \"pd\"; expr = \"1 / 8\"; } ); };",
                 rows[i].expr);
        snprintf(file, sizeof file, "a,b\n%s,%s\n", rows[i].a, rows[i].b);
        read_mapped(&f, map, file);
        assert_int_equal(f.rc, OK);
        assert_int_equal(column(&f, FIELD_outstanding)->i[0], rows[i].fen);
        assert_true(column(&f, FIELD_pd)->d[0] == 0.125);
        arena_free(f.arena);
    }
}

/* Which of five rows a condition keeps: a = 1, 2, 10, empty, 3; b = x, y, x,
 * y, empty.  Wanted by hand; what is made of an empty cell is not true. */
static void conditions_choose_rows(void **state)
{
    (void)state;
    const struct {
        const char *condition;
        const char *want; /* the rows kept, by number */
    } rows[] = {
        {"a > 2", "35"},
        {"a >= 2 and b = 'y'", "2"},
        {"b = 'x' or a = 3", "135"},
        {"not (b = 'x') or a = 10", "234"},
        {"not b = 'x' and not a > 2", "2"},
        {"b != 'x'", "24"},
        {"a = 10.0", "3"},
        {"a != 10", "125"},
        {"a / (a - 2) > 0", "35"},
        {"a < 2 or a > 9", "13"},
        {"b = 'y' or 1 = 1", "12345"},
        {"'x' == b", "13"},
        {"(a + 1) * 2 <= 6", "12"},
        {"- a = -3", "5"},
        {"c = b", "1"},
        {"c != b", "23"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Fixture f;
        char map[512], got[8] = "";
        snprintf(map, sizeof map,
                 "map = { of = \"portfolio\"; columns = ("
                 "{ field = \"loan_id\"; from = \"id\"; },"
                 "{ field = \"firm_id\"; from = \"id\"; },"
                 "{ field = \"outstanding\"; const = \"1\"; },"
                 "{ field = \"grade\"; const = \"A\"; } );"
                 " keep_if = \"%s\"; };",
                 rows[i].condition);
        read_mapped(&f, map,
                    "id,a,b,c\n1,1,x,x\n2,2,y,x\n3,10,x,y\n4,,y,\n5,3,,y\n");
        assert_int_equal(f.rc, OK);
        for (size_t row = 0; row < f.table->rows; row++)
            got[row] = column(&f, FIELD_loan_id)->s[row][0];
        if (strcmp(got, rows[i].want) != 0)
            print_error("%s\n", rows[i].condition);
        assert_string_equal(got, rows[i].want);
        arena_free(f.arena);
    }
}

static void what_a_source_lacks_is_named_with_the_maps_line(void **state)
{
    (void)state;
    Fixture f;
    read_mapped(&f,
                "map = { of = \"portfolio\"; columns = (\n"
                "{ field = \"loan_id\"; from = \"id\"; },\n"
                "{ field = \"firm_id\"; from = \"firm\"; },\n"
                "{ field = \"outstanding\"; expr = \"x + sum\"; } ); };",
                "id,sum\n1,2\n");
    assert_int_equal(f.rc, ERR_INPUT);
    assert_int_equal(faults_count(f.faults), 2);
    assert_string_equal(faults_at(f.faults, 0)->problem,
                        "the column 'firm' that the map reads is not in f.csv");
    assert_string_equal(faults_at(f.faults, 0)->file, "m.cfg");
    assert_int_equal(faults_at(f.faults, 0)->line, 3);
    assert_int_equal(faults_at(f.faults, 1)->line, 4);
    arena_free(f.arena);
}

static void a_bad_cell_of_an_expression_is_named(void **state)
{
    (void)state;
    Fixture f;
    read_mapped(&f,
                "map = { of = \"portfolio\"; columns = ("
                "{ field = \"loan_id\"; from = \"id\"; },"
                "{ field = \"firm_id\"; from = \"id\"; },"
                "{ field = \"outstanding\"; expr = \"a + b\"; },"
                "{ field = \"overdue_days\"; expr = \"a / b\"; },"
                "{ field = \"pd\"; expr = \"a / b\"; } ); };",
                "id,a,b\n1,1,2\n2,3,many\n3,-5,1\n4,1,0\n");
    assert_int_equal(f.rc, ERR_INPUT);
    const struct {
        size_t line, column;
        const char *rule, *value;
    } want[] = {
        {2, 1, "overdue_days", "0.5"},
        {3, 5, "outstanding", "many"},
        {3, 5, "overdue_days", "many"},
        {3, 5, "pd", "many"},
        {4, 1, "outstanding", "-4"},
        {4, 1, "overdue_days", "-5"},
        {4, 1, "pd", "-5"},
    };
    assert_int_equal(faults_count(f.faults), COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        const Fault *it = faults_at(f.faults, i + faults_warned(f.faults));
        assert_int_equal(it->line, want[i].line);
        assert_int_equal(it->column, want[i].column);
        assert_string_equal(it->rule, want[i].rule);
        assert_string_equal(it->value, want[i].value);
    }
    arena_free(f.arena);
}

static void dates_follow_the_maps_order(void **state)
{
    (void)state;
    const MapDate mdy = {{'m', 'd', 'y'}, {'/', '/'}};
    const MapDate dmy = {{'d', 'm', 'y'}, {'.', '.'}};
    int64_t days = 77;
    assert_null(colmap_date(&days, mdy, slice_of("2/28/1999")));
    assert_int_equal(days, 10650); /* date -ud 1999-02-28 +%s / 86400 */
    assert_null(colmap_date(&days, dmy, slice_of("28.02.1999")));
    assert_int_equal(days, 10650);
    assert_null(colmap_date(&days, (MapDate){0}, slice_of("1999-02-28")));
    assert_int_equal(days, 10650);
    const char *const refused[] = {"",          "2/28/99",    "28/2/1999",
                                   "2/28",      "2/28/19999", "2-28-1999",
                                   "2/29/1999", "2/28/1999 "};
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_non_null(colmap_date(&days, mdy, slice_of(refused[i])));
    assert_int_equal(days, 10650);
}

/* Fractions against their products in 128 bits, which small ones have. */
static void fractions_compare_exactly(void **state)
{
    (void)state;
    for (long long a = -7; a <= 7; a++)
        for (long long b = 1; b <= 7; b++)
            for (long long c = -7; c <= 7; c++)
                for (long long d = 1; d <= 7; d++) {
                    int want = (a * d > c * b) - (a * d < c * b);
                    assert_int_equal(
                        rational_compare((Rational){a, b}, (Rational){c, d}),
                        want);
                }
    Exact huge = (Exact)1 << 125;
    assert_int_equal(rational_compare((Rational){huge, huge - 1},
                                      (Rational){huge - 1, huge - 2}),
                     -1); /* 1 + 1/(n - 1) is less than 1 + 1/(n - 2) */
}

static void what_leaves_the_range_is_refused(void **state)
{
    (void)state;
    Rational big = rational_of(INT64_MAX, 0), r = {7, 1};
    Rational odd = {((Exact)1 << 100) + 1, 3};
    long long whole = 7;
    assert_int_equal(rational_multiply(&r, odd, big), 0);
    assert_int_equal(rational_divide(&r, big, rational_of(0, 3)), 0);
    assert_int_equal(rational_add(&r, odd, (Rational){1, ((Exact)1 << 90)}), 0);
    assert_int_equal(rational_round(&whole, odd, 100, INT64_MAX), 0);
    assert_int_equal(whole, 7);
    assert_true(r.above == 7);
}

static void any_allocation_of_a_map_may_fail(void **state)
{
    (void)state;
    const char *const text =
        "map = { of = \"portfolio\"; columns = ("
        "{ field = \"loan_id\"; from = \"id\"; values = ("
        "{ from = \"a\"; to = \"b\"; } ); },"
        "{ field = \"firm_id\"; from = \"id\"; },"
        "{ field = \"outstanding\"; expr = \"a + b\"; },"
        "{ field = \"pd\"; const = \"0.1\"; } ); keep_if = \"a > 0\"; };";
    const char *const csv = "id,a,b\n1,2,3\n";
    Source cfg = {.name = "m.cfg", .bytes = text, .n = strlen(text)};
    Source file = {.name = "f.csv", .bytes = csv, .n = strlen(csv)};
    int done = 0;
    for (long n = 0; !done; n++) {
        Arena *arena = arena_new();
        Faults *faults = faults_new(arena);
        Tables *tables = tables_new(arena);
        const Doc *root = NULL;
        const ColumnMap *map = NULL;
        Table *table = NULL;
        size_t refused;
        Err err = {0};
        assert_int_equal(doc_read(&root, arena, cfg, faults, &err), OK);
        mem_fail_from(n);
        ErrCode rc = colmap_read(&map, arena, root, faults, &err);
        if (rc == OK)
            rc = csv_read(&table, &refused, tables, file,
                          (CsvOptions){.of = "portfolio", .map = map}, faults,
                          &err);
        mem_fail_from(-1);
        done = rc == OK;
        if (!done)
            assert_int_equal(rc, ERR_MEMORY);
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_foreign_book_becomes_a_portfolio),
        cmocka_unit_test(amounts_of_expressions_are_exact),
        cmocka_unit_test(conditions_choose_rows),
        cmocka_unit_test(what_a_source_lacks_is_named_with_the_maps_line),
        cmocka_unit_test(a_bad_cell_of_an_expression_is_named),
        cmocka_unit_test(dates_follow_the_maps_order),
        cmocka_unit_test(fractions_compare_exactly),
        cmocka_unit_test(what_leaves_the_range_is_refused),
        cmocka_unit_test(any_allocation_of_a_map_may_fail),
    };
    return RUN(tests);
}
