#include "check.h"
#include "core/date.h"
#include "data/csv.h"

#include <stdlib.h>

#define FIRM   "9144030071526726XG"
#define HEADER "application_id,firm_id,product,amount,term_months,applied_on"
#define GOOD   "," FIRM ",ip-pledge,1234567.89,12,2024-03-01"

typedef struct {
    Arena *arena;
    Faults *faults;
    Tables *tables;
    Table *table;
    size_t refused;
    Err err;
    ErrCode rc;
} Fixture;

static void read_with(Fixture *f, const char *bytes, size_t n,
                      CsvOptions options)
{
    *f = (Fixture){.arena = arena_new()};
    f->faults = faults_new(f->arena);
    f->tables = tables_new(f->arena);
    Source source = {.name = "a.csv", .bytes = bytes, .n = n};
    f->rc = csv_read(&f->table, &f->refused, f->tables, source, options,
                     f->faults, &f->err);
}

static void read_text(Fixture *f, const char *text)
{
    read_with(f, text, strlen(text), (CsvOptions){.of = "applications"});
}

static int64_t whole(const Fixture *f, Field field, size_t row)
{
    return table_field(f->table, field)->i[row];
}

static const char *text(const Fixture *f, Field field, size_t row)
{
    return table_field(f->table, field)->s[row];
}

static void a_row_becomes_typed_columns(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f, HEADER
              ",past_default,titles,founded_on\n"
              "A1" GOOD
              ",是,hnte; srdi,\n"
              "\n"
              "A2" GOOD ",,,20150817\n");
    assert_int_equal(f.rc, OK);
    assert_int_equal(f.table->rows, 2);
    assert_string_equal(f.table->name, "applications");
    assert_string_equal(f.table->file, "a.csv");
    assert_int_equal(whole(&f, FIELD_amount, 0), 123456789);
    assert_int_equal(whole(&f, FIELD_term_months, 1), 12);
    assert_int_equal(whole(&f, FIELD_applied_on, 0), 19783);
    assert_int_equal(whole(&f, FIELD_past_default, 0), 1);
    assert_true(whole(&f, FIELD_past_default, 1) == NULL_INT);
    assert_string_equal(text(&f, FIELD_titles, 0), "hnte;srdi");
    assert_null(text(&f, FIELD_titles, 1));
    assert_true(whole(&f, FIELD_founded_on, 0) == NULL_INT);
    assert_ptr_equal(text(&f, FIELD_firm_id, 0), text(&f, FIELD_firm_id, 1));
    assert_int_equal(f.table->lines[0], 2);
    assert_int_equal(f.table->lines[1], 4);
    arena_free(f.arena);
}

/* The same file by three separators, both line ends, a mark and quotes. */
static void every_dialect_reads_alike(void **state)
{
    (void)state;
    const char *const files[] = {
        HEADER "\nA1" GOOD,
        HEADER "\r\nA1" GOOD "\r\n",
        "\xEF\xBB\xBF" HEADER "\nA1" GOOD "\n,,,,,\n\n",
        "application_id;firm_id;product;amount;term_months;applied_on\n"
        "A1;" FIRM ";ip-pledge;1,234,567.89;12;2024/3/1\n",
        "application_id\tfirm_id\tproduct\tamount\tterm_months\tapplied_on\n"
        "A1\t" FIRM "\tip-pledge\t\"1,234,567.89\"\t12\t2024年3月1日\n",
        "\"application_id\",\"firm_id\",product,amount,term_months,applied_on"
        "\r\n\"A1\",\"" FIRM
        "\",\"ip-pledge\",\"1,234,567.89\",\"12\",\""
        "20240301\"\r\n",
        " 申请编号 ,企业代码,产品,申请金额（万元）,期限（月）,申请日\n"
        "　A1　," FIRM ", ip-pledge,123.456789,１２,2024-03-01 \n",
        "业务编号,统一社会信用代码,贷款产品,金额(元),贷款期限,申请日期\n"
        "A1," FIRM ",ip-pledge,123.456789万,12,2024-03-01",
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        Fixture f;
        read_text(&f, files[i]);
        if (f.rc != OK)
            faults_print(f.faults, stderr);
        assert_int_equal(f.rc, OK);
        assert_int_equal(f.table->rows, 1);
        assert_string_equal(text(&f, FIELD_application_id, 0), "A1");
        assert_string_equal(text(&f, FIELD_firm_id, 0), FIRM);
        assert_string_equal(text(&f, FIELD_product, 0), "ip-pledge");
        assert_int_equal(whole(&f, FIELD_amount, 0), 123456789);
        assert_int_equal(whole(&f, FIELD_term_months, 0), 12);
        assert_int_equal(whole(&f, FIELD_applied_on, 0), 19783);
        arena_free(f.arena);
    }
}

