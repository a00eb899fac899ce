#include "flow/casediff.h"
#include "flow/cases.h"
#include "flow/command.h"

#include "policy/diff.h"

#include <string.h>

/* The two texts that are compared. */
typedef struct {
    PolicyText text[2];
    Policy *policy[2];
    Date day[2];
} Two;

static size_t find_files(const char *out[2], const Job *job)
{
    size_t n = 0;
    for (size_t i = 0; i < job->noptions; i++)
        if (strcmp(job->options[i].name, "file") == 0) {
            if (n < 2)
                out[n] = job->options[i].value;
            n++;
        }
    return n;
}

/* --as-of for the first, --and for the second; with two files --as-of alone
 * stands for both. */
static ErrCode read_days(Two *two, const Job *job, size_t files, Err *err)
{
    ErrCode rc = OK;
    const char *first = job_option(job, "as-of");
    const char *second = job_option(job, "and");
    if (second == NULL && (files == 2 || job_option(job, "scenario") != NULL))
        second = first;
    if (first != NULL)
        TRY(date_parse(&two->day[0], first, err));
    if (second != NULL)
        TRY(date_parse(&two->day[1], second, err));
    if ((first == NULL) != (second == NULL))
        rc = FAIL(err, ERR_USAGE, "--as-of and --and stand together");
    two->text[0].day = first ? &two->day[0] : NULL;
    two->text[1].day = first ? &two->day[1] : NULL;
done:
    return rc;
}

static ErrCode read_two(Two *two, Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path[2] = {NULL, NULL};
    const char *scenario = job_option(job, "scenario");
    size_t files = find_files(path, job);
    if (files == 0 || files > 2)
        return FAIL(err, ERR_USAGE, "%zu rule files; two are compared", files);
    TRY(read_days(two, job, files, err));
    if (files == 1 && scenario == NULL && two->text[0].day == NULL)
        TRY(FAIL(err, ERR_USAGE,
                 "one rule file; give a second one, --as-of D1 --and D2, or "
                 "--scenario ID"));
    TRY(cases_policy(&two->policy[0], job, path[0], err));
    two->policy[1] = two->policy[0];
    if (files == 2)
        TRY(cases_policy(&two->policy[1], job, path[1], err));
    if (scenario != NULL) {
        rc = policy_scenario(&two->policy[1], two->policy[1], scenario,
                             job->faults, err);
        TRY(job_found(job, rc, ERR_RULE, path[files - 1], err));
    }
    two->text[0].policy = two->policy[0];
    two->text[1].policy = two->policy[1];
done:
    return rc;
}

static ErrCode check_kinds(const Two *two, Err *err)
{
    const PolicyHead *a = policy_head(two->policy[0]);
    const PolicyHead *b = policy_head(two->policy[1]);
    if (strcmp(a->kind, b->kind) == 0)
        return OK;
    return FAIL(err, ERR_RULE,
                "'%s' is of kind '%s' and '%s' of kind '%s'; cases cannot go "
                "through both",
                a->id, a->kind, b->id, b->kind);
}

/* With days, every case is judged by them; without, by its own date. */
static ErrCode judge(Judged out[2], Job *job, Two *two, Err *err)
{
    ErrCode rc = OK;
    Table *rows[2];
    Policy *policy[2] = {two->policy[0], two->policy[1]};
    int dated = two->text[0].day != NULL;
    TRY(check_kinds(two, err));
    TRY(cases_read(&rows[0], job, policy, 2, err));
    TRY(cases_copy(&rows[1], rows[0], err));
    for (int i = 0; i < 2; i++) {
        if (!dated && policy_head(policy[i])->date_used == NULL)
            TRY(FAIL(err, ERR_USAGE,
                     "'%s' judges no row by a date of its own; give --as-of "
                     "DATE",
                     policy_head(policy[i])->id));
        if (dated)
            TRY(policy_standing(&policy[i], policy[i], two->day[i], err));
        TRY(cases_judge(rows[i], policy[i], two->day[i], err));
        out[i] = (Judged){policy[i], rows[i], two->day[i]};
    }
done:
    return rc;
}

ErrCode command_rules_diff(Job *job, Err *err)
{
    ErrCode rc = OK;
    Two two = {0};
    Table *changes;
    Judged judged[2];
    TRY(read_two(&two, job, err));
    TRY(policy_diff(&changes, job->tables, two.text[0], two.text[1], err));
    TRY(job_result(job, changes, err));
    if (job_option(job, "cases") != NULL) {
        TRY(judge(judged, job, &two, err));
        TRY(casediff_tables(job, judged[0], judged[1], err));
    }
    TRY(command_show(job, NULL, err));
done:
    return rc;
}
