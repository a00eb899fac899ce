#include "subsidy/claims.h"

#include "core/text.h"

#include <string.h>

/* Read the terms of one day; the first fault becomes the message. */
static ErrCode read_day(const Terms **out, Claims *c, Date day, Err *err)
{
    Faults *faults = faults_new(c->arena);
    Err inner = {0};
    if (faults == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    const TermsSource source = terms_source(c->policy, day);
    ErrCode rc =
        terms_read(out, &c->book, c->arena, c->texts, &source, faults, &inner);
    if (rc == OK)
        return OK;
    if (faults_count(faults) == 0)
        return FAIL(err, rc, "%s", inner.text);
    const Fault *f = faults_at(faults, 0);
    const char *value = f->value != NULL ? f->value : "";
    const char *what = f->problem;
    if (what == NULL)
        what = text_format(c->arena, tr("'%.*s' is not %s"), TEXT_SHORT(value),
                           f->expected);
    if (what == NULL)
        what = "";
    return FAIL(err, rc, "%s:%zu:%zu: %s", f->file, f->line, f->column, what);
}

/* What spares the passes over the claims some work. */
static void note_terms(Claims *c, const Terms *t)
{
    c->stacks_years |= t->is_firm_year;
    for (size_t slot = 0; slot < c->book.limits.n; slot++) {
        const Limit *limit = t->limit[slot];
        if (limit == NULL)
            continue;
        c->floors |= (unsigned)(limit->floor.fen > 0) << slot;
        c->scores |= (unsigned)(limit->queue == QUEUE_SCORE) << slot;
    }
}

/* What binds besides limits, interned: later steps touch no texts. */
static ErrCode name_bindings(Claims *c, Err *err)
{
    c->highest_only = texts_put(c->texts, "highest_only", 12);
    c->top_up = texts_put(c->texts, "top_up", 6);
    int missing = c->highest_only == NULL || c->top_up == NULL;
    for (size_t p = 0; p < c->book.payers.n; p++) {
        const char *name =
            text_format(c->arena, "budget-%s", c->book.payers.name[p]);
        if (name != NULL)
            c->budget_of[p] = texts_put(c->texts, name, strlen(name));
        missing |= c->budget_of[p] == NULL;
    }
    return missing ? FAIL(err, ERR_MEMORY, "out of memory") : OK;
}

ErrCode claims_read_terms(Claims *c, Date as_of, Err *err)
{
    ErrCode rc = OK;
    size_t days = c->is_dated ? (size_t)(c->last_day - c->first_day) + 1 : 1;
    const Terms **by_day = arena_alloc(c->arena, days, sizeof *by_day);
    if (by_day == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    c->by_day = by_day;
    for (size_t j = 0; j < c->n; j++) {
        size_t i = c->order[j];
        size_t d = c->is_dated ? (size_t)(c->day[i] - c->first_day) : 0;
        Date day = {c->is_dated ? (int32_t)c->day[i] : as_of.days};
        if (by_day[d] == NULL && policy_in_force(c->policy, day)) {
            TRY(read_day(&by_day[d], c, day, err));
            note_terms(c, by_day[d]);
        }
        if (by_day[d] == NULL && c->refusal[i] == REFUSED_NOT)
            c->refusal[i] = REFUSED_NOT_IN_FORCE;
    }
    TRY(name_bindings(c, err));
done:
    return rc;
}

static ErrCode money_column(const Column **out, const Table *t,
                            const char *name, Err *err)
{
    *out = table_find(t, name);
    if (*out == NULL)
        return FAIL(err, ERR_RULE,
                    "the stacking names '%s', which is neither a column of "
                    "the contracts nor an output of the rules",
                    name);
    if ((*out)->type != TYPE_MONEY)
        return FAIL(err, ERR_RULE,
                    "the stacking names '%s', which is a %s and "
                    "no amount",
                    name, type_name((*out)->type));
    return OK;
}

/* Refusals by the policy; a claim of no firm cannot be paid either. */
static void refuse(Claims *c, const Column *eligible)
{
    for (size_t i = 0; i < c->n; i++) {
        int64_t passed = eligible != NULL ? eligible->i[i] : 1;
        if (c->refusal[i] != REFUSED_NOT)
            continue;
        if (passed == NULL_INT || (passed && c->firm[i] == CLAIM_NOBODY))
            c->refusal[i] = REFUSED_INCOMPLETE;
        else if (!passed)
            c->refusal[i] = REFUSED_INELIGIBLE;
    }
}

/* The base of every claim; one that goes on needs it. */
static ErrCode take_base(Claims *c, const Table *t, Err *err)
{
    ErrCode rc = OK;
    const Column *base = NULL;
    const char *last = NULL;
    for (size_t i = 0; i < c->n; i++) {
        const Terms *terms = claims_terms(c, i);
        if (terms == NULL)
            continue; /* not in force: nothing is claimed */
        if (terms->base != last)
            TRY(money_column(&base, t, terms->base, err));
        last = terms->base;
        int64_t fen = base->i[i];
        c->base[i] = fen != NULL_INT && fen > 0 ? fen : 0;
        if (fen == NULL_INT && c->refusal[i] == REFUSED_NOT)
            c->refusal[i] = REFUSED_INCOMPLETE;
    }
done:
    return rc;
}

/* Award `a` from the column the rules gave; a null is a claim that cannot be
 * told. */
static ErrCode take_award(Claims *c, const Table *t, size_t a, Err *err)
{
    ErrCode rc = OK;
    const Column *column;
    TRY(money_column(&column, t, c->book.awards.name[a], err));
    for (size_t i = 0; i < c->n; i++) {
        const Terms *terms = claims_terms(c, i);
        if (c->refusal[i] != REFUSED_NOT || terms->is_annual ||
            (terms->awards >> a & 1) == 0)
            continue;
        int64_t fen = column->i[i];
        if (fen == NULL_INT)
            c->refusal[i] = REFUSED_INCOMPLETE;
        else
            c->award[a][i] = fen > 0 ? fen : 0;
    }
done:
    return rc;
}

/* A firm's sum of the year so far, and what was awarded on it. */
typedef struct {
    int64_t sum, awarded;
    int32_t year;
} FirmYear;

/* Award `a` by its scale on the firm's sum of the year: each claim gets what
 * the sum with it earns beyond what the sum before it did. */
static ErrCode award_annual(Claims *c, size_t a, FirmYear firm[], Err *err)
{
    for (size_t j = 0; j < c->n; j++) {
        size_t i = c->order[j];
        const Terms *terms = claims_terms(c, i);
        if (c->refusal[i] != REFUSED_NOT || !terms->is_annual ||
            (terms->awards >> a & 1) == 0)
            continue;
        FirmYear *f = &firm[c->firm[i]];
        if (f->year != claims_year(c, i))
            *f = (FirmYear){.year = claims_year(c, i)};
        f->sum += c->base[i]; /* both at most 9e17 */
        if (f->sum > MONEY_MAX)
            return FAIL(err, ERR_DOMAIN,
                        "a firm's contracts of %d sum beyond 9e15 yuan, with "
                        "'%.*s'; check their unit",
                        (int)claims_year(c, i), TEXT_SHORT(c->id[i]));
        int64_t due = scale_of(terms->scale[a], (Money){f->sum}).fen;
        c->award[a][i] = due > f->awarded ? due - f->awarded : 0;
        claims_note(c, i,
                    (ClaimNote){.step = "award of the year",
                                .rule = c->book.awards.name[a],
                                .from = f->awarded,
                                .to = due,
                                .used = f->sum});
        f->awarded = due > f->awarded ? due : f->awarded;
    }
    return OK;
}

/* Does a claim that goes on earn award `a` on its own (0), or on the firm's sum
 * of the year (1)? */
static int earns(const Claims *c, size_t a, int annual)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->refusal[i] == REFUSED_NOT &&
            claims_terms(c, i)->is_annual == annual &&
            (claims_terms(c, i)->awards >> a & 1) != 0)
            return 1;
    return 0;
}

