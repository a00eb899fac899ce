#include "credit/credit.h"

#include "credit/verdict.h"

#include <math.h>
#include <string.h>

/* The sections as they stood in each era of the policy. */
typedef struct {
    Lending **of; /* [eras] NULL: not read yet */
    QuantityScope scope;
    const Column *days;
} Editions;

typedef struct {
    VerdictInputs in;
    Column *ead, *lgd, *loss, *price, *outcome, *reasons;
    const char *words[OUTCOME_INCOMPLETE + 1]; /* of outcomes, interned */
    Texts *texts;
} Cells;

static ErrCode read_edition(Lending **out, Editions *e, Date day, Err *err)
{
    e->scope.day = day;
    return verdict_sections(out, &e->scope, err);
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
    TRY(verdict_inputs(&c->in, t, policy, err));
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
        list = c->in.binding != NULL ? c->in.binding->s[row] : NULL;
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
    Date day = quantity_day(e->days, row, as_of);
    int has_day = quantity_has_day(day);
    int era = has_day ? policy_era(e->scope.policy, day) : -1;
    if (era < 0) {
        refuse_row(c, row, has_day);
        return OK;
    }
    if (e->of[era] == NULL)
        TRY(read_edition(&e->of[era], e, day, err));
    Verdict j;
    verdict_loss(&j, &c->in, e->of[era], row);
    c->ead->i[row] = j.ead_fen;
    c->lgd->d[row] = j.lgd;
    c->loss->i[row] = j.loss_fen;
    verdict_outcome(&j, &c->in, e->of[era], row);
    c->price->i[row] = j.price;
    c->outcome->s[row] = c->words[j.outcome];
    TRY(write_reasons(c, row, j.cause, lending_reasons(e->of[era]), err));
done:
    return rc;
}

static ErrCode apply(Table *applications, const Policy *policy, Date as_of,
                     const WhatIf of[], Err *err)
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
    TRY(of == NULL ? policy_apply(applications, policy, as_of, err)
                   : whatif_apply(applications, policy, as_of, of, err));
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

ErrCode credit_apply(Table *applications, const Policy *policy, Date as_of,
                     Err *err)
{
    return apply(applications, policy, as_of, NULL, err);
}

ErrCode credit_variants(Table *variants, const Policy *policy, Date as_of,
                        const WhatIf of[], Err *err)
{
    return apply(variants, policy, as_of, of, err);
}