/* 企业名称 and 示例, bytes by iconv -t GB18030. */
static void chinese_of_gb18030_is_read(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f, HEADER
              ",\xC6\xF3\xD2\xB5\xC3\xFB\xB3\xC6\n"
              "A1" GOOD ",\xCA\xBE\xC0\xFD\n");
    assert_int_equal(f.rc, OK);
    assert_string_equal(text(&f, FIELD_firm_name, 0), "示例");
    arena_free(f.arena);
}

static void quotes_hold_anything(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f, HEADER
              ",firm_name\n"
              "A1" GOOD
              ",\"a \"\"b\"\", c\r\n\"\"d\"\"\"\n"
              "A2" GOOD
              ",\"\"\n"
              "A3" GOOD ",\"\"\"\"\r\n");
    assert_int_equal(f.rc, OK);
    assert_string_equal(text(&f, FIELD_firm_name, 0), "a \"b\", c\r\n\"d\"");
    assert_null(text(&f, FIELD_firm_name, 1));
    assert_string_equal(text(&f, FIELD_firm_name, 2), "\"");
    assert_int_equal(f.table->lines[1], 4); /* the first took two lines */
    arena_free(f.arena);
}

static void unknown_columns_are_reported_once(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f, HEADER ",emploees,,weather\nA1" GOOD ",1,2,3\nA2" GOOD
                         ",4,5,6\n");
    assert_int_equal(f.rc, OK);
    assert_int_equal(f.table->n, 6);
    assert_int_equal(faults_warned(f.faults), 3);
    assert_string_equal(faults_at(f.faults, 0)->way_out,
                        "did you mean employees?");
    assert_string_equal(faults_at(f.faults, 1)->problem,
                        "column 8 has no name and is ignored");
    assert_null(faults_at(f.faults, 2)->way_out);
    arena_free(f.arena);
}

static void a_header_means_what_its_file_says(void **state)
{
    (void)state;
    Fixture f;
    const char rights[] =
        "申请编号,知识产权编号,类型,申请日\n"
        "A1,200310102344.5,发明专利,2003-12-10\n";
    read_with(&f, rights, strlen(rights), (CsvOptions){.of = "ip_rights"});
    assert_int_equal(f.rc, OK);
    assert_string_equal(text(&f, FIELD_kind, 0), "invention");
    assert_int_equal(whole(&f, FIELD_filed_on, 0), 12396);
    assert_null(table_field(f.table, FIELD_applied_on));
    arena_free(f.arena);
}

static void rules_may_ask_for_columns_of_their_own(void **state)
{
    (void)state;
    Fixture f;
    const CsvColumn extra[] = {{"中试基地等级", TYPE_COUNT},
                               {"green_sum", TYPE_MONEY},
                               {"score", TYPE_REAL}};
    const char file[] = HEADER
        ",中试基地等级,green_sum（万元）,score\n"
        "A1" GOOD ",3,0.5,71.25\n";
    read_with(&f, file, strlen(file),
              (CsvOptions){.of = "applications", .extra = extra, .n_extra = 3});
    assert_int_equal(f.rc, OK);
    assert_int_equal(faults_warned(f.faults), 0);
    assert_int_equal(table_find(f.table, "中试基地等级")->i[0], 3);
    assert_int_equal(table_find(f.table, "green_sum")->i[0], 500000);
    assert_true(table_find(f.table, "score")->d[0] == 71.25);
    arena_free(f.arena);
}

static void a_file_without_rows_is_no_fault(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f, HEADER "\n");
    assert_int_equal(f.rc, OK);
    assert_int_equal(f.table->rows, 0);
    assert_string_equal(faults_at(f.faults, 0)->problem,
                        "the file has no rows");
    arena_free(f.arena);
}

