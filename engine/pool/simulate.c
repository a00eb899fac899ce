#include "pool/contributions.h"
#include "pool/large.h"
#include "pool/terms.h"
#include "pool/twin.h"

ErrCode pool_simulate(Tables *out, const Table *portfolio,
                      const Factors *factors, const Scheme *scheme,
                      const PoolOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Model model;
    Sample sample = {0};
    TRY(model_open(&model, portfolio, factors, scheme, options, faults, err));
    TRY(model_run(&sample, &model, options, err));
    TRY(contributions_add(out, &model, &sample, options, err));
    TRY(figures_add(out, &model, &sample, options, err));
    TRY(distribution_add(out, &model, &sample, err));
    TRY(counts_add(out, &model, &sample, err));
    TRY(accounts_add(out, &model, &sample, err));
    TRY(terms_add(out, &model, err));
    TRY(large_add(out, &model, options, err));
    TRY(twin_add(out, &model, &sample, options, err));
done:
    sample_free(&sample);
    model_close(&model);
    return rc;
}
