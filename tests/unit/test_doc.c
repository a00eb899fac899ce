#include "check.h"
#include "core/mem.h"
#include "data/doc.h"

#include <stdlib.h>

typedef struct {
    Arena *arena;
    Faults *faults;
    const Doc *root;
    DocReader r;
    Err err;
    ErrCode rc;
} Fixture;

static void read_bytes(Fixture *f, const char *bytes, size_t n)
{
    Source source = {0};
    *f = (Fixture){.arena = arena_new()};
    f->faults = faults_new(f->arena);
    f->r = (DocReader){.faults = f->faults, .err = &f->err};
    assert_int_equal(source_of(&source, "t.cfg", bytes, n, &f->err), OK);
    f->rc = doc_read(&f->root, f->arena, source, f->faults, &f->err);
}

static void read_text(Fixture *f, const char *text)
{
    read_bytes(f, text, strlen(text));
}

static const Doc *path(const Fixture *f, const char *a, size_t i, const char *b)
{
    const Doc *d = doc_at(doc_get(f->root, a), i);
    return b == NULL ? d : doc_get(d, b);
}

static void every_node_knows_its_place(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f,
              "# \"quotes\" { [ (\n"
              "policy = { id = \"suizhou-2023\";\n"
              "\ttitle = { zh = \"随州\"; en = \"Sui\"; }; };\n"
              "/* 1234567890 @include \"x\"\n more */ rows : ( { a = -17 },"
              " [ 1, 2 ], TRUE )\n");
    assert_int_equal(f.rc, OK);
    assert_int_equal(f.root->n, 2);
    const Doc *policy = doc_get(f.root, "policy");
    assert_int_equal(policy->kind, DOC_GROUP);
    assert_int_equal(policy->line, 2);
    assert_int_equal(policy->column, 10);
    assert_int_equal(policy->name_column, 1);
    const Doc *id = doc_get(policy, "id");
    assert_string_equal(id->text, "suizhou-2023");
    assert_int_equal(id->column, 18); /* behind the quote */
    assert_string_equal(id->source, "policy = { id = \"suizhou-2023\";");
    const Doc *en = doc_get(doc_get(policy, "title"), "en");
    assert_int_equal(en->line, 3);
    assert_int_equal(en->column, 29); /* characters: 随州 are two */
    assert_string_equal(en->text, "Sui");
    const Doc *rows = doc_get(f.root, "rows");
    assert_int_equal(rows->kind, DOC_LIST);
    assert_int_equal(rows->n, 3);
    assert_int_equal(rows->line, 5);
    assert_int_equal(path(&f, "rows", 0, "a")->number, -17);
    assert_int_equal(doc_at(path(&f, "rows", 1, NULL), 1)->number, 2);
    assert_int_equal(path(&f, "rows", 2, NULL)->kind, DOC_BOOL);
    assert_int_equal(path(&f, "rows", 2, NULL)->number, 1);
    assert_null(path(&f, "rows", 3, NULL));
    assert_null(doc_get(f.root, "nothing"));
    assert_ptr_equal(id->parent, policy);
    arena_free(f.arena);
}

static void a_byte_order_mark_is_no_column(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f,
              "\xEF\xBB\xBF"
              "a = \"x\";");
    assert_int_equal(f.rc, OK);
    assert_int_equal(doc_get(f.root, "a")->column, 6);
    arena_free(f.arena);
}

static void check_fault(const char *text, size_t line, size_t column,
                        const char *says)
{
    Fixture f;
    char got[512] = {0};
    read_text(&f, text);
    if (f.rc != ERR_RULE || faults_count(f.faults) == 0)
        fail_msg("'%s' was read", text);
    const Fault *fault = faults_at(f.faults, 0);
    assert_string_equal(fault->file, "t.cfg");
    snprintf(got, sizeof got, "%s '%s' %s; %s",
             fault->problem != NULL ? fault->problem : "",
             fault->value != NULL ? fault->value : "",
             fault->expected != NULL ? fault->expected : "",
             fault->way_out != NULL ? fault->way_out : "");
    if (strstr(got, says) == NULL)
        fail_msg("'%s' says: %s", text, got);
    assert_int_equal(fault->line, line);
    assert_int_equal(fault->column, column);
    assert_null(f.root);
    arena_free(f.arena);
}

