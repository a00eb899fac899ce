#include "credit/credit.h"

#include "credit/estimate.h"
#include "credit/lending.h"

#include <math.h>
#include <string.h>

/* The sections as they stood in each era of the policy. */
typedef struct {
    Lending **of; /* [eras] NULL: not read yet */
    QuantityScope scope;
    const Column *days;
} Editions;

typedef struct {
    const Column *amount, *eligible, *missing, *pd, *limit, *binding, *rate;
    Column *ead, *lgd, *loss, *price, *outcome, *reasons;
    const char *words[OUTCOME_INCOMPLETE + 1]; /* of outcomes, interned */
    Texts *texts;
} Cells;

static ErrCode read_edition(Lending **out, Editions *e, Date day, Err *err)
{
    const Policy *policy = e->scope.policy;
    LendingSections s = {.recovery = policy_section(policy, day, "recovery"),
                         .price = policy_section(policy, day, "price"),
                         .outcome = policy_section(policy, day, "outcome")};
    if (s.outcome == NULL)
        return FAIL(err, ERR_RULE, "policy %s has no section 'outcome'",
                    policy_head(policy)->id);
    e->scope.day = day;
    return lending_read(out, s, &e->scope, err);
}

/* The column of a field the policy must have put out, of a type. */
static ErrCode need_output(const Column **out, const Table *t, Field field,
                           const Policy *policy, Err *err)
{
    *out = table_field(t, field);
    const FieldInfo *info = field_info(field);
    if (*out == NULL || (*out)->type != info->type)
        return FAIL(err, ERR_RULE, "policy %s puts out no column '%s' (%s)",
                    policy_head(policy)->id, info->name, type_name(info->type));
    return OK;
}

/* The column that policy_apply() has just added for this stage. */
static Column *own_column(Table *t, Field field)
{
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->columns[i]->name, field_info(field)->name) == 0)
            return t->columns[i];
    return NULL;
}

