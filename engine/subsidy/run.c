#include "subsidy/run.h"

#include "core/text.h"
#include "subsidy/claims.h"
#include "subsidy/clawedback.h"

#include <stdio.h>
#include <string.h>

/* A column of amounts that the claims fill. */
static ErrCode add_amounts(int64_t **out, Table *t, Field field, Err *err)
{
    Column *c;
    ErrCode rc = table_add_field(&c, t, field, err);
    if (rc == OK)
        *out = c->i;
    return rc;
}

/* What is written beside the claims' own results. */
typedef struct {
    int64_t *by_cap, *by_budget, *paid;
    const char **refusal;
} Written;

static ErrCode add_payers(Table *t, Claims *c, Err *err)
{
    static const Label labels[] = {{"拨付", "paid"},
                                   {"预算核减", "cut by budget"}};
    ErrCode rc = OK;
    for (size_t p = 0; p < c->book.payers.n; p++) {
        const char *payer = c->book.payers.name[p];
        Column *paid, *cut;
        TRY(claims_payer(&paid, t, "paid", payer, labels[0], err));
        TRY(claims_payer(&cut, t, "cut", payer, labels[1], err));
        c->paid[p] = paid->i;
        c->cut[p] = cut->i;
    }
done:
    return rc;
}

/* The claims' results are columns from the start: none is copied. */
static ErrCode add_columns(Written *out, Table *t, Claims *c, Err *err)
{
    ErrCode rc = OK;
    Column *binding, *refusal;
    TRY(add_amounts(&c->base, t, FIELD_claimed, err));
    TRY(add_amounts(&c->computed, t, FIELD_computed, err));
    TRY(add_amounts(&out->by_cap, t, FIELD_cut_by_cap, err));
    TRY(add_amounts(&c->rounded, t, FIELD_cut_by_rounding, err));
    TRY(add_amounts(&out->by_budget, t, FIELD_cut_by_budget, err));
    TRY(add_amounts(&out->paid, t, FIELD_paid, err));
    TRY(add_payers(t, c, err));
    TRY(table_add_field(&binding, t, FIELD_binding, err));
    TRY(table_add(&refusal, t, "refusal", TYPE_CATEGORY, "", err));
    refusal->label = (Label){"不予补助", "refusal"};
    c->binding = binding->s;
    out->refusal = refusal->s;
done:
    return rc;
}

static ErrCode write_refusals(const char *out[], const Claims *c, Err *err)
{
    const char *words[REFUSALS] = {0};
    for (Refusal r = REFUSED_NOT + 1; r < REFUSALS; r++) {
        words[r] =
            texts_put(c->texts, refusal_word(r), strlen(refusal_word(r)));
        if (words[r] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < c->n; i++)
        if (c->refusal[i] != REFUSED_NOT)
            out[i] = words[c->refusal[i]];
    return OK;
}

/* Gains by rounding become losses, and the rest is summed up.  A zero stands
 * there already: a page that is never written costs nothing. */
static void write_amounts(Written *w, Claims *c)
{
    for (size_t i = 0; i < c->n; i++) {
        int64_t paid = 0, cut = 0, by_cap = c->computed[i] - claims_sum(c, i);
        for (size_t p = 0; p < c->book.payers.n; p++) {
            cut += c->cut[p][i];
            paid += c->paid[p][i];
        }
        if (by_cap != 0)
            w->by_cap[i] = by_cap;
        if (c->rounded[i] != 0)
            c->rounded[i] = -c->rounded[i];
        if (cut != 0)
            w->by_budget[i] = cut;
        if (paid != 0)
            w->paid[i] = paid;
    }
}

static ErrCode check_sums(const Table *t, Err *err)
{
    static const Field amounts[] = {FIELD_claimed,       FIELD_computed,
                                    FIELD_cut_by_cap,    FIELD_cut_by_rounding,
                                    FIELD_cut_by_budget, FIELD_paid};
    ErrCode rc = OK;
    for (size_t k = 0; k < sizeof amounts / sizeof *amounts; k++)
        TRY(column_check_sum(t, table_field(t, amounts[k]), err));
done:
    return rc;
}

ErrCode run_policy(Table *contracts, const Policy *policy, Date as_of,
                   int is_alone, Err *err)
{
    ErrCode rc = OK;
    Claims claims;
    Written written;
    Arena *arena = arena_new();
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(claims_open(&claims, arena, contracts, policy, as_of, err));
    if (is_alone)
        TRY(claims_part(&claims, err));
    TRY(policy_apply(contracts, policy, as_of, err));
    TRY(claims_read_terms(&claims, as_of, err));
    TRY(add_columns(&written, contracts, &claims, err));
    TRY(claims_award(&claims, contracts, err));
    TRY(claims_limit(&claims, err));
    TRY(claims_pay(&claims, err));
    write_amounts(&written, &claims);
    TRY(write_refusals(written.refusal, &claims, err));
    TRY(clawedback_add(contracts, &claims, err));
    if (!is_alone) /* else nobody adds the rows up */
        TRY(check_sums(contracts, err));
done:
    arena_free(arena);
    return rc;
}