/* libconfig 1.5 reads 5000000000 as 705032704 and 2147483648 as -2147483648
 * without a word; 1e400 is infinite. */
static void what_libconfig_would_misread_is_refused(void **state)
{
    (void)state;
    check_fault("a = 5000000000;", 1, 5, "'5000000000'");
    check_fault("a = 0000000001;", 1, 5, "at most 9 digits");
    check_fault("a = 2147483648;", 1, 5, "write it in quotes");
    check_fault("a = (\n 1, 99999999999999999999L );", 2, 5, "99999999999");
    check_fault("a = 0.15;", 1, 5, "'0.15'");
    check_fault("a = 1e400;", 1, 5, "'1e400'");
    check_fault("a = .5;", 1, 5, "'.5'");
    check_fault("a = 0x1F;", 1, 5, "'0x1F'");
    check_fault("a = -;", 1, 5, "'-'");
    check_fault("@include \"b.cfg\"\n", 1, 1, "include");
    check_fault("a = 1; @include \"b.cfg\"\n", 1, 8, "include");
}

static void broken_brackets_and_texts_name_their_place(void **state)
{
    (void)state;
    check_fault("a = ( 1, 2, );", 1, 11, "remove the comma");
    check_fault("a = ( 1, 2,\n /* x */ );", 1, 11, "comma");
    check_fault("a = ( 1, 2\n /* x */ ];", 2, 10, "another kind");
    check_fault("a = { b = ( 1 }; };", 1, 15, "closes nothing");
    check_fault("a = 1; }", 1, 8, "closes nothing");
    check_fault("a = {\n b = ( 1, 2", 2, 6, "never closed");
    check_fault("a = \"b\n\nc = 1;", 1, 5, "no end");
    check_fault("a = 1;\n /* b = 2;", 1, 7, "comment");
    check_fault("a = 贷;", 1, 5, "means nothing");
    check_fault("a = on;", 1, 5, "put text into quotes");
    check_fault("a = [ 1, \"x\" ];", 1, 10, "of one kind");
    check_fault("a = [ { } ];", 1, 7, "of one kind");
    check_fault("a = ( 1 2 );", 1, 9, "a comma or a closing");
    check_fault("a = ( 1; 2 );", 1, 8, "a comma or a closing");
    check_fault("a = ( 1,, 2 );", 1, 9, "a value was expected");
    check_fault("a = 1;; b = 2;", 1, 7, "a name was expected");
    check_fault("a = 1 \"b\";", 1, 7, "or a name was expected");
    check_fault("a = { b };", 1, 9, "'=' was expected");
    check_fault("a = ", 1, 5, "a value was expected");
    check_fault("true = 1;", 1, 1, "a name was expected");
    check_fault("a = \"x\\x00y\";", 1, 7, "NUL");
    check_fault("a = 1;\na = 2;", 2, 0, "duplicate");
    check_fault("a = 1\nb 2;", 2, 3, "'=' was expected");
    check_fault("a = \"\x80\";", 0, 0, "UTF-8");
}

static void a_nul_byte_is_refused(void **state)
{
    (void)state;
    Fixture f;
    read_bytes(&f, "a = 1;\0b = 2;", 13);
    assert_int_equal(f.rc, ERR_RULE);
    assert_non_null(strstr(faults_at(f.faults, 0)->problem, "NUL"));
    arena_free(f.arena);
}

static void every_fault_of_a_document_is_listed(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f, "a = 0.5;\nb = ( 1, 1234567890123, );\nc = 1.;\n");
    assert_int_equal(f.rc, ERR_RULE);
    assert_int_equal(faults_count(f.faults), 4);
    assert_int_equal(faults_at(f.faults, 3)->line, 3);
    arena_free(f.arena);
}

/* `n` opening brackets and as many closing ones in a document. */
static char *nested(size_t n)
{
    char *text = calloc(2 * n + 8, 1);
    assert_non_null(text);
    memcpy(text, "a = ", 4);
    memset(text + 4, '(', n);
    memset(text + 4 + n, ')', n);
    return text;
}

static void depth_32_is_read_and_33_is_not(void **state)
{
    (void)state;
    Fixture f;
    char *fits = nested(32), *over = nested(33), *far = nested(500000);
    read_text(&f, fits);
    assert_int_equal(f.rc, OK);
    arena_free(f.arena);
    check_fault(over, 1, 37, "32 deep");
    check_fault(far, 1, 37, "32 deep");
    free(fits);
    free(over);
    free(far);
}

