/* The ledger when the system says no: to memory, to a write, to an opening. */
#include "ledgercase.h"
#include "store/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Refuse call number `from` and, unless `once`, all after it; -1: none. */
static struct {
    long from, calls;
    int once;
} refuse = {.from = -1};

static int refused(void)
{
    long call = refuse.calls++;
    return refuse.from >= 0 &&
           (refuse.once ? call == refuse.from : call >= refuse.from);
}

static void refuse_from(long from, int once)
{
    refuse.from = from;
    refuse.once = once;
    refuse.calls = 0;
}

static int full = 0; /* errno of refused writes; 0: memory is refused */

/* SQLite's memory, through these. */
static sqlite3_mem_methods memory;

static void *new_memory(int n)
{
    return full == 0 && refused() ? NULL : memory.xMalloc(n);
}

static void *more_memory(void *old, int n)
{
    return full == 0 && refused() ? NULL : memory.xRealloc(old, n);
}

static int hook_memory(void)
{
    sqlite3_mem_methods ours;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &memory) != SQLITE_OK)
        return 0;
    ours = memory;
    ours.xMalloc = new_memory;
    ours.xRealloc = more_memory;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK;
}

/* SQLite's writes, through these. */
static ssize_t write_at(int fd, const void *bytes, size_t n, off_t at)
{
    if (full != 0 && refused()) {
        errno = full;
        return -1;
    }
    return pwrite(fd, bytes, n, at);
}

static int cut(int fd, off_t n)
{
    if (full != 0 && refused()) {
        errno = full;
        return -1;
    }
    return ftruncate(fd, n);
}

static void hook_writes(int on)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    sqlite3_syscall_ptr ours = on ? (sqlite3_syscall_ptr)write_at : NULL;
    vfs->xSetSystemCall(vfs, "pwrite", ours);
    vfs->xSetSystemCall(vfs, "pwrite64", ours);
    vfs->xSetSystemCall(vfs, "ftruncate", on ? (sqlite3_syscall_ptr)cut : NULL);
}

