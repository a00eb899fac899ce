#include "pool/clauses.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* A child that is a group; NULL when it is missing or, after a fault, not. */
static const Doc *read_group(Clauses *t, const Doc *scheme, const char *name)
{
    const Doc *group = doc_get(scheme, name);
    if (group == NULL || group->kind == DOC_GROUP)
        return group;
    clause_say(t, group, NULL, tr("'%s' is not a group { ... }"), name);
    return NULL;
}

static void read_premium(Clauses *t, const Doc *d)
{
    static const char *const known[] = {"party", "rate", "fee_share"};
    Scheme *s = t->scheme;
    Fraction rate;
    const Doc *fees = doc_get(d, "fee_share");
    doc_only(d, known, COUNT_OF(known), &t->r);
    int j = clause_party(t, d, "party", -2);
    if (fees != NULL && doc_get(d, "rate") != NULL)
        clause_fault(t, fees, "a premium has a 'rate' or a 'fee_share'", NULL);
    if (!clause_rate(t, &rate, d, fees == NULL ? "rate" : "fee_share", 0) ||
        j < 0)
        return;
    if (s->has_premium >> j & 1)
        clause_say(t, d, NULL, tr("'%s' has two premiums"), s->party[j]);
    s->premium[j] = rate;
    s->has_premium |= UINT32_C(1) << j;
    s->of_fees |= (uint32_t)(fees != NULL) << j;
    s->watched |= DENOMINATOR_BIT(DENOMINATOR_IN_FORCE);
}

/* What the loans bring is paid to somebody once; the rest goes elsewhere. */
static void weigh_fees(Clauses *t, const Doc *premium)
{
    Scheme *s = t->scheme;
    Fraction part[SCHEME_PARTIES];
    int64_t sum = 0;
    for (int j = 0; j < SCHEME_PARTIES; j++)
        part[j] = s->of_fees >> j & 1 ? s->premium[j] : (Fraction){0, 1};
    if (!fraction_weights(s->fee_weight, &s->fee_whole, part, SCHEME_PARTIES)) {
        clause_fault(t, premium, "the parts of the fees are too fine", NULL);
        return;
    }
    for (int j = 0; j < SCHEME_PARTIES && sum <= s->fee_whole; j++)
        sum += s->fee_weight[j];
    if (sum > s->fee_whole)
        clause_fault(t, premium, "the parts of the fees sum to more than 100%",
                     NULL);
    s->fee_weight[SCHEME_PARTIES] = s->fee_whole - sum;
}

/* One group, or a list of them. */
static void read_premiums(Clauses *t, const Doc *scheme)
{
    const Doc *premium = doc_get(scheme, "premium"), *list = NULL;
    if (premium != NULL && premium->kind == DOC_GROUP)
        read_premium(t, premium);
    else
        list = clause_list(t, scheme, "premium");
    for (const Doc *d = list == NULL ? NULL : list->first; d != NULL;
         d = d->next)
        read_premium(t, d);
    if (t->scheme->of_fees != 0)
        weigh_fees(t, premium);
}

static void read_reserves(Clauses *t, const Doc *scheme)
{
    static const char *const known[] = {"party", "unearned", "compensation",
                                        "ceiling"};
    SchemeReserves *r = &t->scheme->reserves;
    const Doc *d = read_group(t, scheme, "reserves");
    if (d == NULL)
        return;
    doc_only(d, known, COUNT_OF(known), &t->r);
    r->exists = 1;
    r->party = clause_party(t, d, "party", -2);
    clause_fraction(t, &r->unearned, d, "unearned", 0);
    if (clause_fraction(t, &r->compensation, d, "compensation", 0) &&
        clause_fraction(t, &r->ceiling, d, "ceiling", 0) &&
        fraction_above(r->compensation, r->ceiling))
        clause_fault(t, doc_get(d, "compensation"),
                     "'compensation' is above 'ceiling'", NULL);
    t->scheme->watched |= DENOMINATOR_BIT(DENOMINATOR_AVERAGE);
}

static void read_opening(Clauses *t, const Doc *scheme)
{
    static const char *const known[] = {"unearned", "compensation"};
    SchemeOpening *o = &t->scheme->opening;
    const Doc *opening = doc_get(scheme, "opening");
    if (opening == NULL || opening->kind != DOC_GROUP)
        return;
    const Doc *d = read_group(t, opening, "reserves");
    if (d == NULL)
        return;
    doc_only(d, known, COUNT_OF(known), &t->r);
    if (!t->scheme->reserves.exists)
        clause_fault(t, d, "the opening has reserves, and the scheme has none",
                     "write reserves = { party; unearned; compensation; "
                     "ceiling; }");
    o->unearned = clause_amount(t, d, "unearned");
    o->compensation = clause_amount(t, d, "compensation");
}

static void read_leverage(Clauses *t, const Doc *scheme)
{
    static const char *const known[] = {"party", "multiple", "net_assets",
                                        "weight"};
    SchemeLeverage *l = &t->scheme->leverage;
    Money assets = {0};
    const Doc *d = read_group(t, scheme, "leverage_limit");
    if (d == NULL)
        return;
    doc_only(d, known, COUNT_OF(known), &t->r);
    l->exists = 1;
    l->party = clause_party(t, d, "party", -2);
    l->weight = (Fraction){1, 1};
    if (clause_fraction(t, &l->multiple, d, "multiple", 0) &&
        l->multiple.num <= 0)
        clause_fault(t, doc_get(d, "multiple"), "a multiple is above 0",
                     TR_NOOP("write 10, or leave leverage_limit out"));
    clause_fraction(t, &l->weight, d, "weight", 1);
    doc_money(&assets, d, "net_assets", 0, &t->r);
    l->net_assets = assets.fen;
    t->scheme->watched |= DENOMINATOR_BIT(DENOMINATOR_IN_FORCE);
}

void funding_read(Clauses *t, const Doc *scheme)
{
    read_premiums(t, scheme);
    read_reserves(t, scheme);
    read_opening(t, scheme);
    read_leverage(t, scheme);
}
