#include "subsidy/order.h"
#include "subsidy/run.h"
#include "subsidy/side.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { GRID = 36, AROUND = 2, FEN_A_YUAN = 100 };

/* The largest claim or step there is: the curve ends behind it. */
static int64_t largest(const Sides *p)
{
    int64_t most = p->n_steps > 0 ? p->steps[p->n_steps - 1] : 0;
    for (size_t i = 0; i < p->rows; i++)
        if (p->side[0].claimed[i] > most)
            most = p->side[0].claimed[i];
    return most;
}

/* Where the curve begins: at 10,000 yuan, or so that GRID values get past the
 * largest claim. */
static int64_t first_value(int64_t end)
{
    int64_t fen = 10000 * FEN_A_YUAN;
    while (fen < end / 9000)
        fen *= 10;
    return fen;
}

/* The values of the curve, in nine parts a decade until past the largest claim,
 * at most GRID; every step and the fen before it.  Rising, each once. */
static ErrCode make_grid(int64_t **out, size_t *n, Sides *p, Err *err)
{
    size_t most = GRID + AROUND * p->n_steps, m = 0;
    OrderItem *items = arena_alloc(p->scratch, 2 * most, sizeof *items);
    int64_t *grid = arena_alloc(p->scratch, most, sizeof *grid);
    if (items == NULL || grid == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    int64_t end = largest(p), fen = 0;
    for (int64_t unit = first_value(end); m < GRID && fen <= end; unit *= 10)
        for (int64_t k = 1; k <= 9 && m < GRID && fen <= end; k++) {
            fen = k * unit;
            items[m++].key = (uint64_t)fen;
        }
    for (size_t k = 0; k < p->n_steps; k++)
        for (int64_t d = -1; d <= 0; d++)
            items[m++].key = (uint64_t)(p->steps[k] + d);
    items = order_sort(items, items + most, m);
    *n = 0;
    for (size_t k = 0; k < m; k++)
        if (k == 0 || items[k].key != items[k - 1].key)
            grid[(*n)++] = (int64_t)items[k].key;
    *out = grid;
    return OK;
}

/* The claim that a side's points are like: of those that went on under it the
 * one with the first id, if there is one, that went on under all.  p->rows when
 * there is none. */
static size_t find_model(const Sides *p, const Side *side)
{
    const Column *id = table_field(p->side[0].table, FIELD_contract_id);
    size_t best = p->rows, most = 0;
    for (size_t i = 0; i < p->rows; i++) {
        size_t goes_on = 0;
        for (size_t k = 0; k < p->n; k++)
            goes_on += p->side[k].refusal[i] == NULL;
        if (side->refusal[i] != NULL || side->claimed[i] <= 0 ||
            (goes_on < p->n && most == p->n))
            continue;
        int is_first = best == p->rows ||
                       (id->s[i] != NULL && strcmp(id->s[i], id->s[best]) < 0);
        if (is_first || (goes_on == p->n && most < p->n)) {
            best = i;
            most = goes_on;
        }
    }
    return best;
}

/* Do the rules make the base themselves ("volume + 30% * batch_volume")? */
static int makes_base(const Side *side, Date day)
{
    const Doc *outputs = policy_section(side->policy, day, "outputs");
    for (size_t k = 0; outputs != NULL && k < outputs->n; k++) {
        const char *name = doc_at(outputs, k)->text;
        if (name != NULL && strcmp(name, side->terms->base) == 0)
            return 1;
    }
    return 0;
}

/* Is it a column that came with the contracts and that the rules may read? */
static int is_asked(const Side *side, const Column *c, int is_base_made)
{
    static const Field always[] = {FIELD_contract_id, FIELD_firm_id,
                                   FIELD_registered_on, FIELD_county};
    const char *date = policy_head(side->policy)->date_used;
    const PolicyInput *inputs;
    size_t n = policy_inputs(&inputs, side->policy);
    for (size_t k = 0; k < sizeof always / sizeof *always; k++)
        if (strcmp(field_info(always[k])->name, c->name) == 0)
            return 1;
    for (size_t k = 0; k < n; k++)
        if (strcmp(inputs[k].name, c->name) == 0)
            return 1;
    return (date != NULL && strcmp(date, c->name) == 0) ||
           (!is_base_made && strcmp(side->terms->base, c->name) == 0);
}

/* Does a synthetic claim carry the value of the curve in that column? */
static int carries_value(const Side *side, const Column *c)
{
    static const Field values[] = {FIELD_amount, FIELD_technology_amount,
                                   FIELD_paid_amount};
    for (size_t k = 0; k < sizeof values / sizeof *values; k++)
        if (strcmp(field_info(values[k])->name, c->name) == 0)
            return 1;
    return strcmp(side->terms->base, c->name) == 0;
}

/* A firm of its own for every point. */
static ErrCode name_firms(Column *firm, Sides *p, size_t n, Err *err)
{
    for (size_t j = 0; j < n; j++) {
        char text[32];
        int bytes = snprintf(text, sizeof text, "curve-%zu", j);
        firm->s[j] = texts_put(p->tables->texts, text, (size_t)bytes);
        if (firm->s[j] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
    return OK;
}

/* An amount of the model as large a part of `value` as of the model's base. */
static int64_t in_step(int64_t fen, int64_t value, int64_t base)
{
    if (fen == NULL_INT)
        return fen;
    Exact size = (Exact)(fen < 0 ? -fen : fen) * value / base;
    int64_t most = size < MONEY_MAX ? (int64_t)size : MONEY_MAX;
    return fen < 0 ? -most : most;
}

/* Claims like the model but for their value.  Where the rules make the base,
 * all amounts of the model grow in step with it. */
static ErrCode copy_column(Table *t, Sides *p, const Side *side,
                           const Column *from, size_t model, int is_base_made,
                           const int64_t grid[], Err *err)
{
    ErrCode rc = OK;
    Column *to;
    TRY(table_add(&to, t, from->name, from->type, from->unit, err));
    for (size_t j = 0; j < t->rows; j++)
        if (from->type == TYPE_MONEY && is_base_made)
            to->i[j] = in_step(from->i[model], grid[j], side->claimed[model]);
        else if (from->type == TYPE_MONEY && carries_value(side, from))
            to->i[j] = grid[j];
        else if (from->type == TYPE_TEXT || from->type == TYPE_CATEGORY ||
                 from->type == TYPE_LIST)
            to->s[j] = from->s[model];
        else if (from->type == TYPE_REAL)
            to->d[j] = from->d[model];
        else
            to->i[j] = from->i[model];
    if (strcmp(from->name, "firm_id") == 0)
        TRY(name_firms(to, p, t->rows, err));
done:
    return rc;
}

/* Claims like the model, with the values of the grid, paid alone. */
static ErrCode evaluate(const int64_t **paid, Sides *p, const Side *side,
                        size_t model, const int64_t grid[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Tables *own = tables_new(p->scratch);
    int is_dated = policy_head(side->policy)->date_used != NULL;
    Date day = {is_dated ? (int32_t)side->day[model] : p->as_of.days};
    int made = makes_base(side, day);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    own->texts = p->tables->texts; /* the policy's words are these */
    TRY(table_new(&t, own, "curve", n, err));
    for (size_t k = 0; k < side->table->n; k++) {
        const Column *c = side->table->columns[k];
        if (is_asked(side, c, made))
            TRY(copy_column(t, p, side, c, model, made, grid, err));
    }
    TRY(run_policy(t, side->policy, p->as_of, 1, err));
    *paid = table_field(t, FIELD_paid)->i;
done:
    return rc;
}

/* What the next yuan brings: the slope to the next point a yuan or more away,
 * so that the rounding of a fen does not show; NaN at a cliff and at the end.
 */
static double marginal_at(size_t j, const int64_t value[], const int64_t paid[],
                          size_t n)
{
    size_t next = j + 1;
    while (next < n && value[next] - value[j] < FEN_A_YUAN)
        next++;
    if (next >= n || paid[j + 1] < paid[j])
        return (double)NAN;
    return (double)(paid[next] - paid[j]) / (double)(value[next] - value[j]);
}

/* Columns of one side: paid, its share of the value, what the next yuan brings,
 * and whether the next point pays less. */
static ErrCode put_side(Table *t, const Side *side, const int64_t value[],
                        const int64_t paid[], Err *err)
{
    ErrCode rc = OK;
    Column *c, *effective, *marginal, *cliff;
    TRY(side_column(&c, t, NULL, side->name, TYPE_MONEY, side->label, err));
    TRY(side_column(&effective, t, side, "effective_rate", TYPE_REAL,
                    (Label){"实际补贴率", "effective rate"}, err));
    TRY(side_column(&marginal, t, side, "marginal_rate", TYPE_REAL,
                    (Label){"边际补贴率", "marginal rate"}, err));
    TRY(side_column(&cliff, t, side, "cliff", TYPE_BOOL,
                    (Label){"断崖点", "cliff"}, err));
    for (size_t j = 0; j < t->rows; j++) {
        c->i[j] = paid[j];
        effective->d[j] = (double)paid[j] / (double)value[j];
        marginal->d[j] = marginal_at(j, value, paid, t->rows);
        cliff->i[j] = j + 1 < t->rows && paid[j + 1] < paid[j];
    }
done:
    return rc;
}

/* The curve of every side: where it has a cliff, what is paid on both sides of
 * it; no table where there is none. */
static ErrCode put_cliffs(Sides *p, const int64_t value[],
                          const int64_t *const paid[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *name, *at, *before, *next, *after, *lost;
    size_t rows = 0;
    for (size_t k = 0; k < p->n; k++)
        for (size_t j = 0; paid[k] != NULL && j + 1 < n; j++)
            rows += paid[k][j + 1] < paid[k][j];
    if (rows == 0)
        return OK;
    TRY(table_new(&t, p->tables, "subsidy_cliffs", rows, err));
    t->title = (Label){"断崖点：成交额多一点，补贴反而少",
                       "Cliffs: a little more value is paid less"};
    TRY(side_column(&name, t, NULL, "policy", TYPE_CATEGORY,
                    (Label){"方案", "policy"}, err));
    TRY(side_column(&at, t, NULL, "value", TYPE_MONEY,
                    (Label){"成交额", "value"}, err));
    TRY(side_column(&before, t, NULL, "paid", TYPE_MONEY,
                    (Label){"补贴", "paid"}, err));
    TRY(side_column(&next, t, NULL, "next_value", TYPE_MONEY,
                    (Label){"再多一点的成交额", "a little more value"}, err));
    TRY(side_column(&after, t, NULL, "next_paid", TYPE_MONEY,
                    (Label){"其补贴", "paid on it"}, err));
    TRY(side_column(&lost, t, NULL, "lost", TYPE_MONEY, (Label){"少得", "lost"},
                    err));
    rows = 0;
    for (size_t k = 0; k < p->n; k++)
        for (size_t j = 0; paid[k] != NULL && j + 1 < n; j++) {
            if (paid[k][j + 1] >= paid[k][j])
                continue;
            name->s[rows] = p->side[k].name;
            at->i[rows] = value[j];
            before->i[rows] = paid[k][j];
            next->i[rows] = value[j + 1];
            after->i[rows] = paid[k][j + 1];
            lost->i[rows++] = paid[k][j] - paid[k][j + 1];
        }
done:
    return rc;
}

ErrCode sides_curve(Sides *p, Err *err)
{
    ErrCode rc = OK;
    int64_t *grid = NULL;
    size_t n = 0, model[SUBSIDY_SIDES], drawn = 0;
    const int64_t *paid[SUBSIDY_SIDES] = {NULL};
    Table *t;
    Column *value;
    for (size_t k = 0; k < p->n; k++) {
        model[k] = find_model(p, &p->side[k]);
        drawn += model[k] < p->rows;
    }
    if (drawn == 0)
        return OK; /* no claim to go by */
    TRY(make_grid(&grid, &n, p, err));
    TRY(table_new(&t, p->tables, "subsidy_curve", n, err));
    t->title = (Label){"补贴与成交额", "Subsidy against value"};
    TRY(side_column(&value, t, NULL, "value", TYPE_MONEY,
                    (Label){"成交额", "value"}, err));
    memcpy(value->i, grid, n * sizeof *grid);
    for (size_t k = 0; k < p->n; k++) {
        if (model[k] == p->rows)
            continue; /* nobody is paid under it */
        TRY(evaluate(&paid[k], p, &p->side[k], model[k], grid, n, err));
        TRY(put_side(t, &p->side[k], grid, paid[k], err));
    }
    TRY(put_cliffs(p, grid, paid, n, err));
done:
    return rc;
}
