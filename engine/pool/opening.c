#include "pool/clauses.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* What caps have paid in the period under way; that of a cohort has no one
 * amount. */
static void read_caps_used(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"party", "amount"};
    const Doc *list = clause_list(t, group, "caps_used");
    for (const Doc *d = list == NULL ? NULL : list->first; d != NULL;
         d = d->next) {
        doc_only(d, known, COUNT_OF(known), &t->r);
        int j = clause_party(t, d, "party", -2);
        int64_t fen = clause_amount(t, d, "amount");
        if (j < 0)
            continue;
        const SchemeCap *cap = &t->scheme->cap[j];
        if (!cap->exists || cap->denominator == DENOMINATOR_COHORT)
            clause_say(
                t, d, TR_NOOP("name a party whose cap is not of cohorts"),
                tr("'%s' has no one cap to be used up"), t->scheme->party[j]);
        t->scheme->opening.cap_used[j] += fen;
    }
}

/* Receivables by the year in which they come in. */
static void read_receivables(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"party", "year", "amount"};
    SchemeOpening *o = &t->scheme->opening;
    const Doc *list = clause_list(t, group, "receivables");
    for (const Doc *d = list == NULL ? NULL : list->first; d != NULL;
         d = d->next) {
        int64_t year = 0;
        doc_only(d, known, COUNT_OF(known), &t->r);
        int j = clause_party(t, d, "party", -2);
        int64_t fen = clause_amount(t, d, "amount");
        if (!doc_count(&year, d, "year", 0, &t->r) || j < 0)
            continue;
        if (year < 1 || year > SCHEME_LAG_YEARS) {
            clause_fault(t, doc_get(d, "year"),
                         "the year of a receivable is 1 to 10",
                         "1 is the year that begins on the opening day");
            continue;
        }
        o->due[year - 1][j] += fen;
        o->has_due |= UINT32_C(1) << j;
        o->due_years = (int)year > o->due_years ? (int)year : o->due_years;
    }
}

/* Whether a layer or a cap of the scheme is a part of it. */
static int is_used(const Scheme *s, Denominator d, int is_life)
{
    int is = s->nlayers > 1 && s->denominator == d && s->is_life == is_life;
    for (int j = 0; j < s->n; j++)
        is |= s->cap[j].exists && s->cap[j].denominator == d &&
              s->cap[j].is_life == is_life;
    return is;
}

/* What denominators that add up over a period have come to already. */
static void read_denominators(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"denominator", "period", "amount"};
    static const char *const words[] = {"new_business", "released"};
    static const char *const periods[] = {"year", "life"};
    static const Denominator each[] = {DENOMINATOR_NEW_BUSINESS,
                                       DENOMINATOR_RELEASED};
    const Doc *list = clause_list(t, group, "denominators");
    for (const Doc *d = list == NULL ? NULL : list->first; d != NULL;
         d = d->next) {
        doc_only(d, known, COUNT_OF(known), &t->r);
        int word = clause_word(t, d, "denominator", words, 2, -1);
        int is_life = clause_word(t, d, "period", periods, 2, 0);
        if (!t->r.failed && !is_used(t->scheme, each[word], is_life))
            clause_fault(t, d, "no layer or cap is a part of this denominator",
                         "write the denominator and the period of one");
        t->scheme->opening.before[is_life][each[word]] +=
            clause_amount(t, d, "amount");
    }
}

/* Banks that are suspended; the book says which there are. */
static void read_suspended(Clauses *t, const Doc *group)
{
    const Doc *list = doc_get(group, "suspended");
    if (list == NULL)
        return;
    if (list->kind != DOC_LIST) {
        clause_fault(t, list, "'suspended' is not a list of banks",
                     "write suspended = ( \"...\", ... )");
        return;
    }
    if (!t->scheme->breaker.exists)
        clause_fault(t, list,
                     "banks are suspended, and the scheme has no breakers",
                     "write it in the scheme that has breakers = ( { by = "
                     "\"bank\"; suspend; resume; } ), or leave their new "
                     "business out of the portfolio");
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        if (d->kind != DOC_TEXT) {
            clause_fault(t, d, "a bank is not a name in quotes", NULL);
            return;
        }
        for (const Doc *e = list->first; e != d; e = e->next)
            if (strcmp(d->text, e->text) == 0)
                clause_fault(t, d, "a bank is named twice", NULL);
    }
    t->scheme->opening.suspended = list;
}

/* What the breaker has counted of banks in the year under way. */
static void read_defaulted(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"bank", "amount"};
    const SchemeBreaker *b = &t->scheme->breaker;
    SchemeOpening *o = &t->scheme->opening;
    const Doc *list = clause_list(t, group, "defaulted");
    if (list == NULL)
        return;
    if (!b->exists)
        clause_fault(t, list,
                     "defaults of banks are counted, and the scheme has no "
                     "breakers",
                     "write it in the scheme that has breakers = ( { by = "
                     "\"bank\"; suspend; resume; } )");
    if (b->exists && b->denominator == DENOMINATOR_COHORT)
        clause_fault(t, list,
                     "breakers of cohorts have no one amount of defaults",
                     NULL);
    SchemeDefaulted *all = clause_take(t, list->n + 1, sizeof *all);
    for (const Doc *d = all == NULL ? NULL : list->first; d != NULL;
         d = d->next) {
        const char *name;
        doc_only(d, known, COUNT_OF(known), &t->r);
        if (doc_text(&name, d, "bank", 0, &t->r))
            all[o->ndefaulted++] = (SchemeDefaulted){
                doc_get(d, "bank"), clause_amount(t, d, "amount")};
    }
    o->defaulted = all;
}

void opening_read(Clauses *t, const Doc *scheme)
{
    static const char *const known[] = {
        "claimed",  "caps_used", "receivables", "overdue_days",
        "reserves", "suspended", "defaulted",   "denominators"};
    SchemeOpening *o = &t->scheme->opening;
    const Doc *group = doc_get(scheme, "opening");
    int64_t days = -1;
    o->overdue_days = -1;
    if (group == NULL)
        return;
    if (group->kind != DOC_GROUP) {
        clause_fault(t, group, "'opening' is not a group { ... }", NULL);
        return;
    }
    doc_only(group, known, COUNT_OF(known), &t->r);
    if (doc_get(group, "claimed") != NULL)
        o->claimed = clause_amount(t, group, "claimed");
    if (o->claimed > 0 && t->scheme->denominator == DENOMINATOR_COHORT)
        clause_fault(t, doc_get(group, "claimed"),
                     "layers of cohorts have no one amount of claims", NULL);
    read_caps_used(t, group);
    read_receivables(t, group);
    read_denominators(t, group);
    read_suspended(t, group);
    read_defaulted(t, group);
    if (doc_count(&days, group, "overdue_days", 1, &t->r) &&
        doc_get(group, "overdue_days") != NULL && (days < 1 || days > 36500))
        clause_fault(t, doc_get(group, "overdue_days"),
                     "overdue_days is not between 1 and 36500", NULL);
    o->overdue_days = (int)days;
}
