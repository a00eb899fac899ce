#include "credit/valuation.h"

#include "core/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The place in words[n] of a child's text, 0 when it is missing. */
static int read_word(const Doc *group, const char *name,
                     const char *const words[], size_t n, QuantityScope *s)
{
    const char *text = words[0];
    if (!doc_text(&text, group, name, 1, &s->r))
        return 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], text) == 0)
            return (int)i;
    char way_out[80];
    const char *near = text_nearest(text, words, n);
    if (near != NULL)
        snprintf(way_out, sizeof way_out, tr("did you mean '%s'?"), near);
    doc_fault(doc_get(group, name), 0, "this is none of the words known here",
              near != NULL ? way_out : NULL, &s->r);
    return 0;
}

static void read_step(FeeStep *out, const Doc *d, QuantityScope *s)
{
    static const char *const names[] = {"upto", "fee"};
    out->upto = INT64_MAX;
    if (d->kind != DOC_GROUP) {
        doc_fault(d, 0, "a group { upto; fee } was expected here", NULL, &s->r);
        return;
    }
    doc_only(d, names, 2, &s->r);
    (void)doc_count(&out->upto, d, "upto", 1, &s->r);
    (void)quantity_read(&out->fee, s, d, "fee", QUANTITY_MONEY, NULL);
}

static void *take(QuantityScope *s, size_t n, size_t size)
{
    void *items = arena_alloc(s->arena, n, size);
    if (items == NULL)
        s->r.failed = 1; /* and no fault: out of memory */
    return items;
}

static void read_fee_table(FeeTable *out, const Doc *d, QuantityScope *s)
{
    static const char *const names[] = {"kind", "steps", "cite"};
    const Doc *steps = doc_get(d, "steps");
    if (steps == NULL || steps->kind != DOC_LIST) {
        doc_fault(d, 0, "a group { kind; steps = ( ... ) } was expected here",
                  NULL, &s->r);
        return;
    }
    doc_only(d, names, 3, &s->r);
    (void)doc_text(&out->kind, d, "kind", 0, &s->r);
    out->node = d;
    out->steps = take(s, steps->n, sizeof *out->steps);
    if (out->steps == NULL)
        return;
    for (const Doc *step = steps->first; step != NULL; step = step->next)
        read_step(&out->steps[out->n++], step, s);
}

static void read_fees(Valuation *v, const Doc *section, QuantityScope *s)
{
    const Doc *fees = doc_get(section, "fees");
    if (fees == NULL)
        return;
    if (fees->kind != DOC_LIST) {
        doc_fault(fees, 0, "a list ( ) was expected here", NULL, &s->r);
        return;
    }
    v->fees = take(s, fees->n, sizeof *v->fees);
    if (v->fees == NULL)
        return;
    for (const Doc *d = fees->first; d != NULL; d = d->next)
        read_fee_table(&v->fees[v->n++], d, s);
}

static void read_figures(Valuation *v, const Doc *d, QuantityScope *s)
{
    static const double none = 0, year = 12, no_term = NAN;
    (void)quantity_read(&v->revenue, s, d, "revenue", QUANTITY_MONEY, NULL);
    (void)quantity_read(&v->growth, s, d, "growth", QUANTITY_RATE, &none);
    (void)quantity_read(&v->tax, s, d, "tax", QUANTITY_RATE, &none);
    (void)quantity_read(&v->haircut, s, d, "haircut", QUANTITY_RATE, NULL);
    (void)quantity_read(&v->legal_years, s, d, "legal_years", QUANTITY_NUMBER,
                        &no_term);
    (void)quantity_read(&v->economic_years, s, d, "economic_years",
                        QUANTITY_NUMBER, NULL);
    (void)quantity_read(&v->appraisal_months, s, d, "appraisal_months",
                        QUANTITY_NUMBER, &year);
    (void)quantities_read(&v->royalty, s, d, "royalty", QUANTITY_RATE, 0);
    (void)quantities_read(&v->discount, s, d, "discount", QUANTITY_RATE, 0);
}

