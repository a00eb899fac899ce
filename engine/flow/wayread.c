#include "flow/wayread.h"

#include "core/text.h"
#include "data/cell.h"

#include <string.h>

ErrCode wayread_number(double *out, const Job *job, const char *option,
                       double otherwise, Err *err)
{
    const char *text = job_option(job, option);
    char whole[40];
    *out = otherwise;
    if (text == NULL)
        return OK;
    snprintf(whole, sizeof whole, "%s%s", text[0] == '.' ? "0" : "", text);
    if (cell_real(out, slice_of(whole)) != NULL)
        return FAIL(err, ERR_USAGE, "--%s: '%.*s' is not a number", option,
                    TEXT_SHORT(text));
    return OK;
}

/* What cannot be asked for together. */
static ErrCode check_options(const Job *job, Err *err)
{
    static const char *const pairs[][2] = {
        {"firth", "lambda"}, {"firth", "step"},  {"firth", "cluster"},
        {"firth", "sign"},   {"lambda", "step"}, {"lambda", "cluster"},
        {"lambda", "sign"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (job_option(job, pairs[i][0]) != NULL &&
            job_option(job, pairs[i][1]) != NULL)
            return FAIL(err, ERR_USAGE, "--%s and --%s do not go together",
                        pairs[i][0], pairs[i][1]);
    if (job_option(job, "alpha") != NULL && job_option(job, "lambda") == NULL)
        return FAIL(err, ERR_USAGE, "--alpha says nothing without --lambda");
    if (job_option(job, "direction") != NULL && job_option(job, "step") == NULL)
        return FAIL(err, ERR_USAGE, "--direction says nothing without --step");
    return OK;
}

static LogitSearch search_of(const char *criterion)
{
    if (criterion == NULL)
        return LOGIT_ALL_TERMS;
    return criterion[0] == 'a' ? LOGIT_BY_AIC : LOGIT_BY_BIC;
}

static LogitDirection direction_of(const char *word)
{
    if (word == NULL || strcmp(word, "both") == 0)
        return LOGIT_BOTH;
    return word[0] == 'b' ? LOGIT_BACKWARD : LOGIT_FORWARD;
}

ErrCode wayread(LogitWay *out, const Job *job, Err *err)
{
    ErrCode rc = OK;
    TRY(check_options(job, err));
    *out = (LogitWay){.search = search_of(job_option(job, "step")),
                      .direction = direction_of(job_option(job, "direction"))};
    TRY(wayread_number(&out->lambda, job, "lambda", 0, err));
    TRY(wayread_number(&out->alpha, job, "alpha", 1, err));
    if (job_option(job, "lambda") != NULL)
        out->kind = LOGIT_PENALTY;
    else if (job_option(job, "firth") != NULL)
        out->kind = LOGIT_FIRTH;
done:
    return rc;
}
