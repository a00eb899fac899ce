#include "credit/recovery.h"

#include <math.h>

static int is_part(double x)
{
    return x >= 0 && x <= 1;
}

static int is_amount(double x)
{
    return x >= 0 && !isinf(x);
}

static int is_sound(const RecoveryCase *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (!is_amount(c->sources[i].value) ||
            !is_part(c->sources[i].haircut) || !is_part(c->sources[i].cost) ||
            !is_amount(c->sources[i].months))
            return 0;
    return c->ead > 0 && !isinf(c->ead) && is_part(c->covered) &&
           is_part(c->unsecured) && is_part(c->floor) &&
           is_amount(c->covered_months) && is_amount(c->unsecured_months) &&
           c->discount > -1 && !isinf(c->discount);
}

/* What a yuan is worth today that comes after `months`; `i` numbers what of. */
static double present(const RecoveryCase *c, size_t i, double months)
{
    double base = 1 + c->discount, exponent = -months / 12;
    return c->powers == NULL ? power_of(base, exponent)
                             : power_kept(&c->powers[i], base, exponent);
}

/* What a layer brings today; it is noted where that is asked for. */
static double bring(RecoveryLayer layers[], const RecoveryCase *c, size_t i,
                    double net, double taken, double months)
{
    double today = taken * present(c, i, months);
    if (layers != NULL)
        layers[i] = (RecoveryLayer){net, taken, today};
    return today;
}

double recovery_lgd(RecoveryLayer layers[], const RecoveryCase *c)
{
    if (!is_sound(c))
        return (double)NAN;
    double open = c->ead, back = 0;
    for (size_t i = 0; i < c->n; i++) {
        const RecoverySource *s = &c->sources[i];
        double net = s->value * (1 - s->haircut) * (1 - s->cost);
        double taken = net < open ? net : open;
        back += bring(layers, c, i, net, taken, s->months);
        open -= taken;
    }
    back +=
        bring(layers, c, c->n, open, open * c->unsecured, c->unsecured_months);
    double cover = bring(layers, c, c->n + 1, 1, c->covered, c->covered_months);
    double lgd = 1 - cover - (1 - c->covered) * back / c->ead;
    lgd = lgd > c->floor ? lgd : c->floor;
    return lgd < 1 ? lgd : 1; /* a discount below 0 is no gain beyond it */
}
