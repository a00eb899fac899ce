#include "flow/command.h"
#include "flow/contracts.h"
#include "flow/queues.h"
#include "flow/sumcolumns.h"
#include "flow/varied.h"

#include <string.h>

#include "core/text.h"

enum { POINTS = 20, POINTS_MOST = 1000 };

/* The policy as it is, and with its value changed from point to point. */
typedef struct {
    const Policy **policies; /* [1 + points] */
    Table *contracts, *results;
    const char *path;
    Date as_of;
} Sweep;

/* Values from end to end, evenly. */
static ErrCode make_points(Sweep *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *from, *to;
    FieldType type, other;
    int64_t low, high;
    uint64_t points;
    Column *value;
    TRY(job_need(&s->path, job, "vary", err));
    TRY(job_need(&from, job, "from", err));
    TRY(job_need(&to, job, "to", err));
    TRY(job_count(&points, job, "points", POINTS, 2, POINTS_MOST, err));
    if (!varied_value(&type, &low, from) || !varied_value(&other, &high, to) ||
        (!varied_alike(&type, &low, other) &&
         !varied_alike(&other, &high, type)))
        return FAIL(err, ERR_USAGE,
                    "--from %.*s --to %.*s: not two amounts (20万), "
                    "percentages (5%%) or whole numbers (3)",
                    TEXT_SHORT(from), TEXT_SHORT(to));
    if (low >= high)
        return FAIL(err, ERR_USAGE, "--from %.*s is not below --to %.*s",
                    TEXT_SHORT(from), TEXT_SHORT(to));
    if (type == TYPE_COUNT && (uint64_t)(high - low) < points)
        points = (uint64_t)(high - low) + 1;
    TRY(table_new(&s->results, job->tables, "subsidy_sweep", points, err));
    s->results->title =
        (Label){text_format(job->arena, "参数试算：%s", s->path),
                text_format(job->arena, "%s changed", s->path)};
    TRY(table_add_labelled(&value, s->results, "value", type,
                           type == TYPE_MONEY ? "fen" : "",
                           (Label){"取值", "value"}, err));
    for (uint64_t k = 0; k < points; k++)
        value->i[k] = low + (int64_t)exact_divide((Exact)(high - low) * k,
                                                  (Exact)(points - 1));
done:
    return rc;
}

/* The policy at every point. */
static ErrCode make_policies(Sweep *s, Job *job, Policy *policy, Err *err)
{
    ErrCode rc = OK;
    const Table *t = s->results;
    char text[CELL_TEXT];
    s->policies = arena_alloc(job->arena, 1 + t->rows, sizeof *s->policies);
    if (s->policies == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    s->policies[0] = policy;
    for (size_t k = 0; k < t->rows; k++) {
        Policy *changed;
        const char *said = cell_format(text, t->columns[0], k);
        char *value = text_copy(job->arena, said, strlen(said));
        if (value == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
        const PolicyChange change = {s->path, value};
        rc = policy_changed(&changed, job->arena, policy, &change, 1,
                            job->faults, err);
        TRY(job_found(job, rc, ERR_RULE, policy_head(policy)->id, err));
        s->policies[1 + k] = changed;
    }
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path, *scenario = job_option(job, "scenario");
    Policy *policy;
    Table *all;
    Sweep *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_as_of(&s->as_of, job, err));
    TRY(job_need(&path, job, "rules", err));
    TRY(job_first(job, "contracts", err));
    TRY(make_points(s, job, err));
    TRY(job_policy(&policy, job, "rules", path, "subsidy", err));
    if (scenario != NULL) {
        rc = policy_scenario(&policy, policy, scenario, job->faults, err);
        TRY(job_found(job, rc, ERR_RULE, path, err));
    }
    TRY(make_policies(s, job, policy, err));
    TRY(queues_check_year(job, policy, path, err));
    TRY(contracts_read(&all, job, &policy, 1, err));
    TRY(contracts_of_year(&s->contracts, job, all, err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Sweep *s = job->state;
    size_t n = 1 + s->results->rows;
    Names payers;
    SubsidySum *sums = arena_alloc(job->arena, n, sizeof *sums);
    if (sums == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_stage(job, "subsidy", 0.2, err));
    TRY(subsidy_sums(sums, &payers, s->contracts, s->policies, n, s->as_of,
                     job_threads(job), err));
    TRY(sumcolumns_add(s->results, sums, 1, &payers, err));
    TRY(job_result(job, s->results, err));
done:
    return rc;
}

const Command command_subsidy_sweep = {"subsidy sweep", read_files, compute,
                                       NULL, NULL};
