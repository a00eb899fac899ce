#include "subsidy/gaming.h"

#include "stat/sample.h"
#include "subsidy/claims.h"
#include "subsidy/run.h"

#include <math.h>
#include <string.h>

enum { BELOW = 100 /* fen under a step */ };

/* A row, the step within whose reach it is, and what it would be written for.
 */
typedef struct {
    uint32_t row;
    size_t step;
    int64_t target;
    int gains;
} Move;

typedef struct {
    Table *table;
    const char *base; /* the column that is stepped with */
    Move *moves;      /* [n] */
    size_t n, capacity;
} Moves;

static void add_step(GamingSteps *s, int64_t fen)
{
    for (size_t k = 0; k < s->n; k++)
        if (s->fen[k] == fen)
            return;
    if (fen > BELOW && s->n < GAMING_STEPS)
        s->fen[s->n++] = fen;
}

/* Where brackets begin on a day; what claims are based on. */
static ErrCode find_steps(GamingSteps *out, const Policy *policy, Date day,
                          Texts *texts, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Terms *t;
    TermsBook book = {0};
    Faults *faults = faults_new(arena);
    const TermsSource source = terms_source(policy, day);
    *out = (GamingSteps){.base = "amount"};
    if (faults == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    if (!policy_in_force(policy, day))
        return OK;
    TRY(terms_read(&t, &book, arena, texts, &source, faults, err));
    out->base = t->base;
    for (size_t a = 0; a < TERMS_AWARDS; a++)
        for (size_t k = 1; t->scale[a] != NULL && k < t->scale[a]->n; k++)
            add_step(out, t->scale[a]->brackets[k].from.fen);
done:
    return rc;
}

/* The day by which terms are looked up: the last there is, or as_of. */
static Date last_day(const Table *t, const Policy *policy, Date as_of)
{
    const Column *day = table_field(t, FIELD_registered_on);
    int64_t last = day->i[0];
    if (policy_head(policy)->date_used == NULL)
        return as_of;
    for (size_t i = 0; i < t->rows; i++)
        last = day->i[i] > last ? day->i[i] : last;
    return (Date){(int32_t)last};
}

/* What a value within reach of the step would become; 0 beyond it. */
static int64_t target_of(int64_t fen, int64_t step, int64_t within)
{
    Exact reach = (Exact)step * within / RATIO_ONE;
    if (fen < step && fen >= step - reach)
        return step;
    return fen >= step && fen < step + reach ? step - BELOW : 0;
}

static ErrCode list_moves(Moves *m, const Table *t, const GamingSteps *s,
                          int64_t within, Arena *arena, Err *err)
{
    const Column *base = table_find(t, m->base);
    if (base == NULL || base->type != TYPE_MONEY)
        base = table_field(t, FIELD_amount);
    m->base = base->name;
    for (size_t i = 0; i < t->rows; i++)
        for (size_t k = 0; k < s->n; k++) {
            int64_t to = target_of(base->i[i], s->fen[k], within);
            if (to == 0)
                continue;
            m->moves = arena_grow(arena, m->moves, &m->capacity, m->n,
                                  sizeof *m->moves);
            if (m->moves == NULL)
                return FAIL(err, ERR_MEMORY, "out of memory");
            m->moves[m->n++] = (Move){(uint32_t)i, k, to, 0};
        }
    return OK;
}

/* The rows of t, then the moved ones. */
static ErrCode make_table(Moves *m, Tables *tables, const Table *t, Err *err)
{
    ErrCode rc = OK;
    uint32_t *rows = arena_alloc(tables->arena, t->rows + m->n, sizeof *rows);
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < t->rows; i++)
        rows[i] = (uint32_t)i;
    for (size_t k = 0; k < m->n; k++)
        rows[t->rows + k] = m->moves[k].row;
    TRY(stock_pick(&m->table, tables, t, "contracts", rows, t->rows + m->n,
                   err));
    for (size_t k = 0; k < m->n; k++) {
        int64_t old = table_find(t, m->base)->i[m->moves[k].row];
        for (size_t j = 0; j < m->table->n; j++) {
            Column *c = m->table->columns[j];
            int64_t *cell = &c->i[t->rows + k];
            if (c->type == TYPE_MONEY && *cell != NULL_INT)
                *cell = (int64_t)exact_divide((Exact)*cell * m->moves[k].target,
                                              old);
        }
    }
done:
    return rc;
}

/* Which moves would pay, each contract by itself. */
static ErrCode judge_moves(Moves *m, size_t rows, const Policy *policy,
                           Date as_of, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    const Column *paid;
    Tables *own = tables_new(m->table->owner->arena);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    own->texts = m->table->owner->texts;
    TRY(table_share(&t, own, m->table, "contracts", err));
    TRY(run_policy(t, policy, as_of, 1, err));
    TRY(table_need(&paid, t, FIELD_paid, "subsidy simulate", err));
    for (size_t k = 0; k < m->n; k++)
        m->moves[k].gains = paid->i[rows + k] > paid->i[m->moves[k].row];
done:
    return rc;
}

