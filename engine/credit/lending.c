#include "credit/lending.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

static const double zero = 0;

/* The groups of a list of at most SECTIONS_ITEMS; a missing list has none. */
static const Doc *items_of(const Doc *section, const char *name,
                           QuantityScope *s)
{
    const Doc *list = doc_get(section, name);
    if (list == NULL)
        return NULL;
    if (list->kind != DOC_LIST || list->n > SECTIONS_ITEMS) {
        doc_fault(list, 0, "a list ( ) of at most 16 was expected here", NULL,
                  &s->r);
        return NULL;
    }
    for (const Doc *d = list->first; d != NULL; d = d->next)
        if (d->kind != DOC_GROUP) {
            doc_fault(d, 0, "a group { } was expected here", NULL, &s->r);
            return NULL;
        }
    return list->first;
}

static void read_sources(Lending *l, const Doc *section, QuantityScope *s)
{
    static const char *const names[] = {"id",   "title",  "value", "haircut",
                                        "cost", "months", "cite"};
    const Doc *d = items_of(section, "sources", s);
    for (; d != NULL; d = d->next) {
        Realised *it = &l->realised[l->n_realised++];
        it->node = d;
        doc_only(d, names, sizeof names / sizeof *names, &s->r);
        (void)quantity_read(&it->value, s, d, "value", QUANTITY_MONEY, NULL);
        (void)quantity_read(&it->haircut, s, d, "haircut", QUANTITY_RATE,
                            &zero);
        (void)quantity_read(&it->cost, s, d, "cost", QUANTITY_RATE, &zero);
        (void)quantity_read(&it->months, s, d, "months", QUANTITY_NUMBER,
                            &zero);
    }
}

static void read_recovery(Lending *l, const Doc *d, QuantityScope *s)
{
    static const char *const names[] = {
        "exposure", "covered",          "covered_months", "unsecured", "floor",
        "sources",  "unsecured_months", "discount",       "cite"};
    doc_only(d, names, sizeof names / sizeof *names, &s->r);
    (void)quantities_read(&l->exposure, s, d, "exposure", QUANTITY_MONEY, 0);
    (void)quantity_read(&l->covered, s, d, "covered", QUANTITY_RATE, &zero);
    (void)quantity_read(&l->covered_months, s, d, "covered_months",
                        QUANTITY_NUMBER, &zero);
    (void)quantity_read(&l->unsecured, s, d, "unsecured", QUANTITY_RATE, &zero);
    (void)quantity_read(&l->unsecured_months, s, d, "unsecured_months",
                        QUANTITY_NUMBER, &zero);
    (void)quantity_read(&l->discount, s, d, "discount", QUANTITY_RATE, NULL);
    (void)quantity_read(&l->floor, s, d, "floor", QUANTITY_RATE, &zero);
    read_sources(l, d, s);
}

static void read_price(Lending *l, const Doc *d, QuantityScope *s)
{
    static const char *const names[] = {"step", "parts", "cite"};
    static const char *const parts[] = {"id", "title", "product", "cite"};
    doc_only(d, names, sizeof names / sizeof *names, &s->r);
    (void)quantity_read(&l->step, s, d, "step", QUANTITY_RATE, &zero);
    const Doc *part = items_of(d, "parts", s);
    if (part == NULL)
        doc_fault(d, 0, "a price has no parts", tr("list them under parts"),
                  &s->r);
    for (; part != NULL; part = part->next) {
        doc_only(part, parts, sizeof parts / sizeof *parts, &s->r);
        l->parts[l->n_parts].node = part;
        (void)quantities_read(&l->parts[l->n_parts++].product, s, part,
                              "product", QUANTITY_RATE, 0);
    }
}

/* The outcome a child names; `out` stays when it is missing. */
static void read_outcome_word(Outcome *out, const Doc *d, const char *name,
                              QuantityScope *s)
{
    const char *text = NULL;
    if (!doc_text(&text, d, name, 1, &s->r) || text == NULL)
        return;
    for (int i = OUTCOME_APPROVE; i <= OUTCOME_DECLINE; i++)
        if (strcmp(outcome_word((Outcome)i), text) == 0) {
            *out = (Outcome)i;
            return;
        }
    doc_fault(doc_get(d, name), 0, "this is no outcome",
              tr("write \"approve\", \"refer\" or \"decline\""), &s->r);
}

static void read_grades(Lending *l, const Doc *section, const char *name,
                        Outcome outcome, QuantityScope *s)
{
    const Doc *list = doc_get(section, name);
    if (list == NULL)
        return;
    if (list->kind != DOC_LIST)
        doc_fault(list, 0, "a list ( ) of grades was expected here", NULL,
                  &s->r);
    for (const Doc *d = list->first; d != NULL; d = d->next)
        if (d->kind != DOC_TEXT || l->n_grades == SECTIONS_GRADES) {
            doc_fault(d, 0, "a grade in quotes, at most 32, was expected here",
                      NULL, &s->r);
        } else {
            l->grades[l->n_grades].grade = d->text;
            l->grades[l->n_grades++].outcome = outcome;
        }
}

