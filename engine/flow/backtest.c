#include "subsidy/backtest.h"

#include "core/text.h"
#include "flow/command.h"
#include "flow/contracts.h"
#include "flow/outlooks.h"
#include "flow/queues.h"

static const FuturesRange futures = {10000, 1000000};

typedef struct {
    BacktestPlan plan;
    FuturesOptions options;
    Outlook outlook;
    Table *contracts;
} Backtested;

static ErrCode read_options(Backtested *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    Money money;
    const char *published = job_option(job, "published");
    TRY(futures_options(&s->options, job, futures, err));
    s->plan.published = NULL_INT;
    if (published != NULL) {
        if (!doc_money_of(&money, published))
            return FAIL(err, ERR_USAGE,
                        "--published %.*s: not an amount; write 461.69万",
                        TEXT_SHORT(published));
        s->plan.published = money.fen;
    }
    s->plan.payer = job_option(job, "payer");
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    Policy *policy;
    Backtested *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_need(&path, job, "rules", err));
    TRY(job_first(job, "contracts", err));
    TRY(read_options(s, job, err));
    TRY(job_policy(&policy, job, "rules", path, "subsidy", err));
    s->plan.policy = policy;
    TRY(outlook_of(&s->outlook, job, err));
    TRY(queues_check_carried(job, policy, path, err));
    TRY(contracts_read(&s->contracts, job, &policy, 1, err));
done:
    return rc;
}

static const char *const results[] = {"backtest_summary", "backtest_published",
                                      "subsidy_outlook", "backtest_years",
                                      NULL};

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Backtested *s = job->state;
    TRY(job_stage(job, "subsidy", 0.1, err));
    TRY(backtest_run(job->tables, s->contracts, &s->plan, &s->outlook,
                     &s->options, err));
    TRY(job_results(job, results, err));
done:
    return rc;
}

const Command command_subsidy_backtest = {"subsidy backtest", read_files,
                                          compute, NULL, NULL};
