/* What the limits of the places' instruments let through: worked by hand from
 * the articles that each file cites.  PROVES: rules/subsidy */
#include "contracts.h"

#include <string.h>

enum { ROWS = 4, OWN = 6 };

#define WAN INT64_C(1000000) /* 10,000 yuan in fen */

/* An input of the rules' own, the same on every row; money and ratios as
 * integers, words as words. */
typedef struct {
    const char *name;
    FieldType type;
    int64_t value;
    const char *word;
} Own;

typedef struct {
    const char *path;
    int64_t amount[ROWS]; /* fen, of one firm in one year; 0: no row */
    int64_t paid[ROWS];
    const char *input; /* the money column that takes the amounts */
    Own own[OWN];
} Instrument;

static const Instrument instruments[] = {
    /* 5%, 2,000,000 a firm and year */
    {"rules/subsidy/shenyang/buyer-2018.cfg",
     {3000 * WAN, 1500 * WAN, 0},
     {150 * WAN, 50 * WAN},
     "amount",
     {{"certified_talent", TYPE_BOOL, 1, NULL}}},
    /* 1,000,000 an item */
    {"rules/subsidy/dalian/absorb-2023.cfg",
     {99 * WAN + 1, 101 * WAN},
     {99 * WAN + 1, 100 * WAN},
     "amount",
     {{"seller_kind", TYPE_CATEGORY, 0, "institute"}}},
    {"rules/subsidy/dalian/major-2023.cfg",
     {700 * WAN},
     {500 * WAN},
     "amount",
     {{"listed_major", TYPE_BOOL, 1, NULL}}},
    /* 10%, at most 5,000,000; nothing below an increment of 2,000,000 */
    {"rules/subsidy/liaoning/rd-increment-2018.cfg",
     {199 * WAN, 6000 * WAN},
     {0, 500 * WAN},
     "rd_increment",
     {{NULL, 0, 0, NULL}}},
    {"rules/subsidy/liaoning/agency-2018.cfg",
     {80 * WAN, 80 * WAN},
     {80 * WAN, 20 * WAN},
     "amount",
     {{"body", TYPE_CATEGORY, 0, "agency"}}},
    {"rules/subsidy/liaoning/agency-2018.cfg",
     {80 * WAN, 130 * WAN},
     {80 * WAN, 120 * WAN},
     "amount",
     {{"body", TYPE_CATEGORY, 0, "incubator"}}},
    /* 10% to 500,000 a year; above 5,000,000 of value 25% to 5,000,000 */
    {"rules/subsidy/suzhou/buyer.cfg",
     {300 * WAN, 400 * WAN, 3000 * WAN},
     {30 * WAN, 20 * WAN, 500 * WAN},
     "amount",
     {{NULL, 0, 0, NULL}}},
    /* 30,000 at 100,000,000 of the year, 10,000 each 50,000,000, 100,000 */
    {"rules/subsidy/sanming/registry-2023.cfg",
     {9000 * WAN, 2000 * WAN, 10000 * WAN, 90000 * WAN},
     {0, 3 * WAN, 2 * WAN, 5 * WAN},
     "amount",
     {{NULL, 0, 0, NULL}}},
    /* 0.5% to 30,000,000 of the year, 0.3% above, 1,000,000 a year */
    {"rules/subsidy/fuqing/seller-2024.cfg",
     {2000 * WAN, 2000 * WAN, 80000 * WAN},
     {10 * WAN, 8 * WAN, 82 * WAN},
     "amount",
     {{NULL, 0, 0, NULL}}},
    /* 10% of purchases of 200,000 or more a year, 200,000 a firm */
    {"rules/subsidy/fuqing/buyer-2024.cfg",
     {15 * WAN, 4 * WAN, WAN - 5}, /* 5 fen short; a tenth rounds to 20,000 */
     {0, 0, 0},
     "amount",
     {{NULL, 0, 0, NULL}}},
    {"rules/subsidy/fuqing/buyer-2024.cfg",
     {15 * WAN, 5 * WAN, 400 * WAN},
     {0, 20 * WAN / 10, 18 * WAN},
     "amount",
     {{NULL, 0, 0, NULL}}},
    /* 50,000 and 0.06% of 470,000,000 is 332,000: 200,000 an agency */
    {"rules/subsidy/fuqing/registry-2024.cfg",
     {50000 * WAN},
     {20 * WAN},
     "amount",
     {{"growth", TYPE_MONEY, 3000 * WAN, NULL}}},
    /* 40% of interest, 500,000 a firm, one loan */
    {"rules/subsidy/shandong/luke-interest-2023.cfg",
     {200 * WAN, 10 * WAN},
     {50 * WAN, 0},
     "interest_paid",
     {{"repaid_on_time", TYPE_BOOL, 1, NULL}}},
    {"rules/subsidy/shiyan/interest-2025.cfg",
     {30 * WAN, 30 * WAN},
     {30 * WAN, 20 * WAN},
     "interest_paid",
     {{NULL, 0, 0, NULL}}},
    /* 1.3% + 3 x 0.2% of 2,000,000,000 is 38,000,000: 30,000,000 a company */
    {"rules/subsidy/chongqing/guarantee-fee-2022.cfg",
     {200000 * WAN},
     {3000 * WAN},
     "volume",
     {{"batch_volume", TYPE_MONEY, 0, NULL},
      {"eligible_share", TYPE_RATIO, 950000000, NULL},
      {"small_share", TYPE_RATIO, 500000000, NULL},
      {"first_borrowers", TYPE_BOOL, 1, NULL},
      {"mean_fee", TYPE_RATIO, 10000000, NULL}}},
    {"rules/subsidy/chongqing/reguarantee-2022.cfg",
     {900000 * WAN, 200000 * WAN},
     {2700 * WAN, 300 * WAN},
     "share_amount",
     {{"customer_balance", TYPE_MONEY, 500 * WAN, NULL},
      {"fee", TYPE_RATIO, 3000000, NULL}}},
    /* 10% of a loss, 500,000; 30,000,000 an award */
    {"rules/subsidy/wuhan/venture-loss.cfg",
     {499 * WAN, 501 * WAN},
     {499 * WAN / 10, 50 * WAN},
     "loss",
     {{NULL, 0, 0, NULL}}},
    {"rules/subsidy/wuhan/selective-2024.cfg",
     {3001 * WAN},
     {3000 * WAN},
     "amount",
     {{"seller_kind", TYPE_CATEGORY, 0, "university"},
      {"team_share", TYPE_RATIO, 700000000, NULL},
      {"use_years", TYPE_REAL, 0, NULL}}},
    /* 1%, 100,000,000 of the city a year */
    {"rules/subsidy/wuhan/seller-award.cfg",
     {900000 * WAN, 200000 * WAN},
     {9000 * WAN, 1000 * WAN},
     "paid_amount",
     {{"seller_kind", TYPE_CATEGORY, 0, "university"}}},
};

