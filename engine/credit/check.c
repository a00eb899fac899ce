#include "credit/credit.h"

#include "credit/value.h"
#include "credit/verdict.h"

#include <string.h>

/* The type of an input that no rule reads: its own, else the dictionary's. */
static FieldType type_of(const Doc *input, const char *name)
{
    const Doc *own = doc_get(input, "type");
    Field field = field_named(name, strlen(name));
    if (own == NULL || own->text == NULL)
        return field == FIELD_COUNT ? TYPE_TEXT : field_info(field)->type;
    for (int type = 0; type <= TYPE_BOOL; type++)
        if (strcmp(type_name((FieldType)type), own->text) == 0)
            return (FieldType)type;
    return strcmp(own->text, "number") == 0 ? TYPE_REAL
           : strcmp(own->text, "days") == 0 ? TYPE_COUNT
                                            : TYPE_TEXT;
}

static ErrCode add(Table *t, const char *name, FieldType type, Err *err)
{
    Column *c;
    if (table_find(t, name) != NULL)
        return OK;
    return table_add(&c, t, name, type, "", err);
}

/* The inputs a policy lists on a day. */
static ErrCode add_listed(Table *t, const Policy *policy, Date day, Err *err)
{
    ErrCode rc = OK;
    const Doc *list = policy_section(policy, day, "inputs");
    const Doc *it = list != NULL ? list->first : NULL;
    for (; it != NULL; it = it->next) {
        const Doc *name = doc_get(it, "name");
        if (name != NULL && name->text != NULL)
            TRY(add(t, name->text, type_of(it, name->text), err));
    }
done:
    return rc;
}

/* The next day, from *day on, of an era other than `era`; 0: there is none. */
static int next_era(Date *day, int *era, const Policy *policy)
{
    const DateParts last = {2100, 12, 31};
    for (; day->days <= date_of(last).days; day->days++) {
        int here = policy_era(policy, *day);
        if (here >= 0 && here != *era) {
            *era = here;
            return 1;
        }
    }
    return 0;
}

static Date first_day(void)
{
    const DateParts first = {1990, 1, 1};
    return date_of(first);
}

/* A table without rows that has whatever the policy reads. */
static ErrCode imagine(Table **out, Tables *tables, const Policy *policy,
                       const Field also[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Date day = first_day();
    int era = -1;
    const PolicyInput *inputs;
    const char *date = policy_head(policy)->date_used;
    size_t n_inputs = policy_inputs(&inputs, policy);
    TRY(table_new(&t, tables, "check", 0, err));
    for (size_t i = 0; i < n_inputs; i++)
        TRY(add(t, inputs[i].name, inputs[i].type, err));
    while (next_era(&day, &era, policy))
        TRY(add_listed(t, policy, day, err));
    for (size_t i = 0; i < n; i++)
        TRY(add(t, field_info(also[i])->name, field_info(also[i])->type, err));
    if (date != NULL)
        TRY(add(t, date, TYPE_DATE, err));
    *out = t;
done:
    return rc;
}

/* A failure without a place of its own, at the head of the file. */
static ErrCode blame(const Policy *policy, const Err *own, QuantityScope *s,
                     Err *err)
{
    const Doc *head = policy_section(policy, s->day, "policy");
    if (own->code == ERR_MEMORY || head == NULL)
        return FAIL(err, own->code, "%s", own->text);
    if (faults_count(s->r.faults) == 0)
        doc_fault(head, 0, own->text, NULL, &s->r);
    return faults_end(s->r.faults, ERR_RULE, policy_head(policy)->id, err);
}

typedef ErrCode (*Read)(QuantityScope *scope, Err *err);

static ErrCode read_credit(QuantityScope *scope, Err *err)
{
    Lending *lending;
    return verdict_sections(&lending, scope, err);
}

static ErrCode read_value(QuantityScope *scope, Err *err)
{
    Valuation *valuation;
    return value_section(&valuation, scope, err);
}

/* Read the sections of each era until one is faulty. */
static ErrCode read_eras(QuantityScope *scope, Read read, ErrCode applied,
                         const Err *failure, Err *err)
{
    Err own = *failure;
    int era = -1;
    scope->day = first_day();
    scope->r.err = &own;
    while (next_era(&scope->day, &era, scope->policy))
        if (applied != OK || read(scope, &own) != OK)
            return blame(scope->policy, &own, scope, err);
    return OK;
}

ErrCode credit_check(const Policy *policy, Arena *arena, Texts *texts,
                     Faults *faults, Err *err)
{
    static const Field also[] = {FIELD_amount};
    ErrCode rc = OK;
    Err own = {0};
    Tables tables = {.arena = arena, .texts = texts};
    QuantityScope scope = {
        .policy = policy, .arena = arena, .r = {.faults = faults}};
    Table *t;
    TRY(imagine(&t, &tables, policy, also, 1, err));
    scope.table = t;
    ErrCode applied = credit_apply(t, policy, first_day(), &own);
    TRY(read_eras(&scope, read_credit, applied, &own, err));
done:
    return rc;
}

ErrCode value_check(const Policy *policy, Arena *arena, Texts *texts,
                    Faults *faults, Err *err)
{
    static const Field also[] = {FIELD_application_id, FIELD_kind,
                                 FIELD_filed_on};
    ErrCode rc = OK;
    Err own = {0};
    Tables tables = {.arena = arena, .texts = texts};
    QuantityScope scope = {
        .policy = policy, .arena = arena, .r = {.faults = faults}};
    Table *t;
    TRY(imagine(&t, &tables, policy, also, 3, err));
    scope.table = t;
    ErrCode applied = value_apply(t, NULL, policy, first_day(), &own);
    TRY(read_eras(&scope, read_value, applied, &own, err));
done:
    return rc;
}
