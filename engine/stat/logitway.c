#include "stat/logitway.h"

#include "stat/normal.h"

#include <string.h>

ErrCode logitway_fit(LogitMade *out, Arena *arena, const LogitData *data,
                     const LogitWay *way, const LogitOptions *options, Err *err)
{
    ErrCode rc = OK;
    const LogitNet net = {.lambda = way->lambda,
                          .alpha = way->alpha,
                          .threads = options->threads};
    *out = (LogitMade){.objective = 0};
    switch (way->kind) {
    case LOGIT_PENALTY:
        return logit_net(&out->fit, &out->objective, arena, data, &net, err);
    case LOGIT_FIRTH:
        TRY(logit_firth(&out->firth, arena, data, options->threads, err));
        out->fit = out->firth.fit;
        return OK;
    default:
        return logit_fit(&out->fit, arena, data, options, err);
    }
done:
    return rc;
}

ErrCode logitway_search(unsigned char kept[], const LogitData *data,
                        const LogitWay *way, const size_t term[], size_t terms,
                        int threads, Err *err)
{
    Logit all = {0};
    memset(kept, 1, terms);
    if (way->search == LOGIT_ALL_TERMS)
        return OK;
    logit_count(&all, data);
    const LogitStep step = {
        .term = term,
        .terms = terms,
        .direction = way->direction,
        .penalty = way->search == LOGIT_BY_AIC ? 2 : normal_log(all.weight),
        .threads = threads};
    return logit_step(kept, data, &step, err);
}
