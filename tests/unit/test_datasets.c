#include "check.h"
#include "data/csv.h"
#include "data/doc.h"

#include "../../datasets/world.h"
#include "rules.h"

/* The bundled files, read as the program reads them (from the top folder). */
typedef struct {
    Arena *arena;
    Tables *tables;
    Faults *faults;
} World;

static World world;

static int open_world(void **state)
{
    (void)state;
    world.arena = arena_new();
    world.tables = tables_new(world.arena);
    world.faults = faults_new(world.arena);
    return world.arena == NULL || world.tables == NULL || world.faults == NULL;
}

static int close_world(void **state)
{
    (void)state;
    arena_free(world.arena);
    return 0;
}

static Table *read_file(const char *of, const char *path)
{
    Err err = {0};
    Source source;
    Table *t = NULL;
    size_t refused;
    assert_int_equal(source_read(&source, world.arena, path, &err), OK);
    ErrCode rc = csv_read(&t, &refused, world.tables, source,
                          (CsvOptions){.of = of}, world.faults, &err);
    faults_print(world.faults, stderr);
    assert_int_equal(rc, OK);
    assert_int_equal(faults_count(world.faults), 0);
    assert_int_equal(faults_warned(world.faults), 0);
    return t;
}

static const Column *column(const Table *t, Field field)
{
    const Column *c = table_field(t, field);
    assert_non_null(c);
    return c;
}

static void every_file_is_read_without_a_remark(void **state)
{
    (void)state;
    assert_int_equal(read_file("portfolio", "datasets/portfolio.csv")->rows,
                     10000);
    assert_int_equal(read_file("contracts", "datasets/contracts.csv")->rows,
                     240);
    assert_int_equal(
        read_file("contracts", "datasets/suizhou-contracts.csv")->rows, 80);
    assert_int_equal(
        read_file("contracts", "datasets/suizhou-results.csv")->rows, 29);
    assert_int_equal(read_file("outcomes", "datasets/outcomes.csv")->rows,
                     3000);
    assert_int_equal(read_file("ip_rights", "datasets/ip_rights.csv")->rows,
                     6314);
}

static void the_chinese_file_says_what_the_english_one_says(void **state)
{
    (void)state;
    const Table *en = read_file("applications", "datasets/applications.csv");
    const Table *zh =
        read_file("applications", "datasets/applications-gb18030.csv");
    char a[CELL_TEXT], b[CELL_TEXT];
    assert_int_equal(en->rows, 3000);
    assert_int_equal(zh->rows, 200);
    assert_int_equal(zh->n, en->n);
    for (size_t i = 0; i < en->n; i++) {
        const Column *same = table_find(zh, en->columns[i]->name);
        assert_non_null(same);
        for (size_t row = 0; row < zh->rows; row++)
            assert_string_equal(cell_format(a, en->columns[i], row),
                                cell_format(b, same, row));
    }
}

static void accounts_add_up(void **state)
{
    (void)state;
    const Table *t = read_file("applications", "datasets/applications.csv");
    const Column *assets = column(t, FIELD_total_assets);
    const Column *debts = column(t, FIELD_total_liabilities);
    const Column *net = column(t, FIELD_net_assets);
    size_t seen = 0;
    for (size_t i = 0; i < t->rows; i++) {
        if (cell_is_null(assets, i) || cell_is_null(debts, i))
            continue;
        assert_int_equal(assets->i[i] - debts->i[i], net->i[i]);
        seen++;
    }
    assert_true(seen > 2900);
}

/* Region 99 is nobody's; no office gave out serials from 9,000,000. */
static void nothing_stands_for_a_real_firm_or_right(void **state)
{
    (void)state;
    const Table *t = read_file("applications", "datasets/applications.csv");
    const Column *firm = column(t, FIELD_firm_id);
    const Column *name = column(t, FIELD_firm_name);
    for (size_t i = 0; i < t->rows; i++) {
        assert_memory_equal(firm->s[i] + 2, "99", 2);
        assert_ptr_equal(strstr(name->s[i], "示例企业"), name->s[i]);
    }
    t = read_file("ip_rights", "datasets/ip_rights.csv");
    const Column *kind = column(t, FIELD_kind), *id = column(t, FIELD_ip_id);
    for (size_t i = 0; i < t->rows; i++)
        if (memcmp(id->s[i], "ZL", 2) == 0)
            assert_int_equal(id->s[i][7], '9');
        else
            assert_int_not_equal(strcmp(kind->s[i], "invention"), 0);
}

static Column *added(Table *t, Field field)
{
    Column *c = NULL;
    assert_int_equal(table_add_field(&c, t, field, NULL), OK);
    return c;
}

/* A thousand firms as the rule file has them. */
static void size_classes_are_those_of_the_rules(void **state)
{
    (void)state;
    enum { FIRMS = 1000 };
    const Date day = date_of((DateParts){2025, 12, 31});
    Ruled r;
    Table *t = NULL;
    assert_int_equal(ruled_file(&r, "rules/eligibility/sme-size-2011.cfg"), OK);
    Tables *tables = tables_new(r.arena);
    tables->texts = r.texts;
    assert_int_equal(table_new(&t, tables, "firms", FIRMS, &r.err), OK);
    Column *industry = added(t, FIELD_industry);
    Column *employees = added(t, FIELD_employees);
    Column *revenue = added(t, FIELD_revenue);
    Column *assets = added(t, FIELD_total_assets);
    Column *on = added(t, FIELD_applied_on);
    for (int i = 0; i < FIRMS; i++) {
        Firm f = firm_of(10001 + i);
        const char *code = industries[f.industry].code;
        industry->s[i] = texts_put(r.texts, code, strlen(code));
        employees->i[i] = f.employees;
        revenue->i[i] = amount_of(f.revenue, 0.01).fen;
        assets->i[i] = NULL_INT; /* no bound of these industries */
        on->i[i] = day.days;
    }
    assert_int_equal(policy_apply(t, r.policy, day, &r.err), OK);
    const Column *size = table_find(t, "size_class");
    for (int i = 0; i < FIRMS; i++) {
        Firm f = firm_of(10001 + i);
        assert_string_equal(size->s[i], size_class_of(&f));
    }
    ruled_free(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_read_without_a_remark),
        cmocka_unit_test(the_chinese_file_says_what_the_english_one_says),
        cmocka_unit_test(accounts_add_up),
        cmocka_unit_test(nothing_stands_for_a_real_firm_or_right),
        cmocka_unit_test(size_classes_are_those_of_the_rules),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, open_world,
                                       close_world);
}
