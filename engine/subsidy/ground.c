#include "subsidy/ground.h"

#include "subsidy/numbers.h"

#include <string.h>

static ErrCode number_counties(Ground *g, Arena *arena, Texts *texts, Err *err)
{
    ErrCode rc = OK;
    Numbers seen;
    int is_new;
    size_t rows = g->table->rows;
    const Column *county = table_field(g->table, FIELD_county);
    const char *none = texts_put(texts, "", 0);
    g->county = arena_alloc(arena, rows, sizeof *g->county);
    g->county_name = arena_alloc(arena, rows + 1, sizeof *g->county_name);
    if (g->county == NULL || g->county_name == NULL || none == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(numbers_open(&seen, arena, rows + 1, err));
    for (size_t i = 0; i < rows; i++) {
        const char *name = county != NULL ? county->s[i] : NULL;
        g->county[i] = numbers_put(&seen, name != NULL ? name : none, &is_new);
        g->county_name[g->county[i]] = name != NULL ? name : none;
    }
    g->counties = seen.n;
done:
    return rc;
}

ErrCode ground_open(Ground *out, Arena *arena, const Stock *stock,
                    const Policy *policy, const Policy *base, int64_t within,
                    Date as_of, Err *err)
{
    ErrCode rc = OK;
    Ground g = {.stock = stock,
                .date_used = policy_head(policy)->date_used,
                .table = stock->table};
    Tables *own = tables_new(arena);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    own->texts = stock->table->owner->texts;
    if (base != NULL) {
        TRY(gaming_steps(&g.steps, stock->table, policy, base, as_of, arena,
                         err));
        TRY(gaming_add(&g.table, &g.moves, own, stock->table, &g.steps, within,
                       err));
    }
    TRY(claims_open(&g.opened, arena, g.table, policy, as_of, err));
    TRY(number_counties(&g, arena, own->texts, err));
    *out = g;
done:
    return rc;
}

static int is_same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

ErrCode ground_serves(int *out, const Ground *g, Arena *arena,
                      const Policy *policy, const Policy *base, Date as_of,
                      Err *err)
{
    ErrCode rc = OK;
    GamingSteps steps = {0};
    if (base != NULL)
        TRY(gaming_steps(&steps, g->stock->table, policy, base, as_of, arena,
                         err));
    *out = is_same_text(g->date_used, policy_head(policy)->date_used) &&
           is_same_text(g->steps.base, steps.base) && g->steps.n == steps.n &&
           memcmp(g->steps.fen, steps.fen, steps.n * sizeof *steps.fen) == 0;
done:
    return rc;
}
