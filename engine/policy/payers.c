#include "policy/payers.h"

#include "core/text.h"

static void read_counties(Match *out, Reading *in, const Doc *list)
{
    const char **counties = reading_take(in, list->n, sizeof *counties);
    if (counties == NULL)
        return;
    if (list->kind != DOC_LIST || list->n == 0)
        reading_fault(in, list, TR_NOOP("counties are a list of texts"));
    for (const Doc *d = list->first; d != NULL; d = d->next)
        if (d->kind == DOC_TEXT)
            counties[out->n_counties++] = names_keep(in, d->text);
        else
            reading_fault(in, d, TR_NOOP("a county is named by a text"));
    out->counties = counties;
}

static void read_payers(Match *out, Reading *in, Names *payers, const Doc *list)
{
    static const char *const known[] = {"payer", "share"};
    size_t *payer = reading_take(in, list->n, sizeof *payer);
    Ratio *share = reading_take(in, list->n, sizeof *share);
    if (payer == NULL || share == NULL)
        return;
    out->payer = payer;
    out->share = share;
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        const char *name = NULL;
        doc_only(d, known, sizeof known / sizeof *known, &in->r);
        if (!doc_text(&name, d, "payer", 0, &in->r))
            return;
        int i = names_place(payers, in, name, MATCH_PAYERS);
        if (i < 0) {
            reading_fault(in, d, TR_NOOP("more than 8 payers"));
            return;
        }
        payer[out->n] = (size_t)i;
        share[out->n].billionths = RATIO_ONE;
        if (list->n > 1 || doc_get(d, "share") != NULL)
            reading_ratio(&share[out->n], in, d, "share");
        out->n++;
    }
    reading_fault(in, list, match_check(out));
}

/* Every award needs payers in counties that no entry names. */
static void check_awards(const Match match[], size_t n, Reading *in,
                         const Names *awards, unsigned given, const Doc *list)
{
    for (size_t a = 0; a < awards->n; a++) {
        int paid = (given >> a & 1) == 0;
        for (size_t i = 0; i < n; i++)
            paid |= match_holds(&match[i], (int)a, NULL);
        if (!paid)
            doc_fault(list, 0,
                      text_format(in->arena,
                                  tr("nobody pays '%s' in the other counties"),
                                  awards->name[a]),
                      TR_NOOP("add an entry without counties"), &in->r);
    }
}

const Match *payers_match(size_t *n, Reading *in, Names *payers,
                          const Names *awards, unsigned given, const Doc *list)
{
    static const char *const known[] = {"award", "counties", "payers", "cite",
                                        "title"};
    Match *match = reading_take(in, list->n, sizeof *match);
    *n = 0;
    if (match == NULL)
        return NULL;
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        Match *m = &match[(*n)++];
        doc_only(d, known, sizeof known / sizeof *known, &in->r);
        m->award = names_award(in, awards, given, d);
        if (doc_get(d, "counties") != NULL)
            read_counties(m, in, doc_get(d, "counties"));
        const Doc *paying = doc_get(d, "payers");
        if (paying == NULL || paying->kind != DOC_LIST)
            reading_fault(
                in, d,
                TR_NOOP("a match without payers; name one with its share"));
        else
            read_payers(m, in, payers, paying);
    }
    check_awards(match, *n, in, awards, given, list);
    return match;
}

const Match *payers_default(Reading *in, Names *payers)
{
    static const Ratio all = {RATIO_ONE};
    Match *match = reading_take(in, 1, sizeof *match);
    size_t *payer = reading_take(in, 1, sizeof *payer);
    int i = names_place(payers, in, "fund", MATCH_PAYERS);
    if (i < 0)
        (void)FAIL(in->r.err, ERR_RULE, "more than 8 payers");
    if (match == NULL || payer == NULL || i < 0)
        return NULL;
    *payer = (size_t)i;
    *match = (Match){.award = -1, .payer = payer, .share = &all, .n = 1};
    return match;
}

static void read_budget(Budget *out, Reading *in, Names *payers,
                        const Doc *group)
{
    static const char *const known[] = {
        "payer",     "county",     "amount",    "allocation", "last",
        "remainder", "order",      "seed",      "cite",       "title",
        "source",    "confidence", "carry_over"};
    static const char *const allocations[] = {"first_come", "ranked",
                                              "pro_rata", "lottery"};
    static const char *const lasts[] = {"partial", "whole", "skip"};
    static const char *const remainders[] = {"largest", "queue", "keep"};
    static const char *const orders[] = {"registered_on", "submitted_at"};
    static const char *const carries[] = {"no", "yes"};
    const char *payer = NULL, *county = NULL, *cite;
    int64_t seed = 0;
    doc_only(group, known, sizeof known / sizeof *known, &in->r);
    out->allocation =
        (BudgetAllocation)reading_word(in, group, "allocation", allocations, 4);
    out->last = (BudgetLast)reading_word(in, group, "last", lasts, 3);
    out->remainder =
        (BudgetRemainder)reading_word(in, group, "remainder", remainders, 3);
    out->by_submission = reading_word(in, group, "order", orders, 2);
    out->is_carried = reading_word(in, group, "carry_over", carries, 2);
    (void)doc_text(&cite, group, "cite", 0, &in->r);
    (void)doc_count(&seed, group, "seed", out->allocation != BUDGET_LOTTERY,
                    &in->r);
    out->seed = (uint64_t)seed;
    reading_money(&out->amount, in, group, "amount", 0);
    reading_fault(in, group, budget_check(out));
    if (doc_get(group, "county") != NULL &&
        doc_text(&county, group, "county", 0, &in->r))
        out->county = names_keep(in, county);
    if (!doc_text(&payer, group, "payer", 0, &in->r))
        return;
    int i = names_place(payers, in, payer, payers->n);
    if (i < 0)
        reading_refuse(in, group, "payer", TR_NOOP("pays nothing here"),
                       TR_NOOP("name a payer of `match`, or \"fund\" where "
                               "there is none"));
    else
        out->payer = (size_t)i;
}

const Budget *payers_budgets(size_t *n, Reading *in, Names *payers,
                             const Doc *list)
{
    Budget *budget = reading_take(in, list->n, sizeof *budget);
    *n = 0;
    if (budget == NULL)
        return NULL;
    for (const Doc *d = list->first; d != NULL; d = d->next, ++*n) {
        const Budget *b = &budget[*n];
        read_budget(&budget[*n], in, payers, d);
        for (size_t i = 0; i < *n && !in->r.failed; i++)
            if (budget[i].payer == b->payer && budget[i].county == b->county)
                reading_fault(in, d,
                              TR_NOOP("the payer has a budget before it"));
    }
    return budget;
}
