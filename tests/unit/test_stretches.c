#include "check.h"
#include "data/csv.h"

#include <stdlib.h>

enum { ROWS = 20000, LINE = 128 };

static const char header[] =
    "application_id,firm_id,firm_name,product,amount,term_months,applied_on,"
    "county\n";

/* A file of several stretches; `odd` stands for row `at`, if that is one. */
static char *make_file(size_t *n, size_t at, const char *odd)
{
    char *bytes = malloc(sizeof header + (size_t)ROWS * LINE);
    assert_non_null(bytes);
    *n = (size_t)snprintf(bytes, sizeof header, "%s", header);
    for (size_t i = 0; i < ROWS; i++) {
        char *to = bytes + *n;
        *n += (size_t)(i == at ? snprintf(to, LINE, "%s", odd)
                               : snprintf(to, LINE,
                                          "A%zu,9144030071526726XG,\"a, %zu\","
                                          "p%zu,%zu.5,12,2024-03-01,c%zu\n",
                                          i, i / 2, i % 3, i, i % 40));
    }
    return bytes;
}

typedef struct {
    Arena *arena;
    Faults *faults;
    Table *table;
    size_t refused;
    Err err;
    ErrCode rc;
} Reading;

static void read_by(Reading *r, const char *bytes, size_t n, int threads)
{
    *r = (Reading){.arena = arena_new()};
    r->faults = faults_new(r->arena);
    CsvOptions options = {.of = "applications", .threads = threads};
    Source source = {.name = "a.csv", .bytes = bytes, .n = n};
#pragma omp parallel num_threads(threads)
#pragma omp single
    r->rc = csv_read(&r->table, &r->refused, tables_new(r->arena), source,
                     options, r->faults, &r->err);
}

static void assert_same_tables(const Table *a, const Table *b)
{
    char x[CELL_TEXT], y[CELL_TEXT];
    assert_int_equal(a->rows, b->rows);
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->rows; i++) {
        assert_int_equal(a->lines[i], b->lines[i]);
        for (size_t j = 0; j < a->n; j++)
            assert_string_equal(cell_format(x, a->columns[j], i),
                                cell_format(y, b->columns[j], i));
    }
}

static void assert_same_text(const char *a, const char *b)
{
    assert_string_equal(a == NULL ? "" : a, b == NULL ? "" : b);
}

static void assert_same_faults(const Faults *a, const Faults *b)
{
    const Fault *x, *y;
    for (size_t i = 0; (x = faults_at(a, i)) != NULL; i++) {
        assert_non_null(y = faults_at(b, i));
        assert_int_equal(x->line, y->line);
        assert_int_equal(x->column, y->column);
        assert_same_text(x->problem, y->problem);
        assert_same_text(x->value, y->value);
        assert_same_text(x->way_out, y->way_out);
    }
    assert_int_equal(faults_count(a), faults_count(b));
}

/* By one thread and by several the same table, or the same faults. */
static void check_alike(const char *odd, ErrCode rc)
{
    Reading one, many;
    size_t n;
    char *bytes = make_file(&n, ROWS - 5, odd);
    read_by(&one, bytes, n, 1);
    read_by(&many, bytes, n, 3);
    assert_int_equal(one.rc, rc);
    assert_int_equal(many.rc, rc);
    assert_string_equal(one.err.text, many.err.text);
    if (rc == OK)
        assert_same_tables(one.table, many.table);
    assert_same_faults(one.faults, many.faults);
    arena_free(one.arena);
    arena_free(many.arena);
    free(bytes);
}

#define FIRM "9144030071526726XG"

static void a_clean_file_is_the_same_table(void **state)
{
    (void)state;
    check_alike("B1," FIRM ",\"say \"\"a\"\"\",p1,1,12,2024-03-01,c1\n", OK);
    check_alike("B1," FIRM ",\"two\nlines\",p1,1,12,2024-03-01,c1\n", OK);
    check_alike("B1," FIRM ",,p1,1,12,2024-03-01,\n", OK);
}

static void what_is_no_row_is_left_out(void **state)
{
    (void)state;
    check_alike("\n", OK);
    check_alike(",,,,,,,\n", OK);
}

static void faults_are_told_as_by_one_thread(void **state)
{
    (void)state;
    check_alike("B1," FIRM ",a,p1,x,12,2024-13-01,c1\n", ERR_INPUT);
    check_alike("A7," FIRM ",a,p1,1,12,2024-03-01,c1\n", ERR_INPUT);
    check_alike("B1," FIRM ",a\n", ERR_INPUT);
    check_alike("B1," FIRM ",a\"b,p1,1,12,2024-03-01,c1\n", ERR_INPUT);
    check_alike("B1," FIRM ",\"ab,p1,1,12,2024-03-01,c1\n", ERR_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clean_file_is_the_same_table),
        cmocka_unit_test(what_is_no_row_is_left_out),
        cmocka_unit_test(faults_are_told_as_by_one_thread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
