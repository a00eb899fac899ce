#include "flow/command.h"

#include "core/text.h"
#include "credit/credit.h"
#include "credit/nearest.h"
#include "credit/summary.h"
#include "credit/value.h"
#include "flow/columns.h"
#include "flow/decide.h"
#include "flow/judge.h"
#include "flow/pick.h"
#include "flow/rulebook.h"
#include "flow/waysin.h"

#include <string.h>

typedef struct {
    Rulebook rules;
    Policy *value_policy; /* NULL without rights */
    Table *applications, *rights;
    Part *parts; /* [rules.n] */
    Date as_of;
} Assess;

static ErrCode read_rights(Job *job, Assess *s, Err *err)
{
    ErrCode rc = OK;
    CsvColumn *extra;
    size_t n;
    TRY(rulebook_one(&s->value_policy, job, "value-rules", "value", err));
    TRY(columns_of(&extra, &n, job->arena, &(Rulebook){&s->value_policy, 1},
                   err));
    TRY(job_table(&s->rights, job,
                  (JobTable){"ip-rights", "ip_rights", "ip-map", extra, n},
                  err));
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    CsvColumn *extra;
    size_t n;
    Assess *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_as_of(&s->as_of, job, err));
    TRY(job_first(job, "applications", err));
    TRY(rulebook_read(&s->rules, job, "rules", "credit|eligibility", err));
    TRY(columns_of(&extra, &n, job->arena, &s->rules, err));
    TRY(job_table(&s->applications, job,
                  (JobTable){"applications", "applications", "map", extra, n},
                  err));
    if (job_option(job, "ip-rights") != NULL)
        TRY(read_rights(job, s, err));
done:
    return rc;
}

static ErrCode no_rules(Job *job, const Assess *s, size_t row,
                        const char *product, Err *err)
{
    const Table *t = s->applications;
    const char *ids = tr("the rules are for ");
    for (size_t i = 0; ids != NULL && i < s->rules.n; i++)
        ids = text_format(job->arena, "%s%s%s", ids, i > 0 ? ", " : "",
                          policy_head(s->rules.policies[i])->id);
    return faults_add(job->faults,
                      (Fault){.file = t->file,
                              .line = t->lines == NULL ? 0 : t->lines[row],
                              .value = product == NULL ? "" : product,
                              .expected = "a product with rules",
                              .way_out = ids},
                      err);
}

/* Which part each application belongs to. */
static ErrCode route(Job *job, Assess *s, Err *err)
{
    ErrCode rc = OK;
    const Table *t = s->applications;
    const Column *product = table_field(t, FIELD_product);
    for (size_t i = 0; i < t->rows; i++) {
        const char *word = product == NULL ? NULL : product->s[i];
        Policy *policy = rulebook_for(&s->rules, word);
        if (policy == NULL) {
            TRY(no_rules(job, s, i, word, err));
            continue;
        }
        size_t part = 0;
        while (s->parts[part].policy != policy)
            part++;
        s->parts[part].rows[s->parts[part].n++] = i;
    }
    rc = job_faults(job, ERR_INPUT, t->file, err);
done:
    return rc;
}

static ErrCode split(Job *job, Assess *s, Err *err)
{
    size_t n = s->applications->rows;
    s->parts = arena_alloc(job->arena, s->rules.n, sizeof *s->parts);
    int short_of = s->parts == NULL;
    for (size_t i = 0; !short_of && i < s->rules.n; i++) {
        Part *p = &s->parts[i];
        p->policy = s->rules.policies[i];
        p->rows = arena_alloc(job->arena, n + 1, sizeof *p->rows);
        short_of = p->rows == NULL;
    }
    if (short_of)
        return FAIL(err, ERR_MEMORY, "no memory for %zu applications", n);
    return route(job, s, err);
}

/* Each policy finds the columns that it reads. */
static ErrCode check_columns(Job *job, const Assess *s, Err *err)
{
    ErrCode rc = OK;
    const Table *t = s->applications;
    for (size_t i = 0; i < s->rules.n; i++)
        if (s->parts[i].n > 0 || t->rows == 0)
            TRY(columns_check(job, t, s->parts[i].policy, err));
    rc = job_faults(job, ERR_RULE, t->file, err);
done:
    return rc;
}

