#include "ledgercase.h"

/* Every table and column, rows put in and taken out.  Each change leaves a
 * database that SQLite itself finds in order.  runs.started alone stands
 * outside the hashes. */
static const struct {
    const char *change, *undo;
} kinds[] = {
    {"UPDATE decisions SET fen = fen + 1 WHERE row = 1500",
     "UPDATE decisions SET fen = fen - 1 WHERE row = 1500"},
    {"UPDATE decisions SET line = line + 1 WHERE row = 1",
     "UPDATE decisions SET line = line - 1 WHERE row = 1"},
    {"UPDATE decisions SET line = line + 4294967296 WHERE row = 1",
     "UPDATE decisions SET line = line - 4294967296 WHERE row = 1"},
    {"UPDATE decisions SET outcome = 'approve' WHERE row = 1",
     "UPDATE decisions SET outcome = 'decline' WHERE row = 1"},
    {"UPDATE decisions SET key = 'L99' WHERE row = 2500",
     "UPDATE decisions SET key = 'L02499' WHERE row = 2500"},
    {"UPDATE decisions SET key = key || 'a', outcome = substr(outcome, 2)"
     " WHERE row = 2500",
     "UPDATE decisions SET key = 'L02499', outcome = 'decline'"
     " WHERE row = 2500"},
    {"UPDATE decisions SET trace = trace || char(0) WHERE row = 2500",
     "UPDATE decisions SET trace = 'IPG-2024/4.2 E1' WHERE row = 2500"},
    {"UPDATE decisions SET run = 2 WHERE row = 2500",
     "UPDATE decisions SET run = 1 WHERE row = 2500"},
    {"UPDATE decisions SET row = -row WHERE row IN (9, 10);"
     "UPDATE decisions SET row = 19 + row WHERE row < 0",
     "UPDATE decisions SET row = -row WHERE row IN (9, 10);"
     "UPDATE decisions SET row = 19 + row WHERE row < 0"},
    {"UPDATE decisions SET row = 9999 WHERE row = 2501",
     "UPDATE decisions SET row = 2501 WHERE row = 9999"},
    {"INSERT INTO decisions VALUES(9999, 2, 'L9', '', 1, 1, '')",
     "DELETE FROM decisions WHERE row = 9999"},
    {"UPDATE runs SET identity = zeroblob(32) WHERE run = 1",
     "UPDATE runs SET identity = (SELECT identity FROM runs WHERE run = 3)"
     " WHERE run = 1"},
    {"UPDATE runs SET command = 'value' WHERE run = 2",
     "UPDATE runs SET command = 'assess' WHERE run = 2"},
    {"UPDATE runs SET version = '0.1.1' WHERE run = 2",
     "UPDATE runs SET version = '0.1.0' WHERE run = 2"},
    {"UPDATE runs SET options = replace(options, '03', '04') WHERE run = 1",
     "UPDATE runs SET options = replace(options, '04', '03') WHERE run = 1"},
    {"UPDATE runs SET seed = seed + 1 WHERE run = 3",
     "UPDATE runs SET seed = seed - 1 WHERE run = 3"},
    {"UPDATE runs SET rows = rows + 1 WHERE run = 3",
     "UPDATE runs SET rows = rows - 1 WHERE run = 3"},
    {"INSERT INTO runs SELECT 4, identity, command, version, options, seed,"
     " 0, started FROM runs WHERE run = 3",
     "DELETE FROM runs WHERE run = 4"},
    {"UPDATE run_files SET role = 'map' WHERE run = 2 AND place = 1",
     "UPDATE run_files SET role = 'rules' WHERE run = 2 AND place = 1"},
    {"UPDATE run_files SET name = 'b.csv' WHERE run = 3 AND place = 0",
     "UPDATE run_files SET name = 'a.csv' WHERE run = 3 AND place = 0"},
    {"UPDATE run_files SET file = 1 WHERE run = 1 AND place = 1",
     "UPDATE run_files SET file = 2 WHERE run = 1 AND place = 1"},
    {"UPDATE run_files SET place = 2 WHERE run = 1 AND place = 1",
     "UPDATE run_files SET place = 1 WHERE run = 1 AND place = 2"},
    {"UPDATE run_files SET run = 4 WHERE run = 1 AND place = 1",
     "UPDATE run_files SET run = 1 WHERE run = 4"},
    {"INSERT INTO run_files VALUES(4, 0, 'map', 'x', 1)",
     "DELETE FROM run_files WHERE run = 4"},
    {"UPDATE results SET text = '科担 2386.00' WHERE run = 1 AND place = 1",
     "UPDATE results SET text = '科担 2385.00' WHERE run = 1 AND place = 1"},
    {"UPDATE results SET name = 'Total' WHERE run = 3 AND place = 1",
     "UPDATE results SET name = 'total' WHERE run = 3 AND place = 1"},
    {"UPDATE results SET place = 7 WHERE run = 3 AND place = 1",
     "UPDATE results SET place = 1 WHERE run = 3 AND place = 7"},
    {"INSERT INTO results VALUES(9, 0, 'x', 'y')",
     "DELETE FROM results WHERE run = 9"},
    {"UPDATE files SET hash = zeroblob(32) WHERE file = 2",
     "UPDATE files SET hash = x'06add4ff2cea87faa457e170f887de20"
     "6e823763b695c44c1f986424ade14b3b' WHERE file = 2"},
    {"UPDATE files SET bytes = bytes - 1 WHERE file = 2",
     "UPDATE files SET bytes = bytes + 1 WHERE file = 2"},
    {"UPDATE files SET file = 9 WHERE file = 2",
     "UPDATE files SET file = 2 WHERE file = 9"},
    {"INSERT INTO files VALUES(3, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4"
     "649b934ca495991b7852b855', 0)", /* the hash of nothing */
     "DELETE FROM files WHERE file = 3"},
    {"UPDATE parts SET bytes = CAST('policy = {} \n' AS BLOB) WHERE part = 4",
     "UPDATE parts SET bytes = CAST('policy = {};\n' AS BLOB) WHERE part = 4"},
    {"UPDATE parts SET file = 2, place = 1 WHERE part = 3",
     "UPDATE parts SET file = 1, place = 2 WHERE part = 3"},
    {"UPDATE parts SET place = 3 WHERE part = 3",
     "UPDATE parts SET place = 2 WHERE part = 3"},
    {"UPDATE parts SET part = 9 WHERE part = 4",
     "UPDATE parts SET part = 4 WHERE part = 9"},
    {"INSERT INTO parts VALUES(5, 2, 1, x'00')",
     "DELETE FROM parts WHERE part = 5"},
    {"UPDATE blocks SET rows = rows + 1 WHERE block = 3",
     "UPDATE blocks SET rows = rows - 1 WHERE block = 3"},
    {"UPDATE blocks SET run = 2 WHERE block = 2",
     "UPDATE blocks SET run = 1 WHERE block = 2"},
    {"UPDATE blocks SET block = 9 WHERE block = 8",
     "UPDATE blocks SET block = 8 WHERE block = 9"},
    {"INSERT INTO blocks VALUES(9, 3, 0, zeroblob(32))",
     "DELETE FROM blocks WHERE block = 9"},
    {"CREATE TABLE more(x)", "DROP TABLE more"},
    {"CREATE TRIGGER quiet AFTER INSERT ON decisions BEGIN"
     " UPDATE decisions SET fen = 0 WHERE row = new.row; END",
     "DROP TRIGGER quiet"},
    {"DROP INDEX runs_identity",
     "CREATE INDEX runs_identity ON runs(identity)"},
    {"PRAGMA user_version = 0", "PRAGMA user_version = 1"},
};

