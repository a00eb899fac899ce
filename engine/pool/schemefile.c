#include "pool/scheme.h"

#include "core/text.h"
#include "core/tr.h"
#include "pool/clauses.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static void read_parties(Clauses *t, const Doc *group)
{
    Scheme *s = t->scheme;
    const Doc *list = doc_get(group, "parties");
    if (list == NULL || list->kind != DOC_LIST || list->n == 0 ||
        list->n > SCHEME_PARTIES) {
        clause_fault(t, list == NULL ? group : list,
                     "parties = ( \"...\", ... ) with 1 to 16 names is missing",
                     NULL);
        return;
    }
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        if (d->kind != DOC_TEXT || *d->text == '\0') {
            clause_fault(t, d, "a party is not a name in quotes", NULL);
            return;
        }
        if (strcmp(d->text, "total") == 0)
            clause_fault(t, d, "'total' stands for all parties together",
                         "give this party another name");
        for (int j = 0; j < s->n; j++)
            if (strcmp(d->text, s->party[j]) == 0)
                clause_fault(t, d, "a party is named twice", NULL);
        s->party[s->n++] = d->text;
    }
}

static void read_cover(Clauses *t, const Doc *group)
{
    Scheme *s = t->scheme;
    s->cover = (Ratio){RATIO_ONE};
    if (doc_ratio(&s->cover, group, "cover", 1, &t->r) &&
        ratio_check_share(s->cover) != NULL)
        clause_fault(t, doc_get(group, "cover"), "a cover is in [0%, 100%]",
                     NULL);
    s->uncovered = -1;
    for (int j = 0; j < s->n; j++)
        if (strcmp(s->party[j], "bank") == 0)
            s->uncovered = j;
    s->uncovered = clause_party(t, group, "uncovered", s->uncovered);
    if (s->is_covered && s->uncovered < 0 && s->cover.billionths < RATIO_ONE)
        clause_fault(t, group, "nobody bears the uncovered part",
                     "write uncovered = \"...\" with the party's name");
    Money cap = {-1};
    if (doc_money(&cap, group, "customer_cap", 1, &t->r) && cap.fen < -1)
        clause_fault(t, doc_get(group, "customer_cap"),
                     "a customer's cap is below 0", NULL);
    s->customer_cap = cap.fen;
    if (cap.fen >= 0 && s->uncovered < 0)
        clause_fault(t, doc_get(group, "customer_cap"),
                     "nobody bears what is above the customer's cap",
                     "write uncovered = \"...\" with the party's name");
}

/* The months of a child; `absent` when it is missing. */
static int read_lag(Clauses *t, const Doc *group, const char *name, int absent)
{
    int64_t months = 0;
    if (doc_get(group, name) == NULL && absent >= 0)
        return absent;
    if (doc_count(&months, group, name, 0, &t->r) &&
        !(months >= 0 && months < 12 * (SCHEME_LAG_YEARS + 1)))
        clause_say(t, doc_get(group, name), NULL,
                   tr("'%s' is not between 0 and 131 months"), name);
    return (int)months;
}

static void read_recovery(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"after_months", "share"};
    Scheme *s = t->scheme;
    Fraction parts[SCHEME_LAGS];
    s->recovered = (Fraction){1, 1};
    s->nlags = 1; /* all of 1 - lgd a year after the claim, unless named */
    s->lag[0] = 12;
    s->lag_weight[0] = s->lag_whole = 1;
    const Doc *list = clause_list(t, group, "recovery");
    if (list == NULL)
        return;
    if (list->n == 0 || list->n > SCHEME_LAGS) {
        clause_fault(t, list, "recovery has 1 to 8 entries", NULL);
        return;
    }
    s->nlags = 0;
    for (const Doc *d = list->first; d != NULL; d = d->next, s->nlags++) {
        doc_only(d, known, 2, &t->r);
        s->lag[s->nlags] = read_lag(t, d, "after_months", -1);
        if (!clause_fraction(t, &parts[s->nlags], d, "share", 0))
            return;
    }
    int64_t whole, sum = 0;
    if (!fraction_weights(s->lag_weight, &whole, parts, s->nlags)) {
        clause_fault(t, list,
                     "the shares have no common denominator below 1e15",
                     "write them with fewer digits");
        return;
    }
    for (size_t i = 0; i < s->nlags; i++)
        sum += s->lag_weight[i];
    if (sum == 0)
        clause_fault(t, list, "the shares of recovery are all 0",
                     "write lgd 1 for loans of which nothing comes back");
    if (sum > whole)
        clause_fault(t, list, "the shares of recovery sum to more than 100%",
                     NULL);
    s->recovered = (Fraction){sum, whole};
    s->lag_whole = sum;
}

/* A bank is warned before it is suspended, and resumes at no higher rate. */
static void check_below(Clauses *t, const Doc *group, const char *name,
                        Fraction rate, Fraction suspend)
{
    if (fraction_above(rate, suspend))
        clause_say(t, doc_get(group, name), NULL, tr("'%s' is above 'suspend'"),
                   name);
}

