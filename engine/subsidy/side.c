#include "subsidy/side.h"

#include "core/text.h"
#include "subsidy/numbers.h"
#include "subsidy/order.h"

#include <stdio.h>
#include <string.h>

static ErrCode need(const Column **out, const Table *t, const char *name,
                    Err *err)
{
    *out = table_find(t, name);
    return *out != NULL
               ? OK
               : FAIL(err, ERR_INPUT,
                      "the contracts have not been through a subsidy policy: "
                      "'%s' is missing",
                      name);
}

static ErrCode need_money(const int64_t **out, const Table *t, const char *name,
                          Err *err)
{
    const Column *c;
    ErrCode rc = need(&c, t, name, err);
    if (rc == OK)
        *out = c->i;
    return rc;
}

/* The payers, from the columns that carry their names. */
static ErrCode find_payers(Side *side, Err *err)
{
    ErrCode rc = OK;
    static const char start[] = "paid_";
    const Table *t = side->table;
    for (size_t k = 0; k < t->n; k++) {
        char cut[96];
        size_t n = side->payers.n;
        const char *name = t->columns[k]->name;
        if (strncmp(name, start, strlen(start)) != 0)
            continue;
        name += strlen(start);
        snprintf(cut, sizeof cut, "cut_%s", name);
        if (table_find(t, cut) == NULL || n == MATCH_PAYERS)
            continue; /* paid_amount, paid_on */
        TRY(need_money(&side->cut_by[n], t, cut, err));
        side->paid_by[n] = t->columns[k]->i;
        side->payers.name[n] = name;
        side->payers.n++;
    }
done:
    return rc;
}

/* What is to be returned, where some of it is. */
static ErrCode find_returned(Side *side, Err *err)
{
    ErrCode rc = OK;
    char name[96];
    if (table_find(side->table, "clawback") == NULL)
        return OK;
    TRY(need_money(&side->returned, side->table, "to_return", err));
    for (size_t n = 0; n < side->payers.n; n++) {
        snprintf(name, sizeof name, "return_%s", side->payers.name[n]);
        TRY(need_money(&side->returned_by[n], side->table, name, err));
    }
done:
    return rc;
}

static ErrCode open_columns(Side *side, Err *err)
{
    ErrCode rc = OK;
    const Column *binding, *refusal;
    const char *date = policy_head(side->policy)->date_used;
    const Table *t = side->table;
    TRY(need_money(&side->claimed, t, "claimed", err));
    TRY(need_money(&side->computed, t, "computed", err));
    TRY(need_money(&side->by_cap, t, "cut_by_cap", err));
    TRY(need_money(&side->by_rounding, t, "cut_by_rounding", err));
    TRY(need_money(&side->by_budget, t, "cut_by_budget", err));
    TRY(need_money(&side->paid, t, "paid", err));
    TRY(need_money(&side->day, t, date != NULL ? date : "registered_on", err));
    TRY(need(&binding, t, "binding", err));
    TRY(need(&refusal, t, "refusal", err));
    side->binding = binding->s;
    side->refusal = refusal->s;
    TRY(find_payers(side, err));
    TRY(find_returned(side, err));
done:
    return rc;
}

/* The terms at the last claim on which the policy is in force. */
static ErrCode last_terms(Side *side, Sides *p, Err *err)
{
    Date last = {INT32_MIN};
    Faults *faults = faults_new(p->scratch);
    int is_dated = policy_head(side->policy)->date_used != NULL;
    if (faults == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < p->rows && is_dated; i++) {
        Date day = {(int32_t)side->day[i]};
        if (day.days > last.days && policy_in_force(side->policy, day))
            last = day;
    }
    if (!is_dated && policy_in_force(side->policy, p->as_of))
        last = p->as_of;
    if (last.days == INT32_MIN)
        return OK;
    const TermsSource source = terms_source(side->policy, last);
    return terms_read(&side->terms, &side->book, p->scratch, p->tables->texts,
                      &source, faults, err);
}

