#include "pool/results.h"
#include "stat/paired.h"
#include "stat/radix.h"

#include <math.h>
#include <string.h>

/* One variant's run. */
typedef struct {
    Model model;
    Sample sample;
    uint8_t *dry; /* [parties][scenarios] its fund or layers did not suffice */
} Side;

/* Losses of one party on one side, and their figures' influences. */
typedef struct {
    const int64_t *losses; /* by scenario; NULL: the side has no such party */
    int64_t *sorted;       /* [n] */
    double *influence;     /* [n] of the figure at hand */
} Losses;

typedef struct {
    const PoolVariant *variants; /* [nvariants] */
    size_t nvariants;
    Side *sides;          /* [nvariants] */
    const char **parties; /* [nparties] of any side */
    size_t nparties;
    const Level *levels;
    size_t nlevels, n;
    Losses from, to;
    int64_t *scratch;
    Arena *arena;
} Compare;

/* What a figure is of; the order of rows. */
typedef enum { EL, VAR, ES, UL, KINDS } Kind;

static void see_ruin(void *to, uint64_t scenario, Worker *worker, size_t q)
{
    Side *s = to;
    uint32_t dry = 0;
    (void)q;
    for (int y = 0; y < s->model.waterfall->run; y++)
        dry |= worker->path.year[y].dry;
    for (int j = 0; j < s->sample.parties; j++)
        s->dry[(size_t)j * s->sample.n + scenario] = dry >> j & 1;
}

/* Progress of one run as a part of all. */
typedef struct {
    const PoolOptions *options;
    size_t at, of;
} Share;

static int share_told(void *to, double part)
{
    const Share *s = to;
    return s->options->progress(s->options->to,
                                ((double)s->at + part) / (double)s->of);
}

