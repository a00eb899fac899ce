#include "credit/value.h"

#include "credit/figures.h"

#include <string.h>

/* What speaks against a right, in words. */
static Label against(Story *s, const Policy *policy, const char *list)
{
    Label text = {NULL, NULL};
    while (list != NULL && *list != '\0') {
        size_t n = strcspn(list, ";");
        const PolicyReason *r =
            policy_reason(policy, story_say(s, "%.*s", (int)n, list));
        list += n + (list[n] == ';');
        if (r == NULL || r->text.zh == NULL || r->text.en == NULL)
            continue;
        int is_first = text.zh == NULL;
        text.zh = story_say(s, "%s%s%s", is_first ? "" : text.zh,
                            is_first ? "" : "；", r->text.zh);
        text.en = story_say(s, "%s%s%s", is_first ? "" : text.en,
                            is_first ? "" : "; ", r->text.en);
    }
    return text;
}

typedef struct {
    const Column *id, *application, *kind, *eligible, *reasons, *value, *carry;
} Cells;

static ErrCode find_cells(Cells *c, const Table *rights, Err *err)
{
    static const char who[] = "explain";
    ErrCode rc = OK;
    TRY(table_need(&c->id, rights, FIELD_ip_id, who, err));
    TRY(table_need(&c->application, rights, FIELD_application_id, who, err));
    TRY(table_need(&c->kind, rights, FIELD_kind, who, err));
    TRY(table_need(&c->eligible, rights, FIELD_eligible, who, err));
    TRY(table_need(&c->value, rights, FIELD_ip_value, who, err));
    TRY(table_need(&c->carry, rights, FIELD_pledge_value, who, err));
    c->reasons = table_find(rights, "reasons");
done:
    return rc;
}

static void tell_right(Story *s, const Policy *policy, const Cells *c, size_t i)
{
    const char *list = c->reasons != NULL ? c->reasons->s[i] : NULL;
    story_tell(s, (StoryStep){.step = "right",
                              .rule = c->id->s[i],
                              .formula = c->kind->s[i],
                              .values = story_money(s, c->value->i[i]),
                              .result = story_money(s, c->carry->i[i]),
                              .text = against(s, policy, list)});
}

static int64_t known(int64_t fen)
{
    return fen == NULL_INT ? 0 : fen;
}

ErrCode value_explain_rights(Table *trace, const Policy *policy,
                             const Table *rights, const Table *applications,
                             size_t row, Err *err)
{
    ErrCode rc = OK;
    Cells c = {0};
    const Column *id;
    int64_t value = 0, carry = 0;
    Story s = {.arena = arena_new()};
    if (s.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    TRY(find_cells(&c, rights, err));
    TRY(table_need(&id, applications, FIELD_application_id, "explain", err));
    for (size_t i = 0; i < rights->rows; i++) {
        if (c.application->s[i] != id->s[row])
            continue;
        tell_right(&s, policy, &c, i);
        value += c.eligible->i[i] == 1 ? known(c.value->i[i]) : 0;
        carry += c.eligible->i[i] == 1 ? known(c.carry->i[i]) : 0;
    }
    TRY(figures_same(applications, FIELD_ip_value, row, value, err));
    TRY(figures_same(applications, FIELD_pledge_value, row, carry, err));
    TRY(story_append(trace, &s, err));
done:
    arena_free(s.arena);
    return rc;
}