static void a_document_has_limits(void **state)
{
    (void)state;
    enum { BIG = (4 << 20) + 1 };
    Fixture f;
    char *text = calloc(BIG + 1, 1);
    assert_non_null(text);
    memset(text, ' ', BIG);
    read_bytes(&f, text, BIG);
    assert_int_equal(f.rc, ERR_RULE);
    assert_non_null(strstr(faults_at(f.faults, 0)->problem, "4 MiB"));
    arena_free(f.arena);
    size_t n = 0;
    for (int i = 0; i < 1001; i++)
        n += (size_t)snprintf(text + n, BIG - n, "n%d = 1;\n", i);
    check_fault(text, 1001, 1, "1000 names");
    memcpy(text, "a = ( 1", 7);
    for (n = 7; n < 7 + 400006; n += 2)
        memcpy(text + n, ",1", 2);
    text[n] = '\0';
    check_fault(text, 1, 400005, "200000 values");
    free(text);
}

static void texts_are_what_libconfig_reads(void **state)
{
    (void)state;
    Fixture f;
    read_text(&f,
              "a = \"q\\\"\\\\\\x41\\d\" /* gap */\n # more\n \"B\";"
              "b = \"\"; c = \"two\nlines\";");
    assert_int_equal(f.rc, OK);
    assert_string_equal(doc_get(f.root, "a")->text, "q\"\\A\\dB");
    assert_string_equal(doc_get(f.root, "b")->text, "");
    assert_string_equal(doc_get(f.root, "c")->text, "two\nlines");
    assert_int_equal(doc_get(f.root, "b")->line, 3);
    arena_free(f.arena);
}

/* Offsets count bytes of the text as read; places are those in the file. */
static void a_fault_points_into_a_text(void **state)
{
    (void)state;
    static const struct {
        size_t offset, line, column;
    } rows[] = {{0, 1, 6},  {1, 1, 7}, {2, 1, 9}, /* behind an escape */
                {5, 1, 10},                       /* behind 贷 */
                {6, 2, 3},                        /* in the second part */
                {7, 2, 4},  {99, 2, 5}};
    Fixture f;
    read_text(&f, "a = \"q\\\"贷\\x41\"\n \"BC\";");
    assert_string_equal(doc_get(f.root, "a")->text, "q\"贷ABC");
    for (size_t i = 0; i < COUNT(rows); i++) {
        doc_fault(doc_get(f.root, "a"), rows[i].offset, "here", "there", &f.r);
        const Fault *fault = faults_at(f.faults, i);
        assert_int_equal(fault->line, rows[i].line);
        assert_int_equal(fault->column, rows[i].column);
        assert_string_equal(fault->source, rows[i].line == 1
                                               ? "a = \"q\\\"贷\\x41\""
                                               : " \"BC\";");
    }
    assert_true(f.r.failed);
    arena_free(f.arena);
}

static void amounts_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t fen;
    } rows[] = {{"1234567.89", 123456789},
                {"461.69万", 461690000},
                {"-0.5万", -500000},
                {"1.2345亿", 12345000000},
                {"0.000001万", 1},
                {"-2000.05元", -200005},
                {"0.5万元", 500000},
                {"+1.5亿元", 15000000000},
                {"9000000000000000.00", INT64_C(900000000000000000)}};
    static const char *const bad[] = {
        "1,000",   "万", "1万亿", "1.万", "1e6",         "1万元元",
        "1.005元", "元", "",      "1 万", "0.0000001万", "900000000亿"};
    char text[80];
    for (size_t i = 0; i < COUNT(rows) + COUNT(bad); i++) {
        int good = i < COUNT(rows);
        Fixture f;
        Money m = {-7};
        snprintf(text, sizeof text, "a = \"%s\";",
                 good ? rows[i].text : bad[i - COUNT(rows)]);
        read_text(&f, text);
        if (doc_money(&m, f.root, "a", 0, &f.r) != good ||
            m.fen != (good ? rows[i].fen : -7))
            fail_msg("%s gave %lld", text, (long long)m.fen);
        assert_int_equal(faults_count(f.faults), !good);
        arena_free(f.arena);
    }
}

