#include "subsidy/subsidy.h"

#include "policy/story.h"
#include "subsidy/bracketstory.h"
#include "subsidy/claims.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* One claim on its way through the terms. */
typedef struct {
    Story story;
    const Policy *policy;
    const Table *table;
    size_t row;
    Date day;
    Claims claims;
    ClaimWatch watch;
} Teller;

static const char *yuan(Teller *t, int64_t fen)
{
    return story_money(&t->story, fen);
}

/* The citation of a section, or of its entry whose `key` is that name. */
static const char *cite_of(const Teller *t, const char *section,
                           const char *key, const char *name)
{
    const Doc *d = policy_section(t->policy, t->day, section);
    if (d != NULL && key != NULL) {
        for (d = d->first; d != NULL; d = d->next) {
            const Doc *id = doc_get(d, key);
            if (id != NULL && id->text != NULL && strcmp(id->text, name) == 0)
                break;
        }
    }
    const Doc *cite = d != NULL ? doc_get(d, "cite") : NULL;
    return cite != NULL ? cite->text : NULL;
}

/* The citation of the first match that names the payer. */
static const char *cite_of_payer(const Teller *t, const char *name)
{
    const Doc *d = policy_section(t->policy, t->day, "match");
    for (d = d != NULL ? d->first : NULL; d != NULL; d = d->next) {
        const Doc *list = doc_get(d, "payers"), *cite = doc_get(d, "cite");
        const Doc *it = list != NULL ? list->first : NULL;
        for (; it != NULL; it = it->next) {
            const Doc *payer = doc_get(it, "payer");
            if (cite != NULL && payer != NULL && payer->text != NULL &&
                strcmp(payer->text, name) == 0)
                return cite->text;
        }
    }
    return NULL;
}

static Label words_of(Refusal refusal)
{
    static const Label words[REFUSALS] = {
        [REFUSED_DUPLICATE] = {"合同登记号重复，在前者有效",
                               "the contract was registered before"},
        [REFUSED_RELATED] = {"交易双方为关联方",
                             "buyer and seller are related"},
        [REFUSED_NOT_IN_FORCE] = {"该日期没有生效的政策",
                                  "no version of the policy is in force"},
        [REFUSED_INELIGIBLE] = {"不符合补助条件", "conditions are not met"},
        [REFUSED_INCOMPLETE] = {"资料不全", "figures are missing"},
    };
    return words[refusal];
}

static void tell_base(Teller *t, const Terms *terms)
{
    story_tell(&t->story,
               (StoryStep){.step = "base",
                           .rule = "claimed",
                           .cite = cite_of(t, "stacking", NULL, NULL),
                           .formula = terms->base,
                           .values = yuan(t, t->claims.base[t->row]),
                           .result = yuan(t, t->claims.base[t->row]),
                           .text = {"申报基数", "what the claim is based on"}});
}

/* The scale of an award; annual awards have one. */
static const Scale *scale_named(const Teller *t, const char *award)
{
    size_t a = 0;
    while (strcmp(t->claims.book.awards.name[a], award) != 0)
        a++;
    return claims_terms(&t->claims, t->row)->scale[a];
}

/* An award on the firm's sum of the year: what this claim adds to it. */
static void tell_year(Teller *t, const ClaimNote *n)
{
    int64_t before = n->used - t->claims.base[t->row];
    const char *cite = cite_of(t, "scales", "name", n->rule);
    bracketstory_tell(&t->story, scale_named(t, n->rule), n->rule, cite,
                      n->used);
    story_tell(&t->story,
               (StoryStep){
                   .step = n->step,
                   .rule = n->rule,
                   .cite = cite,
                   .formula = "max(scale(sum with it) - awarded before, 0)",
                   .values = story_say(&t->story, "max(scale(%s + %s) - %s, 0)",
                                       yuan(t, before),
                                       yuan(t, t->claims.base[t->row]),
                                       yuan(t, n->from)),
                   .result = yuan(t, n->to > n->from ? n->to - n->from : 0),
                   .text = {"按企业年度累计计算",
                            "on what the firm claims in the year"}});
}

static void tell_award(Teller *t, const ClaimNote *n)
{
    const Terms *terms = claims_terms(&t->claims, t->row);
    int rounds =
        terms->rounding.when == ROUND_COMPUTED && terms->rounding.unit.fen > 1;
    story_tell(
        &t->story,
        (StoryStep){.step = n->step,
                    .rule = n->rule,
                    .cite = rounds ? cite_of(t, "rounding", NULL, NULL)
                                   : cite_of(t, "scales", "name", n->rule),
                    .formula =
                        rounds ? story_say(&t->story, "round(%s, %s)", n->rule,
                                           yuan(t, terms->rounding.unit.fen))
                               : n->rule,
                    .values = yuan(t, n->from),
                    .result = yuan(t, n->to),
                    .text = {"核算补助", "award"}});
}

