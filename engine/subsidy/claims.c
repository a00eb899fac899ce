#include "subsidy/claims.h"

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

/* Texts by pointer, each with a number: an open table, half full at most. */
typedef struct {
    struct {
        const char *text;
        uint32_t number;
    } * slots;
    size_t mask;
    uint32_t n;
} Numbers;

static ErrCode numbers_init(Numbers *out, Arena *arena, size_t n, Err *err)
{
    size_t slots = 16;
    while (slots < 2 * n)
        slots *= 2;
    *out = (Numbers){.mask = slots - 1};
    out->slots = arena_alloc(arena, slots, sizeof *out->slots);
    return out->slots != NULL ? OK : FAIL(err, ERR_MEMORY, "out of memory");
}

/* The text's number; *is_new when it had none.  Interned texts of one file lie
 * near each other in memory, and so do their slots. */
static uint32_t number_of(Numbers *numbers, const char *text, int *is_new)
{
    size_t i = ((uintptr_t)text >> 3) & numbers->mask;
    while (numbers->slots[i].text != NULL && numbers->slots[i].text != text)
        i = (i + 1) & numbers->mask;
    *is_new = numbers->slots[i].text == NULL;
    if (*is_new) {
        numbers->slots[i].text = text;
        numbers->slots[i].number = numbers->n++;
    }
    return numbers->slots[i].number;
}

static ErrCode number_firms(Claims *c, const Column *firm, Err *err)
{
    ErrCode rc = OK;
    Numbers numbers;
    int is_new;
    TRY(numbers_init(&numbers, c->arena, c->n, err));
    for (size_t i = 0; i < c->n; i++)
        c->firm[i] = firm->s[i] != NULL
                         ? number_of(&numbers, firm->s[i], &is_new)
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
    TRY(numbers_init(&numbers, c->arena, c->n, err));
    for (size_t j = 0; j < c->n; j++) {
        size_t i = c->order[j];
        if (registry->s[i] == NULL)
            continue;
        (void)number_of(&numbers, registry->s[i], &is_new);
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

/* Rows by day, then id, then place in the file. */
static ErrCode line_up(Claims *c, Err *err)
{
    OrderItem *items = arena_alloc(c->arena, c->n, sizeof *items);
    OrderItem *spare = arena_alloc(c->arena, c->n, sizeof *spare);
    if (items == NULL || spare == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < c->n; i++)
        items[i].row = (uint32_t)i;
    OrderItem *by_id = order_texts(items, spare, c->id, c->n);
    spare = by_id == items ? spare : items;
    for (size_t j = 0; j < c->n; j++)
        by_id[j].key = order_signed(c->day[by_id[j].row]);
    OrderItem *sorted = order_sort(by_id, spare, c->n);
    for (size_t j = 0; j < c->n; j++)
        c->order[j] = sorted[j].row;
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
    TRY(line_up(&c, err));
    TRY(number_firms(&c, firm, err));
    TRY(find_duplicates(&c, contracts, err));
    find_related(&c, contracts, firm);
    *out = c;
done:
    return rc;
}
