#include "flow/scenarios.h"

#include "core/text.h"

#include <string.h>

/* The parts of one entry, "FILE#SCENARIO@DATE"; those it lacks are NULL. */
typedef struct {
    const char *file, *scenario;
    Date day;
    int has_day;
} Entry;

static int is_file(const char *text)
{
    return strchr(text, '/') != NULL || strstr(text, ".cfg") != NULL;
}

static ErrCode split_entry(Entry *out, char *text, Err *err)
{
    ErrCode rc = OK;
    Entry e = {0};
    char *day = strrchr(text, '@'), *scenario;
    if (day != NULL) {
        *day++ = '\0';
        if (date_parse(&e.day, day, NULL) != OK)
            TRY(FAIL(err, ERR_USAGE,
                     "--scenario: '%.*s' behind @ is not a date; write "
                     "2023-12-31",
                     TEXT_SHORT(day)));
        e.has_day = 1;
    }
    scenario = strchr(text, '#');
    if (scenario != NULL)
        *scenario++ = '\0';
    e.file = is_file(text) ? text : NULL;
    e.scenario = scenario != NULL ? scenario : e.file == NULL ? text : NULL;
    if (scenario != NULL && e.file == NULL)
        rc = FAIL(err, ERR_USAGE, "--scenario: '%.*s#...' names no rule file",
                  TEXT_SHORT(text));
    *out = e;
done:
    return rc;
}

/* "tiers" of the baseline's own file; of an overlay its id; of another rule
 * file its id, with the scenario behind it. */
static ErrCode name_scenario(Scenario *s, const char *overlay, const Entry *e,
                             Job *job, Err *err)
{
    const char *id = policy_head(s->policy)->id;
    s->name = overlay != NULL   ? overlay
              : e->file == NULL ? e->scenario
              : e->scenario == NULL
                  ? id
                  : text_format(job->arena, "%s-%s", id, e->scenario);
    if (s->name != NULL)
        s->name = texts_put(job->tables->texts, s->name, strlen(s->name));
    if (s->name == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scenario");
    s->label = (Label){s->name, s->name};
    return OK;
}

/* A rule file, or a scenario of the baseline in a file of its own: *id is then
 * what it is called, else NULL. */
static ErrCode read_file(Scenario *s, const char **id, Job *job,
                         const Policy *baseline, const Entry *e,
                         const char *kinds, Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    s->file = e->file;
    TRY(job_doc(&root, job, "scenario", e->file, err));
    if (doc_get(root, "scenario") == NULL)
        return job_policy_of(&s->policy, job, "scenario", root, kinds, err);
    if (e->scenario != NULL)
        return FAIL(err, ERR_USAGE,
                    "--scenario: %s is one scenario, and has none called "
                    "'%.*s'",
                    e->file, TEXT_SHORT(e->scenario));
    rc = policy_overlaid(&s->policy, id, baseline, root, job->faults, err);
    TRY(job_found(job, rc, ERR_RULE, e->file, err));
done:
    return rc;
}

static ErrCode read_entry(Scenario *out, Job *job, const Scenario *baseline,
                          const Entry *e, const char *kinds, Err *err)
{
    ErrCode rc = OK;
    const char *id = NULL;
    Scenario s = {.policy = baseline->policy, .file = baseline->file};
    if (e->file != NULL) {
        TRY(read_file(&s, &id, job, baseline->policy, e, kinds, err));
    }
    if (id == NULL && e->scenario != NULL) {
        rc =
            policy_scenario(&s.policy, s.policy, e->scenario, job->faults, err);
        TRY(job_found(job, rc, ERR_RULE, s.file, err));
    }
    TRY(name_scenario(&s, id, e, job, err));
    if (e->has_day)
        TRY(policy_standing(&s.policy, s.policy, e->day, err));
    *out = s;
done:
    return rc;
}

static ErrCode add_entry(Scenario out[], size_t *n, size_t most, Job *job,
                         char *text, const char *kinds, Err *err)
{
    ErrCode rc = OK;
    Entry e;
    if (*text == '\0')
        return FAIL(err, ERR_USAGE,
                    "--scenario: an entry between commas is "
                    "empty");
    if (*n == most)
        return FAIL(err, ERR_USAGE, "--scenario: more than %zu entries",
                    most - 1);
    TRY(split_entry(&e, text, err));
    TRY(read_entry(&out[*n], job, &out[0], &e, kinds, err));
    for (size_t k = 0; k < *n; k++)
        if (strcmp(out[k].name, out[*n].name) == 0)
            return FAIL(err, ERR_USAGE, "--scenario: '%s' is there twice",
                        out[k].name);
    ++*n;
done:
    return rc;
}

ErrCode scenarios_read(Scenario out[], size_t *n, size_t most, Job *job,
                       Scenario baseline, const char *list, const char *kinds,
                       Err *err)
{
    ErrCode rc = OK;
    out[0] = baseline;
    *n = 1;
    if (list == NULL)
        return OK;
    char *text = text_copy(job->arena, list, strlen(list));
    if (text == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for scenarios");
    while (text != NULL) {
        char *comma = strchr(text, ',');
        if (comma != NULL)
            *comma++ = '\0';
        TRY(add_entry(out, n, most, job, text, kinds, err));
        text = comma;
    }
done:
    return rc;
}

static Label title_of(const Scenario *s)
{
    const PolicyHead *head = policy_head(s->policy);
    Label of = head->scenario_title;
    Label title = head->scenario != NULL || of.zh || of.en ? of : head->title;
    const char *any = title.en != NULL ? title.en : title.zh;
    return (Label){title.zh != NULL ? title.zh : any, any};
}

ErrCode scenarios_table(Table **out, Job *job, const char *name,
                        const Scenario s[], size_t n, Err *err)
{
    ErrCode rc = OK;
    static const struct {
        const char *name;
        FieldType type;
        Label label;
    } columns[] = {{"name", TYPE_CATEGORY, {"方案", "policy"}},
                   {"title", TYPE_TEXT, {"名称", "title"}},
                   {"title_zh", TYPE_TEXT, {"名称", "title"}},
                   {"issuer", TYPE_TEXT, {"发布机关", "issuer"}},
                   {"document", TYPE_TEXT, {"文号", "document"}},
                   {"file", TYPE_TEXT, {"文件", "file"}}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    Table *t;
    Column *c[COLUMNS];
    TRY(table_new(&t, job->tables, name, n, err));
    t->title = (Label){"比较的政策", "Policies compared"};
    for (size_t k = 0; k < COLUMNS; k++)
        TRY(table_add_labelled(&c[k], t, columns[k].name, columns[k].type, "",
                               columns[k].label, err));
    for (size_t i = 0; i < n; i++) {
        const PolicyHead *head = policy_head(s[i].policy);
        Label title = title_of(&s[i]);
        const char *const cells[COLUMNS] = {s[i].name,      title.en,
                                            title.zh,       head->issuer,
                                            head->document, s[i].file};
        for (size_t k = 0; k < COLUMNS; k++)
            c[k]->s[i] = cells[k];
    }
    *out = t;
done:
    return rc;
}