static void check_good(const Case *c)
{
    Err err = {0};
    if (ledger_verify(c->ledger, &err) != OK)
        fail_msg("%s", err.text);
}

static void check_found(const Case *c, const char *change)
{
    Err err = {0};
    if (ledger_verify(c->ledger, &err) != ERR_DIFFERS)
        fail_msg("not found: %s", change);
    assert_non_null(strstr(err.text, "a.db: "));
}

static void verify_finds_every_kind_of_tampering(void **state)
{
    Case *c = *state;
    append(c->ledger, run_of(N)); /* links 1 to 4 */
    append(c->ledger, run_of(0)); /* 5 */
    append(c->ledger, run_of(N)); /* 6 to 9, of which 9 is taken out */
    tamper(c,
           "DELETE FROM decisions WHERE row > 4548;"
           "DELETE FROM blocks WHERE block = 9");
    check_found(c, "the last link and its rows taken out");
}

/* The same run with fewer rows, so that it is whole. */
static void verify_finds_each_change_and_each_undoing(void **state)
{
    Case *c = *state;
    append(c->ledger, run_of(N));
    append(c->ledger, run_of(0));
    append(c->ledger, run_of(N - 500));
    for (size_t i = 0; i < COUNT(kinds); i++) {
        check_good(c);
        tamper(c, kinds[i].change);
        check_found(c, kinds[i].change);
        tamper(c, kinds[i].undo);
    }
    check_good(c);
    tamper(c, "UPDATE runs SET started = 0"); /* outside the hash */
    check_good(c);
}