static ErrCode add_columns(Cells *c, Table *t, const Policy *policy, Err *err)
{
    ErrCode rc = OK;
    TRY(table_need(&c->amount, t, FIELD_amount, "assess", err));
    TRY(table_need(&c->eligible, t, FIELD_eligible, "assess", err));
    TRY(need_output(&c->pd, t, FIELD_pd, policy, err));
    TRY(need_output(&c->limit, t, FIELD_credit_limit, policy, err));
    c->missing = table_find(t, "missing");
    c->binding = table_field(t, FIELD_binding);
    c->rate = table_field(t, FIELD_rate);
    c->reasons = own_column(t, FIELD_reasons);
    c->texts = t->owner->texts;
    TRY(table_add_field(&c->ead, t, FIELD_ead, err));
    TRY(table_add_field(&c->lgd, t, FIELD_lgd, err));
    TRY(table_add_field(&c->loss, t, FIELD_expected_loss, err));
    TRY(table_add_field(&c->price, t, FIELD_price_floor, err));
    TRY(table_add_field(&c->outcome, t, FIELD_outcome, err));
    for (int i = 0; i <= OUTCOME_INCOMPLETE; i++) {
        const char *word = outcome_word((Outcome)i);
        c->words[i] = texts_put(c->texts, word, strlen(word));
        if (c->words[i] == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for outcomes");
    }
done:
    return rc;
}

/* Exposure, loss and price of one row. */
static void estimate_row(const Cells *c, Lending *l, size_t row)
{
    double ead = lending_exposure(l, row), pd = c->pd->d[row];
    c->ead->i[row] = estimate_fen(ead);
    c->lgd->d[row] = lending_lgd(l, row, ead);
    c->loss->i[row] = ead > 0    ? estimate_fen(pd * c->lgd->d[row] * ead)
                      : ead <= 0 ? 0
                                 : NULL_INT;
    c->price->i[row] = estimate_billionths(lending_price(l, row));
}

/* What cannot be told without more papers. */
static int is_incomplete(const Cells *c, size_t row, int by_grade)
{
    int has_missing = c->missing != NULL && c->missing->s[row] != NULL;
    if (has_missing || c->eligible->i[row] == NULL_INT)
        return 1;
    if (c->eligible->i[row] == 0)
        return 0;
    return c->amount->i[row] == NULL_INT || c->limit->i[row] == NULL_INT ||
           isnan(c->pd->d[row]) || by_grade < 0 ||
           (c->ead->i[row] != 0 && c->loss->i[row] == NULL_INT);
}

/* The first `most` items of a list; NULL stays. */
static ErrCode first_items(const char **out, Texts *texts, const char *list,
                           size_t most, Err *err)
{
    if (list == NULL)
        return OK;
    const char *end = list;
    for (size_t i = 0; i < most && *end != '\0'; i++)
        end += strcspn(end, ";") + (i + 1 < most && strchr(end, ';') != NULL);
    *out = texts_put(texts, list, (size_t)(end - list));
    return *out != NULL ? OK : FAIL(err, ERR_MEMORY, "no memory for reasons");
}

/* The reasons that are read out: what led to the outcome. */
static ErrCode write_reasons(const Cells *c, size_t row, Cause cause,
                             size_t most, Err *err)
{
    const char *list = c->reasons != NULL ? c->reasons->s[row] : NULL;
    if (c->reasons == NULL)
        return OK;
    c->reasons->s[row] = NULL;
    if (cause == CAUSE_LIMIT)
        list = c->binding != NULL ? c->binding->s[row] : NULL;
    else if (cause == CAUSE_PRICE)
        list = c->price->name;
    else if (cause != CAUSE_ELIGIBILITY && cause != CAUSE_GRADE)
        return OK;
    return first_items(&c->reasons->s[row], c->texts, list, most, err);
}

/* A row that no version covers: what its reasons say stands. */
static void refuse_row(const Cells *c, size_t row, int has_day)
{
    c->ead->i[row] = c->loss->i[row] = c->price->i[row] = NULL_INT;
    c->lgd->d[row] = (double)NAN;
    c->outcome->s[row] =
        c->words[has_day ? OUTCOME_DECLINE : OUTCOME_INCOMPLETE];
}

static ErrCode assess_row(const Cells *c, Editions *e, size_t row, Date as_of,
                          Err *err)
{
    ErrCode rc = OK;
    Cause cause;
    Date day = quantity_day(e->days, row, as_of);
    int has_day = quantity_has_day(day);
    int era = has_day ? policy_era(e->scope.policy, day) : -1;
    if (era < 0) {
        refuse_row(c, row, has_day);
        return OK;
    }
    if (e->of[era] == NULL)
        TRY(read_edition(&e->of[era], e, day, err));
    Lending *l = e->of[era];
    estimate_row(c, l, row);
    int by_grade = lending_by_grade(l, row);
    int64_t asked = c->rate != NULL ? c->rate->i[row] : NULL_INT;
    int64_t floor = c->price->i[row];
    OutcomeFacts facts = {.is_missing = is_incomplete(c, row, by_grade),
                          .is_eligible = c->eligible->i[row] == 1,
                          .amount = {c->amount->i[row]},
                          .limit = {c->limit->i[row]},
                          .is_cheap = asked != NULL_INT && floor != NULL_INT &&
                                      asked < floor};
    if (!facts.is_missing && facts.is_eligible)
        facts.by_grade = (Outcome)by_grade;
    Outcome outcome = outcome_of(&cause, lending_rules(l), &facts);
    c->outcome->s[row] = c->words[outcome];
    TRY(write_reasons(c, row, cause, lending_reasons(l), err));
done:
    return rc;
}

ErrCode credit_apply(Table *applications, const Policy *policy, Date as_of,
                     Err *err)
{
    ErrCode rc = OK;
    Cells c = {0};
    Arena *arena = arena_new();
    Faults *faults = arena != NULL ? faults_new(arena) : NULL;
    Editions e = {.of = NULL};
    if (faults != NULL)
        e.of = arena_alloc(arena, policy_eras(policy) + 1, sizeof *e.of);
    if (e.of == NULL) {
        rc = FAIL(err, ERR_MEMORY, "no memory to assess applications");
        goto done;
    }
    TRY(policy_apply(applications, policy, as_of, err));
    TRY(add_columns(&c, applications, policy, err));
    e.scope = (QuantityScope){.table = applications,
                              .policy = policy,
                              .arena = arena,
                              .r = {.faults = faults, .err = err}};
    e.days = quantity_days(applications, policy);
    for (size_t i = 0; i < applications->rows; i++)
        TRY(assess_row(&c, &e, i, as_of, err));
done:
    arena_free(arena);
    return rc;
}
