#include "credit/value.h"

#include "credit/estimate.h"
#include "credit/valuation.h"
#include "data/seen.h"

#include <math.h>
#include <string.h>

/* The rows of a table by its application_id. */
typedef struct {
    Seen seen;
    const char *const *ids; /* [rows] */
} Index;

static ErrCode index_of(Index *out, Arena *arena, const Table *applications,
                        Err *err)
{
    ErrCode rc = OK;
    const Column *id;
    size_t first;
    TRY(table_need(&id, applications, FIELD_application_id, "value", err));
    *out = (Index){.seen = {.arena = arena}, .ids = id->s};
    for (size_t i = 0; i < applications->rows; i++)
        if (!seen_add(&first, &out->seen, out->ids, i))
            return FAIL(err, ERR_MEMORY, "no memory to match %zu rows",
                        applications->rows);
done:
    return rc;
}

/* The first row with that id; SIZE_MAX when there is none. */
static size_t row_of(const Index *index, const char *id)
{
    return seen_find(&index->seen, index->ids, id);
}

/* Give `rights` the day of their applications, when the rules go by it and the
 * file has none. */
static ErrCode add_dates(Table *rights, const Table *applications,
                         const Index *index, const Policy *policy, Date as_of,
                         Err *err)
{
    ErrCode rc = OK;
    Column *day;
    const Column *id, *applied = NULL;
    const char *used = policy_head(policy)->date_used;
    if (used == NULL || strcmp(used, "applied_on") != 0 ||
        table_field(rights, FIELD_applied_on) != NULL)
        return OK;
    TRY(table_need(&id, rights, FIELD_application_id, "value", err));
    if (applications != NULL)
        TRY(table_need(&applied, applications, FIELD_applied_on, "value", err));
    TRY(table_add_field(&day, rights, FIELD_applied_on, err));
    for (size_t i = 0; i < rights->rows; i++) {
        size_t row = applied != NULL ? row_of(index, id->s[i]) : SIZE_MAX;
        day->i[i] = row != SIZE_MAX ? applied->i[row] : as_of.days;
    }
done:
    return rc;
}

/* The section as it stood in each era of the policy. */
typedef struct {
    Valuation **of; /* [eras] NULL: not read yet */
    QuantityScope scope;
    const Column *days;
} Editions;

ErrCode value_section(Valuation **out, QuantityScope *scope, Err *err)
{
    const Doc *section = policy_section(scope->policy, scope->day, "valuation");
    if (section == NULL)
        return FAIL(err, ERR_RULE, "policy %s has no section 'valuation'",
                    policy_head(scope->policy)->id);
    return valuation_read(out, section, scope, err);
}

static ErrCode read_edition(Valuation **out, Editions *e, Date day, Err *err)
{
    e->scope.day = day;
    return value_section(out, &e->scope, err);
}

typedef struct {
    Column *life, *value, *carry;
    const Column *eligible;
} Cells;

static ErrCode value_row(const Cells *c, Editions *e, size_t row, Date as_of,
                         Err *err)
{
    ErrCode rc = OK;
    Date day = quantity_day(e->days, row, as_of);
    int era = quantity_has_day(day) ? policy_era(e->scope.policy, day) : -1;
    c->life->d[row] = (double)NAN;
    c->value->i[row] = NULL_INT;
    c->carry->i[row] = c->eligible->i[row] == 0 ? 0 : NULL_INT;
    if (era < 0)
        return OK;
    if (e->of[era] == NULL)
        TRY(read_edition(&e->of[era], e, day, err));
    ValuationResult r = valuation_of(e->of[era], row, day);
    c->life->d[row] = r.life;
    c->value->i[row] = estimate_fen(r.value);
    if (c->eligible->i[row] == 1)
        c->carry->i[row] = estimate_fen(r.carry);
done:
    return rc;
}

static ErrCode value_rows(Table *rights, const Policy *policy, Date as_of,
                          Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Cells c;
    Faults *faults = faults_new(arena);
    Editions e = {.of =
                      arena_alloc(arena, policy_eras(policy) + 1, sizeof *e.of),
                  .scope = {.table = rights,
                            .policy = policy,
                            .arena = arena,
                            .r = {.faults = faults, .err = err}},
                  .days = quantity_days(rights, policy)};
    if (e.of == NULL || faults == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to value rights");
    TRY(table_need(&c.eligible, rights, FIELD_eligible, "value", err));
    TRY(table_add_field(&c.life, rights, FIELD_life_years, err));
    TRY(table_add_field(&c.value, rights, FIELD_ip_value, err));
    TRY(table_add_field(&c.carry, rights, FIELD_pledge_value, err));
    for (size_t i = 0; i < rights->rows; i++)
        TRY(value_row(&c, &e, i, as_of, err));
done:
    return rc;
}

static ErrCode add_to(Column *sum, size_t row, int64_t fen, Err *err)
{
    ErrCode rc = OK;
    Money total = {sum->i[row]};
    if (fen != NULL_INT)
        TRY(money_add(&total, total, (Money){fen}, err));
    sum->i[row] = total.fen;
done:
    return rc;
}

static ErrCode add_up(Table *applications, const Table *rights,
                      const Index *index, Err *err)
{
    ErrCode rc = OK;
    Column *value, *carry;
    const Column *id;
    const Column *eligible = table_field(rights, FIELD_eligible);
    const Column *values = table_field(rights, FIELD_ip_value);
    const Column *carries = table_field(rights, FIELD_pledge_value);
    TRY(table_need(&id, rights, FIELD_application_id, "value", err));
    TRY(table_add_field(&value, applications, FIELD_ip_value, err));
    TRY(table_add_field(&carry, applications, FIELD_pledge_value, err));
    for (size_t i = 0; i < rights->rows; i++) {
        size_t row = row_of(index, id->s[i]);
        if (row == SIZE_MAX || eligible->i[i] != 1)
            continue;
        TRY(add_to(value, row, values->i[i], err));
        TRY(add_to(carry, row, carries->i[i], err));
    }
done:
    return rc;
}

ErrCode value_apply(Table *rights, Table *applications, const Policy *policy,
                    Date as_of, Err *err)
{
    ErrCode rc = OK;
    Index index = {.ids = NULL};
    Arena *arena = arena_new();
    if (arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to value rights");
    if (applications != NULL)
        TRY(index_of(&index, arena, applications, err));
    TRY(add_dates(rights, applications, &index, policy, as_of, err));
    TRY(policy_apply(rights, policy, as_of, err));
    TRY(value_rows(rights, policy, as_of, arena, err));
    if (applications != NULL)
        TRY(add_up(applications, rights, &index, err));
done:
    arena_free(arena);
    return rc;
}