static void typed_looks_take_their_kinds(void **state)
{
    (void)state;
    Fixture f;
    Ratio ratio = {0};
    Date date = {0};
    int64_t count = 0, quoted = 0;
    double real = 0, exponent = 0;
    Label label = {NULL, NULL};
    const char *text = NULL;
    read_text(&f,
              "r = \"1.84%\"; d = \"2024-02-29\"; n = 500; q = \"-7000000000"
              "\"; x = \"0.0184\"; y = \"-2.5e-3\"; t = \"贷\";"
              "l = { zh = \"甲\"; en = \"A\"; };");
    assert_int_equal(f.rc, OK);
    assert_true(doc_ratio(&ratio, f.root, "r", 0, &f.r));
    assert_int_equal(ratio.billionths, 18400000);
    assert_true(doc_date(&date, f.root, "d", 0, &f.r));
    assert_int_equal(date.days, 19782); /* date -d 2024-02-29 +%s / 86400 */
    assert_true(doc_count(&count, f.root, "n", 0, &f.r));
    assert_int_equal(count, 500);
    assert_true(doc_count(&quoted, f.root, "q", 0, &f.r));
    assert_true(quoted == INT64_C(-7000000000));
    assert_true(doc_real(&real, f.root, "x", 0, &f.r));
    assert_true(doc_real(&exponent, f.root, "y", 0, &f.r));
    assert_close(real, 0.0184, 0);
    assert_close(exponent, -0.0025, 0);
    assert_true(doc_label(&label, f.root, "l", 0, &f.r));
    assert_string_equal(label.zh, "甲");
    assert_true(doc_text(&text, f.root, "t", 0, &f.r));
    assert_string_equal(text, "贷");
    assert_true(doc_text(&text, f.root, "none", 1, &f.r)); /* optional */
    assert_string_equal(text, "贷");
    assert_false(f.r.failed);
    arena_free(f.arena);
}

static void typed_looks_refuse_other_kinds_and_values(void **state)
{
    (void)state;
    Fixture f;
    Money money = {0};
    Ratio ratio = {0};
    Date date = {0};
    int64_t count = 0;
    double real = 0;
    Label label = {NULL, NULL};
    const char *text = NULL;
    read_text(&f,
              "n = 7; g = { a = 1; }; b = true; d = \"2023-02-29\";"
              "r = \"12%%\"; q = \"1.5\"; i = \"1e999\"; h = \"0x10\";"
              "w = { zh = 3; }; e = {};");
    assert_int_equal(f.rc, OK);
    assert_false(doc_text(&text, f.root, "n", 0, &f.r));
    assert_false(doc_text(&text, f.root, "missing", 0, &f.r));
    assert_false(doc_money(&money, f.root, "n", 0, &f.r));
    assert_false(doc_ratio(&ratio, f.root, "n", 0, &f.r));
    assert_false(doc_ratio(&ratio, f.root, "r", 0, &f.r));
    assert_false(doc_date(&date, f.root, "d", 0, &f.r));
    assert_false(doc_date(&date, f.root, "g", 0, &f.r));
    assert_false(doc_count(&count, f.root, "q", 0, &f.r));
    assert_false(doc_count(&count, f.root, "b", 0, &f.r));
    assert_false(doc_real(&real, f.root, "i", 0, &f.r));
    assert_false(doc_real(&real, f.root, "h", 0, &f.r));
    assert_false(doc_label(&label, f.root, "d", 0, &f.r));
    assert_false(doc_label(&label, f.root, "w", 0, &f.r));
    assert_false(doc_label(&label, f.root, "e", 0, &f.r));
    assert_int_equal(faults_count(f.faults), 14);
    assert_string_equal(faults_at(f.faults, 1)->problem,
                        "'missing' is missing here");
    assert_true(f.r.failed);
    arena_free(f.arena);
}

static void unknown_names_get_the_nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"eligibility", "parameters"};
    Fixture f;
    read_text(&f, "eligibility = ();\n  eligibilty = ();\nzzz =\n 1;");
    assert_int_equal(f.rc, OK);
    doc_only(f.root, names, COUNT(names), &f.r);
    assert_int_equal(faults_count(f.faults), 2);
    const Fault *fault = faults_at(f.faults, 0);
    assert_string_equal(fault->value, "eligibilty");
    assert_string_equal(fault->way_out, "did you mean 'eligibility'?");
    assert_int_equal(fault->line, 2);
    assert_int_equal(fault->column, 3);
    assert_string_equal(faults_at(f.faults, 1)->way_out,
                        "known here: eligibility, parameters");
    arena_free(f.arena);
}

