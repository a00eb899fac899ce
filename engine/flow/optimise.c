#include "subsidy/optimise.h"

#include "core/outfile.h"
#include "core/text.h"
#include "flow/command.h"
#include "flow/contracts.h"
#include "flow/outlooks.h"
#include "flow/sumcolumns.h"
#include "flow/varied.h"

#include <string.h>

enum { POINTS = 12 };

static const FuturesRange futures = {500, 20000};

typedef struct {
    Knob knob[OPTIMUM_FIGURES];
    OptimisePlan plan;
    FuturesOptions options;
    Outlook outlook;
    Table *contracts;
    const char *from; /* the reform that figures are chosen in, or NULL */
} Choice;

static ErrCode read_aim(Choice *s, const Job *job, Err *err)
{
    static const char *const words[] = {
#define X(name, word) word,
        OPTIMISE_AIMS(X)
#undef X
    };
    const char *aim = job_option(job, "aim");
    for (size_t k = 0; k < OPTIMISE_AIM_COUNT; k++)
        if (aim == NULL || strcmp(aim, words[k]) == 0) {
            s->plan.aim = (OptimiseAim)k;
            return OK;
        }
    return FAIL(err, ERR_USAGE, "--aim is induced, firms or gini");
}

static ErrCode read_options(Choice *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    uint64_t points;
    const char *budget, *vary, *sure = job_option(job, "confidence");
    Money money;
    TRY(futures_options(&s->options, job, futures, err));
    TRY(job_count(&points, job, "points", POINTS, 2, 100, err));
    TRY(read_aim(s, job, err));
    TRY(job_need(&budget, job, "budget", err));
    TRY(job_need(&vary, job, "vary", err));
    if (!doc_money_of(&money, budget) || money.fen < 0)
        return FAIL(err, ERR_USAGE,
                    "--budget %.*s: not an amount; write 1000万",
                    TEXT_SHORT(budget));
    if (level_parse(&s->plan.confidence, sure != NULL ? sure : "95%", NULL) !=
        OK)
        return FAIL(err, ERR_USAGE,
                    "--confidence %.*s: not between 0 and 1; write 95%%",
                    TEXT_SHORT(sure));
    TRY(varied_list(s->knob, &s->plan.n, job, vary, err));
    s->plan.knob = s->knob;
    s->plan.budget = money.fen;
    s->plan.payer = job_option(job, "payer");
    s->plan.points = points;
done:
    return rc;
}

/* Paths that lead nowhere are told before anything is drawn. */
static ErrCode check_paths(const Choice *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    Policy *policy;
    for (size_t k = 0; k < s->plan.n; k++) {
        PolicyChange change = {s->knob[k].path, NULL};
        TRY(optimise_text(&change.value, job->arena, &s->knob[k],
                          s->knob[k].low, err));
        rc = policy_changed(&policy, job->arena, s->plan.start, &change, 1,
                            job->faults, err);
        TRY(job_found(job, rc, ERR_RULE, policy_head(s->plan.start)->id, err));
    }
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    Policy *policies[2];
    Choice *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_need(&path, job, "rules", err));
    TRY(job_first(job, "contracts", err));
    TRY(read_options(s, job, err));
    TRY(job_policy(&policies[0], job, "rules", path, "subsidy", err));
    policies[1] = policies[0];
    s->from = job_option(job, "scenario");
    if (s->from != NULL) {
        rc = policy_scenario(&policies[1], policies[0], s->from, job->faults,
                             err);
        TRY(job_found(job, rc, ERR_RULE, path, err));
    }
    s->plan.base = policies[0];
    s->plan.start = policies[1];
    TRY(check_paths(s, job, err));
    TRY(outlook_of(&s->outlook, job, err));
    TRY(contracts_read(&s->contracts, job, policies, 2, err));
done:
    return rc;
}