static ErrCode number_firms(Sides *p, Err *err)
{
    ErrCode rc = OK;
    Numbers numbers;
    const Column *firm;
    const Column *name = table_field(p->side[0].table, FIELD_firm_name);
    int is_new;
    TRY(need(&firm, p->side[0].table, "firm_id", err));
    TRY(numbers_open(&numbers, p->scratch, p->rows + 1, err));
    p->firm = arena_alloc(p->scratch, p->rows, sizeof *p->firm);
    p->firm_id = arena_alloc(p->scratch, p->rows + 1, sizeof *p->firm_id);
    if (p->firm == NULL || p->firm_id == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (name != NULL) {
        p->firm_name =
            arena_alloc(p->scratch, p->rows + 1, sizeof *p->firm_name);
        if (p->firm_name == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < p->rows; i++) {
        const char *id = firm->s[i] != NULL ? firm->s[i] : "";
        p->firm[i] = numbers_put(&numbers, id, &is_new);
        p->firm_id[p->firm[i]] = firm->s[i];
        if (name != NULL && name->s[i] != NULL)
            p->firm_name[p->firm[i]] = name->s[i];
    }
    p->firms = numbers.n;
done:
    return rc;
}

/* Where brackets of any side begin, each once, rising. */
static ErrCode find_steps(Sides *p, Err *err)
{
    enum { MOST = SUBSIDY_SIDES * TERMS_AWARDS * SCALE_BRACKETS };
    OrderItem *items = arena_alloc(p->scratch, 2 * MOST, sizeof *items);
    size_t n = 0;
    p->steps = arena_alloc(p->scratch, MOST, sizeof *p->steps);
    if (items == NULL || p->steps == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t s = 0; s < p->n; s++)
        for (size_t a = 0; a < TERMS_AWARDS && p->side[s].terms != NULL; a++) {
            const Scale *scale = p->side[s].terms->scale[a];
            for (size_t k = 1; scale != NULL && k < scale->n; k++)
                items[n++].key = (uint64_t)scale->brackets[k].from.fen;
        }
    const OrderItem *sorted = order_sort(items, items + MOST, n);
    for (size_t k = 0; k < n; k++)
        if (k == 0 || sorted[k].key != sorted[k - 1].key)
            p->steps[p->n_steps++] = (int64_t)sorted[k].key;
    return OK;
}

ErrCode sides_open(Sides *out, Tables *tables, Arena *scratch,
                   const SubsidySide side[], size_t n, Date as_of, Err *err)
{
    ErrCode rc = OK;
    Sides p = {.tables = tables,
               .scratch = scratch,
               .rows = side[0].contracts->rows,
               .n = n,
               .as_of = as_of};
    for (size_t s = 0; s < n; s++) {
        p.side[s] = (Side){.name = side[s].name,
                           .label = side[s].label,
                           .table = side[s].contracts,
                           .policy = side[s].policy};
        if (side[s].contracts->rows != p.rows)
            return FAIL(err, ERR_INPUT, "'%s' has %zu contracts and '%s' %zu",
                        side[s].name, side[s].contracts->rows, side[0].name,
                        p.rows);
        TRY(open_columns(&p.side[s], err));
        TRY(last_terms(&p.side[s], &p, err));
    }
    TRY(number_firms(&p, err));
    TRY(find_steps(&p, err));
    *out = p;
done:
    return rc;
}

ErrCode side_column(Column **out, Table *t, const Side *side, const char *name,
                    FieldType type, Label label, Err *err)
{
    char full[96];
    Arena *arena = t->owner->arena;
    const char *unit = type == TYPE_MONEY  ? "fen"
                       : type == TYPE_REAL ? "1"
                       : type == TYPE_DATE ? "day"
                                           : "";
    if (side != NULL) {
        snprintf(full, sizeof full, "%s_%s", side->name, name);
        label.zh = text_format(arena, "%s：%s", side->label.zh, label.zh);
        label.en = text_format(arena, "%s: %s", side->label.en, label.en);
        name = full;
    }
    return table_add_labelled(out, t, name, type, unit, label, err);
}

ErrCode side_change(Column **out, Table *t, const Side *side, Err *err)
{
    return side_column(out, t, side, "change", TYPE_MONEY,
                       (Label){"增减", "change"}, err);
}

/* `fen` in the first of units[n] that it is a whole number of, with its word;
 * to the fen when there is none. */
typedef struct {
    int64_t fen;
    const char *word;
} Unit;

static const char *said_in(Arena *arena, int64_t fen, const Unit units[],
                           size_t n)
{
    char text[MONEY_TEXT];
    for (size_t i = 0; i < n; i++)
        if (fen % units[i].fen == 0)
            return text_format(arena, "%lld%s", (long long)(fen / units[i].fen),
                               units[i].word);
    return text_format(arena, "%s", money_format(text, (Money){fen}));
}

Label side_amount(Arena *arena, int64_t fen)
{
    static const Unit zh[] = {{INT64_C(10000000000), "亿"}, {1000000, "万"}};
    static const Unit en[] = {{100000000, " million"}, {100000, " thousand"}};
    Label said = {said_in(arena, fen, zh, 2), said_in(arena, fen, en, 2)};
    return said.zh == NULL || said.en == NULL ? (Label){NULL, NULL} : said;
}