/* The column of that name, there already or new. */
static Column *column_of(Case *c, Table *t, const char *name, FieldType type)
{
    Column *column;
    for (size_t k = 0; k < t->n; k++)
        if (strcmp(t->columns[k]->name, name) == 0)
            return t->columns[k];
    assert_int_equal(table_add(&column, t, name, type, "", &c->err), OK);
    return column;
}

static void fill_own(Case *c, Table *t, const Own *own)
{
    Column *column = column_of(c, t, own->name, own->type);
    for (size_t i = 0; i < t->rows; i++) {
        if (own->word != NULL)
            column->s[i] =
                texts_put(t->owner->texts, own->word, strlen(own->word));
        else if (own->type == TYPE_REAL)
            column->d[i] = (double)own->value;
        else
            column->i[i] = own->value;
    }
}

static void check(const Instrument *one)
{
    static const char *const ids[ROWS] = {"C1", "C2", "C3", "C4"};
    static const char *const days[ROWS] = {"-01-31", "-04-02", "-07-05",
                                           "-12-31"};
    Contract rows[ROWS];
    char text[ROWS][16];
    size_t n = 0;
    Case c = case_open();
    const char *year = strstr(one->path, "2025") != NULL   ? "2025"
                       : strstr(one->path, "2018") != NULL ? "2018"
                                                           : "2024";
    for (; n < ROWS && one->amount[n] > 0; n++) {
        snprintf(text[n], sizeof text[n], "%s%s", year, days[n]);
        rows[n] = (Contract){ids[n], "F1", text[n], one->amount[n],
                             "a",    NULL, NULL,    1};
    }
    Policy *policy = case_rules(&c, one->path);
    Table *t = case_contracts(&c, "contracts", rows, n);
    Column *input = column_of(&c, t, one->input, TYPE_MONEY);
    for (size_t i = 0; i < n; i++)
        input->i[i] = one->amount[i];
    for (size_t k = 0; k < OWN && one->own[k].name != NULL; k++)
        fill_own(&c, t, &one->own[k]);
    assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c.err), OK);
    for (size_t i = 0; i < n; i++)
        if (case_fen(t, "paid", i) != one->paid[i])
            fail_msg("%s, row %zu: paid %lld, not %lld", one->path, i,
                     (long long)case_fen(t, "paid", i),
                     (long long)one->paid[i]);
    arena_free(c.arena);
}

static void limits_let_through_what_the_articles_say(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(instruments); k++)
        check(&instruments[k]);
}

/* 5% of 1,234,567.90 is 61,728.40 (61,728.395): half from each. */
static void shenyang_gives_half_back_to_the_district(void **state)
{
    (void)state;
    Case c = case_open();
    const Contract one[] = {
        {"C1", "F1", "2018-06-01", 123456790, "a", NULL, NULL, 1}};
    const Own own = {"certified_talent", TYPE_BOOL, 1, NULL};
    Policy *policy = case_rules(&c, "rules/subsidy/shenyang/buyer-2018.cfg");
    Table *t = case_contracts(&c, "contracts", one, 1);
    fill_own(&c, t, &own);
    assert_int_equal(subsidy_apply(t, policy, (Date){19723}, &c.err), OK);
    assert_int_equal(case_fen(t, "paid", 0), 6172840);
    assert_int_equal(case_fen(t, "paid_district", 0), 3086420);
    assert_int_equal(case_fen(t, "paid_city", 0), 3086420);
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_let_through_what_the_articles_say),
        cmocka_unit_test(shenyang_gives_half_back_to_the_district),
    };
    return RUN(tests);
}
