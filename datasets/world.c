#include "world.h"

#include "data/ids.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

const char *const county_names[COUNTIES] = {"曾都", "随县", "广水", "高新区"};

const char *const bank_names[BANKS] = {"甲银行", "乙银行", "丙银行",
                                       "丁银行", "戊银行", "己银行"};

/* Royalties: UNIDO's ranges on sales by industry.  Weights, revenue a head and
 * R&D: see ORIGIN.md. */
const struct Industry industries[INDUSTRIES] = {
    {"A01", 6, 420, 0.020, 0.010, 0.025},
    {"C13", 8, 900, 0.015, 0.010, 0.025},
    {"C26", 8, 1100, 0.030, 0.020, 0.035},
    {"C27", 6, 800, 0.060, 0.025, 0.040},
    {"C34", 11, 650, 0.040, 0.015, 0.030},
    {"C35", 13, 700, 0.045, 0.015, 0.030},
    {"C36", 16, 950, 0.032, 0.045, 0.060},
    {"C38", 9, 850, 0.042, 0.030, 0.045},
    {"C39", 8, 720, 0.065, 0.070, 0.100},
    {"I65", 8, 380, 0.110, 0.050, 0.060},
    {"M73", 4, 350, 0.120, 0.040, 0.055},
    {"M75", 3, 330, 0.070, 0.030, 0.050},
};

/* The ninth character of an organisation code.  Source: GB 11714-1997. */
static char organisation_check(const char text8[8])
{
    static const int weights[8] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < 8; i++)
        sum += weights[i] *
               (text8[i] <= '9' ? text8[i] - '0' : text8[i] - 'A' + 10);
    int check = 11 - sum % 11;
    return check == 11 ? '0' : check == 10 ? 'X' : (char)('0' + check);
}

void code_of(char out[FIRM_ID], int kind, int county, int number)
{
    char text[32];
    snprintf(text, sizeof text, "%02d99000%dMA%06d", kind, county + 1, number);
    memcpy(out, text, 16);
    out[16] = organisation_check(out + 8);
    out[17] = ids_uscc_check_char(out);
    out[18] = '\0';
    assert(ids_check_uscc(out, 18) == NULL);
}

Firm firm_of(int number)
{
    static const int county_weights[COUNTIES] = {34, 22, 26, 18};
    int weights[INDUSTRIES];
    for (int i = 0; i < INDUSTRIES; i++)
        weights[i] = industries[i].weight;
    Draw d = draw_at(SUBJECT_FIRM, number);
    Firm f = {.number = number};
    f.county = draw_pick(&d, county_weights, COUNTIES);
    f.industry = draw_pick(&d, weights, INDUSTRIES);
    f.size = draw_normal(&d);
    f.quality = draw_normal(&d);
    code_of(f.id, 91, f.county, number);
    snprintf(f.name, sizeof f.name, "示例企业%05d", number);
    f.employees = (int)clamp(45 * draw_exp(1.05 * f.size), 3, 2000);
    f.revenue = f.employees * 1000 * industries[f.industry].revenue *
                draw_exp(0.5 * draw_normal(&d) + 0.1 * f.quality);
    double research = draw_normal(&d);
    f.research = clamp(industries[f.industry].research *
                           draw_exp(0.6 * research + 0.15 * f.quality),
                       0, 0.15);
    if (draw_chance(&d, 0.06))
        f.research = 0;
    double staff = draw_logistic(-1.5 + 0.55 * research + 8 * f.research +
                                 0.5 * draw_normal(&d));
    f.research_staff = (int)(f.employees * clamp(staff, 0, 0.6));
    return f;
}

/* Lower bounds of large, medium and small firms; 0: no bound. */
static const struct {
    const char *code; /* of the industry, or how it begins */
    int staff[3];
    double revenue[3]; /* yuan */
} bounds[] = {{"A", {0, 0, 0}, {2e8, 5e6, 5e5}},
              {"C", {1000, 300, 20}, {4e8, 2e7, 3e6}},
              {"I65", {300, 100, 10}, {1e8, 1e7, 5e5}},
              {"M", {300, 100, 10}, {0, 0, 0}}};

const char *size_class_of(const Firm *f)
{
    static const char *const classes[] = {"large", "medium", "small", "micro"};
    const char *code = industries[f->industry].code;
    size_t i = 0, k = 0;
    while (strncmp(bounds[i].code, code, strlen(bounds[i].code)) != 0)
        i++;
    while (k < 3 && (f->employees < bounds[i].staff[k] ||
                     f->revenue < bounds[i].revenue[k]))
        k++;
    return classes[k];
}

int group_of(const Firm *f)
{
    enum { GROUPS = 80 };
    Draw d = draw_at(SUBJECT_GROUP, f->number);
    return draw_chance(&d, 0.025) ? draw_count(&d, 1, GROUPS) : 0;
}
