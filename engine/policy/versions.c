#include "policy/versions.h"

#include "core/tr.h"
#include "policy/overlay.h"

#include <stdlib.h>
#include <string.h>

static const Date first_day = {INT32_MIN}, last_day = {INT32_MAX};

static const char *const names[] = {"id",   "from",   "to",
                                    "cite", "amends", "title"};

static const Doc *scenario_changes(const Policy *p)
{
    const Doc *list = doc_get(p->root, "scenarios");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next)
        if (reader_id(it) != NULL &&
            strcmp(reader_id(it), p->head.scenario) == 0)
            return doc_get(it, "changes");
    return NULL;
}

static const Doc *with_scenario(const Policy *p, const Doc *root, Reader *r)
{
    if (p->head.scenario != NULL && root != NULL)
        root = overlay_apply(root, scenario_changes(p), r);
    if (p->changes != NULL && root != NULL)
        root = overlay_apply(root, p->changes, r);
    return root;
}

static int read_version(Policy *p, const Doc *group, const Doc **root,
                        Reader *r)
{
    Version v = {.id = "", .from = first_day, .to = last_day};
    DocReader d = reader_doc(r);
    doc_only(group, names, sizeof names / sizeof *names, &d);
    int good = doc_text(&v.id, group, "id", 0, &d) &
               doc_text(&v.cite, group, "cite", 1, &d) &
               doc_date(&v.from, group, "from", p->n_versions == 0, &d) &
               doc_date(&v.to, group, "to", 1, &d);
    reader_done(r, &d);
    if (!good)
        return 0;
    if (v.to.days < v.from.days) {
        reader_fault_node(r, doc_get(group, "to"), v.id,
                          tr("a version ends before it begins"),
                          tr("write the later day into to"));
        return 0;
    }
    *root = overlay_apply(*root, doc_get(group, "amends"), r);
    v.root = with_scenario(p, *root, r);
    p->versions[p->n_versions++] = v;
    return v.root != NULL;
}

/* Versions follow one another: no overlap, and holes are told. */
static int check_follow(const Policy *p, const Doc *group, Reader *r)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    if (p->n_versions < 2)
        return 1;
    const Version *v = &p->versions[p->n_versions - 1], *before = v - 1;
    if (v->from.days <= before->to.days) {
        reader_fault_node(
            r, doc_get(group, "from"), v->id,
            reader_say(r, tr("version '%s' begins before '%s' ends"), v->id,
                       before->id),
            reader_say(r, tr("write to = \"%s\" in '%s'"),
                       date_format(from, (Date){v->from.days - 1}),
                       before->id));
        return 0;
    }
    if (v->from.days <= before->to.days + 1)
        return 1;
    date_format(from, (Date){before->to.days + 1});
    date_format(to, (Date){v->from.days - 1});
    reader_warn(
        r, (Text){group, "", v->id}, 0,
        reader_say(r, tr("no version is in force from %s to %s"), from, to),
        reader_say(r, tr("write from = \"%s\" unless it rested"), from));
    return 1;
}

int versions_read(Policy *p, Reader *r)
{
    const Doc *list = doc_get(p->root, "versions"), *root = p->root;
    int good = 1;
    p->versions = reader_alloc(r, VERSIONS_MAX, sizeof *p->versions);
    if (p->versions == NULL)
        return 0;
    if (list == NULL) {
        const Doc *now = with_scenario(p, root, r);
        p->versions[p->n_versions++] =
            (Version){"", NULL, first_day, last_day, now};
        return now != NULL;
    }
    if (list->kind != DOC_LIST || list->n == 0 || list->n > VERSIONS_MAX) {
        reader_fault_node(r, list, NULL,
                          tr("'versions' is a list of 1 to 200 groups"),
                          tr("versions = ( { id = ...; from = ...; } )"));
        return 0;
    }
    for (const Doc *it = list->first; it != NULL && root != NULL; it = it->next)
        good &= read_version(p, it, &root, r) && check_follow(p, it, r);
    return good && root != NULL;
}

/* Days on which something changes within a version. */
typedef struct {
    Date *days;
    size_t n, capacity;
} Cuts;

static void add_cut(Cuts *cuts, Date day, Reader *r)
{
    size_t i = 0;
    while (i < cuts->n && cuts->days[i].days < day.days)
        i++;
    if (i < cuts->n && cuts->days[i].days == day.days)
        return;
    Date *days =
        reader_grow(r, cuts->days, &cuts->capacity, cuts->n, sizeof *days);
    if (days == NULL)
        return;
    cuts->days = days;
    memmove(days + i + 1, days + i, (cuts->n - i) * sizeof *days);
    days[i] = day;
    cuts->n++;
}

