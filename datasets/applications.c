/* applications.csv and ip_rights.csv: firms that ask for a loan in 2025, and
 * the rights they could pledge. */
#include "files.h"

#include <string.h>

enum { APPLICANTS = 2850, MONTH = 30 };

typedef struct {
    Firm firm;
    Draw dice; /* of the application */
    char id[16];
    int is_pledge; /* ip-pledge-loan, else kechuang-danbao-dai */
    Date applied;
    int nrights;
    Right rights[RIGHTS_MAX];
} Application;

static Date day_of(int year, int month, int day)
{
    return date_of((DateParts){year, month, day});
}

/* The dice of application i, and whether it asks for a loan against rights:
 * firms that come a second time ask for the other product. */
static Draw dice_of(int *is_pledge, int i)
{
    Draw d = draw_at(SUBJECT_APPLICATION, i);
    *is_pledge = draw_chance(&d, 0.3) && i < APPLICANTS;
    return d;
}

static void application_of(Application *a, int i)
{
    int number = i < APPLICANTS ? i + 1 : (i - APPLICANTS) * 19 + 7;
    *a = (Application){.firm = firm_of(number)};
    a->dice = dice_of(&a->is_pledge, i);
    snprintf(a->id, sizeof a->id, "A%06d", i + 1);
    a->applied =
        (Date){day_between(&a->dice, day_of(2025, 1, 2), day_of(2025, 12, 26))};
    int pledges; /* the firm's first application does: it has a right */
    dice_of(&pledges, number - 1);
    a->nrights = rights_of(a->rights, &a->firm, day_of(2025, 12, 31), pledges);
}

/* What the firm would pay in a year for its rights, were they another's. */
static double royalties(const Application *a)
{
    double sum = 0;
    for (int i = 0; i < a->nrights; i++)
        sum += a->rights[i].revenue * a->rights[i].royalty;
    return sum;
}

/* Shares of revenue: what the firm can carry; against rights, about what they
 * earn in a year; in hundred thousands. */
static Money asked(Application *a)
{
    double dice = draw_normal(&a->dice), yuan;
    if (a->is_pledge)
        yuan = clamp(royalties(a) * draw_exp(0.6 * dice), 3e5, 5e6);
    else
        yuan = clamp(
            draw_lognormal(3900000, 0.95, 0.75 * a->firm.size + 0.66 * dice),
            5e5, 3.5e7);
    return amount_of(yuan, 100000);
}

typedef struct {
    Money revenue, revenue_prev, hightech, main_business, research,
        research_prev, cost, assets, liabilities, net, net_prev, profit, cash,
        interest, credit, guaranteed;
} Books;

static Money less(Money a, Money b)
{
    return (Money){a.fen - b.fen};
}

/* A year's accounts that add up: assets = liabilities + net assets. */
static Books books_of(Application *a)
{
    Draw *d = &a->dice;
    double q = a->firm.quality, revenue = a->firm.revenue;
    double growth = clamp(0.08 + 0.06 * q + 0.18 * draw_normal(d), -0.6, 1.5);
    double margin = clamp(0.06 + 0.03 * q + 0.05 * draw_normal(d), -0.4, 0.3);
    double assets = revenue * 0.95 * draw_exp(0.45 * draw_normal(d));
    double debt = draw_logistic(-0.1 - 0.45 * q + 0.7 * draw_normal(d));
    double hightech =
        draw_logistic(0.4 + 12 * a->firm.research + draw_normal(d));
    double main_part = clamp(0.9 + 0.08 * draw_normal(d), 0.45, 1);
    double research_growth = draw_between(d, 0.75, 1.1);
    double cash = margin + 0.02 + 0.05 * draw_normal(d);
    double interest = draw_between(d, 0.035, 0.055);
    /* half of such firms have bank credit, a third of those guaranteed */
    double credit = draw_chance(d, 0.502) ? draw_between(d, 0.04, 0.30) : 0;
    double covered = draw_chance(d, 0.3) ? draw_between(d, 0.2, 0.7) : 0;
    double before = revenue / (1 + growth);
    Books b = {
        .revenue = amount_of(revenue, 0.01),
        .revenue_prev = amount_of(before, 0.01),
        .hightech = amount_of(revenue * hightech, 0.01),
        .main_business = amount_of(revenue * main_part, 0.01),
        .research = amount_of(revenue * a->firm.research, 0.01),
        .research_prev =
            amount_of(before * a->firm.research * research_growth, 0.01),
        .cost = amount_of(revenue * (1 - 1.15 * margin), 0.01),
        .assets = amount_of(assets, 0.01),
        .liabilities = amount_of(assets * debt, 0.01),
        .profit = amount_of(revenue * margin, 0.01),
        .cash = amount_of(revenue * cash, 0.01),
        .credit = amount_of(revenue * credit, 10000),
        .interest = amount_of(revenue * credit * interest, 0.01),
        .guaranteed = amount_of(revenue * credit * covered, 10000),
    };
    b.net = less(b.assets, b.liabilities);
    b.net_prev = less(b.net, amount_of(revenue * margin * 0.8, 0.01));
    return b;
}

