#include "pool/clauses.h"

#include <stdio.h>
#include <string.h>

static Denominator read_word(Clauses *t, const Doc *group, Denominator absent)
{
    static const char *const words[] = {
#define X(name, word) word,
        SCHEME_DENOMINATORS(X)
#undef X
    };
    return (Denominator)clause_word(t, group, "denominator", words,
                                    DENOMINATOR_COUNT, (int)absent);
}

/* A period's opening balance: the loans alive as its year opens, or the whole
 * book of a period as long as the run. */
static Denominator of_period(Denominator d, int is_life)
{
    if (d != DENOMINATOR_OPENING)
        return d;
    return is_life ? DENOMINATOR_BOOK : DENOMINATOR_IN_FORCE;
}

Denominator limits_yearly(Clauses *t, const Doc *group)
{
    return of_period(read_word(t, group, DENOMINATOR_OPENING), 0);
}

static void read_overflow(Clauses *t, int *out, const Doc *d, int party)
{
    *out = clause_party(t, d, "overflow", -2);
    if (*out >= 0 && *out == party)
        clause_say(t, doc_get(d, "overflow"), NULL,
                   tr("'%s' overflows to itself"), t->scheme->party[party]);
}

static void read_caps(Clauses *t, const Doc *group, Denominator absent)
{
    static const char *const known[] = {"party", "rate", "period",
                                        "denominator", "overflow"};
    static const char *const periods[] = {"year", "life"};
    const Doc *list = clause_list(t, group, "caps");
    for (const Doc *d = list == NULL ? NULL : list->first; d != NULL;
         d = d->next) {
        SchemeCap cap = {.exists = 1};
        doc_only(d, known, sizeof known / sizeof *known, &t->r);
        int j = clause_party(t, d, "party", -2);
        clause_rate(t, &cap.rate, d, "rate", 0);
        cap.is_life = clause_word(t, d, "period", periods, 2, 0);
        cap.denominator = of_period(read_word(t, d, absent), cap.is_life);
        t->scheme->denominators |= DENOMINATOR_BIT(cap.denominator);
        read_overflow(t, &cap.overflow, d, j);
        if (j >= 0 && t->scheme->cap[j].exists)
            clause_say(t, d, NULL, tr("'%s' has two caps"),
                       t->scheme->party[j]);
        if (j >= 0)
            t->scheme->cap[j] = cap;
    }
}

static void read_replenish(Clauses *t, SchemeFund *fund, const Doc *d)
{
    static const char *const known[] = {"on", "amount"};
    const Doc *list = clause_list(t, d, "replenish");
    if (list == NULL || list->n == 0)
        return;
    SchemePayment *payments = clause_take(t, list->n, sizeof *payments);
    if (payments == NULL)
        return;
    for (const Doc *e = list->first; e != NULL; e = e->next) {
        Money amount = {0};
        doc_only(e, known, 2, &t->r);
        doc_date(&payments[fund->n].on, e, "on", 0, &t->r);
        if (doc_money(&amount, e, "amount", 0, &t->r) && amount.fen < 0)
            clause_fault(t, doc_get(e, "amount"), "a payment in is below 0",
                         NULL);
        payments[fund->n++].fen = amount.fen;
    }
    fund->replenish = payments;
}

static void read_funds(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"party", "opening", "replenish",
                                        "overflow", "yield"};
    const Doc *list = clause_list(t, group, "balances");
    for (const Doc *d = list == NULL ? NULL : list->first; d != NULL;
         d = d->next) {
        SchemeFund fund = {.exists = 1};
        Money opening = {0};
        doc_only(d, known, sizeof known / sizeof *known, &t->r);
        int j = clause_party(t, d, "party", -2);
        if (doc_money(&opening, d, "opening", 0, &t->r) && opening.fen < 0)
            clause_fault(t, doc_get(d, "opening"), "a balance is below 0",
                         NULL);
        fund.opening = opening.fen;
        read_replenish(t, &fund, d);
        read_overflow(t, &fund.overflow, d, j);
        fund.has_yield = clause_rate(t, &fund.yield, d, "yield", 1);
        if (j >= 0 && t->scheme->fund[j].exists)
            clause_say(t, d, NULL, tr("'%s' has two balances"),
                       t->scheme->party[j]);
        if (j >= 0)
            t->scheme->fund[j] = fund;
    }
}

/* Parties that j overflows to, as bits. */
static uint32_t targets(const Scheme *s, int j)
{
    uint32_t bits = 0;
    for (size_t i = 0; i < scheme_members(s); i++) {
        const SchemeCap *cap = &scheme_member(s, i)->cap[j];
        if (cap->exists && cap->overflow >= 0)
            bits |= UINT32_C(1) << cap->overflow;
    }
    if (s->fund[j].exists && s->fund[j].overflow >= 0)
        bits |= UINT32_C(1) << s->fund[j].overflow;
    return bits;
}

int scheme_order(Scheme *s)
{
    uint32_t left = (UINT32_C(1) << s->n) - 1;
    for (int n = 0; n < s->n; n++) {
        uint32_t hit = 0;
        for (int j = 0; j < s->n; j++)
            if (left >> j & 1)
                hit |= targets(s, j);
        int j = 0;
        while (j < s->n && !(left >> j & 1 && !(hit >> j & 1)))
            j++;
        if (j == s->n)
            return __builtin_ctz(left & hit);
        s->order[n] = j;
        left &= ~(UINT32_C(1) << j);
    }
    return -1;
}

/* Each party before those it overflows to. */
static void order_parties(Clauses *t, const Doc *group)
{
    Scheme *s = t->scheme;
    int j = scheme_order(s);
    if (j < 0)
        return;
    const Doc *at = doc_get(group, s->cap[j].exists ? "caps" : "balances");
    clause_say(t, at == NULL ? group : at,
               TR_NOOP("let the last one pay without a limit"),
               tr("what '%s' cannot pay comes back to it"), s->party[j]);
}

void limits_read(Clauses *t, const Doc *group)
{
    Scheme *s = t->scheme;
    Denominator word = read_word(t, group, DENOMINATOR_OPENING);
    s->denominator = of_period(word, s->is_life);
    if (s->nlayers > 1) /* one layer has no upper end */
        s->denominators |= DENOMINATOR_BIT(s->denominator);
    read_caps(t, group, word);
    read_funds(t, group);
    if (!t->r.failed)
        order_parties(t, group);
}