static void find_cuts(Cuts *cuts, const Version *v, Reader *r)
{
    const Doc *parameters = doc_get(v->root, "parameters");
    add_cut(cuts, v->from, r);
    if (parameters == NULL || parameters->kind != DOC_LIST)
        return;
    for (const Doc *p = parameters->first; p != NULL; p = p->next) {
        const Doc *values = doc_get(p, "values");
        if (values == NULL || values->kind != DOC_LIST)
            continue;
        for (const Doc *it = values->first; it != NULL; it = it->next) {
            const Doc *from = doc_get(it, "from");
            Date day;
            if (from != NULL && from->kind == DOC_TEXT &&
                date_parse(&day, from->text, NULL) == OK &&
                day.days > v->from.days && day.days <= v->to.days)
                add_cut(cuts, day, r);
        }
    }
}

/* Days before a parameter has its first value are days without a policy; that
 * is worth a word where the version claims them. */
static void set_aside(Policy *p, Era *e, Reader *r)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    const Doc *list = doc_get(e->version->root, "versions");
    if (e->from.days != first_day.days && list != NULL)
        reader_warn(r, (Text){list, "", e->version->id}, 0,
                    reader_say(r,
                               tr("parameter '%s' has no value from %s to "
                                  "%s: nothing is decided then"),
                               e->program->lacks, date_format(from, e->from),
                               e->to.days == last_day.days
                                   ? "..."
                                   : date_format(to, e->to)),
                    NULL);
    p->n_eras--;
}

static int compile_version(Policy *p, const Version *v, Reader *r)
{
    Cuts cuts = {NULL, 0, 0};
    int good = 1;
    find_cuts(&cuts, v, r);
    for (size_t i = 0; i < cuts.n && p->n_eras < ERAS_MAX; i++) {
        int failed = 0;
        Era *e = &p->eras[p->n_eras++];
        e->from = cuts.days[i];
        e->to = v->to;
        if (i + 1 < cuts.n)
            e->to.days = cuts.days[i + 1].days - 1;
        e->version = v;
        e->program = program_new(v->root, p->head.kind, e->from, *r, &failed);
        r->failed |= failed;
        good &= !failed && e->program != NULL;
        if (!failed && e->program->lacks != NULL)
            set_aside(p, e, r);
    }
    return good;
}

/* Whatever the days, does nothing read the name? */
static int is_unread(const Policy *p, const char *name)
{
    for (size_t i = 0; i < p->n_eras; i++) {
        const Program *program = p->eras[i].program;
        size_t k = 0;
        while (k < program->n_unread && program->unread[k]->name != name)
            k++;
        if (k == program->n_unread && scope_find(&program->scope, name) != NULL)
            return 0;
    }
    return 1;
}

/* What an amendment or a scenario does not read, others may. */
static void tell_unread(const Policy *p, Reader *r)
{
    for (size_t i = 0; i < p->n_eras; i++)
        for (size_t k = 0; k < p->eras[i].program->n_unread; k++) {
            const Symbol *s = p->eras[i].program->unread[k];
            if (is_unread(p, s->name))
                reader_warn(r, (Text){s->node, "", NULL}, 0,
                            reader_say(r, tr("nothing reads '%s'"), s->name),
                            tr("take it out, or read it in a rule"));
        }
}

int versions_compile(Policy *p, Reader *r)
{
    int good = 1;
    p->eras = reader_alloc(r, ERAS_MAX, sizeof *p->eras);
    for (size_t i = 0; p->eras != NULL && i < p->n_versions; i++)
        good &= compile_version(p, &p->versions[i], r);
    if (good && p->eras != NULL && p->head.scenario == NULL && !r->failed)
        tell_unread(p, r);
    return good && p->eras != NULL;
}

static ErrCode no_version(const Policy *p, Date day, Err *err)
{
    char on[DATE_TEXT], from[DATE_TEXT] = "...", to[DATE_TEXT] = "...";
    if (p->n_eras == 0)
        return FAIL(err, ERR_RULE, "no version of '%s' is in force on any day",
                    p->head.id);
    Date first = p->eras[0].from, last = p->eras[p->n_eras - 1].to;
    if (first.days != first_day.days)
        date_format(from, first);
    if (last.days != last_day.days)
        date_format(to, last);
    return FAIL(err, ERR_RULE,
                "no version of '%s' is in force on %s; its versions run from "
                "%s to %s",
                p->head.id, date_format(on, day), from, to);
}

ErrCode policy_standing(Policy **out, const Policy *policy, Date day, Err *err)
{
    const Era *now = inside_era(policy, day);
    if (now == NULL)
        return no_version(policy, day, err);
    Policy *p = arena_alloc(policy->arena, 1, sizeof *p);
    Era *era = arena_alloc(policy->arena, 1, sizeof *era);
    if (p == NULL || era == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a policy");
    *era = *now;
    era->from = first_day;
    era->to = last_day;
    *p = *policy;
    p->head.date_used = NULL;
    p->eras = era;
    p->n_eras = 1;
    *out = p;
    return OK;
}

const Era *inside_era(const Policy *p, Date day)
{
    size_t low = 0, high = p->n_eras;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (p->eras[mid].from.days <= day.days)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0 || day.days > p->eras[low - 1].to.days)
        return NULL;
    return &p->eras[low - 1];
}
