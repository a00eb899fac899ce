#include "flow/command.h"
#include "flow/contracts.h"
#include "flow/sumcolumns.h"

#include "core/text.h"

#include <string.h>

enum { POINTS = 20, POINTS_MOST = 1000 };

/* The policy as it is, and with its value changed from point to point. */
typedef struct {
    const Policy **policies; /* [1 + points] */
    Table *contracts, *results;
    const char *path;
    Date as_of;
} Sweep;

/* "20万", "5%" or "3": fen, billionths or a whole number. */
static int read_value(FieldType *type, int64_t *out, const char *text)
{
    Money money;
    Ratio ratio;
    if (strchr(text, '%') != NULL) {
        *type = TYPE_RATIO;
        if (ratio_parse(&ratio, text, NULL) != OK)
            return 0;
        *out = ratio.billionths;
        return 1;
    }
    *type =
        strspn(text, "0123456789") == strlen(text) ? TYPE_COUNT : TYPE_MONEY;
    if (!doc_money_of(&money, text))
        return 0;
    *out = *type == TYPE_COUNT ? money.fen / 100 : money.fen;
    return 1;
}

/* A whole number goes with an amount as so many yuan. */
static int make_amount(FieldType *type, int64_t *value, FieldType other)
{
    if (*type == TYPE_COUNT && other == TYPE_MONEY) {
        *type = TYPE_MONEY;
        *value *= 100;
    }
    return *type == other;
}

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
    if (!read_value(&type, &low, from) || !read_value(&other, &high, to) ||
        (!make_amount(&type, &low, other) && !make_amount(&other, &high, type)))
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
