/* A program that appends runs is killed at moments of chance: what it was told
 * is on the disk is there, and every run there is whole. */
#include "ledgercase.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

enum { KILLS = 30, ROWS = 1700 };

/* Append runs without end and say each one's number, once it is recorded. */
static void append_forever(const char *path, int said)
{
    Ledger *l = NULL;
    LedgerRun run = run_of(ROWS);
    int64_t got;
    if (ledger_open(&l, path, LEDGER_WRITE, NULL) != OK)
        _exit(1);
    for (uint64_t i = 0;; i++) {
        run.seed = i;
        run.nfiles = i % 3; /* a file of three parts now and then */
        if (ledger_append(&got, l, &run, NULL) != OK ||
            write(said, &got, sizeof got) != sizeof got)
            _exit(1);
    }
}

/* Start it, kill it after `us` microseconds of work; what it said last. */
static int64_t kill_after(const char *path, long us)
{
    int ends[2], status;
    int64_t got, last = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        append_forever(path, ends[1]);
    }
    close(ends[1]);
    nanosleep(&(struct timespec){.tv_nsec = us * 1000}, NULL);
    kill(child, SIGKILL);
    while (read(ends[0], &got, sizeof got) == sizeof got)
        last = got;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status)); /* and no failure of its own */
    return last;
}

/* It holds whole runs, `told` of them at least. */
static int64_t check_whole(const char *path, int64_t told)
{
    Ledger *l = NULL;
    Err err = {0};
    int64_t last = 0;
    if (ledger_open(&l, path, LEDGER_WRITE, &err) != OK ||
        ledger_verify(l, &err) != OK || ledger_last(&last, l, &err) != OK)
        fail_msg("%s", err.text);
    ledger_close(l);
    assert_true(last >= told);
    return last;
}

static uint64_t next(uint64_t *state) /* Knuth's MMIX generator */
{
    *state =
        *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static void killed_at_any_moment_it_holds_whole_runs(void **state)
{
    Case *c = *state;
    uint64_t chance = 23850417;
    char path[64];
    int64_t last = 0, told;
    snprintf(path, sizeof path, "%s/k.db", c->folder);
    for (int i = 0; i < KILLS; i++) {
        if (i % 10 == 0) { /* from an empty folder, where it makes the file */
            case_remove(path);
            last = 0;
        }
        told = kill_after(path, 500 + (long)(next(&chance) % 40000));
        last = check_whole(path, told > last ? told : last);
    }
    case_remove(path);
}

/* The -wal of a killed program taken away: recorded runs stay, and a run that
 * was only half moved from it is reported, never read as if it were whole. */
static void a_lost_wal_loses_no_recorded_run(void **state)
{
    Case *c = *state;
    uint64_t chance = 4711;
    char path[64], beside[128];
    snprintf(path, sizeof path, "%s/w.db", c->folder);
    for (int i = 0; i < KILLS; i++) {
        Ledger *l = NULL;
        int64_t last = 0;
        case_remove(path);
        int64_t told = kill_after(path, 20000 + (long)(next(&chance) % 40000));
        snprintf(beside, sizeof beside, "%s-wal", path);
        unlink(beside);
        snprintf(beside, sizeof beside, "%s-shm", path);
        unlink(beside);
        if (told == 0 && access(path, F_OK) != 0)
            continue; /* killed before there was a file */
        ErrCode rc = ledger_open(&l, path, LEDGER_READ, NULL);
        if (rc == OK && (rc = ledger_verify(l, NULL)) == OK) {
            assert_int_equal(ledger_last(&last, l, NULL), OK);
            assert_true(last >= told);
        } else {
            assert_true(rc == ERR_DIFFERS || (rc == ERR_INPUT && told == 0));
        }
        ledger_close(l);
    }
    case_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(killed_at_any_moment_it_holds_whole_runs),
        TEST(a_lost_wal_loses_no_recorded_run),
    };
    case_fill();
    return RUN(tests);
}