/* Titles go with research and quality: how much is needed, and how many of
 * those who have that much hold the title. */
static const char *titles_of(char out[200], Application *a)
{
    static const struct {
        const char *name;
        double needs, chance;
    } titles[] = {
        {"tech_sme", -0.1, 1.00},        {"innovative_sme", 0.3, 0.40},
        {"points_selected", 0.5, 0.35},  {"hnte", 0.75, 1.00},
        {"ip_advantage", 1.0, 0.20},     {"srdi", 1.1, 0.45},
        {"national_project", 1.5, 0.08}, {"little_giant", 1.9, 0.35},
    };
    const Firm *f = &a->firm;
    double z =
        14 * f->research + 0.3 * f->quality + 0.8 * draw_normal(&a->dice);
    int is_sme = f->employees <= 500 && f->revenue <= 2e8;
    size_t n = 0;
    out[0] = '\0';
    for (int i = 0; i < 8; i++) {
        int lucky = draw_chance(&a->dice, titles[i].chance);
        if (lucky && z > titles[i].needs && (i > 0 || is_sme))
            n += (size_t)snprintf(out + n, 200 - n, "%s%s", n > 0 ? ";" : "",
                                  titles[i].name);
    }
    return n > 0 ? out : NULL;
}

static const char *tax_grade(Application *a)
{
    static const char *const names[] = {"A", "B", "M", "C", "D"};
    double z = a->firm.quality + draw_normal(&a->dice);
    if (draw_chance(&a->dice, 0.15))
        return "M"; /* too young to be graded otherwise */
    return names[z > 1.0 ? 0 : z > -1.8 ? 1 : z > -2.6 ? 3 : 4];
}

static Date founded_on(Application *a)
{
    double years = 0.4 + 9 * draw_exp(0.4 * a->firm.size +
                                      0.5 * draw_normal(&a->dice) - 0.2);
    return day_plus(a->applied, -(int)(365.25 * clamp(years, 0.3, 40)));
}

static int count_rights(const Application *a, int class)
{
    int n = 0;
    for (int i = 0; i < a->nrights; i++)
        n += right_class(&a->rights[i]) == class && !a->rights[i].disputed &&
             strcmp(a->rights[i].status, "in_force") == 0;
    return n;
}

/* The figures of the accounts; `gap` is the cell a clerk left empty, or -1. */
static void accounts_cells(Sheet *s, const Books *b, int gap)
{
    sheet_money(s, FIELD_revenue, b->revenue, gap == 0);
    sheet_money(s, FIELD_revenue_prev, b->revenue_prev, gap == 1);
    sheet_money(s, FIELD_hightech_revenue, b->hightech, 0);
    sheet_money(s, FIELD_main_business_revenue, b->main_business, 0);
    sheet_money(s, FIELD_rd_expense, b->research, gap == 2);
    sheet_money(s, FIELD_rd_expense_prev, b->research_prev, 0);
    sheet_money(s, FIELD_total_cost, b->cost, 0);
    sheet_money(s, FIELD_total_assets, b->assets, gap == 3);
    sheet_money(s, FIELD_total_liabilities, b->liabilities, gap == 4);
    sheet_money(s, FIELD_net_assets, b->net, gap == 3 || gap == 4);
    sheet_money(s, FIELD_net_assets_prev, b->net_prev, gap == 3);
    sheet_money(s, FIELD_net_profit, b->profit, 0);
    sheet_money(s, FIELD_operating_cash_flow, b->cash, gap == 5);
    sheet_money(s, FIELD_interest_expense, b->interest, 0);
    sheet_money(s, FIELD_credit_outstanding, b->credit, 0);
    sheet_money(s, FIELD_guarantee_outstanding, b->guaranteed, 0);
}

/* Standing with the tax office and the banks, and the owner's changes. */
static void standing_cells(Sheet *s, Application *a)
{
    Draw *d = &a->dice;
    char titles[200];
    sheet_text(s, FIELD_titles, titles_of(titles, a));
    sheet_text(s, FIELD_tax_credit_grade, tax_grade(a));
    int overdue = draw_chance(d, 0.02) ? draw_count(d, 1, 120) : 0;
    sheet_count(s, FIELD_overdue_days, overdue, 0);
    sheet_bool(s, FIELD_past_default,
               draw_chance(d, 0.03 * draw_exp(-0.5 * a->firm.quality)), 0);
    int recent = draw_chance(d, 0.03), old = draw_chance(d, 0.05);
    int back = recent ? draw_count(d, 5, 6 * MONTH)
                      : draw_count(d, 7 * MONTH, 60 * MONTH);
    sheet_date(s, FIELD_owner_changed_on, day_plus(a->applied, -back),
               !recent && !old);
}