ErrCode gaming_steps(GamingSteps *out, const Table *t, const Policy *policy,
                     const Policy *base, Date as_of, Arena *arena, Err *err)
{
    ErrCode rc = OK;
    GamingSteps all, old = {0};
    Texts *texts = t->owner->texts;
    TRY(find_steps(&all, policy, last_day(t, policy, as_of), texts, arena,
                   err));
    if (base != NULL)
        TRY(find_steps(&old, base, last_day(t, base, as_of), texts, arena,
                       err));
    *out = (GamingSteps){.base = all.base};
    for (size_t k = 0; k < all.n; k++) {
        size_t was = old.n;
        add_step(&old, all.fen[k]);
        if (old.n > was)
            out->fen[out->n++] = all.fen[k];
    }
done:
    return rc;
}

/* Contracts about steps. */
static ErrCode find_moves(Moves *m, Tables *tables, const Table *t,
                          const GamingSteps *steps, int64_t within, Err *err)
{
    ErrCode rc = OK;
    *m = (Moves){.base = steps->base};
    TRY(list_moves(m, t, steps, within, tables->arena, err));
    TRY(make_table(m, tables, t, err));
done:
    return rc;
}

ErrCode gaming_add(Table **table, GamingMoves *out, Tables *tables,
                   const Table *stock, const GamingSteps *steps, int64_t within,
                   Err *err)
{
    ErrCode rc = OK;
    Moves m;
    TRY(find_moves(&m, tables, stock, steps, within, err));
    *out = (GamingMoves){.n = m.n, .stock = stock->rows};
    out->from = arena_alloc(tables->arena, m.n + 1, sizeof *out->from);
    if (out->from == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    for (size_t k = 0; k < m.n; k++)
        out->from[k] = m.moves[k].row;
    *table = m.table;
done:
    return rc;
}

void gaming_choose(uint32_t moved[], const GamingMoves *moves,
                   const int64_t alone[])
{
    for (size_t i = 0; i < moves->stock; i++)
        moved[i] = CLAIM_NOBODY;
    for (size_t k = moves->n; k-- > 0;) {
        uint32_t from = moves->from[k], to = (uint32_t)(moves->stock + k);
        if (alone[to] > alone[from])
            moved[from] = to;
    }
}

/* Contracts to either side of one step; gains of those who would step. */
typedef struct {
    uint64_t under, over, up, down;
} Around;

static Around look_around(const Moves *m, const GamingSteps *s, size_t step)
{
    Around a = {0};
    for (size_t k = 0; k < m->n; k++) {
        if (m->moves[k].step != step)
            continue;
        int is_under = m->moves[k].target == s->fen[step];
        a.under += is_under;
        a.over += !is_under;
        a.up += is_under && m->moves[k].gains;
        a.down += !is_under && m->moves[k].gains;
    }
    return a;
}

/* 1 - 2 q of the poorer side's part q, not below 0. */
static double stepped(double part)
{
    double share = 1 - 2 * part;
    return share > 0 ? share : 0;
}

static ErrCode put_seen(double *share, Tables *tables, const Moves *m,
                        const GamingSteps *s, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *step, *under, *over, *seen, *low, *high;
    uint64_t poor = 0, all = 0;
    const Label labels[] = {
        {"分档线", "step"}, {"线下", "under it"}, {"线上", "over it"}};
    TRY(table_new(&t, tables, "future_gaming", s->n, err));
    t->title = (Label){"分档线附近的跨档", "Contracts that stepped over"};
    TRY(table_add_labelled(&step, t, "step", TYPE_MONEY, "fen", labels[0],
                           err));
    TRY(table_add_labelled(&under, t, "under", TYPE_COUNT, "", labels[1], err));
    TRY(table_add_labelled(&over, t, "over", TYPE_COUNT, "", labels[2], err));
    TRY(table_add_labelled(&seen, t, "share", TYPE_REAL, "1",
                           (Label){"跨档占比", "share that stepped"}, err));
    TRY(table_add_field(&low, t, FIELD_low, err));
    TRY(table_add_field(&high, t, FIELD_high, err));
    for (size_t k = 0; k < s->n; k++) {
        Around a = look_around(m, s, k);
        uint64_t n = a.under + a.over;
        uint64_t poorer = a.up >= a.down ? a.under : a.over;
        int counts = n > 0 && a.up != a.down;
        Figure f = sample_share(poorer, n > 0 ? n : 1);
        step->i[k] = s->fen[k];
        under->i[k] = (int64_t)a.under;
        over->i[k] = (int64_t)a.over;
        seen->d[k] = counts ? stepped(f.value) : (double)NAN;
        low->d[k] = counts ? stepped(f.high) : (double)NAN;
        high->d[k] = counts ? stepped(f.low) : (double)NAN;
        poor += counts ? poorer : 0;
        all += counts ? n : 0;
    }
    *share = all > 0 ? stepped((double)poor / (double)all) : 0;
done:
    return rc;
}

ErrCode gaming_seen(double *share, Tables *tables, const Table *contracts,
                    const Policy *policy, const Outlook *outlook, Date as_of,
                    Err *err)
{
    ErrCode rc = OK;
    Moves m;
    GamingSteps steps;
    TRY(gaming_steps(&steps, contracts, policy, NULL, as_of, tables->arena,
                     err));
    TRY(find_moves(&m, tables, contracts, &steps, outlook->within, err));
    TRY(judge_moves(&m, contracts->rows, policy, as_of, err));
    TRY(put_seen(share, tables, &m, &steps, err));
done:
    return rc;
}