static void read_outcome(Lending *l, const Doc *d, QuantityScope *s)
{
    static const char *const names[] = {
        "grade",       "decline",     "refer",           "limit_floor",
        "limit_short", "price_short", "reasons_at_most", "cite"};
    const char *grade = NULL;
    int64_t reasons = 4;
    l->rules = (OutcomeRules){{0}, OUTCOME_REFER, OUTCOME_APPROVE};
    doc_only(d, names, sizeof names / sizeof *names, &s->r);
    if (doc_text(&grade, d, "grade", 0, &s->r)) {
        l->grade = table_find(s->table, grade);
        if (l->grade == NULL ||
            (l->grade->type != TYPE_CATEGORY && l->grade->type != TYPE_TEXT))
            doc_fault(doc_get(d, "grade"), 0, "this is no column of words",
                      tr("list it under outputs"), &s->r);
    }
    read_grades(l, d, "refer", OUTCOME_REFER, s);
    read_grades(l, d, "decline", OUTCOME_DECLINE, s);
    (void)doc_money(&l->rules.limit_floor, d, "limit_floor", 1, &s->r);
    read_outcome_word(&l->rules.limit_short, d, "limit_short", s);
    read_outcome_word(&l->rules.price_short, d, "price_short", s);
    if (doc_count(&reasons, d, "reasons_at_most", 1, &s->r) &&
        (reasons < 1 || reasons > LENDING_REASONS))
        doc_fault(doc_get(d, "reasons_at_most"), 0,
                  tr("the number of reasons is not in 1 to 16"), NULL, &s->r);
    l->reasons = (size_t)reasons;
}

ErrCode lending_read(Lending **out, LendingSections sections, QuantityScope *s,
                     Err *err)
{
    Lending *l = arena_alloc(s->arena, 1, sizeof *l);
    if (l == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a policy's sections");
    l->recovery = sections.recovery;
    l->price = sections.price;
    l->outcome = sections.outcome;
    if (sections.recovery != NULL)
        read_recovery(l, sections.recovery, s);
    if (sections.price != NULL)
        read_price(l, sections.price, s);
    read_outcome(l, sections.outcome, s);
    ErrCode rc = quantity_end(s, err);
    if (rc == OK)
        *out = l;
    return rc;
}

double lending_exposure(const Lending *l, size_t row)
{
    double ead = quantities_least(&l->exposure, row);
    return ead > 0 || isnan(ead) ? ead : 0;
}

RecoveryCase lending_case(Lending *l, RecoverySource sources[SECTIONS_ITEMS],
                          size_t row, double ead)
{
    for (size_t i = 0; i < l->n_realised; i++) {
        const Realised *it = &l->realised[i];
        double value = quantity_at(&it->value, row);
        sources[i] = (RecoverySource){.value = isnan(value) ? 0 : value,
                                      .haircut = quantity_at(&it->haircut, row),
                                      .cost = quantity_at(&it->cost, row),
                                      .months = quantity_at(&it->months, row)};
    }
    return (RecoveryCase){
        .ead = ead,
        .covered = quantity_at(&l->covered, row),
        .covered_months = quantity_at(&l->covered_months, row),
        .unsecured = quantity_at(&l->unsecured, row),
        .unsecured_months = quantity_at(&l->unsecured_months, row),
        .discount = quantity_at(&l->discount, row),
        .floor = quantity_at(&l->floor, row),
        .sources = sources,
        .n = l->n_realised,
        .powers = l->powers,
    };
}

double lending_lgd(Lending *l, size_t row, double ead)
{
    RecoverySource sources[SECTIONS_ITEMS];
    if (l->recovery == NULL)
        return (double)NAN;
    const RecoveryCase c = lending_case(l, sources, row, ead);
    return recovery_lgd(NULL, &c);
}

/* Up to the next multiple of `step`; a rate within a billionth of a step of a
 * multiple is that multiple, since the sum carries rounding. */
static double round_up(double rate, double step)
{
    return step > 0 ? ceil(rate / step - 1e-9) * step : rate;
}

double lending_price(const Lending *l, size_t row)
{
    double sum = 0;
    if (l->price == NULL)
        return (double)NAN;
    for (size_t i = 0; i < l->n_parts; i++)
        sum += quantities_product(&l->parts[i].product, row);
    return round_up(sum, quantity_at(&l->step, row));
}

const OutcomeRules *lending_rules(const Lending *l)
{
    return &l->rules;
}

int lending_by_grade(const Lending *l, size_t row)
{
    const char *grade = l->grade->s[row];
    if (grade == NULL)
        return -1;
    int worst = OUTCOME_APPROVE;
    for (size_t i = 0; i < l->n_grades; i++)
        if (strcmp(l->grades[i].grade, grade) == 0 &&
            (int)l->grades[i].outcome > worst)
            worst = (int)l->grades[i].outcome;
    return worst;
}

size_t lending_reasons(const Lending *l)
{
    return l->reasons;
}