static void read_breaker(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"by", "warn", "suspend", "resume",
                                        "denominator"};
    static const char *const bys[] = {"bank"};
    SchemeBreaker *b = &t->scheme->breaker;
    const Doc *list = clause_list(t, group, "breakers");
    for (const Doc *d = list == NULL ? NULL : list->first; d != NULL;
         d = d->next) {
        if (b->exists)
            clause_fault(t, d, "a scheme has one breaker, by bank", NULL);
        doc_only(d, known, COUNT_OF(known), &t->r);
        clause_word(t, d, "by", bys, 1, 0);
        b->denominator = limits_yearly(t, d);
        b->exists = clause_rate(t, &b->suspend, d, "suspend", 0);
        b->warn = b->resume = b->suspend;
        clause_fraction(t, &b->warn, d, "warn", 1);
        clause_fraction(t, &b->resume, d, "resume", 1);
        check_below(t, d, "warn", b->warn, b->suspend);
        check_below(t, d, "resume", b->resume, b->suspend);
    }
}

static void read_head(Clauses *t, const Doc *group)
{
    static const char *const bases[] = {"gross", "net"};
    static const char *const share_bases[] = {"principal", "covered"};
    static const char *const periods[] = {"year", "life"};
    Scheme *s = t->scheme;
    doc_text(&s->id, group, "id", 0, &t->r);
    doc_label(&s->title, group, "title", 1, &t->r);
    s->is_net = clause_word(t, group, "basis", bases, 2, 0);
    s->is_covered = clause_word(t, group, "share_base", share_bases, 2, -1);
    s->is_life = clause_word(t, group, "period", periods, 2, 0);
    s->claim_lag = read_lag(t, group, "claim_after_months", 0);
}

/* By rule: what matures is written again. */
static void read_new_business(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"renewed"};
    const Doc *d = doc_get(group, "new_business");
    Fraction most = {2, 1};
    t->scheme->renewed = (Fraction){0, 1};
    if (d == NULL)
        return;
    if (d->kind != DOC_GROUP) {
        clause_fault(t, d, "'new_business' is not a group { ... }",
                     "write new_business = { renewed = \"100%\"; }");
        return;
    }
    doc_only(d, known, COUNT_OF(known), &t->r);
    if (clause_fraction(t, &t->scheme->renewed, d, "renewed", 0) &&
        fraction_above(t->scheme->renewed, most))
        clause_fault(t, doc_get(d, "renewed"),
                     "more than twice a loan is renewed", NULL);
}

/* Who reads the figures must be able to read what they rest on, and how sure
 * that is. */
static void check_source(Clauses *t, const Doc *group)
{
    const char *source = NULL, *confidence;
    doc_confidence(&confidence, group, 1, &t->r);
    if (doc_get(group, "source") != NULL) {
        doc_text(&source, group, "source", 0, &t->r);
        return;
    }
    clause_warn(t, group,
                TR_NOOP("the scheme does not say where it is written"),
                TR_NOOP("add source = \"...\""));
}

static void read_scheme(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"id",
                                        "title",
                                        "source",
                                        "confidence",
                                        "basis",
                                        "period",
                                        "share_base",
                                        "cover",
                                        "uncovered",
                                        "parties",
                                        "denominator",
                                        "layers",
                                        "caps",
                                        "balances",
                                        "breakers",
                                        "opening",
                                        "customer_cap",
                                        "recovery",
                                        "premium",
                                        "reserves",
                                        "leverage_limit",
                                        "new_business",
                                        "issuer",
                                        "document",
                                        "claim_after_months"};
    doc_only(group, known, COUNT_OF(known), &t->r);
    read_parties(t, group);
    read_head(t, group);
    if (t->scheme->n == 0)
        return;
    read_cover(t, group);
    layers_read(t, group);
    limits_read(t, group);
    read_breaker(t, group);
    opening_read(t, group);
    funding_read(t, group);
    read_recovery(t, group);
    read_new_business(t, group);
    check_source(t, group);
}

ErrCode scheme_read(const Scheme **out, Arena *arena, const Doc *root,
                    Faults *faults, Err *err)
{
    Clauses t = {NULL, arena, {faults, err, 0}};
    const Doc *group = doc_get(root, "scheme");
    t.scheme = arena_alloc(arena, 1, sizeof *t.scheme);
    if (t.scheme == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a scheme");
    t.scheme->file = root->file;
    if (group == NULL || group->kind != DOC_GROUP)
        clause_fault(&t, root, "scheme = { ... } is missing", NULL);
    else
        read_scheme(&t, group);
    if (t.r.failed) {
        ErrCode rc = faults_end(faults, ERR_RULE, root->file, err);
        return rc != OK ? rc : ERR_MEMORY;
    }
    *out = t.scheme;
    return OK;
}
