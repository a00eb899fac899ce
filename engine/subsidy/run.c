#include "subsidy/run.h"

#include "core/text.h"
#include "subsidy/claims.h"

#include <stdio.h>
#include <string.h>

/* "paid_city" from the dictionary's field and a payer's name. */
static ErrCode add_payer(Column **out, Table *t, const char *start,
                         const char *payer, const Label *label, Err *err)
{
    char name[80];
    Arena *arena = t->owner->arena;
    int n = snprintf(name, sizeof name, "%s_%s", start, payer);
    if (n < 0 || (size_t)n >= sizeof name)
        return FAIL(err, ERR_RULE, "the payer's name '%.*s' is too long",
                    TEXT_SHORT(payer));
    ErrCode rc = table_add(out, t, name, TYPE_MONEY, "fen", err);
    if (rc != OK)
        return rc;
    (*out)->label = (Label){text_format(arena, "%s（%s）", label->zh, payer),
                            text_format(arena, "%s, %s", label->en, payer)};
    return OK;
}

/* Columns for the payers; paid and cut are summed over them. */
static ErrCode write_payers(Table *t, const Claims *c, Column *paid,
                            Column *cut, Err *err)
{
    static const Label labels[] = {{"拨付", "paid"},
                                   {"预算核减", "cut by budget"}};
    ErrCode rc = OK;
    for (size_t p = 0; p < c->book.payers.n; p++) {
        const char *payer = c->book.payers.name[p];
        Column *paid_p, *cut_p;
        TRY(add_payer(&paid_p, t, "paid", payer, &labels[0], err));
        TRY(add_payer(&cut_p, t, "cut", payer, &labels[1], err));
        for (size_t i = 0; i < c->n; i++) {
            int64_t part = c->part[p][i], got = c->paid[p][i];
            paid_p->i[i] = got;
            cut_p->i[i] = part - got;
            paid->i[i] += got;
            cut->i[i] += part - got;
        }
    }
done:
    return rc;
}

static ErrCode write_words(Table *t, const Claims *c, Err *err)
{
    ErrCode rc = OK;
    Column *binding, *refusal;
    const char *words[REFUSALS] = {0};
    TRY(table_add_field(&binding, t, FIELD_binding, err));
    TRY(table_add(&refusal, t, "refusal", TYPE_CATEGORY, "", err));
    refusal->label = (Label){"不予补助", "refusal"};
    for (Refusal r = REFUSED_NOT + 1; r < REFUSALS; r++) {
        words[r] =
            texts_put(c->texts, refusal_word(r), strlen(refusal_word(r)));
        if (words[r] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < c->n; i++) {
        binding->s[i] = c->binding[i];
        refusal->s[i] = words[c->refusal[i]];
    }
done:
    return rc;
}

static ErrCode write_columns(Table *t, const Claims *c, Err *err)
{
    ErrCode rc = OK;
    Column *claimed, *computed, *by_cap, *by_rounding, *by_budget, *paid;
    TRY(table_add_field(&claimed, t, FIELD_claimed, err));
    TRY(table_add_field(&computed, t, FIELD_computed, err));
    TRY(table_add_field(&by_cap, t, FIELD_cut_by_cap, err));
    TRY(table_add_field(&by_rounding, t, FIELD_cut_by_rounding, err));
    TRY(table_add_field(&by_budget, t, FIELD_cut_by_budget, err));
    TRY(table_add_field(&paid, t, FIELD_paid, err));
    for (size_t i = 0; i < c->n; i++) {
        claimed->i[i] = c->base[i];
        computed->i[i] = c->computed[i];
        by_cap->i[i] = c->computed[i] - claims_sum(c, i);
        by_rounding->i[i] = -c->rounded[i];
    }
    TRY(write_payers(t, c, paid, by_budget, err));
    TRY(write_words(t, c, err));
    const Column *const amounts[] = {claimed,     computed,  by_cap,
                                     by_rounding, by_budget, paid};
    for (size_t k = 0; k < sizeof amounts / sizeof *amounts; k++)
        if (!c->is_alone) /* else nobody adds the rows up */
            TRY(column_check_sum(t, amounts[k], err));
done:
    return rc;
}

ErrCode run_policy(Table *contracts, const Policy *policy, Date as_of,
                   int is_alone, Err *err)
{
    ErrCode rc = OK;
    Claims claims;
    Arena *arena = arena_new();
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(claims_open(&claims, arena, contracts, policy, as_of, err));
    claims.is_alone = is_alone;
    TRY(policy_apply(contracts, policy, as_of, err));
    TRY(claims_read_terms(&claims, as_of, err));
    TRY(claims_award(&claims, contracts, err));
    TRY(claims_limit(&claims, err));
    TRY(claims_pay(&claims, err));
    TRY(write_columns(contracts, &claims, err));
done:
    arena_free(arena);
    return rc;
}