static void good_rows_are_kept_and_the_others_written_with_reasons(void **state)
{
    (void)state;
    Fixture f;
    char got[2048] = "";
    FILE *rejects = tmpfile();
    const char file[] = HEADER
        "\n"
        "A1" GOOD
        "\n"
        "A2," FIRM
        ",\"ip, \"\"x\"\"\",ten,0,2024-03-01\n"
        "A1" GOOD
        "\r\n"
        "A3,\"" FIRM
        "\n"
        "A4,x\n"
        "A5" GOOD "\n";
    read_with(&f, file, strlen(file),
              (CsvOptions){.of = "applications",
                           .keep_good_rows = 1,
                           .rejects = rejects});
    assert_int_equal(f.rc, OK);
    assert_int_equal(f.refused, 4);
    assert_int_equal(f.table->rows, 2);
    assert_string_equal(text(&f, FIELD_application_id, 1), "A5");
    assert_int_equal(f.table->lines[1], 7);
    assert_int_equal(faults_count(f.faults), 0);
    assert_int_equal(faults_warned(f.faults), 5);
    rewind(rejects);
    got[fread(got, 1, sizeof got - 1, rejects)] = '\0';
    assert_string_equal(
        got, HEADER
        ",reasons\n"
        "A2," FIRM
        ",\"ip, \"\"x\"\"\",ten,0,2024-03-01,\"amount: 'ten' "
        "is not an amount in yuan; write 1234567.89, 1,234,567.89 or "
        "12.5万 | term_months: '0' is not a number of months, 1 to "
        "1200\"\n"
        "A1" GOOD
        ",\"application_id: 'A1' is not unique in the file; "
        "line 2 has it already; take one of the two out, or give it an id of "
        "its own\"\n"
        "A3,\"" FIRM
        ",\"a quote that is never closed; "
        "close it, or write it twice\"\n"
        "A4,x,\"2 cells where the header has 6; is the line "
        "cut off?\"\n");
    fclose(rejects);
    arena_free(f.arena);
}

/* /dev/full takes nothing, as a full disk does. */
static void rejects_that_cannot_be_written_are_an_error(void **state)
{
    (void)state;
    Fixture f;
    FILE *rejects = fopen("/dev/full", "w");
    const char file[] = HEADER "\nA1,x\n";
    if (rejects == NULL)
        skip();
    read_with(&f, file, strlen(file),
              (CsvOptions){.of = "applications",
                           .keep_good_rows = 1,
                           .rejects = rejects});
    assert_int_equal(f.rc, ERR_IO);
    fclose(rejects);
    arena_free(f.arena);
}

static void a_record_of_ten_megabytes_is_refused_and_left_behind(void **state)
{
    (void)state;
    enum { LONG = 10 << 20 };
    const char start[] = HEADER "\nA1,", end[] = "\nA2" GOOD "\n";
    char *file = malloc(LONG + sizeof start + sizeof end);
    for (int quoted = 0; quoted < 2; quoted++) {
        Fixture f;
        assert_non_null(file);
        size_t n = sizeof start - 1;
        memcpy(file, start, n);
        memset(file + n, 'x', LONG);
        if (quoted)
            file[n] = '"';
        memcpy(file + n + LONG, end, sizeof end);
        read_with(&f, file, n + LONG + sizeof end - 1,
                  (CsvOptions){.of = "applications"});
        assert_int_equal(f.rc, ERR_INPUT);
        assert_int_equal(faults_count(f.faults), 1);
        assert_string_equal(faults_at(f.faults, 0)->problem,
                            "a record of more than 1 MiB");
        assert_int_equal(faults_at(f.faults, 0)->line, 2);
        assert_int_equal(faults_at(f.faults, 0)->column, 4);
        arena_free(f.arena);
    }
    free(file);
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    Fixture f, g;
    char got[1024] = "";
    FILE *to = tmpfile();
    read_text(&f, HEADER
              ",firm_name,net_profit\n"
              "A1" GOOD
              ",\"a \"\"b\"\",\nc\",-0.5\n"
              "A2" GOOD ",示例,\n");
    assert_int_equal(f.rc, OK);
    assert_int_equal(csv_write(to, f.table, 1, &f.err), OK);
    rewind(to);
    got[fread(got, 1, sizeof got - 1, to)] = '\0';
    assert_string_equal(got, "\xEF\xBB\xBF" HEADER
                             ",firm_name,net_profit\n"
                             "A1" GOOD
                             ",\"a \"\"b\"\",\nc\",-0.50\n"
                             "A2" GOOD ",示例,\n");
    read_text(&g, got);
    assert_int_equal(g.rc, OK);
    assert_int_equal(g.table->rows, 2);
    assert_string_equal(text(&g, FIELD_firm_name, 0),
                        text(&f, FIELD_firm_name, 0));
    fclose(to);
    arena_free(f.arena);
    arena_free(g.arena);
}

