/* portfolio.csv: the guaranteed loans in force on 2025-12-31, and outcomes.csv:
 * what became of the loans of an earlier year. */
#include "files.h"

#include <math.h>

enum { FIRMS = 9300, FIRST_FIRM = 10001, FIRST_OLD_FIRM = 30001 };

/* The firm of loan i: the first FIRMS loans have one each, the others are
 * second and third loans. */
static Firm borrower(int i)
{
    Draw d = draw_at(SUBJECT_LOAN, LOANS + i);
    int k = i < FIRMS ? i : draw_count(&d, 0, FIRMS - 1);
    return firm_of(FIRST_FIRM + k);
}

/* Sixteen grades a quarter apart: few distinct chances, as a bank has. */
static double pd_of(const Firm *firm)
{
    Draw d = draw_at(SUBJECT_FIRM, -firm->number);
    double z =
        8.2 - 1.8 * firm->quality - 0.5 * firm->size + 1.9 * draw_normal(&d);
    double pd = 0.003;
    for (int grade = (int)clamp(z, 0, 15); grade > 0; grade--)
        pd *= 1.25;
    return pd;
}

/* Recovery of 30% in the mean, half of the illustrative 20% to 40%, more with
 * other collateral. */
static double lgd_of(Draw *d, int has_collateral)
{
    return clamp((has_collateral ? 0.57 : 0.76) + 0.07 * draw_normal(d), 0.35,
                 0.95);
}

static double hundredths(double x)
{
    return floor(x * 100 + 0.5) / 100;
}

static void dates_cells(Sheet *s, Draw *d)
{
    static const char *const ways[] = {"bullet", "equal_principal",
                                       "equal_payment"};
    static const int way_weights[] = {70, 10, 20};
    static const int terms[] = {12, 24, 36}, weights[] = {65, 15, 20};
    Date as_of = date_of((DateParts){2025, 12, 31});
    int term = terms[draw_pick(d, weights, 3)];
    Date first = day_plus(date_add_months(as_of, -term), 1);
    Date started = {day_between(d, first, as_of)};
    sheet_date(s, FIELD_started_on, started, 0);
    sheet_date(s, FIELD_matures_on, date_add_months(started, term), 0);
    sheet_text(s, FIELD_amortisation,
               ways[term == 12 ? 0 : draw_pick(d, way_weights, 3)]);
}

/* Technology firms are 26.47% of volume; classes as in the programme of 2024.
 */
static const char *class_of(Draw *d)
{
    static const char *const names[] = {"standard", "tier3", "tier2", "tier1"};
    static const int weights[] = {7353, 1400, 900, 347};
    return names[draw_pick(d, weights, 4)];
}

void loan_row(Sheet *s, int i)
{
    static const char *const products[] = {"general", "kechuang-danbao-dai",
                                           "ip-pledge-loan"};
    static const int weights[] = {0, 75, 25};
    static const int bank_weights[BANKS] = {30, 22, 18, 14, 10, 6};
    char id[16], group[16];
    Firm f = borrower(i);
    int of_group = group_of(&f);
    Draw d = draw_at(SUBJECT_LOAN, i);
    double z = 0.7 * f.size + 0.714143 * draw_normal(&d);
    double yuan = clamp(draw_lognormal(930000, 1.235, z), 20000, 3e7);
    const char *class = class_of(&d);
    int has_collateral = draw_chance(&d, 0.3);
    snprintf(id, sizeof id, "L%06d", i + 1);
    sheet_text(s, FIELD_loan_id, id);
    sheet_text(s, FIELD_firm_id, f.id);
    sheet_money(s, FIELD_outstanding, amount_of(yuan, 1000), 0);
    sheet_real(s, FIELD_pd, pd_of(&f), 6, 0);
    sheet_real(s, FIELD_lgd, hundredths(lgd_of(&d, has_collateral)), 2, 0);
    sheet_text(s, FIELD_industry, industries[f.industry].code);
    sheet_text(s, FIELD_county, county_names[f.county]);
    sheet_text(s, FIELD_bank, bank_names[draw_pick(&d, bank_weights, BANKS)]);
    sheet_text(s, FIELD_product,
               products[class[0] == 's' ? 0 : draw_pick(&d, weights, 3)]);
    sheet_text(s, FIELD_firm_class, class);
    sheet_percent(s, FIELD_covered_share, draw_chance(&d, 0.9352) ? 0.8 : 1, 0,
                  0);
    dates_cells(s, &d);
    sheet_percent(s, FIELD_rate,
                  0.03 + clamp(0.005 + 0.0025 * draw_normal(&d), 0.0005, 0.02),
                  2, 0);
    sheet_percent(s, FIELD_fee_rate,
                  clamp(0.008 + 0.002 * draw_normal(&d), 0.003, 0.015), 2, 0);
    sheet_money(s, FIELD_collateral_value,
                amount_of(yuan * draw_between(&d, 0.2, 0.8), 1000),
                !has_collateral);
    snprintf(group, sizeof group, "JT%03d", of_group);
    sheet_text(s, FIELD_firm_size, size_class_of(&f));
    sheet_text(s, FIELD_group_id, of_group == 0 ? NULL : group);
}

/* One year of the one-factor model: 2024 was slightly worse than usual. */
static double chance_in_2024(const Firm *firm)
{
    Draw d = draw_at(SUBJECT_OUTCOME, OUTCOMES + firm->industry);
    return clamp(pd_of(firm) * draw_exp(0.15 + 0.35 * draw_normal(&d)), 0, 1);
}

void outcome_row(Sheet *s, int i)
{
    char id[16];
    Firm f = firm_of(FIRST_OLD_FIRM + i);
    Draw d = draw_at(SUBJECT_OUTCOME, i);
    Date first = date_of((DateParts){2024, 1, 1});
    Date as_of = date_of((DateParts){2024, 12, 31});
    double z = 0.7 * f.size + 0.714143 * draw_normal(&d);
    Money owed =
        amount_of(clamp(draw_lognormal(930000, 1.235, z), 20000, 3e7), 1000);
    Date started = {day_between(&d, day_plus(first, -365), first)};
    int failed = draw_chance(&d, chance_in_2024(&f));
    Date failed_on = {day_between(&d, first, as_of)};
    snprintf(id, sizeof id, "P%06d", i + 1);
    sheet_text(s, FIELD_loan_id, id);
    sheet_text(s, FIELD_firm_id, f.id);
    sheet_text(s, FIELD_industry, industries[f.industry].code);
    sheet_text(s, FIELD_county, county_names[f.county]);
    sheet_money(s, FIELD_outstanding, owed, 0);
    sheet_real(s, FIELD_pd, pd_of(&f), 6, 0);
    sheet_date(s, FIELD_started_on, started, 0);
    sheet_date(s, FIELD_as_of, as_of, 0);
    sheet_bool(s, FIELD_defaulted, failed, 0);
    sheet_date(s, FIELD_defaulted_on, failed_on, !failed);
    double back = clamp(0.1 + 0.12 * draw_normal(&d), 0, 0.5);
    sheet_money(s, FIELD_recovered,
                amount_of((double)owed.fen / 100 * back, 0.01), !failed);
    sheet_money(s, FIELD_written_off, (Money){0}, !failed);
}
