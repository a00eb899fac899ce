#include "subsidy/claims.h"

#include "subsidy/numbers.h"
#include "subsidy/order.h"

#include <stdint.h>

static const char who[] = "the subsidy";

const char *refusal_word(Refusal refusal)
{
    static const char *const words[] = {NULL,
#define X(name, word) word,
                                        REFUSAL_WORDS(X)
#undef X
    };
    return words[refusal];
}

void claims_note(const Claims *c, size_t row, ClaimNote note)
{
    ClaimWatch *w = c->watch;
    if (!claims_watched(c, row))
        return;
    ClaimNote *notes =
        arena_grow(c->arena, w->notes, &w->capacity, w->n, sizeof *notes);
    if (notes == NULL) {
        w->failed = 1;
        return;
    }
    w->notes = notes;
    notes[w->n++] = note;
}

static ErrCode number_firms(Claims *c, const Column *firm, Err *err)
{
    ErrCode rc = OK;
    Numbers numbers;
    int is_new;
    TRY(numbers_open(&numbers, c->arena, c->n, err));
    for (size_t i = 0; i < c->n; i++)
        c->firm[i] = firm->s[i] != NULL
                         ? numbers_put(&numbers, firm->s[i], &is_new)
                         : CLAIM_NOBODY;
    c->firms = numbers.n;
done:
    return rc;
}

static ErrCode find_duplicates(Claims *c, const Table *t, Err *err)
{
    ErrCode rc = OK;
    const Column *registry = table_field(t, FIELD_registry_no);
    Numbers numbers;
    int is_new;
    if (registry == NULL)
        return OK;
    TRY(numbers_open(&numbers, c->arena, c->n, err));
    for (size_t j = 0; j < c->n; j++) {
        size_t i = c->order[j];
        if (registry->s[i] == NULL)
            continue;
        (void)numbers_put(&numbers, registry->s[i], &is_new);
        if (!is_new)
            c->refusal[i] = REFUSED_DUPLICATE;
    }
done:
    return rc;
}

static void find_related(Claims *c, const Table *t, const Column *firm)
{
    const Column *related = table_field(t, FIELD_related_party);
    const Column *seller = table_field(t, FIELD_seller_id);
    for (size_t i = 0; i < c->n; i++) {
        int is_related = related != NULL && related->i[i] == 1;
        if (seller != NULL && seller->s[i] != NULL)
            is_related |= seller->s[i] == firm->s[i];
        if (is_related && c->refusal[i] == REFUSED_NOT)
            c->refusal[i] = REFUSED_RELATED;
    }
}

ErrCode claims_line_up(uint32_t out[], Arena *arena, const int64_t day[],
                       const char *const id[], size_t n, Err *err)
{
    OrderItem *items = arena_alloc(arena, n, sizeof *items);
    OrderItem *spare = arena_alloc(arena, n, sizeof *spare);
    if (items == NULL || spare == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < n; i++)
        items[i].row = (uint32_t)i;
    items = order_texts(items, spare, id, n);
    for (size_t j = 0; j < n; j++)
        items[j].key = order_signed(day[items[j].row]);
    items = order_sort(items, spare, n);
    for (size_t j = 0; j < n; j++)
        out[j] = items[j].row;
    return OK;
}

/* Years, from a table of the days between the first and the last. */
static ErrCode tell_years(Claims *c, Err *err)
{
    size_t days = (size_t)(c->last_day - c->first_day) + 1;
    int32_t *year = arena_alloc(c->arena, days, sizeof *year);
    if (year == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t d = 0; d < days; d++) {
        Date day = {(int32_t)(c->first_day + (int64_t)d)};
        DateParts parts = date_parts(day);
        year[d] = parts.year;
    }
    for (size_t i = 0; i < c->n; i++)
        c->year[i] = year[c->day[i] - c->first_day];
    return OK;
}

static ErrCode copy_days(Claims *c, const Table *t, const Column *date,
                         Err *err)
{
    for (size_t i = 0; i < c->n; i++) {
        int64_t day = c->day[i] = date->i[i];
        if (day == NULL_INT)
            return FAIL(err, ERR_INPUT,
                        "%s:%u: a contract without '%s' belongs to no year; "
                        "fill it in or leave the contract out",
                        t->file != NULL ? t->file : t->name,
                        t->lines != NULL ? t->lines[i] : (unsigned)i + 1,
                        date->name);
        c->first_day = i == 0 || day < c->first_day ? day : c->first_day;
        c->last_day = i == 0 || day > c->last_day ? day : c->last_day;
    }
    return OK;
}

/* The column that dates a claim: the policy's own, else of registration. */
static ErrCode date_column(const Column **out, const Table *t,
                           const PolicyHead *head, Err *err)
{
    if (head->date_used == NULL)
        return table_need(out, t, FIELD_registered_on, who, err);
    *out = table_find(t, head->date_used);
    if (*out == NULL || (*out)->type != TYPE_DATE)
        return FAIL(err, ERR_INPUT, "%s has no column of dates '%s'", t->name,
                    head->date_used);
    return OK;
}

static ErrCode take_arrays(Claims *c, Err *err)
{
    c->day = arena_alloc(c->arena, c->n, sizeof *c->day);
    c->year = arena_alloc(c->arena, c->n, sizeof *c->year);
    c->firm = arena_alloc(c->arena, c->n, sizeof *c->firm);
    c->order = arena_alloc(c->arena, c->n, sizeof *c->order);
    c->refusal = arena_alloc(c->arena, c->n, sizeof *c->refusal);
    c->binding = arena_alloc(c->arena, c->n, sizeof *c->binding);
    if (c->day == NULL || c->year == NULL || c->firm == NULL ||
        c->order == NULL || c->refusal == NULL || c->binding == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    return OK;
}

static void note_columns(Claims *c, const Table *t)
{
    const Column *county = table_field(t, FIELD_county);
    const Column *score = table_field(t, FIELD_score);
    const Column *submitted = table_field(t, FIELD_submitted_at);
    c->county = county != NULL ? county->s : NULL;
    c->score = score != NULL ? score->d : NULL;
    c->submitted = submitted != NULL ? submitted->s : NULL;
}

ErrCode claims_open(Claims *out, Arena *arena, const Table *contracts,
                    const Policy *policy, Date as_of, Err *err)
{
    ErrCode rc = OK;
    const PolicyHead *head = policy_head(policy);
    const Column *id, *firm, *date;
    Claims c = {.arena = arena,
                .texts = contracts->owner->texts,
                .policy = policy,
                .n = contracts->rows,
                .is_dated = head->date_used != NULL,
                .first_day = as_of.days,
                .last_day = as_of.days};
    if (c.n >= UINT32_MAX)
        return FAIL(err, ERR_DOMAIN, "more than 4e9 contracts");
    TRY(table_need(&id, contracts, FIELD_contract_id, who, err));
    TRY(table_need(&firm, contracts, FIELD_firm_id, who, err));
    TRY(date_column(&date, contracts, head, err));
    TRY(take_arrays(&c, err));
    c.id = id->s;
    note_columns(&c, contracts);
    TRY(copy_days(&c, contracts, date, err));
    TRY(tell_years(&c, err));
    TRY(claims_line_up(c.order, arena, c.day, c.id, c.n, err));
    TRY(number_firms(&c, firm, err));
    TRY(find_duplicates(&c, contracts, err));
    find_related(&c, contracts, firm);
    *out = c;
done:
    return rc;
}