static ErrCode run_side(Compare *c, size_t at, const PoolOptions *options,
                        Faults *faults, Err *err)
{
    ErrCode rc = OK;
    const PoolVariant *v = &c->variants[at];
    Side *s = &c->sides[at];
    Share share = {options, at, c->nvariants};
    PoolOptions own = *options;
    own.to = &share;
    if (options->progress != NULL)
        own.progress = share_told;
    TRY(model_open(&s->model, v->portfolio, v->factors, v->scheme, &own, faults,
                   err));
    size_t parties = v->scheme == NULL ? 0 : (size_t)v->scheme->n;
    s->dry = mem_new(parties * options->scenarios + 1, 1);
    if (s->dry == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a comparison"));
    TRY(model_each(&s->sample, &s->model, &own, see_ruin, s, err));
done:
    return rc;
}

enum { TOTAL = -1, NOBODY = -2 };

/* The party's number, TOTAL, or NOBODY where the side has none of that name. */
static int party_of(const Side *s, const char *name)
{
    if (strcmp(name, "total") == 0)
        return TOTAL;
    for (int j = 0; j < s->sample.parties; j++)
        if (strcmp(s->model.scheme->party[j], name) == 0)
            return j;
    return NOBODY;
}

static int is_listed(const Compare *c, const char *name)
{
    for (size_t i = 0; i < c->nparties; i++)
        if (strcmp(c->parties[i], name) == 0)
            return 1;
    return 0;
}

/* The total, and the parties of all sides by name. */
static void list_parties(Compare *c)
{
    c->parties[c->nparties++] = "total";
    for (size_t v = 0; v < c->nvariants; v++)
        for (int j = 0; j < c->sides[v].sample.parties; j++)
            if (!is_listed(c, c->sides[v].model.scheme->party[j]))
                c->parties[c->nparties++] = c->sides[v].model.scheme->party[j];
}

static void take_losses(Losses *l, const Compare *c, const Side *s, int party)
{
    l->losses = party == NOBODY  ? NULL
                : party == TOTAL ? s->sample.total
                                 : s->sample.net + (size_t)party * c->n;
    if (l->losses == NULL)
        return;
    memcpy(l->sorted, l->losses, c->n * sizeof *l->sorted);
    radix_sort(l->sorted, c->scratch, c->n);
}

/* The figure and, into l->influence, what each scenario adds to it. */
static Figure figure_of(Losses *l, const Compare *c, Kind kind, size_t level)
{
    const Level *at = &c->levels[level];
    size_t n = c->n;
    if (kind == EL) {
        paired_mean(l->influence, l->losses, n);
        return sample_mean(l->sorted, n);
    }
    Figure var = sample_var(l->sorted, n, *at);
    if (kind == ES) {
        paired_es(l->influence, l->losses, n, *at, var);
        return sample_es(l->sorted, n, *at);
    }
    paired_var(l->influence, l->losses, n, *at, var);
    if (kind == VAR)
        return var;
    for (size_t i = 0; i < n; i++)
        l->influence[i] -= (double)l->losses[i];
    return sample_ul(l->sorted, n, *at);
}

/* Columns of a figure, how it differs from the first variant's, and the row
 * that is next. */
typedef struct {
    Column *variant, *party, *measure, *level, *value, *low, *high;
    Column *change, *se, *change_low, *change_high;
    size_t row;
} Columns;

static Columns columns_of(Results *r, const char *unit, int has_levels)
{
    Columns k = {.party = results_field(r, FIELD_party)};
    if (has_levels) {
        k.measure = results_field(r, FIELD_measure);
        k.level = results_field(r, FIELD_level);
    }
    k.variant = results_column(r, "variant", TYPE_TEXT, "", "方案", "variant");
    k.value = results_figure(r, FIELD_value, unit);
    k.low = results_figure(r, FIELD_low, unit);
    k.high = results_figure(r, FIELD_high, unit);
    k.change = results_column(r, "change", TYPE_REAL, unit, "与首个方案之差",
                              "change to the first");
    k.se =
        results_column(r, "change_se", TYPE_REAL, unit, "差的标准误", "its se");
    k.change_low =
        results_column(r, "change_low", TYPE_REAL, unit, "差的下限", "its low");
    k.change_high = results_column(r, "change_high", TYPE_REAL, unit,
                                   "差的上限", "its high");
    return k;
}

static void put(Columns *k, const char *variant, const char *party,
                Figure figure, Figure change)
{
    size_t i = k->row++;
    k->variant->s[i] = variant;
    k->party->s[i] = party;
    k->value->d[i] = figure.value;
    k->low->d[i] = figure.low;
    k->high->d[i] = figure.high;
    k->change->d[i] = change.value;
    k->se->d[i] = change.se;
    k->change_low->d[i] = change.low;
    k->change_high->d[i] = change.high;
}

static const Figure none = {NAN, NAN, NAN, NAN};

static Figure change_of(Compare *c, Figure to, Kind kind, size_t level)
{
    if (c->from.losses == NULL)
        return none;
    Figure from = figure_of(&c->from, c, kind, level);
    return paired_change(to.value - from.value, c->from.influence,
                         c->to.influence, c->n);
}

/* All figures of a party of a variant, `step` rows apart. */
static void put_party(Columns *k, Results *r, Compare *c, size_t at,
                      const char *name, size_t step)
{
    static const char *const words[KINDS] = {"el", "var", "es", "ul"};
    const Side *s = &c->sides[at], *first = &c->sides[0];
    take_losses(&c->to, c, s, party_of(s, name));
    take_losses(&c->from, c, first, at == 0 ? NOBODY : party_of(first, name));
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < (kind == EL ? 1 : c->nlevels); i++) {
            Figure to = figure_of(&c->to, c, (Kind)kind, i);
            k->measure->s[k->row] = results_text(r, words[kind]);
            k->level->d[k->row] =
                kind == EL ? (double)NAN : level_value(c->levels[i]);
            put(k, results_text(r, c->variants[at].name), results_text(r, name),
                to, change_of(c, to, (Kind)kind, i));
            k->row += step - 1;
        }
}

/* How many sides have the party. */
static size_t sides_of(const Compare *c, const char *name)
{
    size_t n = 0;
    for (size_t v = 0; v < c->nvariants; v++)
        n += party_of(&c->sides[v], name) != NOBODY;
    return n;
}

/* Figure by figure, the variants side by side. */
static ErrCode add_figures(Results *r, Compare *c)
{
    size_t rows = 0, each = 1 + (KINDS - 1) * c->nlevels;
    for (size_t p = 0; p < c->nparties; p++)
        rows += each * sides_of(c, c->parties[p]);
    results_table(r, "pool_compare", rows, "方案比较", "Variants compared");
    Columns k = columns_of(r, "fen", 1);
    for (size_t p = 0, from = 0; r->rc == OK && p < c->nparties; p++) {
        size_t step = sides_of(c, c->parties[p]), rank = 0;
        for (size_t v = 0; v < c->nvariants; v++) {
            if (party_of(&c->sides[v], c->parties[p]) == NOBODY)
                continue;
            k.row = from + rank++;
            put_party(&k, r, c, v, c->parties[p], step);
        }
        from += each * step;
    }
    return r->rc;
}

