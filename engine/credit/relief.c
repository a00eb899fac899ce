#include "credit/relief.h"

#include "core/tr.h"

#include "credit/power.h"

#include <math.h>

static const char *check(const ReliefCase *c)
{
    if (!(c->growth > -1) || isinf(c->growth))
        return TR_NOOP("the growth of revenue is not above -100%");
    if (!(c->discount > -1) || isinf(c->discount))
        return TR_NOOP("the discount rate is not above -100%");
    if (!(c->revenue >= 0) || isinf(c->revenue))
        return TR_NOOP("the revenue is below 0");
    if (!(c->royalty >= 0) || isinf(c->royalty))
        return TR_NOOP("the royalty is below 0");
    if (!(c->tax >= 0 && c->tax <= 1))
        return TR_NOOP("the tax is not in [0, 1]");
    if (!(c->years >= 0 && c->years <= RELIEF_YEARS))
        return TR_NOOP("the life is not in [0, 60] years");
    return NULL;
}

ErrCode relief_value(double *out, ReliefYear years[], const ReliefCase *c,
                     Err *err)
{
    const char *reason = check(c);
    if (reason != NULL)
        return FAIL(err, ERR_DOMAIN, "%s", reason);
    double sum = 0, saved = c->revenue * c->royalty;
    for (int t = 0; t < c->years; t++) {
        double part = c->years - t < 1 ? c->years - t : 1;
        double when = c->timing == RELIEF_MID_YEAR ? t + part / 2 : t + part;
        double fee = (size_t)t < c->n_fees ? c->fees[t] : 0;
        double present = (saved * part - fee) * (1 - c->tax) *
                         power_of(1 + c->discount, -when);
        if (years != NULL)
            years[t] = (ReliefYear){saved * part, fee, when, present};
        sum += present;
        saved *= 1 + c->growth;
    }
    *out = sum;
    return OK;
}
