#include "subsidy/side.h"

#include "core/text.h"
#include "subsidy/claims.h"
#include "subsidy/numbers.h"

#include <string.h>

/* A table of measures: its name, then for each side a column and its change. */
typedef struct {
    Table *t;
    Column *measure, *value[SUBSIDY_SIDES], *change[SUBSIDY_SIDES];
    size_t row;
} Sheet;

static ErrCode sheet_open(Sheet *out, Sides *p, const char *name, Label title,
                          FieldType type, size_t rows, Err *err)
{
    ErrCode rc = OK;
    Sheet s = {0};
    TRY(table_new(&s.t, p->tables, name, rows, err));
    s.t->title = title;
    TRY(side_column(&s.measure, s.t, NULL, "measure", TYPE_CATEGORY,
                    (Label){"指标", "measure"}, err));
    for (size_t k = 0; k < p->n; k++) {
        TRY(side_column(&s.value[k], s.t, NULL, p->side[k].name, type,
                        p->side[k].label, err));
        if (k > 0)
            TRY(side_column(&s.change[k], s.t, &p->side[k], "change", type,
                            (Label){"增减", "change"}, err));
    }
    *out = s;
done:
    return rc;
}

static ErrCode sheet_put(Sheet *s, Sides *p, const char *measure,
                         const int64_t value[], Err *err)
{
    s->measure->s[s->row] =
        texts_put(p->tables->texts, measure, strlen(measure));
    if (s->measure->s[s->row] == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < p->n; k++) {
        s->value[k]->i[s->row] = value[k];
        if (k > 0)
            s->change[k]->i[s->row] = value[k] - value[0];
    }
    s->row++;
    return OK;
}

/* run_policy() has seen to it that sums of its columns fit. */
static int64_t sum_of(const int64_t fen[], size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += fen[i];
    return sum;
}

static int64_t sum_refused(const Side *side, size_t n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += side->refusal[i] != NULL ? side->claimed[i] : 0;
    return sum;
}

/* Payers of all sides, each once. */
typedef struct {
    const char *name[SUBSIDY_SIDES * MATCH_PAYERS];
    size_t n;
} Payers;

static void all_payers(Payers *out, const Sides *p)
{
    for (size_t k = 0; k < p->n; k++)
        for (size_t i = 0; i < p->side[k].payers.n; i++) {
            const char *name = p->side[k].payers.name[i];
            size_t j = 0;
            while (j < out->n && strcmp(out->name[j], name) != 0)
                j++;
            if (j == out->n)
                out->name[out->n++] = name;
        }
}

