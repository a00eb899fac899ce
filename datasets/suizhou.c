/* suizhou-contracts.csv and suizhou-results.csv: invented contracts and
 * industrialised results whose count, year and sum are the published ones of
 * Suizhou's five years 2018 to 2022: 80 projects and 4,616,900 yuan at 20%,
 * 24 grants of 500,000 yuan at five a year.
 */
#include "files.h"

/* 4,616,900 / 20%, in hundreds of yuan: 20% of each amount is whole yuan. */
enum { VALUE = 230845, BUYERS = 52, SELLERS = 18, FIRST_FIRM = 400 };

static const int contracts_in[] = {9, 13, 16, 19, 23};
static const int results_in[] = {4, 5, 6, 6, 8};

/* The year of row `i` and its number within the year, both from 0. */
static int year_of(const int in[], int i, int *number)
{
    int year = 0;
    while (i >= in[year])
        i -= in[year++];
    *number = i;
    return year;
}

static double weight_of(int i)
{
    Draw d = draw_at(SUBJECT_SUIZHOU, i);
    return draw_lognormal(1, 1.1, draw_normal(&d));
}

/* The sum of the first `n` amounts, in hundreds of yuan. */
static int64_t value_of(int n)
{
    double sum = 0, part = 0;
    for (int i = 0; i < SUIZHOU_CONTRACTS; i++) {
        double w = weight_of(i);
        sum += w;
        part += i < n ? w : 0;
    }
    return (int64_t)(VALUE * part / sum + 0.5);
}

static Firm firm_cells(Sheet *s, Draw *d, const char *prefix, int year, int i)
{
    char id[24];
    Firm firm = firm_of(FIRST_FIRM + draw_count(d, 1, BUYERS));
    snprintf(id, sizeof id, "%s%d%02d", prefix, 2018 + year, i + 1);
    sheet_text(s, FIELD_contract_id, id);
    sheet_text(s, FIELD_firm_id, firm.id);
    sheet_text(s, FIELD_firm_name, firm.name);
    sheet_text(s, FIELD_county, county_names[firm.county]);
    sheet_date(s, FIELD_registered_on,
               (Date){day_between(d, date_of((DateParts){2018 + year, 1, 8}),
                                  date_of((DateParts){2018 + year, 12, 21}))},
               0);
    return firm;
}

void suizhou_contract_row(Sheet *s, int i)
{
    static const char *const kinds[] = {"development", "transfer", "licence"};
    static const int weights[] = {55, 30, 15};
    int number, year = year_of(contracts_in, i, &number);
    Draw d = draw_at(SUBJECT_SUIZHOU, SUIZHOU_CONTRACTS + i);
    Money amount = {(value_of(i + 1) - value_of(i)) * 10000};
    char registry[32], seller[FIRM_ID];
    Firm firm = firm_cells(s, &d, "Z", year, number);
    snprintf(registry, sizeof registry, "%d990000%06d", 2018 + year, i + 1);
    code_of(seller, 12, draw_count(&d, 0, COUNTIES - 1),
            910000 + draw_count(&d, 1, SELLERS));
    sheet_text(s, FIELD_registry_no, registry);
    sheet_text(s, FIELD_kind, kinds[draw_pick(&d, weights, 3)]);
    sheet_money(s, FIELD_amount, amount, 0);
    sheet_money(s, FIELD_paid_amount,
                draw_chance(&d, 0.7) ? amount
                                     : amount_of((double)amount.fen / 100 *
                                                     draw_between(&d, 0.3, 0.9),
                                                 100),
                0);
    sheet_text(s, FIELD_seller_id, seller);
    sheet_text(s, FIELD_seller_kind,
               draw_chance(&d, 0.7) ? "university" : "institute");
    sheet_bool(s, FIELD_certified_talent, firm.quality > 0.6, 0);
}

void suizhou_result_row(Sheet *s, int i)
{
    int number, year = year_of(results_in, i, &number);
    Draw d = draw_at(SUBJECT_SUIZHOU, 2 * SUIZHOU_CONTRACTS + i);
    firm_cells(s, &d, "R", year, number);
    sheet_money(s, FIELD_amount,
                amount_of(draw_lognormal(3e6, 0.7, draw_normal(&d)), 10000), 0);
    sheet_real(s, FIELD_score, clamp(80 + 7 * draw_normal(&d), 50, 100), 1, 0);
}
