#include "policy/cover.h"

#include "policy/frame.h"

/* Rows of one era on their way through its program. */
typedef struct {
    Cover *cover;
    const CoverEra *era;
    const Table *table;
    Arena *scratch;
    void **at;
    const Column **from; /* [n_inputs] */
    LoadFn *load;        /* [n_inputs] */
    Err *err;
} Count;

static void touch(void *to, size_t item, size_t row)
{
    Cover *cover = to;
    (void)row;
    cover->items[item].cases++;
}

static ErrCode bind(Count *c)
{
    const Program *p = c->era->era->program;
    c->at = code_frame(&p->code, c->scratch, BLOCK_ROWS);
    c->from = arena_alloc(c->scratch, p->n_inputs + 1, sizeof *c->from);
    c->load = arena_alloc(c->scratch, p->n_inputs + 1, sizeof *c->load);
    if (c->at == NULL || c->from == NULL || c->load == NULL)
        return FAIL(c->err, ERR_MEMORY, "no memory to count rules");
    for (size_t i = 0; i < p->n_inputs; i++) {
        const Symbol *s = p->inputs[i];
        c->from[i] = table_find(c->table, s->name);
        c->load[i] = c->from[i] ? frame_load(s->unit, c->from[i]->type) : NULL;
        if (c->load[i] == NULL)
            return FAIL(c->err, ERR_RULE,
                        "policy '%s' reads '%s' as %s, and the table '%s' has "
                        "no such column",
                        c->cover->policy->head.id, s->name, unit_name(s->unit),
                        c->table->name);
    }
    return OK;
}

static void run_block(Count *c, const uint32_t rows[], size_t n)
{
    const Program *p = c->era->era->program;
    for (size_t i = 0; i < p->n_inputs; i++)
        c->load[i](c->at[p->inputs[i]->raw], c->from[i], rows, n);
    code_run(&p->code, c->at, n);
    for (size_t i = 0; i < n; i++)
        cover_look(c->era, c->at, i, touch, c->cover);
}

/* The day that judges a row; NULL_INT when it has none. */
static int64_t day_of(const Column *dates, size_t row, Date as_of)
{
    return dates == NULL ? as_of.days : dates->i[row];
}

static ErrCode count_era(Count *c, const Column *dates, Date as_of,
                         size_t *judged)
{
    uint32_t rows[BLOCK_ROWS];
    size_t n = 0;
    const Era *era = c->era->era;
    ErrCode rc = bind(c);
    if (rc != OK)
        return rc;
    for (size_t i = 0; i < c->table->rows; i++) {
        int64_t day = day_of(dates, i, as_of);
        if (day == NULL_INT || day < era->from.days || day > era->to.days)
            continue;
        rows[n++] = (uint32_t)i;
        ++*judged;
        if (n == BLOCK_ROWS) {
            run_block(c, rows, n);
            n = 0;
        }
    }
    run_block(c, rows, n);
    return OK;
}

static ErrCode find_dates(const Column **out, const Cover *cover,
                          const Table *table, Err *err)
{
    const char *name = cover->policy->head.date_used;
    *out = name == NULL ? NULL : table_find(table, name);
    if (name != NULL && (*out == NULL || (*out)->type != TYPE_DATE))
        return FAIL(err, ERR_RULE,
                    "policy '%s' is chosen by the date '%s', and the table "
                    "'%s' has no such column",
                    cover->policy->head.id, name, table->name);
    return OK;
}

ErrCode cover_count(Cover *cover, const Table *table, Date as_of, Err *err)
{
    ErrCode rc = OK;
    const Column *dates;
    size_t judged = 0;
    Count c = {.cover = cover, .table = table, .err = err};
    c.scratch = arena_new();
    if (c.scratch == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to count rules");
    TRY(find_dates(&dates, cover, table, err));
    for (size_t i = 0; i < cover->policy->n_eras; i++) {
        c.era = &cover->eras[i];
        TRY(count_era(&c, dates, as_of, &judged));
        arena_reset(c.scratch);
    }
    cover->rows += table->rows;
    cover->outside += table->rows - judged;
done:
    arena_free(c.scratch);
    return rc;
}