/* 40 names of 9 letters do not fit: those that do, whole, and dots. */
static void of_many_names_some_are_told(void **state)
{
    (void)state;
    static char texts[40][16];
    const char *names[40];
    Fixture f;
    for (size_t i = 0; i < COUNT(names); i++) {
        snprintf(texts[i], sizeof texts[i], "section%02zu", i);
        names[i] = texts[i];
    }
    read_text(&f, "zzz = 1;");
    doc_only(f.root, names, COUNT(names), &f.r);
    const char *way_out = faults_at(f.faults, 0)->way_out;
    assert_memory_equal(way_out, "known here: section00, section01, ", 34);
    assert_string_equal(way_out + strlen(way_out) - 14, "section19, ...");
    arena_free(f.arena);
}

static void what_is_no_group_has_no_names(void **state)
{
    (void)state;
    static const char *const names[] = {"unit"};
    Fixture f;
    read_text(&f, "rounding = ( \"x\" );\nstacking = \"highest_only\";");
    assert_int_equal(f.rc, OK);
    doc_only(doc_get(f.root, "rounding"), names, COUNT(names), &f.r);
    doc_only(doc_get(f.root, "stacking"), names, COUNT(names), &f.r);
    assert_int_equal(faults_count(f.faults), 2);
    assert_string_equal(faults_at(f.faults, 0)->value, "( ... )");
    assert_string_equal(faults_at(f.faults, 1)->value, "highest_only");
    assert_string_equal(faults_at(f.faults, 1)->expected, "a group { ... }");
    assert_int_equal(faults_at(f.faults, 1)->line, 2);
    assert_true(f.r.failed);
    arena_free(f.arena);
}

/* Whichever allocation fails, it is said so, and nothing else is. */
static void memory_may_run_out_at_any_point(void **state)
{
    (void)state;
    static const char text[] =
        "a = { b = ( \"x\", 1, 0.5 ); c = \"y\" \"z\"; };";
    static const char good[] = "a = { b = ( \"x\", 1 ); c = \"y\" \"z\"; };";
    ErrCode rc = ERR_MEMORY;
    for (long n = 0; rc == ERR_MEMORY && n < 10000; n++) {
        Source broken = {0}, sound = {0};
        Err err = {0};
        const Doc *root = NULL;
        Arena *arena = arena_new();
        Faults *faults = faults_new(arena);
        assert_int_equal(source_of(&broken, "t.cfg", text, strlen(text), &err),
                         OK);
        assert_int_equal(source_of(&sound, "t.cfg", good, strlen(good), &err),
                         OK);
        mem_fail_from(n);
        rc = doc_read(&root, arena, sound, faults, &err);
        ErrCode other =
            rc == OK ? doc_read(&root, arena, broken, faults, &err) : ERR_RULE;
        mem_fail_from(-1);
        assert_true(rc == OK || (rc == ERR_MEMORY && root == NULL));
        assert_true(other == ERR_RULE || other == ERR_MEMORY);
        arena_free(arena);
    }
    assert_int_equal(rc, OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_node_knows_its_place),
        cmocka_unit_test(a_byte_order_mark_is_no_column),
        cmocka_unit_test(what_libconfig_would_misread_is_refused),
        cmocka_unit_test(broken_brackets_and_texts_name_their_place),
        cmocka_unit_test(a_nul_byte_is_refused),
        cmocka_unit_test(every_fault_of_a_document_is_listed),
        cmocka_unit_test(depth_32_is_read_and_33_is_not),
        cmocka_unit_test(a_document_has_limits),
        cmocka_unit_test(texts_are_what_libconfig_reads),
        cmocka_unit_test(a_fault_points_into_a_text),
        cmocka_unit_test(amounts_are_exact),
        cmocka_unit_test(typed_looks_take_their_kinds),
        cmocka_unit_test(typed_looks_refuse_other_kinds_and_values),
        cmocka_unit_test(unknown_names_get_the_nearest),
        cmocka_unit_test(of_many_names_some_are_told),
        cmocka_unit_test(what_is_no_group_has_no_names),
        cmocka_unit_test(memory_may_run_out_at_any_point),
    };
    return RUN(tests);
}