/* Whoever cuts the last run off whole, and all links with it, is found by the
 * head kept elsewhere alone. */
static void a_head_kept_elsewhere_finds_a_run_cut_off(void **state)
{
    Case *c = *state;
    Hash before, after;
    append(c->ledger, run_of(3));
    append(c->ledger, run_of(2));
    assert_int_equal(ledger_head(&before, c->ledger, NULL), OK);
    tamper(c,
           "DELETE FROM blocks WHERE run = 2;"
           "DELETE FROM decisions WHERE run = 2;"
           "DELETE FROM results WHERE run = 2;"
           "DELETE FROM run_files WHERE run = 2;"
           "DELETE FROM runs WHERE run = 2");
    check_good(c);
    assert_int_equal(ledger_head(&after, c->ledger, NULL), OK);
    assert_memory_not_equal(&before, &after, sizeof before);
}

/* One bit anywhere in the file: the check finds it, or it lies where nothing
 * of the ledger is (free space, SQLite's own counters) and all reads the same.
 */
static void a_flipped_bit_never_changes_what_is_read(void **state)
{
    Case *c = *state;
    LedgerRun run = run_of(1000), got;
    LedgerRow *back;
    size_t n, found = 0;
    run.nfiles = 0;
    append(c->ledger, run);
    ledger_close(c->ledger); /* into one file */
    c->ledger = NULL;
    FILE *f = fopen(c->path, "r+b");
    assert_non_null(f);
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    for (long i = 0; i < 300; i++) {
        long at = i * (size / 300) + i % 7;
        fseek(f, at, SEEK_SET);
        int byte = fgetc(f);
        fseek(f, at, SEEK_SET);
        fputc(byte ^ 1 << i % 8, f);
        fflush(f);
        Ledger *l = NULL;
        ErrCode rc = ledger_open(&l, c->path, LEDGER_READ, NULL);
        if (rc == OK && (rc = ledger_verify(l, NULL)) == OK) {
            assert_int_equal(ledger_read(&got, c->arena, l, 1, NULL), OK);
            assert_string_equal(got.options, run.options);
            assert_int_equal(ledger_rows(&back, &n, c->arena, l, 1, NULL), OK);
            assert_int_equal(n, 1000);
            for (size_t j = 0; j < n; j++)
                assert_true(strcmp(back[j].trace, rows[j].trace) == 0 &&
                            back[j].fen == rows[j].fen);
        }
        found += rc != OK;
        ledger_close(l);
        fseek(f, at, SEEK_SET);
        fputc(byte, f);
        fflush(f);
    }
    fclose(f);
    assert_true(found > 30);
    assert_int_equal(ledger_open(&c->ledger, c->path, LEDGER_WRITE, NULL), OK);
    check_good(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(verify_finds_every_kind_of_tampering),
        TEST(verify_finds_each_change_and_each_undoing),
        TEST(a_head_kept_elsewhere_finds_a_run_cut_off),
        TEST(a_flipped_bit_never_changes_what_is_read),
    };
    case_fill();
    return RUN(tests);
}