/* The formula of a limit, with its own figures. */
static const char *limit_formula(Teller *t, const Limit *limit)
{
    Story *s = &t->story;
    if (limit->scope == LIMIT_FIRM_COUNT || limit->scope == LIMIT_COUNT_YEAR)
        return story_say(s, "places before < %" PRId64, limit->count);
    const char *text =
        limit->cap.fen == LIMIT_NONE
            ? "award"
            : story_say(s, "min(award, %s%s)", yuan(t, limit->cap.fen),
                        limit->scope == LIMIT_CLAIM ? "" : " - used");
    return limit->floor.fen == 0 ? text
                                 : story_say(s, "%s, 0 below %s", text,
                                             yuan(t, limit->floor.fen));
}

static const char *limit_values(Teller *t, const ClaimNote *n)
{
    Story *s = &t->story;
    LimitScope scope = n->limit->scope;
    if (scope == LIMIT_FIRM_COUNT || scope == LIMIT_COUNT_YEAR)
        return story_say(s, "%" PRId64 " < %" PRId64, n->used, n->limit->count);
    if (n->limit->cap.fen == LIMIT_NONE || scope == LIMIT_CLAIM)
        return yuan(t, n->from);
    return story_say(s, "min(%s, %s - %s)", yuan(t, n->from),
                     yuan(t, n->limit->cap.fen), yuan(t, n->used));
}

static void tell_limit(Teller *t, const ClaimNote *n)
{
    static const Label scopes[] = {
        [LIMIT_CLAIM] = {"单份合同限额", "limit of a contract"},
        [LIMIT_FIRM_YEAR] = {"企业年度限额", "limit of a firm and year"},
        [LIMIT_SCHEME_YEAR] = {"全市年度限额", "limit of all in a year"},
        [LIMIT_FIRM_COUNT] = {"企业年度次数", "awards of a firm and year"},
        [LIMIT_COUNT_YEAR] = {"年度名额", "awards of a year"},
    };
    story_tell(&t->story,
               (StoryStep){.step = n->to < n->from ? "limit, binds" : "limit",
                           .rule = n->rule,
                           .cite = cite_of(t, "limits", "id", n->rule),
                           .formula = limit_formula(t, n->limit),
                           .values = limit_values(t, n),
                           .result = yuan(t, n->to),
                           .text = scopes[n->limit->scope]});
}

static void tell_stacking(Teller *t, const ClaimNote *n)
{
    int tops = strcmp(n->rule, "top_up") == 0;
    story_tell(
        &t->story,
        (StoryStep){.step = n->step,
                    .rule = n->rule,
                    .cite = cite_of(t, "stacking", NULL, NULL),
                    .formula = tops ? "what is above the highest before"
                                    : "the highest alone",
                    .values = story_say(&t->story, "%s, highest %s",
                                        yuan(t, n->from), yuan(t, n->used)),
                    .result = yuan(t, n->to),
                    .text = tops ? (Label){"就高补差", "topped up"}
                                 : (Label){"就高不重复", "the highest only"}});
}

/* A payer's part, in whole units where the rules round what is paid. */
static void tell_part(Teller *t, const ClaimNote *n)
{
    const Terms *terms = claims_terms(&t->claims, t->row);
    int rounds = terms->rounding.when == ROUND_PAID;
    story_tell(
        &t->story,
        (StoryStep){.step = n->step,
                    .rule = n->rule,
                    .cite = rounds ? cite_of(t, "rounding", NULL, NULL)
                                   : cite_of_payer(t, n->rule),
                    .formula =
                        rounds ? story_say(&t->story, "round(part, %s)",
                                           yuan(t, terms->rounding.unit.fen))
                               : "part",
                    .values = yuan(t, n->from),
                    .result = yuan(t, n->to),
                    .text = {"付款方应付", "part of the payer"}});
}

/* How the budget came to what it gives. */
static const char *budget_values(Teller *t, const ClaimNote *n)
{
    Story *s = &t->story;
    int64_t fen = n->budget->amount.fen;
    if (n->budget->allocation != BUDGET_PRO_RATA)
        return story_say(s, "min(%s, %s - %s)", yuan(t, n->from), yuan(t, fen),
                         yuan(t, n->used));
    return story_say(s, "%s * min(1, %s / %s)", yuan(t, n->from), yuan(t, fen),
                     yuan(t, n->used));
}

static void tell_budget(Teller *t, const ClaimNote *n)
{
    static const Label ways[] = {{"先到先得", "first come, first served"},
                                 {"择优排序", "by score"},
                                 {"同比例核减", "all the same part"},
                                 {"抽签", "by lot"}};
    const char *payer = t->claims.book.payers.name[n->budget->payer];
    int shared = n->budget->allocation == BUDGET_PRO_RATA;
    story_tell(&t->story,
               (StoryStep){.step = n->to < n->from ? "budget, binds" : "budget",
                           .rule = n->rule,
                           .cite = cite_of(t, "budget", "payer", payer),
                           .formula = shared
                                          ? "part * min(1, budget / wanted)"
                                          : "min(part, budget - paid before)",
                           .values = budget_values(t, n),
                           .result = yuan(t, n->to),
                           .text = ways[n->budget->allocation]});
}