/* A row for each payer: "paid_P" of paid_by, or "return_P". */
static ErrCode put_payers(Sheet *s, Sides *p, const Payers *payers,
                          const char *start, int is_returned, Err *err)
{
    ErrCode rc = OK;
    for (size_t j = 0; j < payers->n; j++) {
        int64_t value[SUBSIDY_SIDES] = {0};
        const char *name =
            text_format(p->scratch, "%s_%s", start, payers->name[j]);
        if (name == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        for (size_t k = 0; k < p->n; k++) {
            const Side *side = &p->side[k];
            const int64_t *const *of =
                is_returned ? side->returned_by : side->paid_by;
            for (size_t i = 0; i < side->payers.n; i++)
                if (of[i] != NULL &&
                    strcmp(side->payers.name[i], payers->name[j]) == 0)
                    value[k] = sum_of(of[i], p->rows);
        }
        TRY(sheet_put(s, p, name, value, err));
    }
done:
    return rc;
}

/* Where some side has a clawback. */
static ErrCode put_returned(Sheet *s, Sides *p, const Payers *payers, Err *err)
{
    int64_t value[SUBSIDY_SIDES] = {0};
    for (size_t k = 0; k < p->n; k++)
        if (p->side[k].returned != NULL)
            value[k] = sum_of(p->side[k].returned, p->rows);
    ErrCode rc = sheet_put(s, p, "to_return", value, err);
    return rc != OK ? rc : put_payers(s, p, payers, "return", 1, err);
}

static ErrCode put_amounts(Sides *p, Err *err)
{
    ErrCode rc = OK;
    static const char *const names[] = {
        "claimed",         "refused_claims", "computed", "cut_by_cap",
        "cut_by_rounding", "cut_by_budget",  "paid"};
    enum { MEASURES = sizeof names / sizeof *names };
    int64_t value[MEASURES][SUBSIDY_SIDES] = {{0}};
    int is_returned = 0;
    Payers payers = {0};
    Sheet s;
    all_payers(&payers, p);
    for (size_t k = 0; k < p->n; k++)
        is_returned |= p->side[k].returned != NULL;
    TRY(sheet_open(
        &s, p, "subsidy_total", (Label){"资金合计", "Totals"}, TYPE_MONEY,
        MEASURES + payers.n + (is_returned ? 1 + payers.n : 0), err));
    for (size_t k = 0; k < p->n; k++) {
        const Side *side = &p->side[k];
        const int64_t *const columns[MEASURES] = {
            side->claimed,     NULL,
            side->computed,    side->by_cap,
            side->by_rounding, side->by_budget,
            side->paid};
        for (size_t m = 0; m < MEASURES; m++)
            value[m][k] = columns[m] != NULL ? sum_of(columns[m], p->rows)
                                             : sum_refused(side, p->rows);
    }
    for (size_t m = 0; m < MEASURES; m++)
        TRY(sheet_put(&s, p, names[m], value[m], err));
    TRY(put_payers(&s, p, &payers, "paid", 0, err));
    if (is_returned)
        TRY(put_returned(&s, p, &payers, err));
done:
    return rc;
}

/* Firms with a contract that is paid. */
static ErrCode firms_paid(int64_t *out, Sides *p, const Side *side, Err *err)
{
    unsigned char *seen = arena_alloc(p->scratch, p->firms, 1);
    if (seen == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    *out = 0;
    for (size_t i = 0; i < p->rows; i++)
        if (side->paid[i] > 0 && !seen[p->firm[i]]) {
            seen[p->firm[i]] = 1;
            ++*out;
        }
    return OK;
}

static int64_t count_refused(const Side *side, size_t n, const char *word)
{
    int64_t count = 0;
    for (size_t i = 0; i < n; i++)
        count +=
            side->refusal[i] != NULL && strcmp(side->refusal[i], word) == 0;
    return count;
}

static int64_t count_paid(const Side *side, size_t n)
{
    int64_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += side->paid[i] > 0;
    return count;
}

static ErrCode put_counts(Sides *p, Err *err)
{
    ErrCode rc = OK;
    Sheet s;
    int64_t value[SUBSIDY_SIDES];
    for (size_t k = 0; k < p->n; k++)
        value[k] = (int64_t)p->rows;
    TRY(sheet_open(&s, p, "subsidy_counts", (Label){"件数与户数", "Counts"},
                   TYPE_COUNT, REFUSALS - 1 + 3, err));
    TRY(sheet_put(&s, p, "contracts", value, err));
    for (Refusal r = REFUSED_NOT + 1; r < REFUSALS; r++) {
        for (size_t k = 0; k < p->n; k++)
            value[k] = count_refused(&p->side[k], p->rows, refusal_word(r));
        TRY(sheet_put(&s, p, refusal_word(r), value, err));
    }
    for (size_t k = 0; k < p->n; k++)
        value[k] = count_paid(&p->side[k], p->rows);
    TRY(sheet_put(&s, p, "contracts_paid", value, err));
    for (size_t k = 0; k < p->n; k++)
        TRY(firms_paid(&value[k], p, &p->side[k], err));
    TRY(sheet_put(&s, p, "firms_paid", value, err));
done:
    return rc;
}

ErrCode sides_totals(Sides *p, Err *err)
{
    ErrCode rc = put_amounts(p, err);
    return rc == OK ? put_counts(p, err) : rc;
}
