#include "flow/command.h"

#include "core/text.h"
#include "flow/again.h"
#include "flow/pick.h"

#include <inttypes.h>
#include <string.h>

static ErrCode same_results(const LedgerRun *was, const LedgerRun *is, Err *err)
{
    if (was->nresults != is->nresults)
        return FAIL(err, ERR_DIFFERS, "%zu results were recorded, %zu made",
                    was->nresults, is->nresults);
    for (size_t i = 0; i < was->nresults; i++)
        if (strcmp(was->results[i].name, is->results[i].name) != 0 ||
            strcmp(was->results[i].text, is->results[i].text) != 0)
            return FAIL(err, ERR_DIFFERS, "result '%s' differs",
                        was->results[i].name);
    return OK;
}

static ErrCode same_row(const LedgerRow *a, const LedgerRow *b, size_t place,
                        Err *err)
{
    if (strcmp(a->key, b->key) == 0 && strcmp(a->outcome, b->outcome) == 0 &&
        a->fen == b->fen && a->line == b->line &&
        strcmp(a->trace, b->trace) == 0)
        return OK;
    return FAIL(err, ERR_DIFFERS,
                "decision %zu, '%.*s', differs: it was %s %.2f %s, "
                "it is %s %.2f %s",
                place, TEXT_SHORT(a->key), a->outcome, (double)a->fen / 100,
                a->trace, b->outcome, (double)b->fen / 100, b->trace);
}

static ErrCode same_rows(const LedgerRow was[], size_t n, const LedgerRun *is,
                         Err *err)
{
    if (n != is->nrows)
        return FAIL(err, ERR_DIFFERS, "%zu decisions were recorded, %zu made",
                    n, is->nrows);
    for (size_t i = 0; i < n; i++) {
        ErrCode rc = same_row(&was[i], &is->rows[i], i + 1, err);
        if (rc != OK)
            return rc;
    }
    return OK;
}

ErrCode command_replay(Job *job, Err *err)
{
    ErrCode rc = OK;
    Ledger *ledger = NULL;
    Again a = {0};
    LedgerRun is;
    LedgerRow *rows;
    size_t n;
    int64_t run;
    TRY(again_number(&run, job, err));
    TRY(command_ledger(&ledger, job, LEDGER_READ, err));
    TRY(again_compute(&a, job, ledger, run, err));
    TRY(command_keep(&is, &a.job, a.command, err));
    TRY(ledger_rows(&rows, &n, job->arena, ledger, run, err));
    TRY(same_results(&a.was, &is, err));
    TRY(same_rows(rows, n, &is, err));
    TRY(command_tables(&a.job, err));
    fprintf(job->user->out,
            tr("run %" PRId64 " (%s): %zu files, %zu results and %zu decisions "
               "computed again, byte for byte the same\n"),
            run, a.was.command, a.was.nfiles, a.was.nresults, n);
done:
    again_close(&a);
    ledger_close(ledger);
    return rc;
}

/* Where the ledger has a key, before the steps. */
static void print_place(const Job *job, int64_t run, const Again *a,
                        const LedgerRow *row)
{
    if (job->user->format == ENGINE_TEXT)
        fprintf(job->user->out, tr("%s: run %" PRId64 " (%s), %s line %u\n\n"),
                row->key, run, a->was.command, a->was.files[0].source.name,
                row->line);
}

/* All that the models made of a row, beside what the rules did; it must be what
 * the ledger has. */
static ErrCode whole_row(Table **out, const Job *job, const LedgerRow *was,
                         Err *err)
{
    ErrCode rc = OK;
    size_t row = 0;
    while (row < job->ndecisions &&
           strcmp(job->decisions[row].key, was->key) != 0)
        row++;
    if (row == job->ndecisions || job->rows == NULL)
        return FAIL(err, ERR_DIFFERS, "'%.*s' is not decided any more",
                    TEXT_SHORT(was->key));
    TRY(same_row(was, &job->decisions[row], row + 1, err));
    TRY(pick_rows(out, job->tables, job->rows, "decision", &row, 1, err));
    (*out)->title = (Label){"结果", "Decision"};
done:
    return rc;
}

ErrCode command_explain(Job *job, Err *err)
{
    ErrCode rc = OK;
    Ledger *ledger = NULL;
    Again a = {0};
    LedgerRow row;
    Table *trace, *whole;
    const char *key;
    int64_t run;
    TRY(job_need(&key, job, "key", err));
    TRY(command_ledger(&ledger, job, LEDGER_READ, err));
    TRY(ledger_key(&run, &row, job->arena, ledger, key, err));
    if (run == 0)
        TRY(FAIL(err, ERR_USAGE,
                 "the ledger has no decision on '%.*s'; write the id of an "
                 "application, a right or a contract as its file has it",
                 TEXT_SHORT(key)));
    TRY(again_compute(&a, job, ledger, run, err));
    if (a.command->explain == NULL)
        TRY(FAIL(err, ERR_USAGE, "a run of '%s' has no rows to explain",
                 a.was.command));
    TRY(whole_row(&whole, &a.job, &row, err));
    TRY(a.command->explain(&trace, &a.job, key, err));
    print_place(job, run, &a, &row);
    TRY(job_result(job, trace, err));
    TRY(job_result(job, whole, err));
    TRY(command_show(job, NULL, err));
done:
    again_close(&a);
    ledger_close(ledger);
    return rc;
}

ErrCode command_verify(Job *job, Err *err)
{
    ErrCode rc = OK;
    Ledger *ledger = NULL;
    Hash head;
    TRY(command_ledger(&ledger, job, LEDGER_READ, err));
    TRY(ledger_verify(ledger, err));
    TRY(ledger_head(&head, ledger, err));
    fprintf(job->user->out, tr("the ledger is as it was written; head "));
    for (int i = 0; i < HASH_SIZE; i++)
        fprintf(job->user->out, "%02x", head.byte[i]);
    fputc('\n', job->user->out);
done:
    ledger_close(ledger);
    return rc;
}