/* Award `a` of a claim, in whole units where the rules say so. */
static void settle_award(Claims *c, size_t row, size_t a)
{
    const Terms *terms = claims_terms(c, row);
    int64_t fen = c->refusal[row] == REFUSED_NOT
                      ? c->award[a][row]
                      : 0; /* another award was null */
    c->award[a][row] = fen;
    if (c->refusal[row] == REFUSED_NOT &&
        terms->rounding.when == ROUND_COMPUTED)
        c->award[a][row] = rounding_of(terms->rounding, (Money){fen}).fen;
    if (fen > 0)
        claims_note(c, row,
                    (ClaimNote){.step = "award",
                                .rule = c->book.awards.name[a],
                                .from = fen,
                                .to = c->award[a][row]});
}

static void settle(Claims *c)
{
    for (size_t i = 0; i < c->n; i++) {
        for (size_t a = 0; a < c->book.awards.n; a++)
            settle_award(c, i, a);
        c->computed[i] = claims_sum(c, i);
    }
}

ErrCode claims_award_years(Claims *c, Err *err)
{
    ErrCode rc = OK;
    FirmYear *firm = arena_alloc(c->arena, c->firms, sizeof *firm);
    if (firm == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t a = 0; a < c->book.awards.n; a++) {
        memset(firm, 0, c->firms * sizeof *firm);
        if (earns(c, a, 1))
            TRY(award_annual(c, a, firm, err));
    }
    settle(c);
done:
    return rc;
}

static ErrCode take_arrays(Claims *c, Err *err)
{
    int missing = 0;
    for (size_t a = 0; a < c->book.awards.n; a++) {
        c->award[a] = arena_alloc(c->arena, c->n, sizeof *c->award[a]);
        missing |= c->award[a] == NULL;
    }
    missing |= claims_take(c, &c->base) == NULL;
    missing |= claims_take(c, &c->computed) == NULL;
    return missing ? FAIL(err, ERR_MEMORY, "out of memory") : OK;
}

ErrCode claims_own_awards(Claims *c, Err *err)
{
    for (size_t a = 0; a < c->book.awards.n; a++) {
        int64_t *own = arena_alloc(c->arena, c->n, sizeof *own);
        if (own == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        if (c->award[a] != NULL)
            memcpy(own, c->award[a], c->n * sizeof *own);
        c->award[a] = own;
    }
    return OK;
}

ErrCode claims_award(Claims *c, const Table *contracts, Err *err)
{
    ErrCode rc = OK;
    TRY(take_arrays(c, err));
    refuse(c, table_field(contracts, FIELD_eligible));
    TRY(take_base(c, contracts, err));
    for (size_t a = 0; a < c->book.awards.n; a++)
        if (earns(c, a, 0))
            TRY(take_award(c, contracts, a, err));
    TRY(claims_award_years(c, err));
done:
    return rc;
}
