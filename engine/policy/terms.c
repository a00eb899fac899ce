#include "policy/terms.h"

#include "core/text.h"
#include "policy/reading.h"

#include <string.h>

/* The terms on their way. */
typedef struct {
    Reading in;
    TermsBook *book;
    Terms *terms;
} Reader;

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define WORDS(...)                                                             \
    (const char *const[]){__VA_ARGS__}, COUNT(((const char *[]){__VA_ARGS__}))

/* The one copy of a text; NULL, and an error, when out of memory. */
static const char *keep(Reader *reader, const char *text)
{
    const char *kept = texts_put(reader->in.texts, text, strlen(text));
    if (kept == NULL)
        (void)FAIL(reader->in.r.err, ERR_MEMORY, "out of memory");
    return kept;
}

/* The place of `name` in the list, at its end when it is new; -1 when the list
 * is full. */
static int place(Reader *reader, TermsNames *names, const char *name, size_t n)
{
    const char *text = keep(reader, name);
    for (size_t i = 0; i < names->n; i++)
        if (names->name[i] == text)
            return (int)i;
    if (text == NULL || names->n == n)
        return -1;
    names->name[names->n++] = text;
    return (int)names->n - 1;
}

/* An award that the stacking lists; -1, and a fault, when it does not. */
static int award_of(Reader *reader, const Doc *group)
{
    const char *name = NULL;
    const TermsNames *awards = &reader->book->awards;
    if (doc_get(group, "award") == NULL ||
        !doc_text(&name, group, "award", 0, &reader->in.r))
        return -1;
    for (size_t i = 0; i < awards->n; i++)
        if (strcmp(awards->name[i], name) == 0 &&
            (reader->terms->awards >> i & 1) != 0)
            return (int)i;
    reading_refuse(&reader->in, group, "award",
                   TR_NOOP("is not an award of the stacking"), NULL);
    return -1;
}

static void read_award(Reader *reader, const Doc *name)
{
    Terms *t = reader->terms;
    if (name->kind != DOC_TEXT) {
        reading_fault(&reader->in, name,
                      TR_NOOP("an award is named by a text"));
        return;
    }
    int i = place(reader, &reader->book->awards, name->text, TERMS_AWARDS);
    if (i < 0)
        reading_fault(&reader->in, name, TR_NOOP("more than 8 awards"));
    else if (t->awards >> i & 1)
        reading_fault(&reader->in, name, TR_NOOP("the award stands twice"));
    else
        t->awards |= 1u << i;
}

static void read_stacking(Reader *reader, const Doc *group)
{
    static const char *const known[] = {"base",  "awards", "on",   "rule",
                                        "scope", "cite",   "title"};
    Terms *t = reader->terms;
    const char *base = NULL;
    doc_only(group, known, COUNT(known), &reader->in.r);
    if (doc_text(&base, group, "base", 0, &reader->in.r))
        t->base = keep(reader, base);
    t->is_annual =
        reading_word(&reader->in, group, "on", WORDS("claim", "firm_year"));
    t->rule =
        (StackRule)reading_word(&reader->in, group, "rule",
                                WORDS("cumulative", "highest_only", "top_up"));
    t->is_firm_year =
        reading_word(&reader->in, group, "scope", WORDS("claim", "firm_year"));
    const Doc *awards = doc_get(group, "awards");
    if (awards == NULL || awards->kind != DOC_LIST || awards->n == 0)
        reading_fault(&reader->in, group,
                      TR_NOOP("the stacking lists no awards"));
    else
        for (const Doc *d = awards->first; d != NULL; d = d->next)
            read_award(reader, d);
}

