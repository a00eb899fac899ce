#include "stat/calibration.h"

#include "stat/normal.h"
#include "stat/odds.h"
#include "stat/platt.h"

#include <gsl/gsl_cdf.h>

#include <math.h>

static double log_likelihood(const Cases *c)
{
    double sum = 0;
    for (size_t i = 0; i < c->n; i++)
        sum += normal_log(c->bad[i] ? c->score[i] : 1 - c->score[i]);
    return sum;
}

/* Of the shift at its solution: 1 / sqrt(sum p (1 - p)). */
static double shift_se(double a, const double x[], size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double p = odds_chance(a + x[i]);
        sum += p * (1 - p);
    }
    return 1 / sqrt(sum);
}

ErrCode calibration_line(CalibrationLine *out, Arena *arena, const Cases *c,
                         Err *err)
{
    ErrCode rc = OK;
    Platt line;
    double *x = arena_alloc(arena, c->n, sizeof *x);
    if (x == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", c->n);
    TRY(cases_check_pd(c, err));
    for (size_t i = 0; i < c->n; i++)
        x[i] = c->score[i] > 0 && c->score[i] < 1 ? odds_log(c->score[i])
                                                  : (double)INFINITY;
    const Cases odds = {x, c->bad, NULL, c->n};
    double rate = cases_sum(&odds).bad / (double)c->n;
    TRY(odds_shift(&out->in_the_large, x, NULL, c->n, rate, err));
    TRY(platt_fit(&line, &odds, PLATT_LIKELIHOOD, err));
    out->se_in_the_large = shift_se(out->in_the_large, x, c->n);
    out->intercept = line.intercept;
    out->se_intercept = line.se_intercept;
    out->slope = line.slope;
    out->se_slope = line.se_slope;
    out->chi2 = fmax(2 * (line.log_likelihood - log_likelihood(c)), 0);
    out->p = normal_exp(-out->chi2 / 2); /* the tail for 2 degrees */
done:
    return rc;
}

CalibrationZ calibration_spiegelhalter(const Cases *c)
{
    double sum = 0, variance = 0;
    for (size_t i = 0; i < c->n; i++) {
        double p = c->score[i], tilt = 1 - 2 * p;
        sum += (c->bad[i] - p) * tilt;
        variance += tilt * tilt * p * (1 - p);
    }
    double z = sum / sqrt(variance);
    return (CalibrationZ){z, 2 * normal_cdf(-fabs(z))};
}

void calibration_groups(CalibrationGroup out[], size_t groups, const Cases *c,
                        const CasesOrder *order)
{
    for (size_t g = 0; g < groups; g++)
        out[g] = (CalibrationGroup){.low = (double)NAN, .high = (double)NAN};
    for (size_t r = 0; r < c->n; r++) {
        size_t row = order->row[r];
        CalibrationGroup *g = &out[r * groups / c->n];
        if (g->n++ == 0)
            g->low = c->score[row];
        g->high = c->score[row];
        g->bads += c->bad[row] != 0;
        g->expected += c->score[row];
    }
}

CalibrationChi2 calibration_hosmer(const CalibrationGroup groups[], size_t n)
{
    CalibrationChi2 out = {.p = (double)NAN};
    for (size_t g = 0; g < n; g++) {
        double count = (double)groups[g].n, e = groups[g].expected;
        double miss = (double)groups[g].bads - e;
        if (count > 0)
            out.chi2 += miss * miss / (e * (1 - e / count));
    }
    if (n > 2 && isfinite(out.chi2))
        out.p = gsl_cdf_chisq_Q(out.chi2, (double)n - 2);
    return out;
}
