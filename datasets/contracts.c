/* contracts.csv: technology contracts registered in one city in 2025. */
#include "files.h"

#include <math.h>

enum { BUYERS = 130, SELLERS = 36, FAULTS = 10, SPLITS = 8 };

typedef struct {
    int number; /* of the contract whose row this repeats, or its own */
    Firm buyer;
    Draw dice;
    int is_split; /* 1 and 2: the halves of one deal, just under a step */
} Contract;

/* The last rows are second registrations of earlier contracts. */
static Contract contract_of(int i)
{
    int number = i < CONTRACTS - FAULTS ? i : 11 + 17 * (i % FAULTS);
    Draw d = draw_at(SUBJECT_CONTRACT, number);
    int split =
        number >= 40 && number < 40 + 2 * SPLITS ? 1 + (number - 40) % 2 : 0;
    /* few buy much: the power crowds the low numbers */
    double u = draw_unit(&d);
    int buyer = 1 + (int)(BUYERS * u * sqrt(u));
    if (split > 0)
        buyer = 21 + (number - 40) / 2;
    return (Contract){number, firm_of(buyer), d, split};
}

static Money amount_in(Contract *c)
{
    Draw *d = &c->dice;
    double z = 0.35 * c->buyer.size + 0.936750 * draw_normal(d);
    double yuan = clamp(draw_lognormal(288600, 1.35, z), 3000, 1.5e7);
    if (c->is_split > 0)
        yuan = (c->number % 4 < 2 ? 500000 : 1000000) -
               draw_between(d, 500, 25000);
    return amount_of(yuan, draw_chance(d, 0.75) ? 1000 : 0.01);
}

static Date registered(Contract *c)
{
    Date first = date_of((DateParts){2025, 1, 6});
    Date last = date_of((DateParts){2025, 12, 26});
    /* half of the year's contracts come in its last four months */
    if (c->is_split == 0 && draw_chance(&c->dice, 0.25))
        first = date_of((DateParts){2025, 9, 1});
    Date day = {day_between(&c->dice, first, last)};
    return day;
}

static void seller_cells(Sheet *s, Contract *c)
{
    static const char *const kinds[] = {"university", "institute", "firm",
                                        "person"};
    static const int weights[] = {45, 20, 30, 5};
    char id[FIRM_ID];
    int kind = draw_pick(&c->dice, weights, 4);
    int number = draw_count(&c->dice, 1, SELLERS);
    int related = draw_chance(&c->dice, 0.03);
    int itself = draw_chance(&c->dice, 0.008);
    if (c->is_split > 0) { /* both halves from one seller */
        Draw deal = draw_at(SUBJECT_CONTRACT, CONTRACTS + c->number / 2);
        kind = draw_pick(&deal, weights, 4);
        number = draw_count(&deal, 1, SELLERS);
    }
    code_of(id, kind < 2 ? 12 : 91, number % COUNTIES,
            kind < 2 ? 900000 + number : 800000 + number);
    sheet_text(s, FIELD_seller_id,
               itself      ? c->buyer.id
               : kind == 3 ? NULL
                           : id);
    sheet_text(s, FIELD_seller_kind, kinds[itself ? 2 : kind]);
    sheet_bool(s, FIELD_related_party, related || itself, 0);
}

static void paid_cells(Sheet *s, Contract *c, Money amount, Date day)
{
    Draw *d = &c->dice;
    double yuan = (double)amount.fen / 100;
    Money technology = draw_chance(d, 0.7)
                           ? amount
                           : amount_of(yuan * draw_between(d, 0.6, 1), 1000);
    if (technology.fen > amount.fen)
        technology = amount;
    Money paid = draw_chance(d, 0.6)
                     ? amount
                     : amount_of(yuan * draw_between(d, 0.2, 0.9), 0.01);
    sheet_money(s, FIELD_technology_amount, technology, 0);
    sheet_money(s, FIELD_paid_amount, paid, 0);
    sheet_date(s, FIELD_paid_on, day_plus(day, draw_count(d, -20, 60)), 0);
}

void contract_row(Sheet *s, int i)
{
    static const char *const kinds[] = {"development", "transfer", "licence",
                                        "consulting", "service"};
    static const int weights[] = {42, 18, 9, 12, 19};
    char id[24], registry[32], submitted[64];
    Contract c = contract_of(i);
    Money amount = amount_in(&c);
    Date day = registered(&c);
    snprintf(id, sizeof id, "C2025%04d", i + 1);
    snprintf(registry, sizeof registry, "2025990000%06d", c.number + 1);
    sheet_text(s, FIELD_contract_id, id);
    sheet_text(s, FIELD_registry_no, registry);
    sheet_text(s, FIELD_firm_id, c.buyer.id);
    sheet_text(s, FIELD_firm_name, c.buyer.name);
    sheet_text(s, FIELD_county, county_names[c.buyer.county]);
    sheet_date(s, FIELD_registered_on, day, 0);
    sheet_text(s, FIELD_kind, kinds[draw_pick(&c.dice, weights, 5)]);
    sheet_money(s, FIELD_amount, amount, 0);
    seller_cells(s, &c);
    paid_cells(s, &c, amount, day);
    sheet_real(s, FIELD_score, clamp(78 + 8 * draw_normal(&c.dice), 40, 100), 1,
               0);
    int minute = draw_count(&c.dice, 0, 26 * 600 - 1); /* of 26 days, 8 to 18 */
    snprintf(submitted, sizeof submitted, "2026-01-%02dT%02d:%02d:00",
             5 + minute / 600, 8 + minute % 600 / 60, minute % 60);
    sheet_text(s, FIELD_submitted_at, submitted);
}