static void tell_note(Teller *t, const ClaimNote *n)
{
    if (n->limit != NULL)
        tell_limit(t, n);
    else if (n->budget != NULL)
        tell_budget(t, n);
    else if (strcmp(n->step, "award") == 0)
        tell_award(t, n);
    else if (strcmp(n->step, "part") == 0)
        tell_part(t, n);
    else if (strcmp(n->step, "stacking") == 0)
        tell_stacking(t, n);
    else
        tell_year(t, n);
}

/* ---- the same again ---- */

typedef struct {
    int64_t computed, by_cap, by_rounding, by_budget, paid;
} Sums;

static Sums sums_of(const Claims *c, size_t row)
{
    Sums s = {.computed = c->computed[row],
              .by_cap = c->computed[row] - claims_sum(c, row),
              .by_rounding = -c->rounded[row]};
    for (size_t p = 0; p < c->book.payers.n; p++) {
        s.paid += c->paid[p][row];
        s.by_budget += c->cut[p][row];
    }
    return s;
}

static ErrCode same(const Teller *t, const char *name, int64_t value, Err *err)
{
    const Column *c = table_find(t->table, name);
    if (c == NULL)
        return FAIL(err, ERR_INPUT,
                    "the contracts have not been through a subsidy policy: "
                    "'%s' is missing",
                    name);
    if (c->i[t->row] == value)
        return OK;
    return FAIL(err, ERR_DIFFERS,
                "'%s' of row %zu is %" PRId64 " in the run, and %" PRId64
                " when it is computed again",
                name, t->row + 1, c->i[t->row], value);
}

static ErrCode check(const Teller *t, const Sums *s, Err *err)
{
    ErrCode rc = OK;
    const Claims *c = &t->claims;
    char name[96];
    TRY(same(t, "claimed", c->base[t->row], err));
    TRY(same(t, "computed", s->computed, err));
    TRY(same(t, "cut_by_cap", s->by_cap, err));
    TRY(same(t, "cut_by_rounding", s->by_rounding, err));
    TRY(same(t, "cut_by_budget", s->by_budget, err));
    TRY(same(t, "paid", s->paid, err));
    for (size_t p = 0; p < c->book.payers.n; p++) {
        snprintf(name, sizeof name, "paid_%s", c->book.payers.name[p]);
        TRY(same(t, name, c->paid[p][t->row], err));
    }
done:
    return rc;
}

static void tell_paid(Teller *t, const Sums *s)
{
    const Claims *c = &t->claims;
    for (size_t p = 0; p < c->book.payers.n; p++)
        if (c->paid[p][t->row] != 0 || c->cut[p][t->row] != 0)
            story_tell(
                &t->story,
                (StoryStep){.step = "pays",
                            .rule = c->book.payers.name[p],
                            .result = yuan(t, c->paid[p][t->row]),
                            .text = {"付款方拨付", "what the payer pays"}});
    story_tell(
        &t->story,
        (StoryStep){
            .step = "paid",
            .rule = c->binding[t->row],
            .formula = "computed - cut_by_cap - cut_by_rounding - "
                       "cut_by_budget",
            .values = story_say(&t->story, "%s - %s - %s - %s",
                                yuan(t, s->computed), yuan(t, s->by_cap),
                                yuan(t, s->by_rounding), yuan(t, s->by_budget)),
            .result = yuan(t, s->paid),
            .text = {"拟拨付", "paid in the end"}});
}

static void tell_claim(Teller *t, const Sums *s)
{
    const Claims *c = &t->claims;
    const Terms *terms = claims_terms(c, t->row);
    Refusal refusal = c->refusal[t->row];
    if (terms != NULL)
        tell_base(t, terms);
    if (refusal != REFUSED_NOT)
        story_tell(&t->story, (StoryStep){.step = "refusal",
                                          .rule = refusal_word(refusal),
                                          .text = words_of(refusal)});
    for (size_t i = 0; i < t->watch.n; i++)
        tell_note(t, &t->watch.notes[i]);
    tell_paid(t, s);
}

ErrCode subsidy_explain(Table *trace, const Policy *policy,
                        const Table *contracts, size_t row, Date as_of,
                        Err *err)
{
    ErrCode rc = OK;
    Teller t = {.story = {.arena = arena_new()},
                .policy = policy,
                .table = contracts,
                .row = row,
                .day = as_of,
                .watch = {.row = row}};
    if (t.story.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to explain");
    TRY(claims_open(&t.claims, t.story.arena, contracts, policy, as_of, err));
    t.claims.watch = &t.watch;
    if (t.claims.is_dated)
        t.day = (Date){(int32_t)t.claims.day[row]};
    TRY(claims_read_terms(&t.claims, as_of, err));
    TRY(claims_award(&t.claims, contracts, err));
    TRY(claims_limit(&t.claims, err));
    TRY(claims_pay(&t.claims, err));
    const Sums sums = sums_of(&t.claims, row);
    TRY(check(&t, &sums, err));
    tell_claim(&t, &sums);
    t.story.failed |= t.watch.failed;
    TRY(story_append(trace, &t.story, err));
done:
    arena_free(t.story.arena);
    return rc;
}
