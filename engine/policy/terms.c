#include "policy/terms.h"

#include "core/text.h"
#include "core/tr.h"
#include "policy/known.h"
#include "policy/names.h"
#include "policy/payers.h"

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

/* The base and the awards are amounts of a contract, or of the rules. */
static void check_column(Reader *reader, const Doc *name)
{
    Reading *in = &reader->in;
    if (in->policy == NULL || name->text == NULL)
        return;
    const Unknown *u =
        known_check(in->policy, in->day, name->text, TYPE_MONEY, in->arena);
    if (u != NULL)
        doc_fault(name, 0, u->problem, u->way_out, &in->r);
}

static void read_award(Reader *reader, const Doc *name)
{
    Terms *t = reader->terms;
    if (name->kind != DOC_TEXT) {
        reading_fault(&reader->in, name,
                      TR_NOOP("an award is named by a text"));
        return;
    }
    int i = names_place(&reader->book->awards, &reader->in, name->text,
                        TERMS_AWARDS);
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
        t->base = names_keep(&reader->in, base);
    if (base != NULL)
        check_column(reader, doc_get(group, "base"));
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

/* Where the stacking names the award. */
static const Doc *award_node(const Doc *stacking, const char *name)
{
    const Doc *d = doc_get(stacking, "awards")->first;
    while (d->text == NULL || strcmp(d->text, name) != 0)
        d = d->next;
    return d;
}

/* The scales that are awards; an award on a firm's year needs one. */
static void read_scales(Reader *reader, const TermsSource *s)
{
    Terms *t = reader->terms;
    const Names *awards = &reader->book->awards;
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
        if (!t->is_annual)
            check_column(reader, award_node(s->stacking, awards->name[a]));
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
    Names *names = &reader->book->limits;
    int i = names_place(names, &reader->in, limit->id, NAMES_MOST);
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
    limit->award = names_award(&reader->in, &reader->book->awards,
                               reader->terms->awards, group);
    limit->cap.fen = LIMIT_NONE;
    limit->queue = (LimitQueue)reading_word(&reader->in, group, "queue",
                                            WORDS("date", "score"));
    int before = r->failed;
    r->failed = 0;
    reading_money(&limit->floor, &reader->in, group, "floor", 1);
    reading_money(&limit->cap, &reader->in, group, "cap", 1);
    (void)doc_count(&limit->count, group, "count",
                    of_scope < (int)LIMIT_FIRM_COUNT, r);
    if (!r->failed) /* else the figure itself is what is wrong */
        reading_fault(&reader->in, group, limit_check(limit));
    r->failed |= before;
    keep_limit(reader, limit, group);
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
                         policy_section(policy, day, "clawback"),
                         policy,
                         day};
}

static void read_payers(Reader *reader, const Doc *match, const Doc *budget)
{
    Terms *t = reader->terms;
    TermsBook *book = reader->book;
    if (match != NULL) {
        t->match = payers_match(&t->n_match, &reader->in, &book->payers,
                                &book->awards, t->awards, match);
    } else {
        t->match = payers_default(&reader->in, &book->payers);
        t->n_match = 1;
    }
    if (budget != NULL)
        t->budget =
            payers_budgets(&t->n_budget, &reader->in, &book->payers, budget);
}

/* The section when it is a list; NULL, and a fault, when it is not. */
static const Doc *list_of(Reader *reader, const Doc *section)
{
    if (section == NULL || section->kind == DOC_LIST)
        return section;
    doc_fault(section, 0,
              text_format(reader->in.arena, tr("'%s' is a list of groups"),
                          section->name),
              text_format(reader->in.arena, "%s = ( { ... }, { ... } );",
                          section->name),
              &reader->in.r);
    return NULL;
}

static void read_sections(Reader *reader, const TermsSource *s)
{
    const Doc *limits = list_of(reader, s->limits);
    const Doc *clawback = list_of(reader, s->clawback);
    Terms *t = reader->terms;
    read_stacking(reader, s->stacking);
    read_scales(reader, s);
    for (const Doc *d = limits ? limits->first : NULL; d != NULL; d = d->next)
        read_limit(reader, d);
    read_payers(reader, list_of(reader, s->match), list_of(reader, s->budget));
    if (s->rounding != NULL)
        read_rounding(reader, s->rounding);
    if (clawback != NULL)
        t->clawback = clawback_read(&t->n_clawback, &reader->in, clawback);
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
