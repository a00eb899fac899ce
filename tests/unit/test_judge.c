/* Applications judged in stretches by several threads. */
#include "check.h"

#include "flow/judge.h"

#include <stdio.h>

enum { ROWS = 2 * 65536 + 4711 }; /* stretches of 65,536 and a rest */

static const char gate[] =
    "policy = { id = \"gate\"; kind = \"eligibility\";"
    " title = { zh = \"门槛\"; en = \"gate\"; }; issuer = \"i\";"
    " document = \"d\"; source = \"s\"; confidence = \"M\"; };"
    "inputs = ( { name = \"employees\"; }, { name = \"rd_staff\"; },"
    " { name = \"amount\"; required = \"yes\"; } );"
    "eligibility = ("
    " { id = \"E1\"; require = \"employees <= 300\"; cite = \"c\";"
    "   reason = { zh = \"人\"; en = \"staff\"; }; },"
    " { id = \"E2\"; require = \"amount <= 5000000.00\"; cite = \"c\";"
    "   reason = { zh = \"额\"; en = \"amount\"; }; },"
    " { id = \"E3\"; require = \"rd_staff >= 5\"; cite = \"c\";"
    "   reason = { zh = \"研\"; en = \"research\"; }; } );"
    "examples = ("
    " { id = \"X1\"; of = ( \"E1\", \"E2\", \"E3\" );"
    "   given = ( \"employees = 301\", \"rd_staff = 4\","
    "             \"amount = 5000000.01\" );"
    "   gives = ( \"eligible = false\", \"reasons = \\\"E1;E2;E3\\\"\" ); } );";

static uint32_t mixed(uint32_t x)
{
    x = (x ^ x >> 16) * 0x7FEB352DU;
    x = (x ^ x >> 15) * 0x846CA68BU;
    return x ^ x >> 16;
}

static int64_t employees_of(size_t i)
{
    return mixed((uint32_t)i) % 600;
}

static int64_t staff_of(size_t i)
{
    return mixed((uint32_t)i + 77777777) % 10;
}

static int64_t amount_of(size_t i)
{
    return mixed((uint32_t)i + 333333333) % 1000000000;
}

/* The ids of the rows that fail, in their order. */
static const char *reasons_of(size_t i, char out[16])
{
    size_t n = 0;
    const int fails[] = {employees_of(i) > 300, amount_of(i) > 500000000,
                         staff_of(i) < 5};
    for (int k = 0; k < 3; k++)
        if (fails[k])
            n += (size_t)snprintf(out + n, 16 - n, "%sE%d", n > 0 ? ";" : "",
                                  k + 1);
    return n > 0 ? out : NULL;
}

static Policy *read_gate(Job *job)
{
    Source source;
    const Doc *root;
    Policy *policy = NULL;
    if (source_of(&source, "gate.cfg", gate, strlen(gate), NULL) != OK ||
        doc_read(&root, job->arena, source, job->faults, NULL) != OK ||
        policy_read(&policy, job->arena, job->tables->texts, root, job->faults,
                    NULL) != OK) {
        faults_print(job->faults, stderr);
        fail();
    }
    return policy;
}

static Table *applications(Job *job)
{
    Table *t;
    Column *employees, *staff, *amount;
    assert_int_equal(table_new(&t, job->tables, "applications", ROWS, NULL),
                     OK);
    assert_int_equal(table_add_field(&employees, t, FIELD_employees, NULL), OK);
    assert_int_equal(table_add_field(&staff, t, FIELD_rd_staff, NULL), OK);
    assert_int_equal(table_add_field(&amount, t, FIELD_amount, NULL), OK);
    for (size_t i = 0; i < ROWS; i++) {
        employees->i[i] = employees_of(i);
        staff->i[i] = staff_of(i);
        amount->i[i] = amount_of(i);
    }
    return t;
}

/* Every third row is the second part's. */
static void share_out(Job *job, Part parts[2])
{
    for (int i = 0; i < 2; i++)
        parts[i] = (Part){read_gate(job),
                          arena_alloc(job->arena, ROWS, sizeof(size_t)), 0};
    for (size_t i = 0; i < ROWS; i++) {
        Part *p = &parts[i % 3 == 0];
        p->rows[p->n++] = i;
    }
}

static void check_decisions(const Table *decisions)
{
    const Column *eligible = table_field(decisions, FIELD_eligible);
    const Column *reasons = table_field(decisions, FIELD_reasons);
    for (size_t i = 0; i < ROWS; i++) {
        char room[16];
        const char *want = reasons_of(i, room);
        if (eligible->i[i] != (want == NULL) ||
            (want == NULL) != (reasons->s[i] == NULL) ||
            (want != NULL && strcmp(want, reasons->s[i]) != 0))
            fail_msg("row %zu: %s", i, reasons->s[i]);
    }
}

static void any_number_of_threads_decides_the_same(void **state)
{
    static const int threads[] = {1, 2, 7};
    (void)state;
    for (size_t k = 0; k < COUNT(threads); k++) {
        const EngineUser user = {.notes = stderr, .threads = threads[k]};
        Job job;
        Part parts[2];
        Table *decisions;
        assert_int_equal(job_open(&job, NULL, 0, &user, NULL), OK);
        Table *t = applications(&job);
        share_out(&job, parts);
        assert_int_equal(
            table_new(&decisions, job.tables, "decisions", ROWS, NULL), OK);
        assert_int_equal(
            judge_parts(decisions, &job, t, parts, 2, (Date){20000}, NULL), OK);
        assert_string_equal(decisions->columns[0]->name, "amount");
        check_decisions(decisions);
        job_close(&job);
    }
}

static int stop_early(void *to, const char *stage, double part)
{
    (void)to;
    return strcmp(stage, "assess") == 0 && part > 0;
}

static void a_user_can_stop_it(void **state)
{
    (void)state;
    const EngineUser user = {
        .notes = stderr, .threads = 2, .progress = stop_early};
    Job job;
    Part parts[2];
    Table *decisions;
    Err err = {0};
    assert_int_equal(job_open(&job, NULL, 0, &user, NULL), OK);
    Table *t = applications(&job);
    share_out(&job, parts);
    assert_int_equal(table_new(&decisions, job.tables, "decisions", ROWS, NULL),
                     OK);
    assert_int_equal(
        judge_parts(decisions, &job, t, parts, 2, (Date){20000}, &err), ERR_IO);
    assert_string_equal(err.text, "interrupted; this run is not recorded");
    job_close(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_decides_the_same),
        cmocka_unit_test(a_user_can_stop_it),
    };
    return RUN(tests);
}
