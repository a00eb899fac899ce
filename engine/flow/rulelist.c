#include "flow/command.h"
#include "flow/rulefiles.h"

#include "core/tr.h"

#include <string.h>

static const char *day_text(Job *job, Date day)
{
    char text[DATE_TEXT];
    if (day.days == INT32_MIN || day.days == INT32_MAX)
        return NULL;
    date_format(text, day);
    return texts_put(job->tables->texts, text, strlen(text));
}

enum { CELLS = 11 };

static const struct {
    const char *name;
    FieldType type;
    Label label;
} columns[CELLS] = {{"file", TYPE_TEXT, {"文件", "file"}},
                    {"kind", TYPE_CATEGORY, {"种类", "kind"}},
                    {"id", TYPE_TEXT, {"编号", "id"}},
                    {"title", TYPE_TEXT, {"名称", "title"}},
                    {"title_zh", TYPE_TEXT, {"名称", "title"}},
                    {"version", TYPE_TEXT, {"版本", "version"}},
                    {"from", TYPE_TEXT, {"施行", "from"}},
                    {"to", TYPE_TEXT, {"失效", "to"}},
                    {"issuer", TYPE_TEXT, {"发布机关", "issuer"}},
                    {"document", TYPE_TEXT, {"文号", "document"}},
                    {"cite", TYPE_TEXT, {"依据", "cite"}}};

static void fill(Column *const to[CELLS], size_t row, Job *job,
                 const RuleFile *f, const PolicyVersion *v)
{
    const PolicyHead *head = f->policy ? policy_head(f->policy) : NULL;
    const char *cells[CELLS] = {f->file,
                                f->kind,
                                f->id,
                                f->title.en ? f->title.en : f->title.zh,
                                f->title.zh ? f->title.zh : f->title.en,
                                v ? v->id : NULL,
                                v ? day_text(job, v->from) : NULL,
                                v ? day_text(job, v->to) : NULL,
                                head ? head->issuer : NULL,
                                head ? head->document : NULL,
                                v ? v->cite : NULL};
    for (size_t k = 0; k < CELLS; k++)
        to[k]->s[row] = cells[k];
}

/* Is it listed, of all versions (`day` NULL) or of those of a day?  What is no
 * policy has no version. */
static int is_listed(const PolicyVersion *v, const Date *day)
{
    return day == NULL ||
           (v->from.days <= day->days && day->days <= v->to.days);
}

/* The rows; `to` NULL: how many there are. */
static size_t list(Column *const to[CELLS], Job *job, const RuleFile files[],
                   size_t n, const Date *day)
{
    size_t rows = 0;
    PolicyVersion v;
    for (size_t i = 0; i < n; i++) {
        const Policy *p = files[i].policy;
        if (p == NULL && day == NULL) {
            if (to != NULL)
                fill(to, rows, job, &files[i], NULL);
            rows++;
        }
        for (size_t k = 0; p != NULL && policy_version(&v, p, k); k++) {
            if (!is_listed(&v, day))
                continue;
            if (to != NULL)
                fill(to, rows, job, &files[i], &v);
            rows++;
        }
    }
    return rows;
}

static ErrCode write_list(Job *job, const RuleFile files[], size_t n,
                          const Date *day, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *to[CELLS];
    size_t rows = list(NULL, job, files, n, day);
    TRY(table_new(&t, job->tables, "rule_versions", rows, err));
    t->title = day == NULL ? (Label){"规则版本", "Versions of rules"}
                           : (Label){"当日有效的规则", "In force that day"};
    for (size_t k = 0; k < CELLS; k++)
        TRY(table_add_labelled(&to[k], t, columns[k].name, columns[k].type, "",
                               columns[k].label, err));
    list(to, job, files, n, day);
    rc = job_result(job, t, err);
done:
    return rc;
}

/* Policies without a version that day, by file. */
static void note_others(const Job *job, const RuleFile files[], size_t n,
                        Date day)
{
    char text[DATE_TEXT];
    for (size_t i = 0; i < n; i++)
        if (files[i].policy != NULL && !policy_in_force(files[i].policy, day))
            fprintf(job->user->notes, tr("%s: not in force on %s\n"),
                    files[i].file, date_format(text, day));
}

ErrCode command_rules_list(Job *job, Err *err)
{
    ErrCode rc = OK;
    RuleFile *files;
    size_t n;
    TRY(rulefiles_read(&files, &n, job, err));
    TRY(write_list(job, files, n, NULL, err));
    TRY(command_show(job, NULL, err));
    TRY(rulefiles_good(files, n, err));
done:
    return rc;
}

static ErrCode write_parameters(Job *job, const RuleFile files[], size_t n,
                                Date day, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    size_t m = 0;
    const Policy **policies = arena_alloc(job->arena, n + 1, sizeof *policies);
    if (policies == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to list rules");
    for (size_t i = 0; i < n; i++)
        if (files[i].policy != NULL)
            policies[m++] = files[i].policy;
    TRY(policy_parameters(&t, job->tables, policies, m, day, err));
    rc = job_result(job, t, err);
done:
    return rc;
}

ErrCode command_rules_as_of(Job *job, Err *err)
{
    ErrCode rc = OK;
    RuleFile *files;
    const char *text;
    Date day;
    size_t n;
    TRY(job_need(&text, job, "day", err));
    TRY(date_parse(&day, text, err));
    TRY(rulefiles_read(&files, &n, job, err));
    TRY(write_list(job, files, n, &day, err));
    TRY(write_parameters(job, files, n, day, err));
    note_others(job, files, n, day);
    TRY(command_show(job, NULL, err));
    TRY(rulefiles_good(files, n, err));
done:
    return rc;
}