/* The scales that are awards; an award on a firm's year needs one. */
static void read_scales(Reader *reader, const TermsSource *s)
{
    Terms *t = reader->terms;
    const TermsNames *awards = &reader->book->awards;
    for (size_t a = 0; a < awards->n; a++) {
        const Doc *d = s->scales != NULL ? s->scales->first : NULL;
        for (; d != NULL; d = d->next) {
            const Doc *name = doc_get(d, "name");
            if (name != NULL && name->text != NULL &&
                strcmp(name->text, awards->name[a]) == 0)
                break;
        }
        if ((t->awards >> a & 1) == 0)
            continue;
        if (d != NULL)
            t->scale[a] = reading_scale(&reader->in, d);
        else if (t->is_annual)
            reading_fault(&reader->in, s->stacking,
                          TR_NOOP("an award on a firm's year is a scale"));
    }
}

/* Give a checked limit its place. */
static void keep_limit(Reader *reader, Limit *limit, const Doc *group)
{
    TermsNames *names = &reader->book->limits;
    int i = place(reader, names, limit->id, TERMS_NAMES);
    if (i < 0) {
        reading_fault(&reader->in, group, TR_NOOP("more than 16 limits"));
    } else if (reader->terms->limit[i] != NULL) {
        reading_refuse(&reader->in, group, "id",
                       TR_NOOP("is the id of a limit before it"), NULL);
    } else {
        limit->id = names->name[i];
        reader->terms->limit[i] = limit;
    }
}

static void read_limit(Reader *reader, const Doc *group)
{
    static const char *const known[] = {"id",    "scope",  "award",     "floor",
                                        "cap",   "count",  "queue",     "cite",
                                        "title", "source", "confidence"};
    const char *cite, *scope = NULL;
    DocReader *r = &reader->in.r;
    Limit *limit = reading_take(&reader->in, 1, sizeof *limit);
    if (limit == NULL)
        return;
    doc_only(group, known, COUNT(known), r);
    int usable = doc_text(&limit->id, group, "id", 0, r);
    usable &= doc_text(&scope, group, "scope", 0, r);
    usable &= doc_text(&cite, group, "cite", 0, r);
    int of_scope = usable ? limit_scope_named(scope) : 0;
    if (of_scope < 0)
        reading_refuse(&reader->in, group, "scope",
                       TR_NOOP("is not a scope of limits"),
                       TR_NOOP("write claim, firm_year, scheme_year, "
                               "firm_count_year or count_year"));
    if (!usable || of_scope < 0)
        return;
    limit->scope = (LimitScope)of_scope;
    limit->award = award_of(reader, group);
    limit->cap.fen = LIMIT_NONE;
    limit->queue = (LimitQueue)reading_word(&reader->in, group, "queue",
                                            WORDS("date", "score"));
    reading_money(&limit->floor, &reader->in, group, "floor", 1);
    reading_money(&limit->cap, &reader->in, group, "cap", 1);
    (void)doc_count(&limit->count, group, "count",
                    of_scope < (int)LIMIT_FIRM_COUNT, r);
    reading_fault(&reader->in, group, limit_check(limit));
    keep_limit(reader, limit, group);
}

static void read_counties(Match *out, Reader *reader, const Doc *list)
{
    const char **counties =
        reading_take(&reader->in, list->n, sizeof *counties);
    if (counties == NULL)
        return;
    if (list->kind != DOC_LIST || list->n == 0)
        reading_fault(&reader->in, list,
                      TR_NOOP("counties are a list of texts"));
    for (const Doc *d = list->first; d != NULL; d = d->next)
        if (d->kind == DOC_TEXT)
            counties[out->n_counties++] = keep(reader, d->text);
        else
            reading_fault(&reader->in, d,
                          TR_NOOP("a county is named by a text"));
    out->counties = counties;
}