static uint64_t count_dry(double influence[], const Side *s, int party)
{
    uint64_t k = 0;
    const uint8_t *dry = s->dry + (size_t)party * s->sample.n;
    for (size_t i = 0; i < s->sample.n; i++) {
        influence[i] = dry[i];
        k += dry[i];
    }
    return k;
}

static int may_run_dry(const Side *s, int party)
{
    return s->model.waterfall != NULL && party >= 0 &&
           s->model.waterfall->may_run_dry >> party & 1;
}

static void put_ruin(Columns *k, Results *r, Compare *c, size_t at,
                     const char *name)
{
    const Side *s = &c->sides[at], *first = &c->sides[0];
    int base = party_of(first, name);
    uint64_t dry = count_dry(c->to.influence, s, party_of(s, name));
    Figure to = sample_share(dry, c->n), change = none;
    if (at > 0 && may_run_dry(first, base)) {
        uint64_t was = count_dry(c->from.influence, first, base);
        change = paired_change(((double)dry - (double)was) / (double)c->n,
                               c->from.influence, c->to.influence, c->n);
    }
    put(k, results_text(r, c->variants[at].name), results_text(r, name), to,
        change);
}

static ErrCode add_ruins(Results *r, Compare *c)
{
    size_t rows = 0;
    for (size_t v = 0; v < c->nvariants; v++)
        for (int j = 0; j < c->sides[v].sample.parties; j++)
            rows += (size_t)may_run_dry(&c->sides[v], j);
    results_table(r, "pool_compare_ruin", rows, "资金在规划期内耗尽的概率",
                  "Chance that a fund runs dry");
    Columns k = columns_of(r, "1", 0);
    for (size_t p = 0; r->rc == OK && p < c->nparties; p++)
        for (size_t v = 0; v < c->nvariants; v++)
            if (may_run_dry(&c->sides[v],
                            party_of(&c->sides[v], c->parties[p])))
                put_ruin(&k, r, c, v, c->parties[p]);
    return r->rc;
}

static ErrCode make_room(Compare *c, const PoolOptions *o, Err *err)
{
    ErrCode rc = OK;
    size_t n = c->n = o->scenarios;
    Level *levels = arena_alloc(c->arena, o->nlevels + 1, sizeof *levels);
    c->sides = arena_alloc(c->arena, c->nvariants, sizeof *c->sides);
    c->parties = arena_alloc(c->arena, 1 + c->nvariants * SCHEME_PARTIES,
                             sizeof *c->parties);
    c->scratch = arena_alloc(c->arena, n, sizeof *c->scratch);
    c->from.sorted = arena_alloc(c->arena, n, sizeof *c->from.sorted);
    c->to.sorted = arena_alloc(c->arena, n, sizeof *c->to.sorted);
    c->from.influence = arena_alloc(c->arena, n, sizeof *c->from.influence);
    c->to.influence = arena_alloc(c->arena, n, sizeof *c->to.influence);
    if (levels == NULL || c->sides == NULL || c->parties == NULL ||
        c->scratch == NULL || c->from.sorted == NULL || c->to.sorted == NULL ||
        c->from.influence == NULL || c->to.influence == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a comparison");
    for (size_t i = 0; i < o->nlevels; i++)
        TRY(level_parse(&levels[i], o->level_texts[i], err));
    c->levels = levels;
    c->nlevels = o->nlevels;
done:
    return rc;
}

ErrCode pool_compare(Tables *out, const PoolVariant variants[], size_t n,
                     const PoolOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Results r = {.tables = out, .err = err};
    Compare c = {.variants = variants, .nvariants = n, .arena = arena_new()};
    size_t opened = 0;
    if (c.arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a comparison");
    TRY(make_room(&c, options, err));
    while (opened < n) {
        size_t at = opened++;
        TRY(run_side(&c, at, options, faults, err));
    }
    list_parties(&c);
    TRY(add_figures(&r, &c));
    TRY(add_ruins(&r, &c));
done:
    for (size_t i = 0; i < opened; i++) {
        sample_free(&c.sides[i].sample);
        mem_free(c.sides[i].dry);
        model_close(&c.sides[i].model);
    }
    arena_free(c.arena);
    return rc;
}
