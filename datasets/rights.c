#include "world.h"

#include "data/ids.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

const char *const kind_names[KINDS] = {"invention", "utility",   "design",
                                       "trademark", "copyright", "layout",
                                       "variety"};

int right_class(const Right *right)
{
    switch (right->kind) {
    case KIND_INVENTION:
    case KIND_LAYOUT:
    case KIND_VARIETY:
        return 1;
    case KIND_UTILITY:
    case KIND_DESIGN:
    case KIND_COPYRIGHT:
        return 2;
    default:
        return 0;
    }
}

/* Numbers that no office gave out: serials from 9,000,000 of a year. */
static void number_right(Right *r, int firm, int i)
{
    static const int weights[12] = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    int year = date_parts(r->filed).year;
    int serial = firm % 100000 * 10 + i;
    if (r->kind > KIND_DESIGN) {
        snprintf(r->id, sizeof r->id,
                 r->kind == KIND_TRADEMARK   ? "T%d9%06d"
                 : r->kind == KIND_COPYRIGHT ? "%dSR9%06d"
                 : r->kind == KIND_LAYOUT    ? "BS.%d9%06d"
                                             : "CNA%d9%06d",
                 year, serial);
        return;
    }
    char digits[32];
    int sum = 0;
    snprintf(digits, sizeof digits, "%04d%d9%06d", year, r->kind + 1, serial);
    for (int k = 0; k < 12; k++)
        sum += weights[k] * (digits[k] - '0');
    snprintf(r->id, sizeof r->id, "ZL%.12s.%c", digits,
             sum % 11 == 10 ? 'X' : (char)('0' + sum % 11));
    assert(ids_check_patent(r->id, strlen(r->id)) == NULL);
}

/* How old a right may be, in years; design 15 from 2021-06-01 on. */
static const double lives[KINDS] = {20, 10, 15, 10, 50, 10, 20};

static void date_right(Right *r, Draw *d, Date day)
{
    static const double shares[KINDS] = {0.65, 0.85, 0.5, 0.9, 0.2, 0.9, 0.6};
    double age = lives[r->kind] * shares[r->kind] * draw_unit(d);
    if (draw_chance(d, 0.02) && r->kind <= KIND_DESIGN)
        age = lives[r->kind] + 0.5; /* its life is over */
    r->filed = day_plus(day, -30 - (int)(365.25 * age));
    int wait = r->kind == KIND_INVENTION ? draw_count(d, 300, 1100)
                                         : draw_count(d, 60, 360);
    r->granted = day_plus(r->filed, wait);
    r->is_granted = r->granted.days <= day.days;
    r->status = !r->is_granted          ? "pending"
                : age >= lives[r->kind] ? "lapsed"
                : draw_chance(d, 0.03)  ? "lapsed"
                : draw_chance(d, 0.01)  ? "invalid"
                                        : "in_force";
    r->has_fee = r->is_granted && r->kind <= KIND_DESIGN;
    int months = date_months(r->filed, day) / 12 * 12 + 12;
    r->fee_until = date_add_months(r->filed, months);
    if (draw_chance(d, 0.05))
        r->fee_until = date_add_months(r->filed, months - 12); /* overdue */
}

static void price_right(Right *r, Draw *d, const Firm *firm, Date day,
                        int pledges)
{
    const struct Industry *in = &industries[firm->industry];
    r->revenue =
        pledges ? firm->revenue * draw_between(d, 0.10, 0.45)
                : clamp(firm->revenue * draw_between(d, 0.02, 0.25), 5e4, 3e7);
    r->growth =
        clamp(0.05 + 0.03 * firm->quality + 0.06 * draw_normal(d), -0.10, 0.25);
    r->royalty = draw_between(d, in->royalty_low, in->royalty_high);
    r->has_royalty = draw_chance(d, 0.75);
    r->has_value = draw_chance(d, 0.5);
    r->value = amount_of(
        4 * r->revenue * r->royalty * draw_exp(0.3 * draw_normal(d)), 10000);
    int back =
        draw_chance(d, 0.9) ? draw_count(d, 5, 360) : draw_count(d, 370, 900);
    r->appraised_on = day_plus(day, -back);
}

/* Together they earn no more than the firm does. */
static void share_revenue(Right rights[], int n, const Firm *firm)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += rights[i].revenue;
    for (int i = 0; i < n && sum > firm->revenue; i++) {
        double part = firm->revenue / sum;
        rights[i].revenue *= part;
        rights[i].value =
            amount_of((double)rights[i].value.fen / 100 * part, 10000);
    }
}

int rights_of(Right out[RIGHTS_MAX], const Firm *firm, Date day, int pledges)
{
    static const int counts[] = {36, 20, 16, 11, 8, 5, 3, 1};
    static const int pledged[] = {0, 12, 24, 28, 20, 12, 3, 1};
    static const int kinds[KINDS] = {30, 36, 6, 6, 20, 1, 1};
    static const int pledged_kinds[KINDS] = {46, 22, 4, 14, 12, 1, 1};
    Draw d = draw_at(SUBJECT_RIGHT, firm->number);
    int n = draw_pick(&d, pledges ? pledged : counts, 8);
    n += !pledges && firm->quality > 1;
    for (int i = 0; i < n; i++) {
        Right *r = &out[i];
        *r = (Right){.kind = (RightKind)draw_pick(
                         &d, pledges ? pledged_kinds : kinds, KINDS)};
        date_right(r, &d, day);
        number_right(r, firm->number, i);
        price_right(r, &d, firm, day, pledges);
        r->pledged = draw_chance(&d, 0.06);
        r->disputed = draw_chance(&d, 0.02);
        r->owners = draw_chance(&d, 0.15) ? draw_count(&d, 2, 3) : 1;
        r->claims = draw_count(&d, 1, r->kind == KIND_INVENTION ? 12 : 8);
        r->citations = (int)(6 * draw_unit(&d) * draw_unit(&d));
        r->family = draw_chance(&d, 0.08) ? draw_count(&d, 2, 6) : 1;
    }
    if (pledges)
        share_revenue(out, n, firm);
    return n;
}