static void read_payers(Match *out, Reader *reader, const Doc *list)
{
    static const char *const known[] = {"payer", "share"};
    size_t *payer = reading_take(&reader->in, list->n, sizeof *payer);
    Ratio *share = reading_take(&reader->in, list->n, sizeof *share);
    if (payer == NULL || share == NULL)
        return;
    out->payer = payer;
    out->share = share;
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        const char *name = NULL;
        doc_only(d, known, COUNT(known), &reader->in.r);
        if (!doc_text(&name, d, "payer", 0, &reader->in.r))
            return;
        int i = place(reader, &reader->book->payers, name, MATCH_PAYERS);
        if (i < 0) {
            reading_fault(&reader->in, d, TR_NOOP("more than 8 payers"));
            return;
        }
        payer[out->n] = (size_t)i;
        share[out->n].billionths = RATIO_ONE;
        if (list->n > 1 || doc_get(d, "share") != NULL)
            reading_ratio(&share[out->n], &reader->in, d, "share");
        out->n++;
    }
    reading_fault(&reader->in, list, match_check(out));
}

static void read_match(Reader *reader, const Doc *list)
{
    static const char *const known[] = {"award", "counties", "payers", "cite",
                                        "title"};
    Match *match = reading_take(&reader->in, list->n, sizeof *match);
    size_t n = 0;
    if (match == NULL)
        return;
    for (const Doc *d = list->first; d != NULL; d = d->next, n++) {
        doc_only(d, known, COUNT(known), &reader->in.r);
        match[n].award = award_of(reader, d);
        if (doc_get(d, "counties") != NULL)
            read_counties(&match[n], reader, doc_get(d, "counties"));
        const Doc *payers = doc_get(d, "payers");
        if (payers == NULL || payers->kind != DOC_LIST)
            reading_fault(&reader->in, d, TR_NOOP("a match without payers"));
        else
            read_payers(&match[n], reader, payers);
    }
    reader->terms->match = match;
    reader->terms->n_match = n;
}

/* Every award needs payers in counties that no entry names. */
static void check_match(Reader *reader, const Doc *list)
{
    const Terms *t = reader->terms;
    for (size_t a = 0; a < reader->book->awards.n; a++) {
        int paid = (t->awards >> a & 1) == 0;
        for (size_t i = 0; i < t->n_match; i++)
            paid |= match_holds(&t->match[i], (int)a, NULL);
        if (!paid)
            doc_fault(list, 0,
                      text_format(reader->in.arena,
                                  tr("nobody pays '%s' in the other counties"),
                                  reader->book->awards.name[a]),
                      TR_NOOP("add an entry without counties"), &reader->in.r);
    }
}

/* A policy that names no payers has one. */
static void match_default(Reader *reader)
{
    static const size_t first = 0;
    static const Ratio all = {RATIO_ONE};
    static const Match match = {-1, NULL, 0, &first, &all, 1};
    TermsNames *payers = &reader->book->payers;
    if (payers->n == 0 && place(reader, payers, "fund", MATCH_PAYERS) != 0)
        (void)FAIL(reader->in.r.err, ERR_MEMORY, "out of memory");
    reader->terms->match = &match;
    reader->terms->n_match = 1;
}

static void read_budget(Budget *out, Reader *reader, const Doc *group)
{
    static const char *const known[] = {
        "payer", "county", "amount", "allocation", "last",   "remainder",
        "order", "seed",   "cite",   "title",      "source", "confidence"};
    const char *payer = NULL, *county = NULL, *cite;
    Reading *in = &reader->in;
    int64_t seed = 0;
    doc_only(group, known, COUNT(known), &in->r);
    out->allocation = (BudgetAllocation)reading_word(
        in, group, "allocation",
        WORDS("first_come", "ranked", "pro_rata", "lottery"));
    out->last = (BudgetLast)reading_word(in, group, "last",
                                         WORDS("partial", "whole", "skip"));
    out->remainder = (BudgetRemainder)reading_word(
        in, group, "remainder", WORDS("largest", "queue", "keep"));
    out->by_submission = reading_word(in, group, "order",
                                      WORDS("registered_on", "submitted_at"));
    (void)doc_text(&cite, group, "cite", 0, &in->r);
    (void)doc_count(&seed, group, "seed", out->allocation != BUDGET_LOTTERY,
                    &in->r);
    out->seed = (uint64_t)seed;
    reading_money(&out->amount, in, group, "amount", 0);
    reading_fault(in, group, budget_check(out));
    if (doc_get(group, "county") != NULL &&
        doc_text(&county, group, "county", 0, &in->r))
        out->county = keep(reader, county);
    if (!doc_text(&payer, group, "payer", 0, &in->r))
        return;
    size_t known_payers = reader->book->payers.n;
    int i = place(reader, &reader->book->payers, payer, known_payers);
    if (i < 0)
        reading_refuse(in, group, "payer", TR_NOOP("pays nothing here"), NULL);
    else
        out->payer = (size_t)i;
}