/* Make a ledger, append, and read all of it back. */
static ErrCode whole_job(const Case *c, Err *err)
{
    ErrCode rc = OK;
    Ledger *l = NULL;
    Arena *arena = arena_new();
    LedgerRun run = run_of(7), got;
    LedgerRow *back, one;
    int64_t number;
    size_t n;
    run.files = &files[1];
    run.nfiles = 1;
    case_remove(c->path);
    if (arena == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory"));
    TRY(ledger_open(&l, c->path, LEDGER_WRITE, err));
    TRY(ledger_append(&number, l, &run, err));
    TRY(ledger_read(&got, arena, l, number, err));
    TRY(ledger_rows(&back, &n, arena, l, number, err));
    TRY(ledger_key(&number, &one, arena, l, "L00017", err));
    TRY(ledger_verify(l, err));
done:
    ledger_close(l);
    arena_free(arena);
    return rc;
}

/* The ledger is in order; how many runs it has. */
static int64_t runs_in(const char *path)
{
    Ledger *l = NULL;
    Err err = {0};
    int64_t last = 0;
    if (ledger_open(&l, path, LEDGER_WRITE, &err) != OK ||
        ledger_verify(l, &err) != OK || ledger_last(&last, l, &err) != OK)
        fail_msg("%s", err.text);
    ledger_close(l);
    return last;
}

static void our_memory_may_end_anywhere(void **state)
{
    Case *c = *state;
    ErrCode rc = ERR_MEMORY;
    ledger_close(c->ledger);
    c->ledger = NULL;
    for (long n = 0; rc != OK; n++) {
        Err err = {0};
        mem_fail_from(n);
        rc = whole_job(c, &err);
        mem_fail_from(-1);
        if (rc != OK) {
            assert_int_equal(rc, ERR_MEMORY);
            assert_non_null(strstr(err.text, "no memory"));
        }
        assert_in_range(n, 0, 1000);
    }
    assert_int_equal(runs_in(c->path), 1);
}

/* Refuse SQLite's allocations one after another, the first 60 each and then
 * ever fewer. */
static void sweep_memory(Case *c, int once)
{
    long calls, failed = 0;
    ledger_close(c->ledger);
    c->ledger = NULL;
    refuse_from(-1, 0);
    assert_int_equal(whole_job(c, NULL), OK);
    calls = refuse.calls;
    for (long n = 0; n < calls; n += n < 60 ? 1 : n / 20) {
        Err err = {0};
        refuse_from(n, once);
        ErrCode rc = whole_job(c, &err);
        refuse_from(-1, 0);
        if (rc != OK && rc != ERR_MEMORY)
            fail_msg("allocation %ld: %d %s", n, (int)rc, err.text);
        int64_t runs = runs_in(c->path);
        assert_true(runs == 1 || (runs == 0 && rc != OK));
        failed += rc != OK;
    }
    assert_true(failed > 30); /* SQLite gets along without some */
}

static void sqlites_memory_may_end_anywhere(void **state)
{
    sweep_memory(*state, 0);
}

static void sqlites_memory_may_fail_once_anywhere(void **state)
{
    sweep_memory(*state, 1);
}

/* From write number n on the disk takes nothing more. */
static void sweep_writes(Case *c, int number, const char *says)
{
    ErrCode rc = ERR_IO;
    int64_t runs = runs_in(c->path);
    long n;
    for (n = 0; rc != OK; n++) {
        Ledger *l = NULL;
        Err err = {0};
        LedgerRun run = run_of(n % 2 ? 3 : N);
        int64_t got = 0, now;
        hook_writes(1);
        full = number;
        refuse_from(n, 0);
        rc = ledger_open(&l, c->path, LEDGER_WRITE, &err);
        if (rc == OK)
            rc = ledger_append(&got, l, &run, &err);
        ledger_close(l);
        refuse_from(-1, 0);
        full = 0;
        hook_writes(0);
        now = runs_in(c->path);
        assert_int_equal(now, rc == OK ? runs + 1 : runs);
        assert_int_equal(rc, rc == OK ? OK : ERR_IO);
        if (rc != OK && strstr(err.text, says) == NULL)
            fail_msg("write %ld: %s", n, err.text);
        assert_in_range(n, 0, 10000);
    }
    assert_true(n > 5);
}

static void a_full_disk_records_nothing(void **state)
{
    sweep_writes(*state, ENOSPC, "a.db: the disk is full; nothing was");
}

static void a_broken_disk_records_nothing(void **state)
{
    sweep_writes(*state, EIO, "a.db: cannot be read or written: ");
}

/* The system's own limit, in a program of its own. */
static void a_file_at_its_limit_records_nothing(void **state)
{
    Case *c = *state;
    int status;
    append(c->ledger, run_of(5));
    ledger_close(c->ledger);
    c->ledger = NULL;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {400000, 400000};
        Ledger *l = NULL;
        Err err = {0};
        LedgerRun run = run_of(N);
        int64_t got;
        signal(SIGXFSZ, SIG_IGN);
        run.nfiles = 0;
        setrlimit(RLIMIT_FSIZE, &limit);
        if (ledger_open(&l, c->path, LEDGER_WRITE, NULL) != OK)
            _exit(1);
        for (int i = 0; i < 40; i++)
            if (ledger_append(&got, l, &run, &err) != OK)
                break;
        _exit(err.code == ERR_IO && (strstr(err.text, "disk is full") ||
                                     strstr(err.text, "File too large"))
                  ? (int)got
                  : 99);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_in_range(WEXITSTATUS(status), 2, 40); /* the last one recorded */
    assert_int_equal(runs_in(c->path), WEXITSTATUS(status));
}

static void a_locked_ledger_says_so(void **state)
{
    Case *c = *state;
    LedgerRun run = run_of(3);
    sqlite3 *other = NULL;
    int64_t got = -1;
    Err err = {0};
    append(c->ledger, run);
    assert_int_equal(sqlite3_open(c->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(ledger_append(&got, c->ledger, &run, &err), ERR_IO);
    assert_non_null(strstr(err.text, "another program is writing to it"));
    assert_int_equal(ledger_verify(c->ledger, NULL), OK); /* readers go on */
    sqlite3_close(other);
    assert_int_equal(append(c->ledger, run), 2);
}

/* As somebody who may read and not write: 0 when all is as it should be. */
static int visit(const char *path)
{
    Ledger *l = NULL;
    Err err = {0};
    LedgerRun run = run_of(3);
    int64_t got = 0;
    if (geteuid() == 0 && setuid(65534) != 0)
        return 1;
    ErrCode rc = ledger_open(&l, path, LEDGER_WRITE, &err);
    if (rc == OK)
        rc = ledger_append(&got, l, &run, &err);
    ledger_close(l);
    l = NULL;
    if (rc != ERR_IO || (!strstr(err.text, "may not be written") &&
                         !strstr(err.text, "cannot be opened")))
        return fprintf(stderr, "%d %s\n", (int)rc, err.text), 2;
    err = (Err){0};
    rc = ledger_open(&l, path, LEDGER_READ, &err);
    if (rc == OK)
        rc = ledger_verify(l, &err);
    if (rc == OK)
        rc = ledger_last(&got, l, &err);
    ledger_close(l);
    if (rc != OK || got != 1)
        return fprintf(stderr, "%s\n", err.text), 3;
    return 0;
}

static void a_read_only_ledger_is_read_and_not_written(void **state)
{
    Case *c = *state;
    char folder[] = "/tmp/ledger 100%XXXXXX", path[48];
    Ledger *l = NULL;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a?.db", folder);
    assert_int_equal(ledger_open(&l, path, LEDGER_WRITE, NULL), OK);
    append(l, run_of(N));
    ledger_close(l);
    for (int sealed = 0; sealed < 2; sealed++) { /* its folder, too */
        int status;
        assert_int_equal(chmod(path, 0444), 0);
        assert_int_equal(chmod(folder, sealed ? 0555 : 0777), 0);
        pid_t child = fork();
        if (child == 0)
            _exit(visit(path));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
    assert_int_equal(chmod(folder, 0755), 0);
    case_remove(path);
    assert_int_equal(rmdir(folder), 0);
    (void)c;
}

/* A whole byte beside a read-only file is the -journal of a killed program. */
static int meet_journal(const char *path)
{
    Ledger *l = NULL;
    Err err = {0};
    ErrCode rc;
    if (geteuid() == 0 && setuid(65534) != 0)
        return 1;
    rc = ledger_open(&l, path, LEDGER_READ, &err);
    ledger_close(l);
    return rc != ERR_IO || strstr(err.text, "was cut off") == NULL;
}

static void a_run_cut_off_where_nobody_may_write_is_told(void **state)
{
    (void)state;
    char folder[] = "/tmp/ledgerXXXXXX", path[48], beside[64];
    Ledger *l = NULL;
    int status;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.db", folder);
    snprintf(beside, sizeof beside, "%s-journal", path);
    assert_int_equal(ledger_open(&l, path, LEDGER_WRITE, NULL), OK);
    append(l, run_of(N));
    ledger_close(l);
    FILE *f = fopen(beside, "wb");
    assert_non_null(f);
    assert_int_equal(fputc('x', f), 'x');
    assert_int_equal(fclose(f), 0);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(folder, 0555), 0);
    pid_t child = fork();
    if (child == 0)
        _exit(meet_journal(path));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(chmod(folder, 0755), 0);
    case_remove(path);
    assert_int_equal(rmdir(folder), 0);
}

/* As a transaction ends: has the ledger left the -wal for a -journal? */
static int look_beside(void *of)
{
    const Case *c = of;
    char beside[64];
    snprintf(beside, sizeof beside, "%s-journal", c->path);
    if (access(beside, F_OK) == 0)
        fail_msg("%s", beside);
    return 0;
}

static void a_large_run_too_goes_by_way_of_the_wal(void **state)
{
    Case *c = *state;
    sqlite3_commit_hook(c->ledger->db, look_beside, c);
    append(c->ledger, run_of(N));
    assert_int_equal(runs_in(c->path), 1);
}

static int64_t bytes_of(const char *path, const char *ending)
{
    char name[64];
    struct stat file;
    snprintf(name, sizeof name, "%s%s", path, ending);
    assert_int_equal(stat(name, &file), 0);
    return file.st_size;
}

static sqlite3 *stranger(const Case *c, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(c->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    return db;
}

/* A reader in the way leaves a run in the -wal; a writer there leaves all of it
 * for later, as SQLite before 3.51.3 may lose what is moved beside a writer. */
static void a_run_waits_in_the_wal_while_others_are_in_the_way(void **state)
{
    Case *c = *state;
    append(c->ledger, run_of(1));
    assert_int_equal(bytes_of(c->path, "-wal"), 0);
    sqlite3 *reader = stranger(c, "BEGIN; SELECT count(*) FROM runs");
    append(c->ledger, run_of(N));
    int64_t wal = bytes_of(c->path, "-wal"), file = bytes_of(c->path, "");
    assert_true(wal > 0);
    sqlite3_close(reader);
    sqlite3 *writer = stranger(c, "BEGIN IMMEDIATE");
    journal_settle(c->ledger);
    assert_int_equal(bytes_of(c->path, "-wal"), wal);
    assert_int_equal(bytes_of(c->path, ""), file);
    sqlite3_close(writer);
    journal_settle(c->ledger);
    assert_int_equal(bytes_of(c->path, "-wal"), 0);
    assert_true(bytes_of(c->path, "") > file);
    assert_int_equal(runs_in(c->path), 2);
}

static Hash hash_of(const char *path)
{
    Source source;
    Arena *arena = arena_new();
    assert_int_equal(source_read(&source, arena, path, NULL), OK);
    arena_free(arena);
    return source.hash;
}

static void put(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

/* Opening fails with this outcome and these words, and changes nothing. */
static void refuse_open(const char *path, LedgerMode mode, ErrCode want,
                        const char *says)
{
    Ledger *l = NULL;
    Err err = {0};
    Hash before = hash_of(path), after;
    assert_int_equal(ledger_open(&l, path, mode, &err), want);
    if (strstr(err.text, says) == NULL)
        fail_msg("%s", err.text);
    assert_null(l);
    after = hash_of(path);
    assert_memory_equal(&before, &after, sizeof before);
}

static void a_file_that_is_no_ledger_stays_as_it_is(void **state)
{
    Case *c = *state;
    char path[64];
    Ledger *l = NULL;
    Err err = {0};
    snprintf(path, sizeof path, "%s/x.db", c->folder);
    for (int mode = LEDGER_READ; mode <= LEDGER_WRITE; mode++) {
        put(path, big, 100000);
        refuse_open(path, mode, ERR_INPUT, "x.db: is not a ledger; name");
        put(path, "loan_id,firm_id\n", 16);
        refuse_open(path, mode, ERR_INPUT, "x.db: is not a ledger; name");
        case_remove(path);
        Case other = *c;
        snprintf(other.path, sizeof other.path, "%s/x.db", c->folder);
        tamper(&other, "CREATE TABLE runs(x)");
        refuse_open(path, mode, ERR_INPUT, "database of another program");
        tamper(&other, "DROP TABLE runs; PRAGMA application_id = 252006673");
        refuse_open(path, mode, ERR_INPUT, "database of another program");
        case_remove(path);
    }
    put(path, "", 0);
    refuse_open(path, LEDGER_READ, ERR_INPUT, "x.db: is empty");
    case_remove(path);
    assert_int_equal(ledger_open(&l, path, LEDGER_READ, &err), ERR_IO);
    assert_non_null(strstr(err.text, "x.db: cannot be opened: No such file"));
    assert_int_equal(access(path, F_OK), -1);
    err = (Err){0};
    assert_int_equal(ledger_open(&l, c->folder, LEDGER_WRITE, &err), ERR_IO);
    assert_non_null(strstr(err.text, "cannot be opened"));
    tamper(c, "PRAGMA user_version = 999");
    refuse_open(c->path, LEDGER_WRITE, ERR_INPUT,
                "a newer kedan wrote it (tables of version 999");
}

static void a_truncated_ledger_is_named(void **state)
{
    Case *c = *state;
    struct stat whole;
    append(c->ledger, run_of(N));
    ledger_close(c->ledger);
    c->ledger = NULL;
    assert_int_equal(stat(c->path, &whole), 0);
    off_t sizes[] = {whole.st_size - 1,
                     whole.st_size - 16384,
                     whole.st_size / 2,
                     16384,
                     4096,
                     512,
                     100,
                     17,
                     1};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        ErrCode want = sizes[i] >= 100 ? ERR_DIFFERS : ERR_INPUT;
        assert_int_equal(truncate(c->path, sizes[i]), 0);
        refuse_open(c->path, LEDGER_READ, want, "a.db: is ");
        refuse_open(c->path, LEDGER_WRITE, want, "a.db: is ");
    }
}

/* Taken away while it is open: the main file has every run. */
static void a_removed_wal_loses_no_recorded_run(void **state)
{
    Case *c = *state;
    char beside[64];
    append(c->ledger, run_of(N));
    snprintf(beside, sizeof beside, "%s-wal", c->path);
    assert_int_equal(unlink(beside), 0);
    append(c->ledger, run_of(N));
    ledger_close(c->ledger);
    c->ledger = NULL;
    assert_int_equal(runs_in(c->path), 2);
}

static void nothing_is_appended_to_a_damaged_end(void **state)
{
    Case *c = *state;
    LedgerRun run = run_of(3);
    int64_t got;
    static const char *const ends[] = {
        "UPDATE decisions SET fen = 0 WHERE row = 2499",
        "DELETE FROM decisions WHERE row = 2500",
        "INSERT INTO decisions VALUES(2501, 1, '', '', 0, 0, '')",
        "DELETE FROM blocks WHERE block = 4",
    };
    for (size_t i = 0; i < COUNT(ends); i++) {
        Err err = {0};
        ledger_close(c->ledger);
        c->ledger = NULL;
        case_remove(c->path);
        assert_int_equal(ledger_open(&c->ledger, c->path, LEDGER_WRITE, NULL),
                         OK);
        append(c->ledger, run_of(N));
        tamper(c, ends[i]);
        assert_int_equal(ledger_append(&got, c->ledger, &run, &err),
                         ERR_DIFFERS);
        assert_non_null(strstr(err.text, "as it was written"));
        assert_int_equal(number(c, "SELECT count(*) FROM runs"), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(our_memory_may_end_anywhere),
        TEST(sqlites_memory_may_end_anywhere),
        TEST(sqlites_memory_may_fail_once_anywhere),
        TEST(a_full_disk_records_nothing),
        TEST(a_broken_disk_records_nothing),
        TEST(a_file_at_its_limit_records_nothing),
        TEST(a_locked_ledger_says_so),
        TEST(a_read_only_ledger_is_read_and_not_written),
        TEST(a_run_cut_off_where_nobody_may_write_is_told),
        TEST(a_large_run_too_goes_by_way_of_the_wal),
        TEST(a_run_waits_in_the_wal_while_others_are_in_the_way),
        TEST(a_file_that_is_no_ledger_stays_as_it_is),
        TEST(a_truncated_ledger_is_named),
        TEST(a_removed_wal_loses_no_recorded_run),
        TEST(nothing_is_appended_to_a_damaged_end),
    };
    if (!hook_memory())
        return EXIT_FAILURE;
    case_fill();
    return RUN(tests);
}
