#include "subsidy/claims.h"

#include "core/text.h"
#include "subsidy/numbers.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

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

static ErrCode number_firms(Claims *c, const Column *firm, Arena *scratch,
                            Err *err)
{
    ErrCode rc = OK;
    Numbers numbers;
    int is_new;
    TRY(numbers_open(&numbers, scratch, c->n, err));
    for (size_t i = 0; i < c->n; i++)
        c->firm[i] = firm->s[i] != NULL
                         ? numbers_put(&numbers, firm->s[i], &is_new)
                         : CLAIM_NOBODY;
    c->firms = numbers.n;
done:
    return rc;
}

static ErrCode find_duplicates(Claims *c, const Table *t, Arena *scratch,
                               Err *err)
{
    ErrCode rc = OK;
    const Column *registry = table_field(t, FIELD_registry_no);
    const Column *before = table_field(t, FIELD_registered_before);
    Numbers numbers;
    int is_new;
    if (registry == NULL)
        return OK;
    TRY(numbers_open(&numbers, scratch, c->n, err));
    for (size_t j = 0; j < c->n; j++) {
        size_t i = c->order[j];
        if (registry->s[i] == NULL)
            continue;
        (void)numbers_put(&numbers, registry->s[i], &is_new);
        if (!is_new || (before != NULL && before->i[i] == 1))
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
    c->year_of = year;
    return OK;
}

static ErrCode check_days(Claims *c, const Table *t, const Column *date,
                          Err *err)
{
    for (size_t i = 0; i < c->n; i++) {
        int64_t day = date->i[i];
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
    c->firm = arena_alloc(c->arena, c->n, sizeof *c->firm);
    c->order = arena_alloc(c->arena, c->n, sizeof *c->order);
    c->refusal = arena_alloc(c->arena, c->n, sizeof *c->refusal);
    if (c->firm == NULL || c->order == NULL || c->refusal == NULL)
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

/* Line, firms and duplicates, one after another in the same memory. */
static ErrCode put_in_line(Claims *c, const Column *firm, const Table *t,
                           Err *err)
{
    ErrCode rc = OK;
    Arena *scratch = arena_new();
    if (scratch == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(claims_line_up(c->order, scratch, c->day, c->id, c->n, err));
    arena_reset(scratch);
    TRY(number_firms(c, firm, scratch, err));
    arena_reset(scratch);
    TRY(find_duplicates(c, t, scratch, err));
done:
    arena_free(scratch);
    return rc;
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
    c.day = date->i;
    note_columns(&c, contracts);
    TRY(check_days(&c, contracts, date, err));
    TRY(tell_years(&c, err));
    TRY(put_in_line(&c, firm, contracts, err));
    find_related(&c, contracts, firm);
    *out = c;
done:
    return rc;
}

ErrCode claims_reopen(Claims *out, const Claims *opened, Arena *arena,
                      const Policy *policy, Err *err)
{
    Claims c = *opened;
    c.arena = arena;
    c.policy = policy;
    c.refusal = arena_alloc(arena, c.n + 1, sizeof *c.refusal);
    if (c.refusal == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    memcpy(c.refusal, opened->refusal, c.n * sizeof *c.refusal);
    *out = c;
    return OK;
}

ErrCode claims_part(Claims *c, Err *err)
{
    uint32_t *firm = arena_alloc(c->arena, c->n, sizeof *firm);
    if (firm == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < c->n; i++)
        firm[i] = c->firm[i] != CLAIM_NOBODY ? (uint32_t)i : CLAIM_NOBODY;
    c->firm = firm;
    c->firms = c->n;
    c->is_alone = 1;
    return OK;
}

ErrCode claims_payer(Column **out, Table *t, const char *start,
                     const char *payer, Label label, Err *err)
{
    char name[80];
    Arena *arena = t->owner->arena;
    int n = snprintf(name, sizeof name, "%s_%s", start, payer);
    if (n < 0 || (size_t)n >= sizeof name)
        return FAIL(err, ERR_RULE, "the payer's name '%.*s' is too long",
                    TEXT_SHORT(payer));
    ErrCode rc = table_add(out, t, name, TYPE_MONEY, "fen", err);
    if (rc != OK)
        return rc;
    Label word = tables_word(t->owner, payer);
    (*out)->label = (Label){text_format(arena, "%s（%s）", label.zh, word.zh),
                            text_format(arena, "%s, %s", label.en, word.en)};
    return OK;
}