static void read_budgets(Reader *reader, const Doc *list)
{
    Budget *budget = reading_take(&reader->in, list->n, sizeof *budget);
    size_t n = 0;
    if (budget == NULL)
        return;
    for (const Doc *d = list->first; d != NULL; d = d->next, n++) {
        read_budget(&budget[n], reader, d);
        for (size_t i = 0; i < n && !reader->in.r.failed; i++)
            if (budget[i].payer == budget[n].payer &&
                budget[i].county == budget[n].county)
                reading_fault(&reader->in, d,
                              TR_NOOP("the payer has a budget before it"));
    }
    reader->terms->budget = budget;
    reader->terms->n_budget = n;
}

static void read_rounding(Reader *reader, const Doc *group)
{
    static const char *const known[] = {"unit", "mode", "when", "cite",
                                        "title"};
    Rounding *out = &reader->terms->rounding;
    Reading *in = &reader->in;
    doc_only(group, known, COUNT(known), &in->r);
    (void)doc_money(&out->unit, group, "unit", 0, &in->r);
    out->mode = (RoundMode)reading_word(
        in, group, "mode", WORDS("half_up", "half_even", "down", "up"));
    out->when =
        (RoundWhen)reading_word(in, group, "when", WORDS("computed", "paid"));
    reading_fault(in, group, rounding_check(*out));
}

TermsSource terms_source(const Policy *policy, Date day)
{
    return (TermsSource){policy_section(policy, day, "stacking"),
                         policy_section(policy, day, "scales"),
                         policy_section(policy, day, "limits"),
                         policy_section(policy, day, "match"),
                         policy_section(policy, day, "budget"),
                         policy_section(policy, day, "rounding"),
                         policy,
                         day};
}

static void read_sections(Reader *reader, const TermsSource *s)
{
    read_stacking(reader, s->stacking);
    read_scales(reader, s);
    if (s->limits != NULL)
        for (const Doc *d = s->limits->first; d != NULL; d = d->next)
            read_limit(reader, d);
    if (s->match != NULL) {
        read_match(reader, s->match);
        check_match(reader, s->match);
    } else {
        match_default(reader);
    }
    if (s->budget != NULL)
        read_budgets(reader, s->budget);
    if (s->rounding != NULL)
        read_rounding(reader, s->rounding);
}

ErrCode terms_read(const Terms **out, TermsBook *book, Arena *arena,
                   Texts *texts, const TermsSource *source, Faults *faults,
                   Err *err)
{
    ErrCode rc = OK;
    Err memory = {0};
    Reader reader = {
        .in = {arena, texts, source->policy, source->day, {faults, &memory, 0}},
        .book = book};
    if (source->stacking == NULL)
        return FAIL(err, ERR_RULE,
                    "the policy has no 'stacking' section: it must say the "
                    "base and the awards");
    reader.terms = arena_alloc(arena, 1, sizeof *reader.terms);
    if (reader.terms == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    reader.terms->rounding = ROUNDING_NONE;
    read_sections(&reader, source);
    if (memory.code != OK)
        return FAIL(err, memory.code, "%s", memory.text);
    TRY(faults_end(faults, ERR_RULE, "the subsidy's terms", err));
    *out = reader.terms;
done:
    return rc;
}
