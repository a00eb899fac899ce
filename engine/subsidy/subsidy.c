#include "subsidy/subsidy.h"

#include "policy/terms.h"
#include "subsidy/run.h"
#include "subsidy/side.h"

ErrCode subsidy_apply(Table *contracts, const Policy *policy, Date as_of,
                      Err *err)
{
    return run_policy(contracts, policy, as_of, 0, err);
}

static int is_same(const TermsSource *a, const TermsSource *b)
{
    return a->stacking == b->stacking && a->scales == b->scales &&
           a->limits == b->limits && a->match == b->match &&
           a->budget == b->budget && a->rounding == b->rounding;
}

ErrCode subsidy_check(const Policy *policy, Arena *arena, Texts *texts,
                      Faults *faults, Err *err)
{
    ErrCode rc = OK;
    const Terms *terms;
    TermsBook book = {0};
    TermsSource last = {0};
    int is_read = 0;
    const DateParts from = {1990, 1, 1}, to = {2100, 12, 31};
    for (Date day = date_of(from); day.days <= date_of(to).days; day.days++) {
        if (!policy_in_force(policy, day))
            continue;
        const TermsSource source = terms_source(policy, day);
        if (is_read && is_same(&source, &last))
            continue;
        TRY(terms_read(&terms, &book, arena, texts, &source, faults, err));
        last = source;
        is_read = 1;
    }
done:
    return rc;
}

ErrCode subsidy_compare(Tables *tables, const SubsidySide side[], size_t n,
                        Date as_of, Err *err)
{
    ErrCode rc = OK;
    Sides sides;
    Arena *scratch = arena_new();
    if (scratch == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(sides_open(&sides, tables, scratch, side, n, as_of, err));
    TRY(sides_totals(&sides, err));
    TRY(sides_budgets(&sides, err));
    TRY(sides_groups(&sides, err));
    TRY(sides_changes(&sides, err));
    TRY(sides_steps(&sides, err));
    TRY(sides_suspects(&sides, err));
    TRY(sides_curve(&sides, err));
done:
    arena_free(scratch);
    return rc;
}