static void estimates_of_amounts_are_written_in_yuan(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    Table *t;
    Column *fen, *rate;
    char got[64] = "";
    FILE *to = tmpfile();
    assert_int_equal(table_new(&t, tables_new(arena), "figures", 3, NULL), OK);
    assert_int_equal(table_add(&fen, t, "fen", TYPE_REAL, "fen", NULL), OK);
    assert_int_equal(table_add(&rate, t, "rate", TYPE_REAL, "1", NULL), OK);
    fen->d[0] = -1234567.5;
    fen->d[1] = NAN;
    fen->d[2] = 1e300;
    rate->d[0] = rate->d[1] = rate->d[2] = 0.25;
    assert_int_equal(csv_write(to, t, 0, NULL), OK);
    rewind(to);
    got[fread(got, 1, sizeof got - 1, to)] = '\0';
    assert_string_equal(got, "fen,rate\n-12345.68,0.25\n,0.25\n1e+300,0.25\n");
    fclose(to);
    arena_free(arena);
}

static void a_table_that_cannot_be_written_is_an_error(void **state)
{
    (void)state;
    Fixture f;
    FILE *to = fopen("/dev/full", "w");
    if (to == NULL)
        skip();
    read_text(&f, HEADER "\nA1" GOOD "\n");
    assert_int_equal(csv_write(to, f.table, 0, &f.err), ERR_IO);
    fclose(to);
    arena_free(f.arena);
}

/* Out of memory at any of its allocations, the reader says so, lists no table
 * and leaks nothing (the sanitizer's build watches). */
static void any_allocation_of_a_reading_may_fail(void **state)
{
    (void)state;
    int done = 0;
    const char *const file = HEADER
        ",\xC6\xF3\xD2\xB5\xC3\xFB\xB3\xC6,weather,titles\n"
        "A1" GOOD
        ",\"\xCA\xBE\"\"\xC0\xFD\",x,a ;b\n"
        "A2,y,ten\n"
        "A1" GOOD ",,,\n";
    Source source = {.name = "a.csv", .bytes = file, .n = strlen(file)};
    for (long n = 0; !done; n++) {
        Arena *arena = arena_new();
        Faults *faults = faults_new(arena);
        Tables *tables = tables_new(arena);
        Table *table = NULL;
        size_t refused = 0;
        Err err = {0};
        mem_fail_from(n);
        ErrCode rc =
            csv_read(&table, &refused, tables, source,
                     (CsvOptions){.of = "applications", .keep_good_rows = 1},
                     faults, &err);
        mem_fail_from(-1);
        done = rc == OK;
        if (!done) {
            assert_int_equal(rc, ERR_MEMORY);
            assert_null(table);
            assert_int_equal(tables->n, 0);
            assert_true(err.text[0] != '\0');
        } else {
            assert_int_equal(table->rows, 1);
            assert_int_equal(refused, 2);
        }
        arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_becomes_typed_columns),
        cmocka_unit_test(every_dialect_reads_alike),
        cmocka_unit_test(chinese_of_gb18030_is_read),
        cmocka_unit_test(quotes_hold_anything),
        cmocka_unit_test(unknown_columns_are_reported_once),
        cmocka_unit_test(a_header_means_what_its_file_says),
        cmocka_unit_test(rules_may_ask_for_columns_of_their_own),
        cmocka_unit_test(a_file_without_rows_is_no_fault),
        cmocka_unit_test(
            good_rows_are_kept_and_the_others_written_with_reasons),
        cmocka_unit_test(rejects_that_cannot_be_written_are_an_error),
        cmocka_unit_test(a_record_of_ten_megabytes_is_refused_and_left_behind),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(estimates_of_amounts_are_written_in_yuan),
        cmocka_unit_test(a_table_that_cannot_be_written_is_an_error),
        cmocka_unit_test(any_allocation_of_a_reading_may_fail),
    };
    return RUN(tests);
}