/* The chosen values as texts of a rule file. */
static ErrCode say_values(PolicyChange out[], Job *job, const Choice *s,
                          const int64_t chosen[], Err *err)
{
    ErrCode rc = OK;
    for (size_t k = 0; k < s->plan.n; k++) {
        out[k].path = s->knob[k].path;
        TRY(optimise_text(&out[k].value, job->arena, &s->knob[k], chosen[k],
                          err));
    }
done:
    return rc;
}

static void write_scenario(FILE *to, const Job *job, const Choice *s,
                           const PolicyChange change[], const char *made,
                           const char *path)
{
    fprintf(to,
            "# Chosen by\n#   %s\n# and run by\n#   kedan subsidy run "
            "--contracts %s --rules %s --scenario %s\n"
            "scenario = { id = \"optimised\"; of = \"%s\";",
            made, job_option(job, "contracts"), job_option(job, "rules"), path,
            policy_head(s->plan.base)->id);
    if (s->from != NULL)
        fprintf(to, " from = \"%s\";", s->from);
    fputs(
        "\n  title = { zh = \"测算：预算内优选（非现行政策）\";\n"
        "    en = \"What if: chosen within a budget (not in force "
        "anywhere)\"; };\n  changes = (",
        to);
    for (size_t k = 0; k < s->plan.n; k++)
        fprintf(to,
                "%s\n    { path = \"%s\"; value = \"%s\"; cite = "
                "\"what-if\"; }",
                k > 0 ? "," : "", change[k].path, change[k].value);
    fputs("\n  ); };\n", to);
}

/* Into --output, which a replay does without. */
static ErrCode keep_scenario(const Job *job, const Choice *s,
                             const PolicyChange change[], Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    const char *path = job_option(job, "output");
    const char *made = command_line(job, 1);
    if (made == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scenario");
    if (path == NULL || job->recorded != NULL)
        return OK;
    TRY(outfile_open(&file, path, err));
    write_scenario(file.to, job, s, change, made, path);
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}

/* What the contracts of the file would be paid, to the fen. */
static ErrCode put_paid(Job *job, const Choice *s, const Policy *chosen,
                        Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Names payers;
    Column *policy;
    SubsidySum sums[2];
    const Policy *const of[] = {s->plan.base, chosen};
    static const char *const names[] = {"baseline", "optimised"};
    TRY(subsidy_sums(sums, &payers, s->contracts, of, 2, s->options.as_of,
                     job_threads(job), err));
    TRY(table_new(&t, job->tables, "optimise_paid", 2, err));
    t->title = (Label){"现有合同按各方案",
                       "What the contracts of the file would be paid"};
    TRY(table_add_labelled(&policy, t, "policy", TYPE_CATEGORY, "",
                           (Label){"方案", "policy"}, err));
    for (size_t k = 0; k < 2; k++) {
        policy->s[k] =
            texts_put(job->tables->texts, names[k], strlen(names[k]));
        if (policy->s[k] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a result");
    }
    TRY(sumcolumns_add(t, sums, 0, &payers, err));
done:
    return rc;
}

static const char *const results[] = {
    "optimise_basis",    "subsidy_outlook", "future_fits",
    "future_numbers",    "future_gaming",   "optimise_chosen",
    "optimise_frontier", "optimise_paid",   NULL};

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    const Choice *s = job->state;
    Policy *policy;
    int64_t chosen[OPTIMUM_FIGURES];
    PolicyChange change[OPTIMUM_FIGURES];
    TRY(job_stage(job, "subsidy", 0.1, err));
    rc = optimise_run(chosen, job->tables, s->contracts, &s->plan, &s->outlook,
                      &s->options, job->faults, err);
    TRY(job_found(job, rc, ERR_RULE, policy_head(s->plan.start)->id, err));
    TRY(say_values(change, job, s, chosen, err));
    TRY(policy_changed(&policy, job->arena, s->plan.start, change, s->plan.n,
                       job->faults, err));
    TRY(put_paid(job, s, policy, err));
    TRY(job_results(job, results, err));
    TRY(keep_scenario(job, s, change, err));
done:
    return rc;
}

const Command command_subsidy_optimise = {"subsidy optimise", read_files,
                                          compute, NULL, NULL};