/* Decision by decision, in the order of the file. */
static ErrCode judge(Job *job, const Assess *s, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    TRY(table_new(&t, job->tables, "decisions", s->applications->rows, err));
    t->title = (Label){"审批结论", "Decisions"};
    t->lines = s->applications->lines;
    t->file = s->applications->file;
    TRY(judge_parts(t, job, s->applications, s->parts, s->rules.n, s->as_of,
                    err));
    job->rows = t;
done:
    return rc;
}

static ErrCode summarise(Job *job, const Assess *s, Err *err)
{
    ErrCode rc = OK;
    TRY(summary_decisions(job->tables, job->rows, err));
    TRY(summary_reasons(job->tables, job->rows, s->rules.policies, s->rules.n,
                        err));
    TRY(job_results(job, summary_tables, err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    ErrCode rc = OK;
    Assess *s = job->state;
    TRY(job_stage(job, "assess", 0, err));
    if (s->rights != NULL)
        TRY(value_apply(s->rights, s->applications, s->value_policy, s->as_of,
                        err));
    TRY(split(job, s, err));
    TRY(check_columns(job, s, err));
    TRY(judge(job, s, err));
    TRY(summarise(job, s, err));
    TRY(waysin_write(job, s->applications, s->parts, s->rules.n, job->rows,
                     s->as_of, err));
    TRY(decide_rows(job, job->rows, FIELD_application_id, FIELD_credit_limit,
                    err));
done:
    return rc;
}

/* The application as many times as there are changes of it, and as it is. */
static ErrCode explain_nearest(Table *trace, Job *job, const Assess *s,
                               const Policy *policy, size_t row, Err *err)
{
    ErrCode rc = OK;
    WhatIf *found;
    size_t n;
    Table *variants;
    TRY(whatif_list(&found, &n, job->arena, policy, s->applications, row,
                    s->as_of, err));
    if (n == 0)
        return OK;
    WhatIf *of = arena_alloc(job->arena, n + 1, sizeof *of);
    size_t *rows = arena_alloc(job->arena, n + 1, sizeof *rows);
    if (of == NULL || rows == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory to explain"));
    of[0] = (WhatIf){.value = {.slot = -1}};
    memcpy(of + 1, found, n * sizeof *of);
    for (size_t i = 0; i <= n; i++)
        rows[i] = row;
    TRY(pick_rows(&variants, job->tables, s->applications, "variants", rows,
                  n + 1, err));
    TRY(credit_nearest(trace, variants, policy, s->as_of, of, err));
done:
    return rc;
}

static ErrCode explain_row(Table **out, Job *job, const Assess *s,
                           const Policy *policy, size_t row, Err *err)
{
    ErrCode rc = OK;
    Table *one;
    TRY(judge_one(&one, job, s->applications, policy, row, s->as_of, err));
    TRY(policy_explain(out, job->tables, policy, one, 0, s->as_of, err));
    if (s->rights != NULL)
        TRY(value_explain_rights(*out, s->value_policy, s->rights, one, 0,
                                 err));
    if (strcmp(policy_head(policy)->kind, "credit") == 0) {
        TRY(credit_explain(*out, policy, one, 0, s->as_of, err));
        TRY(explain_nearest(*out, job, s, policy, row, err));
    }
    TRY(policy_differ(*out, policy, one, 0, s->as_of, err));
done:
    return rc;
}

static ErrCode explain(Table **out, Job *job, const char *key, Err *err)
{
    const Assess *s = job->state;
    const Table *t = s->applications;
    const Column *product = table_field(t, FIELD_product);
    const Column *id = table_field(t, FIELD_application_id);
    for (size_t i = 0; id != NULL && i < t->rows; i++) {
        if (strcmp(id->s[i], key) != 0)
            continue;
        const Policy *policy = /* compute() found one for every row */
            rulebook_for(&s->rules, product == NULL ? NULL : product->s[i]);
        return explain_row(out, job, s, policy, i, err);
    }
    return FAIL(err, ERR_USAGE, "no application '%.*s' in that run",
                TEXT_SHORT(key));
}

const Command command_assess = {"assess", read_files, compute, explain, NULL};