ErrCode valuation_read(Valuation **out, const Doc *section, QuantityScope *s,
                       Err *err)
{
    static const char *const names[] = {
        "revenue",       "growth", "royalty",     "discount",
        "tax",           "timing", "legal_years", "economic_years",
        "economic_from", "fees",   "use",         "appraisal_months",
        "haircut",       "cite"};
    static const char *const timings[] = {"end_of_year", "mid_year"};
    static const char *const froms[] = {"valuation", "filing"};
    static const char *const uses[] = {"income", "min", "appraisal"};
    Valuation *v = arena_alloc(s->arena, 1, sizeof *v);
    if (v == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a policy's section");
    v->node = section;
    doc_only(section, names, sizeof names / sizeof *names, &s->r);
    read_figures(v, section, s);
    read_fees(v, section, s);
    v->timing = (ReliefTiming)read_word(section, "timing", timings, 2, s);
    v->from_filing = read_word(section, "economic_from", froms, 2, s);
    v->use = (ValuationUse)read_word(section, "use", uses, 3, s);
    v->kind = table_field(s->table, FIELD_kind);
    v->filed_on = table_field(s->table, FIELD_filed_on);
    v->appraised_value = table_field(s->table, FIELD_appraised_value);
    v->appraised_on = table_field(s->table, FIELD_appraised_on);
    ErrCode rc = quantity_end(s, err);
    if (rc == OK)
        *out = v;
    return rc;
}

static int64_t int_at(const Column *c, size_t row)
{
    return c != NULL ? c->i[row] : NULL_INT;
}

/* Whole months since filing; NULL_INT when that is not known. */
static int64_t age_of(const Valuation *v, size_t row, Date day)
{
    int64_t filed = int_at(v->filed_on, row);
    return filed == NULL_INT ? NULL_INT
                             : date_months((Date){(int32_t)filed}, day);
}

/* Months of life that are left; NaN when the terms need a filing day. */
static void count_months(ValuationParts *p, const Valuation *v, size_t row)
{
    double age = p->age == NULL_INT ? (double)NAN : (double)p->age;
    p->legal = floor(quantity_at(&v->legal_years, row) * 12);
    p->economic = floor(quantity_at(&v->economic_years, row) * 12);
    int is_open = isnan(p->legal);
    p->legal -= age;
    if (v->from_filing)
        p->economic -= age;
    p->months = p->economic;
    if (!is_open && !(p->legal >= p->months))
        p->months = p->legal;
    if (isnan(p->economic))
        p->months = (double)NAN;
    if (isnan(p->months))
        return;
    if (p->months > 12 * RELIEF_YEARS)
        p->months = 12 * RELIEF_YEARS;
    p->months = p->months > 0 ? p->months : 0;
}

static const FeeTable *fee_table(const Valuation *v, size_t row)
{
    const char *kind = v->kind != NULL ? v->kind->s[row] : NULL;
    for (size_t i = 0; i < v->n && kind != NULL; i++)
        if (strcmp(v->fees[i].kind, kind) == 0)
            return &v->fees[i];
    return NULL;
}

/* Fees of year 1, 2 ... from the day on: due at the anniversaries of filing
 * that are lived to see, for the year of the right that begins then. */
static size_t fees_due(ValuationParts *p, size_t row)
{
    const FeeTable *t = p->table;
    size_t n = 0;
    if (t == NULL || p->age == NULL_INT || p->age < 0)
        return 0;
    while (n < RELIEF_YEARS &&
           12.0 * (double)(n + 1) - (double)(p->age % 12) < p->months) {
        int64_t year = p->age / 12 + 2 + (int64_t)n;
        size_t k = 0;
        while (k < t->n && t->steps[k].upto < year)
            k++;
        p->fees[n++] = k < t->n ? quantity_at(&t->steps[k].fee, row) : 0;
    }
    return n;
}

static double income_of(ValuationParts *p, const Valuation *v, size_t row)
{
    double value = (double)NAN;
    p->table = fee_table(v, row);
    p->relief = (ReliefCase){
        .revenue = quantity_at(&v->revenue, row),
        .growth = quantity_at(&v->growth, row),
        .royalty = quantities_sum(&v->royalty, row),
        .discount = quantities_sum(&v->discount, row),
        .tax = quantity_at(&v->tax, row),
        .years = p->months / 12,
        .fees = p->fees,
        .timing = v->timing,
    };
    p->relief.n_fees = fees_due(p, row);
    if (relief_value(&value, NULL, &p->relief, NULL) != OK)
        return (double)NAN;
    return value > 0 ? value : value <= 0 ? 0 : (double)NAN;
}

/* The appraiser's figure while it is recent enough; NaN otherwise. */
static double appraisal_of(const Valuation *v, size_t row, Date day)
{
    int64_t fen = int_at(v->appraised_value, row);
    int64_t on = int_at(v->appraised_on, row);
    if (fen == NULL_INT || on == NULL_INT || on > day.days)
        return (double)NAN;
    int age = date_months((Date){(int32_t)on}, day);
    return age <= quantity_at(&v->appraisal_months, row) ? (double)fen / 100
                                                         : (double)NAN;
}

void valuation_parts(ValuationParts *p, const Valuation *v, size_t row,
                     Date day)
{
    p->age = age_of(v, row, day);
    count_months(p, v, row);
    p->income = p->value = income_of(p, v, row);
    p->appraisal = appraisal_of(v, row, day);
    if (v->use == USE_APPRAISAL)
        p->value = p->appraisal;
    else if (v->use == USE_MIN && !(p->income <= p->appraisal) &&
             !isnan(p->appraisal))
        p->value = p->appraisal;
    p->haircut = quantity_at(&v->haircut, row);
    if (!(p->haircut >= 0 && p->haircut <= 1))
        p->haircut = (double)NAN;
}

ValuationResult valuation_of(const Valuation *v, size_t row, Date day)
{
    ValuationParts p;
    valuation_parts(&p, v, row, day);
    return (ValuationResult){p.months / 12, p.value, p.value * (1 - p.haircut)};
}