void application_row(Sheet *s, int i)
{
    static const int terms[] = {12, 18, 24, 36, 60},
                     weights[] = {60, 5, 15, 18, 2};
    static const int short_terms[] = {6, 12, 24, 36},
                     short_weights[] = {10, 65, 15, 10};
    Application a;
    application_of(&a, i);
    Draw *d = &a.dice;
    int gap = draw_chance(d, 0.04) ? draw_count(d, 0, 7) : -1;
    sheet_text(s, FIELD_application_id, a.id);
    sheet_text(s, FIELD_firm_id, a.firm.id);
    sheet_text(s, FIELD_firm_name, a.firm.name);
    sheet_text(s, FIELD_product,
               a.is_pledge ? "ip-pledge-loan" : "kechuang-danbao-dai");
    sheet_money(s, FIELD_amount, asked(&a), 0);
    sheet_count(s, FIELD_term_months,
                a.is_pledge ? short_terms[draw_pick(d, short_weights, 4)]
                            : terms[draw_pick(d, weights, 5)],
                0);
    sheet_date(s, FIELD_applied_on, a.applied, 0);
    sheet_text(s, FIELD_county, county_names[a.firm.county]);
    sheet_text(s, FIELD_industry, industries[a.firm.industry].code);
    sheet_date(s, FIELD_founded_on, founded_on(&a), gap == 6);
    sheet_count(s, FIELD_employees, a.firm.employees, gap == 7);
    sheet_count(s, FIELD_rd_staff, a.firm.research_staff, 0);
    sheet_count(s, FIELD_postgraduates,
                (int)(a.firm.research_staff * draw_between(d, 0, 0.3)), 0);
    Books books = books_of(&a);
    accounts_cells(s, &books, gap);
    standing_cells(s, &a);
    sheet_count(s, FIELD_ip_class1, count_rights(&a, 1), 0);
    sheet_count(s, FIELD_ip_class2, count_rights(&a, 2), 0);
    double collateral =
        (double)books.assets.fen / 100 * draw_between(d, 0.02, 0.15);
    sheet_money(s, FIELD_collateral_value, amount_of(collateral, 10000),
                !draw_chance(d, a.is_pledge ? 0.1 : 0.3));
    double lpr = a.applied.days < day_of(2025, 5, 20).days ? 0.031 : 0.030;
    sheet_percent(s, FIELD_rate,
                  lpr + clamp(0.005 + 0.0025 * draw_normal(d), 0.0005, 0.02), 2,
                  0);
}

static void right_row(Sheet *s, const Application *a, const Right *r)
{
    sheet_text(s, FIELD_application_id, a->id);
    sheet_text(s, FIELD_ip_id, r->id);
    sheet_text(s, FIELD_kind, kind_names[r->kind]);
    sheet_count(s, FIELD_ip_class, right_class(r), right_class(r) == 0);
    sheet_date(s, FIELD_filed_on, r->filed, 0);
    sheet_date(s, FIELD_granted_on, r->granted, !r->is_granted);
    sheet_text(s, FIELD_status, r->status);
    sheet_date(s, FIELD_fee_paid_until, r->fee_until, !r->has_fee);
    sheet_count(s, FIELD_owners, r->owners, 0);
    sheet_bool(s, FIELD_pledged, r->pledged, 0);
    sheet_bool(s, FIELD_disputed, r->disputed, 0);
    sheet_count(s, FIELD_claims, r->claims, r->kind > KIND_DESIGN);
    sheet_count(s, FIELD_citations, r->citations, r->kind > KIND_DESIGN);
    sheet_count(s, FIELD_family, r->family, r->kind > KIND_DESIGN);
    sheet_money(s, FIELD_revenue, amount_of(r->revenue, 0.01), 0);
    sheet_percent(s, FIELD_revenue_growth, r->growth, 1, 0);
    sheet_percent(s, FIELD_royalty_rate, r->royalty, 2, !r->has_royalty);
    sheet_money(s, FIELD_appraised_value, r->value, !r->has_value);
    sheet_date(s, FIELD_appraised_on, r->appraised_on, !r->has_value);
}

void rights_rows(Sheet *s, int i)
{
    Application a;
    application_of(&a, i);
    if (s->in_header) {
        right_row(s, &a, &a.rights[0]);
        return;
    }
    for (int k = 0; k < a.nrights && i < APPLICANTS; k++) {
        if (k > 0)
            sheet_end_row(s);
        right_row(s, &a, &a.rights[k]);
    }
}
