#include "flow/queues.h"

#include "core/text.h"
#include "core/tr.h"

#include <string.h>

enum { SCORE, SUBMITTED, COUNTY, ASKED };

static const struct {
    Field field;
    const char *way_out;
} asked[ASKED] = {
    {FIELD_score, TR_NOOP("add it; until then claims come by date")},
    {FIELD_submitted_at,
     TR_NOOP("add it; until then claims come by date of registration")},
    {FIELD_county, TR_NOOP("add it; until then every claim is of no county")}};

static int reads(const Doc *item, const char *name, const char *word)
{
    const Doc *child = doc_get(item, name);
    return child != NULL && child->text != NULL &&
           (word == NULL || strcmp(child->text, word) == 0);
}

/* Bit i: asked[i], by an item of the section on that day. */
static unsigned asks(const Policy *policy, Date day, const char *section)
{
    const Doc *list = policy_section(policy, day, section);
    unsigned bits = 0;
    for (size_t i = 0; list != NULL && i < list->n; i++) {
        const Doc *item = doc_at(list, i);
        if (item->kind != DOC_GROUP)
            continue;
        if (reads(item, "queue", "score") ||
            reads(item, "allocation", "ranked"))
            bits |= 1U << SCORE;
        if (reads(item, "order", "submitted_at"))
            bits |= 1U << SUBMITTED;
        if (reads(item, "county", NULL) || doc_get(item, "counties") != NULL)
            bits |= 1U << COUNTY;
    }
    return bits;
}

static ErrCode warn(Job *job, const Table *contracts, const Policy *policy,
                    int which, Err *err)
{
    const FieldInfo *field = field_info(asked[which].field);
    const char *problem = text_format(
        job->arena,
        tr("policy '%s' goes by the column %s (%s), which is missing"),
        policy_head(policy)->id, field->name, field->zh);
    if (problem == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to list what is wrong");
    return faults_add(job->faults,
                      (Fault){.file = contracts->file,
                              .line = 1,
                              .problem = problem,
                              .way_out = asked[which].way_out,
                              .is_warning = 1},
                      err);
}

ErrCode queues_check(Job *job, const Table *contracts, const Policy *policy,
                     Err *err)
{
    static const char *const sections[] = {"limits", "match", "budget"};
    ErrCode rc = OK;
    PolicyVersion v;
    unsigned bits = 0;
    for (size_t i = 0; policy_version(&v, policy, i); i++)
        for (size_t k = 0; k < sizeof sections / sizeof *sections; k++)
            bits |= asks(policy, v.from.days == INT32_MIN ? v.to : v.from,
                         sections[k]);
    for (int k = 0; k < ASKED; k++)
        if ((bits >> k & 1) && table_field(contracts, asked[k].field) == NULL)
            TRY(warn(job, contracts, policy, k, err));
done:
    return rc;
}

static int carries(const Policy *policy, Date day)
{
    const Doc *list = policy_section(policy, day, "budget");
    for (size_t i = 0; list != NULL && i < list->n; i++)
        if (doc_at(list, i)->kind == DOC_GROUP &&
            reads(doc_at(list, i), "carry_over", "yes"))
            return 1;
    return 0;
}

ErrCode queues_check_carried(Job *job, const Policy *policy, const char *file,
                             Err *err)
{
    PolicyVersion v;
    int is_carried = 0;
    for (size_t i = 0; policy_version(&v, policy, i); i++)
        is_carried |= carries(policy, v.from.days == INT32_MIN ? v.to : v.from);
    if (!is_carried)
        return OK;
    const char *problem = text_format(
        job->arena, tr("policy '%s' carries over what a year leaves"),
        policy_head(policy)->id);
    if (problem == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to list what is wrong");
    return faults_add(
        job->faults,
        (Fault){.file = file,
                .problem = problem,
                .way_out = TR_NOOP("a year by itself begins with its own "
                                   "money alone; add to the budget what the "
                                   "year before left"),
                .is_warning = 1},
        err);
}

ErrCode queues_check_year(Job *job, const Policy *policy, const char *file,
                          Err *err)
{
    return job_option(job, "year") == NULL
               ? OK
               : queues_check_carried(job, policy, file, err);
}
