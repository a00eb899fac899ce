#include "subsidy/subsidy.h"

#include "policy/terms.h"
#include "subsidy/run.h"
#include "subsidy/side.h"

ErrCode subsidy_apply(Table *contracts, const Policy *policy, Date as_of,
                      Err *err)
{
    return run_policy(contracts, policy, as_of, 0, err);
}

ErrCode subsidy_check(const Policy *policy, Date day, Arena *arena,
                      Texts *texts, Faults *faults, Err *err)
{
    const Terms *terms;
    TermsBook book = {0};
    const TermsSource source = terms_source(policy, day);
    return terms_read(&terms, &book, arena, texts, &source, faults, err);
}

ErrCode subsidy_compare(Tables *tables, const Table *baseline,
                        const Table *scenario, const Policy *baseline_policy,
                        const Policy *scenario_policy, Date as_of, Err *err)
{
    ErrCode rc = OK;
    Pair pair;
    Arena *scratch = arena_new();
    if (scratch == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(pair_open(&pair, tables, scratch, baseline, scenario, baseline_policy,
                  scenario_policy, as_of, err));
    TRY(pair_totals(&pair, err));
    TRY(pair_budgets(&pair, err));
    TRY(pair_groups(&pair, err));
    TRY(pair_changes(&pair, err));
    TRY(pair_steps(&pair, err));
    TRY(pair_curve(&pair, err));
done:
    arena_free(scratch);
    return rc;
}
